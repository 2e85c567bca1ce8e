//! The bucket that load balancer, flow and API logs go to, and the policy that lets their services write.

use super::Edit;
use super::option::Section;
use super::{Design, Expansion, SECURITY, bucket};
use crate::aws::{Kind, LogGroup, Properties, Value, list, map, properties};
use crate::text::text;
use crate::topology::{Keep, Takes, Topology};

pub const BUCKET: &str = "LogBucket";
pub const POLICY: &str = "LogBucketPolicy";
pub const TRAIL_BUCKET: &str = "TrailBucket";
pub const TRAIL_POLICY: &str = "TrailBucketPolicy";

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
    let mut rules = vec![bucket::expire(kept(design))];
    rules.extend(archive(design));
    let node = to.add(SECURITY, BUCKET, bucket::private(to.tags("logs"), rules));
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
        // S3 refuses an end that comes before the archive.
        Takes::Whole {
            min: 1 + design.observability.archive_days.get(),
            max: 3650,
        },
        [(BUCKET, "LifecycleConfiguration.Rules.0.ExpirationInDays")],
    );
    let mut statements = vec![bucket::tls_only(BUCKET)];
    if has_access_logs(design) {
        statements.push(access_logs());
    }
    if design.observability.flow_logs {
        statements.extend(flow_logs());
    }
    if design.observability.trail && !design.observability.locks_trail() {
        statements.extend(trail(BUCKET));
    }
    to.add(SECURITY, POLICY, bucket::policy_of(BUCKET, statements));
    if design.observability.locks_trail() {
        locked(design, to);
    }
}

/// Days that S3 Glacier Flexible Retrieval bills at least, however soon an object is deleted (S3 user guide, storage
/// classes).
const ARCHIVED: u32 = 90;

/// The rule that moves logs to the archive, where the design has one.
fn archive(design: &Design) -> Option<Value> {
    let days = design.observability.archive_days.get();
    (days > 0).then(|| bucket::archive(days))
}

/// Days that buckets keep logs: in the archive as long as that is paid for.
fn kept(design: &Design) -> u32 {
    let days = design.protection.log_days();
    match design.observability.archive_days.get() {
        0 => days,
        archived => days.max(archived + ARCHIVED),
    }
}

/// The trail's own bucket, whose objects nobody changes or deletes for so many days.
fn locked(design: &Design, to: &mut Expansion<'_>) {
    let days = design.observability.trail_lock.get();
    let kept = kept(design).max(days + 1);
    let mut rules = vec![bucket::expire(kept)];
    rules.extend(archive(design));
    let mut store = bucket::private(to.tags("trail"), rules);
    let retention = map([("Mode", "GOVERNANCE".into()), ("Days", days.into())]);
    store.rest.extend(properties([
        ("ObjectLockEnabled", true.into()),
        (
            "ObjectLockConfiguration",
            map([
                ("ObjectLockEnabled", "Enabled".into()),
                ("Rule", map([("DefaultRetention", retention)])),
            ]),
        ),
    ]));
    let node = to.add(SECURITY, TRAIL_BUCKET, store);
    node.keep = Some(Keep::Retain);
    node.comment(text(
        "comment.trail-bucket",
        "Object Lock in governance mode: nobody deletes or changes a record before its time, but for whom s3:BypassGovernanceRetention is granted. The destroy script leaves the bucket.",
    ));
    let statements = [bucket::tls_only(TRAIL_BUCKET)].into_iter();
    let statements = statements.chain(trail(TRAIL_BUCKET)).collect();
    to.add(
        SECURITY,
        TRAIL_POLICY,
        bucket::policy_of(TRAIL_BUCKET, statements),
    );
}

/// Exchanges the retention of every log group for the one that the design asks for.
pub(super) fn keep_for(design: &Design, topology: &mut Topology) {
    let Some(days) = design.observability.log_days.days() else {
        return;
    };
    let groups: Vec<_> = topology.all::<LogGroup>().map(|it| it.0.clone()).collect();
    for name in groups {
        let node = topology.node_mut(&name);
        if let Some(group) = node.and_then(|it| LogGroup::of_mut(&mut it.resource)) {
            group.retention = Some(days);
        }
    }
}

fn arn() -> Value {
    Value::att(BUCKET, "Arn")
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

fn trail(bucket: &str) -> [Value; 2] {
    let source = "arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/*";
    let from_trail = ("ArnLike", map([("aws:SourceArn", Value::sub(source))]));
    let service = "cloudtrail.amazonaws.com";
    [
        allow(
            "TrailCheck",
            service,
            "s3:GetBucketAcl".into(),
            Value::att(bucket, "Arn"),
            properties([from_trail.clone()]),
        ),
        allow(
            "TrailWrite",
            service,
            "s3:PutObject".into(),
            Value::sub(format!(
                "${{{bucket}.Arn}}/trail/AWSLogs/${{AWS::AccountId}}/*"
            )),
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
