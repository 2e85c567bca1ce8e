//! A stage takes only so many calls.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{ApiStage, WebAclAssociation};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "API-005",
    severity: Severity::Medium,
    title: text("check.api-005.title", "API stage without limits of its own"),
    why: text(
        "check.api-005.why",
        "Without a limit one caller can use up the calls a second that all APIs of the account have in the Region: the others get 429 because of it.",
    ),
    advice: text(
        "check.api-005.advice",
        "Set a rate and a burst on the stage, or put a web ACL with a rate rule before it.",
    ),
    reference: "REL05-BP02; API Gateway developer guide, throttle requests",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<ApiStage>() {
        let mut filters = topology.all::<WebAclAssociation>();
        let is_filtered = filters.any(|(filter, _)| {
            let node = topology.node(filter);
            node.is_some_and(|it| it.references().contains(name))
        });
        if it.is_throttled() || is_filtered {
            continue;
        }
        let message = text(
            "check.api-005.message",
            "{stage} takes as many calls as the account may have.",
        )
        .with("stage", name.as_str());
        let fix = subject.release(&[(name, "MethodSettings")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_stage_without_a_rate() {
        let edits = [set("PrivateApiStage", "MethodSettings", json!(null))];
        assert_eq!(
            findings(&CHECK, "api.enabled=true", &edits),
            "PrivateApiStage: PrivateApiStage takes as many calls as the account may have."
        );
    }

    #[test]
    fn accepts_a_rate_and_a_web_acl() {
        assert_eq!(findings(&CHECK, "api.enabled=true", &[]), "");
        let arn = json!({"Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${PrivateApi}/stages/${PrivateApiStage}"});
        let edits = [
            set("PrivateApiStage", "MethodSettings", json!(null)),
            add(
                "Guard",
                "app",
                "AWS::WAFv2::WebACLAssociation",
                json!({"ResourceArn": arn, "WebACLArn": "arn:aws:wafv2:ap-northeast-1:111122223333:regional/webacl/x/y"}),
            ),
        ];
        assert_eq!(findings(&CHECK, "api.enabled=true", &edits), "");
    }
}
