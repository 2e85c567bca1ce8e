//! A web application firewall: rules that every request passes before the application sees it.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    WebAcl {
        /// `REGIONAL`, or `CLOUDFRONT`, which exists in us-east-1 alone.
        "Scope" scope: String,
        "DefaultAction" default: Value,
        "Rules" rules: Vec<Value>,
        "VisibilityConfig" visibility: Value,
        "Tags" tags: Tags,
    }
}

impl WebAcl {
    /// Whether it filters at CloudFront's edge locations.
    pub fn is_global(&self) -> bool {
        self.scope == "CLOUDFRONT"
    }

    /// What its rules ask of a request.
    pub fn statements(&self) -> impl Iterator<Item = &Value> {
        self.rules.iter().filter_map(|it| it.get("Statement"))
    }

    /// Whether it names bots, for which AWS bills beside the rule.
    fn has_bot_control(&self) -> bool {
        let groups = self.statements().filter_map(|it| it.get("ManagedRuleGroupStatement"));
        let mut names = groups.filter_map(|it| it.get("Name")?.as_str());
        names.any(|it| it == "AWSManagedRulesBotControlRuleSet")
    }
}

impl Describe for WebAcl {
    const KIND: &'static str = "AWS::WAFv2::WebACL";
    const TITLE: Text = text("aws.web-acl", "AWS WAF web ACL");
    const ATTRIBUTE: Option<&'static str> = Some("Arn");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        if self.is_global() {
            Home::Global
        } else {
            Home::Region
        }
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Firewall)
    }

    fn meters(&self) -> Vec<Meter> {
        let rules = self.rules.len() as f64;
        let mut meters = vec![
            Meter::monthly(text("meter.web-acl", "Web ACL"), "WAF", "web_acl", 1.0),
            Meter::monthly(text("meter.web-acl-rules", "Web ACL rules"), "WAF", "rule", rules),
            Meter::flow(
                text("meter.web-acl-requests", "Requests that the web ACL filters"),
                "WAF",
                "requests",
                Flow::Filtered,
            ),
        ];
        if self.has_bot_control() {
            meters.push(Meter::monthly(
                text("meter.bot-control", "AWS WAF Bot Control"),
                "WAF",
                "bot_control",
                1.0,
            ));
            meters.push(Meter::flow(
                text(
                    "meter.bot-control-requests",
                    "Requests that Bot Control looks at",
                ),
                "WAF",
                "bot_control_requests",
                Flow::Filtered,
            ));
        }
        meters
    }
}
