//! The VPC's door to the internet. Regional, redundant, no bandwidth limit (VPC user guide, internet gateways).

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Tags, typed};
use crate::text::{Text, text};

typed! {
    InternetGateway {
        "Tags" tags: Tags,
    }
}

impl Describe for InternetGateway {
    const KIND: &'static str = "AWS::EC2::InternetGateway";
    const TITLE: Text = text("aws.internet-gateway", "Internet gateway");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Icon(Glyph::InternetGateway)
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::flow(
            text("meter.internet-out", "Data transfer out to the internet"),
            "DataTransfer",
            "internet_out_first_10TB",
            Flow::InternetOut,
        )]
    }
}
