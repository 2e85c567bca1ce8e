//! An instance of Aurora Serverless begins with the capacity that it has.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbCluster, DbInstance, Name, ServerlessCapacity, Value, lookup};
use crate::text::{Message, text};
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "DB-027",
    severity: Severity::Medium,
    title: text("check.db-027.title", "Least capacity too low"),
    why: text(
        "check.db-027.why",
        "Readers of promotion tier 0 and 1 have as much capacity as the writer; others follow their own load, so one that takes over begins with little memory and an empty cache. Performance Insights alone takes up to 2 ACUs.",
    ),
    advice: text(
        "check.db-027.advice",
        "Give the reader that takes over tier 0 or 1, and keep 2 ACUs at least where Performance Insights is on.",
    ),
    reference: "Aurora user guide, performance and scaling for Aurora Serverless v2",
    run,
};

/// The last tier whose readers keep the writer's capacity.
const FOLLOWING: u32 = 1;
/// ACUs at least for a reader with a capacity of its own to take over: 4 GiB of memory (our own figure).
const ABLE: f64 = 2.0;
/// ACUs that AWS advises at least with Performance Insights.
const WITH_INSIGHTS: f64 = 2.0;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, cluster) in topology.all::<DbCluster>() {
        let Some((min, _)) = cluster.capacity.as_ref().map(ServerlessCapacity::limits) else {
            continue;
        };
        let heir = heir(topology, name)
            .filter(|(_, it)| it.is_serverless() && tier(it) > FOLLOWING && min < ABLE);
        if let Some((reader, it)) = heir {
            let message = text(
                "check.db-027.message",
                "{reader} would take over, but in tier {tier} it follows its own load, down to {min} ACUs.",
            )
            .with("reader", reader.as_str())
            .with("tier", tier(it))
            .with("min", min);
            findings.push(raised(
                subject,
                [name, reader],
                message,
                (reader, "PromotionTier"),
            ));
        }
        let watched = topology.members(name).find(|(_, it)| is_watched(it));
        if let Some((member, _)) = watched.filter(|_| min < WITH_INSIGHTS) {
            let message = text(
                "check.db-027.insights",
                "{cluster} goes down to {min} ACUs with Performance Insights on.",
            )
            .with("cluster", name.as_str())
            .with("min", min);
            let claim = (name, "ServerlessV2ScalingConfiguration.MinCapacity");
            findings.push(raised(subject, [name, member], message, claim));
        }
    }
}

fn raised(
    subject: &Subject<'_>,
    at: [&Name; 2],
    message: Message,
    claim: (&Name, &'static str),
) -> Finding {
    let fix = subject.fix(
        &[claim],
        text("check.db-027.fix", "Keep 2 ACUs at least"),
        &[("database.min_acu", &"2")],
    );
    let finding = Finding::new(&CHECK, at, message);
    let options = subject.blame(&[claim], &["database.min_acu"]);
    finding.at_options(options).with_fix(fix)
}

/// The reader that Aurora promotes first.
fn heir<'a>(topology: &'a Topology, cluster: &str) -> Option<(&'a Name, &'a DbInstance)> {
    let readers = topology.members(cluster).skip(1);
    readers.min_by_key(|(_, it)| tier(it))
}

fn tier(instance: &DbInstance) -> u32 {
    instance.tier.unwrap_or(DbInstance::USUAL_TIER)
}

fn is_watched(instance: &DbInstance) -> bool {
    instance.is_serverless()
        && lookup(&instance.rest, "EnablePerformanceInsights") == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const PLAIN: &str = "database.kind=aurora-serverless database.insights=false";

    #[test]
    fn flags_a_reader_that_takes_over_with_a_capacity_of_its_own() {
        let later = set("DatabaseReader1", "PromotionTier", json!(5));
        assert_eq!(
            findings(&CHECK, PLAIN, &[later]),
            "DatabaseCluster, DatabaseReader1: DatabaseReader1 would take over, but in tier 5 it follows its own load, down to 0.5 ACUs."
        );
    }

    #[test]
    fn flags_insights_on_half_an_acu() {
        assert_eq!(
            findings(&CHECK, "database.kind=aurora-serverless", &[]),
            "DatabaseCluster, DatabaseWriter: DatabaseCluster goes down to 0.5 ACUs with Performance Insights on."
        );
    }

    #[test]
    fn accepts_two_acus_and_instances_of_a_class() {
        for settings in [
            PLAIN,
            "database.kind=aurora-serverless database.min_acu=2",
            "database.kind=aurora database.class=db.r6g.large",
            "",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }
}
