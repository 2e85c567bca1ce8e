//! The bill: what every resource costs a month at list prices.

use leptos::prelude::*;

use super::super::number;
use super::super::session::Session;
use super::inspector::ThingLink;
use crate::aws::Name;
use crate::cost::{Bill, Line};
use crate::text::text;

/// Hours of a month, as AWS's own calculator counts.
const HOURS: f64 = 730.0;

#[component]
pub fn BillPanel() -> impl IntoView {
    let session = Session::expect();
    move || {
        let bill = session.bill.get();
        view! { <Shown bill /> }
    }
}

#[component]
fn Shown(bill: Bill) -> impl IntoView {
    let session = Session::expect();
    let say = move |it| session.say(it);
    let hourly = text("ui.bill.hour", "{amount} an hour");
    let hourly = hourly.with(
        "amount",
        number::price((bill.monthly / HOURS * 1e4).round() / 1e4),
    );
    let note = text(
        "ui.bill.note",
        "List prices of {as_of} in {region}: no free tier, no discount, no tax, 730 hours a month.",
    );
    let note = note
        .with("as_of", bill.as_of)
        .with("region", bill.region.code());
    view! {
        <header class="thing">
            <p class="kind">{say(text("ui.monthly", "A month"))}</p>
            <h2 class="total">{number::dollars(bill.monthly)}</h2>
            <p>{session.tell_in(&hourly)}</p>
            <p class="note">{session.tell_in(&note)}</p>
            <p class="note">{say(text("ui.bill.traffic", "Traffic is what the assumptions in the settings say."))}</p>
        </header>
        <table class="bill">
            <thead>
                <tr>
                    <th scope="col">{say(text("ui.bill.item", "Item"))}</th>
                    <th scope="col">{say(text("ui.bill.quantity", "Quantity"))}</th>
                    <th scope="col">{say(text("ui.bill.amount", "USD a month"))}</th>
                </tr>
            </thead>
            {grouped(bill.lines).into_iter().map(|(subject, lines)| view! { <Group subject lines /> }).collect_view()}
        </table>
    }
}

/// Lines by subject, the dearest subject first.
fn grouped(lines: Vec<Line>) -> Vec<(Name, Vec<Line>)> {
    let mut groups: Vec<(Name, Vec<Line>)> = Vec::new();
    for line in lines {
        match groups.iter_mut().find(|(name, _)| *name == line.subject) {
            Some((_, group)) => group.push(line),
            None => groups.push((line.subject.clone(), vec![line])),
        }
    }
    groups.sort_by(|a, b| sum(&b.1).total_cmp(&sum(&a.1)));
    groups
}

fn sum(lines: &[Line]) -> f64 {
    lines.iter().filter_map(|it| it.amount).sum()
}

#[component]
fn Group(subject: Name, lines: Vec<Line>) -> impl IntoView {
    let total = number::dollars(sum(&lines));
    view! {
        <tbody>
            <tr class="subject">
                <th scope="rowgroup" colspan="2"><ThingLink name=subject /></th>
                <td>{total}</td>
            </tr>
            {lines.into_iter().map(|line| view! { <BillLine line /> }).collect_view()}
        </tbody>
    }
}

#[component]
fn BillLine(line: Line) -> impl IntoView {
    let session = Session::expect();
    let quantity = format!("{} {}", number::quantity(line.quantity), line.unit);
    let price = line.price.map(|it| format!("× {}", number::price(it)));
    let amount = match line.amount {
        Some(amount) => number::dollars(amount),
        None => session.say(text("ui.bill.unknown", "no price"))().to_owned(),
    };
    view! {
        <tr>
            <th scope="row">{session.say(line.item)}</th>
            <td>{quantity} " " <span class="note">{price}</span></td>
            <td>{amount}</td>
        </tr>
    }
}
