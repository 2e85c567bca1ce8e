//! What a load balancer checks and sends requests to.

use super::{Attributes, Describe, Figure, Home, Id, Tags, Vpc, typed};
use crate::text::{Text, text};

typed! {
    TargetGroup {
        "VpcId" vpc: Id<Vpc>,
        "Port" port: u16,
        "Protocol" protocol: String,
        "TargetType" target_type: String,
        "HealthCheckPath" path: Option<String>,
        /// Seconds between checks, 5-300; AWS's default is 30.
        "HealthCheckIntervalSeconds" interval: Option<u32>,
        /// Seconds until a check counts as failed, 2-120; AWS's default is 5.
        "HealthCheckTimeoutSeconds" timeout: Option<u32>,
        /// Passed checks until an unhealthy target is healthy again, 2-10; AWS's default is 5.
        "HealthyThresholdCount" healthy_threshold: Option<u32>,
        /// Failed checks until a target is unhealthy, 2-10; AWS's default is 2.
        "UnhealthyThresholdCount" unhealthy_threshold: Option<u32>,
        "TargetGroupAttributes" attributes: Attributes,
        "Tags" tags: Tags,
    }
}

impl TargetGroup {
    /// AWS's default seconds between checks, and seconds until one counts as failed (ELB user guide, health checks for
    /// target groups).
    pub const INTERVAL: u32 = 30;
    pub const TIMEOUT: u32 = 5;
    /// AWS's default number of passed and of failed checks (same).
    pub const HEALTHY_THRESHOLD: u32 = 5;
    pub const UNHEALTHY_THRESHOLD: u32 = 2;

    /// Interval, timeout, healthy and unhealthy threshold with AWS's defaults filled in.
    pub fn health_check(&self) -> (u32, u32, u32, u32) {
        (
            self.interval.unwrap_or(Self::INTERVAL),
            self.timeout.unwrap_or(Self::TIMEOUT),
            self.healthy_threshold.unwrap_or(Self::HEALTHY_THRESHOLD),
            self.unhealthy_threshold.unwrap_or(Self::UNHEALTHY_THRESHOLD),
        )
    }

    /// Seconds from failure to unhealthy, at the least and at the most: (U - 1) I + T and U I + T.
    pub fn detection(&self) -> (u32, u32) {
        let (interval, timeout, _, unhealthy) = self.health_check();
        (
            unhealthy
                .saturating_sub(1)
                .saturating_mul(interval)
                .saturating_add(timeout),
            unhealthy.saturating_mul(interval).saturating_add(timeout),
        )
    }

    /// Whether requests cross zones: on unless the group turns it off.
    pub fn crosses_zones(&self) -> bool {
        self.attributes.get("load_balancing.cross_zone.enabled") != Some("false")
    }
}

impl Describe for TargetGroup {
    const KIND: &'static str = "AWS::ElasticLoadBalancingV2::TargetGroup";
    const TITLE: Text = text("aws.target-group", "Target group");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Vpc(self.vpc.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
