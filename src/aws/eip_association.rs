//! What gives an Elastic IP address to an instance.

use super::{Describe, ElasticIp, Figure, Home, Id, Instance, typed};
use crate::text::{Text, text};

typed! {
    EipAssociation {
        "AllocationId" address: Id<ElasticIp>,
        "InstanceId" instance: Option<Id<Instance>>,
    }
}

impl Describe for EipAssociation {
    const KIND: &'static str = "AWS::EC2::EIPAssociation";
    const TITLE: Text = text("aws.eip-association", "Elastic IP association");

    fn home(&self) -> Home {
        match &self.instance {
            Some(instance) => Home::With(instance.name.clone()),
            None => Home::Region,
        }
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
