//! What goes to the cache of a table is encrypted.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DaxCluster, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "CA-005",
    severity: Severity::Medium,
    title: text("check.ca-005.title", "DAX without TLS"),
    why: text(
        "check.ca-005.why",
        "DAX speaks in the clear unless told otherwise when it is made, and cannot be told later: whoever listens in the VPC reads every item.",
    ),
    advice: text(
        "check.ca-005.advice",
        "Set ClusterEndpointEncryptionType to TLS, let clients use port 9111, and encrypt at rest.",
    ),
    reference: "SEC09-BP02; DynamoDB developer guide, DAX encryption in transit",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, cluster) in subject.topology.all::<DaxCluster>() {
        let at_rest = cluster
            .encryption
            .as_ref()
            .and_then(|it| it.get("SSEEnabled"));
        let message = if !cluster.has_tls() {
            text("check.ca-005.message", "{cache} speaks in the clear.")
        } else if at_rest != Some(&Value::Bool(true)) {
            text("check.ca-005.at-rest", "{cache} stores in the clear.")
        } else {
            continue;
        };
        let message = message.with("cache", name.as_str());
        let claims = [
            (name, "ClusterEndpointEncryptionType"),
            (name, "SSESpecification"),
        ];
        let fix = subject.release(&claims);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_what_is_not_encrypted() {
        let settings = "burst.enabled=true burst.dax=true";
        for (property, found) in [
            (
                "ClusterEndpointEncryptionType",
                "OrdersCache: OrdersCache speaks in the clear.",
            ),
            (
                "SSESpecification",
                "OrdersCache: OrdersCache stores in the clear.",
            ),
        ] {
            let edits = [set("OrdersCache", property, json!(null))];
            assert_eq!(findings(&CHECK, settings, &edits), found);
        }
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
