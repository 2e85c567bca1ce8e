//! What comes and goes by the clock: the windows of a week, what they save, and the state machine at work.

mod account;
mod machine;
mod playback;
mod run;
mod state;
mod week;

use leptos::prelude::*;

pub use playback::Playback;
pub use state::Schedule;

#[component]
pub fn SchedulePanel() -> impl IntoView {
    view! {
        <week::Week />
        <run::Runs />
    }
}
