//! The Application Load Balancer, its target group and its listeners.

use super::Edit;
use super::network::{ATTACHMENT, Tier, VPC, subnets};
use super::option::{Setting, Whole, Words, component};
use super::{APP, Design, Expansion, RuleAction, listener};
use crate::aws::{Attributes, LoadBalancer, TargetGroup, Value, properties};
use crate::text::text;
use crate::topology::Takes;

component! {
    /// The load balancer and the health check of what stands behind it.
    Balancer at balancer in LoadBalancer {
        "balancer.https" "bh" https: bool = false, "HTTPS", "TLS ends at the load balancer and port 80 redirects to 443; needs a certificate";
        "balancer.certificate" "bc" certificate: Words<200> = Words::default(), "Certificate ARN", "ARN of an ACM certificate in the same Region; empty asks for it at deployment";
        "balancer.domain" "bm" domain: Words<253> = Words::default(), "Domain name", "Name that users ask for, in a hosted zone of Route 53: the stacks write its record and, for HTTPS, request its certificate";
        "balancer.hosted_zone_id" "bo" hosted_zone: Words<100> = Words::default(), "Hosted zone ID", "Public hosted zone of the domain; empty asks for it at deployment";
        "balancer.health_path" "hp" path: Words<100> = healthz(), "Health check path", "Path that must answer with status 200";
        "balancer.health_interval" "hi" interval: Whole<5, 300> = Whole::new(30), "Check interval (s)", "Seconds between two health checks of a target";
        "balancer.health_timeout" "ht" timeout: Whole<2, 120> = Whole::new(5), "Check timeout (s)", "Seconds until a check counts as failed; less than the interval";
        "balancer.healthy_threshold" "hh" healthy: Whole<2, 10> = Whole::new(5), "Healthy after", "Passed checks until an unhealthy target is used again";
        "balancer.unhealthy_threshold" "hu" unhealthy: Whole<2, 10> = Whole::new(2), "Unhealthy after", "Failed checks until a target is no longer used";
        "balancer.deregistration_delay" "bd" deregistration: Whole<0, 3600> = Whole::new(60), "Connection draining (s)", "Seconds that requests in flight get when a target leaves";
        "balancer.cross_zone" "bx" cross_zone: bool = true, "Cross-zone", "A node sends requests to targets of every zone, not of its own alone";
        "balancer.zonal_shift" "bz" zonal_shift: bool = true, "Zonal shift", "Lets an operator, or AWS, move traffic out of a zone";
        "balancer.path_rule" "bp" path_rule: Words<128> = Words::default(), "Path rule", "Path, as /api/*, whose requests the rule's action takes; empty for none";
        "balancer.path_action" "ba" path_action: RuleAction = RuleAction::Forward, "Path rule does", "Forward to the web instances, answer 503 with a maintenance page, or answer 403";
        "balancer.host_rule" "bq" host_rule: Words<128> = Words::default(), "Host rule", "Host name, as *.example.com, whose requests the rule's action takes; empty for none";
        "balancer.host_action" "br" host_action: RuleAction = RuleAction::Forward, "Host rule does", "Forward to the web instances, answer 503 with a maintenance page, or answer 403";
        "balancer.stickiness" "bs" stickiness: bool = false, "Stickiness", "A cookie of the load balancer keeps each user on one instance";
        "balancer.stickiness_seconds" "bt" stickiness_seconds: Whole<1, 604800> = Whole::new(86400), "Stickiness (s)", "Seconds that the cookie lasts after the last request";
        "balancer.access_logs" "bl" access_logs: bool = true, "Access logs", "Writes a line for each request to the log bucket";
    }
}

fn healthz() -> Words<100> {
    Words::parse("/healthz").unwrap_or_default()
}

pub const BALANCER: &str = "LoadBalancer";
pub const TARGETS: &str = "WebTargetGroup";
pub const SECURITY_GROUP: &str = "LoadBalancerSecurityGroup";
/// The port that the web instances listen on.
pub const WEB_PORT: u16 = 80;

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let balancer = &design.balancer;
    let node = to.add(
        APP,
        BALANCER,
        LoadBalancer {
            kind: "application".into(),
            scheme: "internet-facing".into(),
            subnets: subnets(design, Tier::Public),
            security_groups: vec![SECURITY_GROUP.into()],
            attributes: attributes(design),
            tags: to.tags("web"),
            rest: Vec::new(),
        },
    );
    // The gateway and the bucket policy stand in earlier stacks; a reader who merges the stacks keeps the order.
    node.depends_on = vec![ATTACHMENT.into()];
    if balancer.access_logs {
        node.depends_on.push(super::logs::POLICY.into());
    }
    to.add(APP, TARGETS, target_group(balancer, to)).comment(text(
        "comment.target-group",
        "An instance leaves after interval x failures + timeout seconds; a new one needs a single passed check.",
    ));
    let path = [(TARGETS, "HealthCheckPath")];
    if let Some(it) = to.adjust(APP, "HealthCheckPath", "balancer.health_path", path) {
        it.takes = Takes::Like(PATH);
    }
    listener::expand(design, to);
}

/// What a health check may ask for.
pub(super) const PATH: &str = "/[!-~]{0,1023}";

fn attributes(design: &Design) -> Attributes {
    let balancer = &design.balancer;
    let mut all = Attributes::new([
        (
            "routing.http.drop_invalid_header_fields.enabled",
            "true".into(),
        ),
        (
            "zonal_shift.config.enabled",
            balancer.zonal_shift.show().into(),
        ),
        ("access_logs.s3.enabled", balancer.access_logs.show().into()),
    ]);
    if balancer.access_logs {
        all.0.push((
            "access_logs.s3.bucket".into(),
            Value::reference(super::logs::BUCKET),
        ));
        all.0.push(("access_logs.s3.prefix".into(), "alb".into()));
    }
    if design.edge.waf && design.edge.fail_open {
        all.0.push(("waf.fail_open.enabled".into(), "true".into()));
    }
    all
}

fn target_group(balancer: &Balancer, to: &Expansion<'_>) -> TargetGroup {
    TargetGroup {
        vpc: VPC.into(),
        port: WEB_PORT,
        protocol: "HTTP".into(),
        target_type: "instance".into(),
        path: Some(balancer.path.as_str().to_owned()),
        interval: Some(balancer.interval.get()),
        timeout: Some(balancer.timeout.get()),
        healthy_threshold: Some(balancer.healthy.get()),
        unhealthy_threshold: Some(balancer.unhealthy.get()),
        attributes: target_attributes(balancer),
        tags: to.tags("web"),
        rest: Vec::new(),
    }
}

fn target_attributes(balancer: &Balancer) -> Attributes {
    let mut all = Attributes::new([
        (
            "deregistration_delay.timeout_seconds",
            balancer.deregistration.show().into(),
        ),
        (
            "load_balancing.cross_zone.enabled",
            balancer.cross_zone.show().into(),
        ),
        (
            "target_group_health.dns_failover.minimum_healthy_targets.count",
            "1".into(),
        ),
        (
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
            "1".into(),
        ),
    ]);
    if balancer.stickiness {
        all.0.extend(properties([
            ("stickiness.enabled", "true".into()),
            ("stickiness.type", "lb_cookie".into()),
            (
                "stickiness.lb_cookie.duration_seconds",
                balancer.stickiness_seconds.show().into(),
            ),
        ]));
    }
    all
}
