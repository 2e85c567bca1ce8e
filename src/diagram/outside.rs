//! Left of the Regions: users, the internet, global services, and the legend.

use super::company;
use super::drawing::{Key, Style, Wire};
use super::geometry::{Point, Rect};
use super::plan::Plan;
use super::shape::{self, Canvas};
use super::{measure, theme};
use crate::aws::Glyph;
use crate::text::{Text, text};
use crate::topology::{INTERNET, LinkKind, USERS};

/// The ports that users ask for, one a line.
pub(super) fn ports(label: &str) -> Vec<String> {
    label.split(", ").map(str::to_owned).collect()
}

/// The ports on the wire from the users.
fn asked(canvas: &Canvas<'_>) -> Vec<String> {
    let link = canvas.links.iter().find(|it| *it.from == *USERS);
    let label = link.and_then(|it| it.label.as_deref());
    label.map(ports).unwrap_or_default()
}

/// As wide as the widest label, port or line of the legend.
pub(super) fn width(canvas: &Canvas<'_>, plan: &Plan) -> f64 {
    let words = canvas.words;
    let labels = [words.users(), words.internet()].into_iter();
    let labels = labels.chain(plan.global.iter().flat_map(company::lines));
    let labels = labels.map(|it| measure::width(&it, Style::Name));
    let ports = asked(canvas).into_iter();
    let ports = ports.map(|it| measure::width(&it, Style::Detail) + theme::GAP);
    let keys = KINDS
        .map(|(_, text)| theme::KEY + theme::GAP + measure::width(&words.say(text), Style::Detail));
    labels.chain(ports).chain(keys).fold(theme::TILE, f64::max)
}

/// Draws users, the internet as high as the gateway that it leads to, and global services under it; gives the lowest
/// point.
pub(super) fn outside(canvas: &mut Canvas<'_>, plan: &Plan, width: f64) -> f64 {
    let words = canvas.words;
    let left = (theme::MARGIN + width / 2.0 - theme::TILE / 2.0).round();
    let tile = |y: f64| Rect::new(left, y, theme::TILE, theme::TILE);
    let icon = shape::height_above(1, Style::Name);
    // The wire between the two, with room for its arrowhead around its label.
    let wire = asked(canvas).len() as f64 * Style::Detail.line() + 3.0 * theme::SPACE;
    let lowest = theme::MARGIN + icon + wire;
    let link = canvas.links.iter().find(|it| *it.from == *INTERNET);
    let gate = link.and_then(|it| canvas.rect_of(&it.to));
    let top = gate.map_or(lowest, |it| it.y.max(lowest));
    let places = [
        (USERS, Glyph::Users, words.users(), top - wire - icon),
        (INTERNET, Glyph::Internet, words.internet(), top),
    ];
    for (name, glyph, label, y) in places {
        let mut it = shape::icon(name.into(), glyph, tile(y), None);
        it.says.clone_from(&label);
        it.labels = shape::below(it.rect, vec![label], Style::Name);
        canvas.push(it);
    }
    let mut y = top + icon + theme::SPACE;
    for it in &plan.global {
        let item = company::icon(it, tile(y), None);
        y += shape::height_above(item.labels.len(), Style::Name) + theme::SPACE;
        canvas.push(item);
    }
    y
}

/// The kinds of wires, in the order of the legend.
const KINDS: [(LinkKind, Text); 3] = [
    (
        LinkKind::Request,
        text("diagram.legend.request", "Requests"),
    ),
    (LinkKind::Egress, text("diagram.legend.egress", "Outbound")),
    (
        LinkKind::Replication,
        text("diagram.legend.replication", "Replication"),
    ),
];

/// Height of a line of the legend.
const KEY_LINE: f64 = 20.0;

/// Room that the legend needs.
pub(super) const LEGEND: f64 = KINDS.len() as f64 * KEY_LINE;

/// What the kinds of wires mean, in the lower left corner.
pub(super) fn legend(canvas: &Canvas<'_>, wires: &[Wire], height: f64) -> Vec<Key> {
    let drawn = KINDS
        .into_iter()
        .filter(|(kind, _)| wires.iter().any(|it| it.kind == *kind));
    let count = drawn.clone().count() as f64;
    let top = height - theme::MARGIN - count * KEY_LINE;
    let keys = drawn.enumerate().map(|(place, (kind, text))| {
        let y = top + (place as f64 + 0.5) * KEY_LINE;
        let to = Point::new(theme::MARGIN + theme::KEY, y);
        let start = Point::new(to.x + theme::GAP, y - Style::Detail.line() / 2.0);
        Key {
            kind,
            from: Point::new(theme::MARGIN, y),
            to,
            label: shape::line(canvas.words.say(text), Style::Detail, start),
        }
    });
    keys.collect()
}
