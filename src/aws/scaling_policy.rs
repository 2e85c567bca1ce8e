//! When an Auto Scaling group grows and shrinks.

use super::{AutoScalingGroup, Describe, Figure, Home, Id, Value, typed};
use crate::text::{Text, text};

typed! {
    ScalingPolicy {
        "AutoScalingGroupName" group: Id<AutoScalingGroup>,
        "PolicyType" kind: String,
        "TargetTrackingConfiguration" tracking: Option<Value>,
        "PredictiveScalingConfiguration" prediction: Option<Value>,
    }
}

impl ScalingPolicy {
    /// Whether it raises the capacity ahead of a load that it has learned to expect.
    pub fn forecasts(&self) -> bool {
        let mode = self.prediction.as_ref().and_then(|it| it.get("Mode"));
        mode.and_then(Value::as_str) == Some("ForecastAndScale")
    }

    /// Target of average CPU in percent, of a target-tracking policy.
    pub fn target(&self) -> Option<f64> {
        let tracking = self.tracking.as_ref()?;
        let other = tracking.get("CustomizedMetricSpecification");
        let predefined = tracking.get("PredefinedMetricSpecification");
        let metric = predefined.and_then(|it| it.get("PredefinedMetricType"));
        let is_cpu = metric.is_none_or(|it| it.as_str() == Some("ASGAverageCPUUtilization"));
        let target = tracking.get("TargetValue")?.as_number();
        target.filter(|_| other.is_none() && is_cpu)
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
