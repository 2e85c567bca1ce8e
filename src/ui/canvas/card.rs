//! A card beside the pointer: what a thing is, in a few lines. The inspector has the rest.

use leptos::prelude::*;

use super::super::details::facts;
use super::super::session::Session;
use super::super::thing::{Thing, places};
use super::Frame;
use super::camera::Size;
use crate::aws::Name;

/// Lines of properties on a card.
const LINES: usize = 5;
/// Room that a card needs, in pixels; the style sheet's width of `.card`.
const ROOM: (f64, f64) = (280.0, 170.0);
/// From the pointer to the card.
const OFFSET: f64 = 14.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Hover {
    pub name: Name,
    /// In the frame.
    pub x: f64,
    pub y: f64,
}

#[component]
pub fn Card(it: Frame) -> impl IntoView {
    move || it.hover.get().and_then(|hover| shown(it, &hover))
}

fn shown(it: Frame, hover: &Hover) -> Option<impl IntoView + use<>> {
    let session = it.session;
    let topology = session.topology.read();
    let thing = Thing::find(&topology, &hover.name)?;
    let kind = thing.kind(&topology).render(session.lang.get());
    let name = thing.has_name().then(|| hover.name.to_string());
    let places = places(&topology, &thing);
    let places = places
        .iter()
        .map(|it| session.short_title_of(it))
        .collect::<Vec<_>>();
    let (left, top) = place(hover, it.size());
    let rows = facts(&topology, &thing).into_iter().take(LINES);
    let rows = rows.map(|(key, value)| view! { <dt>{key}</dt> <dd>{value}</dd> });
    Some(view! {
        <div class="card" aria-hidden="true" style:left=left style:top=top>
            <p class="kind">{kind} " " {state(session, &hover.name)}</p>
            <p class="name">{name}</p>
            <p class="note">{places.join(", ")}</p>
            <dl>{rows.collect_view()}</dl>
        </div>
    })
}

/// Below and right of the pointer; on the other side where there is no room.
fn place(hover: &Hover, frame: Size) -> (String, String) {
    let beside = |at: f64, room: f64, frame: f64| {
        let (after, before) = (at + OFFSET, at - OFFSET - room);
        let fits = after + room <= frame || before < 0.0;
        format!("{:.0}px", if fits { after } else { before })
    };
    (
        beside(hover.x, ROOM.0, frame.width),
        beside(hover.y, ROOM.1, frame.height),
    )
}

fn state(session: Session, name: &str) -> Option<impl IntoView + use<>> {
    let status = session.states.read().get(name).copied()?;
    let word = super::state_word(status)?.render(session.lang.get());
    Some(view! { <span class=format!("state is-{}", status.tag())>{word}</span> })
}
