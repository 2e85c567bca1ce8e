//! A certificate that is not given yet is asked for at deployment.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Listener, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-013",
    severity: Severity::Low,
    title: text("check.lb-013.title", "Certificate not chosen yet"),
    why: text(
        "check.lb-013.why",
        "The deployment stops and asks for the ARN of a certificate; whoever deploys must have one at hand.",
    ),
    advice: text(
        "check.lb-013.advice",
        "Request a public certificate from AWS Certificate Manager in the stack's Region, free of charge, and enter its ARN.",
    ),
    reference: "ELB user guide, HTTPS listeners; ACM user guide",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, listener) in topology.all::<Listener>() {
        let arns = listener
            .certificates
            .iter()
            .filter_map(|it| it.get("CertificateArn"));
        for arn in arns {
            let Value::Ref(parameter) = arn else {
                continue;
            };
            let mut parameters = topology.stacks.iter().flat_map(|it| &it.parameters);
            if !parameters.any(|it| it.name == *parameter && it.default.is_none()) {
                continue;
            }
            let message = text("check.lb-013.message", "{listener} takes its certificate from parameter {parameter}, which has no value yet.")
                .with("listener", name.as_str())
                .with("parameter", parameter.as_str());
            findings.push(Finding::new(&CHECK, [name], message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_https_without_an_arn() {
        assert_eq!(
            findings(&CHECK, "balancer.https=true", &[]),
            "HttpsListener: HttpsListener takes its certificate from parameter CertificateArn, which has no value yet."
        );
    }

    #[test]
    fn accepts_an_arn_and_plain_http() {
        for settings in [
            "balancer.https=true balancer.certificate=arn:aws:acm:ap-northeast-1:111122223333:certificate/x",
            "",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
