//! What a state machine makes and takes away by the clock: NAT gateways with their addresses and routes, read off its
//! definition, and when they are there, read off the schedules that start it.
//!
//! These are nodes like any other, but no template has them: [`Node::made_by`] names the machine.

use std::borrow::Cow;

use ipnet::Ipv4Net;
use serde_json::Value as Json;

use super::{Node, Topology};
use crate::aws::week::{WEEK, weekly};
use crate::aws::{
    ElasticIp, Name, NatGateway, Properties, Route, RouteTable, Schedule, StateMachine, Subnet,
    Tags, Value, lookup,
};

/// A NAT gateway that a state machine makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Temporary {
    /// The state machine.
    pub machine: Name,
    pub subnet: Name,
    /// The route tables whose default route leads to it.
    pub tables: Vec<Name>,
    /// The address that it has each time; `None`: a new one each time.
    pub address: Option<Name>,
}

/// When a window is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// Minute of the week, from Monday at 00:00 in the schedule's time zone.
    pub start: u32,
    /// Minutes that it is open.
    pub minutes: u32,
}

impl Opening {
    /// Hours that are billed for: each that was begun (VPC pricing, NAT gateways). Modelled: a gateway is taken to be billed from
    /// when it is available to when its deletion begins, so that a window of whole hours is billed as that.
    pub fn billed_hours(self) -> u32 {
        self.minutes.div_ceil(60)
    }

    /// Whether it is open in a minute of the week.
    pub fn covers(self, minute: u32) -> bool {
        (minute + WEEK - self.start) % WEEK < self.minutes
    }
}

/// Every gateway that a state machine of the topology makes: those that its definition lists by subnet and route tables.
pub fn temporaries(topology: &Topology) -> Vec<Temporary> {
    let machines = topology.all::<StateMachine>();
    machines
        .flat_map(|(name, it)| of_machine(name, it))
        .collect()
}

fn of_machine(name: &Name, machine: &StateMachine) -> Vec<Temporary> {
    let definition = machine.definition.as_ref().and_then(Value::as_map);
    let states = definition.and_then(|it| lookup(it, "States")?.as_map());
    let plans = states.into_iter().flatten().filter_map(|(_, state)| {
        let state = state.as_map()?;
        let is_pass = lookup(state, "Type")?.as_str()? == "Pass";
        let given = lookup(state, "Parameters").filter(|_| is_pass)?.as_map()?;
        lookup(given, "gateways")?.as_list()
    });
    let of = |it: &Value| {
        let it = it.as_map()?;
        let node = |it: &Value| machine.node_of(it.as_str()?).cloned();
        Some(Temporary {
            machine: name.clone(),
            subnet: node(lookup(it, "subnet")?)?,
            tables: lookup(it, "tables")?
                .as_list()?
                .iter()
                .filter_map(node)
                .collect(),
            address: lookup(it, "allocation").and_then(node),
        })
    };
    plans.flatten().filter_map(of).collect()
}

/// The windows in which what a machine makes is there, in the order of the week, none within another; `None` where its
/// schedules do not tell, or do not repeat each week.
pub fn openings(topology: &Topology, machine: &str) -> Option<Vec<Opening>> {
    let all = each_opening(topology, machine)?;
    // One that opens while another is open changes nothing: the first closing closes both.
    let within = |it: &Opening| {
        all.iter()
            .any(|other| other != it && other.covers(it.start))
    };
    Some(all.iter().copied().filter(|it| !within(it)).collect())
}

/// Every opening up to the next closing, also those that open what is open.
pub fn each_opening(topology: &Topology, machine: &str) -> Option<Vec<Opening>> {
    let (mut opens, mut closes) = (Vec::new(), Vec::new());
    for (_, schedule) in topology.all::<Schedule>() {
        let is_its = schedule.called().is_some_and(|it| **it == *machine);
        let Some(action) = schedule.input().filter(|_| is_its).and_then(action) else {
            continue;
        };
        let fires = weekly(schedule.expression.as_str()?)?;
        match action.as_str() {
            "open" => opens.extend(fires),
            "close" => closes.extend(fires),
            _ => (),
        }
    }
    let mut openings: Vec<Opening> = opens
        .into_iter()
        .filter_map(|start| {
            // One that closes the minute it opens is open for as long as it takes to come round again.
            let until = |close: &u32| match (close + WEEK - start) % WEEK {
                0 => WEEK,
                minutes => minutes,
            };
            let minutes = closes.iter().map(until).min()?;
            Some(Opening { start, minutes })
        })
        .collect();
    openings.sort();
    openings.dedup();
    (!openings.is_empty()).then_some(openings)
}

fn action(input: &str) -> Option<String> {
    let input: Json = serde_json::from_str(input).ok()?;
    Some(input.get("action")?.as_str()?.to_owned())
}

/// Hours of a week that are billed for what a machine makes; `None` where nobody can tell.
pub fn billed_hours(topology: &Topology, machine: &str) -> Option<u32> {
    let openings = openings(topology, machine)?;
    Some(openings.into_iter().map(Opening::billed_hours).sum())
}

impl Topology {
    /// Adds what the state machines make, as it is while their windows are open. What a template has is left alone.
    pub fn add_temporaries(&mut self) {
        for it in temporaries(self) {
            self.add_temporary(&it);
        }
    }

    fn add_temporary(&mut self, it: &Temporary) {
        let Some(stack) = self.node(&it.machine).map(|it| it.stack) else {
            return;
        };
        let Some(zone) = self.named::<Subnet>(&it.subnet).map(|it| it.zone) else {
            return;
        };
        let gateway = format!("NatGateway{}", zone.capital());
        let address = match &it.address {
            Some(kept) => kept.clone(),
            None => {
                let own = Name::from(format!("NatGatewayAddress{}", zone.capital()));
                let resource = ElasticIp {
                    domain: "vpc".into(),
                    tags: Tags::default(),
                    rest: Properties::new(),
                };
                self.make(stack, &own, resource, &it.machine);
                own
            }
        };
        let resource = NatGateway {
            subnet: Some((&it.subnet).into()),
            address: Some((&address).into()),
            vpc: None,
            mode: None,
            zone_addresses: Vec::new(),
            connectivity: "public".into(),
            tags: Tags::default(),
            rest: Properties::new(),
        };
        self.make(stack, &gateway, resource, &it.machine);
        for table in &it.tables {
            if self.named::<RouteTable>(table).is_none() {
                continue;
            }
            let route = Route {
                table: table.into(),
                destination: Some(Ipv4Net::default()),
                gateway: None,
                nat: Some(gateway.as_str().into()),
                peering: None,
                rest: Properties::new(),
            };
            let name = table.replace("RouteTable", "DefaultRoute");
            self.make(stack, &name, route, &it.machine);
        }
    }

    fn make(
        &mut self,
        stack: usize,
        name: &str,
        resource: impl Into<crate::aws::Resource>,
        machine: &Name,
    ) {
        if self.node(name).is_none() {
            self.add(stack, name, resource).made_by = Some(machine.clone());
        }
    }

    /// The topology without what state machines make: what the templates have, and how it is outside of the windows.
    pub fn declared(&self) -> Cow<'_, Self> {
        self.with_made(|_| false)
    }

    /// The topology with some of what state machines make.
    pub fn with_made(&self, is_there: impl Fn(&Name) -> bool) -> Cow<'_, Self> {
        let gone = |it: &&Node| it.made_by.is_some() && !is_there(&it.name);
        let gone: Vec<Name> = self
            .nodes()
            .iter()
            .filter(gone)
            .map(|it| it.name.clone())
            .collect();
        if gone.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut left = self.clone();
        for name in gone {
            left.remove(&name);
        }
        Cow::Owned(left)
    }
}
