//! Regional storage; stays readable when a zone is lost.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Tags, Value, typed};
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

    fn meters(&self) -> Vec<Meter> {
        // What is thrown away after some days is taken for logs.
        let logs = self.expires_after().map(|_| {
            Meter::flow(
                text("meter.logs-stored", "Logs that the bucket keeps"),
                "S3",
                "standard_first_50TB",
                Flow::LogsStored,
            )
        });
        logs.into_iter().collect()
    }
}

impl Bucket {
    /// Days after which its objects are deleted; `None` where they stay.
    pub fn expires_after(&self) -> Option<f64> {
        self.rule("ExpirationInDays")?.as_number()
    }

    /// Days after which its objects move to S3 Glacier; `None` where they do not.
    pub fn archived_after(&self) -> Option<f64> {
        let first = self.rule("Transitions")?.as_list()?.first()?;
        first.get("TransitionInDays")?.as_number()
    }

    fn rule(&self, key: &str) -> Option<&Value> {
        let lifecycle = self.rest.iter().find(|(it, _)| it == "LifecycleConfiguration");
        let rules = lifecycle?.1.get("Rules")?.as_list()?;
        rules.iter().find_map(|it| it.get(key))
    }
}
