//! A list of controls that Security Hub checks, by what AWS Config has recorded.

use super::{Describe, Figure, Flow, Home, Meter, Value, typed};
use crate::text::{Text, text};

typed! {
    SecurityStandard {
        "StandardsArn" standard: Value,
    }
}

impl Describe for SecurityStandard {
    const KIND: &'static str = "AWS::SecurityHub::Standard";
    const TITLE: Text = text("aws.security-standard", "Security Hub standard");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }

    fn meters(&self) -> Vec<Meter> {
        let item = text("meter.security-checks", "Security Hub checks");
        vec![Meter::flow(
            item,
            "SecurityHub",
            "compliance_check_first_100k",
            Flow::SecurityChecks,
        )]
    }
}
