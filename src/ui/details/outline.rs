//! The drawing in words: what lies in what, the address plan and every connection, for readers who cannot see it.

use leptos::prelude::*;

use super::super::session::Session;
use super::connections::kind_title;
use super::inspector::ThingLink;
use crate::aws::{Home, Name, Subnet};
use crate::text::text;
use crate::topology::{Link, Topology};

#[component]
pub fn Outline() -> impl IntoView {
    let session = Session::expect();
    view! {
        <h2 class="away">{session.say(text("ui.tab.outline", "Outline"))}</h2>
        {move || {
            let topology = session.topology.get();
            view! { <Nesting topology=topology.clone() /> <Addresses topology /> }
        }}
        <Wires />
    }
}

/// Zones, their subnets, and what lives in each; then what lives in no subnet.
#[component]
fn Nesting(topology: Topology) -> impl IntoView {
    let session = Session::expect();
    let zones = topology.zones().into_iter().map(|zone| {
        let subnets = topology.all::<Subnet>().filter(|(_, it)| it.zone == zone);
        let subnets = subnets.map(|(name, _)| branch(&topology, name));
        let name = Name::from(format!("az:{zone}"));
        view! { <li><ThingLink name /> <ul>{subnets.collect_view()}</ul></li> }
    });
    let homeless = topology
        .nodes()
        .iter()
        .filter(|it| matches!(it.resource.home(), Home::Global | Home::Region));
    let homeless = homeless.map(|it| view! { <li><ThingLink name=it.name.clone() /></li> });
    view! {
        <section>
            <h3>{session.say(text("ui.outline.zones", "In the zones"))}</h3>
            <ul class="tree">{zones.collect_view()}</ul>
            <h3>{session.say(text("ui.outline.region", "In the Region"))}</h3>
            <ul class="tree">{homeless.collect_view()}</ul>
        </section>
    }
}

fn branch(topology: &Topology, subnet: &Name) -> impl IntoView + use<> {
    let inside = topology
        .nodes()
        .iter()
        .filter(|it| match it.resource.home() {
            Home::Subnet(_) | Home::Spread(_) => topology.subnets_of(&it.name).contains(&subnet),
            Home::Global | Home::Region | Home::Vpc(_) | Home::With(_) => false,
        });
    let inside = inside
        .map(|it| view! { <li><ThingLink name=it.name.clone() /></li> })
        .collect_view();
    view! { <li><ThingLink name=subnet.clone() /> <ul>{inside}</ul></li> }
}

#[component]
fn Addresses(topology: Topology) -> impl IntoView {
    let session = Session::expect();
    let rows = topology.all::<Subnet>().map(|(name, subnet)| {
        let table = topology.table_of(name).cloned();
        view! {
            <tr>
                <th scope="row"><ThingLink name=name.clone() /></th>
                <td>{subnet.cidr.to_string()}</td>
                <td>{subnet.zone.to_string()}</td>
                <td>{table.map(|name| view! { <ThingLink name /> })}</td>
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

#[component]
fn Wires() -> impl IntoView {
    let session = Session::expect();
    let row = move |link: Link| {
        view! {
            <tr>
                <th scope="row"><ThingLink name=link.from /></th>
                <td><ThingLink name=link.to /></td>
                <td>{session.say(kind_title(link.kind))} " " {link.label}</td>
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
                <tbody>{move || session.links.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}
