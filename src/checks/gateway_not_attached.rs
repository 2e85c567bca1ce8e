//! An internet gateway works for the VPC that it is attached to.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{GatewayAttachment, InternetGateway, Name, Route};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "RT-002",
    severity: Severity::Error,
    title: text(
        "check.rt-002.title",
        "Internet gateway that is not attached",
    ),
    why: text(
        "check.rt-002.why",
        "A route to a gateway that is not attached to the route's VPC is refused, or drops every packet.",
    ),
    advice: text(
        "check.rt-002.advice",
        "Attach the gateway to the VPC, and let routes and addresses wait for the attachment with DependsOn.",
    ),
    reference: "VPC user guide, internet gateways",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<InternetGateway>() {
        let attachments: Vec<(&Name, &GatewayAttachment)> = topology
            .all::<GatewayAttachment>()
            .filter(|(_, it)| it.gateway.as_ref().is_some_and(|it| it.name == *name))
            .collect();
        let cut = |route: &Route| {
            let vpc = topology.get(&route.table).map(|it| &it.vpc);
            let leads_here = route.gateway.as_ref().is_some_and(|it| it.name == *name);
            leads_here && vpc.is_some() && !attachments.iter().any(|(_, it)| Some(&it.vpc) == vpc)
        };
        let routes: Vec<&Name> = topology
            .all::<Route>()
            .filter(|(_, it)| cut(it))
            .map(|(route, _)| route)
            .collect();
        if routes.is_empty() {
            continue;
        }
        let message = text(
            "check.rt-002.message",
            "{gateway} is not attached to the VPC of {routes}.",
        )
        .with("gateway", name.as_str())
        .with("routes", list(&routes));
        let edited = attachments.iter().map(|(it, _)| *it).chain([name]);
        let fix = subject.undo(edited);
        let at = [name].into_iter().chain(routes);
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove};

    #[test]
    fn flags_a_gateway_on_its_own() {
        assert_eq!(
            findings(&CHECK, "", &[remove("InternetGatewayAttachment")]),
            "InternetGateway, PublicDefaultRoute: InternetGateway is not attached to the VPC of PublicDefaultRoute."
        );
    }

    #[test]
    fn accepts_an_attached_gateway_and_none_at_all() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[
                    remove("InternetGateway"),
                    remove("InternetGatewayAttachment")
                ]
            ),
            ""
        );
    }
}
