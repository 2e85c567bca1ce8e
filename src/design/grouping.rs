//! Which layers share a stack.

use super::application::Grouping;
use super::{ACCOUNT, CLIENT, COPY, Design, GLOBAL, MAIN, ROUTES, SCHEDULE, STACKS, stack};
use crate::topology::Topology;

/// Puts the layers of the main Region into one stack, where the design asks for it: behind the vault of the backup copies,
/// which it refers to, and before all that stands in other Regions or waits for them.
pub(super) fn group(design: &Design, topology: &mut Topology) {
    match design.application.grouping {
        Grouping::Layers => (),
        Grouping::Regions => by_region(design, topology),
    }
}

/// Layers that stand in a Region of their own.
const APART: [&str; 2] = ["copy", "global"];

fn by_region(design: &Design, topology: &mut Topology) {
    let Some(mut main) = STACKS
        .get(MAIN)
        .and_then(|it| stack(it.0, design.network.region))
    else {
        return;
    };
    for layer in topology.stacks.iter_mut().take(CLIENT) {
        if !APART.contains(&layer.name) {
            main.parameters.append(&mut layer.parameters);
            for it in layer.adjustables.drain(..) {
                match main
                    .adjustables
                    .iter_mut()
                    .find(|other| other.name == it.name)
                {
                    Some(same) => same.places.extend(it.places),
                    None => main.adjustables.push(it),
                }
            }
        }
    }
    let mut seen = Vec::new();
    main.parameters.retain(|it| {
        let is_new = !seen.contains(&it.name);
        seen.push(it.name.clone());
        is_new
    });
    // Layers: what stands in Regions of its own first, then all others of the Region together, then the rest as it was.
    topology.restack(|place| match place {
        COPY | GLOBAL => place,
        place if place < CLIENT => MAIN,
        place => place,
    });
    if let Some(place) = topology.stacks.get_mut(MAIN) {
        *place = main;
    }
    let order = [
        COPY,
        GLOBAL,
        MAIN,
        CLIENT,
        CLIENT + 1,
        ROUTES,
        ACCOUNT,
        SCHEDULE,
    ];
    let stacks = order
        .iter()
        .filter_map(|it| topology.stacks.get(*it).cloned());
    topology.stacks = stacks.collect();
    topology.restack(|place| order.iter().position(|it| *it == place).unwrap_or(place));
}
