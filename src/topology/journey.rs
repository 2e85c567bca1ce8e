//! The paths whose health matters, read off the resources. Ids are those of the blueprints' descriptions.

use super::{INTERNET, Topology, USERS, link::targets_of, traffic};
use crate::aws::{AutoScalingGroup, DbInstance, Listener, LoadBalancer, Name};
use crate::text::{Text, text};

/// One connection of a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    pub from: Name,
    pub to: Name,
    pub port: u16,
}

/// A path that users, instances or data take, as connections one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    pub id: &'static str,
    pub title: Text,
    /// The path in words, for the page.
    pub path: Text,
    pub legs: Vec<Leg>,
}

const REQUEST: Text = text("journey.request", "Request");
const REQUEST_PATH: Text = text(
    "journey.request.path",
    "client, internet gateway, load balancer, web, database and back",
);
const REQUEST_OVER_CLOUDFRONT: Text = text(
    "journey.request.cloudfront",
    "client, CloudFront, internet gateway, load balancer, web, database and back",
);
const OUTBOUND: Text = text("journey.outbound", "Outbound");
const OUTBOUND_PATH: Text = text(
    "journey.outbound.path",
    "web, NAT gateway, internet gateway, internet",
);
const REPLICATION: Text = text("journey.replication", "Replication");
const REPLICATION_PATH: Text = text(
    "journey.replication.path",
    "database primary to its standby",
);

/// Every journey that the topology has the parts for.
pub fn journeys(topology: &Topology) -> Vec<Journey> {
    let mut journeys = Vec::new();
    let leg = |from: &str, to: &str, port: u16| Leg {
        from: from.into(),
        to: to.into(),
        port,
    };
    let balancer = topology
        .all::<LoadBalancer>()
        .find(|(_, it)| it.is_internet_facing());
    let database = topology.all::<DbInstance>().next();
    if let Some((balancer, _)) = balancer {
        let mut legs = vec![leg(USERS, balancer, entry_port(topology, balancer))];
        for (group, target) in targets_of(topology, balancer).into_iter().take(1) {
            legs.push(leg(balancer, group, target.port));
            if let Some((name, it)) = database {
                legs.push(leg(group, name, it.port()));
            }
        }
        journeys.push(Journey {
            id: "request",
            title: REQUEST,
            path: if traffic::distribution(topology, balancer).is_some() {
                REQUEST_OVER_CLOUDFRONT
            } else {
                REQUEST_PATH
            },
            legs,
        });
    }
    if let Some((group, _)) = topology.all::<AutoScalingGroup>().next() {
        let legs = vec![leg(group, INTERNET, traffic::HTTPS)];
        journeys.push(Journey {
            id: "outbound",
            title: OUTBOUND,
            path: OUTBOUND_PATH,
            legs,
        });
    }
    if let Some((name, it)) = database.filter(|(_, it)| it.multi_az) {
        let part = |role: &str| format!("{name}.{role}");
        let legs = vec![leg(&part("primary"), &part("standby"), it.port())];
        journeys.push(Journey {
            id: "replication",
            title: REPLICATION,
            path: REPLICATION_PATH,
            legs,
        });
    }
    journeys
}

/// 443 where a listener has it, else the first listener's port, else 80.
pub(super) fn entry_port(topology: &Topology, balancer: &str) -> u16 {
    let ports: Vec<u16> = topology
        .all::<Listener>()
        .filter(|(_, it)| it.load_balancer.name == *balancer)
        .map(|(_, it)| it.port)
        .collect();
    let https = ports.iter().find(|port| **port == traffic::HTTPS);
    *https.or(ports.first()).unwrap_or(&80)
}
