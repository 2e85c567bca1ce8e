//! The elements that the printer is made of: the one place where text is escaped and numbers are rounded.

use itoa::Buffer;

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

    #[inline]
    pub fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Up to the value of an attribute.
    #[inline]
    fn name(&mut self, name: &str) {
        self.put(" ");
        self.put(name);
        self.put("=\"");
    }

    /// An attribute with its value escaped.
    #[inline]
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.name(name);
        escape(&mut self.text, value);
        self.put("\"");
    }

    /// An attribute with several words, each of them escaped.
    pub fn words<'a>(&mut self, name: &str, words: impl IntoIterator<Item = &'a str>) {
        self.name(name);
        let mut between = "";
        for word in words {
            self.put(between);
            escape(&mut self.text, word);
            between = " ";
        }
        self.put("\"");
    }

    /// The classes of an element: words of ours.
    fn class(&mut self, class: &str) {
        self.put(" class=\"");
        self.put(class);
        self.put("\"");
    }

    #[inline]
    pub fn number(&mut self, name: &str, value: f64) {
        self.name(name);
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
        self.class(class);
        // Most boxes begin at the corner that they are written from.
        if rect.corner() != self.origin {
            self.place(rect.x, rect.y);
        }
        self.number("width", rect.width);
        self.number("height", rect.height);
        if radius > 0.0 {
            self.number("rx", radius);
        }
        self.put("/>");
    }

    /// A picture that shows a state; its name in two parts.
    pub fn mark(&mut self, state: &str, picture: [&str; 2], at: Point) {
        self.put("<use class=\"mark when-");
        self.put(state);
        self.put("\" href=\"#dg-");
        picture.iter().for_each(|it| self.put(it));
        self.put("\"");
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
        thousandths(&mut self.text, rect.width / glyph::GRID);
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
    // As `round` does, which is a call where the target has no instruction for it.
    let hundredths = (value.abs() * 100.0 + 0.5) as u32;
    if value < 0.0 && hundredths > 0 {
        out.push('-');
    }
    let (whole, part) = (hundredths / 100, hundredths % 100);
    natural(out, whole);
    if part > 0 {
        out.push('.');
        digit(out, part / 10);
        if part % 10 > 0 {
            digit(out, part % 10);
        }
    }
}

/// A whole number. Most have few digits, and take less time than a copy of a text whose length is not known.
fn natural(out: &mut String, value: u32) {
    if value >= 10_000 {
        out.push_str(Buffer::new().format(value));
        return;
    }
    for (least, place) in [(1000, 1000), (100, 100), (10, 10), (0, 1)] {
        if value >= least {
            digit(out, value / place);
        }
    }
}

/// A scale with three decimals.
fn thousandths(out: &mut String, value: f64) {
    let thousandths = (value * 1000.0 + 0.5) as u32;
    natural(out, thousandths / 1000);
    out.push('.');
    for place in [100, 10, 1] {
        digit(out, thousandths / place);
    }
}

/// The last digit of a number.
fn digit(out: &mut String, value: u32) {
    out.push(char::from(b'0' + (value % 10) as u8));
}

/// By byte, whether it stands in a text as it is. The last one that does not begins the control characters beyond ASCII.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < plain.len() {
        let it = byte as u8;
        plain[byte] = it >= b' ' && !matches!(it, b'&' | b'<' | b'>' | b'"' | 0x7f | 0xc2);
        byte += 1;
    }
    plain
};

pub(super) fn escape(out: &mut String, text: &str) {
    // Nearly every text goes as it is.
    if text.bytes().all(|it| PLAIN[usize::from(it)]) {
        out.push_str(text);
        return;
    }
    let mut rest = text;
    while let Some(at) =
        rest.find(|it: char| matches!(it, '&' | '<' | '>' | '"') || it.is_control())
    {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut letters = special.chars();
        out.push_str(match letters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            // XML has no way to write most control characters.
            _ => " ",
        });
        rest = letters.as_str();
    }
    out.push_str(rest);
}
