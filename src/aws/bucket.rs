//! Regional storage; stays readable when a zone is lost.

use super::{Describe, Figure, Glyph, Home, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Bucket {
        "BucketEncryption" encryption: Option<Value>,
        "PublicAccessBlockConfiguration" public_access_block: Option<Value>,
        "VersioningConfiguration" versioning: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl Describe for Bucket {
    const KIND: &'static str = "AWS::S3::Bucket";
    const TITLE: Text = text("aws.bucket", "S3 bucket");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Bucket)
    }
}
