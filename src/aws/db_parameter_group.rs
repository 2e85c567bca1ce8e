//! Engine settings of a database.

use super::{Describe, Figure, Home, Tags, typed};
use crate::text::{Text, text};

typed! {
    DbParameterGroup {
        "Family" family: String,
        "Description" description: String,
        "Tags" tags: Tags,
    }
}

impl Describe for DbParameterGroup {
    const KIND: &'static str = "AWS::RDS::DBParameterGroup";
    const TITLE: Text = text("aws.db-parameter-group", "DB parameter group");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
