//! The same sale over the design with one option changed: what is compared is what would be deployed.

use super::report::{Report, run};
use crate::design::{DatabaseKind, Design, LostZone, Setting};
use crate::text::{Text, text};

/// A row of the comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Stable word for it.
    pub id: &'static str,
    pub title: Text,
    /// Options that are set, and to what; none for the design as it is.
    pub changes: Vec<(&'static str, String)>,
    /// The design with them.
    pub design: Design,
    pub report: Report,
}

/// The design as it is.
pub const OWN: Text = text("sale.variant.own", "As designed");

/// The design as it is, then each change that means something to it.
pub fn variants(design: &Design) -> Vec<Row> {
    let own = row(design, "own", OWN, Vec::new());
    own.into_iter().chain(others(design)).collect()
}

/// Each change that means something to a design, played when it is asked for.
pub fn others(design: &Design) -> impl Iterator<Item = Row> + use<> {
    let design = design.clone();
    let changes = changes(&design).into_iter();
    changes.filter_map(move |(id, title, changes)| {
        let row = row(&design, id, title, changes)?;
        (row.design != design).then_some(row)
    })
}

fn row(
    design: &Design,
    id: &'static str,
    title: Text,
    changes: Vec<(&'static str, String)>,
) -> Option<Row> {
    let set = changes.iter();
    let design = set.fold(design.clone(), |it, (key, given)| it.with(key, given));
    let report = run(&design)?;
    Some(Row {
        id,
        title,
        changes,
        design,
        report,
    })
}

type Change = (&'static str, Text, Vec<(&'static str, String)>);

fn changes(design: &Design) -> Vec<Change> {
    let mut all = Vec::new();
    if design.burst.enabled {
        all.extend(orders(design));
    }
    if design.has_application() {
        all.extend(pages(design));
    }
    let (title, zone) = match design.sale.zone {
        LostZone::None => (text("sale.variant.zone", "Zone a lost in the middle"), "a"),
        LostZone::A | LostZone::B | LostZone::C | LostZone::D | LostZone::E | LostZone::F => {
            (text("sale.variant.zone-off", "No zone lost"), "none")
        }
    };
    let lost = ("sale.zone", zone.to_owned());
    all.push(("zone", title, vec![lost.clone()]));
    let both = match (design.burst.queue, design.sale.zone == LostZone::None) {
        (true, true) => Some(text(
            "sale.variant.zone-queue-off",
            "Zone a lost in the middle, without the queue",
        )),
        (false, false) => Some(text(
            "sale.variant.zone-queue",
            "No zone lost, with a queue",
        )),
        (true, false) | (false, true) => None,
    };
    if let Some(title) = both.filter(|_| design.burst.enabled) {
        let queue = toggled("burst.queue", design.burst.queue);
        all.push(("zone-queue", title, vec![lost, queue]));
    }
    all
}

fn toggled(key: &'static str, now: bool) -> (&'static str, String) {
    (key, (!now).to_string())
}

fn orders(design: &Design) -> Vec<Change> {
    let burst = &design.burst;
    let queue = toggled("burst.queue", burst.queue);
    let to_table = burst.store.show() == "table";
    let store = (
        "burst.store",
        if to_table { "database" } else { "table" }.to_owned(),
    );
    let without = if burst.queue {
        text("sale.variant.queue-off", "Without the queue")
    } else {
        text("sale.variant.queue", "With a queue")
    };
    let elsewhere = if to_table {
        text("sale.variant.database", "Orders into the database")
    } else {
        text("sale.variant.table", "Orders into a table")
    };
    let both = match (burst.queue, to_table) {
        (true, true) => text(
            "sale.variant.database-queue-off",
            "Orders into the database, without the queue",
        ),
        (true, false) => text(
            "sale.variant.table-queue-off",
            "Orders into a table, without the queue",
        ),
        (false, true) => text(
            "sale.variant.database-queue",
            "Orders into the database, with a queue",
        ),
        (false, false) => text(
            "sale.variant.table-queue",
            "Orders into a table, with a queue",
        ),
    };
    let mut all = vec![("queue", without, vec![queue.clone()])];
    if design.has_application() {
        all.push(("store", elsewhere, vec![store.clone()]));
        all.push(("queue-store", both, vec![queue, store]));
    }
    if to_table {
        let title = if burst.dax {
            text("sale.variant.dax-off", "Without DAX")
        } else {
            text("sale.variant.dax", "With DAX")
        };
        all.push(("dax", title, vec![toggled("burst.dax", burst.dax)]));
    }
    all
}

fn pages(design: &Design) -> Vec<Change> {
    let (edge, seconds) = if design.edge.keeps_pages() {
        (
            text("sale.variant.edge-off", "Without pages in the edge cache"),
            "0",
        )
    } else {
        (
            text("sale.variant.edge", "Pages in the edge cache for 10 s"),
            "10",
        )
    };
    let mut at_edge = vec![("edge.dynamic_seconds", seconds.to_owned())];
    if seconds == "0" {
        at_edge.push(("edge.stale_seconds", seconds.to_owned()));
    } else {
        at_edge.push(("edge.cloudfront", "true".to_owned()));
    }
    let cache = if design.cache.enabled {
        text("sale.variant.cache-off", "Without ElastiCache")
    } else {
        text("sale.variant.cache", "With ElastiCache")
    };
    let (warm, beforehand) = if design.fleet.prewarm_size.get() > 0 {
        let off = text("sale.variant.warm-off", "Without instances beforehand");
        (off, "0".to_owned())
    } else {
        let on = text("sale.variant.warm", "All instances beforehand");
        (on, design.fleet.max.show())
    };
    let mut ahead = vec![("fleet.prewarm_size", beforehand)];
    if design.fleet.prewarm_size.get() == 0
        && design.database.kind == DatabaseKind::AuroraServerless
    {
        ahead.push(("database.min_acu", design.database.max_capacity.show()));
    }
    vec![
        ("edge", edge, at_edge),
        (
            "cache",
            cache,
            vec![toggled("cache.enabled", design.cache.enabled)],
        ),
        ("warm", warm, ahead),
    ]
}
