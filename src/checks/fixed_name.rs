//! A second copy of a stack finds its names taken.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Piece, Value, lookup, sub_pieces};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DS-005",
    severity: Severity::Medium,
    title: text(
        "check.ds-005.title",
        "Name that a second copy collides with",
    ),
    why: text(
        "check.ds-005.why",
        "The name is unique in the account or its Region: a second stack of this template, for a test or beside the first, fails when it comes to it, and so does a replacement.",
    ),
    advice: text(
        "check.ds-005.advice",
        "Leave the name out, so that CloudFormation makes one, or derive it from AWS::StackName.",
    ),
    reference: "CloudFormation user guide, name type",
    run,
};

/// Types whose names are unique, and the property that gives the name.
const NAMED: [(&str, &str); 15] = [
    ("AWS::AutoScaling::AutoScalingGroup", "AutoScalingGroupName"),
    ("AWS::CloudWatch::Alarm", "AlarmName"),
    ("AWS::CloudWatch::Dashboard", "DashboardName"),
    ("AWS::DynamoDB::Table", "TableName"),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "Name"),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "Name"),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
    ("AWS::IAM::Role", "RoleName"),
    ("AWS::Lambda::Function", "FunctionName"),
    ("AWS::Logs::LogGroup", "LogGroupName"),
    ("AWS::RDS::DBInstance", "DBInstanceIdentifier"),
    ("AWS::S3::Bucket", "BucketName"),
    ("AWS::SNS::Topic", "TopicName"),
    ("AWS::SQS::Queue", "QueueName"),
    ("AWS::SSM::Parameter", "Name"),
];

/// What is the same in a second copy, in the same account and Region.
const SAME: [&str; 4] = [
    "AWS::AccountId",
    "AWS::Region",
    "AWS::Partition",
    "AWS::URLSuffix",
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for node in subject.topology.nodes() {
        let kind = node.resource.kind();
        let Some((_, property)) = NAMED.iter().find(|it| it.0 == kind) else {
            continue;
        };
        let properties = node.resource.properties();
        let Some(fixed) = lookup(&properties, property).and_then(fixed) else {
            continue;
        };
        let message = text(
            "check.ds-005.message",
            "{resource} is called {name} in every copy of its stack.",
        )
        .with("resource", node.name.as_str())
        .with("name", fixed);
        let fix = subject.release(&[(&node.name, property)]);
        findings.push(Finding::new(&CHECK, [&node.name], message).with_fix(fix));
    }
}

/// A name that is the same in every copy.
fn fixed(value: &Value) -> Option<&str> {
    match value {
        Value::Str(name) => Some(name),
        Value::Fn(function, argument) if function == "Sub" => {
            let text = argument.as_str()?;
            let differs = |piece: &Piece<'_>| match piece {
                Piece::Text(_) => false,
                Piece::Reference(name, _) => !SAME.contains(name),
            };
            (!sub_pieces(text).iter().any(differs)).then_some(text)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_names_that_are_the_same_in_every_copy() {
        let edits = [
            set("RouteTableIds", "Name", json!("/myapp/routetableid")),
            set(
                "ClientFunction",
                "FunctionName",
                json!({"Fn::Sub": "caller-${AWS::Region}"}),
            ),
            set("ClientFunctionRole", "RoleName", json!("caller")),
        ];
        assert_eq!(
            findings(&CHECK, "api.enabled=true client.enabled=true", &edits),
            "ClientFunctionRole: ClientFunctionRole is called caller in every copy of its stack.\n\
             ClientFunction: ClientFunction is called caller-${AWS::Region} in every copy of its stack.\n\
             RouteTableIds: RouteTableIds is called /myapp/routetableid in every copy of its stack."
        );
    }

    #[test]
    fn accepts_names_of_the_stack_and_the_name_of_an_api() {
        let settings = "api.enabled=true client.enabled=true edge.waf=true edge.waf_logs=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
        let edits = [set("PrivateApi", "Name", json!("CloudFormation-APIGW"))];
        assert_eq!(findings(&CHECK, settings, &edits), "");
    }
}
