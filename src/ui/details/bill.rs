//! The bill: what every resource costs a month at list prices.

use leptos::prelude::*;

use super::super::levers::{Cheaper, Levers};
use super::super::number;
use super::super::session::Session;
use super::inspector::thing_link;
use crate::aws::Name;
use crate::cost::{Bill, Line, NOT_PRICED, Total, lacks};
use crate::text::text;

#[component]
pub fn BillPanel() -> impl IntoView {
    let session = Session::expect();
    let total = move || total(session, &session.bill.read());
    let lines = move || {
        let bill = session.bill.read();
        let groups = grouped(&bill.lines);
        let groups = groups
            .iter()
            .map(|(subject, lines)| group(session, subject, lines));
        let groups = groups.collect_view();
        let say = move |it| session.say(it);
        view! {
            <table class="bill">
                <thead>
                    <tr>
                        <th scope="col">{say(text("ui.bill.item", "Item"))}</th>
                        <th scope="col">{say(text("ui.bill.quantity", "Quantity"))}</th>
                        <th scope="col">{say(text("ui.bill.amount", "USD a month"))}</th>
                    </tr>
                </thead>
                {groups}
            </table>
        }
    };
    // What is slid stays where it is while the figures change.
    view! {
        {total}
        <Cheaper />
        <Levers />
        {lines}
    }
}

fn total(session: Session, bill: &Bill) -> impl IntoView + use<> {
    let hourly = bill.hourly().words(|it| number::price(it.rounded(4)));
    let hourly = text("ui.bill.hour", "{amount} an hour").with("amount", hourly);
    let without = lacks(&bill.unpriced(), session.lang.get());
    let monthly = bill.monthly.words(number::dollars);
    let note = text(
        "ui.bill.note",
        "List prices of {as_of} in {region}: no free tier, no tax, no discount but an assumed Savings Plan, {hours} hours a month.",
    );
    let note = note
        .with("as_of", bill.as_of)
        .with("region", bill.region.code())
        .with("hours", bill.hours);
    view! {
        <header class="thing">
            <p class="kind">{session.say(text("ui.monthly", "A month"))}</p>
            <h2 class="total">{monthly.render(session.lang.get())}</h2>
            <p>{session.tell_in(&hourly)}</p>
            <p class="note">{session.tell_in(&note)}</p>
            <p class="note">
                {session.say(text("ui.bill.traffic", "Traffic is what the assumptions in the settings say."))}
            </p>
            {without.map(|it| view! { <p class="problem">{it}</p> })}
            <p class="note">{session.say(NOT_PRICED)}</p>
        </header>
    }
}

/// Lines by subject, the dearest subject first.
fn grouped(lines: &[Line]) -> Vec<(&Name, Vec<&Line>)> {
    let mut groups: Vec<(&Name, Vec<&Line>)> = Vec::new();
    for line in lines {
        match groups.iter_mut().find(|(name, _)| *name == &line.subject) {
            Some((_, group)) => group.push(line),
            None => groups.push((&line.subject, vec![line])),
        }
    }
    groups.sort_by_key(|it| std::cmp::Reverse(sum(&it.1).known));
    groups
}

fn sum(lines: &[&Line]) -> Total {
    Total::of(lines.iter().copied())
}

fn group(session: Session, subject: &Name, lines: &[&Line]) -> impl IntoView + use<> {
    view! {
        <tbody>
            <tr class="subject">
                <th scope="rowgroup" colspan="2">{thing_link(session, subject)}</th>
                <td>{sum(lines).mark(number::dollars)}</td>
            </tr>
            {lines.iter().map(|it| line(session, it)).collect_view()}
        </tbody>
    }
}

fn line(session: Session, line: &Line) -> impl IntoView + use<> {
    let quantity = number::quantity(line.quantity);
    let price = line
        .price
        .map(|it| format!("× {}/{}", number::price(it), line.unit));
    let price = price.unwrap_or_else(|| line.unit.to_owned());
    let unknown = text("ui.bill.unknown", "no price").render(session.lang.get());
    let amount = line.amount.map_or(unknown.to_owned(), number::dollars);
    view! {
        <tr>
            <th scope="row">{session.say(line.item)}</th>
            <td>{quantity} " " <span class="note">{price}</span></td>
            <td>{amount}</td>
        </tr>
    }
}
