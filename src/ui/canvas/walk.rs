//! The drawing by keyboard: Tab comes in once, arrows go to the nearest thing in that direction, Enter selects.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, SvgElement};

use super::super::details::kind_title;
use super::marks::{Ends, Marked};
use super::pointer::named;
use super::{Frame, ZOOM};
use crate::aws::Name;
use crate::failure::Fault;
use crate::text::text;
use leptos::prelude::*;

pub fn press(it: Frame, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let on = named(event);
    let along = it.along.get_untracked();
    match (event.key().as_str(), on) {
        ("+" | "=", _) => it.zoom_middle(ZOOM),
        ("-", _) => it.zoom_middle(1.0 / ZOOM),
        ("0", _) => it.camera.set(None),
        ("z" | "Z", _) => it.fit_selected(),
        ("Escape", _) if along.is_some() => it.along.set(None),
        ("w", Some((name, _))) => choose_wire(it, name, 1),
        ("W", Some((name, _))) => choose_wire(it, name, -1),
        ("Enter" | " ", Some((_, element))) if along.is_some() => go_along(it, &element),
        ("Escape", _) => {
            it.hover.set(None);
            it.session.look_away();
        }
        ("Enter" | " ", Some((name, _))) => it.session.inspect(name),
        ("Backspace", Some((_, element))) => go_out(&element),
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

/// A wire at the thing that has the focus.
#[derive(Debug, Clone, PartialEq)]
pub struct Along {
    /// The thing.
    name: Name,
    pub ends: Ends,
    /// Which of its wires, from 0, and of how many.
    place: usize,
    count: usize,
}

/// Picks out the next wire of a thing, around the end.
fn choose_wire(it: Frame, name: Name, step: isize) {
    let Some(sheet) = it.sheet.get_untracked() else {
        return;
    };
    let elements = super::marks::index(&sheet);
    let wires = elements.iter().filter_map(Marked::ends);
    let wires: Vec<Ends> = wires
        .filter(|(from, to)| *from == name || *to == name)
        .collect();
    let before = it.along.get_untracked().filter(|it| it.name == name);
    let count = wires.len() as isize;
    let place = match before {
        Some(before) => before.place as isize + step,
        None if step < 0 => -1,
        None => 0,
    };
    let place = place.rem_euclid(count.max(1)) as usize;
    it.along.set(wires.into_iter().nth(place).map(|ends| Along {
        name,
        ends,
        place,
        count: count as usize,
    }));
}

/// Gives the focus to what is at the other end of the wire.
fn go_along(it: Frame, from: &Element) {
    let (Some(along), Some(sheet)) = (it.along.get_untracked(), it.sheet.get_untracked()) else {
        return;
    };
    let other = match along.ends {
        (from, to) if from == along.name => to,
        (from, _) => from,
    };
    let elements = super::marks::index(&sheet);
    let mut there = elements.iter().filter(|it| it.is_thing() && it.is_there());
    if let Some(next) = there.find(|it| it.is_called(&other)) {
        enter(from, &next.element);
    }
}

/// The focus leaves a thing: its card and its wire go.
pub fn left(it: Frame) {
    it.focused.set(None);
    it.along.set(None);
    it.hover.set(None);
}

/// The wire that the keyboard is on, in words.
pub fn said(it: Frame) -> Option<String> {
    let along = it.along.get()?;
    let session = it.session;
    let links = session.links.read();
    let link = links
        .iter()
        .find(|it| (&it.from, &it.to) == (&along.ends.0, &along.ends.1))?;
    let (words, other) = if link.from == along.name {
        (
            text(
                "ui.along.to",
                "{wire} to {what}, {place} of {count}. Enter goes there.",
            ),
            &link.to,
        )
    } else {
        (
            text(
                "ui.along.from",
                "{wire} from {what}, {place} of {count}. Enter goes there.",
            ),
            &link.from,
        )
    };
    let drawing = session.drawing.read();
    let other = drawing.items.iter().find(|it| it.name == *other)?;
    let kind = session.tell_in(&kind_title(link.kind).into());
    let label = link.label.iter().map(|it| format!(" {it}"));
    let message = words
        .with("wire", kind + &label.collect::<String>())
        .with("what", other.says.as_str())
        .with("place", along.place + 1)
        .with("count", along.count);
    Some(session.tell_in(&message))
}

/// The thing that gets the focus shows its card, and is brought into view.
pub fn focused(it: Frame, event: &FocusEvent) {
    it.along.set(None);
    let Some((name, element)) = named(event) else {
        return;
    };
    it.focused.set(Some(name.clone()));
    if !element.matches(":focus-visible").unwrap_or(false) {
        return;
    }
    bring_into_view(it, &element);
    if let Some(place) = it.place_of(&element) {
        it.hover.set(Some(super::card::Hover {
            name,
            x: place.center().x,
            y: place.bottom(),
        }));
    }
}

/// Pushes a zoomed drawing until a thing is in the frame. The browser has scrolled the frame for it, which the camera
/// knows nothing of.
pub fn bring_into_view(it: Frame, element: &Element) {
    if let Some(frame) = it.frame.get_untracked() {
        frame.set_scroll_left(0);
        frame.set_scroll_top(0);
    }
    let (Some(place), size) = (it.place_of(element), it.size()) else {
        return;
    };
    let by = |start: f64, end: f64, room: f64| {
        if end - start > room - 2.0 * EDGE || start < EDGE {
            (EDGE - start).max(0.0)
        } else {
            (room - EDGE - end).min(0.0)
        }
    };
    let by = (
        by(place.x, place.right(), size.width),
        by(place.y, place.bottom(), size.height),
    );
    if it.camera.get_untracked().is_some() && by != (0.0, 0.0) {
        it.push(by);
    }
}

/// Between what has the focus and the frame, in pixels.
const EDGE: f64 = 24.0;

/// Sees to it that Tab finds an element: the one that had the focus last, else the first.
pub fn keep_entrance(sheet: &Element, elements: &[Marked]) {
    let entrance = sheet.query_selector("[data-name][tabindex=\"0\"]:not(.is-absent)");
    if entrance.is_ok_and(|it| it.is_some()) {
        return;
    }
    let mut reachable = elements.iter().filter(|it| it.is_thing() && it.is_there());
    if let Some(first) = reachable.next() {
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
        .filter(|it| it.is_thing() && it.is_there() && !it.element.contains(Some(from)))
        .filter_map(|it| Some((direction.distance(here, middle(&it.element))?, it)))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((_, next)) = nearest {
        enter(from, &next.element);
    }
}

/// To what a thing stands in.
fn go_out(from: &Element) {
    let around = from.parent_element();
    let around = around.and_then(|it| it.closest("[data-name]").ok().flatten());
    if let Some(around) = around {
        enter(from, &around);
    }
}

/// Hands the focus on, and the way in by Tab with it.
fn enter(from: &Element, next: &Element) {
    let _ = from.set_attribute("tabindex", "-1");
    let _ = next.set_attribute("tabindex", "0");
    focus(next);
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
