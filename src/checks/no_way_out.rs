//! Instances with a role need the AWS APIs that the role is for.

use std::fmt::Display;

use super::holder::holders;
use super::quota_exceeded::ADDRESSES;
use super::site::{list, routing};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{
    AutoScalingGroup, InstanceProfile, LaunchTemplate, Name, Role, RolePolicy, Secret, Value,
    VpcEndpoint, lookup,
};
use crate::text::text;
use crate::topology::traffic::{HTTPS, Reason, all_up, default_route, endpoint_of, trace};
use crate::topology::{INTERNET, Topology};

pub static CHECK: Check = Check {
    code: "RT-016",
    severity: Severity::Error,
    title: text("check.rt-016.title", "Instances without a way out"),
    why: text(
        "check.rt-016.why",
        "Instances that cannot reach AWS APIs read no secret, so they cannot sign in to the database; they get no patches and send no logs either.",
    ),
    advice: text(
        "check.rt-016.advice",
        "Add NAT gateways, or an interface endpoint for each AWS service that the instances call.",
    ),
    reference: "VPC user guide, NAT gateways; AWS PrivateLink guide",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, group) in topology.all::<AutoScalingGroup>() {
        let template = group.template();
        let template = template.and_then(|it| topology.named::<LaunchTemplate>(it));
        if template.is_none_or(|it| it.data.profile.is_none()) || calls_nothing(topology, name) {
            continue;
        }
        let stuck: Vec<&Name> = topology
            .subnets_of(name)
            .into_iter()
            .filter(|it| default_route(topology, it).is_none() && !is_served(topology, it))
            .collect();
        let message = if !stuck.is_empty() {
            text("check.rt-016.message", "No default route leaves {subnets}, where {group} runs: its instances reach neither Secrets Manager nor any other AWS API.").with("subnets", list(&stuck))
        } else if is_muted(topology, name) && !of(topology, name).all(|it| is_served(topology, it))
        {
            text("check.rt-016.muted", "No security group of {group} lets TCP 443 out: its instances reach neither Secrets Manager nor any other AWS API.").into()
        } else {
            continue;
        };
        let message = message.with("group", name.as_str());
        let at: Vec<&Name> = [name].into_iter().chain(stuck.iter().copied()).collect();
        findings.push(with_ways_out(
            subject,
            Finding::new(&CHECK, at, message),
            name,
            &stuck,
        ));
    }
}

/// Whether the role of a group's instances allows no call at all.
fn calls_nothing(topology: &Topology, group: &str) -> bool {
    let group = topology.named::<AutoScalingGroup>(group);
    let template = group.and_then(|it| topology.named::<LaunchTemplate>(it.template()?));
    let profile = template.and_then(|it| it.data.profile.as_ref());
    let Some(profile): Option<&InstanceProfile> = profile.and_then(|it| topology.get(&it.arn))
    else {
        return false;
    };
    let mut roles = profile.roles.iter().filter_map(Value::named).peekable();
    roles.peek().is_some()
        && roles.all(|name| {
            let role = topology.named::<Role>(name);
            let beside = topology
                .all::<RolePolicy>()
                .any(|(_, it)| it.role.named() == Some(name));
            !beside
                && role.is_some_and(|it| {
                    it.managed_policies.is_empty() && lookup(&it.rest, "Policies").is_none()
                })
        })
}

fn of<'a>(topology: &'a Topology, group: &str) -> impl Iterator<Item = &'a Name> {
    topology.subnets_of(group).into_iter()
}

/// Whether endpoints serve what the instances of a subnet cannot do without: the secret of a database, else whatever has an
/// endpoint.
fn is_served(topology: &Topology, subnet: &str) -> bool {
    let has_secret =
        holders(topology).any(|it| it.has_secret) || topology.all::<Secret>().next().is_some();
    if has_secret {
        return endpoint_of(topology, subnet, "secretsmanager").is_some();
    }
    topology.all::<VpcEndpoint>().next().is_some()
}

fn is_muted(topology: &Topology, group: &str) -> bool {
    let trace = trace(topology, group, INTERNET, HTTPS, &all_up);
    trace.reason == Some(Reason::SecurityGroupRules)
}

fn with_ways_out(
    subject: &Subject<'_>,
    finding: Finding,
    group: &Name,
    stuck: &[&Name],
) -> Finding {
    let topology = subject.topology;
    let edited = stuck.iter().flat_map(|it| routing(topology, it));
    let edited = edited.chain(topology.security_groups_of(group));
    if let Some(fix) = subject.undo(edited) {
        return finding.with_fix(Some(fix));
    }
    // A NAT gateway needs a public subnet: where one is missing, NET-015 comes first.
    if !subject.unplaced().is_empty() {
        return finding;
    }
    let endpoints = text(
        "check.rt-016.fix-endpoints",
        "Add endpoints of the AWS services that the instances call",
    );
    if let Some(design) = subject.design.filter(|it| !it.network.is_public()) {
        // No gateway to the internet stands anywhere: endpoints are the only way.
        let called: [(&str, &dyn Display); 2] = if design.burst.enabled {
            [("endpoints.sqs", &true), ("endpoints.dynamodb", &true)]
        } else {
            [("endpoints.logs", &true), ("endpoints.s3", &true)]
        };
        return finding.with_fix(subject.fix(&[], endpoints, &called));
    }
    let way = |title, nat: &str| subject.fix(&[], title, &[("network.nat", &nat)]);
    let zones = subject
        .design
        .map_or(0, |it| it.network.zones.get() as usize);
    let each = (zones <= ADDRESSES).then_some("per-az");
    finding
        .with_fix(way(endpoints, "endpoints-only"))
        .with_fix(way(
            text("check.rt-016.fix", "Add one NAT gateway"),
            "single",
        ))
        .with_fix(each.and_then(|it| {
            way(
                text("check.rt-016.fix-each", "Add a NAT gateway in each zone"),
                it,
            )
        }))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, set};
    use serde_json::json;

    #[test]
    fn flags_no_nat_gateway_a_lost_route_and_a_muted_group() {
        assert_eq!(
            findings(&CHECK, "network.nat=none", &[]),
            "WebGroup, PrivateSubnetA, PrivateSubnetB: No default route leaves PrivateSubnetA, PrivateSubnetB, where WebGroup runs: its instances reach neither Secrets Manager nor any other AWS API."
        );
        assert_eq!(
            findings(&CHECK, "", &[remove("PrivateSubnetBRouteTableAssociation")]),
            "WebGroup, PrivateSubnetB: No default route leaves PrivateSubnetB, where WebGroup runs: its instances reach neither Secrets Manager nor any other AWS API."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebSecurityGroup",
                    "SecurityGroupEgress",
                    json!([{"IpProtocol": "tcp", "FromPort": 3306, "ToPort": 3306, "CidrIp": "10.0.0.0/16"}])
                )]
            ),
            "WebGroup: No security group of WebGroup lets TCP 443 out: its instances reach neither Secrets Manager nor any other AWS API."
        );
    }

    #[test]
    fn accepts_a_way_out_and_instances_that_need_none() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        let batch = "application.enabled=false batch.enabled=true network.nat=none";
        assert_eq!(findings(&CHECK, batch, &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "network.nat=none",
                &[set(
                    "WebLaunchTemplate",
                    "LaunchTemplateData.IamInstanceProfile",
                    json!(null)
                )]
            ),
            ""
        );
    }
}
