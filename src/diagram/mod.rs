//! The drawing: all cleverness ends in a flat [`Drawing`] (boxes, icons, wires and labels with positions), and the SVG
//! printer decides nothing.

use crate::aws::Name;
use crate::text::Lang;
use crate::topology::Topology;

/// A finished layout. See `Item` for what it holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// Pixels.
    pub width: f64,
    pub height: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

/// How a drawing is printed.
pub struct Print<'a> {
    pub theme: Theme,
    /// Class of each zone (`az:a`), node and part that is not healthy: `degraded`, `failed`, `recovering`.
    pub states: &'a [(Name, &'static str)],
    /// Accessible title of the drawing.
    pub title: &'a str,
    /// Address of the design, carried in `<metadata>`; empty for none.
    pub link: &'a str,
    /// Colors inline (`true`, for files) or by the page's style sheet (`false`).
    pub standalone: bool,
}

/// Lays a topology out, labels in a language.
pub fn draw(_topology: &Topology, _lang: Lang) -> Drawing {
    Drawing::default()
}

/// Prints a drawing.
pub fn svg(_drawing: &Drawing, _print: &Print<'_>) -> String {
    String::new()
}
