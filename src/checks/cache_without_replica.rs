//! A cache in one zone is lost with it, and the database gets all of its load.

use super::{Check, Finding, Severity, Subject};
use crate::aws::CacheGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "CA-001",
    severity: Severity::Medium,
    title: text("check.ca-001.title", "Cache that dies with its zone"),
    why: text(
        "check.ca-001.why",
        "When the cache is gone, every read goes to the database at once, which was sized for a part of them; the cache comes back empty.",
    ),
    advice: text(
        "check.ca-001.advice",
        "Keep a replica in another zone and turn Multi-AZ on: failover takes seconds behind the same name.",
    ),
    reference: "REL10-BP01; ElastiCache user guide, minimizing downtime with Multi-AZ",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, cache) in topology.all::<CacheGroup>() {
        if cache.can_fail_over() && cache.multi_az {
            continue;
        }
        let message = if cache.replicas() == 0 {
            text("check.ca-001.single", "{cache} is a single node.")
        } else {
            text(
                "check.ca-001.message",
                "The nodes of {cache} may all stand in one zone: Multi-AZ is off.",
            )
        };
        let message = message.with("cache", name.as_str());
        let replicas = cache.replicas().max(1);
        let claims = [
            (name, "MultiAZEnabled"),
            (name, "AutomaticFailoverEnabled"),
            (name, "NumCacheClusters"),
        ];
        // In a VPC of one zone there is no other to stand in.
        let fix = (topology.zones_of(name).len() > 1)
            .then(|| {
                subject.fix(
                    &claims,
                    text("check.ca-001.fix", "Keep a replica in another zone"),
                    &[("cache.replicas", &replicas), ("cache.multi_az", &true)],
                )
            })
            .flatten();
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_single_node_and_nodes_of_one_zone() {
        assert_eq!(
            findings(&CHECK, "cache.enabled=true cache.replicas=0", &[]),
            "Cache: Cache is a single node."
        );
        assert_eq!(
            findings(&CHECK, "cache.enabled=true cache.multi_az=false", &[]),
            "Cache: The nodes of Cache may all stand in one zone: Multi-AZ is off."
        );
    }

    #[test]
    fn accepts_a_replica_in_another_zone_and_no_cache() {
        for settings in ["", "cache.enabled=true"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
