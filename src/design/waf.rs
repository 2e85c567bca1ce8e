//! Where web ACLs stand: one at the edge locations before CloudFront, one in the Region before what users or clients call
//! there.

use super::option::Section;
use super::waf_rules::{rate_place, rules, visibility};
use super::{Design, EDGE, Edit, Expansion, GLOBAL, api, balancer, waf_rules};
use crate::aws::{LogGroup, Value, WafLogging, WebAcl, WebAclAssociation, list, map, properties};
use crate::text::text;
use crate::topology::{Keep, Takes};

pub const ACL: &str = "WebAcl";
pub(super) const API_ACL: &str = "ApiWebAcl";
const LOGS: &str = "WebAclLogGroup";

/// The burst path's public API and its stage.
const PUBLIC_API: (&str, &str) = ("OrdersApi", "OrdersApiStage");

/// Days that CloudWatch Logs can keep a log group, up to two years (CloudWatch Logs API reference, PutRetentionPolicy).
const RETENTIONS: [&str; 15] = [
    "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545", "731",
];

/// What a regional web ACL can stand before: the name of the association, and what it protects.
type Door = (&'static str, Value);

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !design.edge.waf {
        return;
    }
    let apis = apis(design, to);
    if is_global(design) {
        acl(design, to, GLOBAL, ACL);
        if !apis.is_empty() {
            acl(design, to, EDGE, API_ACL);
            associate(to, API_ACL, apis);
        }
        return;
    }
    let balancer = Value::reference(balancer::BALANCER);
    let application = design
        .has_application()
        .then_some(("WebAclAssociation", balancer));
    let doors: Vec<Door> = application.into_iter().chain(apis).collect();
    if !doors.is_empty() {
        acl(design, to, EDGE, ACL);
        associate(to, ACL, doors);
    }
}

/// Whether it filters at the edge locations: CloudFront takes web ACLs of us-east-1 alone (WAF developer guide).
pub fn is_global(design: &Design) -> bool {
    design.edge.waf && design.edge.cloudfront && design.has_application()
}

/// The stages of the APIs that the design has.
fn apis(design: &Design, to: &Expansion<'_>) -> Vec<Door> {
    let private = design
        .api
        .enabled
        .then_some(("ApiWebAclAssociation", stage(api::API, api::STAGE)));
    let (name, at) = PUBLIC_API;
    let is_public = to.topology.node(name).is_some() && to.topology.node(at).is_some();
    let public = is_public.then(|| ("OrdersWebAclAssociation", stage(name, at)));
    private.into_iter().chain(public).collect()
}

fn stage(api: &str, stage: &str) -> Value {
    Value::sub(format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}::/restapis/${{{api}}}/stages/${{{stage}}}"
    ))
}

fn associate(to: &mut Expansion<'_>, acl: &str, doors: Vec<Door>) {
    for (name, resource) in doors {
        let association = WebAclAssociation {
            resource,
            acl: Value::att(acl, "Arn"),
            rest: Vec::new(),
        };
        to.add(EDGE, name, association);
    }
}

/// A web ACL: the one that bears the design's usual name is adjustable, and writes logs where that is asked for.
fn acl(design: &Design, to: &mut Expansion<'_>, stack: usize, name: &'static str) {
    let scope = if stack == GLOBAL {
        "CLOUDFRONT"
    } else {
        "REGIONAL"
    };
    let is_main = name == ACL;
    let lists = waf_rules::lists(design, to, stack, name, scope);
    let node = to.add(
        stack,
        name,
        WebAcl {
            scope: scope.into(),
            default: map([("Allow", map([]))]),
            rules: rules(design, &lists),
            visibility: visibility(name),
            tags: to.tags(if is_main { "web" } else { "api" }),
            rest: Vec::new(),
        },
    );
    node.comment(if lists.is_empty() {
        text(
            "comment.web-acl",
            "The rate limit stands first: what it blocks costs no further rule. Let new managed rules count for some days before they block.",
        )
    } else {
        text(
            "comment.web-acl-lists",
            "The address lists stand first, then the rate limit. Let new managed rules count for some days before they block.",
        )
    });
    let limit = match rate_place(&lists) {
        0 => "Rules.0.Statement.RateBasedStatement.Limit",
        1 => "Rules.1.Statement.RateBasedStatement.Limit",
        _ => "Rules.2.Statement.RateBasedStatement.Limit",
    };
    to.adjust(
        stack,
        "WafRateLimit",
        "edge.waf_rate_limit",
        [(name, limit)],
    );
    if design.edge.waf_logs && is_main {
        logs(to, stack);
    }
}

/// What was let through is left out: it is most of all, and says little.
fn logs(to: &mut Expansion<'_>, stack: usize) {
    let node = to.add(
        stack,
        LOGS,
        LogGroup {
            name: Some(Value::sub("aws-waf-logs-${AWS::StackName}")),
            retention: Some(30),
            tags: to.tags("firewall"),
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
    node.comment(text(
        "comment.waf-logs",
        "AWS WAF writes to log groups alone whose name begins with aws-waf-logs-.",
    ));
    to.adjust_as(
        stack,
        "WafLogRetentionDays",
        Section::Edge.title(),
        (
            text("parameter.waf-days", "WAF logs kept (days)"),
            text(
                "parameter.waf-days.help",
                "Days that CloudWatch Logs keeps what AWS WAF has written",
            ),
        ),
        Takes::OneOf(RETENTIONS.to_vec()),
        [(LOGS, "RetentionInDays")],
    );
    let condition = |action: &str| map([("ActionCondition", map([("Action", action.into())]))]);
    let keep = map([
        ("Behavior", "KEEP".into()),
        ("Requirement", "MEETS_ANY".into()),
        ("Conditions", list(["BLOCK", "COUNT"].map(condition))),
    ]);
    let filter = map([
        ("DefaultBehavior", "DROP".into()),
        ("Filters", list([keep])),
    ]);
    let group = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:aws-waf-logs-${AWS::StackName}";
    to.add(
        stack,
        "WebAclLogging",
        WafLogging {
            acl: Value::att(ACL, "Arn"),
            destinations: vec![Value::sub(group)],
            rest: properties([("LoggingFilter", filter)]),
        },
    )
    .after(LOGS);
}
