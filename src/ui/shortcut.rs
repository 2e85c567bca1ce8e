//! Keys that act on the whole page.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use super::session::Session;

pub fn listen(session: Session) {
    let handle = window_event_listener(ev::keydown, move |event| press(session, &event));
    on_cleanup(move || handle.remove());
}

/// Undo and redo. A text field keeps them for its own text.
fn press(session: Session, event: &KeyboardEvent) {
    if !(event.ctrl_key() || event.meta_key()) || is_text_field(event) {
        return;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("z", false) => session.undo(),
        ("z" | "Z", true) | ("y", false) => session.redo(),
        _ => return,
    }
    event.prevent_default();
}

fn is_text_field(event: &Event) -> bool {
    let target = event.target();
    let input = target.and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|it| !matches!(it.type_().as_str(), "checkbox" | "radio" | "range"))
}
