//! Prints a page of every glyph on its tile, in three sizes and every theme, with names: to look at before and after a
//! change of one.

use azimuth::aws::Glyph;
use azimuth::diagram::{GRID, Sign, category, outline};

const STYLE: &str = include_str!("../style/diagram.css");
const PAGE: &str = "body{margin:0;font:11px sans-serif;background:var(--dg-paper);color:var(--dg-ink)}
main{display:flex;flex-wrap:wrap;padding:8px}figure{margin:4px;width:172px}figcaption{text-align:center}
svg{margin:2px;display:inline-block!important}.bare .glyph{stroke:var(--dg-ink)}";

/// Sides of a tile; a glyph fills seven tenths of it, as in the drawing.
const SIDES: [f64; 3] = [80.0, 40.0, 24.0];

fn main() {
    let theme = std::env::args().nth(1).unwrap_or_default();
    println!(
        "<!doctype html><html data-theme=\"{theme}\"><meta charset=\"utf-8\"><title>Glyphs</title>"
    );
    println!("<style>{STYLE}{PAGE}</style><main>");
    for glyph in Glyph::ALL {
        figure(&format!("{glyph:?}"), Sign::Glyph(*glyph), category(*glyph));
    }
    for sign in [
        Sign::Region,
        Sign::Vpc,
        Sign::PublicSubnet,
        Sign::PrivateSubnet,
    ] {
        figure(&format!("{sign:?}"), sign, "general");
    }
    println!("</main>");
}

fn figure(name: &str, sign: Sign, category: &str) {
    let path = outline(sign);
    println!("<figure>");
    for side in SIDES {
        // The tile in units of the glyph's grid.
        let units = GRID / 0.7;
        let (margin, corner) = ((units - GRID) / 2.0, units * 0.15);
        println!(
            "<svg class=\"diagram\" width=\"{side}\" height=\"{side}\" viewBox=\"0 0 {units} {units}\"><g class=\"{category}\">\
             <rect class=\"tile\" width=\"{units}\" height=\"{units}\" rx=\"{corner}\"/>\
             <path class=\"glyph\" d=\"{path}\" transform=\"translate({margin} {margin})\"/></g></svg>"
        );
    }
    println!(
        "<svg class=\"diagram bare\" width=\"16\" height=\"16\" viewBox=\"0 0 24 24\"><path class=\"glyph\" d=\"{path}\"/></svg>\
         <figcaption>{name}</figcaption></figure>"
    );
}
