//! The link that opens the same design, fault and second anywhere.

use leptos::prelude::*;

use super::super::browser;
use super::super::number;
use super::super::session::Session;
use super::super::simulate::fault_title;
use super::CopyButton;
use super::picture::Picture;
use crate::text::{Message, text};

/// Longest link that chat programs carry whole (Discord: 2,000 characters).
const CHAT: usize = 2000;

#[component]
pub fn Share() -> impl IntoView {
    let session = Session::expect();
    let link = Memo::new(move |_| format!("{}#{}", browser::address(), session.payload()));
    view! {
        <p>{move || session.tell_in(&carries(session))}</p>
        <div class="copy">
            <input
                type="text"
                readonly
                aria-label=session.say(text("ui.share.link", "Link"))
                prop:value=link
                on:focus:target=move |event| event.target().select()
            />
            <CopyButton title=text("ui.copy", "Copy") what=move || link.get_untracked() />
        </div>
        <p class="note">{move || session.tell_in(&fitness(link.read().chars().count()))}</p>
        <p class="note">
            {session.say(text("ui.share.private", "The design is in the link itself, behind the #. It is sent to no server."))}
        </p>
        <Picture />
    }
}

/// What the link opens.
fn carries(session: Session) -> Message {
    match &*session.fault.read() {
        None => text("ui.share.design", "Opens this design anywhere.").into(),
        Some(fault) => text(
            "ui.share.moment",
            "Opens this design with {fault} broken, at {time}.",
        )
        .with("fault", fault_title(session, fault))
        .with("time", number::clock(session.second.get().into())),
    }
}

/// How well a link of so many characters travels.
fn fitness(length: usize) -> Message {
    let words = if length <= CHAT {
        text(
            "ui.share.short",
            "{length} characters: every chat program carries it whole.",
        )
    } else {
        text(
            "ui.share.long",
            "{length} characters: some chat programs cut it off. Send the design file instead.",
        )
    };
    words.with("length", length)
}
