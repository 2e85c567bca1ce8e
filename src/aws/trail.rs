//! A record of every call to AWS's own APIs. The first copy of management events is free.

use super::{Bucket, Describe, Figure, Glyph, Home, Id, Tags, typed};
use crate::text::{Text, text};

typed! {
    Trail {
        "S3BucketName" bucket: Id<Bucket>,
        "IsLogging" logging: bool,
        "IsMultiRegionTrail" multi_region: bool,
        "Tags" tags: Tags,
    }
}

impl Describe for Trail {
    const KIND: &'static str = "AWS::CloudTrail::Trail";
    const TITLE: Text = text("aws.trail", "CloudTrail");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Trail)
    }
}
