//! An alarm tells people before users do.

use super::bad_email::is_address;
use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Alarm, DbInstance, Function, LoadBalancer, Name, Resource, RestApi};
use crate::text::text;
use crate::topology::Node;

pub static CHECK: Check = Check {
    code: "OB-004",
    severity: Severity::Medium,
    title: text("check.ob-004.title", "Nothing watches for failures"),
    why: text(
        "check.ob-004.why",
        "The first to notice that targets are unhealthy, the database is full or a function fails are the users.",
    ),
    advice: text(
        "check.ob-004.advice",
        "Alarm on unhealthy hosts and 5xx of the load balancer, on storage, CPU and connections of the database, and on errors of APIs and functions.",
    ),
    reference: "REL06-BP03, REL11-BP06",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let watched = |namespace: &str| {
        let mut alarms = topology.all::<Alarm>();
        alarms.any(|(_, it)| it.namespace.as_deref() == Some(namespace) && !it.actions.is_empty())
    };
    let balancers = topology
        .all::<LoadBalancer>()
        .map(|(name, _)| (name, "AWS/ApplicationELB"));
    let databases = topology
        .all::<DbInstance>()
        .map(|(name, _)| (name, "AWS/RDS"));
    // What a state machine calls, and what CloudFormation calls, fails where they tell of it.
    let told: Vec<Name> = topology
        .nodes()
        .iter()
        .filter(|it| is_caller(&it.resource))
        .flat_map(Node::references)
        .collect();
    let functions = topology
        .all::<Function>()
        .filter(|(name, _)| !told.contains(name))
        .map(|(name, _)| (name, "AWS/Lambda"));
    let apis = topology
        .all::<RestApi>()
        .map(|(name, _)| (name, "AWS/ApiGateway"));
    let blind: Vec<&Name> = balancers
        .chain(databases)
        .chain(apis)
        .chain(functions)
        .filter(|(_, namespace)| !watched(namespace))
        .map(|(name, _)| name)
        .collect();
    if blind.is_empty() {
        return;
    }
    let message = text(
        "check.ob-004.message",
        "No CloudWatch alarm watches {nodes}.",
    )
    .with("nodes", list(&blind));
    let title = text("check.ob-004.fix", "Turn alarms on");
    let given = subject
        .design
        .map_or("", |it| it.observability.email.as_str());
    // An address that SNS refuses would only trade this finding for OB-006.
    let email = if is_address(given) { given } else { "" };
    let fix = subject.fix(
        &[],
        title,
        &[
            ("observability.alarms", &true),
            ("observability.email", &email),
        ],
    );
    findings.push(Finding::new(&CHECK, blind, message).with_fix(fix));
}

fn is_caller(resource: &Resource) -> bool {
    matches!(
        resource,
        Resource::StateMachine(_) | Resource::CustomResource(_)
    )
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_system_without_alarms() {
        assert_eq!(
            findings(&CHECK, "observability.alarms=false", &[]),
            "LoadBalancer, Database: No CloudWatch alarm watches LoadBalancer, Database."
        );
    }

    #[test]
    fn flags_an_api_and_its_caller() {
        let settings =
            "application.enabled=false api.enabled=true client.enabled=true observability.alarms=";
        assert_eq!(
            findings(&CHECK, &format!("{settings}false"), &[]),
            "PrivateApi, ClientFunction: No CloudWatch alarm watches PrivateApi, ClientFunction."
        );
        assert_eq!(findings(&CHECK, &format!("{settings}true"), &[]), "");
    }

    #[test]
    fn leaves_functions_to_the_machine_that_calls_them() {
        let batch = "application.enabled=false network.nat=scheduled";
        let sweeper = "NatSweeperFunction: No CloudWatch alarm watches NatSweeperFunction.";
        let off = format!("{batch} observability.alarms=false");
        assert_eq!(findings(&CHECK, &off, &[]), sweeper);
        assert_eq!(
            findings(&CHECK, &format!("{batch} schedule.sweep_minutes=0"), &[]),
            ""
        );
    }

    #[test]
    fn accepts_alarms_that_act() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
