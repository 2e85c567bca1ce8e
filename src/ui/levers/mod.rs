//! The bill with levers: what each of them does at once, and which changes of one step are the cheapest.

mod cheaper;
mod curve;
mod slider;

use leptos::prelude::*;

use super::number;
use super::session::Session;
use super::settings::value_words;
use crate::compare::{Group, Lever, Point, levers};
use crate::cost::Money;
use crate::design::OptionSpec;
use crate::text::text;

pub use cheaper::Cheaper;
use slider::Slider;

/// What was last slid, and what the bill says to it.
#[derive(Clone)]
struct Preview {
    spec: &'static OptionSpec,
    point: Point,
}

#[component]
pub fn Levers() -> impl IntoView {
    let session = Session::expect();
    let all = Memo::new(move |_| levers(&session.design.read(), &session.whole.read()));
    let preview = RwSignal::new(None::<Preview>);
    let groups = Group::ALL.map(|group| {
        let keys = move || {
            let all = all.read();
            let here = all.iter().filter(|it| it.group == group);
            here.map(|it| it.spec.key).collect::<Vec<_>>()
        };
        view! {
            <details class="levers" open=group == Group::Traffic>
                <summary>{session.say(group.title())}</summary>
                <For each=keys key=|key| *key children=move |key| view! { <Slider key all preview /> } />
            </details>
        }
    });
    view! {
        <section aria-labelledby="levers-title">
            <h3 id="levers-title">{session.say(text("ui.levers", "Levers"))}</h3>
            <p class="note">{session.say(text("ui.levers.help", "Slide to see what the month then costs; let go to apply it. The table prices have no Savings Plan and no Spot: those discounts are your own figures."))}</p>
            <Since />
            <output class="lever-effect" aria-live="polite">{move || preview.get().map(|it| said(session, &it))}</output>
            {groups.into_iter().collect_view()}
        </section>
    }
}

/// What the sliding so far has changed.
#[component]
fn Since() -> impl IntoView {
    let session = Session::expect();
    let before = RwSignal::new(session.bill.get_untracked());
    let words = move || {
        let now = session.bill.read();
        let change = now.since(&before.read());
        let words = text(
            "ui.levers.since",
            "Since you started here: {change} a month",
        );
        session.tell_in(&words.with("change", changed(change)))
    };
    let again = move |_| before.set(session.bill.get_untracked());
    view! {
        <p class="since">
            <span>{words}</span>
            <button on:click=again>{session.say(text("ui.levers.again", "Start from here"))}</button>
        </p>
    }
}

fn said(session: Session, preview: &Preview) -> String {
    let words = if preview.point.change.is_some() {
        text(
            "ui.levers.effect",
            "{option}, {value}: {monthly} a month ({change})",
        )
    } else {
        text(
            "ui.levers.effect-unknown",
            "{option}, {value}: {monthly} a month; the difference is not known, since something without a price comes or goes",
        )
    };
    let message = words
        .with("option", preview.spec.label)
        .with(
            "value",
            value_words(session, preview.spec, &preview.point.value),
        )
        .with("monthly", preview.point.monthly.words(number::dollars))
        .with("change", changed(preview.point.change));
    session.tell_in(&message)
}

/// A difference; a question mark where something without a price comes or goes.
fn changed(change: Option<Money>) -> String {
    change.map_or_else(|| "?".to_owned(), number::change)
}

/// A lever of the list.
fn find<T>(all: Memo<Vec<Lever>>, key: &str, pick: impl FnOnce(&Lever) -> T) -> Option<T> {
    let all = all.read();
    all.iter().find(|it| it.spec.key == key).map(pick)
}
