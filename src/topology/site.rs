//! Zones by Region: the letters begin anew in each.

use std::fmt;

use super::Topology;
use crate::aws::{Name, Region, Subnet, Zone};

/// A zone of one Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// `None`: the Region that the topology begins with.
    pub region: Option<Region>,
    pub zone: Zone,
}

impl Site {
    /// A zone of a Region, as the topology that begins with `home` calls it.
    pub fn of(home: Option<Region>, region: Option<Region>, zone: Zone) -> Self {
        let region = region.filter(|it| Some(*it) != home);
        Self { region, zone }
    }

    /// The name that drawings and timelines give it: `az:a`, in other Regions `az:us-east-1a`.
    pub fn name(self) -> Name {
        format!("{PREFIX}{self}").into()
    }
}

const PREFIX: &str = "az:";

/// `a`, in other Regions than the first `us-east-1a`.
impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(region) = self.region {
            f.write_str(region.code())?;
        }
        write!(f, "{}", self.zone)
    }
}

impl Topology {
    /// A zone of a Region.
    pub fn site(&self, region: Option<Region>, zone: Zone) -> Site {
        Site::of(self.region(), region, zone)
    }

    /// The site of a subnet.
    pub fn site_of(&self, subnet: &str) -> Option<Site> {
        let zone = self.zone_of(subnet)?;
        Some(self.site(self.region_of(subnet), zone))
    }

    /// The distinct sites that have a subnet, the first Region's first.
    pub fn sites(&self) -> Vec<Site> {
        let subnets = self.all::<Subnet>();
        let mut sites: Vec<Site> = subnets
            .map(|(name, it)| self.site(self.region_of(name), it.zone))
            .collect();
        sites.sort();
        sites.dedup();
        sites
    }

    /// A site as [`Site`] shows it; `None`: no subnet is there.
    pub fn site_called(&self, given: &str) -> Option<Site> {
        let given = given.to_lowercase();
        let mut sites = self.sites().into_iter();
        sites.find(|it| it.to_string() == given)
    }

    /// The site that a name of a drawing means.
    pub fn site_named(&self, name: &str) -> Option<Site> {
        self.site_called(name.strip_prefix(PREFIX)?)
    }

    /// The distinct Regions in which something stands, the first one first.
    pub fn regions(&self) -> Vec<Region> {
        let mut regions: Vec<Region> = self.region().into_iter().collect();
        for (place, stack) in self.stacks.iter().enumerate() {
            let is_used = || self.nodes().iter().any(|it| it.stack == place);
            if !regions.contains(&stack.region) && is_used() {
                regions.push(stack.region);
            }
        }
        regions
    }
}
