//! A state machine as a picture: the way to a good end runs straight down, alternatives stand beside it, and what a Map runs
//! stands inside of it. No state of the picture depends on how a run stands: the page lights states with classes.

mod caption;
mod chain;
mod flow;
mod lane;
mod picture;
mod place;
mod print;
mod route;
mod settle;
mod sign;
mod size;
mod stack;
mod words;

pub use picture::{Caption, Form, Kind, Picture, Shape, Way, Why};
pub use place::lay;
pub use print::{markup, svg};
