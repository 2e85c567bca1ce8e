//! A public TLS certificate that its own stack asks for; free of charge (AWS Certificate Manager pricing).

use super::{Describe, Figure, Glyph, Home, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Certificate {
        "DomainName" domain: Value,
        "SubjectAlternativeNames" others: Vec<Value>,
        "ValidationMethod" validation: Option<String>,
        "DomainValidationOptions" validations: Vec<Value>,
        "Tags" tags: Tags,
    }
}

impl Describe for Certificate {
    const KIND: &'static str = "AWS::CertificateManager::Certificate";
    const TITLE: Text = text("aws.certificate", "ACM certificate");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Certificate)
    }
}
