//! Each tier accepts from the tier before it, by name.

use super::database_port_open::is_vpc_wide;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{LoadBalancer, Name};
use crate::text::text;
use crate::topology::targets_of;
use crate::topology::traffic::{Peer, ingress, is_of_customer};

pub static CHECK: Check = Check {
    code: "SG-002",
    severity: Severity::High,
    title: text("check.sg-002.title", "Tier that accepts from a range"),
    why: text(
        "check.sg-002.why",
        "A range lets in whatever gets an address there, past the load balancer or the web tier; a group lets in its members and nobody else.",
    ),
    advice: text(
        "check.sg-002.advice",
        "Name the security group of the tier before as the source.",
    ),
    reference: "SEC05-BP02",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let stores = topology.doors().map(|(name, port)| (name, port, true));
    let balancers = topology.all::<LoadBalancer>();
    let groups = balancers.flat_map(|(name, _)| targets_of(topology, name));
    let groups = groups.map(|(name, it)| (name, it.port, false));
    let mut tiers: Vec<(&Name, u16, bool)> = groups.chain(stores).collect();
    tiers.dedup();
    for (node, port, is_store) in tiers {
        for group in topology.security_groups_of(node) {
            for grant in ingress(topology, group) {
                let Some(Peer::Range(range)) = grant.peer.filter(|_| grant.admits(port)) else {
                    continue;
                };
                // A database open that wide is SG-003's.
                if is_store && is_vpc_wide(topology, group, range) {
                    continue;
                }
                // Nobody's addresses but the administrators', who come over the VPN.
                if is_of_customer(topology, group, &range) {
                    continue;
                }
                let message = text("check.sg-002.message", "{node} takes TCP {port} from {range} instead of from the security group of the tier before it ({rule}).")
                    .with("node", node.as_str())
                    .with("port", port)
                    .with("range", range)
                    .with("rule", grant.at.as_str());
                let fix = subject.undo([group, grant.at]);
                findings.push(Finding::new(&CHECK, [node, group], message).with_fix(fix));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings, set};
    use serde_json::json;

    #[test]
    fn flags_ranges_before_the_web_tier_and_the_database() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[add(
                    "Direct",
                    "security",
                    "AWS::EC2::SecurityGroupIngress",
                    json!({"GroupId": {"Fn::GetAtt": ["WebSecurityGroup", "GroupId"]}, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.0.0/16"})
                )]
            ),
            "WebGroup, WebSecurityGroup: WebGroup takes TCP 80 from 10.0.0.0/16 instead of from the security group of the tier before it (Direct)."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "DatabaseSecurityGroup",
                    "SecurityGroupIngress",
                    json!([{"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "CidrIp": "10.0.1.0/24"}])
                )]
            ),
            "Database, DatabaseSecurityGroup: Database takes TCP 3306 from 10.0.1.0/24 instead of from the security group of the tier before it (DatabaseSecurityGroup)."
        );
    }

    #[test]
    fn accepts_groups_and_ranges_on_other_ports() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebSecurityGroup",
                    "SecurityGroupIngress",
                    json!([{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "10.0.0.0/24"}])
                )]
            ),
            ""
        );
    }
}
