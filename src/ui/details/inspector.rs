//! What the selected thing is: kind, place, state, properties, connections, findings, cost.
//!
//! Its pieces are functions, not components: what they read is tracked by the closure that calls them, so that one
//! change draws the panel once.

use leptos::prelude::*;

use super::super::canvas::{fault_of, state_word};
use super::super::icon::{Glyph, Icon};
use super::super::number;
use super::super::session::Session;
use super::super::thing::{Thing, contents, places};
use super::super::view::Focus;
use super::connections::{connections, used_by};
use super::findings::findings_of;
use super::properties::{Row, Shown, rows};
use super::summary::Summary;
use crate::aws::Name;
use crate::text::text;
use crate::topology::Node;

#[component]
pub fn Inspector() -> impl IntoView {
    let session = Session::expect();
    let selected = Memo::new(move |_| match &session.view.read().focus {
        Focus::Thing(name) => Some(name.clone()),
        Focus::Finding(_, names) => names.first().cloned(),
        Focus::Nothing => None,
    });
    move || {
        let found = selected.get().and_then(|name| {
            let thing = Thing::find(&session.settled.read(), &name)?;
            Some((name, thing))
        });
        match found {
            Some((name, thing)) => inspected(session, &name, &thing).into_any(),
            None => view! { <Summary /> }.into_any(),
        }
    }
}

fn inspected(session: Session, name: &Name, thing: &Thing) -> impl IntoView + use<> {
    let topology = session.settled.read();
    let kind = thing.has_name().then(|| {
        let kind = thing.kind(&topology).render(session.lang.get());
        view! { <p class="kind">{kind}</p> }
    });
    view! {
        <header class="thing">
            {kind}
            <h2>{session.short_title_of(name)}</h2>
            {state(session, name)}
            {at(session, places(&topology, thing))}
            {cost(session, name)}
            {fail(session, name)}
        </header>
        {findings_of(session, name)}
        {inside(session, contents(&topology, thing))}
        {connections(session, name)}
        {thing.node(&topology).map(|node| properties(session, node))}
        {used_by(session, name)}
    }
}

/// What the thing holds.
fn inside(session: Session, contents: Vec<Name>) -> impl IntoView {
    (!contents.is_empty()).then(|| {
        view! {
            <section>
                <h3>{session.say(text("ui.inside", "Inside"))}</h3>
                <ul>
                    {contents.iter().map(|it| view! { <li>{titled_link(session, it)}</li> }).collect_view()}
                </ul>
            </section>
        }
    })
}

/// A link with the kind of its thing beside it.
fn titled_link(session: Session, name: &Name) -> impl IntoView + use<> {
    let topology = session.settled.read();
    let thing = Thing::find(&topology, name).filter(Thing::has_name);
    let kind = thing.map(|it| it.kind(&topology).render(session.lang.get()));
    view! { {thing_link(session, name)} " " <span class="note">{kind}</span> }
}

/// How the thing is in the fault that is played.
fn state(session: Session, name: &Name) -> impl IntoView + use<> {
    let name = name.clone();
    let status = Memo::new(move |_| session.states.read().get(&name).copied());
    move || {
        let status = status.get()?;
        let word = state_word(status)?.render(session.lang.get());
        Some(view! { <span class=format!("state is-{}", status.tag())>{word}</span> })
    }
}

/// The button that breaks the thing, where it breaks by itself.
fn fail(session: Session, name: &Name) -> impl IntoView + use<> {
    let fault = fault_of(session, name)?;
    Some(view! {
        <button class="fail" on:click=move |_| session.fail(fault.clone())>
            <Glyph icon=Icon::Bolt />
            {session.say(text("ui.fail-this", "Fail this"))}
        </button>
    })
}

fn at(session: Session, places: Vec<Name>) -> impl IntoView {
    (!places.is_empty()).then(|| {
        view! {
            <p class="places">
                <span>{session.say(text("ui.in", "In"))}</span>
                {places.iter().map(|it| thing_link(session, it)).collect_view()}
            </p>
        }
    })
}

/// A name that leads to its thing, where there is one.
pub fn thing_link(session: Session, name: &Name) -> AnyView {
    named_link(session, name, session.short_title_of(name))
}

/// The same under another name.
pub fn named_link(session: Session, name: &Name, shown: String) -> AnyView {
    if Thing::find(&session.settled.read(), name).is_none() {
        return view! { <span>{shown}</span> }.into_any();
    }
    let (name, own) = (name.clone(), name.clone());
    let current = move || session.is_selected(&own).then_some("true");
    view! {
        <button class="link" aria-current=current on:click=move |_| session.inspect(name.clone())>
            {shown}
        </button>
    }
    .into_any()
}

/// What the thing costs a month, where AWS bills for it.
fn cost(session: Session, name: &Name) -> impl IntoView + use<> {
    let bill = session.bill.read();
    let mut lines = bill.lines.iter().filter(|it| it.subject == *name);
    lines.any(|it| it.amount.is_some()).then(|| {
        let words = text("ui.costs", "{amount} a month");
        let words = words.with("amount", bill.of(name).words(number::dollars));
        view! { <p class="cost">{session.tell_in(&words)}</p> }
    })
}

fn properties(session: Session, node: &Node) -> impl IntoView + use<> {
    let rows = rows(&node.resource.properties());
    let comment = node.comment.as_ref().map(|it| session.tell_in(it));
    view! {
        <section>
            <h3>{session.say(text("ui.properties", "Properties"))}</h3>
            <p class="note"><code>{node.resource.kind().to_owned()}</code></p>
            {comment.map(|it| view! { <p class="note">{it}</p> })}
            <table class="properties">
                <tbody>{rows.iter().map(|it| property(session, it)).collect_view()}</tbody>
            </table>
        </section>
    }
}

fn property(session: Session, row: &Row) -> impl IntoView + use<> {
    let value = match &row.value {
        Shown::Text(text) if text.contains('\n') => view! { <pre>{text.clone()}</pre> }.into_any(),
        Shown::Text(text) => text.clone().into_any(),
        Shown::Reference(name, attribute) => {
            let attribute = attribute.as_ref().map(|it| format!(".{it}"));
            view! { {thing_link(session, name)} {attribute} }.into_any()
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
