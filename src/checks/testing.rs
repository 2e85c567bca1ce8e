//! How rules are tested: a design by what differs from the blueprint, findings as lines.

use serde_json::Value as Json;

use super::{Check, Subject};
use crate::blueprint;
use crate::design::{Design, Override};

/// S1 with settings, as `network.zones=3 network.nat=per-az`, and edits of single resources.
pub fn design(settings: &str, edits: &[Override]) -> Design {
    let mut design = blueprint::base("multi-tier-web").unwrap();
    for setting in settings.split_whitespace() {
        let (key, value) = setting.split_once('=').unwrap();
        design.set(key, value).unwrap();
    }
    design.overrides = edits.to_vec();
    design
}

/// What one rule finds: a line a finding, as `NODE, NODE: message`.
pub fn findings(check: &Check, settings: &str, edits: &[Override]) -> String {
    found(check, &design(settings, edits))
}

/// What one rule finds in a design.
pub fn found(check: &Check, design: &Design) -> String {
    let mut findings = Vec::new();
    let topology = design.expand();
    let subject = Subject::new(Some(design), &topology);
    (check.run)(&subject, &mut findings);
    let lines = findings
        .iter()
        .map(|it| format!("{}: {}", super::site::list(&it.at), it.message));
    lines.collect::<Vec<_>>().join("\n")
}

/// The edit that sets one property.
pub fn set(resource: &str, property: &str, value: Json) -> Override {
    Override::Set {
        resource: resource.to_owned(),
        property: property.to_owned(),
        value,
    }
}

/// The edit that takes a resource out.
pub fn remove(resource: &str) -> Override {
    Override::Remove {
        resource: resource.to_owned(),
    }
}

/// The edit that adds a resource.
pub fn add(resource: &str, stack: &str, kind: &str, properties: Json) -> Override {
    let Json::Object(properties) = properties else {
        panic!("properties are an object");
    };
    Override::Add {
        resource: resource.to_owned(),
        stack: stack.to_owned(),
        kind: kind.to_owned(),
        properties,
    }
}

/// Settings of S1 with a NAT gateway that comes and goes, and further ones.
pub fn scheduled(settings: &str) -> String {
    format!("network.nat=scheduled {settings}")
}

/// The edit of a state of the machine that opens and closes one gateway.
pub fn inner(place: &str, value: Json) -> Override {
    let place = format!("Definition.States.Gateways.ItemProcessor.States.{place}");
    set("NatSchedule", &place, value)
}

/// What one rule finds where NAT gateways come and go in these windows.
pub fn windows(check: &Check, windows: &str) -> String {
    let mut design = design(&scheduled(""), &[]);
    design.set("schedule.windows", windows).unwrap();
    found(check, &design)
}
