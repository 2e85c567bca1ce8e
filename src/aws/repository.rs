//! A private registry of container images.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Repository {
        /// `MUTABLE`, the default, or `IMMUTABLE`.
        "ImageTagMutability" mutability: Option<String>,
        "ImageScanningConfiguration" scanning: Option<Value>,
        "EncryptionConfiguration" encryption: Option<Value>,
        "LifecyclePolicy" lifecycle: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl Repository {
    /// Whether a tag, once given, stays with its image. The kinds that leave some tags out count, too.
    pub fn has_fixed_tags(&self) -> bool {
        let said = self.mutability.as_deref();
        said.is_some_and(|it| it.starts_with("IMMUTABLE"))
    }

    /// Whether every image is scanned when it is pushed.
    pub fn scans(&self) -> bool {
        let scanning = self.scanning.as_ref();
        let said = scanning.and_then(|it| it.get("ScanOnPush"));
        said.is_some_and(|it| *it == Value::Bool(true) || it.as_str() == Some("true"))
    }
}

impl Describe for Repository {
    const KIND: &'static str = "AWS::ECR::Repository";
    const TITLE: Text = text("aws.repository", "ECR repository");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Registry)
    }

    fn meters(&self) -> Vec<Meter> {
        let item = text("meter.images", "ECR storage");
        vec![Meter::flow(item, "ECR", "storage", Flow::Images)]
    }
}
