//! Cost against the egress that is kept, with the line that no strategy beats.

use leptos::prelude::*;

use super::super::number;
use super::super::session::Session;
use super::super::settings::choice_words;
use crate::compare::Row;
use crate::cost::Total;
use crate::text::text;

/// The plot's own grid, in pixels at its natural size.
const WIDE: f64 = 760.0;
const HIGH: f64 = 220.0;
/// Space for the axes.
const LEFT: f64 = 56.0;
const RIGHT: f64 = 80.0;
const TOP: f64 = 48.0;
const BOTTOM: f64 = 44.0;
/// From a spot up to its label, the height of a label's line, and the width that keeps two labels apart.
const ABOVE: f64 = 11.0;
const LINE: f64 = 15.0;
const APART: f64 = 110.0;

/// A strategy's place in the plot.
#[derive(Debug, Clone, PartialEq)]
struct Spot {
    strategy: &'static str,
    x: f64,
    y: f64,
    /// Lines that the label stands higher, so that it covers no other.
    line: f64,
    is_best: bool,
}

#[component]
pub fn Plot(rows: Memo<Vec<Row>>) -> impl IntoView {
    let session = Session::expect();
    let label = move || {
        let words = text(
            "ui.compare.plot",
            "Cost a month against egress kept after the worst loss of a zone",
        );
        words.render(session.lang.get())
    };
    let content = move || {
        let spots = spots(&rows.read());
        let line = line(&spots);
        let marks = spots.into_iter().map(|it| mark(session, it)).collect_view();
        view! {
            <path class="best" d=line />
            {marks}
        }
    };
    let (bottom, right) = (HIGH - BOTTOM, WIDE - RIGHT);
    let axes = format!("M{LEFT} {TOP}V{bottom}H{right}");
    let ends = move || ends(&rows.read());
    let end = move |pick: fn((Total, Total)) -> Total| {
        move || ends().map(|it| pick(it).mark(number::whole_dollars))
    };
    view! {
        <svg class="egress-plot" viewBox=format!("0 0 {WIDE} {HIGH}") role="img" aria-label=label>
            <path class="axes" d=axes />
            <text x=LEFT - 8.0 y=TOP + 4.0 text-anchor="end">"100 %"</text>
            <text x=LEFT - 8.0 y=bottom + 4.0 text-anchor="end">"0 %"</text>
            <text x=LEFT + 40.0 y=bottom + 18.0 text-anchor="middle">{end(|it| it.0)}</text>
            <text x=right - 40.0 y=bottom + 18.0 text-anchor="middle">{end(|it| it.1)}</text>
            <text x=(LEFT + right) / 2.0 y=bottom + 34.0 text-anchor="middle">{label}</text>
            {content}
        </svg>
    }
}

fn mark(session: Session, it: Spot) -> impl IntoView {
    let class = if it.is_best { "spot is-best" } else { "spot" };
    let radius = if it.is_best { "6" } else { "4.5" };
    let label = choice_words(session, it.strategy);
    view! {
        <circle class=class cx=it.x cy=it.y r=radius />
        <text x=it.x y=it.y - ABOVE - it.line * LINE text-anchor="middle">{label}</text>
    }
}

/// The cheapest and the dearest total.
fn ends(rows: &[Row]) -> Option<(Total, Total)> {
    let totals = || rows.iter().map(|it| it.total);
    let least = totals().min_by_key(|it| it.known)?;
    let most = totals().max_by_key(|it| it.known)?;
    Some((least, most))
}

fn spots(rows: &[Row]) -> Vec<Spot> {
    let Some((least, most)) = ends(rows) else {
        return Vec::new();
    };
    let (least, most) = (least.known.dollars(), most.known.dollars());
    let mut spots: Vec<Spot> = Vec::new();
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort_by_key(|it| it.total.known);
    for row in rows {
        let share = (row.total.known.dollars() - least) / (most - least).max(0.01);
        let x = LEFT + 40.0 + share * (WIDE - RIGHT - LEFT - 80.0);
        let y = HIGH - BOTTOM - row.kept * (HIGH - BOTTOM - TOP);
        let near = |it: &&Spot| x - it.x < APART && (it.y - y).abs() < LINE;
        let line = spots.iter().filter(near).count() as f64;
        spots.push(Spot {
            strategy: row.strategy,
            x,
            y,
            line,
            is_best: row.is_best,
        });
    }
    spots
}

/// From each strategy on the line to the next dearer one: what is kept for the money, up to there.
fn line(spots: &[Spot]) -> String {
    let mut path = String::new();
    for it in spots.iter().filter(|it| it.is_best) {
        match path.is_empty() {
            true => path = format!("M{:.1} {:.1}", it.x, it.y),
            false => path.push_str(&format!("H{:.1}V{:.1}", it.x, it.y)),
        }
    }
    path
}
