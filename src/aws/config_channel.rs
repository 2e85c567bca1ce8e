//! Where AWS Config puts what it records. Without one the recorder does not start.

use super::{Bucket, Describe, Figure, Home, Id, typed};
use crate::text::{Text, text};

typed! {
    ConfigChannel {
        "S3BucketName" bucket: Id<Bucket>,
    }
}

impl Describe for ConfigChannel {
    const KIND: &'static str = "AWS::Config::DeliveryChannel";
    const TITLE: Text = text("aws.config-channel", "AWS Config delivery channel");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
