//! What a person is told about something done or refused, with the way back.

use leptos::prelude::*;

use super::browser;
use super::icon::{Glyph, Icon};
use super::keep;
use super::session::Session;
use super::view::{Notice, Offer, Tone};
use crate::text::text;

#[component]
pub fn NoticeBar() -> impl IntoView {
    let session = Session::expect();
    let notice = Memo::new(move |_| session.view.read().notice.clone());
    Effect::new(move |_| {
        let design = session.design.read();
        let notice = session.view.read_untracked().notice.clone();
        if let Some(notice) = notice.filter(|it| it.of.as_ref().is_some_and(|of| **of != *design)) {
            session.dismiss(&notice);
        }
    });
    let of = move |tone: Tone| notice.get().filter(|it| it.tone == tone);
    let shown = move |it: Notice| view! { <Shown notice=it /> };
    view! {
        <div class="notices">
            <div role="status">{move || of(Tone::Done).map(shown)}</div>
            <div role="alert">{move || of(Tone::Problem).map(shown)}</div>
        </div>
    }
}

#[component]
fn Shown(notice: Notice) -> impl IntoView {
    let session = Session::expect();
    let icon = match notice.tone {
        Tone::Done => Icon::Check,
        Tone::Problem => Icon::Triangle,
    };
    let is_problem = notice.tone == Tone::Problem;
    let message = notice.message.clone();
    let offer = notice.offer;
    view! {
        <div class="notice" class:is-problem=is_problem>
            <Glyph icon />
            <p>{move || session.tell_in(&message)}</p>
            {offer.map(|offer| view! { <Back offer /> })}
            <button
                class="quiet"
                aria-label=session.say(text("ui.close", "Close"))
                on:click=move |_| session.dismiss(&notice)
            >
                <Glyph icon=Icon::Close />
            </button>
        </div>
    }
}

#[component]
fn Back(offer: Offer) -> impl IntoView {
    let session = Session::expect();
    let words = match offer {
        Offer::Undo => text("ui.undo", "Undo"),
        Offer::Restore => text("ui.restore", "Restore my previous work"),
    };
    view! {
        <button class="link" on:click=move |_| take(session, offer)>
            {session.say(words)}
        </button>
    }
}

fn take(session: Session, offer: Offer) {
    session.view.update(|it| it.notice = None);
    match offer {
        Offer::Undo => session.undo(),
        Offer::Restore => restore(session),
    }
}

/// Goes back to the work that was put aside when another design was opened.
pub fn restore(session: Session) {
    match browser::stored(keep::ASIDE) {
        Some(file) => session.open_file(&file),
        None if session.history.read_untracked().can_undo() => session.undo(),
        None => session.notify(Notice::problem(text(
            "ui.nothing-aside",
            "There is no earlier work in this browser.",
        ))),
    }
}
