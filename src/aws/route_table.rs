//! A set of routes; a subnet follows exactly one table.

use super::{Describe, Figure, Glyph, Home, Id, Tags, Vpc, typed};
use crate::text::{Text, text};

typed! {
    RouteTable {
        "VpcId" vpc: Id<Vpc>,
        "Tags" tags: Tags,
    }
}

impl Describe for RouteTable {
    const KIND: &'static str = "AWS::EC2::RouteTable";
    const TITLE: Text = text("aws.route-table", "Route table");

    fn home(&self) -> Home {
        Home::Vpc(self.vpc.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Tag(Glyph::RouteTable)
    }
}
