//! A range of ports runs upwards.

use super::{Check, Finding, Severity, Subject};
use crate::aws::SecurityGroup;
use crate::text::text;
use crate::topology::traffic::{Grant, egress, ingress};

pub static CHECK: Check = Check {
    code: "SG-008",
    severity: Severity::Error,
    title: text("check.sg-008.title", "Ports that EC2 refuses"),
    why: text(
        "check.sg-008.why",
        "A rule for TCP needs a first and a last port, and the first is not above the last; EC2 refuses anything else, and the stack fails.",
    ),
    advice: text(
        "check.sg-008.advice",
        "Give both ports, the lower one first.",
    ),
    reference: "EC2 API reference, IpPermission",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<SecurityGroup>() {
        let rules = ingress(topology, name).into_iter();
        for rule in rules.chain(egress(topology, name)) {
            if !is_refused(&rule) {
                continue;
            }
            let port = |it: Option<u16>| it.map_or("–".to_owned(), |it| it.to_string());
            let message = text(
                "check.sg-008.message",
                "A rule of {group} goes from port {from} to port {to}.",
            )
            .with("group", name.as_str())
            .with("from", port(rule.from_port))
            .with("to", port(rule.to_port));
            let at = if rule.at == name {
                vec![name]
            } else {
                vec![rule.at, name]
            };
            let fix = subject.undo([rule.at]);
            findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
        }
    }
}

fn is_refused(rule: &Grant<'_>) -> bool {
    let is_tcp = matches!(rule.protocol, "tcp" | "udp" | "6" | "17");
    match (rule.from_port, rule.to_port) {
        (Some(from), Some(to)) => is_tcp && from > to,
        (None, _) | (_, None) => is_tcp,
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_ports_the_wrong_way_round_and_missing() {
        let rule = "LoadBalancerToWeb80Ingress";
        assert_eq!(
            findings(&CHECK, "", &[set(rule, "FromPort", json!(8080))]),
            format!(
                "{rule}, WebSecurityGroup: A rule of WebSecurityGroup goes from port 8080 to port 80."
            )
        );
        assert_eq!(
            findings(&CHECK, "", &[set(rule, "ToPort", json!(null))]),
            format!(
                "{rule}, WebSecurityGroup: A rule of WebSecurityGroup goes from port 80 to port –."
            )
        );
    }

    #[test]
    fn accepts_single_ports_and_every_protocol() {
        assert_eq!(
            findings(&CHECK, "cache.enabled=true access.kind=bastion", &[]),
            ""
        );
    }
}
