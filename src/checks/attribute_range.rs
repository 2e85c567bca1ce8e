//! Attributes of load balancers are free text to a linter, and numbers to AWS.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Attributes, LoadBalancer, Name, TargetGroup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-017",
    severity: Severity::Error,
    title: text("check.lb-017.title", "Attribute out of its range"),
    why: text(
        "check.lb-017.why",
        "CloudFormation hands attributes over as text; the load balancer refuses a value outside its range when the stack is half made.",
    ),
    advice: text("check.lb-017.advice", "Use a value inside the range."),
    reference: "ELB user guide, target group attributes and load balancer attributes",
    run,
};

/// Ranges in seconds or targets; a slow start of 0 is off.
const RANGES: [(&str, u32, u32); 7] = [
    ("deregistration_delay.timeout_seconds", 0, 3_600),
    ("slow_start.duration_seconds", 30, 900),
    ("stickiness.lb_cookie.duration_seconds", 1, 604_800),
    ("stickiness.app_cookie.duration_seconds", 1, 604_800),
    (FAILOVER, 1, 1_000),
    ("idle_timeout.timeout_seconds", 1, 4_000),
    ("client_keep_alive.seconds", 60, 604_800),
];
const FAILOVER: &str = "target_group_health.dns_failover.minimum_healthy_targets.count";
const ROUTING: &str = "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count";

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let groups = topology.all::<TargetGroup>();
    let groups = groups.map(|(name, it)| (name, "TargetGroupAttributes", &it.attributes));
    let balancers = topology.all::<LoadBalancer>();
    let balancers = balancers.map(|(name, it)| (name, "LoadBalancerAttributes", &it.attributes));
    for (name, property, attributes) in groups.chain(balancers) {
        look(subject, name, property, attributes, findings);
    }
}

fn look(
    subject: &Subject<'_>,
    name: &Name,
    property: &str,
    attributes: &Attributes,
    findings: &mut Vec<Finding>,
) {
    let number = |key| attributes.get(key).and_then(|it| it.parse::<u32>().ok());
    for (key, least, most) in RANGES {
        // The zone leaves DNS before its load balancer gives up on health, never after.
        let least = if key == FAILOVER {
            number(ROUTING).unwrap_or(least)
        } else {
            least
        };
        let is_off = |it| key.starts_with("slow_start") && it == 0;
        let Some(given) = number(key).filter(|it| !(least..=most).contains(it) && !is_off(*it))
        else {
            continue;
        };
        let message = text(
            "check.lb-017.message",
            "{attribute} of {resource} is {given}; it goes from {least} to {most}.",
        )
        .with("attribute", key)
        .with("resource", name.as_str())
        .with("given", given)
        .with("least", least)
        .with("most", most);
        let fix = subject.release(&[(name, property)]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::{CHECK, FAILOVER, ROUTING};
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    fn with(resource: &str, property: &str, attributes: &[(&str, &str)]) -> String {
        let all: Vec<_> = attributes
            .iter()
            .map(|(key, value)| json!({"Key": key, "Value": value}))
            .collect();
        findings(&CHECK, "", &[set(resource, property, json!(all))])
    }

    #[test]
    fn flags_what_is_out_of_range() {
        let group = |all: &[(&str, &str)]| with("WebTargetGroup", "TargetGroupAttributes", all);
        assert_eq!(
            group(&[("deregistration_delay.timeout_seconds", "4000")]),
            "WebTargetGroup: deregistration_delay.timeout_seconds of WebTargetGroup is 4000; it goes from 0 to 3600."
        );
        assert_eq!(
            group(&[(FAILOVER, "1"), (ROUTING, "2")]),
            format!("WebTargetGroup: {FAILOVER} of WebTargetGroup is 1; it goes from 2 to 1000.")
        );
        assert_eq!(group(&[("slow_start.duration_seconds", "0")]), "");
        assert_eq!(
            with(
                "LoadBalancer",
                "LoadBalancerAttributes",
                &[("idle_timeout.timeout_seconds", "5000")]
            ),
            "LoadBalancer: idle_timeout.timeout_seconds of LoadBalancer is 5000; it goes from 1 to 4000."
        );
    }

    #[test]
    fn accepts_what_the_options_offer() {
        for settings in [
            "",
            "balancer.stickiness=true balancer.deregistration_delay=3600",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
