//! The drawing in words: what lies in what, the address plan and every connection, for readers who cannot see it.

use leptos::prelude::*;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::session::Session;
use super::super::view::Focus;
use super::connections::kind_title;
use super::inspector::{named_link, thing_link};
use crate::aws::Subnet;
use crate::diagram::{Drawing, Item};
use crate::text::text;
use crate::topology::{Link, Topology};

#[component]
pub fn Outline() -> impl IntoView {
    let session = Session::expect();
    let focus = session.focus;
    Effect::new(move || {
        if *focus.read() != Focus::Nothing {
            // What shows the selection does so after this.
            request_animation_frame(scroll_to_selected);
        }
    });
    view! {
        {move || {
            session.settled.track();
            nesting(session, &session.drawing.read_untracked())
        }}
        {move || addresses(session, &session.settled.read())}
        {move || {
            session.settled.track();
            wires(session, &session.links.read_untracked())
        }}
    }
}

/// Brings what is selected into view, where it stands first.
fn scroll_to_selected() {
    let selected = document().query_selector("#panel .tree [aria-current=true]");
    if let Ok(Some(it)) = selected {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        it.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The drawing as a tree: what stands in what, under the names that it has there.
fn nesting(session: Session, drawing: &Drawing) -> impl IntoView + use<> {
    view! {
        <section>
            <h3>{session.say(text("ui.outline.drawing", "In the drawing"))}</h3>
            {branch(session, drawing, None)}
        </section>
    }
}

/// What stands in an item, or in none.
fn branch(session: Session, drawing: &Drawing, around: Option<usize>) -> Option<AnyView> {
    let items = drawing.items.iter().enumerate();
    let items = items.filter(|(_, it)| it.inside == around && !it.absent);
    let leaf = |(index, item): (usize, &Item)| {
        let inside = branch(session, drawing, Some(index));
        let link = named_link(session, &item.name, item.says.clone());
        view! { <li>{link} {inside}</li> }
    };
    let leaves: Vec<_> = items.map(leaf).collect();
    (!leaves.is_empty()).then(|| view! { <ul class="tree">{leaves}</ul> }.into_any())
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
