//! The ways of orders from a public API to where they are kept, read off the resources.
#![allow(clippy::unwrap_used)]

use azimuth::aws::Name;
use azimuth::blueprint;
use azimuth::topology::traffic::{all_up, trace};
use azimuth::topology::{Topology, intakes, journeys};

fn topology(settings: &str) -> Topology {
    let mut design = blueprint::base("multi-tier-web").unwrap();
    for setting in settings.split_whitespace() {
        let (key, given) = setting.split_once('=').unwrap();
        design.set(key, given).unwrap();
    }
    design.expand()
}

fn way(topology: &Topology, journey: &str) -> String {
    let all = journeys(topology);
    let Some(it) = all.iter().find(|it| it.id == journey) else {
        return String::new();
    };
    let hops = it.legs.iter().map(|it| it.to.as_str());
    hops.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_order_goes_over_what_there_is() {
    for (settings, taken, worked) in [
        (
            "",
            "OrdersApi OrdersTaker OrdersQueue",
            "OrdersConsumer OrdersTable",
        ),
        (
            "burst.integration=direct",
            "OrdersApi OrdersQueue",
            "OrdersConsumer OrdersTable",
        ),
        (
            "burst.consumer=instances",
            "OrdersApi OrdersTaker OrdersQueue",
            "OrdersWorkers OrdersTable",
        ),
        (
            "burst.store=database",
            "OrdersApi OrdersTaker OrdersQueue",
            "OrdersConsumer Database",
        ),
        (
            "burst.store=database database.proxy=true",
            "OrdersApi OrdersTaker OrdersQueue",
            "OrdersConsumer DatabaseProxy Database",
        ),
        (
            "burst.store=database database.kind=aurora database.class=db.t4g.medium",
            "OrdersApi OrdersTaker OrdersQueue",
            "OrdersConsumer DatabaseCluster",
        ),
        (
            "burst.store=database database.kind=aurora-serverless database.proxy=true",
            "OrdersApi OrdersTaker OrdersQueue",
            "OrdersConsumer DatabaseProxy DatabaseCluster",
        ),
        (
            "burst.table_replica=us-west-2",
            "OrdersApi OrdersTaker OrdersQueue",
            "OrdersConsumer OrdersGlobalTable",
        ),
        ("burst.queue=false", "OrdersApi OrdersTaker OrdersTable", ""),
    ] {
        let topology = topology(&format!("burst.enabled=true {settings}"));
        assert_eq!(way(&topology, "intake"), taken, "{settings}");
        let whole = format!("{taken} {worked}");
        assert_eq!(way(&topology, "burst"), whole.trim_end(), "{settings}");
        for it in journeys(&topology).iter().filter(|it| it.id == "burst") {
            for leg in &it.legs {
                let found = trace(&topology, &leg.from, &leg.to, leg.port, &all_up);
                assert_eq!(found.reason, None, "{settings}: {leg:?}");
            }
        }
    }
    assert!(intakes(&topology("api.enabled=true")).is_empty());
}

#[test]
fn consumers_go_by_endpoints_where_there_are_some_and_by_nat_where_there_are_none() {
    let hops = |topology: &Topology, from: &str, to: &str| -> Vec<Name> {
        trace(topology, from, to, 443, &all_up).hops
    };
    let passes = |hops: &[Name], what: &str| hops.iter().any(|it| it.starts_with(what));
    for consumer in ["functions", "instances"] {
        let base = format!("burst.enabled=true burst.consumer={consumer} network.nat=per-az");
        let ends = "endpoints.dynamodb=true endpoints.sqs=true endpoints.logs=true";
        for (settings, by_nat) in [(base.clone(), true), (format!("{base} {ends}"), false)] {
            let topology = topology(&settings);
            let all = journeys(&topology);
            let egress = all.iter().find(|it| it.id == "burst-egress").unwrap();
            let count = if consumer == "functions" { 1 } else { 3 };
            assert_eq!(egress.legs.len(), count);
            for leg in &egress.legs {
                let hops = hops(&topology, &leg.from, &leg.to);
                assert_eq!(passes(&hops, "NatGateway"), by_nat, "{hops:?}");
            }
            let table = hops(&topology, &egress.legs[0].from, "OrdersTable");
            assert_eq!(passes(&table, "DynamoDbEndpoint"), !by_nat);
            assert_eq!(table.last().unwrap(), "OrdersTable");
        }
    }
}

#[test]
fn workers_of_a_queue_are_no_batch_instances() {
    let workers = topology("burst.enabled=true burst.consumer=instances");
    assert_eq!(way(&workers, "nightly-sync"), "");
    let both = topology("burst.enabled=true burst.consumer=instances batch.enabled=true");
    let all = journeys(&both);
    let sync = all.iter().find(|it| it.id == "nightly-sync").unwrap();
    assert_eq!(sync.legs[0].from, *"BatchGroup");
}

#[test]
fn nobody_outside_reaches_queue_table_or_consumers() {
    let topology = topology("burst.enabled=true burst.dax=true");
    for inside in [
        "OrdersQueue",
        "OrdersTable",
        "OrdersConsumer",
        "OrdersCache",
        "OrdersTaker",
    ] {
        let found = trace(&topology, "Users", inside, 443, &all_up);
        assert!(!found.is_reachable(), "{inside}: {found:?}");
    }
    assert!(trace(&topology, "Users", "OrdersApi", 443, &all_up).is_reachable());
    assert!(!trace(&topology, "OrdersApi", "OrdersTable", 443, &all_up).is_reachable());
}
