//! Keeps a number of instances running over its subnets and replaces those that are lost.

use super::{Describe, Figure, Glyph, Home, Id, LaunchTemplate, Name, Outage, Quoted, Subnet, TargetGroup, Value, typed};
use crate::text::{Text, text};

typed! {
    AutoScalingGroup {
        "MinSize" min: Quoted,
        "MaxSize" max: Quoted,
        "DesiredCapacity" desired: Option<Quoted>,
        "VPCZoneIdentifier" subnets: Vec<Id<Subnet>>,
        "TargetGroupARNs" target_groups: Vec<Id<TargetGroup>>,
        /// `EC2` unless given; only `ELB` listens to the load balancer.
        "HealthCheckType" health_check: Option<String>,
        /// Seconds; 0 unless given (the console's 300 s is the console's).
        "HealthCheckGracePeriod" grace: Option<u32>,
        "LaunchTemplate" launch_template: Option<LaunchTemplateReference>,
        /// A launch template with several instance types, on demand and Spot.
        "MixedInstancesPolicy" mixed: Option<Value>,
        /// Whether a Spot instance at risk is replaced before it is taken away.
        "CapacityRebalance" rebalances: Option<bool>,
        "AvailabilityZoneDistribution" distribution: Option<Value>,
        "AvailabilityZoneImpairmentPolicy" impairment: Option<Value>,
    }
}

typed! {
    LaunchTemplateReference {
        "LaunchTemplateId" template: Id<LaunchTemplate>,
        "Version" version: Value,
    }
}

impl AutoScalingGroup {
    /// The launch template that it starts instances from.
    pub fn template(&self) -> Option<&Name> {
        let mixed = || {
            let template = self.mixed.as_ref()?.get("LaunchTemplate")?;
            template.get("LaunchTemplateSpecification")?.get("LaunchTemplateId")?.named()
        };
        self.launch_template.as_ref().map(|it| &it.template.name).or_else(mixed)
    }

    /// Share of its instances that are Spot, in percent, beyond those that are on demand in any case.
    pub fn spot_percent(&self) -> u32 {
        let distribution = self.mixed.as_ref().and_then(|it| it.get("InstancesDistribution"));
        // On demand alone unless given (EC2 Auto Scaling API reference, InstancesDistribution).
        let on_demand = distribution.and_then(|it| it.get("OnDemandPercentageAboveBaseCapacity"));
        let on_demand = on_demand.and_then(Value::as_number).unwrap_or(100.0);
        100 - (on_demand as u32).min(100)
    }

    /// Instances that are on demand before any Spot instance is started.
    pub fn on_demand_base(&self) -> u32 {
        let distribution = self.mixed.as_ref().and_then(|it| it.get("InstancesDistribution"));
        let base = distribution.and_then(|it| it.get("OnDemandBaseCapacity"));
        base.and_then(Value::as_number).map_or(0, |it| it as u32)
    }

    /// Whether it rather launches nothing than out of balance: `balanced-best-effort` unless given.
    pub fn is_balanced_only(&self) -> bool {
        let strategy = self.distribution.as_ref().and_then(|it| it.get("CapacityDistributionStrategy"));
        strategy.and_then(Value::as_str) == Some("balanced-only")
    }

    /// Instances that it keeps running.
    pub fn desired(&self) -> u32 {
        self.desired.unwrap_or(self.min).0
    }

    /// Whether instances that fail the load balancer's check are replaced.
    pub fn listens_to_load_balancer(&self) -> bool {
        let kinds = self.health_check.as_deref().unwrap_or("EC2");
        kinds.split(',').any(|it| it.trim() == "ELB")
    }
}

impl Describe for AutoScalingGroup {
    const KIND: &'static str = "AWS::AutoScaling::AutoScalingGroup";
    const TITLE: Text = text("aws.auto-scaling-group", "Auto Scaling group");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Spread(self.subnets.iter().map(|it| it.name.clone()).collect())
    }

    fn figure(&self) -> Figure {
        Figure::Group(Glyph::AutoScalingGroup)
    }

    fn outage(&self) -> Outage {
        Outage::Replaces
    }

    fn launches(&self) -> Option<(Name, u32)> {
        Some((self.template()?.clone(), self.desired()))
    }
}
