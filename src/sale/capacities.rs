//! What the parts of a system can do, and what is asked of them: all that the play reads.

use crate::design::{BENDS, Curve};

/// Thousandths of something a second.
pub type Rate = u64;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// Requests a second before the sale, orders among them.
    pub base: u32,
    /// Share of them that are orders, 0 to 100.
    pub order_percent: u32,
    pub curve: Curve<BENDS>,
    /// Milliseconds until an order is stored.
    pub write_ms: u32,
    /// Whether a client that is told 429 sends its order again.
    pub retry: bool,
}

/// What the parts can do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Capacities {
    /// Share of the pages that the edge locations answer, 0 to 100.
    pub edge_percent: u32,
    /// The web instances; `None`: nothing answers pages, and nobody asks for any.
    pub web: Option<Fleet>,
    /// Share of the pages' reads that a cache beside the database answers, 0 to 100.
    pub cache_percent: u32,
    pub database: Option<Database>,
    /// What takes orders in; `None`: the web instances do.
    pub burst: Option<Burst>,
}

/// Instances that a group keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fleet {
    pub least: u32,
    pub desired: u32,
    /// Instances that it is raised to before the sale, by the clock; 0: it is not.
    pub beforehand: u32,
    pub most: u32,
    /// Stopped instances that stand by.
    pub warm: u32,
    /// What an instance does with all of its processors.
    pub each: Rate,
    pub scaling: Scaling,
    /// Seconds from launch to the first request.
    pub ready_s: u32,
}

/// What makes a group grow and shrink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scaling {
    None,
    /// Holds average use near a value, in percent.
    Tracks(u32),
    /// Holds the orders that wait for each instance near a number.
    Backlog(u32),
    /// Adds one above a value and takes one away below the other, in percent.
    Steps {
        above: u32,
        below: u32,
    },
}

/// A relational database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Database {
    pub writer: Power,
    /// Queries a second of all read replicas together, or of Aurora Serverless the thousandths of the writer's power that its
    /// readers have together; 0: there is none, and the writer takes the reads.
    pub readers: Rate,
    /// Connections that the functions can have; `None`: a proxy shares them out.
    pub connections: Option<u32>,
}

/// Queries a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    Fixed(Rate),
    /// Aurora Serverless: from so many thousandths of a capacity unit to so many, each unit worth a rate.
    Elastic {
        least: u64,
        most: u64,
        unit: Rate,
    },
}

/// The path that orders take past the web instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burst {
    /// Orders a second that the API lets in, and how many at once; `None`: as many as AWS lets in.
    pub gate: Option<Gate>,
    /// Orders a second that the function behind the API can hand on; `None`: the API hands them on itself.
    pub taker: Option<Rate>,
    /// `None`: the function behind the API stores each order before it answers.
    pub queue: Option<Queue>,
    pub consumer: Consumer,
    pub store: Store,
}

/// A token bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// Requests a second.
    pub rate: Rate,
    /// Requests at once.
    pub burst: u64,
}

/// Where orders wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    /// Seconds that a received order is hidden from others.
    pub visibility_s: u32,
    /// Receives after which an order goes to the dead letters; `None`: it comes back for ever.
    pub receives: Option<u32>,
}

/// What works orders off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consumer {
    Functions {
        /// Runs at once at the most.
        runs: u32,
        /// Orders that a run gets at the most.
        batch: u32,
        /// Seconds that a run may take.
        timeout_s: u32,
        /// Whether a run says what it could not do, so that the rest of its batch counts.
        reports: bool,
    },
    Instances(Fleet),
}

/// Where orders are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    Table(Table),
    Database,
    /// Nothing in the design takes them: they are all there is to be asked.
    Elsewhere,
}

/// A DynamoDB table on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Write units that an order takes of the table, and as many of each index: every one of them has its own throughput.
    pub units: u64,
    /// Indexes.
    pub indexes: u64,
    /// Share of the reads that DAX answers, 0 to 100.
    pub cache_percent: u32,
    /// Write units a second that it was warmed for; 0: not at all.
    pub warm: u64,
}
