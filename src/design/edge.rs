//! What stands between the users and the load balancer: a web application firewall.

use super::option::{Whole, choice, component};
use super::{Design, Expansion, waf};

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
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    waf::expand(design, to);
}
