//! How large a state is drawn.

use super::picture::Kind;
use crate::diagram::{Style, measure};

/// Font size of a state's name.
pub(super) const NAME: f64 = 11.0;
/// Font size of a call and of the words on a way.
pub(super) const SMALL: f64 = 9.0;

/// Height of a state of one line, and of one with its call.
pub(super) const LINE: f64 = 24.0;
const LINES: f64 = 36.0;
/// Side of a task's tile, and of another state's sign.
pub(super) const TILE: f64 = 24.0;
pub(super) const SIGN: f64 = 14.0;
/// Around the tile or sign, and behind the text.
pub(super) const PADDING: f64 = 6.0;
/// How far the sides of a Choice come to a point.
pub(super) const POINT: f64 = 9.0;
/// Side of the mark of a state where a run may end.
pub(super) const END: f64 = 8.0;
const LEAST: f64 = 92.0;

/// Inside a Map: the name, the dot where it begins, and room around.
pub(super) const HEADER: f64 = 26.0;
pub(super) const START: f64 = 20.0;
pub(super) const MARGIN: f64 = 14.0;

/// Whether a kind does something, so that its name stands out.
pub(super) fn is_bold(kind: Kind) -> bool {
    match kind {
        Kind::Task | Kind::Map | Kind::Succeed | Kind::Fail => true,
        Kind::Pass | Kind::Choice | Kind::Wait => false,
    }
}

/// Width of a state's name.
pub(super) fn name_width(name: &str, kind: Kind) -> f64 {
    let style = if is_bold(kind) {
        Style::Title
    } else {
        Style::Detail
    };
    (measure::width(name, style) * NAME / style.size()).ceil()
}

/// Width of small words.
pub(super) fn small_width(words: &str) -> f64 {
    (measure::width(words, Style::Detail) * SMALL / Style::Detail.size()).ceil()
}

/// Where the text of a state begins.
pub(super) fn text_start(kind: Kind) -> f64 {
    match kind {
        Kind::Task => PADDING + TILE + PADDING,
        Kind::Choice => POINT + SIGN + PADDING,
        Kind::Pass | Kind::Wait | Kind::Map | Kind::Succeed | Kind::Fail => {
            PADDING + SIGN + PADDING
        }
    }
}

/// Width and height of a state without what it runs.
pub(super) fn size(name: &str, kind: Kind, call: Option<&str>, is_end: bool) -> (f64, f64) {
    let text = name_width(name, kind).max(call.map_or(0.0, small_width));
    let behind = match kind {
        Kind::Choice => PADDING + POINT,
        Kind::Pass | Kind::Task | Kind::Wait | Kind::Map | Kind::Succeed | Kind::Fail => {
            PADDING + 2.0
        }
    };
    let end = if is_end { END + PADDING } else { 0.0 };
    let width = text_start(kind) + text + end + behind;
    let height = if call.is_some() { LINES } else { LINE };
    (width.max(LEAST), height)
}
