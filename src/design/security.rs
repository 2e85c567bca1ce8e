//! The chain of trust: each tier accepts its port from the group of the tier before it, and from nobody else.

use ipnet::Ipv4Net;

use super::Edit;
use super::{
    Design, Expansion, SECURITY, access, balancer, cache, cloudfront, database, fleet, proxy, vpn,
};
use crate::aws::{Rule, SecurityGroup, SecurityGroupEgress, SecurityGroupIngress};
use crate::design::network::VPC;
use crate::text::text;
use crate::topology::Node;
use crate::topology::traffic::SSH;

pub(super) const WEB_PORTS: [u16; 2] = [80, 443];

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let world = Ipv4Net::default();
    // RDS Proxy stands before a primary; read replicas and readers are asked without it.
    let readers = design.database.replicas.get() > 0
        || (design.database.kind.is_aurora() && design.database.multi_az);
    let straight = !design.database.proxy || readers;
    let entry = if design.edge.cloudfront {
        cloudfront::secret(to);
        vec![cloudfront::admit(design, to)]
    } else {
        WEB_PORTS
            .map(|port| Rule::range(port, world, "From anywhere"))
            .to_vec()
    };
    let from = if design.edge.cloudfront {
        "from CloudFront"
    } else {
        "from anywhere"
    };
    group(
        to,
        balancer::SECURITY_GROUP,
        "load-balancer",
        &format!("Load balancer: HTTP and HTTPS {from}"),
        &entry,
        &[],
    );
    group(to, fleet::SECURITY_GROUP, "web", "Web instances: from the load balancer only", &[], &[]).comment(text(
        "comment.chain",
        "Rules between groups are resources of their own: groups that named each other would be a circle.",
    ));
    group(
        to,
        database::SECURITY_GROUP,
        "database",
        if straight {
            "Database: from the web instances only"
        } else {
            "Database: from RDS Proxy only"
        },
        &[],
        &[nowhere()],
    );
    for port in WEB_PORTS {
        connect(
            to,
            "LoadBalancerToWeb",
            balancer::SECURITY_GROUP,
            fleet::SECURITY_GROUP,
            port,
        );
    }
    if design.cache.enabled {
        group(
            to,
            cache::SECURITY_GROUP,
            "cache",
            "Cache: from the web instances only",
            &[],
            &[nowhere()],
        );
        connect_in(
            to,
            "WebToCache",
            fleet::SECURITY_GROUP,
            cache::SECURITY_GROUP,
            cache::PORT,
        );
    }
    if design.admin.has_bastion() {
        group(
            to,
            access::SECURITY_GROUP,
            "bastion",
            "Bastion: SSH from the administrators",
            &[],
            &[],
        );
        access::expand_rule(design, to);
        connect(
            to,
            "BastionToWeb",
            access::SECURITY_GROUP,
            fleet::SECURITY_GROUP,
            SSH,
        );
    }
    vpn::expand_rules(design, to);
    let port = design.database.engine.port();
    if design.database.proxy {
        through_proxy(port, to);
    }
    if straight {
        connect_in(
            to,
            "WebToDatabase",
            fleet::SECURITY_GROUP,
            database::SECURITY_GROUP,
            port,
        );
    }
}

/// The chain over RDS Proxy: from the web instances to it, from it to the database.
fn through_proxy(port: u16, to: &mut Expansion<'_>) {
    group(
        to,
        proxy::SECURITY_GROUP,
        "database-proxy",
        "RDS Proxy: from the web instances only",
        &[],
        &[],
    );
    connect_in(
        to,
        "WebToDatabaseProxy",
        fleet::SECURITY_GROUP,
        proxy::SECURITY_GROUP,
        port,
    );
    connect(
        to,
        "DatabaseProxyToDatabase",
        proxy::SECURITY_GROUP,
        database::SECURITY_GROUP,
        port,
    );
}

/// AWS's default lets everything out; a rule that leads nowhere replaces it (EC2 user guide, security group rules).
pub(super) fn nowhere() -> Rule {
    let local = Ipv4Net::new_assert([127, 0, 0, 1].into(), 32);
    Rule {
        protocol: "-1".into(),
        from_port: None,
        to_port: None,
        ..Rule::range(0, local, "No egress")
    }
}

fn group<'a>(
    to: &'a mut Expansion<'_>,
    name: &str,
    tag: &str,
    description: &str,
    ingress: &[Rule],
    egress: &[Rule],
) -> &'a mut Node {
    let tags = to.tags(tag);
    to.add(
        SECURITY,
        name,
        SecurityGroup {
            description: description.into(),
            vpc: VPC.into(),
            ingress: ingress.to_vec(),
            egress: egress.to_vec(),
            tags,
            rest: Vec::new(),
        },
    )
}

/// Lets one group reach another: a rule out of the one, a rule into the other.
pub(super) fn connect(to: &mut Expansion<'_>, name: &str, from: &str, into: &str, port: u16) {
    connect_in(to, name, from, into, port);
    to.add(
        SECURITY,
        format!("{name}{port}Egress"),
        SecurityGroupEgress {
            group: from.into(),
            protocol: "tcp".into(),
            from_port: Some(port),
            to_port: Some(port),
            cidr: None,
            destination: Some(into.into()),
            description: Some("To the next tier".into()),
            rest: Vec::new(),
        },
    );
}

/// The rule into a group, for a source whose own group lets everything out.
pub(super) fn connect_in(to: &mut Expansion<'_>, name: &str, from: &str, into: &str, port: u16) {
    to.add(
        SECURITY,
        format!("{name}{port}Ingress"),
        SecurityGroupIngress {
            group: into.into(),
            protocol: "tcp".into(),
            from_port: Some(port),
            to_port: Some(port),
            cidr: None,
            source: Some(from.into()),
            description: Some("From the tier before".into()),
            rest: Vec::new(),
        },
    );
}
