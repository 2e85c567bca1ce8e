//! A single EC2 instance: nothing replaces it when its zone, or it, is lost.

use super::{Describe, Figure, Glyph, Home, Id, Meter, Outage, SecurityGroup, Subnet, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Instance {
        "ImageId" image: Value,
        "InstanceType" instance_type: String,
        "NetworkInterfaces" interfaces: Vec<InstanceInterface>,
        "BlockDeviceMappings" volumes: Vec<Value>,
        "MetadataOptions" metadata: Option<Value>,
        "Tags" tags: Tags,
    }
}

typed! {
    InstanceInterface {
        "DeviceIndex" device: Option<String>,
        "SubnetId" subnet: Option<Id<Subnet>>,
        "GroupSet" security_groups: Vec<Id<SecurityGroup>>,
        "AssociatePublicIpAddress" public: bool,
    }
}

impl Instance {
    /// Whether it has a public address.
    pub fn is_public(&self) -> bool {
        self.interfaces.iter().any(|it| it.public)
    }

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
        match self.interfaces.iter().find_map(|it| it.subnet.as_ref()) {
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
        let mut meters = vec![
            Meter::hours(
                text("meter.instance", "EC2 instance"),
                "EC2",
                format!("{} Linux on-demand shared", self.instance_type),
                1.0,
            ),
            Meter::monthly(text("meter.volume", "EBS volume"), "EBS", "gp3_storage", self.gigabytes()),
        ];
        if self.is_public() {
            meters.push(Meter::hours(
                text("meter.instance-address", "Public IPv4 address"),
                "PublicIPv4",
                "in_use_or_idle",
                1.0,
            ));
        }
        meters
    }
}
