//! S2: a private API in one Region, called from another over peering, in three stacks.

use super::Blueprint;
use crate::design::{Design, Grouping, Nat, Whole};
use crate::text::text;

const ID: &str = "cross-region-private-api";

pub const BLUEPRINT: Blueprint = Blueprint {
    id: ID,
    code: "s2",
    title: text(
        "blueprint.cross-region-private-api",
        "Cross-Region private API",
    ),
    summary: text(
        "blueprint.cross-region-private-api.summary",
        "A private API in Tokyo, called by a function in N. Virginia over VPC peering and private DNS: three stacks in two Regions",
    ),
    design,
};

fn design() -> Design {
    let mut design = Design::new(ID);
    // That of a call: a journey of every design that has the parts for it.
    design.journeys = &[];
    design.application.enabled = false;
    design.application.grouping = Grouping::Regions;
    design.network.tiers = Whole::new(1);
    design.network.nat = Nat::None;
    design.api.enabled = true;
    design.clients.enabled = true;
    // An account keeps one record of its API calls, and not for this.
    design.observability.trail = false;
    // A call every three seconds or so, so that the bill has something to say of data between Regions.
    design.assumptions.calls = Whole::new(1000);
    design
}
