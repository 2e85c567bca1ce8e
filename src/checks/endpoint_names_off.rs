//! Private DNS of an endpoint needs the DNS of its VPC.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Vpc, VpcEndpoint};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EP-004",
    severity: Severity::Error,
    title: text("check.ep-004.title", "Private DNS in a VPC without DNS"),
    why: text(
        "check.ep-004.why",
        "CreateVpcEndpoint refuses private DNS unless the VPC has both DNS resolution and DNS hostnames.",
    ),
    advice: text(
        "check.ep-004.advice",
        "Switch EnableDnsSupport and EnableDnsHostnames of the VPC on.",
    ),
    reference: "AWS PrivateLink guide, private DNS; VPC user guide, DNS attributes",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<VpcEndpoint>() {
        let Some(vpc) = topology.get::<Vpc>(&it.vpc) else {
            continue;
        };
        if !it.has_private_dns() || (vpc.dns_support && vpc.dns_hostnames) {
            continue;
        }
        let message = text(
            "check.ep-004.message",
            "{endpoint} has private DNS, but {vpc} lacks one of its two DNS switches.",
        )
        .with("endpoint", name.as_str())
        .with("vpc", it.vpc.name.as_str());
        let network = &it.vpc.name;
        let claims = [
            (network, "EnableDnsSupport"),
            (network, "EnableDnsHostnames"),
        ];
        let fix = subject.release(&claims);
        findings.push(Finding::new(&CHECK, [name, network], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_each_of_the_two_switches() {
        for switch in ["EnableDnsSupport", "EnableDnsHostnames"] {
            assert_eq!(
                findings(
                    &CHECK,
                    "endpoints.sts=true",
                    &[set("Vpc", switch, json!(false))]
                ),
                "StsEndpoint, Vpc: StsEndpoint has private DNS, but Vpc lacks one of its two DNS switches."
            );
        }
    }

    #[test]
    fn accepts_a_vpc_with_dns() {
        assert_eq!(findings(&CHECK, "endpoints.sts=true", &[]), "");
    }
}
