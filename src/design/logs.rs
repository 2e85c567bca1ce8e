//! The bucket that load balancer, flow and API logs go to, and the policy that lets their services write.

use super::Edit;
use super::option::Section;
use super::policy::policy;
use super::{Design, Expansion, SECURITY};
use crate::aws::{Bucket, BucketPolicy, Properties, Value, list, map, properties};
use crate::text::text;
use crate::topology::{Keep, Takes};

pub const BUCKET: &str = "LogBucket";
pub const POLICY: &str = "LogBucketPolicy";

/// Whether anything writes to the bucket.
fn is_needed(design: &Design) -> bool {
    has_access_logs(design) || design.observability.flow_logs || design.observability.trail
}

fn has_access_logs(design: &Design) -> bool {
    design.balancer.access_logs && design.has_application()
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !is_needed(design) {
        return;
    }
    let node = to.add(
        SECURITY,
        BUCKET,
        Bucket {
            encryption: Some(map([(
                "ServerSideEncryptionConfiguration",
                list([map([(
                    "ServerSideEncryptionByDefault",
                    map([("SSEAlgorithm", "AES256".into())]),
                )])]),
            )])),
            public_access_block: Some(map([
                ("BlockPublicAcls", true.into()),
                ("BlockPublicPolicy", true.into()),
                ("IgnorePublicAcls", true.into()),
                ("RestrictPublicBuckets", true.into()),
            ])),
            versioning: Some(map([("Status", "Enabled".into())])),
            tags: to.tags("logs"),
            rest: properties([
                (
                    "OwnershipControls",
                    map([(
                        "Rules",
                        list([map([("ObjectOwnership", "BucketOwnerEnforced".into())])]),
                    )]),
                ),
                (
                    "LifecycleConfiguration",
                    map([(
                        "Rules",
                        list([map([
                            ("Id", "expire".into()),
                            ("Status", "Enabled".into()),
                            ("ExpirationInDays", design.protection.log_days().into()),
                            (
                                "NoncurrentVersionExpiration",
                                map([("NoncurrentDays", 30.into())]),
                            ),
                            (
                                "AbortIncompleteMultipartUpload",
                                map([("DaysAfterInitiation", 7.into())]),
                            ),
                        ])]),
                    )]),
                ),
            ]),
        },
    );
    node.keep = Some(Keep::Retain);
    node.comment(text(
        "comment.log-bucket",
        "Load balancer logs can only be encrypted with SSE-S3. The bucket outlives its stack: the destroy script empties it.",
    ));
    to.adjust_as(
        SECURITY,
        "LogRetentionDays",
        Section::Observability.title(),
        (
            text("parameter.log-days", "Logs kept (days)"),
            text(
                "parameter.log-days.help",
                "Days that the log bucket keeps load balancer, flow and API logs",
            ),
        ),
        Takes::Whole { min: 1, max: 3650 },
        [(BUCKET, "LifecycleConfiguration.Rules.0.ExpirationInDays")],
    );
    let mut statements = vec![tls_only()];
    if has_access_logs(design) {
        statements.push(access_logs());
    }
    if design.observability.flow_logs {
        statements.extend(flow_logs());
    }
    if design.observability.trail {
        statements.extend(trail());
    }
    let Value::Map(mut document) = policy([]) else {
        return;
    };
    document.retain(|(key, _)| key != "Statement");
    document.push(("Statement".into(), Value::List(statements)));
    to.add(
        SECURITY,
        POLICY,
        BucketPolicy {
            bucket: BUCKET.into(),
            document: Value::Map(document),
            rest: Vec::new(),
        },
    );
}

fn arn() -> Value {
    Value::att(BUCKET, "Arn")
}

fn tls_only() -> Value {
    map([
        ("Sid", "DenyWithoutTls".into()),
        ("Effect", "Deny".into()),
        ("Principal", "*".into()),
        ("Action", "s3:*".into()),
        ("Resource", list([arn(), Value::sub("${LogBucket.Arn}/*")])),
        (
            "Condition",
            map([("Bool", map([("aws:SecureTransport", "false".into())]))]),
        ),
    ])
}

fn allow(sid: &str, service: &str, action: Value, resource: Value, condition: Properties) -> Value {
    map([
        ("Sid", sid.into()),
        ("Effect", "Allow".into()),
        ("Principal", map([("Service", service.into())])),
        ("Action", action),
        ("Resource", resource),
        ("Condition", Value::Map(condition)),
    ])
}

fn access_logs() -> Value {
    let source = "arn:${AWS::Partition}:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:loadbalancer/*";
    allow(
        "LoadBalancerLogs",
        "logdelivery.elasticloadbalancing.amazonaws.com",
        "s3:PutObject".into(),
        Value::sub("${LogBucket.Arn}/alb/AWSLogs/${AWS::AccountId}/*"),
        properties([("ArnLike", map([("aws:SourceArn", Value::sub(source))]))]),
    )
}

/// As the VPC user guide has it, prefixes in Hive style: EC2 overwrites a policy that does not let flow logs in.
fn flow_logs() -> [Value; 2] {
    let source = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*";
    let from_here = ("ArnLike", map([("aws:SourceArn", Value::sub(source))]));
    let account = ("aws:SourceAccount", Value::reference("AWS::AccountId"));
    let service = "delivery.logs.amazonaws.com";
    [
        allow(
            "AWSLogDeliveryWrite",
            service,
            "s3:PutObject".into(),
            Value::sub("${LogBucket.Arn}/flow/AWSLogs/aws-account-id=${AWS::AccountId}/*"),
            properties([
                (
                    "StringEquals",
                    map([
                        account.clone(),
                        ("s3:x-amz-acl", "bucket-owner-full-control".into()),
                    ]),
                ),
                from_here.clone(),
            ]),
        ),
        allow(
            "AWSLogDeliveryAclCheck",
            service,
            list(["s3:GetBucketAcl", "s3:ListBucket"]),
            arn(),
            properties([("StringEquals", map([account])), from_here]),
        ),
    ]
}

fn trail() -> [Value; 2] {
    let source = "arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/*";
    let from_trail = ("ArnLike", map([("aws:SourceArn", Value::sub(source))]));
    let service = "cloudtrail.amazonaws.com";
    [
        allow(
            "TrailCheck",
            service,
            "s3:GetBucketAcl".into(),
            arn(),
            properties([from_trail.clone()]),
        ),
        allow(
            "TrailWrite",
            service,
            "s3:PutObject".into(),
            Value::sub("${LogBucket.Arn}/trail/AWSLogs/${AWS::AccountId}/*"),
            properties([
                from_trail,
                (
                    "StringEquals",
                    map([("s3:x-amz-acl", "bucket-owner-full-control".into())]),
                ),
            ]),
        ),
    ]
}
