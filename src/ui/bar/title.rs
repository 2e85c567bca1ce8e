//! The design's own title.

use leptos::prelude::*;

use super::super::session::Session;
use super::super::view::Notice;
use crate::design::{Setting, Words};
use crate::text::text;

const EDIT: &str = "title";

#[component]
pub fn TitleField() -> impl IntoView {
    let session = Session::expect();
    let own = Memo::new(move |_| session.design.read().title.as_str().to_owned());
    view! {
        <input
            class="title"
            type="text"
            maxlength="80"
            autocomplete="off"
            aria-label=session.say(text("ui.title", "Title of the design"))
            placeholder=session.say(text("ui.title.none", "Name this design"))
            prop:value=own
            on:input:target=move |event| rename(session, &event.target().value())
            on:change=move |_| session.settle_edit()
        />
    }
}

fn rename(session: Session, title: &str) {
    match Words::parse(title) {
        Ok(title) => {
            let mut next = session.design.get_untracked();
            next.title = title;
            session.history.update(|it| it.edit(EDIT, next));
        }
        Err(problem) => session.notify(Notice::problem(problem)),
    }
}
