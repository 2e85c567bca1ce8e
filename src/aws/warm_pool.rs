//! Instances that an Auto Scaling group has started once and stopped again: they come into service faster than new ones.

use super::{AutoScalingGroup, Describe, Figure, Home, Id, typed};
use crate::text::{Text, text};

typed! {
    WarmPool {
        "AutoScalingGroupName" group: Id<AutoScalingGroup>,
        /// Instances that it keeps at least; 0 unless given.
        "MinSize" min: Option<u32>,
        /// Instances of group and pool together; the group's maximum unless given.
        "MaxGroupPreparedCapacity" most: Option<u32>,
        /// `Stopped` unless given.
        "PoolState" state: Option<String>,
    }
}

impl WarmPool {
    /// Whether its instances are stopped, and only their volumes cost.
    pub fn is_stopped(&self) -> bool {
        self.state.as_deref().is_none_or(|it| it == "Stopped")
    }

    /// Instances in the pool: what the limit leaves over the group's desired capacity, and no fewer than the least
    /// (EC2 Auto Scaling user guide, warm pools).
    pub fn size(&self, group: &AutoScalingGroup) -> u32 {
        let most = self.most.unwrap_or(group.max.0).max(group.desired());
        (most - group.desired()).max(self.min.unwrap_or(0))
    }
}

impl Describe for WarmPool {
    const KIND: &'static str = "AWS::AutoScaling::WarmPool";
    const TITLE: Text = text("aws.warm-pool", "Warm pool");

    fn home(&self) -> Home {
        Home::With(self.group.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
