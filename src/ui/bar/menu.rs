//! What can be done with the design as a whole.

use leptos::html::{Details, Input};
use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::super::session::Session;
use super::super::view::{Notice, Offer};
use super::super::{browser, notice, open};
use crate::design::document;
use crate::text::{Text, text};

#[component]
pub fn Menu() -> impl IntoView {
    let session = Session::expect();
    let menu = NodeRef::<Details>::new();
    let file = NodeRef::<Input>::new();
    let pick = move || file.get_untracked().into_iter().for_each(|it| it.click());
    view! {
        <details class="menu" node_ref=menu on:keydown=move |event| close_on_escape(menu, &event)>
            <summary aria-label=session.say(text("ui.menu", "Design"))>
                <Glyph icon=Icon::Menu />
            </summary>
            <div class="sheet" on:click=move |_| close(menu)>
                <Item title=text("ui.open-file", "Open a design file…") run=pick />
                <Item title=text("ui.save-file", "Download the design file") run=move || save(session) />
                <Item title=text("ui.reset", "Reset to the blueprint") run=move || reset(session) />
                <Item title=text("ui.restore", "Restore my previous work") run=move || notice::restore(session) />
            </div>
            <input
                type="file"
                class="away"
                tabindex="-1"
                aria-hidden="true"
                accept=".json,application/json"
                node_ref=file
                on:change:target=move |event| open::chosen(session, &event.target())
            />
        </details>
    }
}

#[component]
fn Item(title: Text, run: impl Fn() + 'static) -> impl IntoView {
    let session = Session::expect();
    view! {
        <button on:click=move |_| run()>{session.say(title)}</button>
    }
}

fn close(menu: NodeRef<Details>) {
    if let Some(menu) = menu.get_untracked() {
        menu.set_open(false);
    }
}

fn close_on_escape(menu: NodeRef<Details>, event: &web_sys::KeyboardEvent) {
    if event.key() == "Escape" {
        close(menu);
    }
}

fn save(session: Session) {
    let file = document::write(&session.design.read_untracked());
    let saved = browser::download("design.azimuth.json", "application/json", file.as_bytes());
    if saved.is_err() {
        session.notify(Notice::problem(text(
            "ui.no-download",
            "The browser refused the download.",
        )));
    }
}

fn reset(session: Session) {
    session.go(session.base.get_untracked());
    let done = text("ui.was-reset", "Every setting is the blueprint's again.");
    session.notify(Notice::done(done).offering(Offer::Undo));
}
