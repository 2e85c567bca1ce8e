//! Prints a drawing as a file of draw.io: mxGraph's cells, with real containers and connections that stick to what they
//! connect, so that people can go on drawing there.

use base64::prelude::{BASE64_STANDARD, Engine};

use super::drawing::{Align, Drawing, Item, Label, Shape, Sign, Wire};
use super::geometry::{Point, Rect};
use super::write::{Svg, decimal, escape};
use super::{Theme, glyph, style, theme};
use crate::aws::Glyph;
use crate::topology::LinkKind;

/// A drawing of what is healthy, as a file of its own. The title names its only page.
pub fn drawio(drawing: &Drawing, theme: Theme, title: &str) -> String {
    let mut out = Printer {
        xml: Svg::new(64 * 1024),
        drawing,
        colors: Colors(style::colors(theme)),
    };
    out.xml
        .put("<mxfile host=\"Azimuth\"><diagram id=\"design\"");
    out.xml.attribute("name", title);
    out.xml
        .put("><mxGraphModel grid=\"1\" gridSize=\"8\" page=\"1\"");
    out.xml.number("pageWidth", drawing.width);
    out.xml.number("pageHeight", drawing.height);
    out.xml.attribute("background", out.colors.of("paper"));
    out.xml
        .put("><root><mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/>");
    for (index, item) in drawing.items.iter().enumerate() {
        // A place kept for a replacement has nothing in it to draw.
        if !item.absent {
            out.item(index, item);
        }
    }
    for (index, wire) in drawing.wires.iter().enumerate() {
        out.wire(index, wire);
    }
    out.xml.put("</root></mxGraphModel></diagram></mxfile>\n");
    out.xml.text
}

struct Printer<'a> {
    xml: Svg,
    drawing: &'a Drawing,
    colors: Colors,
}

/// The page's colors of a theme, by variable.
struct Colors(Vec<(&'static str, &'static str)>);

impl Colors {
    /// `compute`, `paper`
    fn of(&self, name: &str) -> &'static str {
        let is_it = |variable: &str| variable.strip_prefix("--dg-") == Some(name);
        let found = self.0.iter().find(|it| is_it(it.0));
        found.map_or("none", |it| it.1)
    }

    fn tint(&self, category: &str) -> &'static str {
        self.of(&format!("{category}-tint"))
    }
}

impl Printer<'_> {
    fn item(&mut self, index: usize, item: &Item) {
        let look = match item.shape {
            Shape::Icon(it) => self.icon(item, it),
            Shape::Tag(it) => self.tag(it),
            Shape::Region
            | Shape::Vpc
            | Shape::Zone
            | Shape::PublicSubnet
            | Shape::PrivateSubnet
            | Shape::Panel
            | Shape::Group(_) => self.container(item),
        };
        self.xml.put("<object");
        self.xml.attribute("id", &format!("n{index}"));
        // Text beside an icon is a cell that hangs on it: draw.io would put it in the middle of the icon's height.
        let beside = is_beside(item);
        self.lines("label", if beside { &[] } else { &item.labels });
        self.xml.attribute("resource", &item.name);
        self.xml.attribute("tooltip", &item.says);
        self.xml.put(">");
        self.cell(&look, item.rect, item.inside);
        self.xml.put("</object>");
        if let Some(label) = item.labels.first().filter(|_| beside) {
            self.xml.put("<mxCell");
            self.xml.attribute("id", &format!("n{index}-label"));
            self.lines("value", std::slice::from_ref(label));
            let look = format!(
                "text;html=0;strokeColor=none;fillColor=none;connectable=0;align=left;verticalAlign=middle;spacing=0;fontSize=12;fontColor={};",
                self.colors.of("ink")
            );
            self.open_cell(&look, label.rect, Some(index));
        }
        // The mark in the corner is a picture of its own: a container has none.
        if let Some((sign, rect)) = item.sign.filter(|_| item.shape.is_container()) {
            let look = format!(
                "shape=image;connectable=0;{}",
                self.picture(&self.corner(item.shape, sign))
            );
            self.xml.put("<mxCell");
            self.xml.attribute("id", &format!("n{index}-sign"));
            self.open_cell(&look, rect, Some(index));
        }
    }

    fn cell(&mut self, look: &str, rect: Rect, inside: Option<usize>) {
        self.xml.put("<mxCell");
        self.open_cell(look, rect, inside);
    }

    /// The rest of a cell's element, with its place as seen from what it stands in.
    fn open_cell(&mut self, look: &str, rect: Rect, inside: Option<usize>) {
        let parent = inside.map_or("1".to_owned(), |it| format!("n{it}"));
        let around = inside.and_then(|it| self.drawing.items.get(it));
        let origin = around.map_or(Point::default(), |it| Point::new(it.rect.x, it.rect.y));
        self.xml.attribute("style", look);
        self.xml.attribute("parent", &parent);
        self.xml.put(" vertex=\"1\"><mxGeometry as=\"geometry\"");
        self.xml.number("x", rect.x - origin.x);
        self.xml.number("y", rect.y - origin.y);
        self.xml.number("width", rect.width);
        self.xml.number("height", rect.height);
        self.xml.put("/></mxCell>");
    }

    fn lines(&mut self, attribute: &str, labels: &[Label]) {
        self.xml.put(" ");
        self.xml.put(attribute);
        self.xml.put("=\"");
        let mut before: Option<&Label> = None;
        for label in labels {
            self.xml.put(match before {
                None => "",
                Some(it) if label.rect.y < it.rect.center().y => "  ",
                // A line break as a reference: as itself, an attribute's value would lose it.
                Some(_) => "&#10;",
            });
            escape(&mut self.xml.text, &label.text);
            before = Some(label);
        }
        self.xml.put("\"");
    }

    fn container(&self, item: &Item) -> String {
        let colors = &self.colors;
        let (fill, stroke, more) = match item.shape {
            Shape::Region => (
                colors.of("paper"),
                colors.of("teal"),
                "dashed=1;dashPattern=2 4;",
            ),
            Shape::Vpc => (colors.of("paper"), colors.of("vpc"), ""),
            Shape::Panel => (
                colors.of("paper"),
                colors.of("muted"),
                "rounded=1;arcSize=4;",
            ),
            Shape::Zone => (
                colors.of("paper"),
                colors.of("teal"),
                "dashed=1;dashPattern=7 5;",
            ),
            Shape::PublicSubnet => (colors.tint("public"), colors.of("public"), ""),
            Shape::PrivateSubnet => (colors.tint("private"), colors.of("private"), ""),
            Shape::Group(it) | Shape::Icon(it) | Shape::Tag(it) => {
                let category = glyph::category(it);
                let more = match it {
                    Glyph::AutoScalingGroup => "dashed=1;dashPattern=7 5;",
                    _ => "",
                };
                (colors.tint(category), colors.of(category), more)
            }
        };
        let first = item.labels.first();
        let (align, left) = match first.map(|it| it.align) {
            Some(Align::Middle) => ("center", 0.0),
            Some(Align::Start) | None => ("left", first.map_or(0.0, |it| it.rect.x - item.rect.x)),
        };
        // mxGraph keeps some space of its own.
        let top = first.map_or(0.0, |it| it.rect.y - item.rect.y - 4.0);
        format!(
            "container=1;collapsible=0;recursiveResize=0;connectable=1;rounded=0;html=0;whiteSpace=wrap;verticalAlign=top;align={align};spacingLeft={left};spacingTop={top};fontSize=13;fontStyle=1;fontColor={};fillColor={fill};strokeColor={stroke};{more}",
            colors.of("ink"),
        )
    }

    fn icon(&self, item: &Item, it: Glyph) -> String {
        let backing = match item.backing {
            Some(_) => format!("labelBackgroundColor={};", self.colors.of("paper")),
            None => String::new(),
        };
        // A copy that waits, and what is there for hours only.
        let is_hollow = it == Glyph::DatabaseStandby || item.temporary;
        let category = glyph::category(it);
        let (tile, line) = match is_hollow {
            true => (self.colors.tint(category), self.colors.of(category)),
            false => (self.colors.of(category), self.colors.of("on-tile")),
        };
        let picture = Picture {
            side: theme::TILE,
            radius: 8.0,
            ground: tile,
            edge: is_hollow.then_some(line),
            line,
            sign: Sign::Glyph(it),
        };
        format!(
            "shape=image;html=0;fontSize=12;fontColor={};labelPosition=center;align=center;verticalLabelPosition=bottom;verticalAlign=top;{backing}{}",
            self.colors.of("ink"),
            self.picture(&picture)
        )
    }

    fn tag(&self, it: Glyph) -> String {
        let (sign, edge) = match it {
            Glyph::SecurityGroup => ("tag-guard", "tag-guard"),
            _ => ("tag-sign", "tag-edge"),
        };
        let picture = Picture {
            side: theme::INLINE,
            radius: 0.0,
            ground: "none",
            edge: None,
            line: self.colors.of(sign),
            sign: Sign::Glyph(it),
        };
        format!(
            "shape=label;rounded=1;html=0;align=left;verticalAlign=middle;spacingLeft={};imageWidth={side};imageHeight={side};imageAlign=left;fontSize=11;fontColor={};fillColor={};strokeColor={};{}",
            theme::TAG_PADDING + theme::INLINE,
            self.colors.of("muted"),
            self.colors.of("tag"),
            self.colors.of(edge),
            self.picture(&picture),
            side = theme::INLINE,
        )
    }

    /// The mark of a frame or group.
    fn corner(&self, shape: Shape, sign: Sign) -> Picture {
        let colors = &self.colors;
        let ground = match shape {
            Shape::Vpc => colors.of("vpc"),
            Shape::PublicSubnet => colors.of("public"),
            Shape::PrivateSubnet => colors.of("private"),
            Shape::Panel => colors.of("muted"),
            Shape::Region | Shape::Zone => colors.of("teal"),
            Shape::Group(it) | Shape::Icon(it) | Shape::Tag(it) => {
                return Picture {
                    side: theme::INLINE,
                    radius: 0.0,
                    ground: "none",
                    edge: None,
                    line: colors.of(glyph::category(it)),
                    sign,
                };
            }
        };
        Picture {
            side: theme::CORNER,
            radius: 0.0,
            ground,
            edge: None,
            line: colors.of("on-tile"),
            sign,
        }
    }

    fn picture(&self, picture: &Picture) -> String {
        // In a style, a semicolon ends an entry: draw.io leaves `;base64` out.
        format!(
            "aspect=fixed;image=data:image/svg+xml,{};",
            BASE64_STANDARD.encode(picture.svg())
        )
    }

    fn wire(&mut self, index: usize, wire: &Wire) {
        let (Some(first), Some(last)) = (wire.points.first(), wire.points.last()) else {
            return;
        };
        let ends = [(&wire.from, first), (&wire.to, last)].map(|(name, at)| self.end(name, *at));
        let [Some((source, exit)), Some((target, entry))] = ends else {
            return;
        };
        self.xml.put("<mxCell");
        self.xml.attribute("id", &format!("w{index}"));
        let labels: Vec<Label> = wire.plate.iter().flat_map(|it| it.labels.clone()).collect();
        self.lines("value", &labels);
        let look = format!("{}{}", self.line(wire.kind), sides(exit, entry));
        self.xml.attribute("style", &look);
        self.xml.attribute("source", &format!("n{source}"));
        self.xml.attribute("target", &format!("n{target}"));
        self.xml
            .put(" parent=\"1\" edge=\"1\"><mxGeometry relative=\"1\" as=\"geometry\"");
        if let Some(plate) = &wire.plate {
            self.xml
                .number("x", along(&wire.points, plate.rect.center()));
        }
        self.xml.put("><Array as=\"points\">");
        let corners = wire.points.len().saturating_sub(2);
        for point in wire.points.iter().skip(1).take(corners) {
            self.xml.put("<mxPoint");
            self.xml.number("x", point.x);
            self.xml.number("y", point.y);
            self.xml.put("/>");
        }
        self.xml.put("</Array></mxGeometry></mxCell>");
    }

    fn line(&self, kind: LinkKind) -> String {
        let (color, more) = match kind {
            LinkKind::Request => ("request", ""),
            LinkKind::Blocked => ("failed", "dashed=1;dashPattern=1 6;endArrow=cross;"),
            LinkKind::Egress => ("egress", "dashed=1;dashPattern=8 4;"),
            LinkKind::Replication => ("replication", "dashed=1;dashPattern=2 4;"),
            LinkKind::Peering => ("vpc", "startArrow=block;startFill=1;startSize=5;"),
            LinkKind::Vpn => ("vpn", "shape=link;width=3;endArrow=none;"),
            LinkKind::Control => ("control", "dashed=1;dashPattern=4 3;"),
        };
        format!(
            "edgeStyle=orthogonalEdgeStyle;rounded=1;html=0;endArrow=block;endFill=1;endSize=5;strokeWidth=1.5;strokeColor={};fontSize=11;fontColor={};labelBackgroundColor={};{more}",
            self.colors.of(color),
            self.colors.of("muted"),
            self.colors.of("paper"),
        )
    }

    /// The item of a name whose side a wire ends at, and where on it, as shares of its width and height.
    fn end(&self, name: &str, at: Point) -> Option<(usize, Point)> {
        let items = self.drawing.items.iter().enumerate();
        let named = items.filter(|(_, it)| *it.name == *name && !it.absent);
        let away = |rect: &Rect| {
            let center = rect.center();
            (center.x - at.x).abs() + (center.y - at.y).abs()
        };
        let (index, item) = named.min_by(|a, b| away(&a.1.rect).total_cmp(&away(&b.1.rect)))?;
        let share =
            |at: f64, start: f64, length: f64| ((at - start) / length.max(1.0)).clamp(0.0, 1.0);
        let rect = item.rect;
        Some((
            index,
            Point::new(
                share(at.x, rect.x, rect.width),
                share(at.y, rect.y, rect.height),
            ),
        ))
    }
}

/// Whether an icon's text stands to its right.
fn is_beside(item: &Item) -> bool {
    let first = item.labels.first();
    matches!(item.shape, Shape::Icon(_)) && first.is_some_and(|it| it.rect.x >= item.rect.right())
}

fn sides(exit: Point, entry: Point) -> String {
    let mut out = String::new();
    for (key, value) in [
        ("exitX", exit.x),
        ("exitY", exit.y),
        ("entryX", entry.x),
        ("entryY", entry.y),
    ] {
        out.push_str(key);
        out.push('=');
        decimal(&mut out, value);
        out.push(';');
    }
    out
}

/// Where along a wire a point is: from -1 at its start to 1 at its end.
fn along(points: &[Point], at: Point) -> f64 {
    let (mut before, mut whole, mut nearest) = (0.0, 0.0, f64::MAX);
    for (a, b) in super::wire::spans(points) {
        let span = Rect::between(a, b);
        let on = Point::new(
            at.x.clamp(span.x, span.right()),
            at.y.clamp(span.y, span.bottom()),
        );
        let off = (on.x - at.x).abs() + (on.y - at.y).abs();
        if off < nearest {
            nearest = off;
            before = whole + (on.x - a.x).abs() + (on.y - a.y).abs();
        }
        whole += span.width + span.height;
    }
    if whole > 0.0 {
        2.0 * before / whole - 1.0
    } else {
        0.0
    }
}

/// A sign on a ground, as an SVG file of its own.
struct Picture {
    side: f64,
    radius: f64,
    ground: &'static str,
    edge: Option<&'static str>,
    line: &'static str,
    sign: Sign,
}

impl Picture {
    fn svg(&self) -> String {
        let mut out = Svg::new(0);
        out.put("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        out.number("width", self.side);
        out.number("height", self.side);
        out.put("><rect");
        out.number("width", self.side);
        out.number("height", self.side);
        out.number("rx", self.radius);
        out.attribute("fill", self.ground);
        if let Some(edge) = self.edge {
            out.attribute("stroke", edge);
        }
        out.put("/><g fill=\"none\" stroke-width=\"1.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        out.attribute("stroke", self.line);
        out.put(">");
        // As much of a tile as in the drawing; a mark without a ground fills its square.
        let filled = if self.ground == "none" { 1.0 } else { 0.7 };
        let square = Rect::around(
            Point::new(self.side / 2.0, self.side / 2.0),
            self.side * filled,
        );
        out.sign(self.sign, square);
        out.put("</g></svg>");
        out.text
    }
}
