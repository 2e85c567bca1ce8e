//! The rules of a web ACL: address lists, a rate limit, and the groups that AWS keeps.

use ipnet::Ipv4Net;

use super::edge::WafAction;
use super::{Design, Expansion};
use crate::aws::{IpSet, Properties, Value, map, properties};

/// Rule groups that AWS keeps: name of the rule, name of the group (WAF developer guide, AWS Managed Rules).
const MANAGED: [(&str, &str); 3] = [
    ("IpReputation", "AWSManagedRulesAmazonIpReputationList"),
    ("Common", "AWSManagedRulesCommonRuleSet"),
    ("KnownBadInputs", "AWSManagedRulesKnownBadInputsRuleSet"),
];
const SQL_INJECTION: (&str, &str) = ("SqlInjection", "AWSManagedRulesSQLiRuleSet");
const BOT_CONTROL: (&str, &str) = ("BotControl", "AWSManagedRulesBotControlRuleSet");

/// Seconds over which a rate limit counts.
const WINDOW_S: i64 = 300;

/// A list of addresses that a web ACL asks for: the rule, the IP set, and what becomes of the request.
pub(super) struct List {
    rule: &'static str,
    set: String,
    action: &'static str,
}

/// Adds the IP sets of a web ACL: those who are denied first, so that a list of the allowed takes nobody off it.
pub(super) fn lists(
    design: &Design,
    to: &mut Expansion<'_>,
    stack: usize,
    acl: &str,
    scope: &str,
) -> Vec<List> {
    let given: [(&'static str, &'static str, &[Ipv4Net]); 2] = [
        ("Denied", "Block", &design.edge.deny.0),
        ("Allowed", "Allow", &design.edge.allow.0),
    ];
    let mut lists = Vec::new();
    for (rule, action, ranges) in given {
        if ranges.is_empty() {
            continue;
        }
        let set = format!("{acl}{rule}");
        let range = |it: &Ipv4Net| Value::from(it.trunc().to_string());
        to.add(
            stack,
            set.as_str(),
            IpSet {
                scope: scope.into(),
                version: "IPV4".into(),
                addresses: ranges.iter().map(range).collect(),
                rest: Vec::new(),
            },
        );
        lists.push(List { rule, set, action });
    }
    lists
}

/// The place of the rate limit among the rules.
pub(super) fn rate_place(lists: &[List]) -> usize {
    lists.len()
}

pub(super) fn rules(design: &Design, lists: &[List]) -> Vec<Value> {
    let listed = lists.iter().map(|it| {
        let statement = map([("Arn", Value::att(it.set.as_str(), "Arn"))]);
        let rule = properties([
            ("Statement", map([("IPSetReferenceStatement", statement)])),
            ("Action", map([(it.action, map([]))])),
        ]);
        (it.rule, rule)
    });
    let rate = properties([
        ("Statement", map([("RateBasedStatement", rate(design))])),
        ("Action", map([("Block", map([]))])),
    ]);
    let further = [
        design.edge.sql_injection.then_some(SQL_INJECTION),
        design.edge.bot_control.then_some(BOT_CONTROL),
    ];
    let managed = MANAGED.into_iter().chain(further.into_iter().flatten());
    let managed = managed.map(|(name, group)| (name, managed_rule(design, group)));
    let all = listed.chain([("RateLimit", rate)]).chain(managed);
    all.zip(0..)
        .map(|((name, rule), priority)| numbered(name, priority, rule))
        .collect()
}

fn managed_rule(design: &Design, name: &str) -> Properties {
    let action = match design.edge.waf_action {
        WafAction::Block => "None",
        WafAction::Count => "Count",
    };
    let mut group = properties([("VendorName", "AWS".into()), ("Name", name.into())]);
    if name == BOT_CONTROL.1 {
        let level = map([("InspectionLevel", "COMMON".into())]);
        let configs = vec![map([("AWSManagedRulesBotControlRuleSet", level)])];
        group.push(("ManagedRuleGroupConfigs".into(), Value::List(configs)));
    }
    properties([
        (
            "Statement",
            map([("ManagedRuleGroupStatement", Value::Map(group))]),
        ),
        ("OverrideAction", map([(action, map([]))])),
    ])
}

fn numbered(name: &str, priority: i64, rule: Properties) -> Value {
    let mut all = properties([("Name", name.into()), ("Priority", priority.into())]);
    all.extend(rule);
    all.push(("VisibilityConfig".into(), visibility(name)));
    Value::Map(all)
}

fn rate(design: &Design) -> Value {
    map([
        ("Limit", design.edge.rate_limit.get().into()),
        ("EvaluationWindowSec", WINDOW_S.into()),
        ("AggregateKeyType", "IP".into()),
    ])
}

pub(super) fn visibility(metric: &str) -> Value {
    map([
        ("SampledRequestsEnabled", true.into()),
        ("CloudWatchMetricsEnabled", true.into()),
        ("MetricName", metric.into()),
    ])
}
