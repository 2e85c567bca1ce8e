//! The range of a security group rule: known, or given at deployment.

use ipnet::Ipv4Net;

use super::field::{Field, Mismatch};
use super::value::{Name, Value};

/// Whether two ranges have an address in common.
pub fn overlap(one: &Ipv4Net, other: &Ipv4Net) -> bool {
    one.contains(other) || other.contains(one)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cidr {
    Range(Ipv4Net),
    /// What a template parameter says.
    Given(Name),
}

impl Cidr {
    /// The range, where it is known before the deployment.
    pub fn range(&self) -> Option<Ipv4Net> {
        match self {
            Self::Range(range) => Some(*range),
            Self::Given(_) => None,
        }
    }
}

impl Default for Cidr {
    fn default() -> Self {
        Self::Range(Ipv4Net::default())
    }
}

impl Field for Cidr {
    fn print(&self) -> Option<Value> {
        match self {
            Self::Range(range) => range.print(),
            Self::Given(name) => Some(Value::Ref(name.clone())),
        }
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        if let Some(Value::Ref(name)) = value {
            return Ok(Self::Given(name.clone()));
        }
        Ipv4Net::read(value).map(Self::Range)
    }
}
