//! When an Auto Scaling group grows and shrinks.

use super::{AutoScalingGroup, Describe, Figure, Home, Id, Value, typed};
use crate::text::{Text, text};

typed! {
    ScalingPolicy {
        "AutoScalingGroupName" group: Id<AutoScalingGroup>,
        "PolicyType" kind: String,
        "TargetTrackingConfiguration" tracking: Option<Value>,
    }
}

impl ScalingPolicy {
    /// Target of average CPU in percent, of a target-tracking policy.
    pub fn target(&self) -> Option<f64> {
        self.tracking.as_ref()?.get("TargetValue")?.as_number()
    }
}

impl Describe for ScalingPolicy {
    const KIND: &'static str = "AWS::AutoScaling::ScalingPolicy";
    const TITLE: Text = text("aws.scaling-policy", "Scaling policy");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::With(self.group.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
