//! Who may write to and read from a bucket. Must exist before anything delivers logs to it.

use super::{Bucket, Describe, Figure, Home, Id, Value, typed};
use crate::text::{Text, text};

typed! {
    BucketPolicy {
        "Bucket" bucket: Id<Bucket>,
        "PolicyDocument" document: Value,
    }
}

impl BucketPolicy {
    /// Its statements; a single one need not stand in a list.
    pub fn statements(&self) -> &[Value] {
        let all = self.document.get("Statement");
        all.map(|it| it.as_list().unwrap_or(std::slice::from_ref(it)))
            .unwrap_or_default()
    }
}

impl Describe for BucketPolicy {
    const KIND: &'static str = "AWS::S3::BucketPolicy";
    const TITLE: Text = text("aws.bucket-policy", "S3 bucket policy");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::With(self.bucket.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
