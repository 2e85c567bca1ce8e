//! What comes and goes by the clock: the windows of a week, what they save, and the state machine at work.

mod week;

use leptos::prelude::*;

#[component]
pub fn SchedulePanel() -> impl IntoView {
    view! { <week::Week /> }
}
