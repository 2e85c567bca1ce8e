//! Where chains stand: each in a column of its own or under another one, the first straight down the middle.

use super::chain::regrouped;
use super::flow::{Flow, Link};
use super::picture::Form;
use super::settle::{Under, settled};

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
const NEW_COLUMN_TALL: f64 = 300.0;
const COLUMN: f64 = 30.0;
/// What a branch under the middle costs, unless it leads back up.
const MIDDLE: f64 = 60.0;
/// What a unit that a branch is further down than its fork costs, compared with a unit that the whole becomes higher.
const LOWER: f64 = 0.6;

/// Where everything stands.
pub(super) struct Stacked {
    pub chains: Vec<Vec<usize>>,
    /// Column of each chain.
    pub columns: Vec<usize>,
    /// Upper side of each state.
    pub tops: Vec<f64>,
}

struct Stack<'a> {
    blocks: &'a [Block],
    flow: &'a Flow,
    chains: &'a [Vec<usize>],
    /// Between two states, one under the other.
    gap: f64,
    unders: Vec<Under>,
    /// Column of each chain that has one.
    columns: Vec<Option<usize>>,
    new_column: f64,
    /// States that nothing is to stand beside.
    broad: &'a [usize],
    /// Upper side of each state.
    tops: Vec<f64>,
}

/// Stacks the chains.
pub(super) fn stack(
    blocks: &[Block],
    flow: &Flow,
    form: Form,
    gap: f64,
    broad: &[usize],
) -> Stacked {
    let count = blocks.len();
    let tops = settled(count, &unders(blocks, flow, &flow.chains, gap)).unwrap_or_default();
    let chains = regrouped(flow, blocks, &tops);
    let unders = unders(blocks, flow, &chains, gap);
    let mut stack = Stack {
        blocks,
        flow,
        chains: &chains,
        gap,
        tops: settled(count, &unders).unwrap_or_else(|| vec![0.0; count]),
        unders,
        new_column: match form {
            Form::Wide => NEW_COLUMN,
            Form::Tall => NEW_COLUMN_TALL,
        },
        broad,
        columns: vec![None; chains.len()],
    };
    // What stands alone comes next to its fork; the long ones go around.
    let mut order: Vec<usize> = (0..chains.len()).collect();
    let place = |it: usize| {
        let head = chains[it].first();
        flow.order.iter().position(|node| Some(node) == head)
    };
    order.sort_by_key(|it| (*it > 0, chains[*it].len() > 3, place(*it)));
    for chain in order {
        stack.add(chain);
    }
    Stacked {
        columns: stack.columns.iter().map(|it| it.unwrap_or(0)).collect(),
        tops: stack.tops,
        chains,
    }
}

/// Each state under the one before it in its chain, and no way upwards.
fn unders(blocks: &[Block], flow: &Flow, chains: &[Vec<usize>], gap: f64) -> Vec<Under> {
    let mut unders = Vec::new();
    for chain in chains {
        for pair in chain.windows(2) {
            if let [upper, lower] = *pair {
                let by = blocks[upper].height + gap;
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
        let nodes = &self.chains[chain];
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
        let nodes = &self.chains[chain];
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
            let fresh = if column > last { self.new_column } else { 0.0 };
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
        let Some(head) = self.chains[chain].first() else {
            return 0;
        };
        let leads = |it: &&Link| it.to == *head && !it.is_rising;
        let from = self.flow.links.iter().find(leads).map(|it| it.from);
        let home = from.and_then(|node| {
            let mut all = self.chains.iter();
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
            let (upper, lower) = if mine.1 + self.gap <= its.0 {
                (chain, other)
            } else {
                (other, chain)
            };
            let ends = (self.chains[upper].last(), self.chains[lower].first());
            unders = self.with(unders, ends)?;
            tops = settled(self.blocks.len(), &unders)?;
        }
        let own = &self.chains[chain];
        for node in self.broad.iter().filter(|it| !own.contains(it)) {
            let (top, bottom) = self.span(chain, &tops);
            let its = (tops[*node], tops[*node] + self.blocks[*node].height);
            if bottom <= its.0 || top >= its.1 {
                continue;
            }
            let over = self.with(unders.clone(), (own.last(), Some(node)))?;
            (unders, tops) = match settled(self.blocks.len(), &over) {
                Some(tops) => (over, tops),
                None => {
                    let under = self.with(unders, (Some(node), own.first()))?;
                    let tops = settled(self.blocks.len(), &under)?;
                    (under, tops)
                }
            };
        }
        Some((unders, tops))
    }

    /// The demands with one state under another.
    fn with(
        &self,
        mut unders: Vec<Under>,
        (upper, lower): (Option<&usize>, Option<&usize>),
    ) -> Option<Vec<Under>> {
        let (&upper, &lower) = upper.zip(lower)?;
        let by = self.blocks[upper].height + self.gap;
        unders.push(Under { upper, lower, by });
        Some(unders)
    }
}
