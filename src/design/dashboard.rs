//! The dashboard: what the alarms watch and what a failover shows, two graphs a row; then a graph for each component that
//! the design has beside those of every design.

use super::{OBSERVABILITY, waf};
use crate::aws::{
    ApiStage, DbCluster, DbInstance, DbProxy, LoadBalancer, Name, Queue, RestApi, Value, WebAcl,
};
use crate::topology::{Topology, intakes};

/// JSON inside `Sub`.
const USUAL: &str = include_str!("dashboard.json");

/// How the JSON begins, and how it ends: further graphs go before.
const START: &str = "{\n  \"widgets\": [\n";
const END: &str = "\n  ]\n}\n";

/// Usual graphs, two a row of six units.
const COUNT: usize = 6;

/// The dashboard's own Region, where most metrics are.
const HERE: &str = "${AWS::Region}";

/// `None`: nothing of the topology has a graph.
pub(super) fn body(topology: &Topology) -> Option<String> {
    let has_application = topology.all::<LoadBalancer>().next().is_some();
    let usual = of_database(topology);
    let (usual, count) = if has_application {
        (usual.trim_end_matches(END), COUNT)
    } else {
        (START, 0)
    };
    let further = [
        replicas(topology),
        proxy(topology),
        calls(topology),
        waits(topology),
        orders(topology),
    ];
    let further = further.into_iter().flatten();
    let further = further
        .map(|(title, metrics)| (title, HERE.to_owned(), metrics))
        .chain(firewalls(topology));
    let mut body = usual.to_owned();
    for ((title, region, metrics), place) in further.zip(count..) {
        if place > 0 {
            body.push_str(",\n");
        }
        body.push_str(&graph(place, title, &region, &metrics));
    }
    body.push_str(END);
    (body.len() > START.len() + END.len()).then_some(body)
}

/// The usual graphs, over whatever instance of an Aurora cluster writes: those of the volume have the cluster alone, which
/// has no free storage to run out of.
fn of_database(topology: &Topology) -> String {
    let Some((cluster, _)) = topology.all::<DbCluster>().next() else {
        return USUAL.to_owned();
    };
    let writer = format!(r#""DBClusterIdentifier", "${{{cluster}}}", "Role", "WRITER""#);
    let volume = format!(r#""DBClusterIdentifier", "${{{cluster}}}""#);
    let instance = r#""DBInstanceIdentifier", "${Database}""#;
    let lines = USUAL.lines().map(|line| {
        let line = line
            .replace("\"ReadIOPS\"", "\"VolumeReadIOPs\"")
            .replace("\"WriteIOPS\"", "\"VolumeWriteIOPs\"")
            .replace("\"FreeStorageSpace\"", "\"VolumeBytesUsed\"");
        let its = if line.contains("\"Volume") {
            &volume
        } else {
            &writer
        };
        line.replace(instance, its) + "\n"
    });
    lines.collect()
}

fn graph(place: usize, title: &str, region: &str, metrics: &[String]) -> String {
    let (x, y) = (place % 2 * 12, place / 2 * 6);
    let metrics = metrics.join(",\n          ");
    format!(
        r#"    {{
      "type": "metric", "x": {x}, "y": {y}, "width": 12, "height": 6,
      "properties": {{
        "title": "{title}", "region": "{region}", "stat": "Average", "period": 60,
        "metrics": [
          {metrics}
        ]
      }}
    }}"#
    )
}

/// How far the read replicas are behind.
fn replicas(topology: &Topology) -> Option<(&'static str, Vec<String>)> {
    let replicas = topology
        .all::<DbInstance>()
        .filter(|(_, it)| it.is_replica());
    let replicas = replicas.map(|(name, _)| (name, "ReplicaLag"));
    let readers = topology.readers().map(|name| (name, "AuroraReplicaLag"));
    let metrics: Vec<String> = replicas
        .chain(readers)
        .map(|(name, metric)| {
            format!(r#"["AWS/RDS", "{metric}", "DBInstanceIdentifier", "${{{name}}}"]"#)
        })
        .collect();
    (!metrics.is_empty()).then_some(("Replica lag", metrics))
}

/// How many connections clients have to the proxy, and how many it makes do with (RDS user guide, RDS Proxy metrics).
fn proxy(topology: &Topology) -> Option<(&'static str, Vec<String>)> {
    let (name, _) = topology.all::<DbProxy>().next()?;
    let metrics = ["ClientConnections", "DatabaseConnections"];
    let metrics = metrics.map(|it| format!(r#"["AWS/RDS", "{it}", "ProxyName", "${{{name}}}"]"#));
    Some(("RDS Proxy connections", metrics.to_vec()))
}

/// What comes to the private API, and what it refuses (API Gateway developer guide, metrics).
fn calls(topology: &Topology) -> Option<(&'static str, Vec<String>)> {
    let sums = ["Count", "4XXError", "5XXError"].map(|it| (it, r#", {"stat": "Sum"}"#));
    Some(("Calls of the API", of_api(topology, &sums)?))
}

/// How long it takes to answer.
fn waits(topology: &Topology) -> Option<(&'static str, Vec<String>)> {
    Some(("Latency of the API", of_api(topology, &[("Latency", "")])?))
}

/// How many orders wait, how long the oldest has, and how many could not be worked off (SQS developer guide, metrics).
fn orders(topology: &Topology) -> Option<(&'static str, Vec<String>)> {
    let queue = intakes(topology).into_iter().find_map(|it| it.queue)?;
    let dead = topology.named::<Queue>(&queue)?.dead_letters().cloned();
    let metric = |metric: &str, queue: &str, style: &str| {
        format!(r#"["AWS/SQS", "{metric}", "QueueName", "${{{queue}.QueueName}}"{style}]"#)
    };
    let waiting = "ApproximateNumberOfMessagesVisible";
    let most = r#", {"stat": "Maximum"}"#;
    let right = r#", {"stat": "Maximum", "yAxis": "right"}"#;
    let mut metrics = vec![
        metric(waiting, &queue, most),
        metric("ApproximateAgeOfOldestMessage", &queue, right),
    ];
    metrics.extend(dead.map(|it| metric(waiting, &it, most)));
    Some(("Orders that wait", metrics))
}

fn of_api(topology: &Topology, metrics: &[(&str, &str)]) -> Option<Vec<String>> {
    let (stage, it) = topology.all::<ApiStage>().next()?;
    let Some(Value::Fn(_, name)) = &topology.get::<RestApi>(&it.api)?.name else {
        return None;
    };
    let name = name.as_str()?;
    let metric = |(metric, style): &(&str, &str)| {
        format!(
            r#"["AWS/ApiGateway", "{metric}", "ApiName", "{name}", "Stage", "${{{stage}}}"{style}]"#
        )
    };
    Some(metrics.iter().map(metric).collect())
}

/// What each firewall lets through and what it blocks.
fn firewalls(topology: &Topology) -> Vec<(&'static str, String, Vec<String>)> {
    let all = topology.all::<WebAcl>();
    all.filter_map(|(node, acl)| {
        let title = match node == waf::API_ACL {
            true => "Firewall of the API",
            false => "Firewall",
        };
        Some((title, region_of(topology, node), firewall(acl)?))
    })
    .collect()
}

/// Where a node's metrics are: those of a web ACL before CloudFront are in its own Region alone (WAF developer guide,
/// monitoring with CloudWatch).
fn region_of(topology: &Topology, name: &Name) -> String {
    let node = topology.node(name);
    let stack = node.and_then(|it| topology.stacks.get(it.stack));
    let here = topology.stacks.get(OBSERVABILITY).map(|it| it.region);
    match stack.map(|it| it.region) {
        Some(region) if Some(region) != here => region.code().to_owned(),
        _ => HERE.to_owned(),
    }
}

/// The dimension is the web ACL's metric name (WAF developer guide, AWS WAF metrics and dimensions).
fn firewall(acl: &WebAcl) -> Option<Vec<String>> {
    let name = acl.visibility.get("MetricName")?.as_str()?;
    let place = if acl.is_global() {
        ""
    } else {
        r#""Region", "${AWS::Region}", "#
    };
    let metric = |metric: &str| {
        format!(
            r#"["AWS/WAFV2", "{metric}", "WebACL", "{name}", {place}"Rule", "ALL", {{"stat": "Sum"}}]"#
        )
    };
    Some(["AllowedRequests", "BlockedRequests"].map(metric).to_vec())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::design::Design;

    #[test]
    fn the_firewall_at_the_edge_is_watched_where_its_metrics_are() {
        let given = |region: &str| {
            let design = Design::new("multi-tier-web").with("region", region);
            let switches = ["edge.waf", "edge.cloudfront", "api.enabled"];
            let design = switches
                .iter()
                .fold(design, |design, key| design.with(key, "true"));
            let body = super::body(&design.expand()).unwrap();
            let body: serde_json::Value = serde_json::from_str(&body).unwrap();
            let graphs = body["widgets"].as_array().unwrap().clone();
            let regions = graphs.iter().filter_map(|it| {
                let its = &it["properties"];
                let is_firewall = its["title"].as_str()?.starts_with("Firewall");
                is_firewall.then(|| its["region"].as_str().unwrap().to_owned())
            });
            regions.collect::<Vec<_>>()
        };
        assert_eq!(given("ap-northeast-1"), ["us-east-1", super::HERE]);
        assert_eq!(given("us-east-1"), [super::HERE, super::HERE]);
    }

    #[test]
    fn every_component_that_has_metrics_of_its_own_has_a_graph() {
        let cases: [(&[&str], usize); 6] = [
            (&[], 6),
            (&["api.enabled"], 8),
            (&["edge.waf"], 7),
            (&["edge.waf", "edge.cloudfront"], 7),
            (&["edge.waf", "edge.cloudfront", "api.enabled"], 10),
            (&["edge.waf", "database.read_replicas"], 8),
        ];
        for (switches, count) in cases {
            let mut design = Design::new("multi-tier-web");
            for key in switches {
                let on = if key.ends_with("replicas") {
                    "1"
                } else {
                    "true"
                };
                design.set(key, on).unwrap();
            }
            let body = super::body(&design.expand()).unwrap();
            let body: serde_json::Value = serde_json::from_str(&body).unwrap();
            let graphs = body["widgets"].as_array().unwrap();
            assert_eq!(graphs.len(), count, "{switches:?}");
            for (place, graph) in graphs.iter().enumerate() {
                assert!(
                    !graph["properties"]["metrics"]
                        .as_array()
                        .unwrap()
                        .is_empty()
                );
                let others = graphs.iter().take(place);
                let overlaps =
                    |it: &serde_json::Value| (&it["x"], &it["y"]) == (&graph["x"], &graph["y"]);
                assert!(!others.into_iter().any(overlaps), "{switches:?}");
            }
        }
    }
}
