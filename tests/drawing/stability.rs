//! A design that gains a component keeps its shape: whoever knew where things stood finds them there.

use azimuth::blueprint::base;
use azimuth::diagram::{Detail, Drawing, Item, Shape, draw};
use azimuth::text::Lang;

/// Each adds or takes one component, or one kind of it.
const CHANGES: [(&str, &str); 18] = [
    ("access.kind", "bastion"),
    ("access.kind", "session-manager"),
    ("backup.enabled", "true"),
    ("balancer.access_logs", "false"),
    ("cache.enabled", "true"),
    ("database.proxy", "true"),
    ("database.read_replicas", "1"),
    ("edge.cloudfront", "true"),
    ("edge.waf", "true"),
    ("endpoints.s3", "true"),
    ("endpoints.ssm", "true"),
    ("endpoints.secretsmanager", "true"),
    ("fleet.desired", "4"),
    ("network.nat", "per-az"),
    ("network.nat", "none"),
    ("observability.alarms", "false"),
    ("observability.trail", "false"),
    ("vpcs.names", "shared"),
];

/// What an item is in any drawing of the design: its name, and of tags that hang on several things, where it hangs.
fn identity<'a>(drawing: &'a Drawing, it: &'a Item) -> (&'a str, &'a str) {
    let around = it.inside.map(|it| drawing.items[it].name.as_str());
    (it.name.as_str(), around.unwrap_or_default())
}

fn counterpart<'a>(before: &Drawing, it: &Item, after: &'a Drawing) -> Option<&'a Item> {
    let mut all = after.items.iter();
    all.find(|other| identity(after, other) == identity(before, it))
}

/// Width of a column and height of a row: a zone with its gutter, and the highest subnet.
fn grid(drawing: &Drawing) -> (f64, f64) {
    let zones = drawing.items.iter().filter(|it| it.shape == Shape::Zone);
    let columns: Vec<f64> = zones.map(|it| it.rect.x).collect();
    let subnets = drawing
        .items
        .iter()
        .filter(|it| matches!(it.shape, Shape::PublicSubnet | Shape::PrivateSubnet));
    let row = subnets.map(|it| it.rect.height).fold(0.0, f64::max);
    (columns[1] - columns[0], row)
}

/// The width of the VPC that the second drawing has and the first has not: what stands behind it must make room.
fn newcomer(before: &Drawing, after: &Drawing) -> f64 {
    let new = after
        .items
        .iter()
        .filter(|it| it.shape == Shape::Vpc && counterpart(after, it, before).is_none());
    new.map(|it| it.rect.width).fold(0.0, f64::max)
}

#[test]
fn a_component_more_moves_nothing_by_more_than_a_row_or_a_column() {
    let mut wrong = Vec::new();
    for id in ["multi-tier-web", "three-tier-ha"] {
        let design = base(id).unwrap();
        let before = draw(&design.expand(), Detail::default(), Lang::En);
        let (column, row) = grid(&before);
        for (key, value) in CHANGES {
            let after = draw(
                &design.with(key, value).expand(),
                Detail::default(),
                Lang::En,
            );
            let across = column + newcomer(&before, &after);
            for it in &before.items {
                let Some(now) = counterpart(&before, it, &after) else {
                    continue;
                };
                let by = (
                    (now.rect.x - it.rect.x).abs(),
                    (now.rect.y - it.rect.y).abs(),
                );
                if by.0 > across || by.1 > row {
                    wrong.push(format!("{id} {key}={value}: {} by {by:?}", it.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
