//! Every figure of the play, each with where it comes from.

use crate::design::FlashSale;
use crate::failure::Source;
use crate::text::text;

/// The longest course, in seconds.
pub const LONGEST_S: u32 = 7200;
/// Seconds that are played after the curve's last point, so that what is left is worked off and groups shrink again.
pub const AFTER_S: u32 = 1800;

/// Lambda reads a standard queue with five runs at first and adds up to 300 a minute while messages are left (Lambda
/// developer guide, scaling of SQS event source mappings).
pub const FIRST_RUNS: u32 = 5;
pub const RUNS_A_SECOND: u32 = 5;
/// Runs of one event source mapping at once at the most (the same page).
pub const MOST_RUNS: u32 = 1250;
pub const RUNS: Source = Source::documented(text(
    "sale.source.runs",
    "Lambda developer guide, SQS event source mappings: five runs at first, up to 300 more a minute while messages are left, 1,250 at most",
));

/// Runs of all functions of an account in a Region at once (Lambda developer guide, quotas).
pub const ACCOUNT_RUNS: u32 = 1000;
pub const ACCOUNT: Source = Source::documented(text(
    "sale.source.account",
    "Lambda developer guide, quotas: 1,000 runs at once in an account and Region, until AWS grants more",
));

/// Milliseconds of a run before its first order and after its last.
pub const RUN_MS: u64 = FlashSale::RUN_MS as u64;
/// Milliseconds that the function takes that puts an order into the queue.
pub const TAKE_MS: u64 = 50;
pub const RUN: Source = Source::modelled(text(
    "sale.source.run",
    "50 ms for a run beside its orders, and 50 ms to put an order into the queue",
));

/// Requests a second of an account in a Region, and at once (API Gateway developer guide, throttling).
pub const GATE_RATE: u64 = 10_000;
pub const GATE_BURST: u64 = 5_000;
pub const GATE: Source = Source::documented(text(
    "sale.source.gate",
    "API Gateway developer guide, throttling: a token bucket, 10,000 requests a second and 5,000 at once unless the stage says less",
));

/// Seconds after which a client that was told 429 sends its order again, and how often in all.
pub const AGAIN_S: u32 = 10;
pub const TRIES: usize = 6;
pub const AGAIN: Source = Source::modelled(text(
    "sale.source.again",
    "whoever is told 429 tries again after 10 s, six times in all",
));

/// Write units a second of a new table on demand; later twice the peak before (DynamoDB developer guide, on-demand
/// capacity).
pub const TABLE_WRITES: u64 = 4_000;
/// Seconds over which a table has room to grow to twice its peak before (the same page: 30 minutes).
pub const TABLE_GROWS_S: u32 = 1800;
pub const TABLE: Source = Source::documented(text(
    "sale.source.table",
    "DynamoDB developer guide, on-demand capacity: 4,000 writes a second for a new table, then twice the peak of 30 minutes before",
));

/// Reads of an order's state, by its customer and by the functions.
pub const READS_AN_ORDER: u64 = 4;
/// Thousandths of a read unit for one of them: eventually consistent, up to 4 KB (DynamoDB developer guide, read units).
pub const UNITS_A_READ: u64 = 500;
pub const READS: Source = Source::modelled(text(
    "sale.source.reads",
    "four reads of each order's state, eventually consistent, of up to 4 KB",
));

/// Queries of the database for a page that no cache answers, and for an order.
pub const ORDER_QUERIES: u64 = 6;
pub const QUERIES: Source = Source::modelled(text(
    "sale.source.queries",
    "a page is one query, an order six; the processors divided by the time of a query are what the database can do",
));

/// Seconds that a client waits for a page.
pub const PATIENCE_S: u32 = 10;
pub const WAITING: Source = Source::modelled(text(
    "sale.source.waiting",
    "what is beyond the capacity waits in line; who waited 10 s has gone, and counts as failed",
));

/// One-minute points above the value until a group grows, and below until it shrinks (EC2 Auto Scaling user guide, target
/// tracking: three and fifteen).
pub const HIGH_POINTS: usize = 3;
pub const LOW_POINTS: usize = 15;
/// A group shrinks below this share of the value that it tracks, in percent.
pub const LOW_PERCENT: u32 = 70;
pub const TRACKING: Source = Source::documented(text(
    "sale.source.tracking",
    "EC2 Auto Scaling user guide, target tracking: three one-minute points above the value to grow, fifteen below 70 % of it to shrink",
));

/// Seconds until an instance of a warm pool serves.
pub const WARM_S: u32 = 30;
pub const WARM: Source = Source::modelled(text(
    "sale.source.warm",
    "30 s until a stopped instance of a warm pool serves; others take the boot time of the assumptions",
));

/// Aurora Serverless grows by so much of what it has in a second, in thousandths, and by half a unit a second at least.
pub const ELASTIC_GROWS: u64 = 50;
/// Use above which it grows, in percent.
pub const ELASTIC_ABOVE: u64 = 70;
/// Processors of a capacity unit, in thousandths: 2 GiB of memory with the processors that go with them.
pub const UNIT_PROCESSORS: u64 = 250;
pub const ELASTIC: Source = Source::modelled(text(
    "sale.source.elastic",
    "Aurora Serverless grows by 5 % a second above 70 % of its power, half a unit at least; a unit is a quarter of a processor",
));

/// The zone's loss.
pub const LOSS: Source = Source::modelled(text(
    "sale.source.loss",
    "the same course as Simulate plays: replaced instances, failover, load balancer nodes and network interfaces",
));

pub const RETURNED: Source = Source::documented(text(
    "sale.source.returned",
    "SQS developer guide, visibility timeout and dead-letter queues: what was not stored comes back, and goes to the dead letters after its last receive",
));
