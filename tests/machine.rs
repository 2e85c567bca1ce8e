//! State machines as pictures: rules that hold for every definition.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use azimuth::design::schedule::definition::{Calls, Planned, Settings, definition};
use azimuth::diagram::Theme;
use azimuth::diagram::machine::{lay, svg};
use azimuth::states::{Graph, graph, read};

fn planned(zones: &[&str], kept: bool) -> Vec<Planned> {
    let one = |zone: &&str| {
        let up = zone.to_uppercase();
        Planned {
            zone: (*zone).to_owned(),
            subnet: format!("PublicSubnet{up}").into(),
            tables: vec![format!("PrivateRouteTable{up}").into()],
            allocation: kept.then(|| format!("NatAddress{up}").into()),
        }
    };
    zones.iter().map(one).collect()
}

fn machine(calls: Calls, zones: &[&str], kept: bool) -> Graph {
    let settings = Settings {
        calls,
        attempts: 3,
        interval_s: 2,
        poll_s: 15,
        create_minutes: 10,
        delete_minutes: 15,
    };
    let definition = definition(&settings, &planned(zones, kept));
    graph(&read(&serde_json::to_value(definition).unwrap()).unwrap())
}

#[test]
fn shows() {
    for (name, calls) in [("functions", Calls::Functions), ("sdk", Calls::Sdk)] {
        let graph = machine(calls, &["a", "b", "c"], true);
        let start = std::time::Instant::now();
        let picture = lay(&graph);
        println!(
            "{name}: {} states, {:?}, {} x {}",
            picture.shapes.len(),
            start.elapsed(),
            picture.width,
            picture.height
        );
        for way in picture.ways.iter().filter(|it| it.points.is_empty()) {
            println!("no way: {} -> {}", way.from, way.to);
        }
        for theme in Theme::ALL {
            std::fs::write(
                format!("/tmp/machine/{name}-{}.svg", theme.tag()),
                svg(&graph, theme, "NatSchedule"),
            )
            .unwrap();
        }
    }
}
