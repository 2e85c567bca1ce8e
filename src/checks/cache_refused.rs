//! Settings of a replication group that exclude one another.

use super::remedy::Claim;
use super::{Check, Finding, Severity, Subject};
use crate::aws::CacheGroup;
use crate::text::{Text, text};

pub static CHECK: Check = Check {
    code: "CA-004",
    severity: Severity::Error,
    title: text("check.ca-004.title", "Cache that ElastiCache refuses"),
    why: text(
        "check.ca-004.why",
        "Failover needs a replica, Multi-AZ needs failover, a token needs encryption in transit; a group without shards has six nodes at most, and snapshots are kept for 35 days at most.",
    ),
    advice: text("check.ca-004.advice", "Change the settings together."),
    reference: "ElastiCache API reference, CreateReplicationGroup",
    run,
};

const FAILOVER: Text = text(
    "check.ca-004.failover",
    "{cache} is to fail over, but has no replica.",
);
const ZONES: Text = text(
    "check.ca-004.zones",
    "{cache} is to stand in several zones, but not to fail over.",
);
const TOKEN: Text = text(
    "check.ca-004.token",
    "{cache} has a token, but no encryption in transit.",
);
const NODES: Text = text("check.ca-004.nodes", "{cache} has more than six nodes.");
const SNAPSHOTS: Text = text(
    "check.ca-004.snapshots",
    "{cache} is to keep snapshots for more than 35 days.",
);

const REPLICAS: u32 = 5;
const DAYS: u32 = 35;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<CacheGroup>() {
        let claims: [Claim<'_>; 6] = [
            (name, "NumCacheClusters"),
            (name, "AutomaticFailoverEnabled"),
            (name, "MultiAZEnabled"),
            (name, "TransitEncryptionEnabled"),
            (name, "AuthToken"),
            (name, "SnapshotRetentionLimit"),
        ];
        let problems = [
            (it.fails_over && it.replicas() == 0, FAILOVER),
            (it.multi_az && !it.fails_over, ZONES),
            (it.token.is_some() && !it.encrypted_in_transit, TOKEN),
            (it.replicas() > REPLICAS, NODES),
            (it.snapshots.is_some_and(|it| it > DAYS), SNAPSHOTS),
        ];
        for (_, words) in problems.into_iter().filter(|(is_so, _)| *is_so) {
            let message = words.with("cache", name.as_str());
            let fix = subject.release(&claims);
            findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::{Value as Json, json};

    fn with(property: &str, value: Json) -> String {
        let edit = set("Cache", property, value);
        findings(&CHECK, "cache.enabled=true", &[edit])
    }

    #[test]
    fn flags_what_excludes_one_another() {
        for (property, value, words) in [
            (
                "NumCacheClusters",
                json!(1),
                "is to fail over, but has no replica.",
            ),
            (
                "AutomaticFailoverEnabled",
                json!(false),
                "is to stand in several zones, but not to fail over.",
            ),
            (
                "TransitEncryptionEnabled",
                json!(false),
                "has a token, but no encryption in transit.",
            ),
            ("NumCacheClusters", json!(7), "has more than six nodes."),
            (
                "SnapshotRetentionLimit",
                json!(40),
                "is to keep snapshots for more than 35 days.",
            ),
        ] {
            assert_eq!(with(property, value), format!("Cache: Cache {words}"));
        }
    }

    #[test]
    fn accepts_what_the_options_offer() {
        for settings in [
            "cache.enabled=true cache.replicas=0",
            "cache.enabled=true cache.replicas=5 cache.multi_az=false cache.snapshot_days=35",
            "cache.enabled=true network.zones=1",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
