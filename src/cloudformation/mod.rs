//! Templates are a print of the topology: one file a stack, in deployment order, with what crosses from one to another
//! computed.

mod account;
mod bundle;
mod call;
mod choices;
mod clock;
mod comment;
mod context;
mod declared;
mod deploy;
mod destroy;
mod leftovers;
mod outputs;
mod page;
mod parameters;
mod peering;
mod plan;
mod reach;
mod read;
mod readme;
mod scalar;
mod script;
mod secondary;
mod settle;
mod shell;
mod ship;
mod site;
mod template;
mod trial;
mod wiring;
mod yaml;
mod zip;

pub use bundle::{Bundle, File};
pub use plan::{Plan, PlannedStack, plan};
pub use read::read;
pub use zip::zip;

use crate::aws::Value;
use crate::text::Lang;
use crate::topology::Topology;
use wiring::{Local, Wiring};

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

impl Format {
    /// Of the template's file.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
        }
    }
}

/// Prints every stack that has resources; comments in a language.
pub fn print(topology: &Topology, format: Format, lang: Lang) -> Vec<Template> {
    let topology = topology.declared();
    let (wiring, stacks) = Wiring::of(&topology);
    print_wired(&topology, &wiring, stacks, format, lang)
}

fn print_wired(
    topology: &Topology,
    wiring: &Wiring<'_>,
    stacks: Vec<Vec<Local<'_>>>,
    format: Format,
    lang: Lang,
) -> Vec<Template> {
    let stacks = topology.stacks.iter().zip(stacks).enumerate();
    let printed = stacks.filter_map(|(place, (stack, nodes))| {
        let document = template::template(topology, wiring, place, nodes)?;
        Some(Template {
            stack: stack.name,
            file: file(stack.name, format),
            text: match format {
                Format::Yaml => yaml::print(&document, lang),
                Format::Json => json(document),
            },
        })
    });
    printed.collect()
}

fn file(stack: &str, format: Format) -> String {
    format!("{stack}.{}", format.extension())
}

fn json(document: template::Document) -> String {
    let sections = Value::Map(document.sections);
    // A map with text keys and no other number than a finite one always has a JSON form.
    let mut text = serde_json::to_string_pretty(&sections).unwrap_or_default();
    text.push('\n');
    text
}
