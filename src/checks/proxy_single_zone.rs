//! RDS Proxy stands in two zones or nowhere.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DbProxy;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-021",
    severity: Severity::Error,
    title: text("check.db-021.title", "RDS Proxy in one zone"),
    why: text(
        "check.db-021.why",
        "RDS Proxy needs subnets in two zones at least; CreateDBProxy refuses fewer.",
    ),
    advice: text(
        "check.db-021.advice",
        "Give it a private subnet in each of two or more zones.",
    ),
    reference: "RDS user guide, setting up network prerequisites for RDS Proxy",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<DbProxy>() {
        if topology.zones_of(name).len() >= 2 {
            continue;
        }
        let message = text(
            "check.db-021.message",
            "{proxy} does not stand in two zones.",
        )
        .with("proxy", name.as_str());
        let fix = subject.release(&[(name, "VpcSubnetIds")]);
        let fix = fix.or_else(|| subject.two_zones(&[name]));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_one_zone() {
        let words = "DatabaseProxy: DatabaseProxy does not stand in two zones.";
        assert_eq!(
            findings(&CHECK, "database.proxy=true network.zones=1", &[]),
            words
        );
        let one = json!([{"Ref": "PrivateSubnetA"}]);
        let edit = set("DatabaseProxy", "VpcSubnetIds", one);
        assert_eq!(findings(&CHECK, "database.proxy=true", &[edit]), words);
    }

    #[test]
    fn accepts_two() {
        assert_eq!(findings(&CHECK, "database.proxy=true", &[]), "");
    }
}
