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
        "Make a web ACL of scope CLOUDFRONT in us-east-1 and give its ARN to the distribution, as the option AWS WAF does.",
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
            "{acl} filters at {balancer}, behind {distribution}, which has no web ACL of {region}.",
        )
        .with("acl", acl.as_str())
        .with("balancer", name.as_str())
        .with("distribution", edge.as_str())
        .with("region", Region::EDGE.code());
        let title = text("check.ed-004.fix", "Filter before CloudFront");
        let fix = subject.fix(&[], title, &[("edge.waf", &true)]);
        findings.push(Finding::new(&CHECK, [acl], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    #[test]
    fn flags_a_regional_web_acl_behind_cloudfront() {
        let association = add(
            "Firewall",
            "edge",
            "AWS::WAFv2::WebACLAssociation",
            json!({"ResourceArn": {"Ref": "LoadBalancer"}, "WebACLArn": "arn:aws:wafv2:ap-northeast-1:111122223333:regional/webacl/x/y"}),
        );
        assert_eq!(
            findings(&CHECK, "edge.cloudfront=true", &[association]),
            "Firewall: Firewall filters at LoadBalancer, behind Distribution, which has no web ACL of us-east-1."
        );
    }

    #[test]
    fn accepts_one_at_the_edge_whatever_the_region_and_one_without_cloudfront() {
        for settings in [
            "region=us-east-1 edge.cloudfront=true edge.waf=true",
            "edge.cloudfront=true edge.waf=true",
            "edge.waf=true",
            "edge.cloudfront=true",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
