//! A web application firewall reads requests before the application does.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Distribution, LoadBalancer, Name, WebAclAssociation};
use crate::text::text;
use crate::topology::Topology;
use crate::topology::traffic::distribution;

pub static CHECK: Check = Check {
    code: "ED-001",
    severity: Severity::Medium,
    title: text("check.ed-001.title", "No web application firewall"),
    why: text(
        "check.ed-001.why",
        "Injections, known exploits and floods of requests reach the application unfiltered.",
    ),
    advice: text(
        "check.ed-001.advice",
        "Associate an AWS WAF web ACL (regional scope) with the load balancer: AWS's managed core rule set, known bad inputs, and a rate limit.",
    ),
    reference: "SEC05-BP03",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, balancer) in topology.all::<LoadBalancer>() {
        let is_entry = balancer.is_internet_facing() && balancer.kind == "application";
        if !is_entry || is_filtered(topology, name) {
            continue;
        }
        let message = text(
            "check.ed-001.message",
            "Nothing filters the requests that reach {balancer} from the internet.",
        )
        .with("balancer", name.as_str());
        let title = text(
            "check.ed-001.fix",
            "Add AWS WAF with managed rules and a rate limit",
        );
        // Behind CloudFront the web ACL filters there, which helps where CloudFront fetches from the load balancer.
        let origins = topology.all::<Distribution>();
        let origins: Vec<(&Name, &str)> = origins
            .map(|(name, _)| (name, "DistributionConfig.Origins"))
            .collect();
        let fix = subject.fix(&origins, title, &[("edge.waf", &true)]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Whether a web ACL is associated with a load balancer, or with the distribution in front of it. An association that names its target in another way than by
/// reference is taken to mean it.
fn is_filtered(topology: &Topology, balancer: &Name) -> bool {
    let mut associations = topology.all::<WebAclAssociation>();
    let at_the_edge = distribution(topology, balancer).is_some_and(|(_, it)| it.acl().is_some());
    at_the_edge || associations.any(|(_, it)| it.protects().is_none_or(|name| name == balancer))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_load_balancer_that_faces_the_internet() {
        assert_eq!(
            findings(&CHECK, "", &[]),
            "LoadBalancer: Nothing filters the requests that reach LoadBalancer from the internet."
        );
    }

    #[test]
    fn accepts_a_web_acl_and_internal_load_balancers() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[add(
                    "Firewall",
                    "app",
                    "AWS::WAFv2::WebACLAssociation",
                    json!({"ResourceArn": {"Ref": "LoadBalancer"}, "WebACLArn": "arn:aws:wafv2:ap-northeast-1:111122223333:regional/webacl/x/y"})
                )]
            ),
            ""
        );
        for settings in [
            "edge.waf=true",
            "region=us-east-1 edge.waf=true edge.cloudfront=true",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("LoadBalancer", "Scheme", json!("internal"))]
            ),
            ""
        );
    }
}
