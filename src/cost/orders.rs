//! What an order costs on its way from a public API to a table: calls, messages, runs, writes and what is kept.

use crate::aws::{
    AutoScalingGroup, EventSourceMapping, Flow, Function, GlobalTable, Name, Region, Table,
};
use crate::design::Assumptions;
use crate::topology::{Intake, Topology, consumers};

use super::HOURS;

/// Kilobytes that SQS counts as one request (SQS pricing).
const MESSAGE_KB: u32 = 64;

/// Times that an order's whole message passes, each chunk of it a request: it is sent and received.
const PASSES: f64 = 2.0;

/// Requests for each order beside those: it is deleted. Batches make them fewer; none is counted.
const DELETED: f64 = 1.0;

/// Long polls an hour: 20 s each (SQS developer guide, long polling).
const POLLS_OF_HOUR: f64 = 180.0;

/// Polls side by side that Lambda starts with for a mapping (Lambda developer guide, using Lambda with SQS).
const POLLERS: f64 = 5.0;

/// Kilobytes that one read of a table counts, half a unit each where it may be a second old (DynamoDB pricing).
const READ_KB: u32 = 4;

/// Whether a node is on the way of orders: what it does follows from them, and not from the calls of other APIs.
pub(super) fn is_on_way(all: &[Intake], name: &str) -> bool {
    all.iter().any(|it| {
        let behind = [&it.taker, &it.queue, &it.consumer, &it.store];
        *it.api == *name || behind.into_iter().flatten().any(|it| **it == *name)
    })
}

/// How much of a flow a node takes for the month's orders in a Region; `None` where it is not on their way.
pub(super) fn quantity(
    (topology, intakes): (&Topology, &[Intake]),
    assumptions: &Assumptions,
    subject: &Name,
    flow: Flow,
) -> Option<f64> {
    if !is_on_way(intakes, subject) {
        return None;
    }
    let orders = f64::from(assumptions.orders.get()) * 1e3;
    let size = assumptions.order_kilobytes.get();
    match flow {
        Flow::ApiCalls | Flow::Runs => Some(orders / 1e6),
        Flow::RunSeconds => {
            let function = topology.named::<Function>(subject)?;
            let seconds = f64::from(assumptions.order_ms.get()) / 1e3;
            Some(orders * seconds * function.gigabytes())
        }
        Flow::QueueRequests => {
            let chunks = f64::from(size.div_ceil(MESSAGE_KB));
            let hours = f64::from(assumptions.hours.get());
            let polls = POLLS_OF_HOUR * hours * pollers(topology, subject);
            Some((orders * (PASSES * chunks + DELETED) + polls) / 1e6)
        }
        Flow::TableWrites => Some(orders * f64::from(size) * written(topology, subject) / 1e6),
        Flow::TableReads => {
            let units = f64::from(size.div_ceil(READ_KB)) / 2.0;
            Some(orders * f64::from(assumptions.order_reads.get()) * units / 1e6)
        }
        Flow::TableStorage => Some(kept(assumptions) * written(topology, subject)),
        Flow::TableRecovery => Some(kept(assumptions)),
        _ => None,
    }
}

/// Gigabytes of orders that are kept, for the hours that the design stands.
fn kept(assumptions: &Assumptions) -> f64 {
    let orders = f64::from(assumptions.orders.get()) * 1e3;
    let gigabytes = orders * f64::from(assumptions.order_kilobytes.get()) / 1e6;
    let months = f64::from(assumptions.kept_months.get());
    gigabytes * months * f64::from(assumptions.hours.get()) / HOURS
}

/// Connections that poll a queue all the time.
fn pollers(topology: &Topology, queue: &str) -> f64 {
    let of_groups = consumers(topology, queue).into_iter().filter_map(|it| {
        let group = topology.named::<AutoScalingGroup>(it)?;
        Some(f64::from(group.desired()))
    });
    let mappings = topology.all::<EventSourceMapping>();
    let polling = mappings.filter(|(_, it)| it.polls().is_some_and(|it| **it == *queue));
    of_groups.sum::<f64>() + POLLERS * polling.count() as f64
}

/// How often a written item is stored in a Region: in the table, and in each index that has all of it.
fn written(topology: &Topology, table: &str) -> f64 {
    let own = topology.named::<Table>(table).map(|it| it.indexes.len());
    let global = topology.named::<GlobalTable>(table);
    let indexes = own.or(global.map(|it| it.indexes.len()));
    1.0 + indexes.unwrap_or_default() as f64
}

/// The further Regions in which a table has as much of a flow. Reads are the own Region's.
pub(super) fn further(topology: &Topology, table: &str, flow: Flow) -> Vec<Region> {
    match flow {
        Flow::TableWrites | Flow::TableStorage | Flow::TableRecovery => replicas(topology, table),
        _ => Vec::new(),
    }
}

/// The further Regions of a global table: each replica is written and kept where it is.
pub fn replicas(topology: &Topology, table: &str) -> Vec<Region> {
    let global = topology.named::<GlobalTable>(table);
    let replicas = global.iter().flat_map(|it| &it.replicas);
    let regions = replicas.filter_map(|it| Region::from_code(it.get("Region")?.as_str()?));
    let own = topology.region_of(table);
    regions.filter(|it| Some(*it) != own).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::blueprint;
    use crate::cost::{Bill, Money, bill};

    fn bill_of(settings: &str) -> Bill {
        let mut design = blueprint::base("multi-tier-web").unwrap();
        design.set("burst.enabled", "true").unwrap();
        for setting in settings.split_whitespace() {
            let (key, given) = setting.split_once('=').unwrap();
            design.set(key, given).unwrap();
        }
        bill(&design.expand(), &design.assumptions)
    }

    fn of(settings: &str, subjects: &[&str]) -> Money {
        let bill = bill_of(settings);
        let lines = bill
            .lines
            .iter()
            .filter(|it| subjects.contains(&&*it.subject));
        lines
            .filter_map(|it| it.amount)
            .fold(Money::ZERO, |sum, it| sum + it)
    }

    #[test]
    fn ten_million_orders_cost_what_their_way_costs() {
        let settings = "region=us-east-1 assume.orders_thousands=10000";
        // 10 million calls at 3.50 a million.
        assert_eq!(of(settings, &["OrdersApi"]), Money::parse("35").unwrap());
        // Sent, received and deleted: 30 million requests; five polls of 20 s all month: 5 × 180 × 730 = 0.657 million; at
        // 0.40 a million.
        assert_eq!(
            of(settings, &["OrdersQueue"]),
            Money::parse("12.2628").unwrap()
        );
        // Each function: 10 million runs at 0.20, and 10 million × 0.05 s × 0.25 GB at 0.0000133334.
        let functions = ["OrdersTaker", "OrdersConsumer"];
        assert_eq!(of(settings, &functions), Money::parse("7.33335").unwrap());
        // A write to the table and one to its index, 20 million at 0.625; three months of 10 GB in both, 60 GB at 0.25;
        // 30 GB recoverable at 0.20.
        assert_eq!(
            of(settings, &["OrdersTable"]),
            Money::parse("33.5").unwrap()
        );
        // Each order read twice, half a unit each: 10 million at 0.125.
        let read = format!("{settings} assume.order_reads=2");
        assert_eq!(of(&read, &["OrdersTable"]), Money::parse("34.75").unwrap());
    }

    /// Written again in Tokyo, 20 million at 0.715; what is kept there has no price here.
    #[test]
    fn a_replica_is_billed_where_it_is() {
        let settings = "region=us-east-1 assume.orders_thousands=10000 assume.order_reads=2";
        let alone = of(settings, &["OrdersTable"]);
        let settings = format!("{settings} burst.table_replica=ap-northeast-1");
        let more = of(&settings, &["OrdersGlobalTable"]) - alone;
        assert_eq!(more, Money::parse("14.3").unwrap());
        assert_eq!(bill_of(&settings).unpriced().len(), 2);
    }

    #[test]
    fn no_orders_cost_polls_alone() {
        let all = [
            "OrdersApi",
            "OrdersQueue",
            "OrdersTaker",
            "OrdersConsumer",
            "OrdersTable",
        ];
        assert_eq!(
            of("region=us-east-1", &all),
            Money::parse("0.2628").unwrap()
        );
        assert_eq!(of("region=us-east-1 burst.queue=false", &all), Money::ZERO);
    }

    #[test]
    fn orders_do_not_pay_for_the_calls_of_another_api() {
        let private = "region=us-east-1 api.enabled=true assume.calls_thousands=1000";
        // A million calls at 3.50, whether or not there is a public API beside.
        assert_eq!(of(private, &["PrivateApi"]), Money::parse("3.5").unwrap());
        assert_eq!(of(private, &["OrdersApi"]), Money::ZERO);
    }

    #[test]
    fn spot_hours_have_a_price_where_somebody_assumes_one() {
        let settings =
            "region=us-east-1 burst.consumer=instances burst.workers=4 burst.spot_percent=50";
        let unpriced = bill_of(settings);
        assert!(
            unpriced
                .unpriced()
                .iter()
                .any(|it| it.key == "meter.spot-hours")
        );
        let priced = format!("{settings} assume.spot_discount=75");
        assert!(bill_of(&priced).unpriced().is_empty());
        // Two of four t4g.micro at a quarter of 0.0084, for 730 h.
        let saved = of(&priced, &["OrdersWorkers"]) - of(settings, &["OrdersWorkers"]);
        assert_eq!(saved, Money::parse("3.066").unwrap());
    }
}
