//! The subnets that a database may live in; two zones at least, even for a single instance.

use super::{Describe, Figure, Home, Id, Subnet, Tags, typed};
use crate::text::{Text, text};

typed! {
    DbSubnetGroup {
        "DBSubnetGroupDescription" description: String,
        "SubnetIds" subnets: Vec<Id<Subnet>>,
        "Tags" tags: Tags,
    }
}

impl Describe for DbSubnetGroup {
    const KIND: &'static str = "AWS::RDS::DBSubnetGroup";
    const TITLE: Text = text("aws.db-subnet-group", "DB subnet group");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Spread(self.subnets.iter().map(|it| it.name.clone()).collect())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
