//! Which boxes lie near a place: the drawing cut into squares, each of which knows the boxes that touch it.

use super::geometry::{Rect, larger};

/// Side of a square: as far as most pieces of wires are long.
const SIDE: f64 = 64.0;

/// Boxes by where they are.
pub(super) struct Nearby {
    columns: u32,
    rows: u32,
    /// The last entry of each square, by rows; [`NONE`] for none.
    last: Vec<u32>,
    entries: Vec<Entry>,
    boxes: Vec<Placed>,
}

/// That a square knows a box.
struct Entry {
    placed: u32,
    /// The entry before it in the square.
    before: u32,
}

/// What no entry has for an index.
const NONE: u32 = u32::MAX;

struct Placed {
    area: Rect,
    /// Its right side and its bottom: asked far more often than told.
    end: (f64, f64),
    id: u32,
    /// Column and row of its first square: where an area and a box have several in common, the first of those counts.
    first: (u32, u32),
}

/// The squares that an area touches: first and last, column and row.
type Squares = ((u32, u32), (u32, u32));

impl Nearby {
    /// For about so many boxes from the origin to a corner; what lies beyond counts to the outermost squares.
    pub fn new(width: f64, height: f64, boxes: usize) -> Self {
        let count = |length: f64| (length / SIDE) as u32 + 1;
        let (columns, rows) = (count(width), count(height));
        Self {
            columns,
            rows,
            last: vec![NONE; (columns * rows) as usize],
            // Many boxes touch a few squares.
            entries: Vec::with_capacity(boxes * 4),
            boxes: Vec::with_capacity(boxes),
        }
    }

    fn squares(&self, area: &Rect) -> Squares {
        // A cast of what is below nothing gives nothing.
        let column = |x: f64| ((x / SIDE) as u32).min(self.columns - 1);
        let row = |y: f64| ((y / SIDE) as u32).min(self.rows - 1);
        (
            (column(area.x), row(area.y)),
            (column(area.right()), row(area.bottom())),
        )
    }

    pub fn add(&mut self, id: usize, area: Rect) {
        let (first, end) = self.squares(&area);
        let placed = self.boxes.len() as u32;
        for row in first.1..end.1 + 1 {
            let from = (row * self.columns) as usize;
            let squares = from + first.0 as usize..from + end.0 as usize + 1;
            let squares = self.last.get_mut(squares).unwrap_or_default();
            let next = self.entries.len() as u32;
            let entries = squares.iter_mut().zip(next..).map(|(last, at)| Entry {
                placed,
                before: std::mem::replace(last, at),
            });
            self.entries.extend(entries);
        }
        self.boxes.push(Placed {
            area,
            end: (area.right(), area.bottom()),
            id: id as u32,
            first,
        });
    }

    /// Asks of every box that touches an area, with the box, once and in no order that means anything, until one is what is
    /// looked for.
    #[inline]
    pub fn any(&self, area: &Rect, mut is_it: impl FnMut(usize, &Rect) -> bool) -> bool {
        let (start, end) = self.squares(area);
        let (right, bottom) = (area.right(), area.bottom());
        for row in start.1..end.1 + 1 {
            let from = (row * self.columns) as usize;
            let squares = from + start.0 as usize..=from + end.0 as usize;
            let squares = self.last.get(squares).unwrap_or_default();
            for (column, last) in (start.0..).zip(squares) {
                let mut at = *last;
                while let Some(entry) = self.entries.get(at as usize) {
                    at = entry.before;
                    let Some(it) = self.boxes.get(entry.placed as usize) else {
                        continue;
                    };
                    // As one number: which comparison fails cannot be foreseen.
                    let across = larger(it.area.x - right, area.x - it.end.0);
                    let down = larger(it.area.y - bottom, area.y - it.end.1);
                    let touches = larger(across, down) <= 0.0;
                    if touches
                        && it.first.0.max(start.0) == column
                        && it.first.1.max(start.1) == row
                        && is_it(it.id as usize, &it.area)
                    {
                        return true;
                    }
                }
            }
        }
        false
    }
}

/// Whether two boxes have a point in common.
#[inline(always)]
pub(super) fn touches(one: &Rect, other: &Rect) -> bool {
    let across = larger(one.x - other.right(), other.x - one.right());
    let down = larger(one.y - other.bottom(), other.y - one.bottom());
    larger(across, down) <= 0.0
}

#[cfg(test)]
mod tests {
    use super::Nearby;
    use crate::diagram::geometry::Rect;

    #[test]
    fn every_box_at_an_area_is_found_once_wherever_it_lies() {
        let boxes = [
            Rect::new(-50.0, -50.0, 900.0, 900.0),
            Rect::new(0.0, 0.0, 0.0, 500.0),
            Rect::new(64.0, 64.0, 64.0, 64.0),
            Rect::new(700.0, 700.0, 40.0, 40.0),
        ];
        let mut all = Nearby::new(600.0, 400.0, 4);
        for (id, it) in boxes.iter().enumerate() {
            all.add(id, *it);
        }
        let near = |area: Rect| {
            let mut found = Vec::new();
            all.any(&area, |it, _| {
                found.push(it);
                false
            });
            found.sort_unstable();
            found
        };
        assert_eq!(near(Rect::new(0.0, 0.0, 200.0, 200.0)), [0, 1, 2]);
        assert_eq!(near(Rect::new(128.0, 100.0, 9.0, 0.0)), [0, 2]);
        assert_eq!(near(Rect::new(720.0, -9.0, 1.0, 900.0)), [0, 3]);
        assert_eq!(near(Rect::new(300.0, 300.0, 1.0, 1.0)), [0]);
    }
}
