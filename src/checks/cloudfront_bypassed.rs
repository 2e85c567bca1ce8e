//! Behind CloudFront the load balancer lets nobody else in.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Kind, Listener, LoadBalancer, Name};
use crate::text::{Text, text};
use crate::topology::traffic::{Peer, distribution, ingress};
use crate::topology::{Node, Topology};

pub static CHECK: Check = Check {
    code: "ED-002",
    severity: Severity::Medium,
    title: text("check.ed-002.title", "Way around CloudFront"),
    why: text(
        "check.ed-002.why",
        "Whoever finds the load balancer's address goes around CloudFront: its cache, its web ACL and its protection against floods.",
    ),
    advice: text(
        "check.ed-002.advice",
        "Let in CloudFront's managed prefix list alone, and have the listener refuse requests without the header that the distribution adds.",
    ),
    reference: "SEC05-BP02; CloudFront developer guide, restrict access to Application Load Balancers",
    run,
};

const OPEN: Text = text(
    "check.ed-002.open",
    "{balancer} stands behind {distribution}, but {at} lets anyone in.",
);
const UNASKED: Text = text(
    "check.ed-002.unasked",
    "{balancer} stands behind {distribution}, but {at} serves requests that do not come from it.",
);

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, balancer) in topology.all::<LoadBalancer>() {
        let Some((distribution, _)) = distribution(topology, name) else {
            continue;
        };
        if !balancer.is_internet_facing() {
            continue;
        }
        let open = open_rule(topology, name).map(|at| (at, OPEN));
        let unasked = || Some((open_listener(topology, name)?, UNASKED));
        let Some((at, words)) = open.or_else(unasked) else {
            continue;
        };
        let message = words
            .with("balancer", name.as_str())
            .with("distribution", distribution.as_str())
            .with("at", at.as_str());
        let finding = Finding::new(&CHECK, [name, at], message);
        findings.push(finding.with_fix(subject.undo([at])));
    }
}

/// What holds a rule that admits the whole internet.
fn open_rule<'a>(topology: &'a Topology, balancer: &str) -> Option<&'a Name> {
    let groups = topology.security_groups_of(balancer).into_iter();
    let mut grants = groups.flat_map(|it| ingress(topology, it));
    let open =
        grants.find(|it| matches!(it.peer, Some(Peer::Range(range)) if range.prefix_len() == 0))?;
    topology.node(open.at).map(|it| &it.name)
}

/// A listener that forwards whatever reaches it.
fn open_listener<'a>(topology: &'a Topology, balancer: &str) -> Option<&'a Name> {
    let forwards = |node: &&Node| {
        Listener::of(&node.resource)
            .is_some_and(|it| it.load_balancer.name == *balancer && it.forwards_to().is_some())
    };
    topology.nodes().iter().find(forwards).map(|it| &it.name)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_an_open_group_and_a_listener_that_asks_for_nothing() {
        let open =
            json!([{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"}]);
        assert_eq!(
            findings(
                &CHECK,
                "edge.cloudfront=true",
                &[set(
                    "LoadBalancerSecurityGroup",
                    "SecurityGroupIngress",
                    open
                )]
            ),
            "LoadBalancer, LoadBalancerSecurityGroup: LoadBalancer stands behind Distribution, but LoadBalancerSecurityGroup lets anyone in."
        );
        let forward = json!([{"Type": "forward", "TargetGroupArn": {"Ref": "WebTargetGroup"}}]);
        assert_eq!(
            findings(
                &CHECK,
                "edge.cloudfront=true",
                &[set("HttpListener", "DefaultActions", forward)]
            ),
            "LoadBalancer, HttpListener: LoadBalancer stands behind Distribution, but HttpListener serves requests that do not come from it."
        );
    }

    #[test]
    fn accepts_what_is_locked_down_and_what_has_no_cloudfront() {
        for settings in ["edge.cloudfront=true", "edge.waf=true", ""] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
