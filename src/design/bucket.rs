//! A bucket as every component makes it: private, encrypted, with every version kept for a while, over TLS alone.

use crate::aws::{Bucket, BucketPolicy, Tags, Value, list, map, properties};

use super::policy::policy;

/// Days that a version stays after a newer one has taken its place.
const OLD_VERSIONS: u32 = 30;

/// Who owns what is written: nobody but the bucket's owner, there are no ACLs (S3 user guide, object ownership).
const ENFORCED: &str = "BucketOwnerEnforced";

/// Encrypted by S3's own keys, with rules for what becomes of objects.
pub(super) fn private(tags: Tags, rules: Vec<Value>) -> Bucket {
    owned(ENFORCED, tags, rules)
}

/// Encrypted with the keys of S3.
pub(super) fn encryption() -> Value {
    map([(
        "ServerSideEncryptionConfiguration",
        list([map([(
            "ServerSideEncryptionByDefault",
            map([("SSEAlgorithm", "AES256".into())]),
        )])]),
    )])
}

/// The same for a writer that grants rights by ACLs, which `BucketOwnerPreferred` lets it.
pub(super) fn owned(ownership: &'static str, tags: Tags, rules: Vec<Value>) -> Bucket {
    Bucket {
        encryption: Some(encryption()),
        public_access_block: Some(map([
            ("BlockPublicAcls", true.into()),
            ("BlockPublicPolicy", true.into()),
            ("IgnorePublicAcls", true.into()),
            ("RestrictPublicBuckets", true.into()),
        ])),
        versioning: Some(map([("Status", "Enabled".into())])),
        tags,
        rest: properties([
            (
                "OwnershipControls",
                map([(
                    "Rules",
                    list([map([("ObjectOwnership", ownership.into())])]),
                )]),
            ),
            (
                "LifecycleConfiguration",
                map([("Rules", Value::List(rules))]),
            ),
        ]),
    }
}

/// A rule that ends what is older than so many days, and clears away what stands in its way.
pub(super) fn expire(days: u32) -> Value {
    expiry(Some(days))
}

/// A rule that clears away old versions and uploads that were never finished, and after so many days the objects themselves.
pub(super) fn expiry(days: Option<u32>) -> Value {
    let mut rule = properties([("Id", "expire".into()), ("Status", "Enabled".into())]);
    rule.extend(days.map(|it| ("ExpirationInDays".into(), it.into())));
    rule.extend(properties([
        (
            "NoncurrentVersionExpiration",
            map([("NoncurrentDays", OLD_VERSIONS.into())]),
        ),
        (
            "AbortIncompleteMultipartUpload",
            map([("DaysAfterInitiation", 7.into())]),
        ),
    ]));
    Value::Map(rule)
}

/// A rule that moves what is older than so many days to a class that is cheap to keep and slow to read.
pub(super) fn archive(days: u32) -> Value {
    let step = map([
        ("StorageClass", "GLACIER".into()),
        ("TransitionInDays", days.into()),
    ]);
    map([
        ("Id", "archive".into()),
        ("Status", "Enabled".into()),
        ("Transitions", list([step])),
    ])
}

/// Refuses whoever comes without TLS.
pub(super) fn tls_only(bucket: &str) -> Value {
    map([
        ("Sid", "DenyWithoutTls".into()),
        ("Effect", "Deny".into()),
        ("Principal", "*".into()),
        ("Action", "s3:*".into()),
        (
            "Resource",
            list([
                Value::att(bucket, "Arn"),
                Value::sub(format!("${{{bucket}.Arn}}/*")),
            ]),
        ),
        (
            "Condition",
            map([("Bool", map([("aws:SecureTransport", "false".into())]))]),
        ),
    ])
}

/// A bucket's policy of these statements.
pub(super) fn policy_of(bucket: &str, statements: Vec<Value>) -> BucketPolicy {
    let mut document = policy([]);
    if let Value::Map(entries) = &mut document {
        entries.retain(|(key, _)| key != "Statement");
        entries.push(("Statement".into(), Value::List(statements)));
    }
    BucketPolicy {
        bucket: bucket.into(),
        document,
        rest: Vec::new(),
    }
}
