//! Points and rectangles, in user units (CSS pixels at 100 %), y downwards.

/// A position.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// A box with its sides along the axes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Point {
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

impl Rect {
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The box between two corners, in any order.
    pub fn between(one: Point, other: Point) -> Self {
        Self::new(
            one.x.min(other.x),
            one.y.min(other.y),
            (one.x - other.x).abs(),
            (one.y - other.y).abs(),
        )
    }

    /// A square around a point.
    pub fn around(center: Point, side: f64) -> Self {
        Self::new(center.x - side / 2.0, center.y - side / 2.0, side, side)
    }

    /// The upper left one.
    pub fn corner(&self) -> Point {
        Point::new(self.x, self.y)
    }

    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub fn center(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Larger by an amount on every side; smaller for a negative one.
    #[must_use]
    pub fn grow(&self, by: f64) -> Self {
        Self::new(
            self.x - by,
            self.y - by,
            self.width + 2.0 * by,
            self.height + 2.0 * by,
        )
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = self.right().max(other.right());
        let bottom = self.bottom().max(other.bottom());
        Self::new(x, y, right - x, bottom - y)
    }

    /// Whether the other lies inside, sides included.
    pub fn contains(&self, other: &Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// Its outline: top, bottom, left and right, each without thickness.
    pub(super) fn sides(&self) -> [Self; 4] {
        let Self { width, height, .. } = *self;
        [
            Self::new(self.x, self.y, width, 0.0),
            Self::new(self.x, self.bottom(), width, 0.0),
            Self::new(self.x, self.y, 0.0, height),
            Self::new(self.right(), self.y, 0.0, height),
        ]
    }

    /// Whether the two share more than a side.
    #[inline(always)]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}
/// As `f64::min` and `f64::max`, which mind what is not a number: asked too often for that.
pub(super) fn smaller(one: f64, other: f64) -> f64 {
    if one < other { one } else { other }
}

pub(super) fn larger(one: f64, other: f64) -> f64 {
    if one > other { one } else { other }
}
