//! S3: e-commerce without Kubernetes, from the edge over the burst path to operations.

use super::Blueprint;
use crate::design::{Design, Nat, Whole};
use crate::text::text;
use crate::topology::JourneyKind;

const ID: &str = "ecommerce-burst";

pub const BLUEPRINT: Blueprint = Blueprint {
    id: ID,
    code: "s3",
    title: text("blueprint.ecommerce-burst", "E-commerce with a burst path"),
    summary: text(
        "blueprint.ecommerce-burst.summary",
        "CloudFront and a firewall before a shop in two zones, a queue that takes a flash sale's orders, and private ways for operations",
    ),
    design,
};

/// Those of the parts are there for every design that has them.
const JOURNEYS: &[JourneyKind] = &[
    JourneyKind::Request,
    JourneyKind::Answer,
    JourneyKind::InternetEgress,
];

fn design() -> Design {
    let mut design = Design::new(ID);
    design.journeys = JOURNEYS;
    design.network.nat = Nat::PerZone;
    design.network.tiers = Whole::new(3);
    for (key, given) in CHOSEN {
        design = design.with(key, given);
    }
    design
}

/// What this system has that no other one opens with.
const CHOSEN: &[(&str, &str)] = &[
    ("edge.cloudfront", "true"),
    ("edge.waf", "true"),
    ("edge.sql_injection", "true"),
    ("edge.static", "true"),
    ("edge.origin_shield", "true"),
    ("edge.logs", "true"),
    ("edge.tls", "TLSv1.2_2025"),
    ("edge.dynamic_seconds", "5"),
    ("edge.stale_seconds", "60"),
    ("access.kind", "session-manager"),
    ("vpn.customer_gateways", "203.0.113.10,198.51.100.20"),
    ("endpoints.s3", "true"),
    ("endpoints.dynamodb", "true"),
    ("endpoints.logs", "true"),
    ("endpoints.ssm", "true"),
    ("endpoints.ecr", "true"),
    ("endpoints.sqs", "true"),
    ("endpoints.secretsmanager", "true"),
    ("burst.enabled", "true"),
    // A shop by day: what is left after the loss of a zone carries it.
    ("fleet.instance_type", "t4g.small"),
    ("fleet.min", "4"),
    ("fleet.desired", "4"),
    ("fleet.max", "16"),
    ("fleet.scale_out_cpu", "50"),
    ("balancer.health_interval", "10"),
    ("balancer.healthy_threshold", "2"),
    ("database.class", "db.t4g.medium"),
    ("database.read_replicas", "1"),
    ("vpn.network", "192.168.100.0/24"),
    ("observability.trail_lock_days", "30"),
    ("observability.archive_days", "30"),
    ("delivery.registry", "true"),
    ("delivery.codedeploy", "true"),
    ("account.guardduty", "true"),
    ("account.macie", "true"),
    ("account.inspector", "true"),
    ("account.config", "true"),
    ("account.security_hub", "true"),
    // A month of a small shop, so that the levers of its bill have something to move; all modelled.
    ("assume.requests_millions", "30"),
    ("assume.cache_hit_percent", "80"),
    ("assume.cdn_japan_gb", "600"),
    ("assume.lcu", "2"),
    ("assume.nat_gb", "400"),
    ("assume.s3_percent", "40"),
    ("assume.aws_percent", "30"),
    ("assume.cross_az_gb", "300"),
    ("assume.orders_thousands", "300"),
    ("assume.log_gb", "60"),
    ("assume.flow_log_gb", "80"),
    ("assume.access_log_gb", "40"),
];
