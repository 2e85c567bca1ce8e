//! The course in figures, minute by minute: the charts for who does not see them.

use leptos::prelude::*;

use super::super::session::Session;
use super::Sale;
use crate::sale::Tick;
use crate::text::{Text, text};

const MINUTE: usize = 60;

const HEADS: [Text; 11] = [
    text("ui.sale.column.minute", "Minute"),
    text("ui.sale.column.pages", "Pages/s"),
    text("ui.sale.column.failed", "Failed/s"),
    text("ui.sale.column.instances", "Instances"),
    text("ui.sale.column.orders", "Orders/s"),
    text("ui.sale.column.stored", "Stored/s"),
    text("ui.sale.column.lost", "Lost/s"),
    text("ui.sale.column.depth", "Queue"),
    text("ui.sale.column.oldest", "Oldest (s)"),
    text("ui.sale.column.consumers", "Consumers"),
    text("ui.sale.column.database", "Database (%)"),
];

#[component]
pub fn Minutes(sale: Sale) -> impl IntoView {
    let session = Session::expect();
    let is_open = RwSignal::new(false);
    let title = text("ui.sale.minutes", "The course in figures");
    let table =
        move || {
            is_open.get().then(|| {
            let sale = sale.read();
            let ticks = sale.as_ref().map(|it| it.course.every(MINUTE)).unwrap_or_default();
            let heads = HEADS.map(|it| view! { <th scope="col">{session.say(it)}</th> });
            view! {
                <div class="scroll wide" tabindex="0" role="region" aria-label=session.say(title)>
                    <table class="compare">
                        <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                        <tbody>{ticks.iter().map(line).collect_view()}</tbody>
                    </table>
                </div>
            }
        })
        };
    view! {
        <details
            class="sale-minutes"
            on:toggle:target=move |event| is_open.set(event.target().has_attribute("open"))
        >
            <summary>{session.say(title)}</summary>
            {table}
        </details>
    }
}

fn line(it: &Tick) -> impl IntoView + use<> {
    let cells = [
        it.pages,
        it.failed,
        it.serving.into(),
        it.orders,
        it.stored,
        it.lost,
        it.depth,
        it.oldest_s.into(),
        it.consumers,
        it.database,
    ];
    let cells = cells.map(|it| view! { <td class="number">{it}</td> });
    view! {
        <tr>
            <th scope="row">{it.t / 60}</th>
            {cells.into_iter().collect_view()}
        </tr>
    }
}
