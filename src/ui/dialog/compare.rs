//! The ways out side by side: a table of costs and losses, and a plot of cost against what is kept.

use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::super::number;
use super::super::session::Session;
use super::super::settings::choice_words;
use super::super::simulate::{fall_words, fault_title, health_words};
use super::super::view::{Notice, Offer};
use super::plot::Plot;
use crate::compare::{OPTION, Row, egress, endpoint_trade, lacking};
use crate::cost::lacks;
use crate::design::{Design, option};
use crate::failure::{Fall, Health, SweepRow};
use crate::text::{Text, text};
use crate::topology::journeys;

#[component]
pub fn Compare() -> impl IntoView {
    let session = Session::expect();
    let rows = Memo::new(move |_| egress(&session.design.read()));
    let present = move || shown(&session.design.read());
    let lines = move || {
        let rows = rows.read();
        let lines = rows.iter().map(|it| line(session, it, present()));
        lines.collect_view()
    };
    let heads = move || {
        let rows = rows.read();
        let losses = rows.first().map(|it| it.losses.clone()).unwrap_or_default();
        let heads = losses.into_iter().map(|it| {
            view! { <th scope="col">{move || fault_title(session, &it.fault)}</th> }
        });
        heads.collect_view()
    };
    let without = move || {
        let without = lacks(&lacking(&rows.read()), session.lang.get());
        without.map(|it| view! { <p class="problem">{it}</p> })
    };
    let worth = move || {
        let trade = endpoint_trade(&session.design.read());
        trade.map(|it| view! { <p>{session.tell_in(&it.words())}</p> })
    };
    view! {
        <p>{session.say(text("ui.compare.help", "The design on screen with each strategy, priced and played. The plot shows who stands on the line: no other one is cheaper, serves as much and keeps as much."))}</p>
        <div class="scroll wide" tabindex="0" role="region" aria-label=session.say(TITLE)>
            <table class="compare">
                <thead>
                    <tr>
                        <th scope="col">{session.say(text("ui.compare.strategy", "Strategy"))}</th>
                        <th scope="col">{session.say(text("ui.compare.fixed", "Fixed, USD a month"))}</th>
                        <th scope="col">{session.say(text("ui.compare.per-gb", "USD a GB"))}</th>
                        <th scope="col">{session.say(text("ui.compare.cross-zone", "Between zones, USD a month"))}</th>
                        <th scope="col">{session.say(text("ui.compare.total", "Whole design, USD a month"))}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {without}
        <Plot rows />
        {worth}
        <p class="note">{session.say(text("ui.compare.note", "Egress kept: share of attempts to leave the VPC that succeed in the worst moment of the worst loss of a zone. Gigabytes are those of the assumptions."))}</p>
    }
}

pub const TITLE: Text = text("ui.compare", "Compare egress");

/// The design's own strategy.
fn shown(design: &Design) -> String {
    option(OPTION)
        .map(|it| (it.get)(design))
        .unwrap_or_default()
}

fn line(session: Session, row: &Row, present: String) -> impl IntoView + use<> {
    let is_present = row.strategy == present;
    let next = row.design.clone();
    let apply = move |_| {
        session.go(next.clone());
        let done = text("ui.compare.applied", "The strategy was applied.");
        session.notify(Notice::done(done).offering(Offer::Undo));
    };
    let action = match is_present {
        true => view! { <span class="note">{session.say(text("ui.compare.present", "on screen"))}</span> }.into_any(),
        false => view! { <button on:click=apply>{session.say(text("ui.compare.apply", "Apply"))}</button> }.into_any(),
    };
    let losses = row.losses.iter().map(|it| loss(session, it));
    let (total, best) = (row.total.mark(number::dollars), row.is_best);
    view! {
        <tr class:is-present=is_present>
            <th scope="row">
                <p>{choice_words(session, row.strategy)}</p>
                {action}
            </th>
            <td class="number">{number::dollars(row.fixed)}</td>
            <td class="number">{number::price(row.per_gb)}</td>
            <td class="number">{number::dollars(row.cross_zone)}</td>
            <td class="number">
                {best.then(|| view! { <Glyph icon=Icon::Check /> })}
                {total}
            </td>
            {losses.collect_view()}
        </tr>
    }
}

/// What the loss of a zone takes away: the journeys that suffer.
fn loss(session: Session, row: &SweepRow) -> impl IntoView + use<> {
    let suffering = row.journeys.iter().filter(|it| it.worst != Health::Ok);
    let told: Vec<_> = suffering.map(|it| fall(session, *it)).collect();
    let nothing = told.is_empty().then(|| {
        view! { <span class="health is-ok">{session.say(health_words(Health::Ok))}</span> }
    });
    view! { <td><div class="losses">{nothing} {told.collect_view()}</div></td> }
}

fn fall(session: Session, fall: Fall) -> impl IntoView {
    let (icon, seconds) = match fall.worst {
        _ if fall.was_down => (Icon::Close, None),
        Health::Ok => (Icon::Check, None),
        Health::Degraded => (Icon::Triangle, Some(fall.degraded_s)),
        Health::Down => (Icon::Close, Some(fall.outage_s)),
    };
    let words = move || {
        let journeys = journeys(&session.settled.read());
        let title = journeys
            .iter()
            .find(|it| it.id == fall.id)
            .map(|it| it.title);
        let title = title.map_or(fall.id, |it| it.render(session.lang.get()));
        let state = fall_words(&fall).render(session.lang.get());
        let time = seconds.map(|it| number::clock(it.into()));
        format!("{title}: {state} {}", time.unwrap_or_default())
    };
    view! {
        <span class=format!("health is-{}", fall.worst.tag())>
            <Glyph icon />
            {words}
        </span>
    }
}
