//! The drawing by keyboard: Tab comes in once, arrows go to the nearest thing in that direction, Enter selects.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, SvgElement};

use super::marks::Marked;
use super::pointer::named;
use super::{Frame, ZOOM};
use crate::aws::Name;
use crate::failure::Fault;
use leptos::prelude::*;

pub fn press(it: Frame, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let on = named(event);
    match (event.key().as_str(), on) {
        ("+" | "=", _) => it.zoom_middle(ZOOM),
        ("-", _) => it.zoom_middle(1.0 / ZOOM),
        ("0", _) => it.camera.set(None),
        ("Escape", _) => {
            it.hover.set(None);
            it.session.look_away();
        }
        ("Enter" | " ", Some((name, _))) => it.session.inspect(name),
        ("f", Some((name, _))) => fail(it, &name),
        (key, Some((_, element))) => match Direction::of(key) {
            Some(direction) => go(it, &element, direction),
            None => return,
        },
        (_, None) => return,
    }
    event.prevent_default();
}

/// Breaks what has the focus, where it can break by itself.
fn fail(it: Frame, name: &Name) {
    if let Some(fault) = fault_of(it.session, name) {
        it.session.fail(fault);
    }
}

/// The fault that breaks a thing; `None` for what does not break by itself.
pub fn fault_of(session: super::Session, name: &str) -> Option<Fault> {
    let faults = session.faults.read();
    let own = format!("node:{name}");
    let mut faults = faults.iter().map(|it| (it, it.to_string()));
    faults
        .find(|(_, shown)| *shown == own || shown == name)
        .map(|(fault, _)| fault.clone())
}

/// The thing that gets the focus shows its card.
pub fn focused(it: Frame, event: &FocusEvent) {
    let Some((name, element)) = named(event) else {
        return;
    };
    let Some(frame) = it.frame.get_untracked() else {
        return;
    };
    if !element.matches(":focus-visible").unwrap_or(false) {
        return;
    }
    let (frame, place) = (
        frame.get_bounding_client_rect(),
        element.get_bounding_client_rect(),
    );
    it.hover.set(Some(super::card::Hover {
        name,
        x: place.left() - frame.left() + place.width() / 2.0,
        y: place.bottom() - frame.top(),
    }));
}

/// Sees to it that Tab finds an element: the one that had the focus last, else the first.
pub fn keep_entrance(elements: &[Marked]) {
    let is_entrance = |it: &&Marked| it.element.get_attribute("tabindex").as_deref() == Some("0");
    let mut reachable = elements.iter().filter(|it| it.is_thing() && it.is_there());
    let first = reachable.next();
    let entrance = elements.iter().find(is_entrance);
    if let (None, Some(first)) = (entrance.filter(|it| it.is_there()), first) {
        let _ = first.element.set_attribute("tabindex", "0");
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Left,
    Right,
    Up,
    Down,
}

impl Direction {
    fn of(key: &str) -> Option<Self> {
        match key {
            "ArrowLeft" => Some(Self::Left),
            "ArrowRight" => Some(Self::Right),
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            _ => None,
        }
    }

    /// How far another middle is in this direction, a sidestep counting three times; `None` if it is not.
    fn distance(self, from: (f64, f64), to: (f64, f64)) -> Option<f64> {
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        let (ahead, aside) = match self {
            Self::Left => (-x, y),
            Self::Right => (x, y),
            Self::Up => (-y, x),
            Self::Down => (y, x),
        };
        (ahead > 1.0).then_some(ahead + 3.0 * aside.abs())
    }
}

fn go(it: Frame, from: &Element, direction: Direction) {
    let Some(sheet) = it.sheet.get_untracked() else {
        return;
    };
    let elements = super::marks::index(&sheet);
    let here = middle(from);
    let nearest = elements
        .iter()
        .filter(|it| it.element != *from && it.is_thing() && it.is_there())
        .filter_map(|it| Some((direction.distance(here, middle(&it.element))?, it)))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((_, next)) = nearest {
        let _ = from.set_attribute("tabindex", "-1");
        let _ = next.element.set_attribute("tabindex", "0");
        focus(&next.element);
    }
}

fn focus(element: &Element) {
    // Both kinds of element can have the focus, and share no type that says so.
    if let Some(it) = element.dyn_ref::<SvgElement>() {
        let _ = it.focus();
    } else if let Some(it) = element.dyn_ref::<HtmlElement>() {
        let _ = it.focus();
    }
}

fn middle(element: &Element) -> (f64, f64) {
    let place = element.get_bounding_client_rect();
    (
        place.left() + place.width() / 2.0,
        place.top() + place.height() / 2.0,
    )
}
