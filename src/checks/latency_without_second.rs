//! Latency decides between two Regions under one name.

use super::{Check, Finding, Severity, Subject};
use crate::design::Routing;
use crate::text::{Text, text};

pub static CHECK: Check = Check {
    code: "DNS-009",
    severity: Severity::Error,
    title: text(
        "check.dns-009.title",
        "Latency records without a second Region",
    ),
    why: text(
        "check.dns-009.why",
        "Latency records need a name of your hosted zone and something to choose between: as it is, Route 53 answers as without them, or refuses two records for one Region.",
    ),
    advice: text(
        "check.dns-009.advice",
        "Enter the domain, another Region, and the address of what answers there; or choose failover.",
    ),
    reference: "Route 53 developer guide, latency-based routing",
    run,
};

const NO_DOMAIN: Text = text(
    "check.dns-009.domain",
    "Latency routing is chosen, but there is no domain.",
);
const NO_TARGET: Text = text(
    "check.dns-009.target",
    "Latency routing is chosen, but nothing is given that answers in the second Region.",
);
const SAME: Text = text(
    "check.dns-009.same",
    "Latency routing is chosen, but the second Region is the first one.",
);

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(design) = subject
        .design
        .filter(|it| it.dns.routing == Routing::Latency)
    else {
        return;
    };
    let words = if design.balancer.domain.as_str().is_empty() {
        NO_DOMAIN
    } else if design.dns.second_target.as_str().is_empty() {
        NO_TARGET
    } else if design.dns.second_region == design.network.region {
        SAME
    } else {
        return;
    };
    let title = text("check.dns-009.fix", "Go back to failover routing");
    let fix = subject.fix(&[], title, &[("dns.routing", &"failover")]);
    let finding = Finding::new(&CHECK, [], words);
    findings.push(finding.at_options(vec!["dns.routing"]).with_fix(fix));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_what_latency_cannot_decide() {
        let named = "dns.routing=latency balancer.domain=www.example.com";
        let cases = [
            ("dns.routing=latency".to_owned(), "there is no domain."),
            (
                named.to_owned(),
                "nothing is given that answers in the second Region.",
            ),
            (
                format!("{named} dns.second_target=203.0.113.10 dns.second_region=ap-northeast-1"),
                "the second Region is the first one.",
            ),
        ];
        for (settings, why) in cases {
            let found = findings(&CHECK, &settings, &[]);
            assert_eq!(found, format!(": Latency routing is chosen, but {why}"));
        }
    }

    #[test]
    fn accepts_two_regions_and_failover() {
        let named =
            "dns.routing=latency balancer.domain=www.example.com dns.second_target=203.0.113.10";
        for settings in [named, ""] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
