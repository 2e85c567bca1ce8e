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
    }
}

typed! {
    InstanceProfileReference {
        "Arn" arn: Id<InstanceProfile>,
    }
}

impl LaunchTemplate {
    /// Whether the instance metadata service answers only requests with a session token (IMDSv2).
    pub fn requires_session_tokens(&self) -> bool {
        let tokens = self.data.metadata.as_ref().and_then(|it| it.get("HttpTokens"));
        tokens.and_then(Value::as_str) == Some("required")
    }

    /// Volumes as type, gigabytes and whether they are encrypted.
    pub fn disks(&self) -> impl Iterator<Item = (&str, i64, bool)> {
        self.data.volumes.iter().filter_map(|mapping| {
            let ebs = mapping.get("Ebs")?;
            let size = match ebs.get("VolumeSize") {
                Some(Value::Int(size)) => *size,
                _ => 0,
            };
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
        meters
    }
}
