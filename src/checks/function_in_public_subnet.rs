//! A function in a public subnet has no way to the internet.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Function, Name};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-002",
    severity: Severity::Error,
    title: text(
        "check.sv-002.title",
        "Function that relies on a public subnet",
    ),
    why: text(
        "check.sv-002.why",
        "A function's network interface never gets a public address, so an internet gateway carries nothing for it: whatever it calls outside of the VPC times out.",
    ),
    advice: text(
        "check.sv-002.advice",
        "Put the function into private subnets with a NAT gateway or endpoints.",
    ),
    reference: "REL02; Lambda developer guide, giving Lambda functions access to resources in an Amazon VPC",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<Function>() {
        let subnets = topology.subnets_of(name).into_iter();
        let public: Vec<&Name> = subnets.filter(|it| topology.is_public(it)).collect();
        if public.is_empty() {
            continue;
        }
        let message = text(
            "check.sv-002.message",
            "{function} stands in {subnets}, whose way out is an internet gateway.",
        )
        .with("function", name.as_str())
        .with("subnets", list(&public));
        let fix = subject.release(&[(name, "VpcConfig")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_public_subnets_alone() {
        let subnets = json!([{"Ref": "PublicSubnetA"}, {"Ref": "PrivateSubnetB"}]);
        let edits = [set("OrdersConsumer", "VpcConfig.SubnetIds", subnets)];
        assert_eq!(
            findings(&CHECK, "burst.enabled=true", &edits),
            "OrdersConsumer: OrdersConsumer stands in PublicSubnetA, whose way out is an internet gateway."
        );
        assert_eq!(findings(&CHECK, "burst.enabled=true", &[]), "");
    }
}
