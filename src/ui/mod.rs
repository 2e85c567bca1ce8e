//! The page: the only place that knows a browser.
//!
//! What a person does changes one of three signals ([`Session`]); everything on the screen is a memo of them. Effects
//! write outwards alone: to the address, the storage and the document.

mod session;

mod axis;
mod moment;
mod view;

mod browser;
mod crash;
mod keep;
mod settle;
mod slices;
mod start;
mod stopwatch;

mod icon;
pub mod number;
mod thing;

mod bar;
mod canvas;
mod details;
mod dialog;
mod growth;
mod levers;
mod notice;
mod open;
mod sale;
mod schedule;
mod settings;
mod shortcut;
mod simulate;

use leptos::prelude::*;

pub use axis::Axis;
pub use crash::watch as watch_for_crashes;
pub use moment::Moment;
pub use session::Session;
pub use start::learn;

use crate::text::text;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    keep::restore_address();
    let session = Session::new(start::start());
    provide_context(session);
    keep::keep(session);
    shortcut::listen(session);
    open::listen(session);
    session.settle();
    session.go_on();
    let say = move |it| session.say(it);
    view! {
        <a class="skip" href="#drawing">{say(text("ui.skip", "Skip to the drawing"))}</a>
        <bar::Bar />
        <notice::NoticeBar />
        <main class="work">
            <settings::Settings />
            <canvas::Canvas />
            <details::Details />
            <simulate::Simulate />
        </main>
        <bar::Foot />
        <dialog::Dialogs />
    }
}
