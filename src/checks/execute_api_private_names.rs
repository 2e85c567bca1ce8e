//! Private DNS for API Gateway hides its public APIs.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Function, Name, VpcEndpoint};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EP-007",
    severity: Severity::Medium,
    title: text(
        "check.ep-007.title",
        "Public APIs of API Gateway are out of reach",
    ),
    why: text(
        "check.ep-007.why",
        "With private DNS every name under execute-api leads to the endpoint, which serves private APIs alone: calls from the VPC to public APIs of API Gateway in this Region fail.",
    ),
    advice: text(
        "check.ep-007.advice",
        "Keep it where the VPC calls private APIs alone; else leave private DNS off and call them by the name of the endpoint that is associated with the API.",
    ),
    reference: "API Gateway developer guide, private APIs; AWS PrivateLink guide, private DNS",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<VpcEndpoint>() {
        if it.service_code() != Some("execute-api") || !it.has_private_dns() {
            continue;
        }
        // Where nothing calls, nothing is out of reach.
        let vpc = Some(&it.vpc.name);
        let mut groups = topology.all::<AutoScalingGroup>().map(|(name, _)| name);
        let mut functions = topology.all::<Function>().map(|(name, _)| name);
        let stands_here = |it: &Name| topology.vpc_of(it) == vpc;
        if !groups.any(stands_here) && !functions.any(stands_here) {
            continue;
        }
        let message = text(
            "check.ep-007.message",
            "{endpoint} has private DNS: public APIs of API Gateway cannot be called from its VPC.",
        )
        .with("endpoint", name.as_str());
        // A private API cannot do without.
        let is_needed = subject.design.is_some_and(|it| it.api.enabled);
        let leave_out = || {
            subject.fix(
                &[(name, "")],
                text("check.ep-007.fix", "Leave the endpoint for API Gateway out"),
                &[("endpoints.execute_api", &false)],
            )
        };
        let fix = if is_needed { None } else { leave_out() };
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_the_endpoint_for_api_gateway() {
        assert_eq!(
            findings(&CHECK, "endpoints.execute_api=true", &[]),
            "ExecuteApiEndpoint: ExecuteApiEndpoint has private DNS: public APIs of API Gateway cannot be called from its VPC."
        );
    }

    #[test]
    fn accepts_other_endpoints_and_a_vpc_that_calls_nothing() {
        assert_eq!(findings(&CHECK, "endpoints.sqs=true", &[]), "");
        let settings = "application.enabled=false api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
