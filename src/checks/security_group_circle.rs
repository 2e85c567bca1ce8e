//! Groups that name each other in their own rules cannot be made one after the other.

use std::collections::BTreeSet;

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, SecurityGroup};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "SG-007",
    severity: Severity::Error,
    title: text("check.sg-007.title", "Security groups in a circle"),
    why: text(
        "check.sg-007.why",
        "CloudFormation creates a resource after those that it refers to; in a circle there is no first, and the template is refused.",
    ),
    advice: text(
        "check.sg-007.advice",
        "Move one of the rules into an AWS::EC2::SecurityGroupIngress or Egress of its own.",
    ),
    reference: "CloudFormation user guide, circular dependencies",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let circular: Vec<&Name> = topology
        .all::<SecurityGroup>()
        .map(|(name, _)| name)
        .filter(|it| reaches_itself(topology, it))
        .collect();
    if circular.is_empty() {
        return;
    }
    let message = text(
        "check.sg-007.message",
        "{groups} wait for each other: their own rules name one another.",
    )
    .with("groups", list(&circular));
    let fix = subject.undo(circular.iter().copied());
    findings.push(Finding::new(&CHECK, circular, message).with_fix(fix));
}

fn reaches_itself(topology: &Topology, start: &Name) -> bool {
    let mut seen: BTreeSet<&Name> = BTreeSet::new();
    let mut open: Vec<&Name> = named_by(topology, start);
    while let Some(name) = open.pop() {
        if name == start {
            return true;
        }
        if seen.insert(name) {
            open.extend(named_by(topology, name));
        }
    }
    false
}

/// Groups that a group's own rules name.
fn named_by<'a>(topology: &'a Topology, group: &Name) -> Vec<&'a Name> {
    let Some(it) = topology.named::<SecurityGroup>(group) else {
        return Vec::new();
    };
    let rules = it.ingress.iter().chain(&it.egress);
    let named = rules.flat_map(|rule| [&rule.source, &rule.destination]);
    named.flatten().map(|it| &it.name).collect()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_two_groups_that_name_each_other() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[
                    set(
                        "WebSecurityGroup",
                        "SecurityGroupEgress",
                        json!([{"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "DestinationSecurityGroupId": {"Fn::GetAtt": ["DatabaseSecurityGroup", "GroupId"]}}])
                    ),
                    set(
                        "DatabaseSecurityGroup",
                        "SecurityGroupIngress",
                        json!([{"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "SourceSecurityGroupId": {"Fn::GetAtt": ["WebSecurityGroup", "GroupId"]}}])
                    )
                ]
            ),
            "WebSecurityGroup, DatabaseSecurityGroup: WebSecurityGroup, DatabaseSecurityGroup wait for each other: their own rules name one another."
        );
    }

    #[test]
    fn accepts_rules_of_their_own_and_one_direction() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebSecurityGroup",
                    "SecurityGroupIngress",
                    json!([{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "SourceSecurityGroupId": {"Fn::GetAtt": ["LoadBalancerSecurityGroup", "GroupId"]}}])
                )]
            ),
            ""
        );
    }
}
