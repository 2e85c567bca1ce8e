//! What an account has once in a Region, whoever deploys the rest: threat detection, a watch over buckets, scans for known
//! holes, the record of configurations, and the hub where their findings come together.
//!
//! A stack of its own, which the scripts deploy only when they are asked to, and in it a switch for each service: a second
//! detector or recorder is refused by AWS.

use super::option::{Section, component};
use super::policy::{policy, trust};
use super::{ACCOUNT, Design, Edit, Expansion, bucket};
use crate::aws::{
    ConfigChannel, ConfigRecorder, GuardDutyDetector, INSPECTOR, MacieSession, Name, Resource,
    Role, SecurityHub, SecurityStandard, SsmParameter, Value, list, map, properties,
};
use crate::text::{Text, text};
use crate::topology::{Keep, Node, Switch};

component! {
    /// Services of the account as a whole.
    Account at account in Account {
        "account.guardduty" "kb" guardduty: bool = false, "GuardDuty", "Looks for threats in the records of API calls, connections and DNS names; an account has one detector in a Region";
        "account.macie" "kc" macie: bool = false, "Macie", "Watches every bucket of the Region: who can read it, and whether it is encrypted";
        "account.inspector" "ki" inspector: bool = false, "Inspector", "Scans instances, images and functions for known holes; CloudFormation cannot enable it, the deploy script does";
        "account.config" "kf" config: bool = false, "Config", "Writes down how every resource is configured, and each change of it";
        "account.security_hub" "kh" security_hub: bool = false, "Security Hub", "Brings the findings of GuardDuty, Macie and Inspector together, and checks a standard by what Config has recorded";
    }
}

pub const DETECTOR: &str = "GuardDutyDetector";
pub const RECORDER: &str = "ConfigRecorder";
const SESSION: &str = "MacieSession";
const SCANS: &str = "Inspector";
const HUB: &str = "SecurityHub";
const ROLE: &str = "ConfigRole";
const BUCKET: &str = "ConfigBucket";
const POLICY: &str = "ConfigBucketPolicy";

/// What Inspector scans, as `aws inspector2 enable` has it.
const SCANNED: &str = "EC2 ECR LAMBDA";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let account = &design.account;
    if account.guardduty {
        guardduty(to);
    }
    if account.macie {
        macie(to);
    }
    if account.inspector {
        inspector(to);
    }
    if account.config {
        config(design, to);
    }
    if account.security_hub {
        security_hub(to);
    }
}

/// Declares the switch of a service; gives its condition.
fn switch(to: &mut Expansion<'_>, parameter: &'static str, label: Text) -> Name {
    let switch = Switch {
        parameter,
        group: Section::Account.title(),
        label,
        description: text(
            "parameter.enable.help",
            "true or false; false where the account has the service in this Region already",
        ),
    };
    if let Some(stack) = to.topology.stacks.get_mut(ACCOUNT) {
        stack.switches.push(switch);
    }
    switch.condition()
}

fn add<'a>(
    to: &'a mut Expansion<'_>,
    condition: &Name,
    name: &str,
    resource: impl Into<Resource>,
) -> &'a mut Node {
    let node = to.add(ACCOUNT, name, resource);
    node.condition = Some(condition.clone());
    node
}

/// Features of the detector, and whether it has them: runtime monitoring would put an agent on every instance.
const FEATURES: [(&str, &str); 4] = [
    ("S3_DATA_EVENTS", "ENABLED"),
    ("RDS_LOGIN_EVENTS", "ENABLED"),
    ("LAMBDA_NETWORK_LOGS", "ENABLED"),
    ("RUNTIME_MONITORING", "DISABLED"),
];

fn guardduty(to: &mut Expansion<'_>) {
    let label = text("parameter.enable-guardduty", "Enable GuardDuty");
    let condition = switch(to, "EnableGuardDuty", label);
    let feature =
        |(name, status): (&str, &str)| map([("Name", name.into()), ("Status", status.into())]);
    let detector = GuardDutyDetector {
        enabled: true,
        features: FEATURES.map(feature).to_vec(),
        tags: to.tags("guardduty"),
        rest: properties([("FindingPublishingFrequency", "FIFTEEN_MINUTES".into())]),
    };
    add(to, &condition, DETECTOR, detector).comment(text(
        "comment.guardduty",
        "An account has one detector in a Region: EnableGuardDuty=false where it is there. What it reads of S3, RDS and Lambda is billed beside events and logs.",
    ));
}

fn macie(to: &mut Expansion<'_>) {
    let label = text("parameter.enable-macie", "Enable Macie");
    let condition = switch(to, "EnableMacie", label);
    let session = MacieSession {
        status: Some("ENABLED".into()),
        frequency: Some("FIFTEEN_MINUTES".into()),
        rest: Vec::new(),
    };
    add(to, &condition, SESSION, session).comment(text(
        "comment.macie",
        "The session watches buckets. To look into objects is a classification job, which is billed by the gigabyte and started by hand.",
    ));
}

fn inspector(to: &mut Expansion<'_>) {
    let label = text("parameter.enable-inspector", "Enable Inspector");
    let condition = switch(to, "EnableInspector", label);
    let scans = SsmParameter {
        name: Some(Value::sub(format!("/${{AWS::StackName}}{INSPECTOR}"))),
        kind: "String".into(),
        value: SCANNED.into(),
        description: Some("What Amazon Inspector scans, by the deploy script".into()),
        rest: Vec::new(),
    };
    add(to, &condition, SCANS, scans).comment(text(
        "comment.inspector",
        "CloudFormation has no type that enables Inspector. While this parameter stands, the deploy script enables it for what it says; the destroy script disables it again.",
    ));
}

fn config(design: &Design, to: &mut Expansion<'_>) {
    let label = text("parameter.enable-config", "Enable Config");
    let condition = switch(to, "EnableConfig", label);
    let days = design.protection.log_days();
    let store = bucket::private(to.tags("config"), vec![bucket::expire(days)]);
    let node = add(to, &condition, BUCKET, store);
    node.keep = Some(Keep::Retain);
    node.comment(text(
        "comment.config-bucket",
        "AWS Config goes on writing while its stack is deleted: the bucket outlives it, and the destroy script empties it.",
    ));
    add(to, &condition, POLICY, bucket::policy_of(BUCKET, writes()));
    let role = Role {
        trust: trust("config.amazonaws.com", [from_here()]),
        managed_policies: vec![Value::sub(
            "arn:${AWS::Partition}:iam::aws:policy/service-role/AWS_ConfigRole",
        )],
        tags: to.tags("config"),
        rest: properties([("Policies", list([puts()]))]),
    };
    add(to, &condition, ROLE, role);
    let recorder = ConfigRecorder {
        role: Value::att(ROLE, "Arn"),
        group: Some(map([
            ("AllSupported", true.into()),
            ("IncludeGlobalResourceTypes", true.into()),
        ])),
        rest: Vec::new(),
    };
    add(to, &condition, RECORDER, recorder).comment(text(
        "comment.config",
        "Recorder and delivery channel wait for each other inside AWS Config: neither may wait for the other here.",
    ));
    let channel = ConfigChannel {
        bucket: BUCKET.into(),
        rest: properties([(
            "ConfigSnapshotDeliveryProperties",
            map([("DeliveryFrequency", "TwentyFour_Hours".into())]),
        )]),
    };
    add(to, &condition, "ConfigDeliveryChannel", channel).after(POLICY);
}

/// Calls for this account alone.
fn from_here() -> (&'static str, Value) {
    let account = map([("AWS:SourceAccount", Value::reference("AWS::AccountId"))]);
    ("Condition", map([("StringEquals", account)]))
}

/// What AWS Config needs of its bucket (AWS Config developer guide, permissions for the S3 bucket).
fn writes() -> Vec<Value> {
    let allow = |sid: &str, action: &str, resource: Value, conditions: Value| {
        map([
            ("Sid", sid.into()),
            ("Effect", "Allow".into()),
            (
                "Principal",
                map([("Service", "config.amazonaws.com".into())]),
            ),
            ("Action", action.into()),
            ("Resource", resource),
            ("Condition", map([("StringEquals", conditions)])),
        ])
    };
    let account = ("AWS:SourceAccount", Value::reference("AWS::AccountId"));
    let arn = || Value::att(BUCKET, "Arn");
    let owned = ("s3:x-amz-acl", "bucket-owner-full-control".into());
    vec![
        bucket::tls_only(BUCKET),
        allow(
            "ConfigCheck",
            "s3:GetBucketAcl",
            arn(),
            map([account.clone()]),
        ),
        allow("ConfigList", "s3:ListBucket", arn(), map([account.clone()])),
        allow(
            "ConfigWrite",
            "s3:PutObject",
            objects(),
            map([account, owned]),
        ),
    ]
}

fn objects() -> Value {
    Value::sub("${ConfigBucket.Arn}/AWSLogs/${AWS::AccountId}/Config/*")
}

/// What the role needs beside the managed policy.
fn puts() -> Value {
    let put = map([
        ("Effect", "Allow".into()),
        ("Action", "s3:PutObject".into()),
        ("Resource", objects()),
    ]);
    let look = map([
        ("Effect", "Allow".into()),
        ("Action", "s3:GetBucketAcl".into()),
        ("Resource", Value::att(BUCKET, "Arn")),
    ]);
    map([
        ("PolicyName", "config-bucket".into()),
        ("PolicyDocument", policy([put, look])),
    ])
}

/// The standard that AWS made itself (Security Hub user guide, AWS Foundational Security Best Practices).
const BEST_PRACTICES: &str = "standards/aws-foundational-security-best-practices/v/1.0.0";

fn security_hub(to: &mut Expansion<'_>) {
    let label = text("parameter.enable-security-hub", "Enable Security Hub");
    let condition = switch(to, "EnableSecurityHub", label);
    let hub = SecurityHub {
        default_standards: Some(false),
        rest: Vec::new(),
    };
    add(to, &condition, HUB, hub).comment(text(
        "comment.security-hub",
        "GuardDuty, Macie and Inspector send their findings here by themselves once they are enabled in the same Region.",
    ));
    let parts = list([":".into(), Value::reference(HUB)]);
    let parts = Value::Fn("Split".into(), Box::new(parts));
    // From the hub's own ARN, which makes the standard wait for it.
    let words = [
        Value::select(0, parts),
        Value::reference("AWS::Partition"),
        "securityhub".into(),
        Value::reference("AWS::Region"),
        "".into(),
        BEST_PRACTICES.into(),
    ];
    let joined = list([":".into(), Value::List(words.to_vec())]);
    let standard = SecurityStandard {
        standard: Value::Fn("Join".into(), Box::new(joined)),
        rest: Vec::new(),
    };
    add(to, &condition, "SecurityHubStandard", standard);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::design::Design;

    #[test]
    fn every_resource_of_the_account_can_be_left_out() {
        let mut design = Design::new("multi-tier-web");
        for service in ["guardduty", "macie", "inspector", "config", "security_hub"] {
            design.set(&format!("account.{service}"), "true").unwrap();
        }
        let topology = design.expand();
        let stack = topology.stacks.iter().position(|it| it.name == "account");
        let stack = stack.unwrap();
        let switches = &topology.stacks[stack].switches;
        let own = topology.nodes().iter().filter(|it| it.stack == stack);
        let mut count = 0;
        for node in own {
            count += 1;
            let condition = node.condition.as_ref().unwrap();
            assert!(
                switches.iter().any(|it| it.condition() == *condition),
                "{} under {condition}",
                node.name
            );
        }
        assert_eq!((switches.len(), count), (5, 10));
    }
}
