//! The drawing in words: what lies in what, the address plan and every connection, for readers who cannot see it.

use leptos::prelude::*;

use super::super::session::Session;
use super::connections::kind_title;
use super::inspector::thing_link;
use crate::aws::{Home, Name, Subnet};
use crate::text::text;
use crate::topology::{Link, Node, Topology};

#[component]
pub fn Outline() -> impl IntoView {
    let session = Session::expect();
    view! {
        {move || nesting(session, &session.topology.read())}
        {move || addresses(session, &session.topology.read())}
        {move || wires(session, &session.links.read())}
    }
}

/// Zones, their subnets, and what lives in each; then what lives in no subnet.
fn nesting(session: Session, topology: &Topology) -> impl IntoView + use<> {
    let zones = topology.zones().into_iter().map(|zone| {
        let subnets = topology.all::<Subnet>().filter(|(_, it)| it.zone == zone);
        let subnets = subnets.map(|(name, _)| branch(session, topology, name));
        let name = Name::from(format!("az:{zone}"));
        view! { <li>{thing_link(session, &name)} <ul>{subnets.collect_view()}</ul></li> }
    });
    let is_regional = |it: &&Node| matches!(it.resource.home(), Home::Global | Home::Region);
    let regional = topology.nodes().iter().filter(is_regional);
    let regional = regional.map(|it| view! { <li>{thing_link(session, &it.name)}</li> });
    view! {
        <section>
            <h3>{session.say(text("ui.outline.zones", "In the zones"))}</h3>
            <ul class="tree">{zones.collect_view()}</ul>
            <h3>{session.say(text("ui.outline.region", "In the Region"))}</h3>
            <ul class="tree">{regional.collect_view()}</ul>
        </section>
    }
}

fn branch(session: Session, topology: &Topology, subnet: &Name) -> impl IntoView + use<> {
    let lives_here = |it: &&Node| match it.resource.home() {
        Home::Subnet(_) | Home::Spread(_) | Home::Within(..) => {
            topology.subnets_of(&it.name).contains(&subnet)
        }
        Home::Global | Home::Region | Home::Vpc(_) | Home::With(_) => false,
    };
    let inside = topology.nodes().iter().filter(lives_here);
    let inside = inside
        .map(|it| view! { <li>{thing_link(session, &it.name)}</li> })
        .collect_view();
    view! { <li>{thing_link(session, subnet)} <ul>{inside}</ul></li> }
}

fn addresses(session: Session, topology: &Topology) -> impl IntoView + use<> {
    let rows = topology.all::<Subnet>().map(|(name, subnet)| {
        let table = topology.table_of(name).map(|it| thing_link(session, it));
        view! {
            <tr>
                <th scope="row">{thing_link(session, name)}</th>
                <td>{subnet.cidr.to_string()}</td>
                <td>{subnet.zone.to_string()}</td>
                <td>{table}</td>
            </tr>
        }
    });
    view! {
        <section>
            <h3>{session.say(text("ui.outline.addresses", "Address plan"))}</h3>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{session.say(text("ui.outline.subnet", "Subnet"))}</th>
                        <th scope="col">"CIDR"</th>
                        <th scope="col">{session.say(text("ui.outline.zone", "Zone"))}</th>
                        <th scope="col">{session.say(text("ui.outline.table", "Route table"))}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
}

fn wires(session: Session, links: &[Link]) -> impl IntoView + use<> {
    let row = |link: &Link| {
        view! {
            <tr>
                <th scope="row">{thing_link(session, &link.from)}</th>
                <td>{thing_link(session, &link.to)}</td>
                <td>{session.say(kind_title(link.kind))} " " {link.label.clone()}</td>
            </tr>
        }
    };
    view! {
        <section>
            <h3>{session.say(text("ui.outline.connections", "Connections"))}</h3>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{session.say(text("ui.outline.from", "From"))}</th>
                        <th scope="col">{session.say(text("ui.outline.to", "To"))}</th>
                        <th scope="col">{session.say(text("ui.outline.kind", "What"))}</th>
                    </tr>
                </thead>
                <tbody>{links.iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}
