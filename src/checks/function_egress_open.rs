//! A function that calls a private API needs a way there and no other.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, RestApi, SecurityGroup};
use crate::text::text;
use crate::topology::traffic::{Peer, egress};
use crate::topology::{Topology, calls};

pub static CHECK: Check = Check {
    code: "SV-012",
    severity: Severity::Low,
    title: text(
        "check.sv-012.title",
        "Function that may connect to anywhere",
    ),
    why: text(
        "check.sv-012.why",
        "The function calls an API inside your network. With every way out open, stolen code or a stolen dependency carries data wherever a route leads.",
    ),
    advice: text(
        "check.sv-012.advice",
        "Let TCP 443 out to the range of the VPC with the endpoint, and nothing else.",
    ),
    reference: "SEC05-BP02",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (function, api) in calls(topology) {
        let api = topology.named::<RestApi>(api);
        if !api.is_some_and(RestApi::is_private) {
            continue;
        }
        let groups = topology.security_groups_of(function).into_iter();
        let open: Vec<&Name> = groups.filter(|it| is_open(topology, it)).collect();
        if open.is_empty() {
            continue;
        }
        let message = text(
            "check.sv-012.message",
            "By {groups}, {function} may connect to any address.",
        )
        .with("groups", list(&open))
        .with("function", function.as_str());
        let rules = open.iter().flat_map(|it| egress(topology, it));
        let rules: Vec<&Name> = rules.map(|it| it.at).collect();
        let fix = subject.undo(open.iter().copied().chain(rules));
        findings.push(Finding::new(&CHECK, open, message).with_fix(fix));
    }
}

/// Whether a group lets everything out: a group without any rule does, by AWS's default.
fn is_open(topology: &Topology, group: &str) -> bool {
    let grants = egress(topology, group);
    let default = grants.is_empty() && topology.named::<SecurityGroup>(group).is_some();
    let world = |peer: Option<Peer<'_>>| match peer {
        Some(Peer::Range(range)) => range.prefix_len() == 0,
        Some(Peer::Group(_) | Peer::PrefixList) | None => false,
    };
    default || grants.iter().any(|it| world(it.peer))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_group_that_lets_everything_out() {
        let found = "ClientSecurityGroup: By ClientSecurityGroup, ClientFunction may connect to any address.";
        let world = json!([{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}]);
        for rules in [world, json!(null)] {
            let edits = [set("ClientSecurityGroup", "SecurityGroupEgress", rules)];
            let settings = "api.enabled=true client.enabled=true";
            assert_eq!(findings(&CHECK, settings, &edits), found);
        }
    }

    #[test]
    fn accepts_the_range_of_the_main_vpc() {
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
