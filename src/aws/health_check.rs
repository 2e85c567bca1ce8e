//! Route 53's own look at an endpoint, from all over the world.

use super::{Describe, Figure, Glyph, Home, Meter, Value, map, typed};
use crate::text::{Text, text};

typed! {
    HealthCheck {
        "HealthCheckConfig" config: Value,
        "HealthCheckTags" labels: Vec<Value>,
    }
}

impl HealthCheck {
    /// AWS's defaults: seconds between checks and failures in a row (Route 53 API reference, HealthCheckConfig).
    const INTERVAL: u32 = 30;
    const THRESHOLD: u32 = 3;

    /// Seconds between two checks of one checker: 30 or 10.
    pub fn interval(&self) -> u32 {
        self.number("RequestInterval").unwrap_or(Self::INTERVAL)
    }

    /// Failed checks in a row until it is unhealthy, and passed ones until it is healthy.
    pub fn threshold(&self) -> u32 {
        self.number("FailureThreshold").unwrap_or(Self::THRESHOLD)
    }

    fn number(&self, key: &str) -> Option<u32> {
        <u32 as super::Field>::read(self.config.get(key)).ok()
    }

    /// What is billed beside the check itself: HTTPS, and an interval of 10 s (Route 53 pricing, optional features).
    fn features(&self) -> u32 {
        let kind = self.config.get("Type").and_then(Value::as_str);
        u32::from(kind.is_some_and(|it| it.starts_with("HTTPS"))) + u32::from(self.interval() == 10)
    }

    /// A tag that names it.
    pub fn label(name: Value) -> Value {
        map([("Key", "Name".into()), ("Value", name)])
    }
}

impl Describe for HealthCheck {
    const KIND: &'static str = "AWS::Route53::HealthCheck";
    const TITLE: Text = text("aws.health-check", "Route 53 health check");

    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::HealthCheck)
    }

    fn meters(&self) -> Vec<Meter> {
        let mut meters = vec![Meter::monthly(
            text("meter.health-check", "Route 53 health check of an AWS endpoint"),
            "Route53",
            "health_check_AWS_endpoint",
            1.0,
        )];
        if self.features() > 0 {
            meters.push(Meter::monthly(
                text("meter.health-check-features", "Route 53 health check: HTTPS, fast interval"),
                "Route53",
                "health_check_optional_feature_AWS",
                f64::from(self.features()),
            ));
        }
        meters
    }
}
