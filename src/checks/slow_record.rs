//! A name that leads to changing addresses is looked up often.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{LoadBalancer, RecordSet, VpcEndpoint};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DNS-007",
    severity: Severity::Low,
    title: text("check.dns-007.title", "Record that is kept too long"),
    why: text(
        "check.dns-007.why",
        "Resolvers keep the answer for the whole time to live: when the endpoint or the load balancer is replaced, or loses a zone, callers go on asking the old addresses.",
    ),
    advice: text(
        "check.dns-007.advice",
        "Use an alias, which follows the addresses, or a time to live of 60 s or less.",
    ),
    reference: "REL11-BP02; Route 53 developer guide, choosing between alias and non-alias records",
    run,
};

/// Seconds that a name may be kept.
const LONGEST: u64 = 60;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<RecordSet>() {
        let seconds = it.ttl.as_ref().and_then(|it| it.parse::<u64>().ok());
        let Some(seconds) = seconds.filter(|it| *it > LONGEST) else {
            continue;
        };
        let named = topology.node(name).map(|it| it.references());
        let target = named.unwrap_or_default().into_iter().find(|it| {
            topology.named::<VpcEndpoint>(it).is_some()
                || topology.named::<LoadBalancer>(it).is_some()
        });
        let Some(target) = target else {
            continue;
        };
        let message = text(
            "check.dns-007.message",
            "{record} is kept for {seconds} s, while the addresses of {target} may change.",
        )
        .with("record", name.as_str())
        .with("seconds", seconds)
        .with("target", target.as_str());
        let fix = subject.undo([name]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    fn record(ttl: &str) -> String {
        let entry = json!({"Fn::Select": [1, {"Fn::Split": [":", {"Fn::Select": [0, {"Fn::GetAtt": ["ExecuteApiEndpoint", "DnsEntries"]}]}]}]});
        let edits = [
            set("ClientApiRecord", "AliasTarget", json!(null)),
            set("ClientApiRecord", "Type", json!("CNAME")),
            set("ClientApiRecord", "TTL", json!(ttl)),
            set("ClientApiRecord", "ResourceRecords", json!([entry])),
        ];
        findings(&CHECK, "api.enabled=true client.enabled=true", &edits)
    }

    #[test]
    fn flags_a_name_that_is_kept_for_a_quarter_of_an_hour() {
        assert_eq!(
            record("900"),
            "ClientApiRecord: ClientApiRecord is kept for 900 s, while the addresses of ExecuteApiEndpoint may change."
        );
    }

    #[test]
    fn accepts_a_minute_and_an_alias() {
        assert_eq!(record("60"), "");
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
