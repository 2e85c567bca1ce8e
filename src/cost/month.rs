//! How much there is in a month of everything that is metered.

use std::collections::BTreeMap;

use super::egress::Egress;
use super::{HOURS, HOURS_OF_WEEK, clock, edge, logs, orders};
use crate::aws::{
    Bucket, DbClass, DbCluster, DbInstance, Distribution, Flow, Function, Instance, Meter, Name,
    Quantity, Region, RestApi, Schedule, ServerlessCapacity, VpcPeeringConnection, WebAcl,
};
use crate::design::Assumptions;
use crate::topology::{Intake, Topology, billed_hours, intakes};

/// Seconds that a function of a schedule takes for its call, start included (modelled).
const RUN_S: f64 = 1.0;

/// A month of a topology, and how much there is of everything in it.
pub(super) struct Month<'a> {
    topology: &'a Topology,
    assumptions: &'a Assumptions,
    region: Region,
    egress: Egress,
    /// How many nodes share each flow.
    sharers: BTreeMap<Flow, u32>,
    /// The ways of orders.
    intakes: Vec<Intake>,
}

impl<'a> Month<'a> {
    pub(super) fn new(
        topology: &'a Topology,
        assumptions: &'a Assumptions,
        region: Region,
        meters: &[(Name, Meter)],
    ) -> Self {
        let intakes = intakes(topology);
        Self {
            topology,
            assumptions,
            region,
            egress: Egress::new(topology, assumptions),
            sharers: sharers(meters, &intakes),
            intakes,
        }
    }

    /// Hours that the design stands.
    fn hours(&self) -> f64 {
        f64::from(self.assumptions.hours.get())
    }

    /// Share of the month's hours that a node is billed for: less than all where a state machine makes it for windows.
    fn presence(&self, subject: &str) -> f64 {
        let maker = self
            .topology
            .node(subject)
            .and_then(|it| it.made_by.as_ref());
        let hours = maker.and_then(|it| billed_hours(self.topology, it));
        hours.map_or(1.0, |hours| f64::from(hours) / HOURS_OF_WEEK)
    }

    /// What a meter counts in a month, by price dimension: one, but for what is priced in tiers.
    pub(super) fn quantities(&self, subject: &Name, meter: &Meter) -> Vec<(String, f64)> {
        let own = meter.dimension.clone();
        let flow = match meter.quantity {
            Quantity::Hours(count) => {
                return vec![(own, count * self.hours() * self.presence(subject))];
            }
            Quantity::ZoneHours => {
                let zones = self.topology.active_zones(subject).len();
                return vec![(own, zones as f64 * self.hours())];
            }
            // What is billed by the month is billed for the part of it that it is there.
            Quantity::Monthly(units) => return vec![(own, units * self.hours() / HOURS)],
            Quantity::Processors => {
                let databases = self.topology.behind(subject);
                let processors: u32 = databases.map(processors).sum();
                return vec![(own, f64::from(processors) * self.hours())];
            }
            Quantity::Capacity => return vec![(own, self.capacity(subject) * self.hours())],
            Quantity::Changed(units) => {
                let share = f64::from(self.assumptions.change.get()) / 100.0;
                return vec![(own, units * share * self.hours() / HOURS)];
            }
            Quantity::Flow(flow) => flow,
        };
        let for_orders = orders::quantity(
            (self.topology, &self.intakes),
            self.assumptions,
            subject,
            flow,
        );
        if let Some(quantity) = for_orders.or_else(|| self.by_clock(subject, flow)) {
            return vec![(own, quantity)];
        }
        let sharers = f64::from(self.sharers.get(&flow).copied().unwrap_or(1));
        let share = self.total(flow) / sharers;
        match flow {
            Flow::InternetOut => tiers(share),
            // Each web ACL filters what comes to it, whatever the others do.
            Flow::Filtered => vec![(own, self.filtered(subject))],
            Flow::AuroraChanged => {
                let cluster = self.topology.named::<DbCluster>(subject);
                let days = cluster.and_then(|it| it.retention).unwrap_or(1);
                vec![(own, share * f64::from(days))]
            }
            Flow::RunSeconds => {
                let function = self.topology.named::<Function>(subject);
                let gigabytes = function.map_or(0.0, Function::gigabytes);
                vec![(own, share * gigabytes)]
            }
            Flow::LogsKept => vec![(own, share * logs::kept_months(self.topology, subject))],
            Flow::LogsStored => logs::stored(self.topology, self.assumptions, subject),
            Flow::EdgeOut => edge::out(self.assumptions, sharers),
            Flow::EdgeRequests => edge::requests(self.assumptions, self.region, sharers),
            _ => vec![(own, share)],
        }
    }

    /// How much there is of what works by the clock; `None` for all else.
    fn by_clock(&self, subject: &str, flow: Flow) -> Option<f64> {
        match flow {
            Flow::Invocations => {
                let schedule = self.topology.named::<Schedule>(subject)?;
                Some(clock::fires(schedule) * self.month() / 1e6)
            }
            Flow::Transitions => {
                Some(clock::transitions(self.topology, subject) * self.month() / 1e3)
            }
            Flow::Runs => {
                let runs = clock::runs(self.topology, subject)?;
                Some(runs * self.month() / 1e6)
            }
            Flow::RunSeconds => {
                let function = self.topology.named::<Function>(subject)?;
                let runs = clock::runs(self.topology, subject)?;
                Some(runs * self.month() * RUN_S * function.gigabytes())
            }
            _ => None,
        }
    }

    /// Share of the month that the design stands.
    fn month(&self) -> f64 {
        self.hours() / HOURS
    }

    fn total(&self, flow: Flow) -> f64 {
        let assumptions = self.assumptions;
        match flow {
            Flow::LoadBalancerCapacity => {
                let asked = f64::from(assumptions.capacity_units.get()) * self.hours();
                if self.is_fronted() {
                    asked * edge::missed(assumptions)
                } else {
                    asked
                }
            }
            Flow::ThroughNat => self.egress.through_nat,
            Flow::ThroughEndpoints => self.egress.through_endpoints + self.called(),
            // Billed where it leaves one zone and where it enters the other.
            Flow::AcrossToNat => 2.0 * self.egress.across,
            Flow::InternetOut => f64::from(assumptions.internet_gigabytes.get()),
            Flow::BetweenZones => f64::from(assumptions.cross_zone_gigabytes.get()),
            Flow::ShieldRequests => {
                f64::from(assumptions.requests.get()) * edge::missed(assumptions) * edge::BATCHES
            }
            Flow::EdgeRuns => edge::files(assumptions),
            Flow::SiteReads => edge::files(assumptions) * edge::missed(assumptions) * 1e3,
            Flow::SiteStored => f64::from(assumptions.site_gigabytes.get()),
            // Each for itself.
            Flow::Filtered => 0.0,
            // Billed for the part of the month that it is there.
            Flow::AuroraStored => f64::from(assumptions.aurora_gigabytes.get()) * self.month(),
            Flow::AuroraRequests => f64::from(assumptions.aurora_requests.get()) * self.month(),
            Flow::AuroraChanged => {
                let share = f64::from(assumptions.change.get()) / 100.0;
                f64::from(assumptions.aurora_gigabytes.get()) * share * self.month()
            }
            Flow::EdgeRequests => f64::from(assumptions.requests.get()),
            Flow::EdgeOut => edge::total(assumptions),
            Flow::LogsIngested | Flow::LogsKept => logs::sampled(assumptions),
            Flow::LogsDelivered => f64::from(assumptions.flow_log_gigabytes.get()),
            Flow::ApiCalls | Flow::Runs => self.calls() / 1e6,
            Flow::RunSeconds => self.calls() * f64::from(assumptions.call_ms.get()) / 1e3,
            // By the clock, for orders or by the bucket, each for itself.
            Flow::Invocations
            | Flow::LogsStored
            | Flow::Transitions
            | Flow::QueueRequests
            | Flow::TableWrites
            | Flow::TableReads
            | Flow::TableStorage
            | Flow::TableRecovery => 0.0,
            Flow::ApiEvents => f64::from(assumptions.api_events.get()) / 1e3,
            Flow::ConnectionLogs => f64::from(assumptions.connection_logs.get()),
            Flow::ConfigurationItems => f64::from(assumptions.configuration_items.get()),
            Flow::SecurityChecks => f64::from(assumptions.security_checks.get()),
            Flow::Images => f64::from(assumptions.images.get()) * self.month(),
            Flow::Buckets => self.topology.all::<Bucket>().count() as f64 * self.month(),
            Flow::Instances => self.instances() * self.month(),
            Flow::ToRegion => self.calls() * f64::from(assumptions.request_kilobytes.get()) / 1e6,
            Flow::FromRegion => self.calls() * f64::from(assumptions.answer_kilobytes.get()) / 1e6,
        }
    }

    /// ACUs that an instance of Aurora Serverless has on average.
    fn capacity(&self, instance: &str) -> f64 {
        let instance = self.topology.named::<DbInstance>(instance);
        let cluster = instance.and_then(|it| self.topology.cluster_of(it));
        let capacity = cluster.and_then(|(_, it)| it.capacity.as_ref());
        let (min, max) = capacity.map_or((0.0, 0.0), ServerlessCapacity::limits);
        min + (max - min).max(0.0) * f64::from(self.assumptions.capacity_percent.get()) / 100.0
    }

    /// EC2 instances, those of groups at their desired number.
    fn instances(&self) -> f64 {
        let launched = self.topology.nodes().iter();
        let launched = launched.filter_map(|it| it.resource.launches());
        let own = self.topology.all::<Instance>().count();
        launched.map(|(_, count)| f64::from(count)).sum::<f64>() + own as f64
    }

    /// Calls of private APIs in the month.
    fn calls(&self) -> f64 {
        let mut apis = self.topology.all::<RestApi>();
        let has_api = apis.any(|(it, _)| !orders::is_on_way(&self.intakes, it));
        if has_api {
            f64::from(self.assumptions.calls.get()) * 1e3
        } else {
            0.0
        }
    }

    /// Millions of requests that a web ACL filters: at the edge locations what users ask, in the Region what clients call
    /// and order, and what users ask where no distribution stands before the load balancer.
    fn filtered(&self, subject: &str) -> f64 {
        let requests = f64::from(self.assumptions.requests.get());
        let takes_orders = !self.intakes.is_empty();
        let orders = f64::from(self.assumptions.orders.get()) * 1e3;
        let calls = (self.calls() + if takes_orders { orders } else { 0.0 }) / 1e6;
        let mut all = self.topology.all::<WebAcl>();
        let is_global = self
            .topology
            .named::<WebAcl>(subject)
            .is_some_and(WebAcl::is_global);
        match (is_global, all.any(|(_, it)| it.is_global())) {
            (true, _) => requests,
            (false, true) => calls,
            (false, false) => requests + calls,
        }
    }

    fn is_fronted(&self) -> bool {
        self.topology.all::<Distribution>().next().is_some()
    }

    /// Gigabytes that calls of private APIs take through their endpoints, both ways.
    fn called(&self) -> f64 {
        self.total(Flow::ToRegion) + self.total(Flow::FromRegion)
    }

    /// Further Regions in which as much of a meter is billed.
    pub(super) fn further(&self, subject: &Name, meter: &Meter) -> Vec<Region> {
        match meter.quantity {
            Quantity::Flow(flow) => orders::further(self.topology, subject, flow),
            Quantity::Hours(_)
            | Quantity::ZoneHours
            | Quantity::Monthly(_)
            | Quantity::Processors
            | Quantity::Capacity
            | Quantity::Changed(_) => Vec::new(),
        }
    }

    /// Where a meter runs: in its node's Region, but for answers, for which the other side pays.
    pub(super) fn region_of(&self, subject: &Name, meter: &Meter) -> Region {
        let peering = self.topology.named::<VpcPeeringConnection>(subject);
        let far = peering.and_then(VpcPeeringConnection::far);
        let answers = meter.quantity == Quantity::Flow(Flow::FromRegion);
        far.filter(|_| answers)
            .or(self.topology.region_of(subject))
            .unwrap_or(self.region)
    }
}

/// How many nodes share each flow: the assumptions say how much there is of it in all.
fn sharers(meters: &[(Name, Meter)], intakes: &[Intake]) -> BTreeMap<Flow, u32> {
    let mut sharers: BTreeMap<Flow, Vec<&Name>> = BTreeMap::new();
    // What takes orders in has its own.
    let others = meters
        .iter()
        .filter(|(it, _)| !orders::is_on_way(intakes, it));
    for (name, meter) in others {
        if let Quantity::Flow(flow) = meter.quantity {
            let nodes = sharers.entry(flow).or_default();
            // A node that is billed twice for the same has it once.
            if !nodes.contains(&name) {
                nodes.push(name);
            }
        }
    }
    let counted = sharers.into_iter();
    counted
        .map(|(flow, nodes)| (flow, nodes.len() as u32))
        .collect()
}

/// Processors that RDS Proxy is billed for: those of the database's class, two at least (RDS Proxy pricing).
fn processors(database: &DbInstance) -> u32 {
    DbClass::of(&database.class).map_or(2, |it| it.processors.max(2))
}

/// Width of each tier of data transfer out in GB a month, with its price dimension (EC2 on-demand pricing, data transfer).
const INTERNET_TIERS: [(f64, &str); 4] = [
    (10_240.0, "internet_out_first_10TB"),
    (40_960.0, "internet_out_next_40TB"),
    (102_400.0, "internet_out_next_100TB"),
    (f64::INFINITY, "internet_out_over_150TB"),
];

fn tiers(gigabytes: f64) -> Vec<(String, f64)> {
    let mut left = gigabytes;
    let mut filled = Vec::new();
    for (width, dimension) in INTERNET_TIERS {
        let here = left.min(width);
        filled.push((dimension.to_owned(), here));
        left -= here;
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::tiers;

    #[test]
    fn data_out_fills_one_tier_after_the_other() {
        let filled: Vec<f64> = tiers(60_000.0).into_iter().map(|(_, it)| it).collect();
        assert_eq!(filled, [10_240.0, 40_960.0, 8_800.0, 0.0]);
    }
}
