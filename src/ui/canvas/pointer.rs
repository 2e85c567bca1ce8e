//! The hand on the drawing: wheel, drag and two fingers move it, a click that was no drag selects.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent, WheelEvent};

use super::Frame;
use super::card::Hover;
use crate::aws::Name;
use leptos::prelude::*;

/// Pixels that a press may move and still be a click.
const STILL: f64 = 4.0;
/// Zoom for each pixel of a wheel, or of a pinch, which browsers report as a wheel with Ctrl.
const WHEEL: f64 = 0.002;
/// Largest step of one wheel event, in pixels: mice differ by a factor of hundred.
const NOTCH: f64 = 120.0;

/// A finger, or the mouse, that is down.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Press {
    pointer: i32,
    x: f64,
    y: f64,
}

impl Press {
    fn of(event: &PointerEvent) -> Self {
        Self {
            pointer: event.pointer_id(),
            x: event.client_x().into(),
            y: event.client_y().into(),
        }
    }

    fn middle(self, other: Self) -> (f64, f64) {
        ((self.x + other.x) / 2.0, (self.y + other.y) / 2.0)
    }

    /// Pixels between two fingers, at least one.
    fn apart(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y).max(1.0)
    }
}

/// A press that is not over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drag {
    press: Press,
    /// The second finger.
    other: Option<Press>,
    /// It is no click any more.
    pub moved: bool,
}

#[derive(Clone, Copy)]
pub struct Hand(pub Frame);

impl Hand {
    /// With Ctrl it zooms about the pointer; without, it pushes what is zoomed.
    pub fn wheel(self, event: &WheelEvent) {
        let it = self.0;
        if event.ctrl_key() || event.meta_key() {
            let by = event.delta_y().clamp(-NOTCH, NOTCH);
            it.zoom((-by * WHEEL).exp(), self.place(event));
        } else if it.camera.read_untracked().is_some() {
            it.push((-event.delta_x(), -event.delta_y()));
        } else {
            return;
        }
        event.prevent_default();
    }

    pub fn down(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let press = Press::of(event);
        let before = self.0.drag.get_untracked();
        let drag = match before.filter(|it| it.press.pointer != press.pointer) {
            Some(before) => {
                self.hold(event);
                Drag {
                    other: Some(press),
                    moved: true,
                    ..before
                }
            }
            None => Drag {
                press,
                other: None,
                moved: false,
            },
        };
        self.0.drag.set(Some(drag));
    }

    pub fn moved(self, event: &PointerEvent) {
        let Some(drag) = self.0.drag.get_untracked() else {
            return self.hover(event);
        };
        match drag.other {
            Some(other) => self.pinched(drag.press, other, Press::of(event)),
            None => self.dragged(drag, event),
        }
    }

    fn dragged(self, drag: Drag, event: &PointerEvent) {
        let (it, press) = (self.0, Press::of(event));
        let (right, down) = (press.x - drag.press.x, press.y - drag.press.y);
        if !drag.moved && right.abs().max(down.abs()) < STILL {
            return;
        }
        if !drag.moved {
            self.hold(event);
            it.hover.set(None);
        }
        it.push((right, down));
        it.drag.set(Some(Drag {
            press,
            moved: true,
            ..drag
        }));
    }

    /// One of two fingers went to where it is now: what lies between them follows.
    fn pinched(self, one: Press, other: Press, now: Press) {
        let (press, second) = match now.pointer {
            id if id == one.pointer => (now, other),
            id if id == other.pointer => (one, now),
            _ => return,
        };
        let ((x, y), (was_x, was_y)) = (press.middle(second), one.middle(other));
        let factor = press.apart(second) / one.apart(other);
        self.0.zoom(factor, self.in_frame((x, y)));
        self.0.push((x - was_x, y - was_y));
        self.0.drag.set(Some(Drag {
            press,
            other: Some(second),
            moved: true,
        }));
    }

    /// The drag goes on outside of the frame; where it can't be held, it ends there.
    fn hold(self, event: &PointerEvent) {
        let frame = self.0.frame.get_untracked();
        let _ = frame.map(|it| it.set_pointer_capture(event.pointer_id()));
    }

    pub fn up(self, event: &PointerEvent) {
        let it = self.0;
        let Some(drag) = it.drag.get_untracked() else {
            return;
        };
        if let Some(other) = drag.other {
            let is_first = drag.press.pointer == event.pointer_id();
            let press = if is_first { other } else { drag.press };
            it.drag.set(Some(Drag {
                press,
                other: None,
                ..drag
            }));
        } else if drag.moved {
            // The click that follows belongs to the drag.
            let frame = it.frame.get_untracked();
            let _ = frame.map(|it| it.release_pointer_capture(event.pointer_id()));
            set_timeout(move || it.drag.set(None), std::time::Duration::ZERO);
        } else {
            it.drag.set(None);
        }
    }

    pub fn click(self, event: &MouseEvent) {
        let it = self.0;
        if it.drag.read_untracked().is_some_and(|it| it.moved) {
            return;
        }
        it.hover.set(None);
        match named(event) {
            Some((name, _)) => it.session.inspect(name),
            None => it.session.look_away(),
        }
    }

    fn hover(self, event: &PointerEvent) {
        let over = named(event).filter(|_| !is_ground(event)).map(|(name, _)| {
            let (x, y) = self.place(event);
            Hover { name, x, y }
        });
        let same = |now: &Option<Hover>| {
            now.as_ref().map(|it| &it.name) == over.as_ref().map(|it| &it.name)
        };
        if event.pointer_type() != "touch" && !same(&self.0.hover.read_untracked()) {
            self.0.hover.set(over);
        }
    }

    /// Where the pointer is in the frame.
    fn place(self, event: &MouseEvent) -> (f64, f64) {
        self.in_frame((event.client_x().into(), event.client_y().into()))
    }

    fn in_frame(self, (x, y): (f64, f64)) -> (f64, f64) {
        let frame = self.0.frame.get_untracked();
        let corner = frame.map(|it| it.get_bounding_client_rect());
        corner.map_or((x, y), |it| (x - it.left(), y - it.top()))
    }
}

/// Whether the pointer is over the ground of a frame, which is nearly everywhere: no reason for a card.
fn is_ground(event: &Event) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| it.matches(".frame > .box, .frame > .veil").unwrap_or(false))
}

/// The named element of the drawing that an event is about, with its name.
pub fn named(event: &Event) -> Option<(Name, Element)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let element = target.closest("[data-name]").ok()??;
    Some((element.get_attribute("data-name")?.into(), element))
}
