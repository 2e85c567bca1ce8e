//! The instances that CodeDeploy brings a revision to, and how: how many at once, behind which target group, and when back.

use super::{
    AutoScalingGroup, DeployApplication, Describe, Figure, Glyph, Home, Id, Tags, Value, typed,
};
use crate::text::{Text, text};

typed! {
    DeploymentGroup {
        "ApplicationName" application: Id<DeployApplication>,
        "ServiceRoleArn" role: Value,
        "AutoScalingGroups" groups: Vec<Id<AutoScalingGroup>>,
        "DeploymentConfigName" pace: Option<String>,
        "DeploymentStyle" style: Option<Value>,
        "LoadBalancerInfo" balancer: Option<Value>,
        "AutoRollbackConfiguration" rollback: Option<Value>,
        "AlarmConfiguration" alarms: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl DeploymentGroup {
    /// Whether a deployment that fails is taken back.
    pub fn rolls_back(&self) -> bool {
        let rollback = self.rollback.as_ref();
        rollback.and_then(|it| it.get("Enabled")) == Some(&Value::Bool(true))
    }

    /// Whether instances leave the load balancer while they are changed.
    pub fn controls_traffic(&self) -> bool {
        let style = self.style.as_ref();
        let said = style.and_then(|it| it.get("DeploymentOption")?.as_str());
        said == Some("WITH_TRAFFIC_CONTROL")
    }
}

impl Describe for DeploymentGroup {
    const KIND: &'static str = "AWS::CodeDeploy::DeploymentGroup";
    const TITLE: Text = text("aws.deployment-group", "CodeDeploy");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Deployment)
    }
}
