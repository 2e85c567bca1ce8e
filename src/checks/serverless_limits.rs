//! Capacity of Aurora Serverless goes from a least to a most.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbCluster, ServerlessCapacity};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-026",
    severity: Severity::Error,
    title: text(
        "check.db-026.title",
        "Capacity that Aurora Serverless does not take",
    ),
    why: text(
        "check.db-026.why",
        "Aurora takes 0 to 256 ACUs at least and 1 to 256 at most, in steps of a half, and the least must not be above the most.",
    ),
    advice: text(
        "check.db-026.advice",
        "Raise the most: it is what bounds the cost, and what the load may come to.",
    ),
    reference: "RDS API reference, ServerlessV2ScalingConfiguration",
    run,
};

/// ACUs of one instance at most.
const MOST: f64 = 256.0;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, cluster) in subject.topology.all::<DbCluster>() {
        let Some((min, max)) = cluster.capacity.as_ref().map(ServerlessCapacity::limits) else {
            continue;
        };
        let halves = |it: f64| (it * 2.0).fract() == 0.0;
        let fits = (0.0..=MOST).contains(&min) && (1.0..=MOST).contains(&max);
        if fits && min <= max && halves(min) && halves(max) {
            continue;
        }
        let message = text(
            "check.db-026.message",
            "Instances of {cluster} are to have {min} to {max} ACUs.",
        )
        .with("cluster", name.as_str())
        .with("min", min)
        .with("max", max);
        let raised = min.clamp(1.0, MOST);
        let title = text("check.db-026.fix", "Allow {max} ACUs").with("max", raised);
        let claims = [
            (name, "ServerlessV2ScalingConfiguration.MinCapacity"),
            (name, "ServerlessV2ScalingConfiguration.MaxCapacity"),
        ];
        let fix = subject.fix(&claims, title, &[("database.max_acu", &raised)]);
        let options = subject.blame(&claims, &["database.min_acu", "database.max_acu"]);
        let finding = Finding::new(&CHECK, [name], message);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    const SERVERLESS: &str = "database.kind=aurora-serverless";

    #[test]
    fn flags_limits_the_wrong_way_round_and_a_most_below_one() {
        let crossed = format!("{SERVERLESS} database.min_acu=16 database.max_acu=8");
        assert_eq!(
            findings(&CHECK, &crossed, &[]),
            "DatabaseCluster: Instances of DatabaseCluster are to have 16 to 8 ACUs."
        );
        let small = format!("{SERVERLESS} database.max_acu=0.5");
        assert_eq!(
            findings(&CHECK, &small, &[]),
            "DatabaseCluster: Instances of DatabaseCluster are to have 0.5 to 0.5 ACUs."
        );
    }

    #[test]
    fn accepts_equal_limits_and_instances_of_a_class() {
        let fixed = format!("{SERVERLESS} database.min_acu=4 database.max_acu=4");
        for settings in [
            SERVERLESS,
            &fixed,
            "database.kind=aurora database.min_acu=64",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }
}
