//! Instances that serve all day call AWS all day, with or without a NAT gateway.

use super::holder::holders;
use super::site::{list, schedule_calls};
use super::{Check, Finding, Severity, Subject, session_manager_cut_off};
use crate::aws::{AutoScalingGroup, LaunchTemplate, Name, Secret};
use crate::text::text;
use crate::topology::Topology;
use crate::topology::traffic::{default_route, endpoint_of};

pub static CHECK: Check = Check {
    code: "RT-021",
    severity: Severity::Medium,
    title: text(
        "check.rt-021.title",
        "Instances without AWS between the windows",
    ),
    why: text(
        "check.rt-021.why",
        "Outside of its windows a scheduled NAT gateway is no way out. An instance that is launched then, after a failure or for more load, reads no secret, fetches no package and sends no logs.",
    ),
    advice: text(
        "check.rt-021.advice",
        "Add endpoints of the AWS services that the instances call, or let them rest between the windows.",
    ),
    reference: "REL05-BP01; AWS PrivateLink guide",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let outside = topology.declared();
    for (name, group) in topology.all::<AutoScalingGroup>() {
        // A group that no load balancer asks works when it can; what has no role calls no AWS API.
        let template = group.template();
        let template = template.and_then(|it| topology.named::<LaunchTemplate>(it));
        let calls = template.is_some_and(|it| it.data.profile.is_some());
        if group.target_groups.is_empty() || !calls || rests(topology, name) {
            continue;
        }
        let cut: Vec<&Name> = topology
            .subnets_of(name)
            .into_iter()
            .filter(|it| is_cut(topology, &outside, it))
            .collect();
        let lacks = |code: &&str| {
            cut.iter()
                .any(|it| endpoint_of(&outside, it, code).is_none())
        };
        let lacked: Vec<&str> = needed(topology).into_iter().filter(lacks).collect();
        if lacked.is_empty() {
            continue;
        }
        let message = text("check.rt-021.message", "Between the windows {group} reaches none of {services}: its only way out is a scheduled NAT gateway.")
            .with("group", name.as_str())
            .with("services", list(&lacked));
        let on = |code: &str| {
            subject.design.is_some_and(|it| {
                let has = &it.endpoints;
                match code {
                    "secretsmanager" => has.secrets,
                    "s3" => has.s3,
                    "logs" => has.logs,
                    _ => has.ssm,
                }
            }) || lacked.contains(&code)
        };
        let title =
            text("check.rt-021.fix", "Add endpoints: {services}").with("services", list(&lacked));
        let fix = subject.fix(
            &[],
            title,
            &[
                ("endpoints.secretsmanager", &on("secretsmanager")),
                ("endpoints.s3", &on("s3")),
                ("endpoints.logs", &on("logs")),
                ("endpoints.ssm", &on("ssm")),
            ],
        );
        let resting = subject.fix(
            &[],
            text(
                "check.rt-021.fix-rest",
                "Let instances and database rest between the windows",
            ),
            &[("schedule.rest", &true)],
        );
        findings.push(
            Finding::new(&CHECK, [name], message)
                .with_fix(fix)
                .with_fix(resting),
        );
    }
}

/// Whether the way out of a subnet comes and goes.
fn is_cut(topology: &Topology, outside: &Topology, subnet: &str) -> bool {
    default_route(topology, subnet).is_some_and(|it| it.nat.is_some())
        && default_route(outside, subnet).is_none()
}

/// What the instances call.
fn needed(topology: &Topology) -> Vec<&'static str> {
    let has_secret =
        holders(topology).any(|it| it.has_secret) || topology.all::<Secret>().next().is_some();
    let mut services = Vec::new();
    services.extend(has_secret.then_some("secretsmanager"));
    services.extend(["s3", "logs"]);
    if session_manager_cut_off::is_wanted(topology) {
        services.extend(session_manager_cut_off::CALLED);
    }
    services
}

/// Whether a schedule takes a group's instances away outside of the windows.
pub fn rests(topology: &Topology, group: &Name) -> bool {
    schedule_calls(topology, "autoscaling:updateAutoScalingGroup", group)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, scheduled};

    #[test]
    fn flags_instances_whose_only_way_out_comes_and_goes() {
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[]),
            "WebGroup: Between the windows WebGroup reaches none of secretsmanager, s3, logs: its only way out is a scheduled NAT gateway."
        );
        assert_eq!(
            findings(
                &CHECK,
                &scheduled("endpoints.s3=true access.kind=session-manager"),
                &[]
            ),
            "WebGroup: Between the windows WebGroup reaches none of secretsmanager, logs, ssm, ssmmessages: its only way out is a scheduled NAT gateway."
        );
    }

    #[test]
    fn accepts_endpoints_rest_gateways_that_stay_and_batch_instances() {
        for settings in [
            "endpoints.secretsmanager=true endpoints.s3=true endpoints.logs=true",
            "schedule.rest=true",
            "network.nat=single",
            "application.enabled=false batch.enabled=true",
        ] {
            assert_eq!(
                findings(&CHECK, &scheduled(settings), &[]),
                "",
                "{settings}"
            );
        }
    }
}
