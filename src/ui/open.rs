//! Opening a design: a file that is chosen or dropped, or a link that is pasted into the address bar.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DragEvent, File, HtmlInputElement};

use super::browser;
use super::number;
use super::session::Session;
use super::view::Notice;
use crate::design::{document, shorten};
use crate::text::text;

/// Listens for links in the address bar and for files that are dropped.
pub fn listen(session: Session) {
    let links = window_event_listener(ev::hashchange, move |_| session.open_address());
    let over = window_event_listener(ev::dragover, |event| event.prevent_default());
    let drop = window_event_listener(ev::drop, move |event| dropped(session, &event));
    on_cleanup(move || {
        links.remove();
        over.remove();
        drop.remove();
    });
}

fn dropped(session: Session, event: &DragEvent) {
    event.prevent_default();
    let files = event.data_transfer().and_then(|it| it.files());
    if let Some(file) = files.and_then(|it| it.get(0)) {
        open(session, file);
    }
}

/// Opens the file that an input holds, and empties the input, so that the same file can be chosen again.
pub fn chosen(session: Session, input: &HtmlInputElement) {
    if let Some(file) = input.files().and_then(|it| it.get(0)) {
        open(session, file);
    }
    input.set_value("");
}

fn open(session: Session, file: File) {
    if file.size() > document::LIMIT as f64 {
        let problem = text(
            "ui.file-too-large",
            "“{name}” is {size} large; a design file has at most {limit}. Your work is as it was.",
        );
        session.notify(Notice::problem(
            problem
                .with("name", shorten(&file.name()))
                .with("size", number::size(file.size() as usize))
                .with("limit", number::size(document::LIMIT)),
        ));
        return;
    }
    spawn_local(async move {
        match browser::read(&file).await {
            Ok(text) => session.open_file(&text),
            Err(_) => session.notify(Notice::problem(text(
                "ui.file-unreadable",
                "The browser could not read the file.",
            ))),
        }
    });
}
