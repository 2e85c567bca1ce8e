//! Where the drawing lies in its frame.

use crate::diagram::{Drawing, Rect};

/// Pixels of the drawing that stay in view however far it is pushed away.
const GRIP: f64 = 80.0;
/// Space around a fitted drawing, and beside it for the zoom buttons, in pixels.
const MARGIN: f64 = 8.0;
const ASIDE: f64 = 46.0;
const SCALES: (f64, f64) = (0.1, 4.0);
/// Around what is picked out, in pixels, and the most that it is enlarged.
const BESIDE: f64 = 48.0;
const CLOSE: f64 = 2.0;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// Pixels of the screen for one of the drawing.
    pub scale: f64,
    /// Top left corner of the drawing in the frame.
    pub x: f64,
    pub y: f64,
}

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

impl Size {
    pub fn of(drawing: &Drawing) -> Self {
        Self {
            width: drawing.width,
            height: drawing.height,
        }
    }
}

impl Camera {
    /// The camera that shows all of a drawing.
    pub fn fitted(drawing: Size, frame: Size) -> Self {
        let width = (frame.width - MARGIN - ASIDE).max(1.0);
        let height = (frame.height - 2.0 * MARGIN).max(1.0);
        let scale = (width / drawing.width.max(1.0)).min(height / drawing.height.max(1.0));
        Self {
            scale,
            x: MARGIN + (width - drawing.width * scale) / 2.0,
            y: MARGIN + (height - drawing.height * scale) / 2.0,
        }
    }

    /// The camera that shows a part of the drawing in the middle, as large as it can be read well.
    pub fn around(part: Rect, frame: Size) -> Self {
        let width = (frame.width - 2.0 * BESIDE).max(1.0) / part.width.max(1.0);
        let height = (frame.height - 2.0 * BESIDE).max(1.0) / part.height.max(1.0);
        let scale = width.min(height).clamp(SCALES.0, CLOSE);
        Self {
            scale,
            x: frame.width / 2.0 - part.center().x * scale,
            y: frame.height / 2.0 - part.center().y * scale,
        }
    }

    /// Zooms while what lies under a point of the frame stays there.
    #[must_use]
    pub fn zoomed(self, factor: f64, (x, y): (f64, f64)) -> Self {
        let scale = (self.scale * factor).clamp(SCALES.0, SCALES.1);
        let factor = scale / self.scale;
        Self {
            scale,
            x: x - (x - self.x) * factor,
            y: y - (y - self.y) * factor,
        }
    }

    /// Pushes the drawing; a part of it stays in view.
    #[must_use]
    pub fn pushed(self, (x, y): (f64, f64), drawing: Size, frame: Size) -> Self {
        let keep = |at: f64, drawing: f64, frame: f64| {
            let lowest = GRIP - drawing * self.scale;
            at.clamp(lowest.min(frame - GRIP), lowest.max(frame - GRIP))
        };
        Self {
            scale: self.scale,
            x: keep(self.x + x, drawing.width, frame.width),
            y: keep(self.y + y, drawing.height, frame.height),
        }
    }
}
