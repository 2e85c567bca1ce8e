//! What CloudFront tells answers apart by, and how long it keeps them.

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    CachePolicy {
        "CachePolicyConfig" config: Value,
    }
}

impl Describe for CachePolicy {
    const KIND: &'static str = "AWS::CloudFront::CachePolicy";
    const TITLE: Text = text("aws.cache-policy", "CloudFront cache policy");

    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
