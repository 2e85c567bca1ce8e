//! Whoever is allowed passes every other rule.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{IpSet, Name, Value, WebAcl};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "ED-009",
    severity: Severity::High,
    title: text("check.ed-009.title", "Allow list that lets everyone in"),
    why: text(
        "check.ed-009.why",
        "Requests of allowed addresses pass unfiltered: neither the managed rules nor the rate limit see them.",
    ),
    advice: text(
        "check.ed-009.advice",
        "Allow the few ranges of offices and partners that you know.",
    ),
    reference: "SEC05-BP03; WAF developer guide, IP set match rule",
    run,
};

/// Shorter than what a regional registry gives to one organization.
const WIDEST: u8 = 8;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, set) in topology.all::<IpSet>() {
        let ranges = set.addresses.iter().filter_map(Value::as_str);
        let length = |it: &str| it.rsplit_once('/').and_then(|it| it.1.parse::<u8>().ok());
        let mut wide = ranges.filter(|it| length(it).is_some_and(|it| it < WIDEST));
        let Some(range) = wide.next().filter(|_| is_allowed(topology, name)) else {
            continue;
        };
        let message = text(
            "check.ed-009.message",
            "{set} lets requests from {range} pass without any further rule.",
        )
        .with("set", name.as_str())
        .with("range", range);
        let title = text("check.ed-009.fix", "Allow no addresses past the rules");
        let fix = subject.fix(&[(name, "Addresses")], title, &[("edge.allow", &"")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Whether a rule of a web ACL lets pass whom the set holds.
fn is_allowed(topology: &Topology, set: &Name) -> bool {
    let mut rules = topology.all::<WebAcl>().flat_map(|(_, it)| &it.rules);
    rules.any(|rule| {
        let statement = rule
            .get("Statement")
            .and_then(|it| it.get("IPSetReferenceStatement"));
        let asked = statement
            .and_then(|it| it.get("Arn"))
            .and_then(Value::named);
        let allows = rule
            .get("Action")
            .is_some_and(|it| it.get("Allow").is_some());
        allows && asked == Some(set)
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_ranges_that_hold_half_the_internet() {
        assert_eq!(
            findings(
                &CHECK,
                "edge.waf=true edge.allow=198.51.100.0/24,128.0.0.0/1",
                &[]
            ),
            "WebAclAllowed: WebAclAllowed lets requests from 128.0.0.0/1 pass without any further rule."
        );
    }

    #[test]
    fn accepts_small_ranges_and_wide_ones_that_are_denied() {
        for settings in [
            "edge.waf=true edge.allow=10.0.0.0/8",
            "edge.waf=true edge.deny=128.0.0.0/1",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
