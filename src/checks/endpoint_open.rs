//! The security group of an interface endpoint knows its clients.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, VpcEndpoint};
use crate::text::text;
use crate::topology::traffic::{Grant, Peer, ingress};

pub static CHECK: Check = Check {
    code: "EP-008",
    severity: Severity::Medium,
    title: text(
        "check.ep-008.title",
        "Interface endpoint open to any address",
    ),
    why: text(
        "check.ep-008.why",
        "An endpoint has private addresses alone, but every network that is joined with its VPC reaches them: peered VPCs, VPNs, and whatever is added later.",
    ),
    advice: text(
        "check.ep-008.advice",
        "Admit the security group of the clients, or the ranges of the VPCs that they come from.",
    ),
    reference: "SEC05-BP02",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<VpcEndpoint>() {
        let groups = it.security_groups.iter().map(|it| &it.name);
        let rules: Vec<(&Name, Grant<'_>)> = groups
            .flat_map(|group| {
                ingress(topology, group)
                    .into_iter()
                    .map(move |it| (group, it))
            })
            .collect();
        let Some((group, rule)) = rules.into_iter().find(|(_, it)| is_open(it)) else {
            continue;
        };
        let message = text(
            "check.ep-008.message",
            "{rule} lets any address into {endpoint}.",
        )
        .with("rule", rule.at.as_str())
        .with("endpoint", name.as_str());
        let fix = subject.undo([rule.at, group]);
        findings.push(Finding::new(&CHECK, [name, rule.at], message).with_fix(fix));
    }
}

fn is_open(rule: &Grant<'_>) -> bool {
    match rule.peer {
        Some(Peer::Range(range)) => range.prefix_len() == 0,
        Some(Peer::Group(_) | Peer::PrefixList) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    fn rule(range: &str) -> String {
        let properties = json!({
            "GroupId": {"Fn::GetAtt": ["EndpointSecurityGroup", "GroupId"]},
            "IpProtocol": "tcp",
            "FromPort": 443,
            "ToPort": 443,
            "CidrIp": range,
        });
        let kind = "AWS::EC2::SecurityGroupIngress";
        let edits = [add("Extra", "security", kind, properties)];
        findings(&CHECK, "endpoints.sts=true", &edits)
    }

    #[test]
    fn flags_a_rule_for_every_address() {
        assert_eq!(
            rule("0.0.0.0/0"),
            "StsEndpoint, Extra: Extra lets any address into StsEndpoint."
        );
    }

    #[test]
    fn accepts_ranges_and_groups() {
        assert_eq!(rule("10.1.0.0/16"), "");
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
