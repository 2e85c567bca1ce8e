//! S0: the highly available three-tier application over three zones, with a NAT gateway in each. Its lesson is where each
//! component goes, and what each way out costs and risks.

use super::Blueprint;
use crate::design::{Design, Nat, Whole};
use crate::text::text;
use crate::topology::JourneyKind;

const ID: &str = "three-tier-ha";

pub const BLUEPRINT: Blueprint = Blueprint {
    id: ID,
    code: "s0",
    title: text(
        "blueprint.three-tier-ha",
        "Highly available three-tier application",
    ),
    summary: text(
        "blueprint.three-tier-ha.summary",
        "Public, private and isolated subnets in three zones, with a NAT gateway in each: what every way out costs and risks",
    ),
    design,
};

const JOURNEYS: &[JourneyKind] = &[
    JourneyKind::Request,
    JourneyKind::Answer,
    JourneyKind::Reads,
    JourneyKind::Cache,
    JourneyKind::InternetEgress,
    JourneyKind::AwsEgress,
];

fn design() -> Design {
    let mut design = Design::new(ID);
    design.journeys = JOURNEYS;
    design.network.zones = Whole::new(3);
    design.network.tiers = Whole::new(3);
    design.network.nat = Nat::PerZone;
    // One instance in each zone, and never fewer.
    design.fleet.min = Whole::new(3);
    design.fleet.desired = Whole::new(3);
    design.fleet.max = Whole::new(9);
    design
}
