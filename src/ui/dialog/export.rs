//! Everything that is deployed, to look at first: each file with its text, and all of them as one zip.

use leptos::prelude::*;

use super::super::details::fix_button;
use super::super::icon::{Glyph, Icon};
use super::super::number;
use super::super::session::Session;
use super::{CopyButton, download, stem};
use crate::checks::{Severity, count_of_errors, refusals};
use crate::cloudformation::{File, Format, zip};
use crate::cost::Bill;
use crate::export::files;
use crate::text::{Message, text};

/// Files and what is picked of them.
#[derive(Clone, Copy)]
struct Files {
    session: Session,
    format: RwSignal<Format>,
    all: Memo<Vec<File>>,
    /// Path of the file that is shown; the first one where it is not there.
    shown: RwSignal<String>,
}

impl Files {
    fn present(self) -> Option<File> {
        let (all, shown) = (self.all.read(), self.shown.read());
        let chosen = all.iter().find(|it| it.path == *shown);
        chosen.or(all.first()).cloned()
    }

    fn download_all(self) {
        let archive = zip(&self.all.read_untracked());
        let name = format!("{}.zip", stem(&untrack(|| self.session.title())));
        download(self.session, &name, "application/zip", &archive);
    }
}

#[component]
pub fn Export() -> impl IntoView {
    let session = Session::expect();
    let format = RwSignal::new(Format::Yaml);
    let all = Memo::new(move |_| {
        let link = session.design_address();
        files(
            &session.design.read(),
            &link,
            format.get(),
            session.lang.get(),
        )
    });
    let it = Files {
        session,
        format,
        all,
        shown: RwSignal::new(String::new()),
    };
    view! {
        <div class="columns">
            <div class="list">
                <FormatChoice it />
                <FileList it />
            </div>
            <Preview it />
        </div>
        <Deploy it />
    }
}

#[component]
fn FormatChoice(it: Files) -> impl IntoView {
    let session = it.session;
    let one = move |format: Format, title: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="format"
                    prop:checked=move || it.format.get() == format
                    on:change=move |_| it.format.set(format)
                />
                {title}
            </label>
        }
    };
    view! {
        <fieldset class="format">
            <legend class="away">{session.say(text("ui.format", "Format of the templates"))}</legend>
            {one(Format::Yaml, "YAML")}
            {one(Format::Json, "JSON")}
        </fieldset>
    }
}

#[component]
fn FileList(it: Files) -> impl IntoView {
    let row = move |file: &File| {
        let path = file.path.clone();
        let size = number::size(file.text.len());
        let current = {
            let path = path.clone();
            move || {
                it.present()
                    .is_some_and(|it| it.path == path)
                    .then_some("true")
            }
        };
        let shown = path.clone();
        view! {
            <li>
                <button aria-current=current on:click=move |_| it.shown.set(path.clone())>
                    <span>{shown}</span>
                    <span class="note">{size}</span>
                </button>
            </li>
        }
    };
    view! { <ul class="files">{move || it.all.read().iter().map(row).collect_view()}</ul> }
}

#[component]
fn Preview(it: Files) -> impl IntoView {
    let session = it.session;
    let text_of = move || it.present().map(|it| it.text).unwrap_or_default();
    let path = move || it.present().map(|it| it.path).unwrap_or_default();
    let numbers = move || {
        let count = text_of().lines().count();
        (1..=count).map(|it| format!("{it}\n")).collect::<String>()
    };
    let save = move |_| {
        let file = untrack(|| it.present());
        file.into_iter()
            .for_each(|file| download(session, &file.path, "text/plain", file.text.as_bytes()));
    };
    view! {
        <div class="preview">
            <div class="controls">
                <h3>{path}</h3>
                <span class="spring"></span>
                <span hidden=move || refused(session)>
                    <CopyButton title=text("ui.copy", "Copy") what=move || untrack(text_of) />
                </span>
                <button prop:disabled=move || refused(session) on:click=save>
                    <Glyph icon=Icon::Download />
                    {session.say(text("ui.download", "Download"))}
                </button>
            </div>
            <div class="code" tabindex="0" role="region" aria-label=path>
                <pre class="numbers" aria-hidden="true">{numbers}</pre>
                <pre class="text">{text_of}</pre>
            </div>
        </div>
    }
}

/// What to do with the files, what they will cost, and what stands against it.
#[component]
fn Deploy(it: Files) -> impl IntoView {
    let session = it.session;
    let warning =
        move || errors(session).map(|it| view! { <p class="problem">{session.tell_in(&it)}</p> });
    let is_refused = move || refused(session);
    let ways_out = move || {
        let findings = session.findings.read();
        let refusal = refusals(&findings).next();
        let fixes = refusal.map_or(&[][..], |it| &it.fixes).iter();
        fixes.map(|it| fix_button(session, it)).collect_view()
    };
    view! {
        <footer>
            <div>
                {warning}
                {ways_out}
                <p>{move || session.tell_in(&cost(&session.bill.read()))}</p>
                <p class="note">
                    {session.say(text("ui.export.how", "Unpack the zip where the AWS CLI is signed in, then:"))}
                    " " <code>"./deploy.sh"</code> " … " <code>"./destroy.sh"</code>
                </p>
            </div>
            <span class="spring"></span>
            <button class="primary" prop:disabled=is_refused on:click=move |_| it.download_all()>
                <Glyph icon=Icon::Download />
                {session.say(text("ui.download-all", "Download all (.zip)"))}
            </button>
        </footer>
    }
}

/// Whether nothing of it leaves the page.
fn refused(session: Session) -> bool {
    refusals(&session.findings.read()).next().is_some()
}

/// Findings that stand against deploying.
fn errors(session: Session) -> Option<Message> {
    let findings = session.findings.read();
    if let Some(refusal) = refusals(&findings).next() {
        let words = text("ui.export.refused", "This cannot be exported: {finding}");
        return Some(words.with("finding", refusal.message.clone()));
    }
    let errors = findings
        .iter()
        .filter(|it| it.check.severity == Severity::Error);
    let count = errors.count();
    let words = text(
        "ui.export.errors",
        "{errors} in the findings: this will not deploy, or will not work.",
    );
    (count > 0).then(|| words.with("errors", count_of_errors(count)))
}

fn cost(bill: &Bill) -> Message {
    text(
        "ui.export.cost",
        "It costs {amount} a month while it is deployed (list prices of {as_of}).",
    )
    .with("amount", bill.monthly.words(number::dollars))
    .with("as_of", bill.as_of)
}
