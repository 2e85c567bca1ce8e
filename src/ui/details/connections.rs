//! What a thing talks to, and which resources have to do with it.

use leptos::prelude::*;

use super::super::session::Session;
use super::inspector::ThingLink;
use crate::aws::Name;
use crate::text::{Text, text};
use crate::topology::{Link, LinkKind};

#[component]
pub fn Connections(name: Name) -> impl IntoView {
    let session = Session::expect();
    let links = session.links.read();
    let pick = |mine: fn(&Link) -> &Name, other: fn(&Link) -> &Name| {
        let of = links.iter().filter(|it| *mine(it) == name);
        of.map(|it| (other(it).clone(), it.kind, it.label.clone()))
            .collect::<Vec<_>>()
    };
    let outgoing = pick(|it| &it.from, |it| &it.to);
    let incoming = pick(|it| &it.to, |it| &it.from);
    let topology = session.topology.read();
    let users: Vec<Name> = topology
        .nodes()
        .iter()
        .filter(|it| it.references().contains(&name))
        .map(|it| it.name.clone())
        .collect();
    drop((links, topology));
    view! {
        <Ends title=text("ui.connects-to", "Connects to") ends=outgoing />
        <Ends title=text("ui.connected-from", "Connected from") ends=incoming />
        <Users users />
    }
}

#[component]
fn Ends(title: Text, ends: Vec<(Name, LinkKind, Option<String>)>) -> impl IntoView {
    let session = Session::expect();
    let row = move |(name, kind, label): (Name, LinkKind, Option<String>)| {
        view! {
            <li>
                <ThingLink name />
                <span class="note">{session.say(kind_title(kind))} {label.map(|it| format!(" · {it}"))}</span>
            </li>
        }
    };
    (!ends.is_empty()).then(|| {
        view! {
            <section>
                <h3>{session.say(title)}</h3>
                <ul class="ends">{ends.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    })
}

pub fn kind_title(kind: LinkKind) -> Text {
    match kind {
        LinkKind::Request => text("ui.link.request", "request"),
        LinkKind::Egress => text("ui.link.egress", "outbound"),
        LinkKind::Replication => text("ui.link.replication", "replication"),
    }
}

/// Resources whose properties name this one.
#[component]
fn Users(users: Vec<Name>) -> impl IntoView {
    let session = Session::expect();
    (!users.is_empty()).then(|| {
        view! {
            <section>
                <h3>{session.say(text("ui.used-by", "Used by"))}</h3>
                <p class="users">
                    {users.into_iter().map(|name| view! { <ThingLink name /> }).collect_view()}
                </p>
            </section>
        }
    })
}
