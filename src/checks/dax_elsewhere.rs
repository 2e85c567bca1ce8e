//! Not every Region has DAX.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DaxCluster, Region};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "CA-006",
    severity: Severity::Error,
    title: text("check.ca-006.title", "DAX in a Region without it"),
    why: text(
        "check.ca-006.why",
        "CloudFormation refuses a resource type that the Region does not have: the whole stack is rolled back.",
    ),
    advice: text(
        "check.ca-006.advice",
        "Leave DAX out there, or choose another Region.",
    ),
    reference: "AWS services by Region; CloudFormation resource specification",
    run,
};

/// Regions on offer that have no DAX (CloudFormation resource specification, 2026-10).
const WITHOUT: [&str; 3] = ["ap-northeast-2", "ap-northeast-3", "ap-east-1"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, _) in subject.topology.all::<DaxCluster>() {
        let region = subject.topology.region_of(name).map(Region::code);
        let Some(region) = region.filter(|it| WITHOUT.contains(it)) else {
            continue;
        };
        let message = text(
            "check.ca-006.message",
            "{cache} stands in {region}, which has no DAX.",
        )
        .with("cache", name.as_str())
        .with("region", region);
        let title = text("check.ca-006.fix", "Leave DAX out");
        let fix = subject.fix(&[(name, "")], title, &[("burst.dax", &false)]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_the_regions_that_have_none_and_no_other() {
        let at = |region: &str| format!("burst.enabled=true burst.dax=true region={region}");
        assert_eq!(
            findings(&CHECK, &at("ap-northeast-3"), &[]),
            "OrdersCache: OrdersCache stands in ap-northeast-3, which has no DAX."
        );
        assert_eq!(findings(&CHECK, &at("ap-northeast-1"), &[]), "");
    }
}
