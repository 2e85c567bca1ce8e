//! Prints a drawing as SVG. Everything is decided before: this file only knows elements and attributes.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::drawing::{Align, Drawing, Item, Key, Label, Shape, Sign, Style, Wire};
use super::geometry::{Point, Rect};
use super::write::{DEFINITIONS, decimal, escape};
use super::{Print, glyph, path, style, theme};
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

/// The state of what is no longer there.
const GONE: &str = "gone";

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

    fn open(&mut self, item: &Item) {
        let state = self.state(item);
        let worse = state.filter(|it| WORST_FIRST.contains(it));
        self.put("<g class=\"");
        self.put(class(item.shape));
        if self.is_empty(item) {
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
        self.rings(item.rect, radius);
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

    /// What shows focus, selection and connection, in two tones so that it can be told from any ground.
    fn rings(&mut self, rect: Rect, radius: f64) {
        if !self.standalone {
            self.rect("ring", rect.grow(2.5), radius + 2.5);
            self.rect("ring inner", rect.grow(1.0), radius + 1.0);
        }
    }

    fn leaf(&mut self, item: &Item) {
        let (class, radius) = match item.shape {
            Shape::Tag(_) => ("box", 4.0),
            _ => ("tile", TILE_RADIUS),
        };
        self.rings(item.rect, radius);
        self.rect(class, item.rect, radius);
        if let Some((sign, rect)) = item.sign {
            self.sign(sign, rect);
        }
        if let Some(rect) = item.backing {
            self.rect("plate", rect, 0.0);
        }
        for label in &item.labels {
            self.label(label);
        }
        if let Shape::Icon(_) = item.shape {
            self.marks("tile", item, Point::new(item.rect.x, item.rect.y));
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
        // On the page, two lines are two words to who hears them.
        self.put(if self.standalone {
            "</text>"
        } else {
            "</text> "
        });
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
        path::line(&mut self.out, wire);
        self.put("\"/><path class=\"head\" d=\"");
        path::head(&mut self.out, &wire.points);
        self.put("\"/>");
        if let Some(plate) = &wire.plate {
            let ground = plate.ground.map_or("", class);
            self.rect(&format!("plate on {ground}"), plate.rect, 3.0);
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
            path::straight(&mut self.out, &points);
            self.put("\"/><path class=\"head\" d=\"");
            path::head(&mut self.out, &points);
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

/// Share of a line above the baseline, of the letters' own height.
const ASCENT: f64 = 0.36;

fn baseline(label: &Label) -> f64 {
    label.rect.center().y + label.style.size() * ASCENT
}
