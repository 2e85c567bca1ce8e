//! What a drawing costs its reader: wires, corners, crossings, length. None of it grows unnoticed.

use azimuth::blueprint::base;
use azimuth::diagram::{Detail, Drawing, Point, Shape, Wire, draw};
use azimuth::text::Lang;

/// The straight pieces of a wire.
fn spans(wire: &Wire) -> impl Iterator<Item = (Point, Point)> {
    let points = &wire.points;
    points.iter().copied().zip(points.iter().skip(1).copied())
}

/// Whether two pieces at right angles go through each other.
fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let between = |it: f64, one: f64, other: f64| one.min(other) < it && it < one.max(other);
    if a.y == b.y && c.x == d.x {
        between(c.x, a.x, b.x) && between(a.y, c.y, d.y)
    } else if a.x == b.x && c.y == d.y {
        between(a.x, c.x, d.x) && between(c.y, a.y, b.y)
    } else {
        false
    }
}

fn crossings(drawing: &Drawing) -> usize {
    let wires = drawing.wires.iter().enumerate();
    let pairs = wires.flat_map(|(index, one)| {
        let others = drawing.wires.iter().take(index);
        others.map(move |other| (one, other))
    });
    pairs
        .map(|(one, other)| {
            let all = spans(one).flat_map(|a| spans(other).map(move |b| (a, b)));
            all.filter(|(a, b)| cross(*a, *b)).count()
        })
        .sum()
}

fn length(drawing: &Drawing) -> f64 {
    let all = drawing.wires.iter().flat_map(spans);
    all.map(|(a, b)| (a.x - b.x).abs() + (a.y - b.y).abs())
        .sum()
}

/// Bends; both ends are none.
fn corners(drawing: &Drawing) -> usize {
    let wires = drawing.wires.iter();
    wires.map(|it| it.points.len().saturating_sub(2)).sum()
}

fn line(what: &str, drawing: &Drawing) -> String {
    format!(
        "{what:<64} {:>5} {:>7} {:>9} {:>6.0}\n",
        drawing.wires.len(),
        corners(drawing),
        crossings(drawing),
        length(drawing)
    )
}

#[test]
fn crossings_corners_and_length_of_wires_are_written_down() {
    let mut table = format!("{:<64} wires corners crossings length\n", "design");
    let ways = ["per-az", "single", "regional", "endpoints-only", "none"];
    for id in ["multi-tier-web", "three-tier-ha", "ecommerce-burst"] {
        let more: [&[(&str, &str)]; 4] = [
            &[],
            &[
                ("access.kind", "bastion"),
                ("cache.enabled", "true"),
                ("database.read_replicas", "2"),
            ],
            &[
                ("edge.cloudfront", "true"),
                ("edge.waf", "true"),
                ("database.proxy", "true"),
                ("database.read_replicas", "1"),
            ],
            &[("vpcs.names", "shared,data"), ("vpcs.peered", "true")],
        ];
        for zones in ["1", "2", "3", "4", "5", "6"] {
            for way in ways {
                for more in more {
                    let mut design = base(id).unwrap();
                    for (key, value) in [("network.zones", zones), ("network.nat", way)]
                        .iter()
                        .chain(more)
                    {
                        design = design.with(key, value);
                    }
                    let drawing = draw(&design.expand(), Detail::default(), Lang::En);
                    let with: Vec<&str> = more.iter().map(|(key, _)| *key).collect();
                    let what = format!("{id} {zones} {way} {}", with.join(" "));
                    table += &line(&what, &drawing);
                }
            }
        }
    }
    for id in ["multi-tier-web", "three-tier-ha", "ecommerce-burst"] {
        for zones in ["1", "2", "3", "4", "5", "6"] {
            let design = base(id).unwrap().with("network.zones", zones);
            for detail in Detail::ALL {
                let drawing = draw(&design.expand(), detail, Lang::En);
                table += &line(&format!("{id} {zones} {}", detail.tag()), &drawing);
            }
        }
    }
    insta::assert_snapshot!("economy", table);
}

#[test]
fn what_stands_beside_the_vpcs_is_wired_beside_them() {
    let design = base("scheduled-nat").unwrap();
    let design = design
        .with("vpcs.names", "shared")
        .with("api.enabled", "true");
    let drawing = draw(&design.expand(), Detail::Full, Lang::En);
    let mut wires = drawing.wires.iter();
    let wire = wires.find(|it| it.from == *"FlowLog" && it.to == *"LogBucket");
    let vpcs = drawing.items.iter().filter(|it| it.shape == Shape::Vpc);
    let top = vpcs.map(|it| it.rect.y).fold(f64::INFINITY, f64::min);
    assert!(top > 0.0 && wire.unwrap().points.iter().all(|it| it.y > top));
}
