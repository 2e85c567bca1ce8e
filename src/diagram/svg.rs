//! Prints a drawing as SVG. Everything is decided before: this file only knows elements and attributes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::definitions::DEFINITIONS;
use super::drawing::{Drawing, Item, Key, Label, Shape, Sign, Wire};
use super::geometry::{Point, Rect};
use super::write::{Svg, decimal, escape};
use super::{Print, glyph, path, style, theme};
use crate::aws::{Glyph, Name};
use crate::lookup::Lookup;
use crate::topology::LinkKind;

/// Prints a drawing.
///
/// For the page (`standalone: false`) what a state can show is in the text, hidden by the style sheet until a class says
/// otherwise: `is-failed`, `is-degraded` and `is-recovering` on every `g[data-name]` of the name, each with a picture of
/// its own, which the page adds: its kind, the stem of an id among the definitions, and its place are in `data-mark`;
/// `is-absent` goes while the name exists; `is-failed` comes on wires whose `data-needs` has a failed name. A `g` with
/// `data-all` stands for all of these names, of which `data-present` exist at rest: [`combined`] says how it is. A wire is
/// failed by the states in its `data-breaks`. `is-swapped` comes on a `g` with `data-swapped`, which is then its accessible
/// name, and on a wire both of whose ends are. What shows focus and selection the page adds too, around the `box` or `tile`
/// of a `g`, and it scales the whole. A standalone file holds only what can be seen, and its extent.
///
/// Every item is written from its own corner, so that one that only moves changes in its `transform` alone.
pub fn svg(drawing: &Drawing, print: &Print<'_>) -> String {
    sheet(drawing, print).text
}

/// A printed drawing, and the pieces of it that come and go one by one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub text: String,
    /// Up to the first piece.
    pub head: Range<usize>,
    /// In document order.
    pub pieces: Vec<Piece>,
}

/// An item, a wire, what all wires stand in, or the legend in the text of a [`Sheet`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it shows: the same in every drawing that shows it, and in none twice.
    pub key: String,
    /// Index of the piece that it stands in.
    pub inside: Option<usize>,
    /// The value of its `transform`; empty for what is written in the drawing's own coordinates.
    pub place: Range<usize>,
    /// From its other attributes up to what stands in it, or to its end tag.
    pub own: Range<usize>,
}

impl Sheet {
    /// What of a piece does not tell where it is.
    pub fn own(&self, piece: &Piece) -> &str {
        self.text.get(piece.own.clone()).unwrap_or_default()
    }

    /// Where a piece is.
    pub fn place(&self, piece: &Piece) -> &str {
        self.text.get(piece.place.clone()).unwrap_or_default()
    }

    /// Index of the piece that all wires stand in.
    pub fn ground_of_wires(&self) -> Option<usize> {
        self.pieces.iter().position(|it| self.own(it) == WIRES)
    }
}

/// What is printed of the piece that all wires stand in.
const WIRES: &str = " class=\"wires\">";

/// What an item takes at most, with its share of the wires and the definitions: room that is there need not be made.
const BYTES: usize = 1280;

/// Prints a drawing as [`svg`] does.
pub fn sheet(drawing: &Drawing, print: &Print<'_>) -> Sheet {
    let states = print.states.iter();
    let mut out = Printer {
        svg: Svg::new(drawing.items.len() * BYTES),
        pieces: Vec::with_capacity(drawing.items.len() + drawing.wires.len() + 2),
        drawing,
        states: states.map(|(name, class)| (name, *class)).collect(),
        swapped: print.swapped,
        standalone: print.standalone,
    };
    out.head(print);
    let head = 0..out.svg.text.len();
    // Items that are open, each with its piece.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, item) in drawing.items.iter().enumerate() {
        while open.last().map(|it| it.0) != item.inside && open.pop().is_some() {
            out.svg.put("</g>");
        }
        if !item.shape.is_container() && out.is_left_out(item) {
            continue;
        }
        let around = open.last().copied();
        let from = around.and_then(|it| drawing.items.get(it.0));
        let from = from.map_or_else(Point::default, |it| it.rect.corner());
        let place = (item.rect.corner(), from);
        // A tag is one for each thing that it hangs on.
        let host = around.and_then(|it| out.pieces.get(it.1));
        let key = match (item.shape, host) {
            (Shape::Tag(_), Some(host)) => [&*item.name, &*host.key].join(" on "),
            _ => item.name.as_str().to_owned(),
        };
        out.piece(key, around.map(|it| it.1), Some(place), |out| {
            out.item(item)
        });
        if item.shape.is_container() {
            open.push((index, out.pieces.len() - 1));
        } else {
            out.svg.put("</g>");
        }
    }
    out.svg.put(&"</g>".repeat(open.len()));
    let wires = out.pieces.len();
    out.piece("wires".to_owned(), None, None, |out| out.svg.put(WIRES));
    for wire in &drawing.wires {
        let key = [&*wire.from, &*wire.to, wire_class(wire.kind)].join(" ");
        out.piece(key, Some(wires), None, |out| out.wire(wire));
        out.svg.put("</g>");
    }
    out.svg.put("</g>");
    out.piece("legend".to_owned(), None, None, |out| {
        out.legend(&drawing.legend)
    });
    out.svg.put("</g></svg>\n");
    number(&mut out.pieces);
    Sheet {
        text: out.svg.text,
        head,
        pieces: out.pieces,
    }
}

/// Gives pieces of one key a number each, from the second one on.
fn number(pieces: &mut [Piece]) {
    let mut used: Lookup<&str, usize> = Lookup::default();
    let keys = pieces.iter().map(|it| {
        let used = used.or_insert(&*it.key, 0);
        *used += 1;
        *used
    });
    let numbers: Vec<usize> = keys.collect();
    for (piece, number) in pieces.iter_mut().zip(numbers) {
        if number > 1 {
            piece.key = format!("{} {number}", piece.key);
        }
    }
}

struct Printer<'a> {
    svg: Svg,
    pieces: Vec<Piece>,
    drawing: &'a Drawing,
    states: BTreeMap<&'a Name, &'static str>,
    swapped: &'a [Name],
    standalone: bool,
}

/// The state of what is no longer there.
const GONE: &str = "gone";

/// From bad to good, for an item that stands for several.
const WORST_FIRST: [&str; 3] = ["failed", "degraded", "recovering"];

/// How something is that stands for several, given the states of those that have one, and how many exist at rest: failed or
/// gone only when all of them are.
pub fn combined(
    states: impl Iterator<Item = &'static str>,
    present: usize,
) -> Option<&'static str> {
    let (gone, there): (Vec<&str>, Vec<&str>) = states.partition(|it| *it == GONE);
    let failed = there.iter().filter(|it| **it == "failed").count();
    if failed > 0 && failed + gone.len() < present {
        return Some("degraded");
    }
    if there.is_empty() {
        return (!gone.is_empty() && gone.len() >= present).then_some(GONE);
    }
    let worst = WORST_FIRST.into_iter().find(|it| there.contains(it));
    worst.or(there.first().copied())
}

/// The states of an end that break a wire. A copy that is still being rebuilt takes no writes.
pub fn breaks(kind: LinkKind) -> &'static [&'static str] {
    match kind {
        LinkKind::Request
        | LinkKind::Blocked
        | LinkKind::Egress
        | LinkKind::Peering
        | LinkKind::Vpn
        | LinkKind::Control => &["failed"],
        LinkKind::Replication => &["failed", "recovering"],
    }
}

impl Printer<'_> {
    fn head(&mut self, print: &Print<'_>) {
        let Drawing { width, height, .. } = self.drawing;
        self.svg
            .put("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" role=\"group\"");
        if self.standalone {
            self.svg.number("width", *width);
            self.svg.number("height", *height);
            self.svg.put(" aria-labelledby=\"dg-title\" viewBox=\"0 0 ");
            decimal(&mut self.svg.text, *width);
            self.svg.put(" ");
            decimal(&mut self.svg.text, *height);
            self.svg.put("\"");
        } else {
            self.svg.attribute("aria-label", print.title);
        }
        self.svg.put(">");
        if self.standalone {
            self.svg.put("<title id=\"dg-title\">");
            escape(&mut self.svg.text, print.title);
            self.svg.put("</title>");
            if !print.link.is_empty() {
                self.svg.put("<metadata>");
                escape(&mut self.svg.text, print.link);
                self.svg.put("</metadata>");
            }
            self.svg.put("<style>");
            escape(&mut self.svg.text, &style::inline(print.theme));
            self.svg.put("</style>");
        }
        self.svg.put(DEFINITIONS);
        let paper = Rect::new(0.0, 0.0, *width, *height);
        self.svg.rect("paper", paper, 0.0);
    }

    /// Writes a piece but for its end tag: where it is, from the corner of what it stands in, then all else.
    fn piece(
        &mut self,
        key: String,
        inside: Option<usize>,
        place: Option<(Point, Point)>,
        write: impl FnOnce(&mut Self),
    ) {
        self.svg.put("<g");
        let mut at = 0..0;
        if let Some((corner, from)) = place {
            self.svg.put(" transform=\"");
            let start = self.svg.text.len();
            self.svg.put("translate(");
            decimal(&mut self.svg.text, corner.x - from.x);
            self.svg.put(" ");
            decimal(&mut self.svg.text, corner.y - from.y);
            self.svg.put(")");
            at = start..self.svg.text.len();
            self.svg.put("\"");
        }
        self.svg.origin = place.map_or(Point::default(), |it| it.0);
        let start = self.svg.text.len();
        write(self);
        self.pieces.push(Piece {
            key,
            inside,
            place: at,
            own: start..self.svg.text.len(),
        });
    }

    fn state(&self, item: &Item) -> Option<&'static str> {
        if item.all.is_empty() {
            return self.states.get(&item.name).copied();
        }
        let states = item.all.iter().filter_map(|it| self.states.get(it));
        combined(states.copied(), item.present)
    }

    fn is_swapped(&self, item: &Item) -> bool {
        item.swapped.is_some() && self.swapped.contains(&item.name)
    }

    /// Whether there is nothing at a place: not yet, or no longer.
    fn is_empty(&self, item: &Item) -> bool {
        match self.state(item) {
            Some(state) => state == GONE,
            None => item.absent,
        }
    }

    /// Whether a place is kept empty, in a file that nothing will fill later.
    fn is_left_out(&self, item: &Item) -> bool {
        self.standalone && self.is_empty(item)
    }

    /// An item without what stands in it.
    fn item(&mut self, item: &Item) {
        self.open(item);
        if item.shape.is_container() {
            self.container(item);
        } else {
            self.leaf(item);
        }
    }

    fn open(&mut self, item: &Item) {
        let state = self.state(item);
        let worse = state.filter(|it| WORST_FIRST.contains(it));
        let (kind, category) = classes(item.shape);
        self.svg.put(" class=\"");
        self.svg.put(kind);
        if !category.is_empty() {
            self.svg.put(" ");
            self.svg.put(category);
        }
        if self.is_empty(item) {
            self.svg.put(" is-absent");
        }
        if item.temporary {
            self.svg.put(" is-temporary");
        }
        let swapped = self.is_swapped(item);
        if swapped {
            self.svg.put(" is-swapped");
        }
        if let Some(it) = worse {
            self.svg.put(" is-");
            self.svg.put(it);
        }
        self.svg.put("\"");
        self.svg.attribute("data-name", &item.name);
        if !item.all.is_empty() {
            self.svg
                .words("data-all", item.all.iter().map(Name::as_str));
            self.svg.number("data-present", item.present as f64);
        }
        if let Some(it) = item.swapped.as_ref().filter(|_| !self.standalone) {
            self.svg.attribute("data-swapped", &it.says);
        }
        match item.shape {
            Shape::Group(_) => {
                let (at, corner) = (badge(item), item.rect.corner());
                self.marked("badge", Point::new(at.x - corner.x, at.y - corner.y));
            }
            Shape::Icon(_) => self.marked("tile", Point::default()),
            Shape::Region
            | Shape::Vpc
            | Shape::Zone
            | Shape::PublicSubnet
            | Shape::PrivateSubnet
            | Shape::Panel
            | Shape::Tag(_) => (),
        }
        let role = if item.shape.is_container() {
            "group"
        } else {
            "button"
        };
        self.svg.attribute("role", role);
        self.svg.put(" tabindex=\"-1\"");
        let words = self.drawing.states;
        let says = item.swapped.as_ref().filter(|_| swapped);
        let says = says.map_or(&item.says, |it| &it.says);
        match worse.and_then(|class| words.iter().find(|(it, _)| *it == class)) {
            Some((_, word)) => self.svg.attribute("aria-label", &format!("{says}, {word}")),
            None => self.svg.attribute("aria-label", says),
        }
        self.svg.put(">");
    }

    fn container(&mut self, item: &Item) {
        let radius = match item.shape {
            Shape::Group(_) | Shape::Panel => 6.0,
            _ => 0.0,
        };
        self.svg.rect("box", item.rect, radius);
        let failed = self.state(item) == Some("failed");
        if item.shape == Shape::Zone && (failed || !self.standalone) {
            self.svg.put("<rect class=\"veil\" fill=\"url(#dg-down)\"");
            self.svg.number("width", item.rect.width);
            self.svg.number("height", item.rect.height);
            self.svg.put("/>");
        }
        if let Some((sign, rect)) = item.sign {
            let is_group = matches!(item.shape, Shape::Group(_));
            if !is_group {
                self.svg.rect("corner", rect, 0.0);
            }
            self.svg
                .sign(sign, if is_group { rect } else { rect.grow(-3.0) });
        }
        for label in &item.labels {
            self.svg.label(label);
        }
        if let Some(alert) = item.alert.as_ref().filter(|_| failed || !self.standalone) {
            self.svg.put("<g class=\"alert\">");
            let plate = Rect::new(
                alert.rect.x - theme::GAP,
                alert.rect.y - 2.0,
                alert.rect.width + 2.0 * theme::GAP,
                alert.rect.height + 4.0,
            );
            self.svg.rect("plate", plate, 4.0);
            self.svg.label(alert);
            self.svg.put("</g>");
        }
        if let (Shape::Group(_), Some(class)) = (item.shape, self.shown_state(item)) {
            let at = badge(item);
            self.svg.mark(class, ["badge-", class], at);
        }
    }

    /// The state that a file has a picture of.
    fn shown_state(&self, item: &Item) -> Option<&'static str> {
        let state = self.state(item).filter(|_| self.standalone);
        state.filter(|it| WORST_FIRST.contains(it))
    }

    /// Tells the page which pictures of states there are, and where.
    fn marked(&mut self, kind: &str, at: Point) {
        if !self.standalone {
            self.svg.put(" data-mark=\"");
            self.svg.put(kind);
            self.svg.put(" ");
            decimal(&mut self.svg.text, at.x);
            self.svg.put(" ");
            decimal(&mut self.svg.text, at.y);
            self.svg.put("\"");
        }
    }

    fn leaf(&mut self, item: &Item) {
        let (class, radius) = match item.shape {
            Shape::Tag(_) => ("box", 4.0),
            _ => ("tile", TILE_RADIUS),
        };
        self.svg.rect(class, item.rect, radius);
        if let Some(rect) = item.backing {
            self.svg.rect("plate", rect, 0.0);
        }
        self.faces(item);
        if let (Shape::Icon(_), Some(class)) = (item.shape, self.shown_state(item)) {
            self.svg.mark(class, ["tile-", class], item.rect.corner());
        }
    }

    /// Sign and labels: as it is, and for the page also as it is once its role has changed hands.
    fn faces(&mut self, item: &Item) {
        let Some(swapped) = &item.swapped else {
            return self.face(item.sign, &item.labels);
        };
        let sign = item
            .sign
            .map(|(_, rect)| (Sign::Glyph(swapped.glyph), rect));
        if !self.standalone {
            self.svg.put("<g class=\"unswapped\">");
            self.face(item.sign, &item.labels);
            self.svg.put("</g><g class=\"swapped\">");
            self.face(sign, &swapped.labels);
            self.svg.put("</g>");
        } else if self.is_swapped(item) {
            self.face(sign, &swapped.labels);
        } else {
            self.face(item.sign, &item.labels);
        }
    }

    fn face(&mut self, sign: Option<(Sign, Rect)>, labels: &[Label]) {
        if let Some((sign, rect)) = sign {
            self.svg.sign(sign, rect);
        }
        for label in labels {
            self.svg.label(label);
        }
    }

    fn wire(&mut self, wire: &Wire) {
        let breaks = breaks(wire.kind);
        let is = |name: &Name| self.states.get(name).is_some_and(|it| breaks.contains(it));
        let failed = wire.needs.iter().any(is);
        let swapped = [&wire.from, &wire.to];
        let swapped = swapped.iter().all(|it| self.swapped.contains(it));
        self.svg.put(" class=\"wire ");
        self.svg.put(wire_class(wire.kind));
        self.svg.put(if failed { " is-failed" } else { "" });
        self.svg.put(if swapped { " is-swapped\"" } else { "\"" });
        self.svg.attribute("data-from", &wire.from);
        self.svg.attribute("data-to", &wire.to);
        self.svg
            .words("data-needs", wire.needs.iter().map(Name::as_str));
        self.svg.words("data-breaks", breaks.iter().copied());
        self.marked("cut", wire.cut);
        self.svg
            .put(" aria-hidden=\"true\"><path class=\"line\" d=\"");
        path::line(&mut self.svg.text, wire);
        self.svg.put("\"/>");
        if wire.kind == LinkKind::Vpn {
            self.svg.put("<path class=\"core\" d=\"");
            path::line(&mut self.svg.text, wire);
            self.svg.put("\"/>");
        }
        self.heads(wire, swapped);
        if let Some(plate) = &wire.plate {
            let (_, ground) = plate.ground.map_or(("", ""), classes);
            self.svg.rect(&format!("plate {ground}"), plate.rect, 3.0);
            for label in &plate.labels {
                self.svg.label(label);
            }
        }
        if failed && self.standalone {
            self.svg.mark("failed", ["cut", ""], wire.cut);
        }
    }

    /// The arrowhead; where copies can change hands, the page has one at either end.
    fn heads(&mut self, wire: &Wire, swapped: bool) {
        let forth = wire.points.as_slice();
        let back = || forth.iter().rev().copied().collect::<Vec<Point>>();
        match (wire.kind, self.standalone) {
            (LinkKind::Replication, false) => {
                self.arrow("head unswapped", forth);
                self.arrow("head swapped", &back());
            }
            (LinkKind::Replication, true) if swapped => self.arrow("head", &back()),
            (
                LinkKind::Replication
                | LinkKind::Request
                | LinkKind::Blocked
                | LinkKind::Egress
                | LinkKind::Control,
                _,
            ) => {
                self.arrow("head", forth);
            }
            (LinkKind::Peering, _) => {
                self.arrow("head", forth);
                self.arrow("head", &back());
            }
            (LinkKind::Vpn, _) => (),
        }
    }

    fn arrow(&mut self, class: &str, points: &[Point]) {
        self.svg.put("<path");
        self.svg.attribute("class", class);
        self.svg.put(" d=\"");
        path::head(&mut self.svg.text, points);
        self.svg.put("\"/>");
    }

    fn legend(&mut self, keys: &[Key]) {
        self.svg.put(" class=\"legend\" aria-hidden=\"true\">");
        for key in keys {
            self.svg.put("<g class=\"wire ");
            self.svg.put(wire_class(key.kind));
            self.svg.put("\">");
            self.sample(key);
            self.svg.put("</g>");
            self.svg.label(&key.label);
        }
    }
}

impl Printer<'_> {
    /// A short piece of a wire, as the legend shows it.
    fn sample(&mut self, key: &Key) {
        let points = [key.from, key.to];
        let back = [key.to, key.from];
        let tunnel = ["line", "core"];
        let lines = if key.kind == LinkKind::Vpn {
            &tunnel[..]
        } else {
            &tunnel[..1]
        };
        for class in lines {
            self.svg.put("<path");
            self.svg.attribute("class", class);
            self.svg.put(" d=\"");
            path::straight(&mut self.svg.text, key.kind, &points);
            self.svg.put("\"/>");
        }
        match key.kind {
            LinkKind::Request
            | LinkKind::Blocked
            | LinkKind::Egress
            | LinkKind::Replication
            | LinkKind::Control => {
                self.arrow("head", &points);
            }
            LinkKind::Peering => {
                self.arrow("head", &points);
                self.arrow("head", &back);
            }
            LinkKind::Vpn => (),
        }
    }
}

/// Corner radius of a tile, also in [`DEFINITIONS`].
const TILE_RADIUS: f64 = 8.0;

/// Where a group shows its state.
fn badge(item: &Item) -> Point {
    Point::new(item.rect.right() - 14.0, item.rect.y + 14.0)
}

/// What a shape is, and the category that colors it.
fn classes(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Region => ("frame region", ""),
        Shape::Vpc => ("frame vpc", ""),
        Shape::Zone => ("frame zone", ""),
        Shape::PublicSubnet => ("frame subnet", "public"),
        Shape::PrivateSubnet => ("frame subnet", "private"),
        Shape::Panel => ("frame panel", ""),
        Shape::Group(it @ Glyph::AutoScalingGroup) => ("group scaling", glyph::category(it)),
        Shape::Group(it) => ("group", glyph::category(it)),
        Shape::Icon(it @ Glyph::DatabasePrimary) => ("icon primary", glyph::category(it)),
        Shape::Icon(it @ Glyph::DatabaseStandby) => ("icon standby", glyph::category(it)),
        Shape::Icon(it) => ("icon", glyph::category(it)),
        Shape::Tag(it @ Glyph::SecurityGroup) => ("tag", glyph::category(it)),
        Shape::Tag(_) => ("tag", ""),
    }
}

fn wire_class(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Request => "request",
        LinkKind::Blocked => "blocked",
        LinkKind::Egress => "egress",
        LinkKind::Replication => "replication",
        LinkKind::Peering => "peering",
        LinkKind::Vpn => "vpn",
        LinkKind::Control => "control",
    }
}
