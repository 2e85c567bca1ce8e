//! What a thing talks to, and which resources have to do with it.

use leptos::prelude::*;

use super::super::session::Session;
use super::inspector::thing_link;
use crate::aws::Name;
use crate::text::{Text, text};
use crate::topology::{Link, LinkKind};

pub fn connections(session: Session, name: &Name) -> impl IntoView + use<> {
    session.settled.track();
    let links = session.links.read_untracked();
    let outgoing = links
        .iter()
        .filter(|it| it.from == *name)
        .map(|it| (&it.to, it));
    let incoming = links
        .iter()
        .filter(|it| it.to == *name)
        .map(|it| (&it.from, it));
    view! {
        {ends(session, text("ui.connects-to", "Connects to"), outgoing.collect())}
        {ends(session, text("ui.connected-from", "Connected from"), incoming.collect())}
    }
}

fn ends(session: Session, title: Text, ends: Vec<(&Name, &Link)>) -> impl IntoView + use<> {
    let row = |(name, link): (&Name, &Link)| {
        let label = link.label.as_ref().map(|it| format!(" · {it}"));
        view! {
            <li>
                {thing_link(session, name)}
                <span class="note">{session.say(kind_title(link.kind))} {label}</span>
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
        LinkKind::Peering => text("ui.link.peering", "peering"),
        LinkKind::Vpn => text("ui.link.vpn", "VPN"),
        LinkKind::Control => text("ui.link.control", "control"),
    }
}

/// Resources whose properties name this one.
pub fn used_by(session: Session, name: &Name) -> impl IntoView + use<> {
    let topology = session.settled.read();
    let users = topology
        .nodes()
        .iter()
        .filter(|it| it.references().contains(name));
    let users: Vec<AnyView> = users.map(|it| thing_link(session, &it.name)).collect();
    (!users.is_empty()).then(|| {
        view! {
            <section>
                <h3>{session.say(text("ui.used-by", "Used by"))}</h3>
                <p class="users">{users}</p>
            </section>
        }
    })
}
