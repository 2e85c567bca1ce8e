//! Boxes that stand in boxes, each followed by all that stands in it: what is far from a box is far from these too.

use super::geometry::Rect;

#[derive(Default)]
pub(super) struct Nested {
    boxes: Vec<Nest>,
    /// Boxes that may still get something inside.
    open: Vec<usize>,
}

struct Nest {
    area: Rect,
    /// The first box that does not stand in it.
    end: usize,
}

impl Nested {
    /// Adds a box, behind those that it stands in.
    pub fn add(&mut self, area: Rect) {
        let index = self.boxes.len();
        while let Some(last) = self.open.last().and_then(|it| self.boxes.get_mut(*it)) {
            if last.area.contains(&area) {
                break;
            }
            last.end = index;
            self.open.pop();
        }
        self.open.push(index);
        let end = usize::MAX;
        self.boxes.push(Nest { area, end });
    }

    /// The boxes that share more than a side with an area, in order: their indexes and areas.
    pub fn overlapping(&self, area: Rect) -> impl Iterator<Item = (usize, &Rect)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            loop {
                let index = next;
                let it = self.boxes.get(index)?;
                if it.area.overlaps(&area) {
                    next = index + 1;
                    return Some((index, &it.area));
                }
                next = it.end;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Nested;
    use crate::diagram::geometry::Rect;

    #[test]
    fn what_overlaps_is_found_in_order_wherever_it_stands() {
        let boxes = [
            Rect::new(0.0, 0.0, 100.0, 100.0),
            Rect::new(10.0, 10.0, 30.0, 80.0),
            Rect::new(15.0, 15.0, 10.0, 10.0),
            Rect::new(50.0, 10.0, 30.0, 80.0),
            Rect::new(200.0, 0.0, 100.0, 100.0),
            Rect::new(210.0, 10.0, 10.0, 10.0),
            // Crosses the one before it.
            Rect::new(205.0, 15.0, 10.0, 10.0),
            Rect::new(400.0, 0.0, 100.0, 100.0),
        ];
        let mut all = Nested::default();
        boxes.iter().for_each(|it| all.add(*it));
        let step = |it: i32| f64::from(it) * 7.0;
        for (x, y) in (0..80).flat_map(|x| (0..20).map(move |y| (step(x), step(y)))) {
            for size in [1.0, 12.0, 250.0] {
                let area = Rect::new(x, y, size, size);
                let found: Vec<usize> = all.overlapping(area).map(|it| it.0).collect();
                let expected = (0..boxes.len()).filter(|it| boxes[*it].overlaps(&area));
                assert_eq!(found, expected.collect::<Vec<_>>(), "{area:?}");
            }
        }
    }
}
