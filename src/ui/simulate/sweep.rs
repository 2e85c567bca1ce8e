//! Every fault beside what it does to every journey: where the design is weak, before anything is played.

use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::super::number;
use super::super::session::Session;
use super::chart::fall_words;
use super::controls::fault_title;
use crate::failure::{Fall, Health, SweepRow};
use crate::text::text;
use crate::topology::journeys;

#[component]
pub fn Sweep() -> impl IntoView {
    let session = Session::expect();
    let titles = move || {
        let journeys = journeys(&session.settled.read());
        let head = journeys
            .into_iter()
            .map(|it| view! { <th scope="col">{session.say(it.title)}</th> });
        head.collect_view()
    };
    let rows = move || {
        let sweep = session.sweep.read();
        sweep.iter().map(|it| row(session, it)).collect_view()
    };
    view! {
        <div class="sweep">
            <div class="scroll" tabindex="0" role="region" aria-label=session.say(text("ui.sweep", "Faults and their effects"))>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{session.say(text("ui.fault", "What breaks"))}</th>
                            {titles}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
}

fn row(session: Session, row: &SweepRow) -> impl IntoView + use<> {
    let fault = row.fault.clone();
    let cells = row.journeys.iter().map(|it| cell(session, it));
    view! {
        <tr>
            <th scope="row">
                <button class="link" on:click=move |_| session.fail(fault.clone())>
                    <Glyph icon=Icon::Bolt />
                    {fault_title(session, &row.fault)}
                </button>
            </th>
            {cells.collect_view()}
        </tr>
    }
}

fn cell(session: Session, fall: &Fall) -> impl IntoView + use<> {
    let (icon, seconds) = match fall.worst {
        _ if fall.was_down => (Icon::Close, None),
        Health::Ok => (Icon::Check, None),
        Health::Degraded => (Icon::Triangle, Some(fall.degraded_s)),
        Health::Down => (Icon::Close, Some(fall.outage_s)),
    };
    let time = seconds.map(|it| number::clock(it.into()));
    view! {
        <td>
            <span class=format!("health is-{}", fall.worst.tag())>
                <Glyph icon />
                {session.say(fall_words(fall))} " " {time}
            </span>
        </td>
    }
}
