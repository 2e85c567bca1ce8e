//! The same sale over the design with one option changed, and a button that changes it.

use std::time::Duration;

use leptos::prelude::*;

use super::super::number;
use super::super::session::Session;
use super::super::slices::Slices;
use super::super::view::{Notice, Offer};
use super::Sale;
use crate::design::{Design, Words};
use crate::sale::{OWN, Report, Row, drained, others};
use crate::text::{Text, text};

const TITLE: Text = text("ui.sale.compare", "With one option changed");

/// Rest before the comparison: a slider that is being slid needs the page.
const REST: Duration = Duration::from_millis(300);

const HEADS: [Text; 7] = [
    text("ui.sale.head.lost", "Lost"),
    text("ui.sale.head.failed", "Pages failed"),
    text("ui.sale.head.depth", "Queue"),
    text("ui.sale.head.drain", "Empty after"),
    text("ui.sale.head.database", "Database"),
    text("ui.sale.head.instances", "Instances"),
    text("ui.sale.head.cost", "Cost"),
];

#[component]
pub fn Comparison(design: Memo<Design>, sale: Sale) -> impl IntoView {
    let session = Session::expect();
    // Another title is another design, and the same sale.
    let played = Memo::new(move |_| Design {
        title: Words::default(),
        ..design.get()
    });
    let rows = RwSignal::new(Vec::<Row>::new());
    let slices = Slices::new();
    Effect::new(move |_| {
        let design = played.get();
        rows.set(Vec::new());
        let mut left = None;
        slices.start(REST, move || {
            let left = left.get_or_insert_with(|| others(&design));
            let next = left.next();
            let has_more = next.is_some();
            if has_more {
                rows.update(|it| it.extend(next));
            }
            has_more
        });
    });
    let own = move || {
        let sale = sale.read();
        sale.as_ref().map(|it| {
            let title = session.say(OWN);
            line(session, title, it, None)
        })
    };
    let lines = move || {
        let rows = rows.read();
        rows.iter().map(|it| changed(session, it)).collect_view()
    };
    let heads = HEADS.map(|it| view! { <th scope="col">{session.say(it)}</th> });
    view! {
        <section class="sale-compare" aria-label=session.say(TITLE)>
            <h3>{session.say(TITLE)}</h3>
            <div class="scroll wide" tabindex="0" role="region" aria-label=session.say(TITLE)>
                <table class="compare">
                    <thead>
                        <tr>
                            <td></td>
                            {heads.into_iter().collect_view()}
                        </tr>
                    </thead>
                    <tbody>{own} {lines}</tbody>
                </table>
            </div>
        </section>
    }
}

fn changed(session: Session, row: &Row) -> impl IntoView + use<> {
    let changes = row.changes.clone();
    let apply = move |_| {
        // The title may be another by now.
        let mut next = session.design.get_untracked();
        for (key, given) in &changes {
            next = next.with(key, given);
        }
        session.go(next);
        let done = text("ui.sale.applied", "The design was changed.");
        session.notify(Notice::done(done).offering(Offer::Undo));
    };
    let action =
        view! { <button on:click=apply>{session.say(text("ui.sale.apply", "Apply"))}</button> };
    line(
        session,
        session.say(row.title),
        &row.report,
        Some(action.into_any()),
    )
}

/// `action`: what leads to a design; the one on the screen has none.
fn line<T: IntoView + 'static>(
    session: Session,
    title: T,
    report: &Report,
    action: Option<AnyView>,
) -> impl IntoView + use<T> {
    let it = &report.summary;
    let is_own = action.is_none();
    let has_queue = report.capacities.burst.is_some_and(|it| it.queue.is_some());
    let drain = if has_queue {
        session.tell_in(&drained(it.drain_s))
    } else {
        "–".to_owned()
    };
    let depth = if has_queue {
        number::quantity(it.depth as f64)
    } else {
        "–".to_owned()
    };
    let cells = [
        (number::quantity(it.lost as f64), it.lost > 0),
        (format!("{:.1} %", report.failed_percent()), it.failed > 0),
        (depth, false),
        (drain, has_queue && it.drain_s.is_none()),
        (format!("{} %", it.database), it.database > 100),
        (it.fleet.to_string(), false),
        (report.total().mark(number::dollars), false),
    ];
    let cells = cells.map(|(value, is_bad)| {
        view! { <td class="number" class:is-bad=is_bad>{value}</td> }
    });
    view! {
        <tr class:is-present=is_own>
            <th scope="row">
                <p>{title}</p>
                {action}
            </th>
            {cells.into_iter().collect_view()}
        </tr>
    }
}
