//! Azimuth draws a multi-AZ AWS architecture, breaks it, fixes it and deploys it.
//!
//! ```text
//! blueprint ─▶ Design ─expand─▶ Topology ─┬─▶ Drawing    diagram::draw, diagram::svg
//!     ▲          │  ▲                     ├─▶ Findings   checks::check
//!     └── link ──┘  └─ edit, undo         ├─▶ Timeline   failure::play, failure::sweep
//!         file                            ├─▶ Play       lifecycle::play, of the exported state machine
//!                                         ├─▶ Bill       cost::bill
//!                                         └─▶ Stacks     cloudformation::print ─▶ export::files ─▶ zip
//! ```
//!
//! [`sale::run`] plays a flash sale over what the topology can do, and [`sale::variants`] the same sale over the design with one
//! option changed. [`compare::egress`] prices and plays a design once for each way out. Every arrow is a pure function of its arguments: no clock, no randomness, no browser, no hash-map order.
//!
//! - **The topology is the CloudFormation**: one typed node a resource. What is drawn, checked, failed and priced is what
//!   gets deployed. What a state machine of the templates makes for hours is a node too, with its maker's name
//!   ([`topology::Node::made_by`]), and is not printed.
//! - **One type leaves the program**: [`design::Design`], as a file or a link, both versioned.
//! - **Layers point one way**: `{lookup, text} < states < aws < topology < design < blueprint < {checks, cloudformation, cost,
//!   diagram, failure, lifecycle} < {compare, export, sale} < ui`; the six stages never use one another. `tests/layers.rs` holds this.
//! - **Absent on purpose**: a server, accounts, telemetry, AWS's own artwork, IPv6, network ACLs other than the default one,
//!   transit gateways.
//!
//! In reading order:

pub mod text;

mod lookup;

pub mod states;

pub mod aws;

pub mod topology;

pub mod design;

pub mod blueprint;

pub mod checks;
pub mod cloudformation;
pub mod cost;
pub mod diagram;
pub mod failure;
pub mod lifecycle;

pub mod compare;
pub mod export;
pub mod sale;

#[cfg(target_arch = "wasm32")]
pub mod ui;
