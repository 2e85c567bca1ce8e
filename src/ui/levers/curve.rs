//! What the month costs at each stop of a lever: a line, and the same as a table. Computed stop by stop while it is open.

use std::time::Duration;

use leptos::prelude::*;

use super::super::number;
use super::super::session::Session;
use super::super::settings::value_words;
use super::super::slices::Slices;
use super::{changed, find};
use crate::compare::{Lever, Point};
use crate::design::option;
use crate::text::text;

/// The plot's own grid.
const WIDE: f64 = 280.0;
const HIGH: f64 = 64.0;
const EDGE: f64 = 6.0;

#[component]
pub fn Curve(key: &'static str, all: Memo<Vec<Lever>>) -> impl IntoView {
    let session = Session::expect();
    let open = RwSignal::new(false);
    let points = RwSignal::new(Vec::<Point>::new());
    let slices = Slices::new();
    Effect::new(move |_| {
        session.bill.track();
        if !open.get() {
            return slices.stop();
        }
        let mut stop = 0;
        let mut so_far = Vec::new();
        slices.start(Duration::ZERO, move || {
            let (design, bill) = (
                session.design.read_untracked(),
                session.bill.read_untracked(),
            );
            let next = all.with_untracked(|all| {
                let lever = all.iter().find(|it| it.spec.key == key)?;
                lever.point(&design, &bill, stop)
            });
            stop += 1;
            let has_more = next.is_some();
            so_far.extend(next);
            if !has_more {
                points.set(std::mem::take(&mut so_far));
            }
            has_more
        });
    });
    let table = move || {
        let spec = option(key)?;
        let present = find(all, key, |it| it.present);
        let points = points.read();
        let rows = points.iter().enumerate().map(|(place, it)| {
            view! {
                <tr class:is-present=Some(place) == present>
                    <th scope="row">{value_words(session, spec, &it.value)}</th>
                    <td>{it.monthly.mark(number::dollars)}</td>
                    <td>{changed(it.change)}</td>
                </tr>
            }
        });
        Some(rows.collect_view())
    };
    view! {
        <details class="curve" on:toggle=move |event| open.set(event_target::<web_sys::HtmlDetailsElement>(&event).open())>
            <summary>{session.say(text("ui.levers.values", "Every value"))}</summary>
            <svg viewBox=format!("0 0 {WIDE} {HIGH}") aria-hidden="true">
                <path d=move || line(&points.read()) />
                {move || find(all, key, |it| it.present).and_then(|it| spot(&points.read(), it)).map(|(x, y)| view! { <circle cx=x cy=y r="4" /> })}
            </svg>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{session.say(text("ui.levers.value", "Value"))}</th>
                        <th scope="col">{session.say(text("ui.bill.amount", "USD a month"))}</th>
                        <th scope="col">{session.say(text("ui.levers.difference", "Difference"))}</th>
                    </tr>
                </thead>
                <tbody>{table}</tbody>
            </table>
        </details>
    }
}

/// Place of a stop in the plot.
fn spot(points: &[Point], place: usize) -> Option<(f64, f64)> {
    let dollars = |it: &Point| it.monthly.known.dollars();
    let own = dollars(points.get(place)?);
    let least = points.iter().map(dollars).fold(f64::INFINITY, f64::min);
    let most = points.iter().map(dollars).fold(0.0, f64::max);
    let across = place as f64 / (points.len().max(2) - 1) as f64;
    let up = (own - least) / (most - least).max(0.01);
    Some((
        EDGE + across * (WIDE - 2.0 * EDGE),
        HIGH - EDGE - up * (HIGH - 2.0 * EDGE),
    ))
}

fn line(points: &[Point]) -> String {
    let spots = (0..points.len()).filter_map(|it| spot(points, it));
    let mut path = String::new();
    for (x, y) in spots {
        let to = if path.is_empty() { 'M' } else { 'L' };
        path.push_str(&format!("{to}{x:.1} {y:.1}"));
    }
    path
}
