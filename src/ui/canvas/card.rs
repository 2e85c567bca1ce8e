//! A card beside the pointer: what a thing is, in a few lines. The inspector has the rest.

use leptos::prelude::*;

use super::super::details::facts;
use super::super::session::Session;
use super::super::thing::Thing;
use super::Frame;
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
    move || it.hover.get().map(|hover| view! { <Shown it hover /> })
}

#[component]
fn Shown(it: Frame, hover: Hover) -> impl IntoView {
    let session = it.session;
    let size = it.size();
    let place = |at: f64, room: f64, frame: f64| {
        let after = at + OFFSET;
        let before = at - OFFSET - room;
        if after + room > frame && before > 0.0 {
            before
        } else {
            after
        }
    };
    let left = place(hover.x, ROOM.0, size.width);
    let top = place(hover.y, ROOM.1, size.height);
    let thing = Thing::find(&session.topology.read_untracked(), &hover.name)?;
    let kind = thing.kind(&session.topology.read_untracked());
    let has_name = matches!(thing, Thing::Part(_) | Thing::Launched(_) | Thing::Node(_));
    let state = state(session, &hover.name);
    let rows = facts(session, &hover.name).into_iter().take(LINES);
    Some(view! {
        <div class="card" aria-hidden="true" style:left=format!("{left:.0}px") style:top=format!("{top:.0}px")>
            <p class="kind">{session.tell_in(&kind)}</p>
            <p class="name">{has_name.then(|| hover.name.to_string())} " " {state}</p>
            <dl>
                {rows
                    .map(|(key, value)| view! { <dt>{key}</dt> <dd>{value}</dd> })
                    .collect_view()}
            </dl>
        </div>
    })
}

fn state(session: Session, name: &str) -> Option<impl IntoView + use<>> {
    let status = session.states.read_untracked().get(name).copied()?;
    let word = super::state_word(status)?.render(session.lang.get_untracked());
    Some(view! { <span class=format!("state is-{}", status.tag())>{word}</span> })
}
