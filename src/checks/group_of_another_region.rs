//! A rule names security groups of its own Region.

use super::{Check, Finding, Severity, Subject};
use crate::aws::SecurityGroup;
use crate::text::text;
use crate::topology::traffic::{Peer, egress, ingress};

pub static CHECK: Check = Check {
    code: "PE-005",
    severity: Severity::Error,
    title: text(
        "check.pe-005.title",
        "Security group of another Region in a rule",
    ),
    why: text(
        "check.pe-005.why",
        "A rule may name a group of a peered VPC in the same Region. A group of another Region does not exist for it: the rule is refused, and the stack fails.",
    ),
    advice: text(
        "check.pe-005.advice",
        "Name the range of the other VPC, or a prefix list, in place of its group.",
    ),
    reference: "VPC peering guide, reference security groups of a peered VPC",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (group, _) in topology.all::<SecurityGroup>() {
        let region = topology.region_of(group);
        let rules = ingress(topology, group).into_iter();
        for rule in rules.chain(egress(topology, group)) {
            let Some(Peer::Group(other)) = rule.peer else {
                continue;
            };
            let others = topology.region_of(other);
            let (Some(own), Some(its)) = (region, others.filter(|it| Some(*it) != region)) else {
                continue;
            };
            let message = text(
                "check.pe-005.message",
                "{rule} of {own} names {group}, which stands in {region}.",
            )
            .with("rule", rule.at.as_str())
            .with("own", own.code())
            .with("group", other.as_str())
            .with("region", its.code());
            let fix = subject.undo([rule.at]);
            findings.push(Finding::new(&CHECK, [rule.at, other], message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    fn rule(settings: &str) -> String {
        let group = |name: &str| json!({"Fn::GetAtt": [name, "GroupId"]});
        let properties = json!({
            "GroupId": group("EndpointSecurityGroup"),
            "IpProtocol": "tcp",
            "FromPort": 443,
            "ToPort": 443,
            "SourceSecurityGroupId": group("ClientSecurityGroup"),
        });
        let kind = "AWS::EC2::SecurityGroupIngress";
        let edits = [add("FromClient", "routes", kind, properties)];
        findings(&CHECK, settings, &edits)
    }

    #[test]
    fn flags_a_group_of_another_region() {
        assert_eq!(
            rule("api.enabled=true client.enabled=true"),
            "FromClient, ClientSecurityGroup: FromClient of ap-northeast-1 names ClientSecurityGroup, which stands in us-east-1."
        );
    }

    #[test]
    fn accepts_ranges_and_a_group_of_the_same_region() {
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
        assert_eq!(
            rule(&format!("{settings} client.region=ap-northeast-1")),
            ""
        );
    }
}
