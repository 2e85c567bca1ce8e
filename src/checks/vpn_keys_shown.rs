//! The keys of the tunnels are secrets like any other.

use super::{Check, Finding, Severity, Subject};
use crate::aws::VpnConnection;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "RT-023",
    severity: Severity::Low,
    title: text("check.rt-023.title", "VPN keys that a description shows"),
    why: text(
        "check.rt-023.why",
        "Without Secrets Manager the tunnels' pre-shared keys stand in the connection's configuration: whoever may describe the connection reads them.",
    ),
    advice: text(
        "check.rt-023.advice",
        "Let AWS keep the keys in Secrets Manager.",
    ),
    reference: "SEC02-BP03; Site-to-Site VPN user guide, enhanced security features using Secrets Manager",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, connection) in subject.topology.all::<VpnConnection>() {
        if connection.has_secret() {
            continue;
        }
        let message = text(
            "check.rt-023.message",
            "{connection} shows its pre-shared keys to whoever may describe it.",
        )
        .with("connection", name.as_str());
        let fix = subject.release(&[(name, "PreSharedKeyStorage")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const ONE: &str = "vpn.customer_gateways=203.0.113.10";

    #[test]
    fn flags_keys_outside_of_secrets_manager() {
        let edit = set("VpnConnection", "PreSharedKeyStorage", json!("Standard"));
        assert_eq!(
            findings(&CHECK, ONE, &[edit]),
            "VpnConnection: VpnConnection shows its pre-shared keys to whoever may describe it."
        );
    }

    #[test]
    fn accepts_a_secret() {
        assert_eq!(findings(&CHECK, ONE, &[]), "");
    }
}
