//! A database answers its application and nobody else.

use ipnet::Ipv4Net;

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::SecurityGroup;
use crate::text::text;
use crate::topology::traffic::{Peer, all_up, ingress, trace};
use crate::topology::{INTERNET, Topology};

pub static CHECK: Check = Check {
    code: "SG-003",
    severity: Severity::High,
    title: text("check.sg-003.title", "Database port open"),
    why: text(
        "check.sg-003.why",
        "Everyone whom the rule lets in can try passwords and known holes of the engine; inside the VPC one instance that is taken over is enough.",
    ),
    advice: text(
        "check.sg-003.advice",
        "Let the port in from the security group of the web instances alone.",
    ),
    reference: "SEC05-BP02",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, port) in topology.doors() {
        for group in topology.security_groups_of(name) {
            for grant in ingress(topology, group) {
                let Some(Peer::Range(range)) = grant.peer.filter(|_| grant.admits(port)) else {
                    continue;
                };
                if !is_vpc_wide(topology, group, range) {
                    continue;
                }
                let way = trace(topology, INTERNET, name, port, &all_up);
                let message = if range.prefix_len() == 0 && way.is_reachable() {
                    text(
                        "check.sg-003.reachable",
                        "The internet reaches {database} on TCP {port}: {hops} ({rule}).",
                    )
                    .with("hops", list(way.hops))
                } else {
                    text(
                        "check.sg-003.message",
                        "{database} takes TCP {port} from all of {range} ({rule}).",
                    )
                    .with("range", range)
                };
                let message = message
                    .with("database", name.as_str())
                    .with("port", port)
                    .with("rule", grant.at.as_str());
                let fix = subject.undo([group, grant.at]);
                findings.push(Finding::new(&CHECK, [name, group], message).with_fix(fix));
            }
        }
    }
}

/// Whether a range holds the whole VPC of a group.
pub fn is_vpc_wide(topology: &Topology, group: &str, range: Ipv4Net) -> bool {
    let group = topology.named::<SecurityGroup>(group);
    let ranges = group
        .map(|it| topology.vpc_ranges(&it.vpc.name))
        .unwrap_or_default();
    ranges.iter().any(|it| range.contains(it))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_the_vpc_the_world_and_a_way_from_there() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "DatabaseSecurityGroup",
                    "SecurityGroupIngress",
                    json!([{"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "CidrIp": "10.0.0.0/16"}])
                )]
            ),
            "Database, DatabaseSecurityGroup: Database takes TCP 3306 from all of 10.0.0.0/16 (DatabaseSecurityGroup)."
        );
        assert_eq!(
            findings(
                &CHECK,
                "database.engine=postgres",
                &[set(
                    "DatabaseSecurityGroup",
                    "SecurityGroupIngress",
                    json!([{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}])
                )]
            ),
            "Database, DatabaseSecurityGroup: Database takes TCP 5432 from all of 0.0.0.0/0 (DatabaseSecurityGroup)."
        );
        assert_eq!(
            findings(
                &CHECK,
                "database.public=true",
                &[
                    set(
                        "DatabaseSecurityGroup",
                        "SecurityGroupIngress",
                        json!([{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}])
                    ),
                    set(
                        "PrivateDefaultRoute",
                        "GatewayId",
                        json!({"Ref": "InternetGateway"})
                    )
                ]
            ),
            "Database, DatabaseSecurityGroup: The internet reaches Database on TCP 3306: Internet, InternetGateway, Database (DatabaseSecurityGroup)."
        );
    }

    #[test]
    fn accepts_the_web_tier_and_other_ports() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "DatabaseSecurityGroup",
                    "SecurityGroupIngress",
                    json!([{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"}])
                )]
            ),
            ""
        );
    }
}
