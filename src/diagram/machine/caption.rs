//! Finds room for the words on the ways out of a Choice; words without room are left out, and told where one points.

use super::flow::Link;
use super::lane::Stand;
use super::picture::Caption;
use super::route::{Piece, meets, pieces};
use super::size::{SMALL, small_width};
use crate::diagram::{Point, Rect};

/// Height of the words.
const HEIGHT: f64 = SMALL + 2.0;
/// Between the words and their way, and between them and a state.
const OFF: f64 = 2.0;
const BESIDE: f64 = 4.0;

/// The words of each way, where they fit.
pub(super) fn captions(
    links: &[Link],
    ways: &[Vec<Point>],
    stands: &[Stand],
) -> Vec<Option<Caption>> {
    let laid: Vec<Piece> = (0..)
        .zip(ways)
        .flat_map(|(at, it)| pieces(at, it))
        .collect();
    let mut taken: Vec<Rect> = Vec::new();
    let mut found = Vec::new();
    for (link, way) in links.iter().zip(ways) {
        let caption = link.caption.as_ref().and_then(|text| {
            let width = small_width(text);
            let rect = places(way, width, &laid).into_iter().find(|it| {
                let is_free = |other: &Rect| !it.grow(1.0).overlaps(other);
                stands.iter().all(|it| is_free(&it.rect))
                    && taken.iter().all(is_free)
                    && !laid.iter().any(|piece| meets(piece.rect(), it.grow(1.5)))
            })?;
            taken.push(rect);
            Some(Caption {
                text: text.clone(),
                rect,
            })
        });
        found.push(caption);
    }
    found
}

/// Where the words could stand: along the pieces that no other way shares, from the first on.
fn places(way: &[Point], width: f64, laid: &[Piece]) -> Vec<Rect> {
    let mut all = Vec::new();
    for piece in pieces(0, way) {
        let own = piece.rect();
        let shared = laid
            .iter()
            .filter(|it| it.is_level() == piece.is_level() && meets(own, it.rect().grow(0.1)));
        if shared.count() > 1 {
            continue;
        }
        if piece.is_level() {
            let (left, right) = (own.x + BESIDE, own.right() - BESIDE - width);
            let starts = [left, (left + right) / 2.0, right];
            for x in starts.into_iter().filter(|it| *it >= left) {
                all.push(Rect::new(x, own.y - OFF - HEIGHT, width, HEIGHT));
                all.push(Rect::new(x, own.y + OFF, width, HEIGHT));
            }
        } else if own.height >= HEIGHT + 2.0 {
            let middle = (own.y + own.bottom() - HEIGHT) / 2.0;
            for y in [own.y + 1.0, middle] {
                all.push(Rect::new(own.x + BESIDE, y, width, HEIGHT));
                all.push(Rect::new(own.x - BESIDE - width, y, width, HEIGHT));
            }
        }
    }
    all
}
