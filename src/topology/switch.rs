//! What a person may leave out at deployment: a parameter that takes `true` or `false`, and the condition that it is `true`.

use crate::aws::Name;
use crate::text::Text;

/// A parameter of a stack that resources are there for, or not. The topology holds them all: they are drawn, checked and
/// priced as if it were `true`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Switch {
    /// Begins with `Enable`.
    pub parameter: &'static str,
    /// Heading in the console's form.
    pub group: Text,
    pub label: Text,
    pub description: Text,
}

impl Switch {
    /// Name of the condition: `EnableGuardDuty` gives `GuardDutyEnabled`.
    pub fn condition(&self) -> Name {
        let what = self.parameter.strip_prefix("Enable");
        format!("{}Enabled", what.unwrap_or(self.parameter)).into()
    }
}
