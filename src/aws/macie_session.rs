//! Watches every bucket of a Region: who can read it, and whether it is encrypted. An account has one session in a Region.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, typed};
use crate::text::{Text, text};

typed! {
    MacieSession {
        /// `ENABLED` or `PAUSED`; left out, enabled.
        "Status" status: Option<String>,
        "FindingPublishingFrequency" frequency: Option<String>,
    }
}

impl Describe for MacieSession {
    const KIND: &'static str = "AWS::Macie::Session";
    const TITLE: Text = text("aws.macie-session", "Amazon Macie");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::DataScanner)
    }

    /// What it looks into inside of objects is a job of its own, which nothing here starts.
    fn meters(&self) -> Vec<Meter> {
        let item = text("meter.macie-buckets", "Macie, buckets watched");
        vec![Meter::flow(item, "Macie", "bucket_evaluated", Flow::Buckets)]
    }
}
