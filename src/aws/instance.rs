//! A single EC2 instance: nothing replaces it when its zone, or it, is lost.

use super::{Describe, Figure, Glyph, Home, Id, Meter, Outage, SecurityGroup, Subnet, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Instance {
        "ImageId" image: Value,
        "InstanceType" instance_type: String,
        "SubnetId" subnet: Option<Id<Subnet>>,
        "SecurityGroupIds" security_groups: Vec<Id<SecurityGroup>>,
        "BlockDeviceMappings" volumes: Vec<Value>,
        "MetadataOptions" metadata: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl Instance {
    /// Gigabytes of its volumes.
    fn gigabytes(&self) -> f64 {
        let sizes = self.volumes.iter().filter_map(|it| it.get("Ebs")?.get("VolumeSize")?.as_number());
        sizes.sum()
    }
}

impl Describe for Instance {
    const KIND: &'static str = "AWS::EC2::Instance";
    const TITLE: Text = text("aws.instance", "EC2 instance");

    fn home(&self) -> Home {
        match &self.subnet {
            Some(subnet) => Home::Subnet(subnet.name.clone()),
            None => Home::Region,
        }
    }

    fn figure(&self) -> Figure {
        Figure::Icon(Glyph::Instance)
    }

    fn outage(&self) -> Outage {
        Outage::Lost
    }

    fn meters(&self) -> Vec<Meter> {
        vec![
            Meter::hours(
                text("meter.instance", "EC2 instance"),
                "EC2",
                format!("{} Linux on-demand shared", self.instance_type),
                1.0,
            ),
            Meter::monthly(text("meter.volume", "EBS volume"), "EBS", "gp3_storage", self.gigabytes()),
        ]
    }
}
