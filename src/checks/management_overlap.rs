//! The network behind the VPN has addresses of its own.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Vpc, VpnGateway, overlap};
use crate::text::{Message, text};

pub static CHECK: Check = Check {
    code: "RT-022",
    severity: Severity::Error,
    title: text("check.rt-022.title", "Management network inside the VPC"),
    why: text(
        "check.rt-022.why",
        "Packets to a range of the VPC follow its local route, whatever the VPN announces: no answer ever reaches the management network. From public addresses administrators come over the internet, past the VPN.",
    ),
    advice: text(
        "check.rt-022.advice",
        "Give the range that your network really has behind the VPN: a private one that meets none of the VPC's.",
    ),
    reference: "Site-to-Site VPN user guide, route priority",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let Some(design) = subject.design.filter(|it| !it.vpn.customers.0.is_empty()) else {
        return;
    };
    for network in &design.vpn.network.0 {
        let vpc = topology.all::<Vpc>().map(|(name, _)| name);
        let mut vpc = vpc.filter(|it| {
            let ranges = topology.vpc_ranges(it);
            ranges.iter().any(|it| overlap(it, network))
        });
        let is_private = network.network().is_private() && network.broadcast().is_private();
        let words = match (vpc.next(), is_private) {
            (Some(vpc), _) => text(
                "check.rt-022.message",
                "The management network {network} and {vpc} have addresses in common: answers stay in the VPC.",
            )
            .with("vpc", vpc.as_str()),
            (None, false) => Message::from(text(
                "check.rt-022.public",
                "The management network {network} has public addresses: its rules let the internet's packets in, past the VPN.",
            )),
            (None, true) => continue,
        };
        let gateways: Vec<&Name> = topology.all::<VpnGateway>().map(|it| it.0).collect();
        let message = words.with("network", *network);
        let title = text("check.rt-022.fix", "Let nobody in over the VPN");
        let fix = subject.fix(&[], title, &[("vpn.network", &"")]);
        let finding = Finding::new(&CHECK, gateways, message).with_fix(fix);
        findings.push(finding.at_options(vec!["vpn.network"]));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_range_of_the_vpc_and_one_of_the_internet() {
        let vpn = "vpn.customer_gateways=203.0.113.10,198.51.100.20";
        assert_eq!(
            findings(&CHECK, &format!("{vpn} vpn.network=10.0.4.0/24"), &[]),
            "VpnGateway: The management network 10.0.4.0/24 and Vpc have addresses in common: answers stay in the VPC."
        );
        assert_eq!(
            findings(&CHECK, &format!("{vpn} vpn.network=203.0.113.0/24"), &[]),
            "VpnGateway: The management network 203.0.113.0/24 has public addresses: its rules let the internet's packets in, past the VPN."
        );
    }

    #[test]
    fn accepts_a_private_range_of_its_own() {
        let vpn = "vpn.customer_gateways=203.0.113.10 vpn.network=192.168.100.0/24";
        assert_eq!(findings(&CHECK, vpn, &[]), "");
        assert_eq!(findings(&CHECK, "vpn.network=10.0.4.0/24", &[]), "");
    }
}
