//! Left of the Regions: users, the internet, global services, and the legend.

use super::company;
use super::drawing::{Key, Style, Wire};
use super::geometry::{Point, Rect};
use super::plan::{Company, Plan};
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
    let own = [(USERS, words.users()), (INTERNET, words.internet())].into_iter();
    let own = own.filter(|(name, _)| is_wired(canvas, name));
    let labels = own.map(|(_, label)| label);
    let labels = labels.chain(plan.global.iter().flat_map(company::lines));
    let labels = labels.map(|it| measure::width(&it, Style::Name));
    let ports = asked(canvas).into_iter();
    let ports = ports.map(|it| measure::width(&it, Style::Detail) + theme::GAP);
    let keys = kinds(canvas).map(|(_, text)| key_width(canvas, text));
    labels.chain(ports).chain(keys).fold(theme::TILE, f64::max)
}

/// What users ask first: a distribution, else the internet itself.
fn door<'a>(canvas: &Canvas<'a>) -> &'a str {
    let mut links = canvas.links.iter();
    let asked = links.find(|it| *it.from == *USERS);
    asked.map_or(INTERNET, |it| it.to.as_str())
}

/// Room between this and the first Region: for what is said of the wire between what users ask first and the gateway.
pub(super) fn gap(canvas: &Canvas<'_>, strip: f64) -> f64 {
    let door = door(canvas);
    let link = canvas.links.iter().find(|it| *it.from == *door);
    let label = link.and_then(|it| it.label.as_deref());
    let widths = label.map(ports).unwrap_or_default().into_iter();
    let widths = widths.map(|it| measure::width(&it, Style::Detail));
    let widest = widths.fold(0.0, f64::max);
    let beside = (strip - theme::TILE) / 2.0;
    (widest + 2.0 * theme::GAP - beside)
        .max(theme::SPACE)
        .ceil()
}

/// Draws users, what they ask first as high as the gateway that it leads to, then the internet if that is another, and
/// global services under it; gives the lowest point.
pub(super) fn outside(canvas: &mut Canvas<'_>, plan: &Plan, width: f64) -> f64 {
    let words = canvas.words;
    let left = (theme::MARGIN + width / 2.0 - theme::TILE / 2.0).round();
    let tile = |y: f64| Rect::new(left, y, theme::TILE, theme::TILE);
    let icon = shape::height_above(1, Style::Name);
    // The wire between the two, with room for its arrowhead around its label.
    let mut wire = asked(canvas).len() as f64 * Style::Detail.line() + 3.0 * theme::SPACE;
    if plan.regions.iter().any(|it| !it.path.is_empty()) {
        // What leads from here to the path beside the VPC passes its label.
        wire += theme::LANE;
    }
    let lowest = if is_wired(canvas, USERS) {
        theme::MARGIN + icon + wire
    } else {
        theme::MARGIN
    };
    let door = door(canvas);
    let link = canvas.links.iter().find(|it| *it.from == *door);
    let gate = link.and_then(|it| canvas.rect_of(&it.to));
    let top = gate.map_or(lowest, |it| it.y.max(lowest));
    if is_wired(canvas, USERS) {
        own(
            canvas,
            (USERS, Glyph::Users, words.users()),
            tile(top - wire - icon),
        );
    }
    // What filters at the door stands by it.
    let is_first = |it: &&Company| {
        let opens = it.names.iter().any(|it| **it == *door);
        opens || (door != INTERNET && it.glyph == Glyph::Firewall)
    };
    let (mut first, others): (Vec<_>, Vec<_>) = plan.global.iter().partition(is_first);
    first.sort_by_key(|it| it.glyph == Glyph::Firewall);
    let mut y = top;
    for it in first {
        y = below(canvas, it, tile(y));
    }
    if is_wired(canvas, INTERNET) {
        own(
            canvas,
            (INTERNET, Glyph::Internet, words.internet()),
            tile(y),
        );
        y += icon + theme::SPACE;
    }
    if canvas.links.iter().any(|it| it.kind == LinkKind::Control) {
        canvas.lane_x(theme::MARGIN / 2.0);
    }
    if canvas.links.iter().any(|it| it.kind == LinkKind::Vpn) {
        let beside = theme::MARGIN + width + gap(canvas, width) / 2.0;
        canvas.lane_x(beside.round());
    }
    for it in others {
        // As high as the gateway that it leads to, where nothing stands there.
        let mut links = canvas.links.iter();
        let link = links.find(|link| it.names.contains(&link.from) && link.kind == LinkKind::Vpn);
        let gate = link.and_then(|it| canvas.rect_of(&it.to));
        y = below(canvas, it, tile(gate.map_or(y, |it| it.y.max(y))));
    }
    y
}

/// Whether anything leads to it or from it: a private system has no users outside.
fn is_wired(canvas: &Canvas<'_>, name: &str) -> bool {
    canvas.links.iter().any(|it| it.touches(name))
}

/// Draws what no resource stands for.
fn own(canvas: &mut Canvas<'_>, (name, glyph, label): (&str, Glyph, String), tile: Rect) {
    let mut it = shape::icon(name.into(), glyph, tile, None);
    it.says.clone_from(&label);
    it.labels = shape::below(it.rect, vec![label], Style::Name);
    canvas.push(it);
}

/// Draws a global service; gives where the next one goes.
fn below(canvas: &mut Canvas<'_>, it: &Company, tile: Rect) -> f64 {
    let item = company::icon(it, tile, None);
    let height = shape::height_above(item.labels.len(), Style::Name);
    canvas.push(item);
    tile.y + height + theme::SPACE
}

/// The kinds of wires, in the order of the legend.
const KINDS: [(LinkKind, Text); 7] = [
    (
        LinkKind::Request,
        text("diagram.legend.request", "Requests"),
    ),
    (LinkKind::Egress, text("diagram.legend.egress", "Outbound")),
    (
        LinkKind::Replication,
        text("diagram.legend.replication", "Replication"),
    ),
    (
        LinkKind::Peering,
        text("diagram.legend.peering", "VPC peering"),
    ),
    (
        LinkKind::Blocked,
        text("diagram.legend.blocked", "× Gets no answer as configured"),
    ),
    (
        LinkKind::Vpn,
        text("diagram.legend.vpn", "Site-to-Site VPN, 2 tunnels"),
    ),
    (
        LinkKind::Control,
        text("diagram.legend.control", "Monitoring and control"),
    ),
];

/// Height of a line of the legend.
const KEY_LINE: f64 = 20.0;

/// The kinds that the legend keeps room for: the usual ones, and of those that few drawings have the ones of this one.
fn kinds<'a>(canvas: &Canvas<'a>) -> impl Iterator<Item = (LinkKind, Text)> + use<'a> {
    let links = canvas.links;
    let all = KINDS.into_iter().enumerate();
    let kept =
        all.filter(|(place, (kind, _))| *place < USUAL || links.iter().any(|it| it.kind == *kind));
    kept.map(|(_, it)| it)
}

/// So many of the first kinds have room in every legend.
const USUAL: usize = 3;

/// Room that the legend needs.
pub(super) fn legend_height(canvas: &Canvas<'_>) -> f64 {
    kinds(canvas).count() as f64 * KEY_LINE
}

/// What the legend may fill, at most.
pub(super) fn legend_area(canvas: &Canvas<'_>, height: f64) -> Rect {
    let keys = kinds(canvas).map(|(_, text)| key_width(canvas, text));
    let high = legend_height(canvas);
    let top = height - theme::MARGIN - high;
    Rect::new(theme::MARGIN, top, keys.fold(0.0, f64::max), high)
}

fn key_width(canvas: &Canvas<'_>, text: Text) -> f64 {
    theme::KEY + theme::GAP + measure::width(&canvas.words.say(text), Style::Detail)
}

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
