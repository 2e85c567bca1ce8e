//! Prints a machine as SVG.

use super::picture::{Kind, Picture, Shape, Way, Why};
use super::place::lay;
use super::sign::{called, sign};
use super::size::{
    END, HEADER, NAME, PADDING, POINT, SIGN, SMALL, START, TILE, is_bold, text_start,
};
use crate::diagram::write::{Svg, decimal, escape};
use crate::diagram::{GRID, Point, Rect, Theme, category, style};
use crate::states::Graph;

const SHEET: &str = include_str!("../../../style/machine.css");

/// Radius of a corner of a way, and of a state.
const BEND: f64 = 6.0;
const CORNER: f64 = 6.0;
/// Length and half the width of an arrowhead.
const HEAD: (f64, f64) = (7.0, 3.5);
/// Share of a letter's size from the middle of a line to its baseline.
const ASCENT: f64 = 0.36;
/// Radius of the dot where a machine begins.
const DOT: f64 = 4.5;

/// A machine as a file of its own, colors written in.
pub fn svg(graph: &Graph, theme: Theme, title: &str) -> String {
    print(&lay(graph), title, Some(theme))
}

/// A machine for the page, whose style sheet colors it. States are `g[data-state]`, ways `g[data-from][data-to]`; how a run
/// stands is told by the classes `is-current`, `is-visited` and `is-failed` of states, and `is-taken` of ways.
pub fn markup(picture: &Picture, title: &str) -> String {
    print(picture, title, None)
}

fn print(picture: &Picture, title: &str, file: Option<Theme>) -> String {
    let mut svg = Svg::new(64 * 1024);
    svg.put("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"machine\" role=\"group\"");
    svg.attribute("aria-label", title);
    if file.is_some() {
        svg.number("width", picture.width);
        svg.number("height", picture.height);
    }
    svg.put(" viewBox=\"0 0 ");
    decimal(&mut svg.text, picture.width);
    svg.put(" ");
    decimal(&mut svg.text, picture.height);
    svg.put("\">");
    if let Some(theme) = file {
        svg.put("<title>");
        escape(&mut svg.text, title);
        svg.put("</title><style>");
        escape(&mut svg.text, &style::filled(SHEET, theme));
        svg.put("</style>");
    }
    let paper = Rect::new(0.0, 0.0, picture.width, picture.height);
    svg.rect("paper", paper, 0.0);
    let (maps, plain): (Vec<&Shape>, Vec<&Shape>) =
        picture.shapes.iter().partition(|it| it.kind == Kind::Map);
    maps.into_iter().for_each(|it| state(&mut svg, it));
    picture.starts.iter().for_each(|it| start(&mut svg, *it));
    // The quiet ones lie under the others.
    for why in [Why::Catch, Why::Choice, Why::Next] {
        let ways = picture.ways.iter().filter(|it| it.why == why);
        ways.for_each(|it| way(&mut svg, it));
    }
    plain.into_iter().for_each(|it| state(&mut svg, it));
    svg.put("</svg>\n");
    svg.text
}

fn start(svg: &mut Svg, first: Point) {
    svg.put("<g class=\"start\"><circle");
    svg.number("cx", first.x);
    svg.number("cy", first.y + DOT);
    svg.number("r", DOT);
    svg.put("/>");
    let top = first.y + START;
    line(
        svg,
        &[
            Point::new(first.x, first.y + 2.0 * DOT),
            Point::new(first.x, top),
        ],
    );
    svg.put("</g>");
}

fn state(svg: &mut Svg, shape: &Shape) {
    svg.put("<g class=\"state ");
    svg.put(class(shape.kind));
    if shape.kind == Kind::Task {
        svg.put(" ");
        svg.put(category(called(shape.call.as_deref().unwrap_or_default())));
    }
    svg.put("\"");
    svg.attribute("data-state", &shape.path);
    svg.put(">");
    told(svg, shape);
    outline(svg, shape);
    picture_of(svg, shape);
    texts(svg, shape);
    if shape.is_end && !matches!(shape.kind, Kind::Succeed | Kind::Fail) {
        end(svg, shape);
    }
    svg.put("</g>");
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Pass => "pass",
        Kind::Task => "task",
        Kind::Choice => "choice",
        Kind::Wait => "wait",
        Kind::Map => "map",
        Kind::Succeed => "succeed",
        Kind::Fail => "fail",
    }
}

/// What is told where one points.
fn told(svg: &mut Svg, shape: &Shape) {
    svg.put("<title>");
    let head = [shape.name.as_str(), " (", shape.kind.name(), ")"];
    head.iter().for_each(|it| escape(&mut svg.text, it));
    for more in [&shape.call, &shape.comment].into_iter().flatten() {
        svg.put("\n");
        escape(&mut svg.text, more);
    }
    svg.put("</title>");
}

fn outline(svg: &mut Svg, shape: &Shape) {
    let rect = shape.rect;
    match shape.kind {
        Kind::Choice => {
            let (left, right, middle) = (rect.x, rect.right(), rect.center().y);
            let corners = [
                Point::new(left + POINT, rect.y),
                Point::new(right - POINT, rect.y),
                Point::new(right, middle),
                Point::new(right - POINT, rect.bottom()),
                Point::new(left + POINT, rect.bottom()),
                Point::new(left, middle),
            ];
            svg.put("<path class=\"box\" d=\"");
            for (at, corner) in corners.into_iter().enumerate() {
                to(svg, if at == 0 { "M" } else { "L" }, corner);
            }
            svg.put("z\"/>");
        }
        Kind::Wait | Kind::Succeed | Kind::Fail => svg.rect("box", rect, rect.height / 2.0),
        Kind::Pass | Kind::Task | Kind::Map => svg.rect("box", rect, CORNER),
    }
}

/// The sign, on a tile for a task.
fn picture_of(svg: &mut Svg, shape: &Shape) {
    let rect = shape.rect;
    let line = if shape.kind == Kind::Map {
        HEADER
    } else {
        rect.height
    };
    let side = if shape.kind == Kind::Task { TILE } else { SIGN };
    let x = rect.x + text_start(shape.kind) - PADDING - side;
    let place = Rect::new(x, rect.y + (line - side) / 2.0, side, side);
    let mut drawn = place;
    if shape.kind == Kind::Task {
        svg.rect("tile", place, 4.0);
        drawn = place.grow(-3.0);
    }
    svg.put("<path class=\"sign\" d=\"");
    svg.put(sign(shape.kind, shape.call.as_deref()));
    svg.put("\" transform=\"translate(");
    decimal(&mut svg.text, drawn.x);
    svg.put(" ");
    decimal(&mut svg.text, drawn.y);
    svg.put(") scale(");
    decimal(&mut svg.text, drawn.width / GRID);
    svg.put(")\"/>");
}

fn texts(svg: &mut Svg, shape: &Shape) {
    let rect = shape.rect;
    let line = if shape.kind == Kind::Map {
        HEADER
    } else {
        rect.height
    };
    let (x, middle) = (rect.x + text_start(shape.kind), rect.y + line / 2.0);
    let name = if is_bold(shape.kind) {
        "name strong"
    } else {
        "name"
    };
    let Some(call) = &shape.call else {
        return text(
            svg,
            name,
            &shape.name,
            Point::new(x, middle + NAME * ASCENT),
        );
    };
    text(svg, name, &shape.name, Point::new(x, middle - 2.5));
    text(svg, "call", call, Point::new(x, middle + SMALL + 1.0));
}

fn text(svg: &mut Svg, class: &str, text: &str, at: Point) {
    svg.put("<text class=\"");
    svg.put(class);
    svg.put("\"");
    svg.number("x", at.x);
    svg.number("y", at.y);
    svg.put(">");
    escape(&mut svg.text, text);
    svg.put("</text>");
}

/// The mark of a state where a run may end: a dot in a ring.
fn end(svg: &mut Svg, shape: &Shape) {
    let x = shape.rect.right() - PADDING - END / 2.0 - 1.0;
    let line = if shape.kind == Kind::Map {
        HEADER
    } else {
        shape.rect.height
    };
    let y = shape.rect.y + line / 2.0;
    for (class, radius) in [("ring", END / 2.0), ("dot", END / 4.0)] {
        svg.put("<circle class=\"");
        svg.put(class);
        svg.put("\"");
        svg.number("cx", x);
        svg.number("cy", y);
        svg.number("r", radius);
        svg.put("/>");
    }
}

fn way(svg: &mut Svg, way: &Way) {
    let (Some(last), false) = (way.points.last(), way.points.len() < 2) else {
        return;
    };
    svg.put("<g class=\"way ");
    svg.put(match way.why {
        Why::Next => "next",
        Why::Choice => "decided",
        Why::Catch => "caught",
    });
    svg.put("\"");
    svg.attribute("data-from", &way.from);
    svg.attribute("data-to", &way.to);
    svg.put(">");
    if !way.words.is_empty() {
        svg.put("<title>");
        escape(&mut svg.text, &way.words.join("\n"));
        svg.put("</title>");
    }
    let before = way.points[way.points.len() - 2];
    let base = towards(*last, before, HEAD.0);
    let mut points = way.points.clone();
    points.pop();
    points.push(base);
    // From the end that ways share, so that their dashes lie on each other.
    points.reverse();
    line(svg, &points);
    head(svg, *last, base);
    if let Some(caption) = &way.caption {
        let rect = caption.rect;
        let at = Point::new(rect.x, rect.center().y + SMALL * ASCENT);
        text(svg, "words", &caption.text, at);
    }
    svg.put("</g>");
}

fn head(svg: &mut Svg, tip: Point, base: Point) {
    let (x, y) = (
        (base.y - tip.y) / HEAD.0 * HEAD.1,
        (tip.x - base.x) / HEAD.0 * HEAD.1,
    );
    svg.put("<path class=\"head\" d=\"");
    to(svg, "M", tip);
    to(svg, "L", Point::new(base.x + x, base.y + y));
    to(svg, "L", Point::new(base.x - x, base.y - y));
    svg.put("z\"/>");
}

/// A line with rounded corners.
fn line(svg: &mut Svg, points: &[Point]) {
    svg.put("<path class=\"line\" d=\"");
    for (at, point) in points.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| points.get(it));
        match (before, points.get(at + 1)) {
            (None, _) => to(svg, "M", *point),
            (Some(_), None) => to(svg, "L", *point),
            (Some(before), Some(after)) => {
                let bend = BEND
                    .min(distance(*before, *point) / 2.0)
                    .min(distance(*point, *after) / 2.0);
                to(svg, "L", towards(*point, *before, bend));
                to(svg, "Q", *point);
                to(svg, " ", towards(*point, *after, bend));
            }
        }
    }
    svg.put("\"/>");
}

fn to(svg: &mut Svg, command: &str, at: Point) {
    svg.put(command);
    decimal(&mut svg.text, at.x);
    svg.put(" ");
    decimal(&mut svg.text, at.y);
}

fn distance(one: Point, other: Point) -> f64 {
    (one.x - other.x).abs() + (one.y - other.y).abs()
}

/// The point so far from one on the way to another, along an axis.
fn towards(from: Point, to: Point, by: f64) -> Point {
    let whole = distance(from, to);
    if whole == 0.0 {
        return from;
    }
    let share = by / whole;
    Point::new(
        from.x + (to.x - from.x) * share,
        from.y + (to.y - from.y) * share,
    )
}
