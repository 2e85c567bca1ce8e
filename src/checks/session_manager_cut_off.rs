//! Session Manager is a connection that the instance opens.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Role, Value};
use crate::design::SESSION_POLICY;
use crate::text::text;
use crate::topology::Topology;
use crate::topology::traffic::{HTTPS, all_up, service, trace};

pub static CHECK: Check = Check {
    code: "EC2-008",
    severity: Severity::High,
    title: text(
        "check.ec2-008.title",
        "Instances that Session Manager cannot hear",
    ),
    why: text(
        "check.ec2-008.why",
        "The agent calls Systems Manager; without a NAT gateway or endpoints for ssm and ssmmessages the instance never appears there.",
    ),
    advice: text(
        "check.ec2-008.advice",
        "Add the interface endpoints of Systems Manager, or a NAT gateway.",
    ),
    reference: "Systems Manager user guide, improving security by using VPC endpoints",
    run,
};

/// What the agent calls.
pub const CALLED: [&str; 2] = ["ssm", "ssmmessages"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    if !is_wanted(topology) {
        return;
    }
    for (name, _) in topology.all::<AutoScalingGroup>() {
        let lacks = CALLED.into_iter().filter(|code| {
            let way = trace(topology, name, &service(code), HTTPS, &all_up);
            !way.is_reachable()
        });
        let lacks: Vec<&str> = lacks.collect();
        if lacks.is_empty() {
            continue;
        }
        let message = text(
            "check.ec2-008.message",
            "{group} does not reach {services} of Systems Manager.",
        )
        .with("group", name.as_str())
        .with("services", list(lacks));
        let fix = subject.fix(
            &[],
            text("check.ec2-008.fix", "Add the endpoints of Systems Manager"),
            &[("endpoints.ssm", &true)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Whether a role has the policy of the agent.
pub fn is_wanted(topology: &Topology) -> bool {
    let mut policies = topology
        .all::<Role>()
        .flat_map(|(_, it)| &it.managed_policies);
    policies.any(|it| {
        let text = if let Value::Fn(_, text) = it {
            text
        } else {
            it
        };
        text.as_str().is_some_and(|it| it.ends_with(SESSION_POLICY))
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_instances_without_a_way_to_systems_manager() {
        assert_eq!(
            findings(&CHECK, "network.nat=none access.kind=session-manager", &[]),
            "WebGroup: WebGroup does not reach ssm, ssmmessages of Systems Manager."
        );
    }

    #[test]
    fn accepts_a_nat_gateway_and_endpoints() {
        for settings in [
            "network.nat=none",
            "access.kind=session-manager",
            "network.nat=none access.kind=session-manager endpoints.ssm=true",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
