//! A Step Functions state machine: its definition in the Amazon States Language, with names that are filled in at deployment.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Name, Tags, Value, lookup, typed};
use crate::text::{Text, text};

typed! {
    StateMachine {
        /// `STANDARD`, the default, or `EXPRESS`, which ends after five minutes and may start twice.
        "StateMachineType" kind: Option<String>,
        "RoleArn" role: Value,
        "Definition" definition: Option<Value>,
        "DefinitionSubstitutions" substitutions: Value,
        "LoggingConfiguration" logging: Option<Value>,
        "TracingConfiguration" tracing: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl StateMachine {
    pub fn is_express(&self) -> bool {
        self.kind.as_deref() == Some("EXPRESS")
    }

    /// What stands for `${name}` in the definition.
    pub fn substituted(&self, name: &str) -> Option<&Value> {
        lookup(self.substitutions.as_map()?, name)
    }

    /// The node that `${name}` in the definition stands for.
    pub fn node_of(&self, given: &str) -> Option<&Name> {
        let name = given.strip_prefix("${")?.strip_suffix('}')?;
        self.substituted(name)?.named()
    }
}

impl Describe for StateMachine {
    const KIND: &'static str = "AWS::StepFunctions::StateMachine";
    const TITLE: Text = text("aws.state-machine", "Step Functions state machine");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::StateMachine)
    }

    fn meters(&self) -> Vec<Meter> {
        let item = text("meter.state-transitions", "Step Functions, state transitions");
        vec![Meter::flow(item, "StepFunctions", "standard_transitions", Flow::Transitions)]
    }
}
