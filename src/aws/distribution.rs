//! A content delivery network in front of the application: answers at edge locations near the viewers.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Name, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Distribution {
        "DistributionConfig" config: Value,
        "Tags" tags: Tags,
    }
}

impl Distribution {
    /// Where it fetches what it does not have.
    pub fn origins(&self) -> impl Iterator<Item = &Value> {
        let origins = self.config.get("Origins");
        origins.and_then(Value::as_list).into_iter().flatten()
    }

    /// The web ACL that filters what reaches it.
    pub fn acl(&self) -> Option<&Value> {
        self.config.get("WebACLId")
    }

    /// What answers which paths: the default one, then the others.
    pub fn behaviors(&self) -> impl Iterator<Item = &Value> {
        let further = self.config.get("CacheBehaviors").and_then(Value::as_list);
        let default = self.config.get("DefaultCacheBehavior").into_iter();
        default.chain(further.into_iter().flatten())
    }

    /// Whether there is a cache that edge locations ask before an origin, wherever it is.
    pub fn has_shield(&self) -> bool {
        let mut shields = self.origins().filter_map(|it| it.get("OriginShield"));
        shields.any(|it| it.get("Enabled") == Some(&Value::Bool(true)))
    }

    /// The Regions of the caches that edge locations ask before the origins.
    pub fn shields(&self) -> impl Iterator<Item = &str> {
        let shields = self.origins().filter_map(|it| it.get("OriginShield"));
        let on = shields.filter(|it| it.get("Enabled") == Some(&Value::Bool(true)));
        on.filter_map(|it| it.get("OriginShieldRegion")?.as_str())
    }

    /// The node of the bucket that its logs go to.
    pub fn logs_to(&self) -> Option<&Name> {
        let Value::Att(name, _) = self.config.get("Logging")?.get("Bucket")? else {
            return None;
        };
        Some(name)
    }

    /// Whether it answers under a name of the application's own.
    pub fn has_own_name(&self) -> bool {
        self.config.get("Aliases").and_then(Value::as_list).is_some_and(|it| !it.is_empty())
    }

    /// The node that an origin's address is an attribute of.
    pub fn node_at(origin: &Value) -> Option<&Name> {
        let Value::Att(name, _) = origin.get("DomainName")? else {
            return None;
        };
        Some(name)
    }
}

impl Describe for Distribution {
    const KIND: &'static str = "AWS::CloudFront::Distribution";
    const TITLE: Text = text("aws.distribution", "CloudFront distribution");

    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Icon(Glyph::Distribution)
    }

    fn meters(&self) -> Vec<Meter> {
        let out = |flow| {
            let item = text("meter.cdn-out", "CloudFront data transfer out to the internet");
            Meter::flow(item, "CloudFront", "", flow)
        };
        let requests = text("meter.cdn-requests", "CloudFront HTTPS requests");
        let mut meters = vec![
            out(Flow::EdgeOut),
            Meter::flow(requests, "CloudFront", "", Flow::EdgeRequests),
        ];
        if self.has_shield() {
            meters.push(Meter::flow(
                text(
                    "meter.origin-shield",
                    "Origin Shield: requests that no edge location answers",
                ),
                "CloudFront",
                "origin_shield_requests",
                Flow::ShieldRequests,
            ));
        }
        meters
    }
}
