//! The dashboard: what the alarms watch and what a failover shows, two graphs a row; then a graph for each component that
//! the design has beside those of every design.

use crate::aws::{DbInstance, DbProxy, WebAcl};
use crate::topology::Topology;

/// JSON inside `Sub`.
const USUAL: &str = include_str!("dashboard.json");

/// How the JSON ends, and where further graphs go before.
const END: &str = "\n  ]\n}\n";

/// Rows of the usual graphs, each six units high.
const ROWS: usize = 3;

pub(super) fn body(topology: &Topology) -> String {
    let further = [replicas(topology), proxy(topology), firewall(topology)];
    let mut body = USUAL.trim_end_matches(END).to_owned();
    for (place, (title, metrics)) in further.into_iter().flatten().enumerate() {
        body.push_str(",\n");
        body.push_str(&graph(place, title, &metrics));
    }
    body.push_str(END);
    body
}

fn graph(place: usize, title: &str, metrics: &[String]) -> String {
    let (x, y) = (place % 2 * 12, (ROWS + place / 2) * 6);
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
        let cases: [(&[&str], usize); 4] = [
            (&[], 6),
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
            let body = super::body(&design.expand());
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
