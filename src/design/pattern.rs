//! What Auto Scaling groups launch instances from: machine image, volume, metadata service and tags.

use super::Expansion;
use super::fleet::InstanceType;
use crate::aws::{
    InstanceProfileReference, LaunchTemplate, LaunchTemplateData, Properties, Value, list, map,
    properties,
};
use crate::text::{Text, text};
use crate::topology::Parameter;

/// The instances of one group.
pub(super) struct Pattern {
    /// Name of the parameter with the machine image.
    pub image: &'static str,
    pub instance_type: InstanceType,
    pub profile: &'static str,
    pub security_group: &'static str,
    /// Whether the metadata service answers only requests with a session token (IMDSv2).
    pub session_tokens: bool,
    pub volume_gb: u32,
    /// The script of the first boot, with references as in `Fn::Sub`.
    pub user_data: String,
    /// Whether metrics come every minute, which is billed for.
    pub monitored: bool,
    /// What the instances are called, behind the name of their stack.
    pub tag: &'static str,
}

/// Declares the parameter with the newest Amazon Linux image for an instance type.
pub(super) fn image(
    to: &mut Expansion<'_>,
    stack: usize,
    name: &str,
    label: Text,
    instance_type: InstanceType,
) {
    let architecture = if instance_type.is_arm() {
        "arm64"
    } else {
        "x86_64"
    };
    to.parameter(
        stack,
        Parameter {
            name: name.into(),
            kind: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
            default: Some(format!(
                "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-{architecture}"
            )),
            pattern: None,
            label,
            description: text(
                "parameter.image.help",
                "Public SSM parameter that names the newest Amazon Linux 2023 image",
            ),
            example: None,
        },
    );
}

pub(super) fn launch_template(of: Pattern) -> LaunchTemplate {
    let tokens = if of.session_tokens {
        "required"
    } else {
        "optional"
    };
    let tagged = |resource: &str| {
        map([
            ("ResourceType", resource.into()),
            (
                "Tags",
                list([map([
                    ("Key", "Name".into()),
                    (
                        "Value",
                        Value::sub(format!("${{AWS::StackName}}-{}", of.tag)),
                    ),
                ])]),
            ),
        ])
    };
    LaunchTemplate {
        data: LaunchTemplateData {
            image: Value::reference(of.image),
            instance_type: of.instance_type.as_str().to_owned(),
            profile: Some(InstanceProfileReference {
                arn: of.profile.into(),
                rest: Vec::new(),
            }),
            security_groups: vec![of.security_group.into()],
            metadata: Some(map([
                ("HttpTokens", tokens.into()),
                ("HttpPutResponseHopLimit", 1.into()),
                ("HttpEndpoint", "enabled".into()),
            ])),
            volumes: vec![map([
                ("DeviceName", "/dev/xvda".into()),
                (
                    "Ebs",
                    map([
                        ("VolumeType", "gp3".into()),
                        ("VolumeSize", of.volume_gb.into()),
                        ("Encrypted", true.into()),
                        ("DeleteOnTermination", true.into()),
                    ]),
                ),
            ])],
            user_data: Some(Value::Fn(
                "Base64".into(),
                Box::new(Value::sub(of.user_data)),
            )),
            monitoring: Some(map([("Enabled", of.monitored.into())])),
            rest: properties([(
                "TagSpecifications",
                list([tagged("instance"), tagged("volume")]),
            )]),
        },
        rest: Vec::new(),
    }
}

/// A group's attribute: a changed launch template reaches its instances one by one, and so many stay.
pub(super) fn rolling(in_service: u32) -> Properties {
    properties([(
        "UpdatePolicy",
        map([(
            "AutoScalingRollingUpdate",
            map([
                ("MinInstancesInService", in_service.into()),
                ("MaxBatchSize", 1.into()),
                ("PauseTime", "PT5M".into()),
                // What would launch or terminate instances beside the update waits for its end.
                (
                    "SuspendProcesses",
                    list(["AZRebalance", "AlarmNotification", "ScheduledActions"]),
                ),
            ]),
        )]),
    )])
}
