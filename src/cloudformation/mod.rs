//! Templates are a print of the topology: one file a stack, in deployment order, with what crosses from one to another
//! computed.

mod bundle;

pub use bundle::{Bundle, File, zip};

use serde::Serialize;

use crate::text::Lang;
use crate::topology::Topology;

/// Template syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    #[default]
    Yaml,
    Json,
}

/// A printed stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The stack's name.
    pub stack: &'static str,
    /// `network.yaml`
    pub file: String,
    pub text: String,
}

/// How to deploy the templates: enough for any tool.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    pub regions: Vec<String>,
    /// In deployment order.
    pub stacks: Vec<PlannedStack>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedStack {
    pub name: String,
    pub template: String,
    pub region: String,
    /// Text, or `${stack.Output}`; in the order in which the template declares them.
    #[serde(serialize_with = "as_map")]
    pub parameters: Vec<(String, String)>,
}

fn as_map<S: serde::Serializer>(
    pairs: &[(String, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

/// Prints every stack; comments in a language.
pub fn print(_topology: &Topology, _format: Format, _lang: Lang) -> Vec<Template> {
    Vec::new()
}

/// The deployment plan of the printed templates.
pub fn plan(_topology: &Topology, _format: Format) -> Plan {
    Plan {
        regions: Vec::new(),
        stacks: Vec::new(),
    }
}
