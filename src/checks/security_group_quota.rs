//! Rules of a group and groups of an interface are counted.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, SecurityGroup};
use crate::text::{Text, text};
use crate::topology::traffic::{egress, ingress};

pub static CHECK: Check = Check {
    code: "SG-006",
    severity: Severity::Error,
    title: text(
        "check.sg-006.title",
        "More security group rules than the quota",
    ),
    why: text(
        "check.sg-006.why",
        "A group takes 60 rules each way and a network interface 5 groups, unless AWS raises the quota; what is above is refused.",
    ),
    advice: text(
        "check.sg-006.advice",
        "Replace ranges by a prefix list or a security group, and merge groups.",
    ),
    reference: "VPC user guide, Amazon VPC quotas",
    run,
};

const RULES: usize = 60;
const GROUPS: usize = 5;

const IN: Text = text("check.sg-006.in", "rules in");
const OUT: Text = text("check.sg-006.out", "rules out");
const WORN: Text = text("check.sg-006.worn", "security groups");

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut count = |name: &Name, what: Text, held: usize, quota: usize| {
        if held <= quota {
            return;
        }
        let message = text(
            "check.sg-006.message",
            "{node} has {held} {what}, where the default quota is {quota}.",
        )
        .with("node", name.as_str())
        .with("held", held)
        .with("what", what)
        .with("quota", quota);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    };
    for (name, _) in topology.all::<SecurityGroup>() {
        count(name, IN, ingress(topology, name).len(), RULES);
        count(name, OUT, egress(topology, name).len(), RULES);
    }
    for node in topology.nodes() {
        let mut worn = topology.security_groups_of(&node.name);
        worn.sort();
        worn.dedup();
        count(&node.name, WORN, worn.len(), GROUPS);
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_six_groups_on_one_interface() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "Database",
                    "VPCSecurityGroups",
                    json!([{"Ref": "A"}, {"Ref": "B"}, {"Ref": "C"}, {"Ref": "D"}, {"Ref": "E"}, {"Ref": "F"}])
                )]
            ),
            "Database: Database has 6 security groups, where the default quota is 5."
        );
    }

    #[test]
    fn accepts_a_few() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
