//! Static files in a private bucket that CloudFront alone reads, and the logs that CloudFront writes.

use super::policy::policy;
use super::{Design, EDGE, Edit, Expansion, bucket, cloudfront};
use crate::aws::{
    BucketPolicy, EdgeFunction, OriginAccessControl, Properties, Value, list, map, properties,
};
use crate::text::text;
use crate::topology::Keep;

pub const BUCKET: &str = "SiteBucket";
pub const LOGS: &str = "EdgeLogBucket";
const ACCESS: &str = "SiteAccess";
const IMAGES: &str = "ImageVariants";
const ORIGIN: &str = "site";

/// Where the files lie, in addresses as in the bucket.
const PATH: &str = "/static/*";

/// CachingOptimized: for a day without Cache-Control, compressed, whatever query and cookies say (CloudFront developer
/// guide, managed cache policies).
const CACHE: &str = "658327ea-f89d-4fab-a63d-7e88639e58f6";

/// What the function runs: it is read by CloudFront's JavaScript runtime 2.0.
const CODE: &str = include_str!("images.js");

pub fn is_on(design: &Design) -> bool {
    design.edge.site && design.edge.cloudfront
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if design.edge.cloudfront && design.edge.logs {
        logs(design, to);
    }
    if !is_on(design) {
        return;
    }
    let made = bucket::private(to.tags("site"), vec![bucket::expiry(None)]);
    let node = to.add(EDGE, BUCKET, made);
    node.keep = Some(Keep::Retain);
    node.comment(text(
        "comment.site-bucket",
        "Private: CloudFront reads it, and whoever uploads. It outlives its stack: the destroy script empties it.",
    ));
    let control = map([
        ("Name", unique("site")),
        ("OriginAccessControlOriginType", "s3".into()),
        ("SigningBehavior", "always".into()),
        ("SigningProtocol", "sigv4".into()),
    ]);
    to.add(
        EDGE,
        ACCESS,
        OriginAccessControl {
            config: control,
            rest: Vec::new(),
        },
    );
    to.add(
        EDGE,
        "SiteBucketPolicy",
        BucketPolicy {
            bucket: BUCKET.into(),
            document: policy([bucket::tls_only(BUCKET), read()]),
            rest: Vec::new(),
        },
    );
    if design.edge.images {
        images(to);
    }
}

/// What this distribution, and no other one of CloudFront's, may do.
fn read() -> Value {
    let own = format!(
        "arn:${{AWS::Partition}}:cloudfront::${{AWS::AccountId}}:distribution/${{{}}}",
        cloudfront::DISTRIBUTION
    );
    let source = map([("aws:SourceArn", Value::sub(own))]);
    map([
        ("Sid", "CloudFrontReads".into()),
        ("Effect", "Allow".into()),
        (
            "Principal",
            map([("Service", "cloudfront.amazonaws.com".into())]),
        ),
        ("Action", "s3:GetObject".into()),
        ("Resource", Value::sub(format!("${{{BUCKET}.Arn}}/*"))),
        ("Condition", map([("StringEquals", source)])),
    ])
}

/// A name that no other deployment in the account has: CloudFront's are an account's, whatever the Region.
pub(super) fn unique(what: &str) -> Value {
    Value::sub(format!("${{AWS::StackName}}-${{AWS::Region}}-{what}"))
}

fn images(to: &mut Expansion<'_>) {
    let config = map([
        ("Comment", "Images by format and width".into()),
        ("Runtime", "cloudfront-js-2.0".into()),
    ]);
    to.add(EDGE, IMAGES, EdgeFunction {
        name: unique("images"),
        publishes: true,
        code: CODE.to_owned(),
        config,
        rest: Vec::new(),
    })
    .comment(text(
        "comment.image-variants",
        "photo.jpg?width=600 becomes w640/photo.avif for a browser that takes AVIF: make these files when you upload.",
    ));
}

fn logs(design: &Design, to: &mut Expansion<'_>) {
    let expires = bucket::expire(design.protection.log_days());
    let made = bucket::owned("BucketOwnerPreferred", to.tags("edge-logs"), vec![expires]);
    let node = to.add(EDGE, LOGS, made);
    node.keep = Some(Keep::Retain);
    node.comment(text(
        "comment.edge-log-bucket",
        "CloudFront's standard logs (legacy) come with an ACL, which a bucket that enforces its owner refuses. The newer kind takes its resources in one Region alone, behind the distribution.",
    ));
    to.add(
        EDGE,
        "EdgeLogBucketPolicy",
        BucketPolicy {
            bucket: LOGS.into(),
            document: policy([bucket::tls_only(LOGS)]),
            rest: Vec::new(),
        },
    );
}

/// The bucket as an origin.
pub(super) fn origin() -> Properties {
    properties([
        ("Id", ORIGIN.into()),
        ("DomainName", Value::att(BUCKET, "RegionalDomainName")),
        ("OriginAccessControlId", Value::reference(ACCESS)),
        ("S3OriginConfig", map([("OriginAccessIdentity", "".into())])),
    ])
}

/// What answers requests for static files.
pub(super) fn behavior(design: &Design, headers: &str) -> Value {
    let mut behavior = properties([
        ("PathPattern", PATH.into()),
        ("TargetOriginId", ORIGIN.into()),
        ("ViewerProtocolPolicy", "redirect-to-https".into()),
        ("AllowedMethods", list(["GET", "HEAD", "OPTIONS"])),
        ("Compress", true.into()),
        ("CachePolicyId", CACHE.into()),
        ("ResponseHeadersPolicyId", headers.into()),
    ]);
    if design.edge.images {
        let association = map([
            ("EventType", "viewer-request".into()),
            ("FunctionARN", Value::att(IMAGES, "FunctionARN")),
        ]);
        behavior.push(("FunctionAssociations".into(), list([association])));
    }
    Value::Map(behavior)
}
