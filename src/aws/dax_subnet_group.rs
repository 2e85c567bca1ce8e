//! The subnets that DAX nodes may live in.

use super::{Describe, Figure, Home, Id, Subnet, typed};
use crate::text::{Text, text};

typed! {
    DaxSubnetGroup {
        "Description" description: Option<String>,
        "SubnetIds" subnets: Vec<Id<Subnet>>,
    }
}

impl Describe for DaxSubnetGroup {
    const KIND: &'static str = "AWS::DAX::SubnetGroup";
    const TITLE: Text = text("aws.dax-subnet-group", "DAX subnet group");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Spread(self.subnets.iter().map(|it| it.name.clone()).collect())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
