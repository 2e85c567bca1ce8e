//! Which states stand under each other as one chain.

use super::flow::Flow;
use super::stack::Block;

/// More than this between two states is no chain.
const FAR: f64 = 90.0;

/// The chains, so that none has states far from each other, but for the first.
pub(super) fn regrouped(flow: &Flow, blocks: &[Block], tops: &[f64]) -> Vec<Vec<usize>> {
    let mut chains = cut(&flow.chains, blocks, tops);
    join(&mut chains, &flow.main, blocks, tops);
    chains
}

/// Ends a chain where its next state must stand far below: that one belongs to what it stands beside.
fn cut(chains: &[Vec<usize>], blocks: &[Block], tops: &[f64]) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    for (place, chain) in chains.iter().enumerate() {
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for &node in chain {
            let far = |upper: &usize| {
                let bottom = tops.get(*upper).map(|it| it + blocks[*upper].height);
                tops.get(node)
                    .zip(bottom)
                    .is_some_and(|(top, it)| top - it > FAR)
            };
            match parts.last_mut() {
                Some(part) if place == 0 || !part.last().is_some_and(far) => part.push(node),
                Some(_) | None => parts.push(vec![node]),
            }
        }
        all.extend(parts);
    }
    all
}

/// Hangs a chain under the one that leads to its first state, if that is near.
fn join(chains: &mut Vec<Vec<usize>>, main: &[Option<usize>], blocks: &[Block], tops: &[f64]) {
    let mut at = 1;
    while at < chains.len() {
        let head = chains[at].first().copied();
        let upper = (1..chains.len()).find(|it| {
            let last = chains[*it].last().copied();
            let is_near = |(last, head): (usize, usize)| {
                main[last] == Some(head) && tops[head] < tops[last] + blocks[last].height + FAR
            };
            *it != at && last.zip(head).is_some_and(is_near)
        });
        let Some(upper) = upper else {
            at += 1;
            continue;
        };
        let rest = std::mem::take(&mut chains[at]);
        chains[upper].extend(rest);
        chains.remove(at);
    }
}
