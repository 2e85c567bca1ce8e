//! Remote shells are not for everybody.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::SecurityGroup;
use crate::text::text;
use crate::topology::traffic::{Peer, ingress};

pub static CHECK: Check = Check {
    code: "SG-001",
    severity: Severity::High,
    title: text("check.sg-001.title", "SSH or RDP open to the world"),
    why: text(
        "check.sg-001.why",
        "An open SSH or RDP port is found and attacked within minutes.",
    ),
    advice: text(
        "check.sg-001.advice",
        "Take the rule out and use Session Manager, which needs no open port.",
    ),
    reference: "SEC05-BP02, SEC06-BP03",
    run,
};

/// SSH and RDP.
const PORTS: [u16; 2] = [22, 3389];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<SecurityGroup>() {
        for grant in ingress(topology, name) {
            let from_all =
                matches!(grant.peer, Some(Peer::Range(range)) if range.prefix_len() == 0);
            let open: Vec<u16> = PORTS.into_iter().filter(|it| grant.admits(*it)).collect();
            if !from_all || open.is_empty() {
                continue;
            }
            let message = text(
                "check.sg-001.message",
                "{group} lets anyone in on TCP {ports} ({rule}).",
            )
            .with("group", name.as_str())
            .with("ports", list(open))
            .with("rule", grant.at.as_str());
            let fix = subject.undo([name, grant.at]);
            findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_rule_for_ssh_and_one_for_everything() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[add(
                    "Ssh",
                    "security",
                    "AWS::EC2::SecurityGroupIngress",
                    json!({"GroupId": {"Fn::GetAtt": ["WebSecurityGroup", "GroupId"]}, "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"})
                )]
            ),
            "WebSecurityGroup: WebSecurityGroup lets anyone in on TCP 22 (Ssh)."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebSecurityGroup",
                    "SecurityGroupIngress",
                    json!([{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}])
                )]
            ),
            "WebSecurityGroup: WebSecurityGroup lets anyone in on TCP 22, 3389 (WebSecurityGroup)."
        );
    }

    #[test]
    fn accepts_web_ports_and_known_ranges() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebSecurityGroup",
                    "SecurityGroupIngress",
                    json!([{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "203.0.113.7/32"}])
                )]
            ),
            ""
        );
    }
}
