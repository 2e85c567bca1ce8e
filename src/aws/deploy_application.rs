//! What CodeDeploy calls an application: a name for its deployment groups and revisions. On EC2 it is free of charge.

use super::{Describe, Figure, Home, Tags, typed};
use crate::text::{Text, text};

typed! {
    DeployApplication {
        "ComputePlatform" platform: Option<String>,
        "Tags" tags: Tags,
    }
}

impl Describe for DeployApplication {
    const KIND: &'static str = "AWS::CodeDeploy::Application";
    const TITLE: Text = text("aws.deploy-application", "CodeDeploy application");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
