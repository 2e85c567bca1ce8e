//! Zonal shift moves traffic out of a zone that is ill but not dead.

use super::{Check, Finding, Severity, Subject};
use crate::aws::LoadBalancer;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-011",
    severity: Severity::Low,
    title: text("check.lb-011.title", "Zonal shift is off"),
    why: text(
        "check.lb-011.why",
        "When a zone only misbehaves, health checks may still pass: zonal shift lets an operator, or AWS by itself, take the zone out of service in minutes.",
    ),
    advice: text(
        "check.lb-011.advice",
        "Set zonal_shift.config.enabled; it costs nothing.",
    ),
    reference: "REL11-BP02; ARC developer guide, zonal shift",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, balancer) in topology.all::<LoadBalancer>() {
        let on = balancer.attributes.is_on("zonal_shift.config.enabled");
        if on || topology.zones_of(name).len() < 2 {
            continue;
        }
        let message = text(
            "check.lb-011.message",
            "Zonal shift cannot take a zone of {balancer} out of service.",
        )
        .with("balancer", name.as_str());
        let fix = subject.fix(
            &[(name, "LoadBalancerAttributes")],
            text("check.lb-011.fix", "Turn zonal shift on"),
            &[("balancer.zonal_shift", &true)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_load_balancer_that_cannot_shift() {
        assert_eq!(
            findings(&CHECK, "balancer.zonal_shift=false", &[]),
            "LoadBalancer: Zonal shift cannot take a zone of LoadBalancer out of service."
        );
    }

    #[test]
    fn accepts_one_that_can() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
