//! What the selected thing is: kind, place, state, properties, connections, findings, cost.

use leptos::prelude::*;

use super::super::canvas::{fault_of, state_word};
use super::super::icon::{Glyph, Icon};
use super::super::number;
use super::super::session::Session;
use super::super::thing::{Thing, places};
use super::super::view::Focus;
use super::connections::Connections;
use super::findings::FindingsOf;
use super::properties::{Row, Shown, rows};
use super::summary::Summary;
use crate::aws::Name;
use crate::text::text;

#[component]
pub fn Inspector() -> impl IntoView {
    let session = Session::expect();
    let selected = Memo::new(move |_| match &session.view.read().focus {
        Focus::Thing(name) => Some(name.clone()),
        Focus::Finding(_, names) => names.first().cloned(),
        Focus::Nothing => None,
    });
    move || {
        let thing = selected.get().and_then(|name| {
            let thing = Thing::find(&session.topology.read(), &name)?;
            Some((name, thing))
        });
        match thing {
            Some((name, thing)) => view! { <Inspected name thing /> }.into_any(),
            None => view! { <Summary /> }.into_any(),
        }
    }
}

#[component]
fn Inspected(name: Name, thing: Thing) -> impl IntoView {
    let session = Session::expect();
    let topology = session.topology.read();
    let kind = thing.kind(&topology);
    let has_name = matches!(thing, Thing::Part(_) | Thing::Launched(_) | Thing::Node(_));
    let properties = thing.node(&topology).map(|it| {
        let comment = it.comment.clone();
        (
            it.name.clone(),
            it.resource.kind().to_owned(),
            rows(&it.resource.properties()),
            comment,
        )
    });
    let places = places(&topology, &thing);
    drop(topology);
    view! {
        <header class="thing">
            {has_name.then(|| view! { <p class="kind">{session.tell_in(&kind)}</p> })}
            <h2>{session.short_title_of(&name)}</h2>
            <State name=name.clone() />
            <Places places />
        </header>
        <Cost name=name.clone() />
        <FindingsOf name=name.clone() />
        <Connections name=name.clone() />
        {properties.map(|(of, kind, rows, comment)| {
            view! {
                <section>
                    <h3>{session.say(text("ui.properties", "Properties"))}</h3>
                    <p class="note"><code>{kind}</code> " " <code>{of.to_string()}</code></p>
                    {comment.map(|it| view! { <p class="note">{session.tell_in(&it)}</p> })}
                    <table class="properties">{rows.into_iter().map(property).collect_view()}</table>
                </section>
            }
        })}
    }
}

/// How the thing is in the fault that is played, and the button that breaks it.
#[component]
fn State(name: Name) -> impl IntoView {
    let session = Session::expect();
    let breaks = fault_of(session, &name);
    let status = Memo::new(move |_| session.states.read().get(&name).copied());
    let shown = move || {
        let status = status.get()?;
        let word = state_word(status)?.render(session.lang.get());
        Some(view! { <span class=format!("state is-{}", status.tag())>{word}</span> })
    };
    view! {
        {shown}
        {breaks.map(|fault| {
            view! {
                <button class="fail" on:click=move |_| session.fail(fault.clone())>
                    <Glyph icon=Icon::Bolt />
                    {session.say(text("ui.fail-this", "Fail this"))}
                </button>
            }
        })}
    }
}

#[component]
fn Places(places: Vec<Name>) -> impl IntoView {
    let session = Session::expect();
    (!places.is_empty()).then(|| {
        view! {
            <p class="places">
                <span>{session.say(text("ui.in", "In"))}</span>
                {places.into_iter().map(|name| view! { <ThingLink name /> }).collect_view()}
            </p>
        }
    })
}

/// A name that leads to its thing, where there is one.
#[component]
pub fn ThingLink(name: Name) -> impl IntoView {
    let session = Session::expect();
    let shown = session.short_title_of(&name);
    match Thing::find(&session.topology.read_untracked(), &name) {
        Some(_) => view! {
            <button class="link" on:click=move |_| session.inspect(name.clone())>{shown}</button>
        }
        .into_any(),
        None => view! { <span>{shown}</span> }.into_any(),
    }
}

/// What the thing costs a month, where AWS bills for it.
#[component]
fn Cost(name: Name) -> impl IntoView {
    let session = Session::expect();
    let bill = session.bill.read();
    let lines = bill.lines.iter().filter(|it| it.subject == name);
    let (count, sum) = lines.fold((0, 0.0), |(count, sum), it| {
        (count + 1, sum + it.amount.unwrap_or_default())
    });
    (count > 0).then(|| {
        let words = text("ui.costs", "{amount} a month").with("amount", number::dollars(sum));
        view! { <p class="cost">{session.tell_in(&words)}</p> }
    })
}

fn property(row: Row) -> impl IntoView {
    let value = match row.value {
        Shown::Text(text) if text.contains('\n') => view! { <pre>{text}</pre> }.into_any(),
        Shown::Text(text) => view! { {text} }.into_any(),
        Shown::Reference(name, attribute) => {
            let attribute = attribute.map(|it| format!(".{it}"));
            view! { <ThingLink name /> {attribute} }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{broken(&row.path)}</th>
            <td>{value}</td>
        </tr>
    }
}

/// A path that may break after its points: a narrow column cuts nothing.
fn broken(path: &str) -> String {
    path.replace('.', ".\u{200b}")
}
