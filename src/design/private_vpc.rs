//! A small private VPC: one subnet in each zone, one route table for all of them, no gateway.

use ipnet::Ipv4Net;

use super::{Edit, Expansion};
use crate::aws::{RouteTable, RouteTableAssociation, Subnet, Vpc, Zone};
use crate::text::Text;

/// Such a VPC by its names.
pub(super) struct PrivateVpc {
    pub stack: usize,
    /// Names of the nodes of the VPC and of its route table.
    pub vpc: String,
    pub table: String,
    pub range: Ipv4Net,
    /// Its subnets by zone; one without a range is left out.
    pub subnets: Vec<(Zone, String, Option<Ipv4Net>)>,
    /// What the tags say: of the VPC, and of all that is private in it.
    pub tag: String,
    pub private: String,
    pub comment: Text,
}

impl PrivateVpc {
    pub fn expand(self, to: &mut Expansion<'_>) {
        let tags = to.tags(&self.tag);
        to.add(
            self.stack,
            self.vpc.as_str(),
            Vpc {
                cidr: self.range,
                dns_support: true,
                dns_hostnames: true,
                tags,
                rest: Vec::new(),
            },
        )
        .comment(self.comment);
        let tags = to.tags(&self.private);
        to.add(
            self.stack,
            self.table.as_str(),
            RouteTable {
                vpc: self.vpc.as_str().into(),
                tags,
                rest: Vec::new(),
            },
        );
        for (zone, name, cidr) in &self.subnets {
            if let Some(cidr) = cidr {
                self.subnet(to, *zone, name, *cidr);
            }
        }
    }

    fn subnet(&self, to: &mut Expansion<'_>, zone: Zone, name: &str, cidr: Ipv4Net) {
        let tags = to.tags(&format!("{}-{zone}", self.private));
        to.add(
            self.stack,
            name,
            Subnet {
                vpc: self.vpc.as_str().into(),
                cidr,
                zone,
                public_addresses: false,
                tags,
                rest: Vec::new(),
            },
        );
        to.add(
            self.stack,
            format!("{name}RouteTableAssociation"),
            RouteTableAssociation {
                subnet: name.into(),
                table: self.table.as_str().into(),
                rest: Vec::new(),
            },
        );
    }
}
