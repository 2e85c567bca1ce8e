//! How wide a text is, without a browser.
//!
//! The widths are those of DejaVu Sans, the widest of the fonts that the style sheet names, so that no reader's font makes
//! a text leave its box.

use std::ops::Range;

use super::Style;

/// Advance widths of U+0020 to U+007E in thousandths of the font size. Source: `hmtx` table of DejaVu Sans 2.37.
const REGULAR: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The same of DejaVu Sans Bold.
const BOLD: [u16; 95] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696,
    696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683,
    683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771,
    724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665,
    343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];

/// Any other letter: as wide as it is high, which is what East Asian letters are and what few others pass.
const FULL: u32 = 1000;
const MIDDLE_DOT: u32 = 380;

/// Width of a text, rounded up to a whole unit.
pub fn width(text: &str, style: Style) -> f64 {
    units(thousandths(text, style), style)
}

/// Width of a text in thousandths of the font size.
fn thousandths(text: &str, style: Style) -> u32 {
    let widths = if style.is_bold() { &BOLD } else { &REGULAR };
    text.chars().map(|letter| advance(letter, widths)).sum()
}

fn units(thousandths: u32, style: Style) -> f64 {
    (f64::from(thousandths) * style.size() / 1000.0).ceil()
}

fn advance(letter: char, widths: &[u16; 95]) -> u32 {
    if letter == '·' {
        return MIDDLE_DOT;
    }
    let place = (letter as usize).checked_sub(0x20);
    place
        .and_then(|it| widths.get(it))
        .map_or(FULL, |it| u32::from(*it))
}

/// Breaks a text into as few lines as a width allows, the lines as even as they can be. A word that is too wide stays
/// whole: boxes grow, texts are never cut.
pub fn wrap(text: &str, style: Style, limit: f64) -> Vec<String> {
    let whole = width(text, style);
    if whole <= limit && !text.is_empty() {
        return vec![text.trim_end().to_owned()];
    }
    let mut pieces = pieces(text, true, style);
    if pieces.iter().any(|it| units(it.read, style) > limit) {
        pieces = self::pieces(text, false, style);
    }
    let mut lines = fill(&pieces, style, limit);
    let count = lines.len();
    // Narrower and narrower until another line would be needed: the narrowest that is left is the most even.
    let mut tried = (whole / count as f64).ceil();
    while tried < limit {
        let candidate = fill(&pieces, style, tried);
        if candidate.len() <= count {
            lines = candidate;
            break;
        }
        tried += style.size() / 2.0;
    }
    let lines = lines.into_iter().filter_map(|it| text.get(it));
    lines.map(|it| it.trim_end().to_owned()).collect()
}

/// What stays on one line: where it is in the text, and how wide it is in thousandths of the font size, with the spaces at
/// its end and without them.
struct Piece {
    place: Range<usize>,
    whole: u32,
    read: u32,
}

/// Lines as ranges of the text.
fn fill(pieces: &[Piece], style: Style, limit: f64) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut used = 0;
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if units(used + piece.read, style) <= limit => line.end = piece.place.end,
            _ => {
                used = 0;
                lines.push(piece.place.clone());
            }
        }
        used += piece.whole;
    }
    lines
}

/// Where a line may end: behind a space, and between two East Asian letters unless the second may not begin a line, or
/// both belong to one word of katakana that is to stay whole.
fn pieces(text: &str, whole: bool, style: Style) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut add = |place: Range<usize>| {
        let piece = &text[place.clone()];
        pieces.push(Piece {
            whole: thousandths(piece, style),
            read: thousandths(piece.trim_end(), style),
            place,
        });
    };
    for (at, letter) in text.char_indices() {
        let between = is_wide(before) && is_wide(letter) && !clings(letter);
        let between = between && !(whole && is_katakana(before) && is_katakana(letter));
        if at > start && ((before == ' ' && letter != ' ') || between) {
            add(start..at);
            start = at;
        }
        before = letter;
    }
    if start < text.len() {
        add(start..text.len());
    }
    pieces
}

fn is_wide(letter: char) -> bool {
    letter >= '\u{2e80}'
}

fn is_katakana(letter: char) -> bool {
    ('\u{30a1}'..='\u{30ff}').contains(&letter)
}

/// Small kana, the long-vowel mark and closing marks do not begin a line.
fn clings(letter: char) -> bool {
    "ァィゥェォッャュョヮヵヶーぁぃぅぇぉっゃゅょ、。」）・".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::{width, wrap};
    use crate::diagram::Style;

    #[test]
    fn east_asian_letters_are_as_wide_as_the_font_is_high() {
        assert_eq!(width("東京", Style::Name), 2.0 * Style::Name.size());
        assert!(width("MM", Style::Title) > width("MM", Style::Name));
        assert_eq!(width("", Style::Detail), 0.0);
    }

    #[test]
    fn lines_are_even_and_no_word_is_cut() {
        assert_eq!(
            wrap("CloudWatch alarms ×9", Style::Name, 110.0),
            ["CloudWatch", "alarms ×9"]
        );
        assert_eq!(
            wrap("Internet gateway", Style::Name, 90.0),
            ["Internet", "gateway"]
        );
        assert_eq!(
            wrap("インターネットゲートウェイ", Style::Name, 90.0),
            ["インターネット", "ゲートウェイ"]
        );
        assert_eq!(
            wrap("Route 53 ヘルスチェック", Style::Name, 104.0),
            ["Route 53", "ヘルスチェック"]
        );
        assert_eq!(wrap("Unbreakable", Style::Name, 5.0), ["Unbreakable"]);
        assert_eq!(wrap("", Style::Name, 5.0), Vec::<String>::new());
    }
}
