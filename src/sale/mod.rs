//! A flash sale: ten times the demand for a quarter of an hour, over the web instances and over the burst path.
//!
//! [`play`] is a pure function of what the parts can do and what is asked, second by second in whole numbers: what arrives is
//! answered, waits, is refused or is lost, and the sums say so at every second. Every figure stands in `figure.rs` with its
//! source.

mod capacities;
mod cost;
mod engine;
mod figure;
mod gate;
mod group;
mod line;
mod loss;
mod path;
mod play;
mod reading;
mod report;
mod shelf;
mod site;
mod staff;
mod tick;
mod trickle;
mod variant;
mod words;
mod zone;

pub use capacities::{
    Burst, Capacities, Consumer, Database, Demand, Fleet, Gate, Power, Queue, Rate, Scaling, Store,
    Table,
};
pub use cost::CostLine;
pub use loss::{Loss, Steps};
pub use play::play;
pub use reading::Parts;
pub use report::{Report, can_sell, run, run_on};
pub use tick::{Course, Summary, Tick, Totals};
pub use variant::{OWN, Row, others, variants};
pub use words::{drained, span};
