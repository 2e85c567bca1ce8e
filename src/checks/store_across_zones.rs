//! What stands in one zone is reached from the others across zones.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, CacheGroup, DbInstance, Name, Zone};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "CO-008",
    severity: Severity::Low,
    title: text("check.co-008.title", "Data in one zone, readers in others"),
    why: text(
        "check.co-008.why",
        "What instances of other zones exchange with it crosses zones, at 0.01 USD a gigabyte in each direction, and waits a little longer.",
    ),
    advice: text(
        "check.co-008.advice",
        "For much traffic, give each zone a copy to read from; for little, nothing need be done.",
    ),
    reference: "COST08-BP02; EC2 on-demand pricing, data transfer within a Region",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let groups = topology.all::<AutoScalingGroup>();
    let mut readers: Vec<Zone> = groups
        .flat_map(|(group, _)| topology.zones_of(group))
        .collect();
    readers.sort();
    readers.dedup();
    if readers.len() < 2 {
        return;
    }
    for name in single(topology) {
        let message = text(
            "check.co-008.message",
            "{store} stands in one zone; instances in zones {zones} use it.",
        )
        .with("store", name.as_str())
        .with("zones", list(&readers));
        // A read replica costs more than most traffic does: only a cache gets the copy by a click.
        let fix = topology.named::<CacheGroup>(name).and_then(|_| {
            let copies = readers.len() - 1;
            subject.fix(
                &[
                    (name, "NumCacheClusters"),
                    (name, "AutomaticFailoverEnabled"),
                ],
                text("check.co-008.fix", "Keep a replica in each zone"),
                &[("cache.replicas", &copies.min(5))],
            )
        });
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Databases and caches without a second copy that anybody reads from.
fn single(topology: &Topology) -> Vec<&Name> {
    let followed: Vec<&Name> = topology
        .all::<DbInstance>()
        .filter_map(|(_, it)| it.source_name())
        .collect();
    let databases = topology.all::<DbInstance>();
    let databases = databases
        .filter(|(name, it)| !it.has_standby() && it.stands_alone() && !followed.contains(name));
    let caches = topology.all::<CacheGroup>();
    let caches = caches.filter(|(_, it)| it.replicas() == 0);
    let databases = databases.map(|(name, _)| name);
    databases.chain(caches.map(|(name, _)| name)).collect()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_database_and_a_cache_of_one_zone() {
        assert_eq!(
            findings(
                &CHECK,
                "database.multi_az=false cache.enabled=true cache.replicas=0",
                &[]
            ),
            "Database: Database stands in one zone; instances in zones a, b use it.\nCache: Cache stands in one zone; instances in zones a, b use it."
        );
    }

    #[test]
    fn accepts_copies_and_readers_of_one_zone() {
        for settings in [
            "cache.enabled=true",
            "database.multi_az=false database.read_replicas=1",
            "network.zones=1 database.multi_az=false",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }
}
