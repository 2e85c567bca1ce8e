//! RDS wants a choice of zones, even for a single instance.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbSubnetGroup, Name, Vpc};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-003",
    severity: Severity::Error,
    title: text(
        "check.db-003.title",
        "DB subnet group in fewer than two zones",
    ),
    why: text(
        "check.db-003.why",
        "A DB subnet group needs subnets in two zones at least; CreateDBSubnetGroup refuses fewer.",
    ),
    advice: text(
        "check.db-003.advice",
        "Give it a private subnet in each of two or more zones.",
    ),
    reference: "RDS user guide, DB subnet groups",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<DbSubnetGroup>() {
        let zones = topology.zones_of(name).len();
        if zones >= 2 {
            continue;
        }
        let message = text(
            "check.db-003.message",
            "{group} stands in {zones} of the two zones that RDS wants at least.",
        )
        .with("group", name.as_str())
        .with("zones", zones);
        let vpcs = topology.all::<Vpc>().map(|(vpc, _)| vpc);
        let edited: Vec<&Name> = [name].into_iter().chain(vpcs).collect();
        let fix = subject.two_zones(&[name]).or_else(|| subject.undo(edited));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_one_zone_and_a_removed_subnet() {
        assert_eq!(
            findings(&CHECK, "network.zones=1", &[]),
            "DatabaseSubnetGroup: DatabaseSubnetGroup stands in 1 of the two zones that RDS wants at least."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "DatabaseSubnetGroup",
                    "SubnetIds",
                    json!([{"Ref": "PrivateSubnetA"}])
                )]
            ),
            "DatabaseSubnetGroup: DatabaseSubnetGroup stands in 1 of the two zones that RDS wants at least."
        );
    }

    #[test]
    fn accepts_two_zones() {
        assert_eq!(findings(&CHECK, "database.multi_az=false", &[]), "");
    }
}
