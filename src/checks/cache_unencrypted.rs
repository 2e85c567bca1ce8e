//! A cache that can be listened to, or that anybody inside may ask.

use super::{Check, Finding, Severity, Subject};
use crate::aws::CacheGroup;
use crate::text::{Text, text};

pub static CHECK: Check = Check {
    code: "CA-003",
    severity: Severity::High,
    title: text("check.ca-003.title", "Cache without encryption or token"),
    why: text(
        "check.ca-003.why",
        "Sessions and personal data lie in caches; without TLS, encryption at rest and a token, one host inside the VPC that is taken over reads and changes them.",
    ),
    advice: text(
        "check.ca-003.advice",
        "Encrypt in transit and at rest, and ask for a token or for IAM authentication.",
    ),
    reference: "SEC08-BP02, SEC09-BP02; ElastiCache user guide, data security",
    run,
};

const TRANSIT: Text = text("check.ca-003.transit", "encryption in transit");
const REST: Text = text("check.ca-003.rest", "encryption at rest");
const TOKEN: Text = text("check.ca-003.token", "authentication");

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, cache) in subject.topology.all::<CacheGroup>() {
        let users = cache.rest.iter().any(|(key, _)| key == "UserGroupIds");
        let lacks = [
            (
                cache.encrypted_in_transit,
                TRANSIT,
                "TransitEncryptionEnabled",
            ),
            (cache.encrypted_at_rest, REST, "AtRestEncryptionEnabled"),
            (cache.token.is_some() || users, TOKEN, "AuthToken"),
        ];
        for (has, what, property) in lacks {
            if has {
                continue;
            }
            let message = text("check.ca-003.message", "{cache} has no {what}.")
                .with("cache", name.as_str())
                .with("what", what);
            let fix = subject.release(&[(name, property)]);
            findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_each_protection_that_is_missing() {
        for (property, value, what) in [
            (
                "TransitEncryptionEnabled",
                json!(false),
                "encryption in transit",
            ),
            (
                "AtRestEncryptionEnabled",
                json!(false),
                "encryption at rest",
            ),
            ("AuthToken", json!(null), "authentication"),
        ] {
            assert_eq!(
                findings(
                    &CHECK,
                    "cache.enabled=true",
                    &[set("Cache", property, value)]
                ),
                format!("Cache: Cache has no {what}.")
            );
        }
    }

    #[test]
    fn accepts_the_component_as_it_is() {
        assert_eq!(findings(&CHECK, "cache.enabled=true", &[]), "");
    }
}
