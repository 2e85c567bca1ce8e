//! The life of scheduled NAT gateways: the exported state machine runs against a model of AWS, and whatever is left behind
//! is told.
//!
//! [`Scene::new`] reads the definition; [`play`] runs it on a clock, with [`Fault`]s, and gives every step with the world
//! after it; [`judge`] says whether anything is there that is not meant to be. The model check in `tests/lifecycle.rs` takes
//! the same pieces without the clock, in every order.

mod account;
mod deployed;
mod ec2;
mod expression;
mod fault;
mod figure;
mod play;
mod player;
mod scene;
mod strike;
mod sweeper;
mod tell;
mod time;
mod twin;
mod verdict;
mod world;

pub use account::{Account, Address, Gateway, Stage, Tags, Target};
pub use deployed::{Condition, Deployed};
pub use ec2::Refusal;
pub use fault::{Fault, faults};
pub use figure::{CALL_S, DELETING_S, PENDING_S};
pub use play::{Happening, Moment, Play, PlayedRun, Start, play};
pub use scene::{Planned, Scene};
pub use strike::refusal;
pub use sweeper::{Sweeper, Swept};
pub use time::iso;
pub use twin::Function;
pub use verdict::{Action, Ending, Left, Outcome, Verdict, judge};
pub use world::{Names, Published, World};
