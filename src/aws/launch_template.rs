//! The pattern that an Auto Scaling group launches instances from.

use super::{Describe, Figure, Home, Id, InstanceProfile, Meter, SecurityGroup, Value, typed};
use crate::text::{Text, text};

typed! {
    LaunchTemplate {
        "LaunchTemplateData" data: LaunchTemplateData,
    }
}

typed! {
    LaunchTemplateData {
        "ImageId" image: Value,
        "InstanceType" instance_type: String,
        "IamInstanceProfile" profile: Option<InstanceProfileReference>,
        "SecurityGroupIds" security_groups: Vec<Id<SecurityGroup>>,
        "MetadataOptions" metadata: Option<Value>,
        "BlockDeviceMappings" volumes: Vec<Value>,
        "UserData" user_data: Option<Value>,
        "Monitoring" monitoring: Option<Value>,
    }
}

typed! {
    InstanceProfileReference {
        "Arn" arn: Id<InstanceProfile>,
    }
}

/// Metrics that detailed monitoring publishes for an instance, each billed as a custom metric (CloudWatch pricing).
const DETAILED_METRICS: f64 = 7.0;

impl LaunchTemplate {
    /// Whether each instance publishes its metrics every minute instead of every five.
    pub fn monitors_in_detail(&self) -> bool {
        let monitoring = self.data.monitoring.as_ref();
        monitoring.and_then(|it| it.get("Enabled")) == Some(&Value::Bool(true))
    }

    /// Whether the instance metadata service answers only requests with a session token (IMDSv2).
    pub fn requires_session_tokens(&self) -> bool {
        let tokens = self.data.metadata.as_ref().and_then(|it| it.get("HttpTokens"));
        tokens.and_then(Value::as_str) == Some("required")
    }

    /// Volumes as type, gigabytes and whether they are encrypted.
    pub fn disks(&self) -> impl Iterator<Item = (&str, i64, bool)> {
        self.data.volumes.iter().filter_map(|mapping| {
            let ebs = mapping.get("Ebs")?;
            let size = if let Some(Value::Int(size)) = ebs.get("VolumeSize") { *size } else { 0 };
            let kind = ebs.get("VolumeType").and_then(Value::as_str).unwrap_or("gp2");
            Some((kind, size, ebs.get("Encrypted") == Some(&Value::Bool(true))))
        })
    }
}

impl Describe for LaunchTemplate {
    const KIND: &'static str = "AWS::EC2::LaunchTemplate";
    const TITLE: Text = text("aws.launch-template", "Launch template");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }

    fn meters_each(&self) -> Vec<Meter> {
        let mut meters = vec![Meter::hours(
            text("meter.instance-hours", "EC2 instances"),
            "EC2",
            format!("{} Linux on-demand shared", self.data.instance_type),
            1.0,
        )];
        for (kind, size, _) in self.disks() {
            meters.push(Meter::monthly(
                text("meter.volumes", "EBS volumes"),
                "EBS",
                format!("{kind}_storage"),
                size as f64,
            ));
        }
        if self.monitors_in_detail() {
            // The price of the first 10,000 metrics, which 1,400 instances would take.
            meters.push(Meter::monthly(
                text("meter.detailed-monitoring", "Detailed monitoring of instances"),
                "CloudWatch",
                "custom_metric_first_10k",
                DETAILED_METRICS,
            ));
        }
        meters
    }
}
