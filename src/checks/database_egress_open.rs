//! A database answers; it opens no connections.

use super::{Check, Finding, Severity, Subject};
use crate::aws::SecurityGroup;
use crate::text::text;
use crate::topology::traffic::{Peer, egress};

pub static CHECK: Check = Check {
    code: "SG-005",
    severity: Severity::Low,
    title: text(
        "check.sg-005.title",
        "Database that may connect to anywhere",
    ),
    why: text(
        "check.sg-005.why",
        "Whoever takes the database over sends its data wherever the group lets it.",
    ),
    advice: text(
        "check.sg-005.advice",
        "Replace AWS's default, everything out, by a rule that leads nowhere.",
    ),
    reference: "SEC05-BP02",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.stores() {
        for group in topology.security_groups_of(name) {
            let grants = egress(topology, group);
            let open = grants
                .iter()
                .any(|it| matches!(it.peer, Some(Peer::Range(range)) if range.prefix_len() == 0));
            let by_default = grants.is_empty() && topology.named::<SecurityGroup>(group).is_some();
            if !open && !by_default {
                continue;
            }
            let message = text(
                "check.sg-005.message",
                "{group} lets {database} connect to anywhere.",
            )
            .with("group", group.as_str())
            .with("database", name.as_str());
            let rules = grants.iter().map(|it| it.at).chain([group]);
            let fix = subject.undo(rules);
            findings.push(Finding::new(&CHECK, [group, name], message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_the_default_and_an_open_rule() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "DatabaseSecurityGroup",
                    "SecurityGroupEgress",
                    json!(null)
                )]
            ),
            "DatabaseSecurityGroup, Database: DatabaseSecurityGroup lets Database connect to anywhere."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "DatabaseSecurityGroup",
                    "SecurityGroupEgress",
                    json!([{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0"}])
                )]
            ),
            "DatabaseSecurityGroup, Database: DatabaseSecurityGroup lets Database connect to anywhere."
        );
    }

    #[test]
    fn accepts_a_rule_that_leads_nowhere() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
