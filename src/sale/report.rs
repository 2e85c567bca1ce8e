//! A sale over a design: played, summed up and priced, with the figures that it rests on.

use super::capacities::{Capacities, Consumer, Demand, Power, Scaling, Store};
use super::cost::{CostLine, lines};
use super::figure::{
    ACCOUNT, AGAIN, ELASTIC, GATE, LOSS, QUERIES, READS, RETURNED, RUN, RUNS, TABLE, TRACKING,
    WAITING, WARM,
};
use super::loss::Loss;
use super::play::play;
use super::reading::{Parts, read};
use super::tick::{Course, Summary};
use super::zone::loss;
use crate::cost::{Money, Total};
use crate::design::{Assumptions, Design, FlashSale};
use crate::failure::Source;
use crate::topology::Topology;

/// A played sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub capacities: Capacities,
    pub parts: Parts,
    pub demand: Demand,
    /// The zone's loss, where one is played.
    pub loss: Option<Loss>,
    pub course: Course,
    pub summary: Summary,
    pub cost: Vec<CostLine>,
    /// The figures behind it, each once.
    pub sources: Vec<Source>,
}

impl Report {
    /// US dollars, as far as prices are known.
    pub fn dollars(&self) -> Money {
        self.total().known
    }

    /// The same, with whether every line has a price.
    pub fn total(&self) -> Total {
        Total {
            known: self.cost.iter().filter_map(|it| it.amount).sum(),
            is_complete: self.cost.iter().all(|it| it.amount.is_some()),
        }
    }

    /// Whether every line has a price.
    pub fn is_priced(&self) -> bool {
        self.total().is_complete
    }

    /// Second of the curve's last point.
    pub fn end(&self) -> u32 {
        self.demand.curve.end()
    }
}

/// Plays the sale of a design; `None` where it has nothing to sell through.
pub fn run(design: &Design) -> Option<Report> {
    run_on(&design.expand(), &design.assumptions, &design.sale)
}

/// Whether there is something to sell through: web instances, or an API that takes orders.
pub fn can_sell(topology: &Topology) -> bool {
    let (capacities, _) = read(topology, &Assumptions::default(), &FlashSale::default());
    capacities.web.is_some() || capacities.burst.is_some()
}

/// The same for a topology, whoever made it.
pub fn run_on(topology: &Topology, assumptions: &Assumptions, sale: &FlashSale) -> Option<Report> {
    let (capacities, parts) = read(topology, assumptions, sale);
    if capacities.web.is_none() && capacities.burst.is_none() {
        return None;
    }
    let demand = Demand {
        base: sale.base_rate.get(),
        order_percent: sale.orders.get(),
        curve: sale.curve.clone(),
        write_ms: sale.write_ms.get(),
        retry: sale.retry,
    };
    let page_ms = sale.page_ms.get();
    let mut course = play(&capacities, &demand, page_ms, None);
    let loss = loss(topology, assumptions, sale, (&capacities, &parts), &course);
    if loss.is_some() {
        course = play(&capacities, &demand, page_ms, loss.as_ref());
    }
    Some(Report {
        summary: course.summary(demand.curve.end()),
        cost: lines(
            topology,
            assumptions,
            (&parts, capacities.burst.is_some()),
            &course,
        ),
        sources: sources(&capacities, loss.is_some()),
        capacities,
        parts,
        demand,
        loss,
        course,
    })
}

/// What the play of these parts rests on.
fn sources(capacities: &Capacities, has_loss: bool) -> Vec<Source> {
    let mut all = Vec::new();
    if let Some(web) = capacities.web {
        all.push(WAITING);
        if web.scaling != Scaling::None {
            all.push(TRACKING);
        }
        if web.warm > 0 {
            all.push(WARM);
        }
    }
    if let Some(database) = capacities.database {
        all.push(QUERIES);
        if let Power::Elastic { .. } = database.writer {
            all.push(ELASTIC);
        }
    }
    if let Some(burst) = capacities.burst {
        all.extend([GATE, AGAIN]);
        if let Consumer::Functions { .. } = burst.consumer {
            all.extend([RUN, ACCOUNT]);
            all.extend(burst.queue.map(|_| RUNS));
        }
        all.extend(burst.queue.map(|_| RETURNED));
        if let Store::Table(_) = burst.store {
            all.extend([TABLE, READS]);
        }
    }
    all.extend(has_loss.then_some(LOSS));
    all
}
