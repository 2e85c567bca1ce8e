//! What leads where: which ways turn back, which way is the main one out of each state, and the chains that follow from it.

use std::collections::BTreeMap;

use super::picture::{Kind, Why};
use super::words::short;
use crate::states::{Graph, Why as Cause};

/// A way between two states, by index.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub from: usize,
    pub to: usize,
    pub why: Why,
    pub words: Vec<String>,
    pub caption: Option<String>,
    /// Leads to a state that is drawn further up.
    pub is_rising: bool,
}

/// The ways of a machine, and its states in chains: each begins where the others leave off, the first with the start.
pub(super) struct Flow {
    pub links: Vec<Link>,
    pub chains: Vec<Vec<usize>>,
    /// The state that the main way out of each leads to.
    pub main: Vec<Option<usize>>,
    /// The states, each behind what leads to it.
    pub order: Vec<usize>,
}

/// An alternative that begins right behind a fork is drawn there, though a way of more states than this leads to it too.
const DETOUR: usize = 4;

pub(super) fn flow(graph: &Graph) -> Flow {
    let mut links = links(graph);
    let count = graph.nodes.len();
    turn_back(count, &mut links);
    let order = order(count, &links);
    rise(count, &mut links, &order);
    let order = self::order(count, &links);
    let main = main_ways(graph, &links, &order);
    Flow {
        chains: chains(&order, &main),
        links,
        main,
        order,
    }
}

/// One link for all edges between the same two states.
fn links(graph: &Graph) -> Vec<Link> {
    let places: BTreeMap<&str, usize> = graph
        .nodes
        .iter()
        .map(|it| it.name.as_str())
        .zip(0..)
        .collect();
    let mut links: Vec<Link> = Vec::new();
    for edge in &graph.edges {
        let ends = (places.get(edge.from.as_str()), places.get(edge.to.as_str()));
        let (Some(&from), Some(&to)) = ends else {
            continue;
        };
        let (why, words, caption) = match &edge.why {
            Cause::Next => (Why::Next, Vec::new(), None),
            Cause::Choice(it) => (Why::Choice, vec![it.clone()], short(it)),
            Cause::Default => (Why::Choice, Vec::new(), None),
            Cause::Catch(errors) => (Why::Catch, errors.clone(), None),
        };
        match links.iter_mut().find(|it| it.from == from && it.to == to) {
            Some(link) => {
                link.why = link.why.min(why);
                link.words.extend(words);
                // Two conditions are no short words.
                link.caption = None;
            }
            None => links.push(Link {
                from,
                to,
                why,
                words,
                caption,
                is_rising: false,
            }),
        }
    }
    links
}

/// Marks the ways that close a loop, in a walk that follows first what leads to most.
fn turn_back(count: usize, links: &mut [Link]) {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, link) in links.iter().enumerate() {
        out[link.from].push(at);
    }
    let reach: Vec<usize> = (0..count).map(|it| reached(it, links, &out)).collect();
    for ways in &mut out {
        ways.sort_by_key(|at| {
            let link = &links[*at];
            (link.why == Why::Catch, usize::MAX - reach[link.to], *at)
        });
    }
    let mut seen = vec![false; count];
    let mut is_open = vec![false; count];
    for start in 0..count {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        is_open[start] = true;
        let mut walk = vec![(start, 0)];
        while let Some((node, next)) = walk.last_mut() {
            let Some(&way) = out[*node].get(*next) else {
                is_open[*node] = false;
                walk.pop();
                continue;
            };
            *next += 1;
            let to = links[way].to;
            if is_open[to] {
                links[way].is_rising = true;
            } else if !seen[to] {
                seen[to] = true;
                is_open[to] = true;
                walk.push((to, 0));
            }
        }
    }
}

fn reached(from: usize, links: &[Link], out: &[Vec<usize>]) -> usize {
    let mut seen = vec![false; out.len()];
    let mut open = vec![from];
    let mut found = 0;
    while let Some(node) = open.pop() {
        for &way in &out[node] {
            let to = links[way].to;
            if !seen[to] {
                seen[to] = true;
                found += 1;
                open.push(to);
            }
        }
    }
    found
}

/// The states so that every way that does not rise leads forward; the first of the graph first where there is a choice.
fn order(count: usize, links: &[Link]) -> Vec<usize> {
    let mut before = vec![0; count];
    for link in links.iter().filter(|it| !it.is_rising) {
        before[link.to] += 1;
    }
    let mut order = Vec::with_capacity(count);
    let mut is_done = vec![false; count];
    while let Some(next) = (0..count).find(|it| !is_done[*it] && before[*it] == 0) {
        is_done[next] = true;
        order.push(next);
        for link in links.iter().filter(|it| !it.is_rising && it.from == next) {
            before[link.to] -= 1;
        }
    }
    order
}

/// Lets the long ways to an alternative rise, so that it stands beside the other one instead of far below. What every way
/// from the fork comes to is no alternative.
fn rise(count: usize, links: &mut [Link], order: &[usize]) {
    let mut depth = vec![0; count];
    for &node in order {
        for link in links.iter().filter(|it| !it.is_rising && it.from == node) {
            depth[link.to] = depth[link.to].max(depth[node] + 1);
        }
    }
    for &node in order {
        let into: Vec<usize> = (0..links.len())
            .filter(|it| links[*it].to == node && !links[*it].is_rising)
            .collect();
        let fork = into
            .iter()
            .map(|it| &links[*it])
            .filter(|it| it.why != Why::Catch)
            .map(|it| it.from)
            .min_by_key(|it| depth[*it]);
        let Some(fork) = fork else {
            continue;
        };
        if into
            .iter()
            .all(|it| depth[links[*it].from] < depth[fork] + DETOUR)
            || is_passed_always(count, links, fork, node)
        {
            continue;
        }
        let is_behind = behind(count, links, fork);
        for it in into {
            let from = links[it].from;
            if depth[from] >= depth[fork] + DETOUR && is_behind[from] {
                links[it].is_rising = true;
            }
        }
    }
}

fn behind(count: usize, links: &[Link], from: usize) -> Vec<bool> {
    let mut seen = vec![false; count];
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        for link in links.iter().filter(|it| !it.is_rising && it.from == node) {
            if !seen[link.to] {
                seen[link.to] = true;
                open.push(link.to);
            }
        }
    }
    seen
}

/// Whether no way from one state to an end leaves out another.
fn is_passed_always(count: usize, links: &[Link], from: usize, via: usize) -> bool {
    let mut seen = vec![false; count];
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        let mut is_end = true;
        for link in links.iter().filter(|it| !it.is_rising && it.from == node) {
            is_end = false;
            if link.to != via && !seen[link.to] {
                seen[link.to] = true;
                open.push(link.to);
            }
        }
        if is_end {
            return false;
        }
    }
    true
}

/// What a state counts for when ways are compared: what calls most, and a failure nothing.
fn weight(kind: Kind, at: &Graph, node: usize) -> usize {
    match kind {
        Kind::Map => 3 + at.nodes[node].inner.as_ref().map_or(0, |it| it.nodes.len()) / 8,
        Kind::Task => 2,
        Kind::Choice | Kind::Wait | Kind::Succeed => 1,
        Kind::Pass | Kind::Fail => 0,
    }
}

/// The state that the main way out of each leads to: the one with most to do on the way to an end.
fn main_ways(graph: &Graph, links: &[Link], order: &[usize]) -> Vec<Option<usize>> {
    let count = graph.nodes.len();
    let mut value = vec![0; count];
    let mut main = vec![None; count];
    for &node in order.iter().rev() {
        let ways = links
            .iter()
            .filter(|it| !it.is_rising && it.from == node && it.why != Why::Catch);
        let ways: Vec<&Link> = ways.collect();
        let targets: Vec<usize> = ways.iter().map(|it| it.to).collect();
        let is_joined = |to: usize| {
            let mut others = targets.iter().filter(|it| **it != to);
            others.any(|it| behind(count, links, *it)[to])
        };
        // Of equal ones that which is taken otherwise, then the first.
        main[node] = ways
            .iter()
            .rev()
            .max_by_key(|it| (value[it.to], is_joined(it.to), it.words.is_empty()))
            .map(|it| it.to);
        let rest = main[node].map_or(0, |it| value[it]);
        value[node] = rest + weight(Kind::of(graph.nodes[node].kind), graph, node);
    }
    main
}

fn chains(order: &[usize], main: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut is_taken = vec![false; main.len()];
    let mut chains = Vec::new();
    for &start in order {
        let mut chain = Vec::new();
        let mut next = Some(start);
        while let Some(node) = next.filter(|it| !is_taken[*it]) {
            is_taken[node] = true;
            chain.push(node);
            next = main[node];
        }
        if !chain.is_empty() {
            chains.push(chain);
        }
    }
    chains
}
