//! Engine settings of an Aurora cluster.

use super::{Describe, Figure, Home, Tags, typed};
use crate::text::{Text, text};

typed! {
    DbClusterParameterGroup {
        "Family" family: String,
        "Description" description: String,
        "Tags" tags: Tags,
    }
}

impl Describe for DbClusterParameterGroup {
    const KIND: &'static str = "AWS::RDS::DBClusterParameterGroup";
    const TITLE: Text = text("aws.db-cluster-parameter-group", "DB cluster parameter group");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
