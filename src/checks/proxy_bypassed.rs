//! A proxy helps those who go through it.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, DbInstance, Name};
use crate::text::text;
use crate::topology::Topology;
use crate::topology::traffic::{Peer, groups_admit, ingress};

pub static CHECK: Check = Check {
    code: "DB-022",
    severity: Severity::Low,
    title: text("check.db-022.title", "Way to the database past its proxy"),
    why: text(
        "check.db-022.why",
        "What connects straight waits for DNS after a failover and takes connections that the proxy counts on.",
    ),
    advice: text(
        "check.db-022.advice",
        "Let the proxy's security group in, and nobody else.",
    ),
    reference: "REL11-BP02; RDS user guide, RDS Proxy",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, port) in topology.stores() {
        let Some(proxy) = topology.proxy_of(name) else {
            continue;
        };
        // Read replicas and readers are asked without the proxy, and share the database's group.
        let mut others = topology.all::<DbInstance>();
        let readers = topology.members(name).count().saturating_sub(1);
        if readers > 0 || others.any(|(_, it)| it.source_name() == Some(name)) {
            continue;
        }
        let groups = topology.all::<AutoScalingGroup>();
        for (group, _) in groups {
            if groups_admit(topology, group, name, port).is_err() {
                continue;
            }
            let message = text(
                "check.db-022.message",
                "{group} may connect to {database} past {proxy}.",
            )
            .with("group", group.as_str())
            .with("database", name.as_str())
            .with("proxy", proxy.as_str());
            let fix = subject.undo(rules(topology, name, group));
            findings.push(Finding::new(&CHECK, [name, group, proxy], message).with_fix(fix));
        }
    }
}

/// The rules that let one node's groups into another's.
fn rules<'a>(topology: &'a Topology, into: &str, from: &str) -> Vec<&'a Name> {
    let worn = topology.security_groups_of(from);
    let groups = topology.security_groups_of(into).into_iter();
    let grants = groups.flat_map(|it| ingress(topology, it));
    let of_worn =
        grants.filter(|it| matches!(it.peer, Some(Peer::Group(it)) if worn.contains(&it)));
    of_worn.map(|it| it.at).collect()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    #[test]
    fn flags_a_rule_beside_the_proxy() {
        let id = |group: &str| json!({"Fn::GetAtt": [group, "GroupId"]});
        let rule = add(
            "Direct",
            "security",
            "AWS::EC2::SecurityGroupIngress",
            json!({"GroupId": id("DatabaseSecurityGroup"), "IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "SourceSecurityGroupId": id("WebSecurityGroup")}),
        );
        assert_eq!(
            findings(&CHECK, "database.proxy=true", &[rule]),
            "Database, WebGroup, DatabaseProxy: WebGroup may connect to Database past DatabaseProxy."
        );
    }

    #[test]
    fn accepts_the_chain_and_readers_of_replicas() {
        for settings in [
            "",
            "database.proxy=true",
            "database.proxy=true database.read_replicas=1",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
