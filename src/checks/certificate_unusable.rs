//! A listener takes one ACM certificate of its own Region.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Listener, Name, Value};
use crate::design::shorten;
use crate::text::{Message, Text, text};
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "LB-014",
    severity: Severity::Error,
    title: text(
        "check.lb-014.title",
        "Certificate that the listener cannot use",
    ),
    why: text(
        "check.lb-014.why",
        "An HTTPS listener needs a default certificate from ACM in the load balancer's own Region, or from IAM; CreateListener refuses anything else.",
    ),
    advice: text(
        "check.lb-014.advice",
        "Enter the ARN of a certificate of this Region, or none, to be asked at deployment.",
    ),
    reference: "ELB user guide, HTTPS listeners",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, listener) in topology.all::<Listener>() {
        if listener.protocol != "HTTPS" {
            continue;
        }
        let Some(problem) = problem(topology, name, listener) else {
            continue;
        };
        let title = text("check.lb-014.fix", "Ask for the certificate at deployment");
        let fix = subject.fix(
            &[(name, "Certificates")],
            title,
            &[("balancer.certificate", &"")],
        );
        let message = problem.with("listener", name.as_str());
        let finding = Finding::new(&CHECK, [name], message);
        let options = subject.blame(&[(name, "Certificates")], &["balancer.certificate"]);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

fn problem(topology: &Topology, name: &Name, listener: &Listener) -> Option<Message> {
    const NONE: Text = text(
        "check.lb-014.none",
        "{listener} speaks HTTPS but has no certificate.",
    );
    const MALFORMED: Text = text(
        "check.lb-014.malformed",
        "The certificate of {listener} is “{arn}”, which is no certificate's ARN.",
    );
    const ELSEWHERE: Text = text(
        "check.lb-014.elsewhere",
        "The certificate of {listener} comes from {region}; the load balancer stands in {own}.",
    );
    let Some(given) = listener
        .certificates
        .first()
        .and_then(|it| it.get("CertificateArn"))
    else {
        return Some(NONE.into());
    };
    let arn = literal(topology, given)?;
    // A parameter takes ACM's certificates alone.
    if given.as_str().is_some() && is_in_iam(arn) {
        return None;
    }
    let Some(region) = region_of(arn) else {
        return Some(MALFORMED.with("arn", shorten(arn)));
    };
    let own = topology
        .stacks
        .get(topology.node(name)?.stack)?
        .region
        .code();
    (region != own).then(|| ELSEWHERE.with("region", region).with("own", own))
}

/// The Region of an ACM certificate; `None` for what is no ARN of one.
pub fn region_of(arn: &str) -> Option<&str> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, "acm", region, account, resource] = parts[..] else {
        return None;
    };
    (is_account(account) && resource.starts_with("certificate/")).then_some(region)
}

fn is_in_iam(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, "iam", "", account, resource] = parts[..] else {
        return false;
    };
    is_account(account) && resource.starts_with("server-certificate/")
}

fn is_account(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|it| it.is_ascii_digit())
}

/// What a value says in the template: itself, or its parameter's default.
fn literal<'a>(topology: &'a Topology, value: &'a Value) -> Option<&'a str> {
    let Value::Ref(parameter) = value else {
        return value.as_str();
    };
    let mut parameters = topology.stacks.iter().flat_map(|it| &it.parameters);
    parameters
        .find(|it| it.name == *parameter)?
        .default
        .as_deref()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_no_certificate_a_malformed_arn_and_another_region() {
        assert_eq!(
            findings(
                &CHECK,
                "balancer.https=true",
                &[set("HttpsListener", "Certificates", json!(null))]
            ),
            "HttpsListener: HttpsListener speaks HTTPS but has no certificate."
        );
        assert_eq!(
            findings(
                &CHECK,
                "balancer.https=true balancer.certificate=my-certificate",
                &[]
            ),
            "HttpsListener: The certificate of HttpsListener is “my-certificate”, which is no certificate's ARN."
        );
        assert_eq!(
            findings(
                &CHECK,
                "balancer.https=true balancer.certificate=arn:aws:acm:us-east-1:111122223333:certificate/x",
                &[]
            ),
            "HttpsListener: The certificate of HttpsListener comes from us-east-1; the load balancer stands in ap-northeast-1."
        );
    }

    #[test]
    fn accepts_one_of_the_region_one_of_iam_and_one_that_is_asked_for() {
        assert_eq!(
            findings(
                &CHECK,
                "balancer.https=true balancer.certificate=arn:aws:acm:ap-northeast-1:111122223333:certificate/x",
                &[]
            ),
            ""
        );
        assert_eq!(
            findings(
                &CHECK,
                "balancer.https=true",
                &[set(
                    "HttpsListener",
                    "Certificates",
                    json!([{"CertificateArn": "arn:aws:iam::111122223333:server-certificate/x"}])
                )]
            ),
            ""
        );
        assert_eq!(findings(&CHECK, "balancer.https=true", &[]), "");
    }
}
