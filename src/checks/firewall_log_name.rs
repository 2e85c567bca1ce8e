//! AWS WAF knows where it may write by the name.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{LogGroup, Value, WafLogging};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "ED-006",
    severity: Severity::Error,
    title: text(
        "check.ed-006.title",
        "Place that the firewall does not log to",
    ),
    why: text(
        "check.ed-006.why",
        "AWS WAF writes to log groups, buckets and streams alone whose name begins with aws-waf-logs-, and refuses any other.",
    ),
    advice: text("check.ed-006.advice", "Give it such a name."),
    reference: "WAF developer guide, logging destinations",
    run,
};

const PREFIX: &str = "aws-waf-logs-";
/// What stands before the name in an ARN of a log group, a stream or a bucket.
const BEFORE: [&str; 3] = [":log-group:", ":deliverystream/", ":s3:::"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, logging) in topology.all::<WafLogging>() {
        let places = logging.destinations.iter();
        let mut names = places.filter_map(|it| place(topology, it));
        let Some(wrong) = names.find(|it| !it.starts_with(PREFIX)) else {
            continue;
        };
        let message = text(
            "check.ed-006.message",
            "{logging} writes to “{place}”, whose name does not begin with aws-waf-logs-.",
        )
        .with("logging", name.as_str())
        .with("place", crate::design::shorten(wrong));
        let groups = topology.all::<LogGroup>().map(|(name, _)| name);
        let fix = subject.undo(groups.chain([name]));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// The name of what an ARN means; `None` where it cannot be known from here.
fn place<'a>(topology: &'a Topology, arn: &'a Value) -> Option<&'a str> {
    if let Value::Att(group, _) = arn {
        return named(topology, group);
    }
    let arn = written(arn)?;
    let place = BEFORE.iter().find_map(|it| Some(arn.split_once(it)?.1))?;
    match place.strip_prefix("${") {
        Some(rest) => named(topology, rest.split_once('}')?.0),
        None => Some(place),
    }
}

/// The name of a log group, where it is written down.
fn named<'a>(topology: &'a Topology, group: &str) -> Option<&'a str> {
    let name = written(topology.named::<LogGroup>(group)?.name.as_ref()?)?;
    (!name.starts_with("${")).then_some(name)
}

fn written(value: &Value) -> Option<&str> {
    match value {
        Value::Fn(function, text) if function == "Sub" => text.as_str(),
        _ => value.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const LOGS: &str = "edge.waf=true edge.waf_logs=true";

    #[test]
    fn flags_any_other_name() {
        for arn in [
            json!({"Fn::Sub": "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:firewall"}),
            json!("arn:aws:s3:::firewall"),
        ] {
            assert_eq!(
                findings(
                    &CHECK,
                    LOGS,
                    &[set("WebAclLogging", "LogDestinationConfigs", json!([arn]))]
                ),
                "WebAclLogging: WebAclLogging writes to “firewall”, whose name does not begin with aws-waf-logs-."
            );
        }
    }

    #[test]
    fn accepts_the_name_that_it_comes_with_and_what_is_not_known_from_here() {
        assert_eq!(findings(&CHECK, LOGS, &[]), "");
        for group in ["WebAclLogGroup", "Named"] {
            let arn =
                format!("arn:aws:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:${{{group}}}");
            let edit = set(
                "WebAclLogging",
                "LogDestinationConfigs",
                json!([{"Fn::Sub": arn}]),
            );
            assert_eq!(findings(&CHECK, LOGS, &[edit]), "");
        }
    }
}
