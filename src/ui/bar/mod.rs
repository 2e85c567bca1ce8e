//! The top bar and the foot: what acts on the whole design, and what is said of the whole page.

mod menu;
mod title;

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::session::Session;
use super::stopwatch;
use super::view::{Dialog, Tab, Theme};
use crate::blueprint;
use crate::checks::{Severity, summary};
use crate::diagram::Detail;
use crate::text::{Lang, Text, text};

pub use title::TitleField;

#[component]
pub fn Bar() -> impl IntoView {
    let session = Session::expect();
    view! {
        <header class="bar">
            <h1 class="brand">
                <Mark />
                <span>"Azimuth"</span>
            </h1>
            <BlueprintChoice />
            <TitleField />
            <Steps />
            <menu::Menu />
            <StatusChip />
            <span class="spring"></span>
            <DetailChoice />
            <LanguageChoice />
            <ThemeChoice />
            <DialogButton dialog=Dialog::Share icon=Icon::Share title=text("ui.share", "Share") />
            <button class="primary" on:click=move |_| session.open_dialog(Some(Dialog::Export))>
                <Glyph icon=Icon::Export />
                {session.say(text("ui.export", "Export"))}
            </button>
        </header>
    }
}

/// The product's mark: a bearing on a compass.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="12" cy="12" r="9.5" />
            <path d="M12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3" />
            <path class="needle" d="m17.5 5.5-3.6 8.4-3.8-3.8z" />
            <path class="tail" d="m6.5 18.5 3.6-8.4 3.8 3.8z" />
        </svg>
    }
}

#[component]
fn BlueprintChoice() -> impl IntoView {
    let session = Session::expect();
    let choose = move |id: String| {
        blueprint::base(&id)
            .into_iter()
            .for_each(|it| session.adopt(it))
    };
    let offered = blueprint::ALL.iter().map(|it| {
        view! { <option value=it.id>{session.say(it.title)}</option> }
    });
    view! {
        <select
            class="blueprint"
            aria-label=session.say(text("ui.blueprint", "Blueprint"))
            prop:value=move || session.design.read().blueprint.clone()
            on:change:target=move |event| choose(event.target().value())
        >
            {offered.collect_view()}
        </select>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let session = Session::expect();
    view! {
        <div class="buttons" role="group" aria-label=session.say(text("ui.steps", "Undo and redo"))>
            <button
                class="quiet"
                title=session.say(text("ui.undo.keys", "Undo (Ctrl+Z)"))
                aria-label=session.say(text("ui.undo", "Undo"))
                prop:disabled=move || !session.history.read().can_undo()
                on:click=move |_| session.undo()
            >
                <Glyph icon=Icon::Undo />
            </button>
            <button
                class="quiet"
                title=session.say(text("ui.redo.keys", "Redo (Ctrl+Shift+Z)"))
                aria-label=session.say(text("ui.redo", "Redo"))
                prop:disabled=move || !session.history.read().can_redo()
                on:click=move |_| session.redo()
            >
                <Glyph icon=Icon::Redo />
            </button>
        </div>
    }
}

/// How the design stands: the number of findings by weight; leads to their list.
#[component]
fn StatusChip() -> impl IntoView {
    let session = Session::expect();
    let worst = Memo::new(move |_| session.findings.read().first().map(|it| it.check.severity));
    let words = move || session.tell_in(&summary(&session.findings.read()));
    view! {
        <button
            class=move || format!("chip {}", worst.get().map_or("is-clear", Severity::tag))
            on:click=move |_| session.view.update(|it| it.open(Tab::Findings))
        >
            {move || view! { <Glyph icon=super::details::severity_icon(worst.get()) /> }}
            {words}
        </button>
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let session = Session::expect();
    let choose = move |tag: String| {
        session.speak(Lang::from_tag(&tag).unwrap_or_default());
    };
    let offered =
        Lang::ALL.map(|it| view! { <option value=it.tag() lang=it.tag()>{it.endonym()}</option> });
    view! {
        <select
            class="small"
            aria-label=session.say(text("ui.language", "Language"))
            prop:value=move || session.lang.get().tag()
            on:change:target=move |event| choose(event.target().value())
        >
            {offered.into_iter().collect_view()}
        </select>
    }
}

#[component]
fn DetailChoice() -> impl IntoView {
    let session = Session::expect();
    let choose = move |tag: String| {
        let detail = Detail::from_tag(&tag).unwrap_or_default();
        stopwatch::start();
        session.view.update(|it| it.detail = detail);
    };
    let title = |it: Detail| match it {
        Detail::Simple => text("ui.detail.simple", "Simple"),
        Detail::Network => text("ui.detail.network", "Network"),
        Detail::Full => text("ui.detail.full", "Full detail"),
    };
    let offered =
        Detail::ALL.map(|it| view! { <option value=it.tag()>{session.say(title(it))}</option> });
    view! {
        <select
            class="small"
            aria-label=session.say(text("ui.detail", "Detail of the drawing"))
            title=session.say(text("ui.detail", "Detail of the drawing"))
            prop:value=move || session.view.read().detail.tag()
            on:change:target=move |event| choose(event.target().value())
        >
            {offered.into_iter().collect_view()}
        </select>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let session = Session::expect();
    let choose = move |tag: String| {
        let theme = Theme::from_tag(&tag).unwrap_or_default();
        session.view.update(|it| it.theme = theme);
    };
    let offered =
        Theme::all().map(|it| view! { <option value=it.tag()>{session.say(it.title())}</option> });
    view! {
        <select
            class="small"
            aria-label=session.say(text("ui.theme", "Theme"))
            prop:value=move || session.view.read().theme.tag()
            on:change:target=move |event| choose(event.target().value())
        >
            {offered.collect_view()}
        </select>
    }
}

#[component]
fn DialogButton(dialog: Dialog, icon: Icon, title: Text) -> impl IntoView {
    let session = Session::expect();
    view! {
        <button on:click=move |_| session.open_dialog(Some(dialog))>
            <Glyph icon />
            {session.say(title)}
        </button>
    }
}

#[component]
pub fn Foot() -> impl IntoView {
    let session = Session::expect();
    let say = move |it| session.say(it);
    let prices = move || {
        let bill = session.bill.read();
        let message = text(
            "ui.prices",
            "List prices of {as_of}, {region}, no free tier",
        );
        session.tell_in(
            &message
                .with("as_of", bill.as_of)
                .with("region", bill.region.code()),
        )
    };
    view! {
        <footer class="foot">
            <span>{say(text("ui.saved", "Saved in this browser only"))}</span>
            <span>{prices}</span>
            <span class="spring"></span>
            <span>{say(text("ui.disclaimer", "Not affiliated with or endorsed by AWS"))}</span>
            <button class="link" on:click=move |_| session.open_dialog(Some(Dialog::About))>
                {say(text("ui.about", "About"))}
            </button>
        </footer>
    }
}
