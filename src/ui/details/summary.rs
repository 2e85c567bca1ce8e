//! The design at a glance: what the inspector shows while nothing is selected.

use leptos::prelude::*;

use super::super::number;
use super::super::session::Session;
use crate::blueprint;
use crate::text::{Text, text};
use crate::topology::journeys;

#[component]
pub fn Summary() -> impl IntoView {
    let session = Session::expect();
    let blueprint = move || blueprint::find(&session.design.read().blueprint);
    let about = move || blueprint().map(|it| it.summary.render(session.lang.get()));
    let region = move || {
        let region = session.design.read().network.region;
        format!("{} ({})", region.code(), region.city())
    };
    let zones = move || session.settled.read().sites().len().to_string();
    let resources = move || session.settled.read().nodes().len().to_string();
    let stacks = move || {
        let topology = session.settled.read();
        let used = (0..topology.stacks.len())
            .filter(|stack| topology.nodes().iter().any(|it| it.stack == *stack));
        used.count().to_string()
    };
    let monthly = move || {
        let words = session.bill.read().monthly.words(number::dollars);
        words.render(session.lang.get())
    };
    view! {
        <header class="thing">
            <p class="kind">{session.say(text("ui.design", "Design"))}</p>
            <h2>{move || session.title()}</h2>
            <p>{about}</p>
        </header>
        <dl class="glance">
            <Fact title=text("ui.region", "Region") value=region />
            <Fact title=text("ui.zones", "Availability Zones") value=zones />
            <Fact title=text("ui.resources", "Resources") value=resources />
            <Fact title=text("ui.stacks", "Stacks") value=stacks />
            <Fact title=text("ui.monthly", "A month") value=monthly />
        </dl>
        <Journeys />
        <Notes />
        <p class="tip">
            {session.say(text("ui.select-tip", "Select anything in the drawing to see what it is, what it talks to and what it costs."))}
        </p>
    }
}

#[component]
fn Fact(title: Text, value: impl Fn() -> String + Send + 'static) -> impl IntoView {
    let session = Session::expect();
    view! {
        <div>
            <dt>{session.say(title)}</dt>
            <dd>{value}</dd>
        </div>
    }
}

/// The paths whose health the simulation follows.
#[component]
fn Journeys() -> impl IntoView {
    let session = Session::expect();
    let rows = move || {
        let journeys = journeys(&session.settled.read());
        let row = |it: crate::topology::Journey| {
            view! {
                <li>
                    <strong>{session.say(it.title)}</strong>
                    <span class="note">{session.say(it.path)}</span>
                </li>
            }
        };
        journeys.into_iter().map(row).collect_view()
    };
    view! {
        <section>
            <h3>{session.say(text("ui.journeys", "Journeys"))}</h3>
            <ul class="journeys">{rows}</ul>
        </section>
    }
}

/// What of the design could not be done as asked.
#[component]
fn Notes() -> impl IntoView {
    let session = Session::expect();
    move || {
        let notes = session.settled.read().notes.clone();
        notes
            .into_iter()
            .map(|it| view! { <p class="problem">{session.tell_in(&it)}</p> })
            .collect_view()
    }
}
