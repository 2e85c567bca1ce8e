//! AWS WAF takes no range that is the whole internet.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{IpSet, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-008",
    severity: Severity::Error,
    title: text("check.ed-008.title", "Address list with the whole internet"),
    why: text(
        "check.ed-008.why",
        "AWS WAF refuses a range of length /0, and the stack fails.",
    ),
    advice: text(
        "check.ed-008.advice",
        "Leave the list empty to let everyone through the further rules; to close the door, block by default.",
    ),
    reference: "WAF API reference, IPSet",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, set) in subject.topology.all::<IpSet>() {
        let mut ranges = set.addresses.iter().filter_map(Value::as_str);
        let Some(all) = ranges.find(|it| it.ends_with("/0")) else {
            continue;
        };
        let message = text("check.ed-008.message", "{set} holds {range}.")
            .with("set", name.as_str())
            .with("range", all);
        let title = text("check.ed-008.fix", "Empty the address list");
        let option = if name.ends_with("Denied") {
            "edge.deny"
        } else {
            "edge.allow"
        };
        let fix = subject.fix(&[(name, "Addresses")], title, &[(option, &"")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_either_list() {
        assert_eq!(
            findings(&CHECK, "edge.waf=true edge.allow=0.0.0.0/0", &[]),
            "WebAclAllowed: WebAclAllowed holds 0.0.0.0/0."
        );
        assert_eq!(
            findings(
                &CHECK,
                "edge.waf=true edge.deny=198.51.100.0/24,0.0.0.0/0",
                &[]
            ),
            "WebAclDenied: WebAclDenied holds 0.0.0.0/0."
        );
    }

    #[test]
    fn accepts_a_range_and_no_list() {
        for settings in ["edge.waf=true edge.allow=198.51.100.0/24", "edge.waf=true"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
