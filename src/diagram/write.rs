//! The elements that the printer is made of: the one place where text is escaped and numbers are rounded.

use std::fmt::Write;

use super::drawing::{Align, Label, Sign, Style};
use super::geometry::{Point, Rect};
use super::glyph;

/// SVG text that grows.
pub(super) struct Svg {
    pub text: String,
    /// The corner of the drawing that positions are written from: that of the item whose element is open.
    pub origin: Point,
}

impl Svg {
    /// Nothing yet, with room for so many bytes.
    pub fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            origin: Point::default(),
        }
    }

    pub fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// An attribute with its value escaped.
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.put(" ");
        self.put(name);
        self.put("=\"");
        escape(&mut self.text, value);
        self.put("\"");
    }

    pub fn number(&mut self, name: &str, value: f64) {
        self.put(" ");
        self.put(name);
        self.put("=\"");
        decimal(&mut self.text, value);
        self.put("\"");
    }

    /// Where an element stands.
    fn place(&mut self, x: f64, y: f64) {
        self.number("x", x - self.origin.x);
        self.number("y", y - self.origin.y);
    }

    pub fn rect(&mut self, class: &str, rect: Rect, radius: f64) {
        self.put("<rect");
        self.attribute("class", class);
        self.place(rect.x, rect.y);
        self.number("width", rect.width);
        self.number("height", rect.height);
        if radius > 0.0 {
            self.number("rx", radius);
        }
        self.put("/>");
    }

    pub fn using(&mut self, class: &str, id: &str, at: Point) {
        self.put("<use");
        self.attribute("class", class);
        self.attribute("href", &format!("#dg-{id}"));
        self.place(at.x, at.y);
        self.put("/>");
    }

    pub fn sign(&mut self, sign: Sign, rect: Rect) {
        self.put("<path class=\"glyph\" d=\"");
        self.put(glyph::outline(sign));
        self.put("\" transform=\"translate(");
        decimal(&mut self.text, rect.x - self.origin.x);
        self.put(" ");
        decimal(&mut self.text, rect.y - self.origin.y);
        self.put(") scale(");
        let _ = write!(self.text, "{:.3}", rect.width / glyph::GRID);
        self.put(")\"/>");
    }

    pub fn label(&mut self, label: &Label) {
        self.put("<text class=\"");
        self.put(match label.style {
            Style::Title => "title",
            Style::Name => "name",
            Style::Detail => "detail",
        });
        self.put("\"");
        match label.align {
            Align::Start => self.place(label.rect.x, baseline(label)),
            Align::Middle => {
                self.put(" text-anchor=\"middle\"");
                self.place(label.rect.center().x, baseline(label));
            }
        }
        self.put(">");
        escape(&mut self.text, &label.text);
        // Two lines are two words to who hears them.
        self.put("</text> ");
    }
}

/// Share of a line above the baseline, of the letters' own height.
const ASCENT: f64 = 0.36;

fn baseline(label: &Label) -> f64 {
    label.rect.center().y + label.style.size() * ASCENT
}

/// A number with at most two decimals: the one place where the drawing is rounded.
pub(super) fn decimal(out: &mut String, value: f64) {
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

pub(super) fn escape(out: &mut String, text: &str) {
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
