//! Prints a drawing as SVG. Everything is decided before: this file only knows elements and attributes.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::drawing::{Align, Drawing, Item, Key, Label, Shape, Sign, Style, Wire};
use super::geometry::{Point, Rect};
use super::style;
use super::wire::HOP;
use super::{Print, glyph, theme};
use crate::aws::{Glyph, Name};
use crate::topology::LinkKind;

/// Prints a drawing.
///
/// For the page (`standalone: false`) everything that a state can show is in the text, hidden by the style sheet until a
/// class says otherwise: `is-failed`, `is-degraded` and `is-recovering` on every `g[data-name]` of the name (or whose
/// `data-all` has it), and on wires whose `data-needs` has a failed name; `is-absent` goes while the name exists. A
/// standalone file holds only what can be seen.
pub fn svg(drawing: &Drawing, print: &Print<'_>) -> String {
    let states = print.states.iter();
    let mut out = Printer {
        out: String::with_capacity(64 * 1024),
        drawing,
        states: states.map(|(name, class)| (name, *class)).collect(),
        standalone: print.standalone,
    };
    out.head(print);
    let mut open: Vec<usize> = Vec::new();
    for (index, item) in drawing.items.iter().enumerate() {
        while open.last().copied() != item.inside && open.pop().is_some() {
            out.put("</g>");
        }
        if item.shape.is_container() {
            out.open(item);
            out.container(item);
            open.push(index);
        } else if !out.is_left_out(item) {
            out.open(item);
            out.leaf(item);
            out.put("</g>");
        }
    }
    out.put(&"</g>".repeat(open.len()));
    for wire in &drawing.wires {
        out.wire(wire);
    }
    out.legend(&drawing.legend);
    out.put("</svg>\n");
    out.out
}

struct Printer<'a> {
    out: String,
    drawing: &'a Drawing,
    states: BTreeMap<&'a Name, &'static str>,
    standalone: bool,
}

/// From bad to good, for an item that stands for several.
const WORST_FIRST: [&str; 3] = ["failed", "degraded", "recovering"];

impl Printer<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// An attribute with its value escaped.
    fn attribute(&mut self, name: &str, value: &str) {
        self.put(" ");
        self.put(name);
        self.put("=\"");
        escape(&mut self.out, value);
        self.put("\"");
    }

    fn number(&mut self, name: &str, value: f64) {
        self.put(" ");
        self.put(name);
        self.put("=\"");
        decimal(&mut self.out, value);
        self.put("\"");
    }

    fn head(&mut self, print: &Print<'_>) {
        let Drawing { width, height, .. } = self.drawing;
        self.put("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" role=\"group\"");
        if self.standalone {
            self.number("width", *width);
            self.number("height", *height);
            self.put(" aria-labelledby=\"dg-title\"");
        } else {
            self.attribute("aria-label", print.title);
        }
        self.put(" viewBox=\"0 0 ");
        decimal(&mut self.out, *width);
        self.put(" ");
        decimal(&mut self.out, *height);
        self.put("\">");
        if self.standalone {
            self.put("<title id=\"dg-title\">");
            escape(&mut self.out, print.title);
            self.put("</title>");
            if !print.link.is_empty() {
                self.put("<metadata>");
                escape(&mut self.out, print.link);
                self.put("</metadata>");
            }
            self.put("<style>");
            escape(&mut self.out, &style::inline(print.theme));
            self.put("</style>");
        }
        self.put(DEFINITIONS);
        let paper = Rect::new(0.0, 0.0, *width, *height);
        self.rect("paper", paper, 0.0);
    }

    fn rect(&mut self, class: &str, rect: Rect, radius: f64) {
        self.put("<rect");
        self.attribute("class", class);
        self.number("x", rect.x);
        self.number("y", rect.y);
        self.number("width", rect.width);
        self.number("height", rect.height);
        if radius > 0.0 {
            self.number("rx", radius);
        }
        self.put("/>");
    }

    fn using(&mut self, class: &str, id: &str, at: Point) {
        self.put("<use");
        self.attribute("class", class);
        self.attribute("href", &format!("#dg-{id}"));
        self.number("x", at.x);
        self.number("y", at.y);
        self.put("/>");
    }

    fn state(&self, item: &Item) -> Option<&'static str> {
        let names = [&item.name].into_iter().chain(&item.all);
        let found: Vec<&'static str> = names
            .filter_map(|it| self.states.get(it).copied())
            .collect();
        let worst = WORST_FIRST.into_iter().find(|it| found.contains(it));
        worst.or(found.first().copied())
    }

    /// Whether a place is kept empty, in a file that nothing will fill later.
    fn is_left_out(&self, item: &Item) -> bool {
        self.standalone && item.absent && self.state(item).is_none()
    }

    fn open(&mut self, item: &Item) {
        let state = self.state(item);
        let worse = state.filter(|it| WORST_FIRST.contains(it));
        self.put("<g class=\"");
        self.put(class(item.shape));
        if item.absent && state.is_none() {
            self.put(" is-absent");
        }
        if let Some(it) = worse {
            self.put(" is-");
            self.put(it);
        }
        self.put("\"");
        self.attribute("data-name", &item.name);
        if !item.all.is_empty() {
            let names: Vec<&str> = item.all.iter().map(Name::as_str).collect();
            self.attribute("data-all", &names.join(" "));
        }
        let role = if item.shape.is_container() {
            "group"
        } else {
            "button"
        };
        self.attribute("role", role);
        self.put(" tabindex=\"-1\"");
        let words = self.drawing.states;
        match worse.and_then(|class| words.iter().find(|(it, _)| *it == class)) {
            Some((_, word)) => self.attribute("aria-label", &format!("{}, {word}", item.says)),
            None => self.attribute("aria-label", &item.says),
        }
        self.put(">");
    }

    fn container(&mut self, item: &Item) {
        let radius = match item.shape {
            Shape::Group(_) => 6.0,
            _ => 0.0,
        };
        self.rect("box", item.rect, radius);
        let failed = self.state(item) == Some("failed");
        if item.shape == Shape::Zone && (failed || !self.standalone) {
            self.put("<rect class=\"veil\" fill=\"url(#dg-down)\"");
            self.number("x", item.rect.x);
            self.number("y", item.rect.y);
            self.number("width", item.rect.width);
            self.number("height", item.rect.height);
            self.put("/>");
        }
        if let Some((sign, rect)) = item.sign {
            let is_group = matches!(item.shape, Shape::Group(_));
            if !is_group {
                self.rect("corner", rect, 0.0);
            }
            self.sign(sign, if is_group { rect } else { rect.grow(-3.0) });
        }
        for label in &item.labels {
            self.label(label);
        }
        if let Some(alert) = item.alert.as_ref().filter(|_| failed || !self.standalone) {
            self.put("<g class=\"alert\">");
            let plate = Rect::new(
                alert.rect.x - theme::GAP,
                alert.rect.y - 2.0,
                alert.rect.width + 2.0 * theme::GAP,
                alert.rect.height + 4.0,
            );
            self.rect("plate", plate, 4.0);
            self.label(alert);
            self.put("</g>");
        }
        if let Shape::Group(_) = item.shape {
            let at = Point::new(item.rect.right() - 14.0, item.rect.y + 14.0);
            self.marks("badge", item, at);
        }
        self.rings(item.rect.grow(3.0), radius + 3.0);
    }

    /// The pictures of the states: all for the page, the one that holds for a file.
    fn marks(&mut self, kind: &str, item: &Item, at: Point) {
        let state = self.state(item);
        for class in WORST_FIRST {
            if !self.standalone || state == Some(class) {
                self.using(
                    &format!("mark when-{class}"),
                    &format!("{kind}-{class}"),
                    at,
                );
            }
        }
    }

    fn rings(&mut self, rect: Rect, radius: f64) {
        if !self.standalone {
            self.rect("ring", rect, radius);
            self.rect("ring inner", rect.grow(-1.5), radius - 1.5);
        }
    }

    fn leaf(&mut self, item: &Item) {
        match item.shape {
            Shape::Tag(_) => self.rect("box", item.rect, 4.0),
            _ => self.rect("tile", item.rect, TILE_RADIUS),
        }
        if let Some((sign, rect)) = item.sign {
            self.sign(sign, rect);
        }
        for label in &item.labels {
            self.label(label);
        }
        match item.shape {
            Shape::Tag(_) => self.rings(item.rect.grow(3.0), 6.0),
            _ => {
                self.marks("tile", item, Point::new(item.rect.x, item.rect.y));
                self.rings(item.rect.grow(4.0), TILE_RADIUS + 4.0);
            }
        }
    }

    fn sign(&mut self, sign: Sign, rect: Rect) {
        self.put("<path class=\"glyph\" d=\"");
        self.put(glyph::path(sign));
        self.put("\" transform=\"translate(");
        decimal(&mut self.out, rect.x);
        self.put(" ");
        decimal(&mut self.out, rect.y);
        self.put(") scale(");
        let _ = write!(self.out, "{:.3}", rect.width / glyph::GRID);
        self.put(")\"/>");
    }

    fn label(&mut self, label: &Label) {
        self.put("<text class=\"");
        self.put(match label.style {
            Style::Title => "title",
            Style::Name => "name",
            Style::Detail => "detail",
        });
        self.put("\"");
        match label.align {
            Align::Start => self.number("x", label.rect.x),
            Align::Middle => {
                self.number("x", label.rect.center().x);
                self.put(" text-anchor=\"middle\"");
            }
        }
        self.number("y", baseline(label));
        self.put(">");
        escape(&mut self.out, &label.text);
        self.put("</text>");
    }

    fn wire(&mut self, wire: &Wire) {
        let is = |name: &Name| self.states.get(name).copied() == Some("failed");
        let failed = wire.needs.iter().any(is);
        self.put("<g class=\"wire ");
        self.put(wire_class(wire.kind));
        self.put(if failed { " is-failed\"" } else { "\"" });
        self.attribute("data-from", &wire.from);
        self.attribute("data-to", &wire.to);
        let needs: Vec<&str> = wire.needs.iter().map(Name::as_str).collect();
        self.attribute("data-needs", &needs.join(" "));
        self.put(" aria-hidden=\"true\"><path class=\"line\" d=\"");
        line(&mut self.out, wire);
        self.put("\"/><path class=\"head\" d=\"");
        head(&mut self.out, &wire.points);
        self.put("\"/>");
        if let Some(plate) = &wire.plate {
            self.rect("plate", plate.rect, 3.0);
            for label in &plate.labels {
                self.label(label);
            }
        }
        if failed || !self.standalone {
            self.using("mark when-failed", "cut", wire.cut);
        }
        self.put("</g>");
    }

    fn legend(&mut self, keys: &[Key]) {
        self.put("<g class=\"legend\" aria-hidden=\"true\">");
        for key in keys {
            self.put("<g class=\"wire ");
            self.put(wire_class(key.kind));
            self.put("\"><path class=\"line\" d=\"");
            let points = [key.from, key.to];
            straight(&mut self.out, &points);
            self.put("\"/><path class=\"head\" d=\"");
            head(&mut self.out, &points);
            self.put("\"/></g>");
            self.label(&key.label);
        }
        self.put("</g>");
    }
}

/// Corner radius of a tile, also in [`DEFINITIONS`].
const TILE_RADIUS: f64 = 8.0;

fn class(shape: Shape) -> &'static str {
    match shape {
        Shape::Region => "frame region",
        Shape::Vpc => "frame vpc",
        Shape::Zone => "frame zone",
        Shape::PublicSubnet => "frame subnet public",
        Shape::PrivateSubnet => "frame subnet private",
        Shape::Group(Glyph::AutoScalingGroup) => "group scaling compute",
        Shape::Group(it) => match glyph::category(it) {
            "network" => "group network",
            "compute" => "group compute",
            "database" => "group database",
            "storage" => "group storage",
            "management" => "group management",
            "security" => "group security",
            _ => "group general",
        },
        Shape::Icon(Glyph::DatabaseStandby) => "icon standby database",
        Shape::Icon(it) => match glyph::category(it) {
            "network" => "icon network",
            "compute" => "icon compute",
            "database" => "icon database",
            "storage" => "icon storage",
            "management" => "icon management",
            "security" => "icon security",
            _ => "icon general",
        },
        Shape::Tag(_) => "tag",
    }
}

fn wire_class(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Request => "request",
        LinkKind::Egress => "egress",
        LinkKind::Replication => "replication",
    }
}

/// Hatching and badges, once in the file. Tiles are 40 wide.
const DEFINITIONS: &str = concat!(
    r#"<defs aria-hidden="true">"#,
    r#"<pattern id="dg-failed" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch failed" d="M3.5 0V7"/></pattern>"#,
    r#"<pattern id="dg-degraded" width="8" height="8" patternUnits="userSpaceOnUse"><circle class="dot degraded" cx="4" cy="4" r="1.4"/></pattern>"#,
    r#"<pattern id="dg-recovering" width="6" height="6" patternUnits="userSpaceOnUse"><path class="hatch recovering" d="M3 0V6"/></pattern>"#,
    r#"<pattern id="dg-down" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch down" d="M5 0V10M0 5H10"/></pattern>"#,
    r#"<g id="dg-badge-failed"><rect class="badge failed" x="-9" y="-9" width="18" height="18" rx="3"/><path class="stroke" d="M-3.5-3.5l7 7M3.5-3.5l-7 7"/></g>"#,
    r#"<g id="dg-badge-degraded"><path class="badge degraded" d="M0-9.5L10 8H-10z"/><path class="stroke" d="M0-3.5V2M0 5v.1"/></g>"#,
    r#"<g id="dg-badge-recovering"><circle class="badge recovering" r="9.5"/><path class="stroke" d="M4.3-1.5A4.6 4.6 0 1 0 4.4 1.7M4.8-4.6v3.2H1.6"/></g>"#,
    r##"<g id="dg-tile-failed"><rect class="veil failed" width="40" height="40" rx="8" fill="url(#dg-failed)"/><use href="#dg-badge-failed" x="38" y="2"/></g>"##,
    r##"<g id="dg-tile-degraded"><rect class="veil degraded" width="40" height="40" rx="8" fill="url(#dg-degraded)"/><use href="#dg-badge-degraded" x="38" y="2"/></g>"##,
    r##"<g id="dg-tile-recovering"><rect class="veil recovering" width="40" height="40" rx="8" fill="url(#dg-recovering)"/><use href="#dg-badge-recovering" x="38" y="2"/></g>"##,
    r#"<g id="dg-cut"><circle class="badge failed" r="8"/><path class="stroke" d="M-3-3l6 6M3-3l-6 6"/></g>"#,
    "</defs>"
);

/// Corner radius of a wire.
const BEND: f64 = 7.0;
/// Length and half the width of an arrowhead.
const HEAD: (f64, f64) = (9.0, 4.5);

/// Path data of a wire: rounded corners, bows at the hops, an end inside the arrowhead.
fn line(out: &mut String, wire: &Wire) {
    let points = shortened(&wire.points);
    let Some((first, rest)) = points.split_first() else {
        return;
    };
    move_to(out, 'M', *first);
    let mut at = *first;
    for (place, corner) in rest.iter().enumerate() {
        let next = rest.get(place + 1);
        let bend = next.map_or(0.0, |next| {
            BEND.min(distance(at, *corner) / 2.0)
                .min(distance(*corner, *next) / 2.0)
        });
        let before = towards(*corner, at, bend);
        hopping(out, at, before, &wire.hops);
        if let Some(next) = next {
            let after = towards(*corner, *next, bend);
            move_to(out, 'Q', *corner);
            move_to(out, ' ', after);
            at = after;
        }
    }
}

/// A straight piece, with a bow over each hop on it, nearest first.
fn hopping(out: &mut String, from: Point, to: Point, hops: &[Point]) {
    let on = |it: &&Point| {
        it.x == from.x && from.x == to.x && it.y > from.y.min(to.y) && it.y < from.y.max(to.y)
    };
    let mut hops: Vec<Point> = hops.iter().filter(on).copied().collect();
    hops.sort_by(|a, b| distance(from, *a).total_cmp(&distance(from, *b)));
    for hop in hops {
        let before = towards(hop, from, HOP);
        let after = towards(hop, to, HOP);
        move_to(out, 'L', before);
        out.push_str("A5 5 0 0 ");
        out.push(if to.y < from.y { '0' } else { '1' });
        move_to(out, ' ', after);
    }
    move_to(out, 'L', to);
}

fn straight(out: &mut String, points: &[Point]) {
    for (place, point) in shortened(points).iter().enumerate() {
        move_to(out, if place == 0 { 'M' } else { 'L' }, *point);
    }
}

/// The same way, ending under the arrowhead.
fn shortened(points: &[Point]) -> Vec<Point> {
    let mut points = points.to_vec();
    if let [.., before, last] = points.as_mut_slice() {
        *last = towards(*last, *before, HEAD.0 - 1.0);
    }
    points
}

fn head(out: &mut String, points: &[Point]) {
    let [.., before, tip] = points else {
        return;
    };
    let base = towards(*tip, *before, HEAD.0);
    let (dx, dy) = if before.x == tip.x {
        (HEAD.1, 0.0)
    } else {
        (0.0, HEAD.1)
    };
    move_to(out, 'M', *tip);
    move_to(out, 'L', Point::new(base.x + dx, base.y + dy));
    move_to(out, 'L', Point::new(base.x - dx, base.y - dy));
    out.push('Z');
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

/// The point a way off, in the direction of another on the same axis.
fn towards(from: Point, to: Point, by: f64) -> Point {
    let step = |from: f64, to: f64| {
        if to > from {
            from + by
        } else if to < from {
            from - by
        } else {
            from
        }
    };
    Point::new(step(from.x, to.x), step(from.y, to.y))
}

fn move_to(out: &mut String, command: char, to: Point) {
    out.push(command);
    decimal(out, to.x);
    out.push(' ');
    decimal(out, to.y);
}

/// Share of a line above the baseline, of the letters' own height.
const ASCENT: f64 = 0.36;

fn baseline(label: &Label) -> f64 {
    label.rect.center().y + label.style.size() * ASCENT
}

/// A number with at most two decimals: the one place where the drawing is rounded.
fn decimal(out: &mut String, value: f64) {
    let hundredths = (value * 100.0).round() as i64;
    let (whole, rest) = (hundredths / 100, (hundredths % 100).abs());
    if hundredths < 0 && whole == 0 {
        out.push('-');
    }
    let _ = write!(out, "{whole}");
    if rest > 0 {
        let _ = write!(out, ".{rest:02}");
        if rest % 10 == 0 {
            out.pop();
        }
    }
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no way to write most control characters.
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
}
