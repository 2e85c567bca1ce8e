//! The finished layout: flat, plain data with positions. Printers and tests read it; nothing in it is still to be decided.

use super::geometry::{Point, Rect};
use crate::aws::{Glyph, Name};
use crate::topology::LinkKind;

/// A finished layout.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// User units: CSS pixels at 100 %.
    pub width: f64,
    pub height: f64,
    /// In document order: what stands inside an item follows it.
    pub items: Vec<Item>,
    pub wires: Vec<Wire>,
    /// What the kinds of wires mean.
    pub legend: Vec<Key>,
    /// Words for the accessible names of what is not healthy.
    pub states: [(&'static str, &'static str); 3],
}

/// A frame, group, icon or tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// `data-name`: a node, a part, `az:a`, `az:us-east-1a`, `region:R`, `Users` or `Internet`. A tag on several things, and a
    /// zone of several VPCs, come as several items of one name.
    pub name: Name,
    /// Every name that the item stands for, where there is more than one (alarms, collapsed instances).
    pub all: Vec<Name>,
    /// How many of these exist at rest; the others are those of replacements.
    pub present: usize,
    pub shape: Shape,
    /// Of an icon: its tile.
    pub rect: Rect,
    /// Index of the item that it stands in.
    pub inside: Option<usize>,
    pub sign: Option<(Sign, Rect)>,
    pub labels: Vec<Label>,
    /// Shown only while the item is failed.
    pub alert: Option<Label>,
    /// Of a copy whose role can change hands: what it is after that.
    pub swapped: Option<Swapped>,
    /// A patch of paper under the labels, where they lie on the side of a frame.
    pub backing: Option<Rect>,
    /// Accessible name: what it is, and where.
    pub says: String,
    /// A place kept for an instance that may be launched; shown once it exists.
    pub absent: bool,
    /// There for hours of the week only: a state machine makes it and takes it away.
    pub temporary: bool,
}

/// What an item becomes when its role changes hands.
#[derive(Debug, Clone, PartialEq)]
pub struct Swapped {
    pub glyph: Glyph,
    pub labels: Vec<Label>,
    /// Accessible name.
    pub says: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Region,
    Vpc,
    Zone,
    PublicSubnet,
    PrivateSubnet,
    /// Around company of one sort.
    Panel,
    /// One shape over all of its members.
    Group(Glyph),
    Icon(Glyph),
    Tag(Glyph),
}

impl Shape {
    /// Whether others stand inside.
    pub fn is_container(self) -> bool {
        match self {
            Self::Region
            | Self::Vpc
            | Self::Zone
            | Self::PublicSubnet
            | Self::PrivateSubnet
            | Self::Panel
            | Self::Group(_) => true,
            Self::Icon(_) | Self::Tag(_) => false,
        }
    }
}

/// A small picture: a glyph, or the corner mark of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Glyph(Glyph),
    Region,
    Vpc,
    PublicSubnet,
    PrivateSubnet,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub text: String,
    /// What the text fills, at most.
    pub rect: Rect,
    pub style: Style,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Start,
    Middle,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Of frames and groups.
    Title,
    /// Of icons.
    Name,
    /// Ranges, sizes, routes, ports.
    Detail,
}

impl Style {
    /// Font size in user units.
    pub fn size(self) -> f64 {
        match self {
            Self::Title => 13.0,
            Self::Name => 12.0,
            Self::Detail => 11.0,
        }
    }

    /// Height of a line.
    pub fn line(self) -> f64 {
        match self {
            Self::Title => 17.0,
            Self::Name => 15.0,
            Self::Detail => 14.0,
        }
    }

    pub fn is_bold(self) -> bool {
        match self {
            Self::Title => true,
            Self::Name | Self::Detail => false,
        }
    }
}

/// A connection, drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Wire {
    pub from: Name,
    pub to: Name,
    pub kind: LinkKind,
    /// Corners, first and last included; the arrowhead is at the last.
    pub points: Vec<Point>,
    /// Where it steps over a wire that looks the same.
    pub hops: Vec<Point>,
    pub plate: Option<Plate>,
    /// Where the cross goes when the connection is broken.
    pub cut: Point,
    /// Names whose failure breaks it: both ends, their zones, and what it passes.
    pub needs: Vec<Name>,
}

/// What a wire carries, on the wire.
#[derive(Debug, Clone, PartialEq)]
pub struct Plate {
    pub rect: Rect,
    /// What it lies on, and whose color it has.
    pub ground: Option<Shape>,
    pub labels: Vec<Label>,
}

/// A line of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    pub kind: LinkKind,
    pub from: Point,
    pub to: Point,
    pub label: Label,
}
