//! Dialogs. The browser's own element brings the focus trap and Escape.

mod about;
mod compare;
mod export;
mod picture;
mod plot;
mod share;

pub use compare::TITLE as COMPARE;

use leptos::html;
use leptos::prelude::*;

use super::browser;
use super::icon::{Glyph, Icon};
use super::session::Session;
use super::view::{Dialog, Notice};
use crate::text::{Text, text};

#[component]
pub fn Dialogs() -> impl IntoView {
    let session = Session::expect();
    let open = Memo::new(move |_| session.view.read().dialog);
    move || {
        open.get().map(|dialog| match dialog {
            Dialog::Export => view! { <Frame title=text("ui.export", "Export") class="export"><export::Export /></Frame> }.into_any(),
            Dialog::Share => view! { <Frame title=text("ui.share", "Share") class="share"><share::Share /></Frame> }.into_any(),
            Dialog::Compare => view! { <Frame title=compare::TITLE class="wide"><compare::Compare /></Frame> }.into_any(),
            Dialog::About => view! { <Frame title=text("ui.about.title", "About Azimuth") class="about"><about::About /></Frame> }.into_any(),
        })
    }
}

/// A dialog with its title and its way out.
#[component]
fn Frame(title: Text, class: &'static str, children: Children) -> impl IntoView {
    let session = Session::expect();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get().filter(|it| !it.open()) {
            // It fails only where the dialog is open already.
            let _ = dialog.show_modal();
        }
    });
    let close = move || session.open_dialog(None);
    view! {
        <dialog
            class=class
            node_ref=dialog
            aria-labelledby="dialog-title"
            on:close=move |_| close()
        >
            <header>
                <h2 id="dialog-title">{session.say(title)}</h2>
                <button class="quiet" aria-label=session.say(text("ui.close", "Close")) on:click=move |_| close()>
                    <Glyph icon=Icon::Close />
                </button>
            </header>
            {children()}
        </dialog>
    }
}

/// Copies a text, and says whether that worked.
#[component]
fn CopyButton<F: Fn() -> String + Copy + 'static>(title: Text, what: F) -> impl IntoView {
    let session = Session::expect();
    let copied = RwSignal::new(false);
    let words = move || {
        if copied.get() {
            text("ui.copied", "Copied")
        } else {
            title
        }
    };
    let copy = move |_| {
        let text = what();
        leptos::task::spawn_local(async move {
            match browser::copy(&text).await {
                Ok(()) => copied.set(true),
                Err(_) => session.notify(no_clipboard()),
            }
        });
    };
    view! {
        <button on:click=copy>
            {move || view! { <Glyph icon=if copied.get() { Icon::Check } else { Icon::Copy } /> }}
            {move || words().render(session.lang.get())}
        </button>
    }
}

fn no_clipboard() -> Notice {
    Notice::problem(text(
        "ui.no-clipboard",
        "The browser does not let the page copy. Select the text and copy it yourself.",
    ))
}

/// A file name's stem from a title: letters and digits of any script, the rest as dashes.
fn stem(title: &str) -> String {
    let dashed: String = title
        .chars()
        .map(|it| if it.is_alphanumeric() { it } else { '-' })
        .collect();
    let words: Vec<&str> = dashed.split('-').filter(|it| !it.is_empty()).collect();
    words.join("-").to_lowercase()
}

fn download(session: Session, name: &str, kind: &str, bytes: &[u8]) {
    if browser::download(name, kind, bytes).is_err() {
        session.notify(Notice::problem(text(
            "ui.no-download",
            "The browser refused the download.",
        )));
    }
}
