//! The drawing of S1 in all its variants, and of broken topologies, held against what an architect would object to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(not(target_arch = "wasm32"))]

use azimuth::blueprint::base;
use azimuth::design::Design;
use azimuth::diagram::{Print, Theme, draw, svg};
use azimuth::text::Lang;

/// Writes pictures to look at: `cargo test --test drawing pictures -- --ignored`.
#[test]
#[ignore]
fn pictures() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let s1 = base("multi-tier-web").unwrap();
    let write =
        |name: &str, design: &Design, lang: Lang, theme: Theme, states: &[(&str, &'static str)]| {
            let states: Vec<_> = states.iter().map(|(n, s)| ((*n).into(), *s)).collect();
            let text = svg(
                &draw(&design.expand(), lang),
                &Print {
                    theme,
                    states: &states,
                    title: "S1",
                    link: "https://example.org/#x",
                    standalone: true,
                },
            );
            std::fs::write(folder.join(name), text).unwrap();
        };
    write("default.svg", &s1, Lang::En, Theme::Light, &[]);
    write("dark.svg", &s1, Lang::En, Theme::Dark, &[]);
    write("ja.svg", &s1, Lang::Ja, Theme::Light, &[]);
    write(
        "three.svg",
        &s1.with("network.zones", "3")
            .with("network.nat", "per-az")
            .with("fleet.desired", "3"),
        Lang::En,
        Theme::Light,
        &[],
    );
    write(
        "six.svg",
        &s1.with("network.zones", "6")
            .with("network.nat", "per-az")
            .with("fleet.max", "60")
            .with("fleet.desired", "40"),
        Lang::En,
        Theme::Light,
        &[],
    );
    write(
        "one.svg",
        &s1.with("network.zones", "1"),
        Lang::En,
        Theme::Light,
        &[],
    );
    write(
        "https.svg",
        &s1.with("balancer.https", "true")
            .with("network.nat", "per-az")
            .with("fleet.desired", "5"),
        Lang::En,
        Theme::Light,
        &[],
    );
    write(
        "none.svg",
        &s1.with("network.nat", "none"),
        Lang::En,
        Theme::Dark,
        &[],
    );
    let failed = [
        ("az:a", "failed"),
        ("NatGatewayA", "failed"),
        ("WebGroup.a1", "failed"),
        ("WebGroup", "degraded"),
        ("LoadBalancer.a", "failed"),
        ("LoadBalancer", "degraded"),
        ("Database.primary", "failed"),
        ("Database", "recovering"),
        ("WebGroup.b2", "recovering"),
    ];
    write("failed.svg", &s1, Lang::En, Theme::Light, &failed);
    write("failed-dark.svg", &s1, Lang::En, Theme::Dark, &failed);
}
