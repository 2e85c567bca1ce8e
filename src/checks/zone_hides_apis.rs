//! A private zone hides what public DNS says of every name in it.

use super::naming::{domain, holds};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{HostedZone, Region};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DNS-005",
    severity: Severity::Medium,
    title: text("check.dns-005.title", "Private zone that hides other APIs"),
    why: text(
        "check.dns-005.why",
        "In its VPCs a private zone is the only one that is asked for the names below its own. One for execute-api as a whole makes every API of the Region vanish but those that it has a record of, public ones included.",
    ),
    advice: text(
        "check.dns-005.advice",
        "Give the zone the name of the one API: its id, execute-api and the Region.",
    ),
    reference: "Route 53 developer guide, private hosted zones; API Gateway developer guide, private REST APIs",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<HostedZone>() {
        let own = domain(topology, name, &it.domain);
        let hidden = |own: &String| {
            Region::all().find(|it| holds(own, &format!("execute-api.{it}.amazonaws.com")))
        };
        let found = own.filter(|_| it.is_private());
        let Some((own, region)) = found.and_then(|own| hidden(&own).map(|it| (own, it))) else {
            continue;
        };
        let message = text(
            "check.dns-005.message",
            "{zone} is the zone of {domain}: it hides every other API of {region}.",
        )
        .with("zone", name.as_str())
        .with("domain", own)
        .with("region", region.code());
        let fix = subject.undo([name]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_zone_for_execute_api_as_a_whole() {
        let all = json!("execute-api.ap-northeast-1.amazonaws.com.");
        let edits = [set("ClientHostedZone", "Name", all)];
        assert_eq!(
            findings(&CHECK, "api.enabled=true client.enabled=true", &edits),
            "ClientHostedZone: ClientHostedZone is the zone of execute-api.ap-northeast-1.amazonaws.com: it hides every other API of ap-northeast-1."
        );
    }

    #[test]
    fn accepts_a_zone_for_one_api() {
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
