//! How CloudFront proves itself to a bucket that lets nobody else in: it signs what it asks for.

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    OriginAccessControl {
        "OriginAccessControlConfig" config: Value,
    }
}

impl Describe for OriginAccessControl {
    const KIND: &'static str = "AWS::CloudFront::OriginAccessControl";
    const TITLE: Text = text("aws.origin-access-control", "CloudFront origin access control");

    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
