//! The subnets that cache nodes may live in.

use super::{Describe, Figure, Home, Id, Subnet, Tags, typed};
use crate::text::{Text, text};

typed! {
    CacheSubnetGroup {
        "Description" description: String,
        "SubnetIds" subnets: Vec<Id<Subnet>>,
        "Tags" tags: Tags,
    }
}

impl Describe for CacheSubnetGroup {
    const KIND: &'static str = "AWS::ElastiCache::SubnetGroup";
    const TITLE: Text = text("aws.cache-subnet-group", "Cache subnet group");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Spread(self.subnets.iter().map(|it| it.name.clone()).collect())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
