//! What stands between the users and the application: a web application firewall, a content delivery network with a bucket
//! for static files, a name.

use super::option::{Blocks, Whole, Words, choice, component};
use super::{Design, Expansion, cloudfront, dns, domain, latency, site, waf};

choice! {
    /// What the managed rules do with a request that they match.
    WafAction {
        Block = "block",
        /// Counts it and lets it through: for the days before one dares to block.
        Count = "count",
    }
}

choice! {
    /// The edge locations that answer: fewer cost less where viewers are near them.
    PriceClass {
        All = "all",
        /// Not those of South America, Australia and New Zealand.
        Most = "200",
        /// North America, Europe and Israel alone.
        Least = "100",
    }
}

choice! {
    /// CloudFront's security policy: the least that viewers may speak.
    EdgeTls {
        /// Without CBC ciphers, of 2025.
        Newest = "TLSv1.2_2025",
        Usual = "TLSv1.2_2021",
    }
}

component! {
    /// What stands between the users and the load balancer.
    Edge at edge in Edge {
        "edge.waf" "ew" waf: bool = false, "AWS WAF", "A web ACL with AWS's managed rules and a rate limit in front of the application: before CloudFront where there is one, else before the load balancer";
        "edge.waf_action" "ea" waf_action: WafAction = WafAction::Block, "WAF managed rules", "Block what AWS's managed rules match, or only count it";
        "edge.waf_rate_limit" "el" rate_limit: Whole<10, 2000000000> = Whole::new(2000), "WAF rate limit", "Requests in five minutes that one address may send";
        "edge.sql_injection" "eq" sql_injection: bool = false, "WAF SQL injection rules", "AWS's managed rules against SQL injection, beside those that are always there";
        "edge.bot_control" "eb" bot_control: bool = false, "WAF Bot Control", "Names bots and blocks those that do not identify themselves; billed by the month and by the request, beside the web ACL";
        "edge.allow" "en" allow: Blocks<10> = Blocks::default(), "WAF allowed addresses", "IPv4 ranges whose requests pass without any further rule, with commas between";
        "edge.deny" "ed" deny: Blocks<10> = Blocks::default(), "WAF denied addresses", "IPv4 ranges whose requests are blocked before all other rules, with commas between";
        "edge.waf_fail_open" "eo" fail_open: bool = false, "WAF fails open", "Lets requests through unfiltered, instead of answering 500, while the load balancer cannot reach AWS WAF";
        "edge.waf_logs" "eg" waf_logs: bool = false, "WAF logs", "Writes what AWS WAF has blocked or counted to CloudWatch Logs, kept for 30 days";
        "edge.cloudfront" "ef" cloudfront: bool = false, "CloudFront", "A distribution in front of the load balancer, which then lets nobody else in";
        "edge.certificate" "ec" certificate: Words<200> = Words::default(), "CloudFront certificate ARN", "ACM certificate of us-east-1 for the domain; empty has the stacks ask for one where the hosted zone is given, and else leaves users to CloudFront's own name";
        "edge.tls" "et" tls: EdgeTls = EdgeTls::Usual, "CloudFront TLS policy", "The least that viewers may speak; it takes effect with a certificate of one's own alone";
        "edge.price_class" "ep" price_class: PriceClass = PriceClass::All, "CloudFront price class", "Edge locations that answer: all, 200 without South America and Oceania, 100 those of North America, Europe and Israel";
        "edge.origin_shield" "eh" origin_shield: bool = false, "Origin Shield", "One more cache near the application, which all edge locations ask first: fewer requests reach the load balancer and the bucket; billed by the request";
        "edge.logs" "ej" logs: bool = false, "CloudFront logs", "Standard logs (legacy) of every request into a bucket of their own, which takes the ACLs that CloudFront writes with";
        "edge.static" "es" site: bool = false, "Static files in S3", "A private bucket behind CloudFront answers /static/*; everything else goes on to the load balancer";
        "edge.images" "ei" images: bool = false, "Images by format and width", "A CloudFront function sends requests for /static/images/* to the file of the format that the browser takes and of the width that the query asks for; the files are yours to make";
        "edge.dynamic_seconds" "ey" dynamic: Whole<0, 3600> = Whole::new(0), "Dynamic pages cached (s)", "How long CloudFront keeps pages whose Cache-Control says nothing, by address, query and cookies; 0 keeps only what the application allows. Pages of one user have to say private or no-store";
        "edge.stale_seconds" "ez" stale: Whole<0, 86400> = Whole::new(0), "Old pages meanwhile (s)", "How long CloudFront may give out a page that has expired while it fetches a new one. CloudFront goes by stale-while-revalidate in the application's own Cache-Control: the sample page sends it, and the cache policy admits it";
    }
}

impl Edge {
    /// Whether CloudFront keeps dynamic pages by a policy of the design's own.
    pub fn keeps_pages(&self) -> bool {
        self.cloudfront && (self.dynamic.get() > 0 || self.stale.get() > 0)
    }

    /// What a page says of how long it may be kept; `None`: nothing.
    pub fn cache_control(&self) -> Option<String> {
        let (fresh, stale) = (self.dynamic.get(), self.stale.get());
        self.keeps_pages().then(|| match stale {
            0 => format!("max-age={fresh}"),
            stale => format!("max-age={fresh}, stale-while-revalidate={stale}"),
        })
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    waf::expand(design, to);
    if !design.has_application() {
        return;
    }
    domain::edge_certificate(design, to);
    cloudfront::expand(design, to);
    site::expand(design, to);
    if latency::is_on(design) {
        latency::expand(design, to);
    }
    if design.dns.failover && !latency::replaces_failover(design) {
        dns::expand(design, to);
    } else if design.edge.cloudfront || !latency::is_on(design) {
        domain::expand(design, to);
    }
}
