//! The hand on the drawing: wheel and drag move it, a click that was no drag selects.

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

/// A press that is not over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drag {
    x: f64,
    y: f64,
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
        if event.button() == 0 {
            self.0.drag.set(Some(Drag {
                x: event.client_x().into(),
                y: event.client_y().into(),
                moved: false,
            }));
        }
    }

    pub fn moved(self, event: &PointerEvent) {
        let it = self.0;
        let Some(drag) = it.drag.get_untracked() else {
            return self.hover(event);
        };
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let (right, down) = (x - drag.x, y - drag.y);
        if !drag.moved && right.abs().max(down.abs()) < STILL {
            return;
        }
        if !drag.moved {
            // The drag goes on outside of the frame; where it can't be held, it ends there.
            let frame = it.frame.get_untracked();
            let _ = frame.map(|it| it.set_pointer_capture(event.pointer_id()));
            it.hover.set(None);
        }
        it.push((right, down));
        it.drag.set(Some(Drag { x, y, moved: true }));
    }

    pub fn up(self, event: &PointerEvent) {
        let it = self.0;
        let moved = it.drag.get_untracked().is_some_and(|it| it.moved);
        if moved {
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
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
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
