//! S1: the multi-tier web application over two zones, to the letter of its production document.

use super::Blueprint;
use crate::design::Design;
use crate::text::text;

const ID: &str = "multi-tier-web";

pub const BLUEPRINT: Blueprint = Blueprint {
    id: ID,
    code: "s1",
    title: text("blueprint.multi-tier-web", "Multi-tier web application"),
    summary: text(
        "blueprint.multi-tier-web.summary",
        "Load balancer, Auto Scaling group and Multi-AZ database over two zones, with one NAT gateway",
    ),
    // Every component's default is this document's value.
    design: || Design::new(ID),
};
