//! What stands between the users and the load balancer: a web application firewall, a content delivery network, a name.

use super::option::{Whole, Words, choice, component};
use super::{Design, Expansion, cloudfront, dns, domain, waf};

choice! {
    /// What the managed rules do with a request that they match.
    WafAction {
        Block = "block",
        /// Counts it and lets it through: for the days before one dares to block.
        Count = "count",
    }
}

component! {
    /// What stands between the users and the load balancer.
    Edge at edge in Edge {
        "edge.waf" "ew" waf: bool = false, "AWS WAF", "A web ACL with AWS's managed rules and a rate limit in front of the application";
        "edge.waf_action" "ea" waf_action: WafAction = WafAction::Block, "WAF managed rules", "Block what AWS's managed rules match, or only count it";
        "edge.waf_rate_limit" "el" rate_limit: Whole<10, 2000000000> = Whole::new(2000), "WAF rate limit", "Requests in five minutes that one address may send";
        "edge.waf_fail_open" "eo" fail_open: bool = false, "WAF fails open", "Lets requests through unfiltered, instead of answering 500, while the load balancer cannot reach AWS WAF";
        "edge.waf_logs" "eg" waf_logs: bool = false, "WAF logs", "Writes what AWS WAF has blocked or counted to CloudWatch Logs, kept for 30 days";
        "edge.cloudfront" "ef" cloudfront: bool = false, "CloudFront", "A distribution in front of the load balancer, which then lets nobody else in";
        "edge.certificate" "ec" certificate: Words<200> = Words::default(), "CloudFront certificate ARN", "ACM certificate of us-east-1 for the domain; empty leaves users to CloudFront's own name";
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    waf::expand(design, to);
    if !design.has_application() {
        return;
    }
    cloudfront::expand(design, to);
    if design.dns.failover {
        dns::expand(design, to);
    } else {
        domain::expand(design, to);
    }
}
