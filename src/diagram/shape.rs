//! The shapes that a drawing is made of, with their texts inside or beside them.

use super::caption::Words;
use super::drawing::{Align, Item, Label, Shape, Sign, Style};
use super::geometry::{Point, Rect};
use super::plan::Tag;
use super::{measure, theme};
use crate::aws::{Glyph, Name};
use crate::lookup::Among;
use crate::topology::Link;

/// Where the layout collects its shapes.
pub(super) struct Canvas<'a> {
    pub words: Words<'a>,
    pub links: &'a [Link],
    pub wired: Wired<'a>,
    pub items: Vec<Item>,
    /// Vertical and horizontal lanes, where wires may run.
    pub xs: Vec<Lane>,
    pub ys: Vec<Lane>,
    /// Level lanes inside a VPC, by its frame: those of others do not line up with anything in it.
    pub inner: Vec<(usize, Vec<Lane>)>,
    /// Lanes with room for a label beside whatever stands between the two ends of a connection.
    pub detours: Vec<Detour>,
}

/// The nodes that the connections lead from and to.
pub(super) type Wired<'a> = Among<(&'a str, &'a str)>;

/// A lane for one connection: where it runs past groups that stand between its ends.
pub(super) struct Detour {
    pub from: Name,
    pub to: Name,
    pub x: f64,
}

/// A line that wires may follow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lane {
    pub at: f64,
    /// Distance from the middle of its channel.
    pub off: f64,
}

impl Canvas<'_> {
    pub fn push(&mut self, item: Item) -> usize {
        self.items.push(item);
        self.items.len() - 1
    }

    /// Sets the box of a frame whose content has been placed.
    pub fn close(&mut self, index: usize, rect: Rect) {
        if let Some(item) = self.items.get_mut(index) {
            item.rect = rect;
        }
    }

    pub fn lane_x(&mut self, at: f64) {
        self.xs.push(Lane { at, off: 0.0 });
    }

    pub fn lane_y(&mut self, at: f64) {
        self.ys.push(Lane { at, off: 0.0 });
    }

    pub fn rect_of(&self, name: &str) -> Option<Rect> {
        let found = self.items.iter().find(|it| *it.name == *name);
        found.map(|it| it.rect)
    }
}

/// An item without texts.
pub(super) fn item(name: Name, shape: Shape, rect: Rect, inside: Option<usize>) -> Item {
    Item {
        name,
        all: Vec::new(),
        present: 1,
        shape,
        rect,
        inside,
        sign: None,
        labels: Vec::new(),
        alert: None,
        swapped: None,
        backing: None,
        says: String::new(),
        absent: false,
        temporary: false,
    }
}

/// A line of text that starts at a point: the top of the line.
pub(super) fn line(text: String, style: Style, at: Point) -> Label {
    let width = measure::width(&text, style);
    Label {
        rect: Rect::new(at.x, at.y, width, style.line()),
        text,
        style,
        align: Align::Start,
    }
}

/// A line of text around a point: the middle of its top.
pub(super) fn centered(text: String, style: Style, at: Point) -> Label {
    let width = measure::width(&text, style);
    Label {
        rect: Rect::new(at.x - width / 2.0, at.y, width, style.line()),
        text,
        style,
        align: Align::Middle,
    }
}

/// The mark in the corner of a frame.
pub(super) fn corner(sign: Sign, frame: Rect, side: f64) -> Option<(Sign, Rect)> {
    Some((sign, Rect::new(frame.x, frame.y, side, side)))
}

/// An icon without a label.
pub(super) fn icon(name: Name, glyph: Glyph, tile: Rect, inside: Option<usize>) -> Item {
    Item {
        sign: Some((
            Sign::Glyph(glyph),
            Rect::around(tile.center(), theme::TILE * 0.7),
        )),
        ..item(name, Shape::Icon(glyph), tile, inside)
    }
}

/// Where the label of a Region or VPC starts.
pub(super) fn beside_corner(frame: Point) -> Point {
    Point::new(frame.x + theme::CORNER + theme::GAP, frame.y + 5.0)
}

/// Lines of text under a tile.
pub(super) fn below(tile: Rect, lines: Vec<String>, style: Style) -> Vec<Label> {
    let top = tile.bottom() + BELOW;
    let lines = lines.into_iter().enumerate();
    lines
        .map(|(place, text)| {
            let y = top + place as f64 * style.line();
            centered(text, style, Point::new(tile.center().x, y))
        })
        .collect()
}

/// Between a tile and the text under it.
const BELOW: f64 = 4.0;

/// Height of a tile with lines under it.
pub(super) fn height_above(lines: usize, style: Style) -> f64 {
    let text = lines as f64 * style.line();
    theme::TILE + if lines > 0 { BELOW + text } else { 0.0 }
}

/// Width and height of a tag.
pub(super) fn tag_size(lines: &[String]) -> (f64, f64) {
    let widths = lines.iter().map(|it| measure::width(it, Style::Detail));
    (tag_width(widths), tag_height(lines))
}

/// Width of a tag with lines that are so wide.
fn tag_width(lines: impl Iterator<Item = f64>) -> f64 {
    theme::TAG_PADDING * 2.0 + theme::INLINE + 5.0 + lines.fold(0.0, f64::max)
}

pub(super) fn tag_height(lines: &[String]) -> f64 {
    lines.len() as f64 * Style::Detail.line() + 6.0
}

/// A tag with its corner at a point.
pub(super) fn tag(tag: &Tag, at: Point, inside: Option<usize>) -> Item {
    let x = at.x + theme::TAG_PADDING + theme::INLINE + 5.0;
    let labels = tag.lines.iter().enumerate().map(|(place, text)| {
        let y = at.y + 3.0 + place as f64 * Style::Detail.line();
        line(text.clone(), Style::Detail, Point::new(x, y))
    });
    let labels: Vec<Label> = labels.collect();
    let width = tag_width(labels.iter().map(|it| it.rect.width));
    let rect = Rect::new(at.x, at.y, width, tag_height(&tag.lines));
    let sign = Point::new(
        at.x + theme::TAG_PADDING + theme::INLINE / 2.0,
        rect.center().y,
    );
    Item {
        sign: Some((Sign::Glyph(tag.glyph), Rect::around(sign, theme::INLINE))),
        labels,
        says: tag.says.clone(),
        ..item(tag.name.clone(), Shape::Tag(tag.glyph), rect, inside)
    }
}
