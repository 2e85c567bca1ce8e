//! State machines in the Amazon States Language: read, run and drawn. Nothing here knows a resource of AWS.
//!
//! [`read`] takes the very definition that is exported; [`Execution`] runs it as a value that says what it waits for;
//! [`graph`] gives its states and ways. The subset is what the state machines of this project use, and what lies outside of it
//! is an error at its place.

mod choice;
mod definition;
mod execution;
mod flow;
mod graph;
mod intrinsic;
mod path;
mod read;
mod substitute;
mod template;
mod visit;

pub use choice::{Comparison, Operand, Relation, Rule, Test};
pub use definition::{
    After, Answer, Catch, Choice, Fail, Failure, Kind, Machine, Map, Pass, Retry, Seconds, Slot,
    State, Task, Wait,
};
pub use execution::{Ask, Effect, Event, Execution, Identity, Place, Status, Trace, What};
pub use graph::{Edge, Graph, Node, Why, graph};
pub use intrinsic::{Expression, Function, Unresolved};
pub use path::{Found, Path, Roots};
pub use read::read;
pub use substitute::{placeholders, substitute};
pub use template::Template;
