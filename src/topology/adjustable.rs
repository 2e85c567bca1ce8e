//! What stays changeable at deployment: a parameter of a stack that stands for values which the resources hold.

use crate::aws::{Name, Value};
use crate::text::Text;

/// A parameter whose default is what the design says. The topology holds the value itself, so that it can be drawn, checked
/// and priced; only a printed template refers to the parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjustable {
    pub name: &'static str,
    pub takes: Takes,
    /// Heading in the console's form.
    pub group: Text,
    pub label: Text,
    pub description: Text,
    /// Nodes of the stack, and where their properties hold the value: `LaunchTemplateData.InstanceType`, `Rules.0.Limit`.
    pub places: Vec<(Name, &'static str)>,
    /// For text that may be empty: the property that holds it, with the parameter in its place. While the text is empty,
    /// the property is left out.
    pub filled: Option<Value>,
}

/// What may be given.
#[derive(Debug, Clone, PartialEq)]
pub enum Takes {
    Whole {
        min: u32,
        max: u32,
    },
    OneOf(Vec<&'static str>),
    /// Text that a regular expression of Java matches as a whole.
    Like(&'static str),
}

impl Adjustable {
    /// Name of the condition that the text is not empty.
    pub fn condition(&self) -> Name {
        format!("Has{}", self.name).into()
    }
}
