//! What a sale came to, in sentences: the same on the page and on the command line.

use super::report::Report;
use crate::text::{Message, text};

impl Report {
    /// A sentence each on orders, queue, pages, stores and cost, as far as the design has them.
    pub fn words(&self) -> Vec<Message> {
        let mut all = vec![self.orders()];
        all.extend(self.queue());
        all.extend(self.pages());
        all.extend(self.stores());
        all.push(self.price());
        all
    }

    fn orders(&self) -> Message {
        let sums = &self.course.totals;
        let settled = sums.stored + sums.lost + sums.refused + sums.dead;
        let left = sums.orders.saturating_sub(settled);
        text(
            "sale.words.orders",
            "Of {orders} orders {stored} are stored, {lost} are lost, {refused} were refused, {dead} are with the dead letters, and {left} are still on their way.",
        )
        .with("orders", sums.orders)
        .with("stored", sums.stored)
        .with("lost", sums.lost)
        .with("refused", sums.refused)
        .with("dead", sums.dead)
        .with("left", left)
    }

    fn queue(&self) -> Option<Message> {
        self.capacities.burst?.queue?;
        let it = &self.summary;
        let words = match it.drain_s {
            _ if it.depth <= 1 => text(
                "sale.words.queue-short",
                "The queue never grows; up to {consumers} work it off at once.",
            )
            .into(),
            Some(seconds) => text(
                "sale.words.queue",
                "The queue holds {depth} orders at most, in minute {minute}; the oldest waits {age}, and it is empty {drain} after the sale, with up to {consumers} that work it off at once.",
            )
            .with("drain", span(seconds)),
            None => text(
                "sale.words.queue-full",
                "The queue holds {depth} orders at most, in minute {minute}; the oldest waits {age}, and after two hours it is not empty, with up to {consumers} that work it off at once.",
            )
            .into(),
        };
        Some(
            words
                .with("depth", it.depth)
                .with("minute", it.depth_at / 60)
                .with("age", span(it.oldest_s))
                .with("consumers", it.consumers),
        )
    }

    fn pages(&self) -> Option<Message> {
        self.capacities.web?;
        let sums = &self.course.totals;
        let words = text(
            "sale.words.pages",
            "Of {pages} pages {edge} come from the edge cache and {failed} fail ({share} %); the slowest second takes {latency} ms, with up to {fleet} web instances.",
        );
        Some(
            words
                .with("pages", sums.pages)
                .with("edge", sums.edge)
                .with("failed", sums.failed)
                .with("share", format!("{:.1}", self.failed_percent()))
                .with("latency", self.summary.latency_ms)
                .with("fleet", self.summary.fleet),
        )
    }

    /// Pages that failed, in percent of those that were asked for.
    pub fn failed_percent(&self) -> f64 {
        let sums = &self.course.totals;
        sums.failed as f64 * 100.0 / sums.pages.max(1) as f64
    }

    fn stores(&self) -> Vec<Message> {
        let it = &self.summary;
        let mut all = Vec::new();
        if self.capacities.database.is_some() {
            let words = text(
                "sale.words.database",
                "The database is asked for {percent} % of what it can do at the most.",
            );
            all.push(words.with("percent", it.database));
        }
        if self.parts.table.is_some() {
            let words = text(
                "sale.words.table",
                "The table is asked for {percent} % of what it takes at the most, and throttles {throttled} orders.",
            );
            all.push(
                words
                    .with("percent", it.table)
                    .with("throttled", it.table_throttled),
            );
        }
        all
    }

    fn price(&self) -> Message {
        let words = if self.is_priced() {
            text(
                "sale.words.cost",
                "These {minutes} minutes cost {dollars} USD.",
            )
        } else {
            text(
                "sale.words.cost-open",
                "These {minutes} minutes cost {dollars} USD, without what has no price here.",
            )
        };
        words
            .with("minutes", self.course.ticks.len() / 60)
            .with("dollars", self.dollars().to_string())
    }
}

/// Seconds up to two minutes, then minutes.
pub fn span(seconds: u32) -> Message {
    if seconds < 120 {
        text("sale.span.seconds", "{count} s").with("count", seconds)
    } else {
        text("sale.span.minutes", "{count} min").with("count", (seconds + 30) / 60)
    }
}

/// How long a queue took to be empty for good; `None`: longer than a sale is played.
pub fn drained(seconds: Option<u32>) -> Message {
    seconds.map_or_else(|| text("sale.span.longer", "> 2 h").into(), span)
}
