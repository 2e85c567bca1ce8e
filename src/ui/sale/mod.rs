//! The flash sale: its demand, what becomes of it second by second, and the same sale with one option changed.

mod cards;
mod chart;
mod compare;
mod curve;
mod minutes;

use leptos::prelude::*;

use super::session::Session;
use crate::sale::{Report, run_on};
use crate::text::text;

/// The sale of the design on the screen; `None` where it has nothing to sell through.
pub type Sale = Memo<Option<Report>>;

#[component]
pub fn SalePanel() -> impl IntoView {
    let session = Session::expect();
    // After the drawing has reached the screen, and where the design is another one.
    let design = Memo::new(move |_| {
        session.settled.track();
        session.design.get_untracked()
    });
    let sale: Sale = Memo::new(move |_| {
        let design = design.read();
        run_on(
            &session.settled.read_untracked(),
            &design.assumptions,
            &design.sale,
        )
    });
    let at = RwSignal::new(0_usize);
    view! {
        <div class="sale">
            <p class="note">{session.say(text("ui.sale.help", "A flash sale over this design, second by second. Demand and durations are assumptions; how AWS reacts is its published figures, and what is modelled says so below."))}</p>
            <curve::CurveEditor sale />
            <cards::Cards sale />
            <chart::Charts sale at />
            <compare::Comparison design sale />
            <cards::Costs sale />
            <minutes::Minutes sale />
            <cards::Figures sale />
        </div>
    }
}
