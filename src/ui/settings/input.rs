//! The right input for what an option takes.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::super::icon::{Glyph, Icon};
use super::super::session::Session;
use super::entry::Entry;
use crate::aws::Region;
use crate::design::{OptionKind, OptionSpec};
use crate::text::{Text, text};

#[component]
pub fn Input(entry: Entry, kind: OptionKind) -> impl IntoView {
    match kind {
        OptionKind::Switch => view! { <Switch entry /> }.into_any(),
        OptionKind::Whole { min, max } => view! { <Whole entry min max /> }.into_any(),
        OptionKind::Choice(values) => view! { <Choice entry values /> }.into_any(),
        OptionKind::Range => view! { <Line entry max=18 /> }.into_any(),
        OptionKind::Ranges => view! { <Line entry max=18 /> }.into_any(),
        OptionKind::Blocks { max } => view! { <Line entry max=max * 19 /> }.into_any(),
        OptionKind::Places { max } => view! { <Line entry max=max * 19 /> }.into_any(),
        OptionKind::Labels { max } => view! { <Line entry max=max * 13 /> }.into_any(),
        OptionKind::Addresses { max } => view! { <Line entry max=max * 16 /> }.into_any(),
        OptionKind::Windows { max } => view! { <Line entry max=max * 40 /> }.into_any(),
        OptionKind::Curve { max } => view! { <Line entry max=max * 12 /> }.into_any(),
        OptionKind::Words { max } => view! { <Line entry max /> }.into_any(),
    }
}

fn described(entry: Entry) -> String {
    format!("{}.help {}.problem", entry.slot.spec.key, entry.slot.id())
}

fn bad(entry: Entry) -> impl Fn() -> Option<&'static str> + Copy + Send + 'static {
    move || entry.problem.read().as_ref().map(|_| "true")
}

#[component]
fn Switch(entry: Entry) -> impl IntoView {
    view! {
        <input
            type="checkbox"
            role="switch"
            class="switch"
            id=entry.slot.id()
            aria-describedby=described(entry)
            prop:checked=move || entry.shown() == "true"
            on:change:target=move |event| entry.choose(if event.target().checked() { "true" } else { "false" })
        />
    }
}

/// A number with steps: text, because a number input hides from the page what it does not understand.
#[component]
fn Whole(entry: Entry, min: u32, max: u32) -> impl IntoView {
    let number = move || entry.shown().trim().parse::<u32>().ok();
    let go = move |by: i64| {
        let from = i64::from(untrack(number).unwrap_or(min));
        let next = (from + by).clamp(min.into(), max.into());
        entry.choose(&next.to_string());
    };
    view! {
        <div class="stepper">
            <Step by=-1 go stop=move || number() == Some(min) />
            <input
                type="text"
                inputmode="numeric"
                role="spinbutton"
                autocomplete="off"
                id=entry.slot.id()
                aria-describedby=described(entry)
                aria-invalid=bad(entry)
                aria-valuemin=min.to_string()
                aria-valuemax=max.to_string()
                aria-valuenow=move || number().map(|it| it.to_string())
                prop:value=move || entry.shown()
                on:input:target=move |event| entry.input(event.target().value())
                on:change=move |_| entry.leave()
                on:keydown=move |event| arrow(&event).into_iter().for_each(go)
            />
            <Step by=1 go stop=move || number() == Some(max) />
        </div>
    }
}

/// By how much a key changes a number.
fn arrow(event: &KeyboardEvent) -> Option<i64> {
    let by = match event.key().as_str() {
        "ArrowUp" => 1,
        "ArrowDown" => -1,
        "PageUp" => 10,
        "PageDown" => -10,
        _ => return None,
    };
    event.prevent_default();
    Some(by)
}

#[component]
fn Step(
    by: i64,
    go: impl Fn(i64) + 'static,
    stop: impl Fn() -> bool + Send + 'static,
) -> impl IntoView {
    let session = Session::expect();
    let (icon, label) = match by {
        1 => (Icon::Plus, text("ui.more", "One more")),
        _ => (Icon::Minus, text("ui.fewer", "One fewer")),
    };
    view! {
        <button tabindex="-1" aria-label=session.say(label) prop:disabled=stop on:click=move |_| go(by)>
            <Glyph icon />
        </button>
    }
}

#[component]
fn Choice(entry: Entry, values: Vec<&'static str>) -> impl IntoView {
    let session = Session::expect();
    let offered = values
        .into_iter()
        .map(|value| view! { <option value=value>{choice_words(session, value)}</option> });
    view! {
        <select
            id=entry.slot.id()
            aria-describedby=described(entry)
            prop:value=move || entry.shown()
            on:change:target=move |event| entry.choose(&event.target().value())
        >
            {offered.collect_view()}
        </select>
    }
}

/// What a choice is called.
pub fn choice_words(session: Session, value: &'static str) -> impl Fn() -> String + Copy + Send {
    move || {
        let words = words_of(value).map(|it| it.render(session.lang.get()).to_owned());
        words.unwrap_or_else(|| term(value))
    }
}

/// What a value of an option is called: of a switch, of a choice, or the number as it is.
pub fn value_words(session: Session, spec: &OptionSpec, value: &str) -> String {
    let lang = session.lang.get();
    match ((spec.kind)(), value) {
        (OptionKind::Switch, "true") => text("ui.on", "on").render(lang).to_owned(),
        (OptionKind::Switch, _) => text("ui.off", "off").render(lang).to_owned(),
        (OptionKind::Choice(_), _) => {
            words_of(value).map_or_else(|| term(value), |it| it.render(lang).to_owned())
        }
        (_, _) => value.to_owned(),
    }
}

/// What AWS calls it: a Region with its city, a product name, else the value as it is.
pub fn term(value: &str) -> String {
    match (Region::from_code(value), value) {
        (Some(region), _) => format!("{value} ({})", region.city()),
        (None, "mysql") => "MySQL".to_owned(),
        (None, "postgres") => "PostgreSQL".to_owned(),
        (None, _) => value.to_owned(),
    }
}

/// The words for a value that is not a term of AWS.
fn words_of(value: &str) -> Option<Text> {
    match value {
        "single" => Some(text("ui.nat.single", "NAT in zone a")),
        "per-az" => Some(text("ui.nat.per-az", "NAT per zone")),
        "regional" => Some(text("ui.nat.regional", "Regional NAT")),
        "scheduled" => Some(text("ui.nat.scheduled", "NAT by schedule")),
        "one" => Some(text("ui.nat.one", "One in zone a")),
        "functions" => Some(text("ui.calls.functions", "Lambda functions")),
        "sdk" => Some(text("ui.calls.sdk", "The state machine itself")),
        "endpoints-only" => Some(text("ui.nat.endpoints-only", "Endpoints only")),
        "none" => Some(text("ui.nat.none", "None")),
        "target-tracking" => Some(text("ui.scaling.target", "Target tracking")),
        "step" => Some(text("ui.scaling.step", "Step")),
        "layers" => Some(text("ui.stacks.layers", "One a layer")),
        "regions" => Some(text("ui.stacks.regions", "One a Region")),
        "parameters" => Some(text("ui.handing.parameters", "As parameters")),
        "stack-outputs" => Some(text("ui.handing.outputs", "By GetStackOutput")),
        "iam" => Some(text("ui.authorization.iam", "Signed (IAM)")),
        _ => None,
    }
}

const NO_ROOM: Text = text("ui.no-room", "no room");

#[component]
fn Line(entry: Entry, max: usize) -> impl IntoView {
    let session = Session::expect();
    let planned = move || {
        let planned = entry.slot.planned(&session.design.read());
        // Only a place in the address plan can find none.
        let full = entry.slot.zone.map(|_| NO_ROOM.render(session.lang.get()));
        planned.or(full.map(str::to_owned))
    };
    view! {
        <input
            type="text"
            autocomplete="off"
            spellcheck="false"
            class:is-address=max == 18
            id=entry.slot.id()
            aria-describedby=described(entry)
            aria-invalid=bad(entry)
            placeholder=planned
            prop:value=move || entry.shown()
            on:input:target=move |event| entry.input(event.target().value())
            on:change=move |_| entry.leave()
        />
    }
}
