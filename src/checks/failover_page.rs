//! A static page in S3 stands in for the application: who writes it, and whom it reaches.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, Listener, RecordSet, lookup};
use crate::text::{Text, text};

pub static CHECK: Check = Check {
    code: "DNS-004",
    severity: Severity::Low,
    title: text("check.dns-004.title", "Static page as the secondary"),
    why: text(
        "check.dns-004.why",
        "The stack makes an empty bucket, whose website answers 404 until a page is there; and S3's websites speak no HTTPS, so that who asks for https gets no answer from it.",
    ),
    advice: text(
        "check.dns-004.advice",
        "Upload the page: aws s3 cp index.html s3://DOMAIN. For HTTPS give another secondary: a name of the hosted zone behind which something answers with a certificate.",
    ),
    reference: "S3 user guide, website endpoints",
    run,
};

const EMPTY: Text = text(
    "check.dns-004.message",
    "{bucket} answers while the application fails, once somebody has uploaded a page to it.",
);
const PLAIN: Text = text(
    "check.dns-004.plain",
    "{bucket} answers while the application fails, once somebody has uploaded a page to it, and by HTTP alone, where the application speaks HTTPS.",
);

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let secure = topology
        .all::<Listener>()
        .any(|(_, it)| it.protocol == "HTTPS");
    for (name, bucket) in topology.all::<Bucket>() {
        let named = lookup(&bucket.rest, "BucketName");
        let stands_in = topology
            .all::<RecordSet>()
            .any(|(_, it)| it.is_secondary() && Some(&it.domain) == named);
        if stands_in {
            let words = if secure { PLAIN } else { EMPTY };
            let message = words.with("bucket", name.as_str());
            findings.push(Finding::new(&CHECK, [name], message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn says_that_the_page_is_to_be_uploaded_and_speaks_no_https() {
        let named = "dns.failover=true balancer.domain=www.example.com";
        assert_eq!(
            findings(&CHECK, named, &[]),
            "MaintenancePage: MaintenancePage answers while the application fails, once somebody has uploaded a page to it."
        );
        assert_eq!(
            findings(&CHECK, &format!("{named} balancer.https=true"), &[]),
            "MaintenancePage: MaintenancePage answers while the application fails, once somebody has uploaded a page to it, and by HTTP alone, where the application speaks HTTPS."
        );
    }

    #[test]
    fn accepts_another_secondary() {
        let named =
            "dns.failover=true balancer.domain=www.example.com dns.secondary=backup.example.com";
        assert_eq!(findings(&CHECK, named, &[]), "");
    }
}
