//! Where findings of the other services come together. An account has one in a Region.

use super::{Describe, Figure, Glyph, Home, typed};
use crate::text::{Text, text};

typed! {
    SecurityHub {
        /// Left out, AWS turns its default standards on as well.
        "EnableDefaultStandards" default_standards: Option<bool>,
    }
}

impl Describe for SecurityHub {
    const KIND: &'static str = "AWS::SecurityHub::Hub";
    const TITLE: Text = text("aws.security-hub", "AWS Security Hub");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::SecurityHub)
    }
}
