//! The drawing: all cleverness ends in a flat [`Drawing`] (frames, icons, wires and labels with positions), and the SVG
//! printer decides nothing.
//!
//! The layout is semantic: zones are columns, tiers are rows, groups that span zones are one shape, regional company stands
//! beside the VPC, people and the internet outside. Wires follow lanes between the columns and rows.

pub mod machine;

mod ahead;
mod band;
mod caption;
mod cell;
mod company;
mod definitions;
mod depth;
mod detail;
mod drawing;
mod drawio;
mod endpoints;
mod facts;
mod geometry;
mod glyph;
mod group;
mod lanes;
mod markup;
mod measure;
mod member;
mod nearby;
mod nested;
mod network;
mod outside;
mod panel;
mod path;
mod place;
mod plan;
mod plate;
mod port;
mod route;
mod row;
mod search;
mod security;
mod shape;
mod source;
mod style;
mod svg;
mod theme;
mod tier;
mod wire;
mod write;

pub use detail::Detail;
pub use drawing::{Align, Drawing, Item, Key, Label, Plate, Shape, Sign, Style, Swapped, Wire};
pub use drawio::drawio;
pub use geometry::{Point, Rect};
pub use glyph::{GRID, category, outline};
pub use markup::{Change, What, attribute, changes};
pub use panel::plane_title;
pub use svg::{Piece, Sheet, breaks, combined, sheet, svg};

use band::node_of;
use caption::Words;
use shape::Canvas;
use source::Source;

use crate::aws::Name;
use crate::text::Lang;
use crate::topology::traffic::Tables;
use crate::topology::{Topology, controls, links, parts};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Light,
    Dark,
    /// Black on white, and every color at least 7:1 against it.
    HighContrast,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    /// The word in `data-theme`, in the storage and on the command line.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "high-contrast",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.tag() == tag)
    }
}

/// How a drawing is printed.
#[derive(Clone, Copy, Default)]
pub struct Print<'a> {
    /// Colors of a standalone drawing; the page's follow its style sheet.
    pub theme: Theme,
    /// Class of each zone (`az:a`), node and part that is not healthy: `degraded`, `failed`, `recovering`. A replacement
    /// instance is drawn when its name is here, with any other class (`healthy`) as a healthy one.
    pub states: &'a [(Name, &'static str)],
    /// Parts whose role has changed hands: a standby that has become the primary, and the other way round.
    pub swapped: &'a [Name],
    /// Accessible title of the drawing.
    pub title: &'a str,
    /// Address of the design, carried in `<metadata>`; empty for none.
    pub link: &'a str,
    /// Colors inline (`true`, for files) or by the page's style sheet (`false`).
    pub standalone: bool,
}

/// Lays a topology out in as much detail as asked for, labels in a language.
pub fn draw(topology: &Topology, detail: Detail, lang: Lang) -> Drawing {
    let tables = Tables::new(topology);
    let words = Words {
        topology,
        tables: &tables,
        detail,
        lang,
    };
    let mut links = links(topology);
    if detail.has_layers() {
        links.extend(controls(topology));
    }
    let parts = parts(topology);
    let plan = plan::plan(&Source::new(words, &links, &parts));
    let wired = links.iter();
    let wired = wired.map(|it| (node_of(&it.from), node_of(&it.to)));
    let mut canvas = Canvas {
        words,
        links: &links,
        wired: wired.collect(),
        items: Vec::with_capacity(topology.nodes().len()),
        xs: Vec::new(),
        ys: Vec::new(),
        inner: Vec::new(),
        detours: Vec::new(),
    };
    let (width, height) = place::place(&mut canvas, &plan);
    for item in &mut canvas.items {
        let node = topology.node(&item.name);
        item.temporary = node.is_some_and(|it| it.made_by.is_some());
    }
    let links = wire::between_items(&canvas);
    canvas.links = &links;
    let wires = wire::wires(&canvas, width, height);
    let legend = outside::legend(&canvas, &wires, height);
    Drawing {
        width,
        height,
        wires,
        legend,
        states: words.states(),
        items: canvas.items,
    }
}
