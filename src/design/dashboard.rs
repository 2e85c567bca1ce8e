//! The dashboard: what the alarms watch and what a failover shows, two graphs a row; then a graph for each component that
//! the design has beside those of every design.

use crate::aws::{ApiStage, DbInstance, DbProxy, LoadBalancer, RestApi, Value, WebAcl};
use crate::topology::Topology;

/// JSON inside `Sub`.
const USUAL: &str = include_str!("dashboard.json");

/// How the JSON begins, and how it ends: further graphs go before.
const START: &str = "{\n  \"widgets\": [\n";
const END: &str = "\n  ]\n}\n";

/// Usual graphs, two a row of six units.
const COUNT: usize = 6;

/// `None`: nothing of the topology has a graph.
pub(super) fn body(topology: &Topology) -> Option<String> {
    let has_application = topology.all::<LoadBalancer>().next().is_some();
    let (usual, count) = if has_application {
        (USUAL.trim_end_matches(END), COUNT)
    } else {
        (START, 0)
    };
    let further = [
        replicas(topology),
        proxy(topology),
        calls(topology),
        waits(topology),
        firewall(topology),
    ];
    let further = further.into_iter().flatten().zip(count..);
    let mut body = usual.to_owned();
    for ((title, metrics), place) in further {
        if place > 0 {
            body.push_str(",\n");
        }
        body.push_str(&graph(place, title, &metrics));
    }
    body.push_str(END);
    (body.len() > START.len() + END.len()).then_some(body)
}

fn graph(place: usize, title: &str, metrics: &[String]) -> String {
    let (x, y) = (place % 2 * 12, place / 2 * 6);
    let metrics = metrics.join(",\n          ");
    format!(
        r#"    {{
      "type": "metric", "x": {x}, "y": {y}, "width": 12, "height": 6,
      "properties": {{
        "title": "{title}", "region": "${{AWS::Region}}", "stat": "Average", "period": 60,
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
    let metrics: Vec<String> = replicas
        .map(|(name, _)| {
            format!(r#"["AWS/RDS", "ReplicaLag", "DBInstanceIdentifier", "${{{name}}}"]"#)
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

/// What the firewall lets through and what it blocks. The dimension is the web ACL's metric name (WAF developer guide,
/// AWS WAF metrics and dimensions).
fn firewall(topology: &Topology) -> Option<(&'static str, Vec<String>)> {
    let (_, acl) = topology.all::<WebAcl>().next()?;
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
    Some((
        "Firewall",
        ["AllowedRequests", "BlockedRequests"].map(metric).to_vec(),
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::design::Design;

    #[test]
    fn every_component_that_has_metrics_of_its_own_has_a_graph() {
        let cases: [(&[&str], usize); 5] = [
            (&[], 6),
            (&["api.enabled"], 8),
            (&["edge.waf"], 7),
            (&["edge.waf", "edge.cloudfront"], 7),
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
