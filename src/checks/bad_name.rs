//! Names, zones and patterns are written as AWS takes them.

use std::fmt::Display;

use super::{Check, Finding, Severity, Subject};
use crate::design::{Design, option, shorten};
use crate::text::{Text, text};

pub static CHECK: Check = Check {
    code: "LB-016",
    severity: Severity::Error,
    title: text("check.lb-016.title", "Name that AWS refuses"),
    why: text(
        "check.lb-016.why",
        "Route 53, ACM and the listener's rules take names and patterns of a certain form; anything else fails at deployment.",
    ),
    advice: text(
        "check.lb-016.advice",
        "Write a domain as www.example.com in small letters, a hosted zone as Z and letters or digits, a path as /api/*, a host as *.example.com.",
    ),
    reference: "Route 53 developer guide, DNS domain name format; ELB user guide, listener rules",
    run,
};

type Form = (&'static str, fn(&str) -> bool, Text);

const FORMS: [Form; 6] = [
    (
        "balancer.domain",
        is_domain,
        text("check.lb-016.domain", "“{given}” is no domain name."),
    ),
    (
        "balancer.hosted_zone_id",
        is_zone,
        text("check.lb-016.zone", "“{given}” is no id of a hosted zone."),
    ),
    (
        "balancer.path_rule",
        is_path,
        text("check.lb-016.path", "“{given}” is no pattern of a path."),
    ),
    (
        "balancer.host_rule",
        is_host,
        text(
            "check.lb-016.host",
            "“{given}” is no pattern of a host name.",
        ),
    ),
    (
        "dns.secondary",
        |given| is_domain(given) || given.parse::<std::net::Ipv4Addr>().is_ok(),
        text(
            "check.lb-016.secondary",
            "“{given}” is neither an IPv4 address nor a domain name.",
        ),
    ),
    (
        "edge.certificate",
        is_edge_certificate,
        text(
            "check.lb-016.certificate",
            "“{given}” is no certificate of us-east-1, the only one that CloudFront takes.",
        ),
    ),
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(design) = subject.design else {
        return;
    };
    let wrong: Vec<(Form, String)> = FORMS
        .into_iter()
        .map(|form| (form, shown(design, form.0)))
        .filter(|((_, is_right, _), given)| !given.is_empty() && !is_right(given))
        .collect();
    let emptied: Vec<(&str, &dyn Display)> = wrong
        .iter()
        .map(|((key, ..), _)| (*key, &"" as &dyn Display))
        .collect();
    for ((key, _, words), given) in &wrong {
        let title = text("check.lb-016.fix", "Leave empty what AWS refuses");
        let fix = subject.fix(&[], title, &emptied);
        let finding = Finding::new(&CHECK, [], words.with("given", shorten(given)));
        findings.push(finding.at_options(vec![*key]).with_fix(fix));
    }
}

fn shown(design: &Design, key: &str) -> String {
    option(key).map(|it| (it.get)(design)).unwrap_or_default()
}

/// Labels of 1 to 63 small letters, digits and inner hyphens, at least two, the last without digits.
fn is_domain(given: &str) -> bool {
    let is_label = |label: &str| {
        let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        let hyphen = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len()) && label.chars().all(plain) && !hyphen
    };
    let Some((name, top)) = given.rsplit_once('.') else {
        return false;
    };
    let is_top = top.len() >= 2 && top.chars().all(|it| it.is_ascii_lowercase());
    is_top && name.split('.').all(is_label)
}

fn is_zone(given: &str) -> bool {
    let letters = |it: char| it.is_ascii_uppercase() || it.is_ascii_digit();
    given.starts_with('Z') && (2..=32).contains(&given.len()) && given.chars().all(letters)
}

fn is_path(given: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "_-.$/~\"'@:+&*?".contains(it);
    given.starts_with(['/', '*']) && given.chars().all(plain)
}

fn is_host(given: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-.*?".contains(it);
    given.contains('.') && given.chars().all(plain)
}

fn is_edge_certificate(given: &str) -> bool {
    super::certificate_unusable::region_of(given) == Some("us-east-1")
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_each_name_that_has_another_form() {
        let cases = [
            ("balancer.domain=www", ": “www” is no domain name."),
            (
                "balancer.domain=Www.Example.com",
                ": “Www.Example.com” is no domain name.",
            ),
            (
                "balancer.hosted_zone_id=example.com",
                ": “example.com” is no id of a hosted zone.",
            ),
            ("balancer.path_rule=api", ": “api” is no pattern of a path."),
            (
                "balancer.host_rule=localhost",
                ": “localhost” is no pattern of a host name.",
            ),
            (
                "dns.secondary=10.0.0.256",
                ": “10.0.0.256” is neither an IPv4 address nor a domain name.",
            ),
            (
                "edge.certificate=arn:aws:acm:eu-west-1:111122223333:certificate/x",
                ": “arn:aws:acm:eu-west-1:111122223333:cert…” is no certificate of us-east-1, the only one that CloudFront takes.",
            ),
        ];
        for (settings, found) in cases {
            assert_eq!(findings(&CHECK, settings, &[]), found);
        }
    }

    #[test]
    fn accepts_what_aws_takes() {
        let settings = "balancer.domain=shop.example.co.jp balancer.hosted_zone_id=Z0123456789ABC balancer.path_rule=/api/* balancer.host_rule=*.example.com";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
