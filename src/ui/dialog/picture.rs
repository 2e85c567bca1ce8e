//! The drawing as a file or on the clipboard, as it is on the screen: theme, language, fault and second.

use leptos::prelude::*;

use super::super::browser::{self, Denied};
use super::super::icon::{Glyph, Icon};
use super::super::session::Session;
use super::super::view::Notice;
use super::{download, stem};
use crate::aws::Name;
use crate::diagram::{Print, drawio, svg};
use crate::text::{Text, text};

/// Pixels of a PNG for one of the drawing.
const SCALES: [u32; 3] = [1, 2, 4];

#[component]
pub fn Picture() -> impl IntoView {
    let session = Session::expect();
    let scale = RwSignal::new(2);
    let one = move |times: u32| {
        view! {
            <label>
                <input
                    type="radio"
                    name="scale"
                    prop:checked=move || scale.get() == times
                    on:change=move |_| scale.set(times)
                />
                {format!("{times}×")}
            </label>
        }
    };
    let named =
        move |extension: &str| format!("{}.{extension}", stem(&untrack(|| session.title())));
    let save_svg = move || {
        download(
            session,
            &named("svg"),
            "image/svg+xml",
            picture(session).as_bytes(),
        );
    };
    let save_drawio = move || {
        let drawing = session.drawing.read_untracked();
        let title = untrack(|| session.title());
        let file = drawio(&drawing, browser::theme(), &title);
        download(
            session,
            &named("drawio"),
            "application/xml",
            file.as_bytes(),
        );
    };
    let save_png = move || {
        let times = scale.get_untracked();
        leptos::task::spawn_local(async move {
            match png(session, times).await {
                Ok(png) => {
                    if browser::hand_over(&named("png"), &png).is_err() {
                        session.notify(no_picture());
                    }
                }
                Err(Denied) => session.notify(no_picture()),
            }
        });
    };
    let copied = RwSignal::new(false);
    let copy_png = move || {
        let started = browser::copy_picture(png(session, scale.get_untracked()));
        leptos::task::spawn_local(async move {
            let done = match started {
                Ok(copying) => copying.await.is_ok(),
                Err(Denied) => false,
            };
            match done {
                true => copied.set(true),
                false => session.notify(not_copied()),
            }
        });
    };
    let print = move || {
        session.open_dialog(None);
        browser::print();
    };
    let copy_words = move || match copied.get() {
        true => text("ui.copied", "Copied"),
        false => text("ui.picture.copy", "Copy as image"),
    };
    view! {
        <h3>{session.say(text("ui.picture", "Picture"))}</h3>
        <p class="note">
            {session.say(text("ui.picture.what", "The drawing as it is on the screen. SVG carries the link; draw.io opens the boxes for editing, without the fault."))}
        </p>
        <fieldset class="scale">
            <legend>{session.say(text("ui.picture.scale", "Size of the PNG"))}</legend>
            {SCALES.map(one).collect_view()}
        </fieldset>
        <div class="pictures">
            <Button icon=Icon::Download title="PNG" run=save_png />
            <button on:click=move |_| copy_png()>
                {move || view! { <Glyph icon=if copied.get() { Icon::Check } else { Icon::Copy } /> }}
                {move || copy_words().render(session.lang.get())}
            </button>
            <Button icon=Icon::Download title="SVG" run=save_svg />
            <Button icon=Icon::Download title="draw.io" run=save_drawio />
            <button on:click=move |_| print()>
                {session.say(text("ui.picture.print", "Print…"))}
            </button>
        </div>
    }
}

#[component]
fn Button(icon: Icon, title: &'static str, run: impl Fn() + 'static) -> impl IntoView {
    view! { <button on:click=move |_| run()><Glyph icon /> {title}</button> }
}

/// The drawing as an SVG file.
fn picture(session: Session) -> String {
    let states = session.states.read_untracked();
    let states: Vec<(Name, &'static str)> = states
        .iter()
        .map(|(name, it)| (name.clone(), it.tag()))
        .collect();
    let swapped: Vec<Name> = session.swapped.read_untracked().iter().cloned().collect();
    let link = format!("{}#{}", browser::address(), untrack(|| session.payload()));
    let print = Print {
        theme: browser::theme(),
        states: &states,
        swapped: &swapped,
        title: &untrack(|| session.title()),
        link: &link,
        standalone: true,
    };
    svg(&session.drawing.read_untracked(), &print)
}

async fn png(session: Session, times: u32) -> Result<web_sys::Blob, Denied> {
    let (width, height) = {
        let drawing = session.drawing.read_untracked();
        (drawing.width, drawing.height)
    };
    browser::png(&picture(session), (width, height), times).await
}

fn no_picture() -> Notice {
    const WORDS: Text = text(
        "ui.no-picture",
        "The browser did not make the picture. SVG needs nothing of it.",
    );
    Notice::problem(WORDS)
}

fn not_copied() -> Notice {
    Notice::problem(text(
        "ui.picture.not-copied",
        "The browser does not let the page copy a picture. Download it instead.",
    ))
}
