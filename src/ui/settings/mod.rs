//! The form: every option of a design, by section, made from their list.

mod entry;
mod field;
mod input;

use leptos::prelude::*;

use super::session::Session;
use crate::design::{OptionSpec, Section, options};
use crate::text::{Text, text};

use field::{Field, asks};
pub use input::{choice_words, value_words};

#[component]
pub fn Settings() -> impl IntoView {
    let session = Session::expect();
    let hint = RwSignal::new(None::<Text>);
    view! {
        <aside class="settings" aria-label=session.say(text("ui.settings", "Settings"))>
            <div class="scroll">
                {Section::ALL.map(|section| view! { <Group section hint /> }).into_iter().collect_view()}
            </div>
            // Each field has its help as its description already; this is for the eyes.
            <p class="hint" aria-hidden="true">
                {move || hint.get().unwrap_or(HINT).render(session.lang.get())}
            </p>
        </aside>
    }
}

const HINT: Text = text(
    "ui.settings.hint",
    "Every change shows at once in the drawing, the findings, the bill and the templates.",
);

#[component]
fn Group(section: Section, hint: RwSignal<Option<Text>>) -> impl IntoView {
    let session = Session::expect();
    let changed = move || {
        let count = changes(session, section);
        (count > 0).then(|| {
            let words = text("ui.changed", "{count} changed").with("count", count);
            view! { <span class="count">{session.tell_in(&words)}</span> }
        })
    };
    // A heading without a question is of no use.
    let asked: Vec<_> = of(section).map(asks).collect();
    let is_idle = move || {
        let design = session.settled_design();
        !asked.iter().any(|it| it(&design))
    };
    // Fields that nobody has seen yet would cost every change of the design.
    let seen = RwSignal::new(section == Section::Network);
    view! {
        <details
            class="section"
            open=section == Section::Network
            hidden=is_idle
            on:toggle=move |_| show(seen)
        >
            <summary>
                <h2>{session.say(section.title())}</h2>
                {changed}
            </summary>
            {move || {
                let fields = || of(section).map(|spec| view! { <Field spec hint /> }).collect_view();
                seen.get().then(fields)
            }}
        </details>
    }
}

/// Only once: what is typed in a field stays while its section is closed and opened again.
fn show(seen: RwSignal<bool>) {
    if !seen.get_untracked() {
        seen.set(true);
    }
}

fn of(section: Section) -> impl Iterator<Item = &'static OptionSpec> {
    options().filter(move |it| it.section == section)
}

/// How many options of a section differ from the blueprint's.
fn changes(session: Session, section: Section) -> usize {
    let (design, base) = (session.settled_design(), session.base.read_untracked());
    of(section)
        .filter(|it| (it.get)(&design) != (it.get)(&base))
        .count()
}
