//! A web ACL is CloudFront's or a Region's, never both.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Distribution, Name, Region, Value, WebAcl, WebAclAssociation};
use crate::text::{Text, text};
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "ED-007",
    severity: Severity::Error,
    title: text("check.ed-007.title", "Web ACL of the wrong scope"),
    why: text(
        "check.ed-007.why",
        "Web ACLs of scope CLOUDFRONT are made in us-east-1 alone and serve distributions alone; load balancers take those of scope REGIONAL.",
    ),
    advice: text(
        "check.ed-007.advice",
        "Use REGIONAL before a load balancer, CLOUDFRONT in us-east-1 before a distribution.",
    ),
    reference: "WAF API reference, CreateWebACL",
    run,
};

const ELSEWHERE: Text = text(
    "check.ed-007.elsewhere",
    "{acl} has the scope CLOUDFRONT and stands outside us-east-1.",
);
const BALANCER: Text = text(
    "check.ed-007.balancer",
    "{acl} has the scope CLOUDFRONT and stands before a load balancer.",
);
const DISTRIBUTION: Text = text(
    "check.ed-007.distribution",
    "{acl} has the scope REGIONAL and stands before a distribution.",
);

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, acl) in topology.all::<WebAcl>() {
        let Some(words) = problem(topology, name, acl) else {
            continue;
        };
        let message = words.with("acl", name.as_str());
        let fix = subject.undo([name]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

fn problem(topology: &Topology, name: &Name, acl: &WebAcl) -> Option<Text> {
    let stack = topology.stacks.get(topology.node(name)?.stack)?;
    let mut distributions = topology.all::<Distribution>();
    let mut associations = topology.all::<WebAclAssociation>();
    if !acl.is_global() {
        let is_it = |it: &Value| matches!(it, Value::Ref(it) | Value::Att(it, _) if it == name);
        let serves = distributions.any(|(_, it)| it.acl().is_some_and(is_it));
        return serves.then_some(DISTRIBUTION);
    }
    if stack.region != Region::EDGE {
        return Some(ELSEWHERE);
    }
    associations
        .any(|(_, it)| it.by() == Some(name))
        .then_some(BALANCER)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_each_wrong_scope() {
        let as_scope = |settings: &str, scope: &str| {
            findings(&CHECK, settings, &[set("WebAcl", "Scope", json!(scope))])
        };
        assert_eq!(
            as_scope("edge.waf=true", "CLOUDFRONT"),
            "WebAcl: WebAcl has the scope CLOUDFRONT and stands outside us-east-1."
        );
        assert_eq!(
            as_scope("edge.waf=true region=us-east-1", "CLOUDFRONT"),
            "WebAcl: WebAcl has the scope CLOUDFRONT and stands before a load balancer."
        );
        assert_eq!(
            as_scope(
                "edge.waf=true edge.cloudfront=true region=us-east-1",
                "REGIONAL"
            ),
            "WebAcl: WebAcl has the scope REGIONAL and stands before a distribution."
        );
    }

    #[test]
    fn accepts_what_the_design_makes() {
        for settings in [
            "edge.waf=true",
            "edge.waf=true edge.cloudfront=true",
            "edge.waf=true edge.cloudfront=true region=us-east-1",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
