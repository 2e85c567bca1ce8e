//! Where chains stand: each in a column of its own or under another one, the first straight down the middle.

use super::flow::{Flow, Link};

/// Between two states, one under the other.
pub(super) const GAP: f64 = 18.0;

/// A state's size, with the line that its chain runs along and the heights that ways leave and come at its sides.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Block {
    pub width: f64,
    pub height: f64,
    /// From the left side to the line.
    pub axis: f64,
    /// From the upper side.
    pub way_in: f64,
    pub way_out: f64,
}

/// What a new column costs, and each column that a branch is away from its fork, in units of height.
const NEW_COLUMN: f64 = 70.0;
const COLUMN: f64 = 30.0;
/// What a branch under the middle costs, unless it leads back up.
const MIDDLE: f64 = 60.0;
/// What a unit that a branch is further down than its fork costs, compared with a unit that the whole becomes higher.
const LOWER: f64 = 0.6;
/// More than this between two states is no chain.
const FAR: f64 = 90.0;

/// One state at least so far under another.
#[derive(Clone, Copy)]
struct Under {
    upper: usize,
    lower: usize,
    by: f64,
}

pub(super) struct Stack<'a> {
    blocks: &'a [Block],
    flow: &'a Flow,
    unders: Vec<Under>,
    /// Column of each chain that has one.
    columns: Vec<Option<usize>>,
    /// Upper side of each state.
    pub tops: Vec<f64>,
}

/// The upper side of each state, and the column of each chain.
pub(super) fn stack(blocks: &[Block], flow: &mut Flow) -> (Vec<f64>, Vec<usize>) {
    let tops = settled(blocks.len(), &unders(blocks, flow)).unwrap_or_default();
    cut(flow, blocks, &tops);
    let flow = &*flow;
    let unders = unders(blocks, flow);
    let mut stack = Stack {
        blocks,
        flow,
        tops: settled(blocks.len(), &unders).unwrap_or_else(|| vec![0.0; blocks.len()]),
        unders,
        columns: vec![None; flow.chains.len()],
    };
    // What stands alone comes next to its fork; the long ones go around.
    let mut order: Vec<usize> = (0..flow.chains.len()).collect();
    let place = |it: usize| {
        flow.order
            .iter()
            .position(|node| flow.chains[it].first() == Some(node))
    };
    order.sort_by_key(|it| (*it > 0, flow.chains[*it].len() > 3, place(*it)));
    for chain in order {
        stack.add(chain);
    }
    let columns = stack.columns.iter().map(|it| it.unwrap_or(0)).collect();
    (stack.tops, columns)
}

/// Ends a chain where its next state must stand far below: that one belongs to what it stands beside.
fn cut(flow: &mut Flow, blocks: &[Block], tops: &[f64]) {
    let chains = std::mem::take(&mut flow.chains);
    for (place, chain) in chains.into_iter().enumerate() {
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for node in chain {
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
        flow.chains.extend(parts);
    }
    join(flow, blocks, tops);
}

/// Hangs a chain under the one that leads to its first state, if that is near.
fn join(flow: &mut Flow, blocks: &[Block], tops: &[f64]) {
    let mut at = 1;
    while at < flow.chains.len() {
        let head = flow.chains[at].first().copied();
        let upper = (1..flow.chains.len()).find(|it| {
            let last = flow.chains[*it].last().copied();
            let is_near = |(last, head): (usize, usize)| {
                flow.main[last] == Some(head) && tops[head] < tops[last] + blocks[last].height + FAR
            };
            *it != at && last.zip(head).is_some_and(is_near)
        });
        let Some(upper) = upper else {
            at += 1;
            continue;
        };
        let rest = std::mem::take(&mut flow.chains[at]);
        flow.chains[upper].extend(rest);
        flow.chains.remove(at);
    }
}

fn unders(blocks: &[Block], flow: &Flow) -> Vec<Under> {
    let mut unders = Vec::new();
    for chain in &flow.chains {
        for pair in chain.windows(2) {
            if let [upper, lower] = *pair {
                let by = blocks[upper].height + GAP;
                unders.push(Under { upper, lower, by });
            }
        }
    }
    for link in flow.links.iter().filter(|it| !it.is_rising) {
        let (upper, lower) = (link.from, link.to);
        let by = blocks[upper].way_out - blocks[lower].way_in;
        unders.push(Under { upper, lower, by });
    }
    unders
}

/// Every state as far up as it may be; nothing where the demands contradict each other.
fn settled(count: usize, unders: &[Under]) -> Option<Vec<f64>> {
    let mut before = vec![0; count];
    // Where the demands of each upper state begin, in their order.
    let mut starts = vec![0; count + 1];
    for it in unders {
        before[it.lower] += 1;
        starts[it.upper + 1] += 1;
    }
    for node in 0..count {
        starts[node + 1] += starts[node];
    }
    let mut places = starts.clone();
    let mut sorted = vec![0; unders.len()];
    for (at, it) in unders.iter().enumerate() {
        sorted[places[it.upper]] = at;
        places[it.upper] += 1;
    }
    let mut tops = vec![f64::MIN; count];
    let mut open: Vec<usize> = (0..count).filter(|it| before[*it] == 0).collect();
    for it in &open {
        tops[*it] = 0.0;
    }
    let mut done = 0;
    while let Some(node) = open.pop() {
        done += 1;
        for at in &sorted[starts[node]..starts[node + 1]] {
            let it = &unders[*at];
            tops[it.lower] = tops[it.lower].max(tops[node] + it.by);
            before[it.lower] -= 1;
            if before[it.lower] == 0 {
                open.push(it.lower);
            }
        }
    }
    (done == count).then_some(tops)
}

impl Stack<'_> {
    fn height(&self, tops: &[f64]) -> f64 {
        let bottoms = tops
            .iter()
            .zip(self.blocks)
            .map(|(top, it)| top + it.height);
        bottoms.fold(f64::MIN, f64::max)
    }

    /// Upper and lower side of a chain.
    fn span(&self, chain: usize, tops: &[f64]) -> (f64, f64) {
        let nodes = &self.flow.chains[chain];
        let top = nodes.iter().map(|it| tops[*it]).fold(f64::MAX, f64::min);
        let ends = nodes.iter().map(|it| tops[*it] + self.blocks[*it].height);
        (top, ends.fold(f64::MIN, f64::max))
    }

    /// Puts a chain where it costs least.
    fn add(&mut self, chain: usize) {
        if chain == 0 {
            self.columns[0] = Some(0);
            return;
        }
        let fork = self.fork(chain);
        let nodes = &self.flow.chains[chain];
        let mut links = self.flow.links.iter();
        let is_loop = links.any(|it| it.is_rising && nodes.contains(&it.from));
        let last = self.columns.iter().flatten().max().copied().unwrap_or(0);
        let mut best: Option<(f64, usize, Vec<Under>, Vec<f64>)> = None;
        for column in 0..=last + 1 {
            let Some((unders, tops)) = self.tried(chain, column) else {
                continue;
            };
            let higher = self.height(&tops) - self.height(&self.tops);
            let lower = self.span(chain, &tops).0 - self.span(chain, &self.tops).0;
            let fresh = if column > last { NEW_COLUMN } else { 0.0 };
            let away = column.abs_diff(fork.max(1)) as f64;
            let under = if column == 0 && !is_loop { MIDDLE } else { 0.0 };
            let cost = higher + lower * LOWER + fresh + away * COLUMN + under;
            if best.as_ref().is_none_or(|it| cost < it.0) {
                best = Some((cost, column, unders, tops));
            }
        }
        if let Some((_, column, unders, tops)) = best {
            self.columns[chain] = Some(column);
            self.unders = unders;
            self.tops = tops;
        }
    }

    /// The column that the first way to a chain comes from.
    fn fork(&self, chain: usize) -> usize {
        let Some(head) = self.flow.chains[chain].first() else {
            return 0;
        };
        let leads = |it: &&Link| it.to == *head && !it.is_rising;
        let from = self.flow.links.iter().find(leads).map(|it| it.from);
        let home = from.and_then(|node| {
            let mut all = self.flow.chains.iter();
            all.position(|it| it.contains(&node))
        });
        home.and_then(|it| self.columns[it]).unwrap_or(0)
    }

    /// The demands with a chain in a column: over or under each of the chains there.
    fn tried(&self, chain: usize, column: usize) -> Option<(Vec<Under>, Vec<f64>)> {
        let mut unders = self.unders.clone();
        let mut tops = self.tops.clone();
        let mut there: Vec<usize> = (0..self.columns.len())
            .filter(|it| self.columns[*it] == Some(column))
            .collect();
        there.sort_by(|a, b| self.span(*a, &tops).0.total_cmp(&self.span(*b, &tops).0));
        for other in there {
            let (mine, its) = (self.span(chain, &tops), self.span(other, &tops));
            let is_over = mine.1 + GAP <= its.0;
            let (upper, lower) = if is_over {
                (chain, other)
            } else {
                (other, chain)
            };
            let with = self.with(&unders, upper, lower);
            let settled = settled(self.blocks.len(), &with)?;
            (unders, tops) = (with, settled);
        }
        Some((unders, tops))
    }

    fn with(&self, unders: &[Under], upper: usize, lower: usize) -> Vec<Under> {
        let mut all = unders.to_vec();
        let ends = (
            self.flow.chains[upper].last(),
            self.flow.chains[lower].first(),
        );
        if let (Some(&upper), Some(&lower)) = ends {
            let by = self.blocks[upper].height + GAP;
            all.push(Under { upper, lower, by });
        }
        all
    }
}
