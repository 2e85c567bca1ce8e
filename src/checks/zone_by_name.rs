//! The names of zones differ from account to account.

use super::site::each;
use super::{Check, Finding, Severity, Subject};
use crate::aws::Value;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-022",
    severity: Severity::Medium,
    title: text("check.net-022.title", "Zone by its name"),
    why: text(
        "check.net-022.why",
        "The letters of zones are shuffled for each account, and some accounts lack some: in another one, the template puts the resource elsewhere or fails.",
    ),
    advice: text(
        "check.net-022.advice",
        "Choose a zone with Fn::GetAZs and Fn::Select, or leave the choice to AWS.",
    ),
    reference: "AWS RAM user guide, Availability Zone IDs; CloudFormation reference, Fn::GetAZs",
    run,
};

const PROPERTIES: [&str; 2] = ["AvailabilityZone", "AvailabilityZones"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for node in subject.topology.nodes() {
        let mut zones = Vec::new();
        each(
            &Value::Map(node.resource.properties()),
            &mut |key, value| {
                let items = value.as_list().unwrap_or(std::slice::from_ref(value));
                if PROPERTIES.contains(&key) {
                    zones.extend(items.iter().filter_map(Value::as_str).map(str::to_owned));
                }
            },
        );
        let Some(zone) = zones.first() else {
            continue;
        };
        let message = text(
            "check.net-022.message",
            "{resource} stands in {zone}, which is another zone in another account.",
        )
        .with("resource", node.name.as_str())
        .with("zone", zone);
        let fix = subject.undo([&node.name]);
        findings.push(Finding::new(&CHECK, [&node.name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_zone_that_is_called_by_its_name() {
        assert_eq!(
            findings(
                &CHECK,
                "database.multi_az=false",
                &[set(
                    "Database",
                    "AvailabilityZone",
                    json!("ap-northeast-1a")
                )]
            ),
            "Database: Database stands in ap-northeast-1a, which is another zone in another account."
        );
    }

    #[test]
    fn accepts_zones_by_their_place() {
        assert_eq!(findings(&CHECK, "database.read_replicas=2", &[]), "");
    }
}
