//! A web ACL belongs where the requests arrive first.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{LoadBalancer, Region, WebAclAssociation};
use crate::text::text;
use crate::topology::traffic::distribution;

pub static CHECK: Check = Check {
    code: "ED-004",
    severity: Severity::Low,
    title: text("check.ed-004.title", "Web ACL behind CloudFront"),
    why: text(
        "check.ed-004.why",
        "Behind CloudFront a regional web ACL sees CloudFront's addresses: reputation lists match nothing, the rate limit has to trust a header, and floods reach the Region before they are stopped.",
    ),
    advice: text(
        "check.ed-004.advice",
        "Make a web ACL of scope CLOUDFRONT in us-east-1 and give its ARN to the distribution. In us-east-1 itself this design does so.",
    ),
    reference: "WAF developer guide, web ACLs of CloudFront distributions",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<LoadBalancer>() {
        let Some((edge, distribution)) = distribution(topology, name) else {
            continue;
        };
        let mut associations = topology.all::<WebAclAssociation>();
        let regional = associations.find(|(_, it)| it.protects() == Some(name));
        let Some((association, it)) = regional.filter(|_| distribution.acl().is_none()) else {
            continue;
        };
        let acl = it.by().unwrap_or(association);
        let message = text(
            "check.ed-004.message",
            "{acl} filters at {balancer}, behind {distribution}: CloudFront takes web ACLs of {region} alone, and these stacks are elsewhere.",
        )
        .with("acl", acl.as_str())
        .with("balancer", name.as_str())
        .with("distribution", edge.as_str())
        .with("region", Region::EDGE.code());
        findings.push(Finding::new(&CHECK, [acl], message));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_regional_web_acl_behind_cloudfront() {
        assert_eq!(
            findings(&CHECK, "edge.cloudfront=true edge.waf=true", &[]),
            "WebAcl: WebAcl filters at LoadBalancer, behind Distribution: CloudFront takes web ACLs of us-east-1 alone, and these stacks are elsewhere."
        );
    }

    #[test]
    fn accepts_one_at_the_edge_and_one_without_cloudfront() {
        for settings in [
            "region=us-east-1 edge.cloudfront=true edge.waf=true",
            "edge.waf=true",
            "edge.cloudfront=true",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
