//! What the sale came to: figures at a glance, sentences, its cost, and the figures that it rests on.

use leptos::prelude::*;

use super::super::number;
use super::super::session::Session;
use super::Sale;
use crate::sale::{CostLine, Report, drained, span};
use crate::text::{Text, text};

#[component]
pub fn Cards(sale: Sale) -> impl IntoView {
    let session = Session::expect();
    move || {
        let sale = sale.read();
        let report = sale.as_ref()?;
        let cards = figures(session, report).into_iter().map(|it| {
            view! {
                <div class="outcome" class:is-bad=it.is_bad>
                    <dt>{session.say(it.title)}</dt>
                    <dd>{it.value}</dd>
                </div>
            }
        });
        let words: Vec<String> = report
            .words()
            .iter()
            .map(|it| session.tell_in(it))
            .collect();
        Some(view! {
            <dl class="outcomes">{cards.collect_view()}</dl>
            <div class="sale-words">
                {words.into_iter().map(|it| view! { <p>{it}</p> }).collect_view()}
            </div>
        })
    }
}

struct Figure {
    title: Text,
    value: String,
    is_bad: bool,
}

/// Those that the design has the parts for.
fn figures(session: Session, report: &Report) -> Vec<Figure> {
    let it = &report.summary;
    let count = |it: u64| number::quantity(it as f64);
    let card = |title, value, is_bad| Figure {
        title,
        value,
        is_bad,
    };
    let mut all = vec![card(
        text("ui.sale.card.lost", "Orders lost"),
        count(it.lost),
        it.lost > 0,
    )];
    if report.capacities.burst.is_some_and(|it| it.queue.is_some()) {
        let drain = session.tell_in(&drained(it.drain_s));
        all.push(card(
            text("ui.sale.card.depth", "Deepest queue"),
            count(it.depth),
            false,
        ));
        all.push(card(
            text("ui.sale.card.age", "Oldest order"),
            session.tell_in(&span(it.oldest_s)),
            false,
        ));
        all.push(card(
            text("ui.sale.card.drain", "Empty after"),
            drain,
            it.drain_s.is_none(),
        ));
    }
    if report.capacities.web.is_some() {
        let share = format!("{:.1} %", report.failed_percent());
        all.push(card(
            text("ui.sale.card.failed", "Pages failed"),
            share,
            it.failed > 0,
        ));
    }
    if report.capacities.database.is_some() {
        let load = format!("{} %", it.database);
        all.push(card(
            text("ui.sale.card.database", "Database load"),
            load,
            it.database > 100,
        ));
    }
    let dollars = report.total().mark(number::dollars);
    all.push(card(
        text("ui.sale.card.cost", "Cost of the sale"),
        dollars,
        false,
    ));
    all
}

#[component]
pub fn Costs(sale: Sale) -> impl IntoView {
    let session = Session::expect();
    let line = move |it: &CostLine| {
        let amount = it.amount.map_or_else(|| "?".to_owned(), number::dollars);
        view! {
            <tr>
                <th scope="row">{session.say(it.item)}</th>
                <td class="number">{number::quantity(it.quantity)} " " {it.unit}</td>
                <td class="number">{amount}</td>
            </tr>
        }
    };
    let lines = move || {
        let sale = sale.read();
        let lines = sale.iter().flat_map(|it| &it.cost);
        lines.map(line).collect_view()
    };
    let total = move || {
        let sale = sale.read();
        sale.as_ref().map(|it| it.total().mark(number::dollars))
    };
    view! {
        <details class="sale-cost">
            <summary>
                {session.say(text("ui.sale.cost", "What the sale costs"))} " " <b>{total}</b>
            </summary>
            <table><tbody>{lines}</tbody></table>
            <p class="note">{session.say(text("ui.sale.cost.note", "List prices for the whole course; data transfer is not in it. A question mark has no price here."))}</p>
        </details>
    }
}

/// The figures behind the course, the modelled ones marked.
#[component]
pub fn Figures(sale: Sale) -> impl IntoView {
    let session = Session::expect();
    let items = move || {
        let sale = sale.read();
        let items = sale.iter().flat_map(|it| it.sources.clone());
        items
            .map(|it| {
                let mark = it.modelled.then(|| {
                    view! { <span class="modelled">{session.say(text("ui.modelled", "modelled"))}</span> " " }
                });
                view! { <li>{mark} {session.say(it.words)}</li> }
            })
            .collect_view()
    };
    view! {
        <details class="sale-figures">
            <summary>{session.say(text("ui.sale.figures", "Figures behind it"))}</summary>
            <ul>{items}</ul>
        </details>
    }
}
