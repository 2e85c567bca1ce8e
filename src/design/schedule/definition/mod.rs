//! The definition of the state machine that opens and closes the NAT gateways of a schedule, in the Amazon States Language.
//!
//! [`turn`] lets one run at a time work, in the order of their scheduled times. Inside, one machine a zone: [`open`], of
//! which every failure falls into [`close`], and the [`tail`] that releases what no gateway uses. No state tells errors of
//! EC2 apart: after trouble the machine looks again at what is there, and goes on from that.

mod bounds;
mod calls;
mod close;
mod open;
mod outcome;
mod state;
mod tail;
mod turn;

use crate::aws::{Key, Name, Value, map, properties};

pub use bounds::{FUNCTION_TIMEOUT_S, timeout_s};
pub use calls::Calls;

/// How the machine calls, how often it tries, and how long it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    pub calls: Calls,
    /// Attempts of a call after the first.
    pub attempts: u32,
    /// Seconds before the second attempt; each further one waits twice as long, at most eight times this.
    pub interval_s: u32,
    /// Seconds between two looks at a gateway; more where many gateways would fill a run's history.
    pub poll_s: u32,
    /// Minutes that a gateway may take to become available.
    pub create_minutes: u32,
    /// Minutes that a gateway may take to be deleted.
    pub delete_minutes: u32,
}

/// One gateway of the schedule, by logical ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The letter of its zone, such as `a`.
    pub zone: String,
    /// The public subnet that it stands in.
    pub subnet: Name,
    /// The route tables that it serves.
    pub tables: Vec<Name>,
    /// The Elastic IP that the stack keeps for it; else every opening allocates one.
    pub allocation: Option<Name>,
}

/// What the machine works with, by logical ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    pub ledger: Name,
    pub topic: Name,
    pub addresses: Name,
    pub gateways: Name,
    pub routes: Name,
}

/// The tag of what a run makes, with the name of the stack.
pub const STACK_TAG: &str = "azimuth:stack";

/// The tag of an address that a run allocates, with the letter of its zone.
pub const ZONE_TAG: &str = "azimuth:zone";

/// The key of the ledger's only item.
pub const LEDGER_ID: &str = "nat";

/// The state machine's `Definition`, with `${Name}` where [`substitutions`] puts a value.
pub fn definition(settings: &Settings, planned: &[Planned]) -> Value {
    let settings = &bounds::fitting(settings, planned.len());
    let mut states = turn::states(settings, planned);
    states.push(("Gateways".into(), outcome::gateways(settings)));
    states.extend(outcome::states(settings));
    map([
        (
            "Comment",
            "Opens or closes the NAT gateways of a schedule: one run at a time, all zones at once."
                .into(),
        ),
        ("StartAt", "Now".into()),
        ("TimeoutSeconds", i64::from(timeout_s(settings)).into()),
        ("States", Value::Map(states)),
    ])
}

/// The machine of one gateway, run once a zone.
fn gateway(settings: &Settings) -> Value {
    let mut states = open::states(settings);
    states.extend(close::states(settings));
    states.extend(tail::states(settings));
    map([
        ("StartAt", "Direction".into()),
        ("States", Value::Map(states)),
    ])
}

/// The state machine's `DefinitionSubstitutions`: every name that stands as `${Name}` in the definition.
pub fn substitutions(calls: Calls, planned: &[Planned], parts: &Parts) -> Vec<(Key, Value)> {
    let reference = |name: &Name| Value::Ref(name.clone());
    let att = |name: &Name, attribute: &str| Value::Att(name.clone(), attribute.into());
    let mut all = properties([
        ("Stack", Value::reference("AWS::StackName")),
        ("Ledger", reference(&parts.ledger)),
        ("Topic", reference(&parts.topic)),
    ]);
    if calls == Calls::Functions {
        all.extend(properties([
            ("AddressesFunction", att(&parts.addresses, "Arn")),
            ("GatewaysFunction", att(&parts.gateways, "Arn")),
            ("RoutesFunction", att(&parts.routes, "Arn")),
        ]));
    }
    let mut add = |name: &Name, value: Value| {
        if !all.iter().any(|(key, _)| key == name.as_str()) {
            all.push((name.as_str().to_owned().into(), value));
        }
    };
    for it in planned {
        add(&it.subnet, reference(&it.subnet));
        for table in &it.tables {
            add(table, reference(table));
        }
        if let Some(address) = &it.allocation {
            add(address, att(address, "AllocationId"));
        }
    }
    all
}

// Snapshots are read and written natively.
#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
