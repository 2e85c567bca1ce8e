//! How far from outside things are, counted in requests: what orders the groups of a tier.

use std::collections::{BTreeMap, BTreeSet};

use crate::topology::{Link, LinkKind};

/// The longest way of requests to each end of one.
pub(super) struct Depths<'a>(BTreeMap<&'a str, usize>);

impl<'a> Depths<'a> {
    pub fn new(links: &'a [Link]) -> Self {
        let requests = links.iter().filter(|it| it.kind == LinkKind::Request);
        let requests: Vec<(&str, &str)> = requests.map(|it| (&*it.from, &*it.to)).collect();
        let asked: BTreeSet<&str> = requests.iter().map(|(_, to)| *to).collect();
        let starts = requests.iter().map(|(from, _)| *from);
        let mut reached: BTreeSet<&str> = starts.filter(|it| !asked.contains(it)).collect();
        let mut depths = BTreeMap::new();
        // A circle of requests would go on for ever: no way is longer than the links are many.
        for step in 0..=links.len() {
            if reached.is_empty() {
                break;
            }
            depths.extend(reached.iter().map(|it| (*it, step)));
            let next = requests.iter().filter(|(from, _)| reached.contains(from));
            reached = next.map(|(_, to)| *to).collect();
        }
        Self(depths)
    }

    /// What no request reaches comes last.
    pub fn of(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or(usize::MAX)
    }
}
