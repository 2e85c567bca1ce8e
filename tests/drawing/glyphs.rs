//! One family of glyphs: on one grid, with one stroke, no two alike.

use azimuth::aws::Glyph;
use azimuth::diagram::{GRID, Sign, outline};

/// How near to the edge of the grid the middle of a stroke may come.
const EDGE: f64 = 1.75;
/// Bytes of a path, at most.
const LONGEST: usize = 260;

fn signs() -> Vec<Sign> {
    let glyphs = Glyph::ALL.iter().map(|it| Sign::Glyph(*it));
    let corners = [
        Sign::Region,
        Sign::Vpc,
        Sign::PublicSubnet,
        Sign::PrivateSubnet,
    ];
    glyphs.chain(corners).collect()
}

/// The commands of a path with their numbers, flags of arcs told apart; `None` where it is no path.
fn commands(path: &str) -> Option<Vec<(char, Vec<f64>)>> {
    let mut found: Vec<(char, Vec<f64>)> = Vec::new();
    let mut rest = path.chars().peekable();
    while let Some(letter) = rest.next_if(|it| it.is_ascii_alphabetic()) {
        let count = match letter.to_ascii_lowercase() {
            'm' | 'l' => 2,
            'h' | 'v' => 1,
            'c' => 6,
            's' => 4,
            'a' => 7,
            'z' => 0,
            _ => return None,
        };
        let mut numbers = Vec::new();
        loop {
            while rest.next_if(|it| matches!(it, ' ' | ',')).is_some() {}
            let mut number = String::new();
            number.extend(rest.next_if_eq(&'-'));
            let is_flag = letter.eq_ignore_ascii_case(&'a') && matches!(numbers.len() % 7, 3 | 4);
            let digits = |rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
                          number: &mut String| {
                while let Some(it) = rest.next_if(char::is_ascii_digit) {
                    number.push(it);
                    if is_flag {
                        return;
                    }
                }
            };
            digits(&mut rest, &mut number);
            if !is_flag && rest.next_if_eq(&'.').is_some() {
                number.push('.');
                digits(&mut rest, &mut number);
            }
            if number.is_empty() {
                break;
            }
            numbers.push(number.parse().ok()?);
        }
        let is_whole = if count == 0 {
            numbers.is_empty()
        } else {
            !numbers.is_empty() && numbers.len() % count == 0
        };
        if !is_whole {
            return None;
        }
        found.push((letter, numbers));
    }
    let begins = found.first().is_some_and(|(it, _)| *it == 'M');
    (begins && rest.next().is_none()).then_some(found)
}

/// Every corner of a path, and for a curve its handles, for an arc the ends of its box.
fn corners(commands: &[(char, Vec<f64>)]) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (0.0, 0.0);
    let mut start = (0.0, 0.0);
    let mut all = Vec::new();
    for (letter, numbers) in commands {
        let size = match letter.to_ascii_lowercase() {
            'h' | 'v' => 1,
            'c' => 6,
            's' => 4,
            'a' => 7,
            _ => 2,
        };
        if letter.eq_ignore_ascii_case(&'z') {
            (x, y) = start;
        }
        for (place, it) in numbers.chunks(size).enumerate() {
            let (from_x, from_y) = if letter.is_lowercase() {
                (x, y)
            } else {
                (0.0, 0.0)
            };
            match letter.to_ascii_lowercase() {
                'h' => x = from_x + it[0],
                'v' => y = from_y + it[0],
                'a' => {
                    let end = (from_x + it[5], from_y + it[6]);
                    all.extend(swept((x, y), end, it[0], it[3] == 1.0, it[4] == 1.0));
                    (x, y) = end;
                }
                _ => {
                    for pair in it.chunks(2) {
                        all.push((from_x + pair[0], from_y + pair[1]));
                    }
                    (x, y) = *all.last().unwrap();
                }
            }
            all.push((x, y));
            if letter.eq_ignore_ascii_case(&'m') && place == 0 {
                start = (x, y);
            }
        }
    }
    all
}

/// Points along a circular arc.
fn swept(
    a: (f64, f64),
    b: (f64, f64),
    radius: f64,
    large: bool,
    clockwise: bool,
) -> Vec<(f64, f64)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let half = dx.hypot(dy) / 2.0;
    let radius = radius.max(half);
    let off = (radius * radius - half * half).max(0.0).sqrt()
        * if large == clockwise { -1.0 } else { 1.0 };
    let center = (
        (a.0 + b.0) / 2.0 - dy / (2.0 * half) * off,
        (a.1 + b.1) / 2.0 + dx / (2.0 * half) * off,
    );
    let angle = |it: (f64, f64)| (it.1 - center.1).atan2(it.0 - center.0);
    let turn = (angle(b) - angle(a)).rem_euclid(std::f64::consts::TAU);
    let turn = if clockwise {
        turn
    } else {
        turn - std::f64::consts::TAU
    };
    let steps = (0..=16).map(|it| angle(a) + turn * f64::from(it) / 16.0);
    steps
        .map(|it| (center.0 + radius * it.cos(), center.1 + radius * it.sin()))
        .collect()
}

#[test]
fn every_glyph_is_a_path_on_the_grid() {
    for sign in signs() {
        let path = outline(sign);
        let found = commands(path);
        let found = found.unwrap_or_else(|| panic!("{sign:?} is no path: {path}"));
        for (x, y) in corners(&found) {
            let is_on = |it: f64| (EDGE..=GRID - EDGE).contains(&it);
            assert!(
                is_on(x) && is_on(y),
                "{sign:?} leaves the grid at {x:.1} {y:.1}"
            );
        }
    }
}

/// From the least to the largest.
fn range(all: impl Iterator<Item = f64>) -> (f64, f64) {
    all.fold((GRID, 0.0), |(low, high), it| (low.min(it), high.max(it)))
}

#[test]
fn a_glyph_is_as_large_as_the_others_and_in_the_middle() {
    let mut wrong = Vec::new();
    for sign in signs() {
        let points = corners(&commands(outline(sign)).unwrap());
        let (left, right) = range(points.iter().map(|it| it.0));
        let (top, bottom) = range(points.iter().map(|it| it.1));
        let larger = (right - left).max(bottom - top);
        let aside = [left + right, top + bottom].map(|it| (it - GRID).abs() / 2.0);
        if !(15.0..=20.0).contains(&larger) || aside.iter().any(|it| *it > 1.0) {
            wrong.push(format!(
                "{sign:?}: {left:.1} to {right:.1}, {top:.1} to {bottom:.1}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_glyphs_are_alike() {
    let signs = signs();
    for (place, one) in signs.iter().enumerate() {
        for other in signs.iter().take(place) {
            assert_ne!(outline(*one), outline(*other), "{one:?}, {other:?}");
        }
    }
}

#[test]
fn glyphs_are_short() {
    for sign in signs() {
        let path = outline(sign);
        assert!(path.len() <= LONGEST, "{sign:?}: {} bytes", path.len());
    }
}

#[test]
fn what_is_no_path_is_noticed() {
    for path in ["", "12 3", "M1", "M1 2q3 4", "M1 2L3", "M1 2zz9", "L1 2"] {
        assert!(commands(path).is_none(), "{path}");
    }
    let parsed = commands("M12-.5a3 3 0 105 6").unwrap();
    assert_eq!(parsed[1], ('a', vec![3.0, 3.0, 0.0, 1.0, 0.0, 5.0, 6.0]));
}

/// What the style sheet says between a selector's braces.
fn rule<'a>(style: &'a str, selector: &str) -> &'a str {
    let (_, rest) = style.split_once(&format!("\n{selector} {{")).unwrap();
    rest.split_once('}').unwrap().0
}

#[test]
fn one_stroke_draws_them_all() {
    let style = include_str!("../../style/diagram.css");
    let glyph = rule(style, ".diagram .glyph");
    for line in [
        "fill: none",
        "stroke-width: 1.5",
        "stroke-linecap: round",
        "stroke-linejoin: round",
    ] {
        assert!(glyph.contains(line), "{line}");
    }
    let widths = style
        .split('}')
        .filter(|it| it.contains(".glyph {") && it.contains("stroke-width"));
    // Inside a line of text it is drawn at two thirds of the size, and so a little bolder.
    let widths: Vec<&str> = widths
        .map(|it| it.split('{').next().unwrap().trim())
        .collect();
    assert_eq!(widths, [".diagram .glyph", ".diagram .tag > .glyph"]);
}
