//! One VPN router of one's own is a single point of failure, however many tunnels it has.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, VpnConnection, VpnGateway};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "RT-019",
    severity: Severity::Medium,
    title: text("check.rt-019.title", "VPN over one customer gateway"),
    why: text(
        "check.rt-019.why",
        "The two tunnels of a connection end in different zones at AWS, but in one device on your side. When it fails or is restarted, your network is cut off.",
    ),
    advice: text(
        "check.rt-019.advice",
        "Connect a second customer gateway, on other hardware and another line.",
    ),
    reference: "REL02-BP02; Site-to-Site VPN user guide, redundant Site-to-Site VPN connections",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<VpnGateway>() {
        let connected = topology.all::<VpnConnection>();
        let connected =
            connected.filter(|(_, it)| it.gateway.as_ref().is_some_and(|it| it.name == *name));
        let mut customers: Vec<&Name> = connected.map(|(_, it)| &it.customer.name).collect();
        customers.dedup();
        let [customer] = customers.as_slice() else {
            continue;
        };
        let message = text(
            "check.rt-019.message",
            "{customer} alone connects your network to {gateway}.",
        )
        .with("customer", customer.as_str())
        .with("gateway", name.as_str());
        let finding = Finding::new(&CHECK, [*customer, name], message);
        findings.push(finding.at_options(vec!["vpn.customer_gateways"]));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_one_customer_gateway() {
        assert_eq!(
            findings(&CHECK, "vpn.customer_gateways=203.0.113.10", &[]),
            "CustomerGateway, VpnGateway: CustomerGateway alone connects your network to VpnGateway."
        );
    }

    #[test]
    fn accepts_two_and_none() {
        let two = "vpn.customer_gateways=203.0.113.10,198.51.100.20";
        assert_eq!(findings(&CHECK, two, &[]), "");
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
