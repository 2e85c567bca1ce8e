//! The rules object: a sound drawing is broken in one place, and what is wrong with it is said.

use azimuth::blueprint::base;
use azimuth::diagram::{Detail, Drawing, Item, Point, Rect, Wire, draw};
use azimuth::text::Lang;
use azimuth::topology::{Topology, links};

use crate::rules::{misspanned, objections, unshown};

fn topology() -> Topology {
    base("three-tier-ha").unwrap().expand()
}

fn found(drawing: &Drawing, topology: &Topology) -> Vec<String> {
    let mut all = objections(drawing);
    all.extend(unshown(drawing, &links(topology)));
    all.extend(misspanned(drawing, topology));
    all
}

fn item<'a>(drawing: &'a mut Drawing, name: &str) -> &'a mut Item {
    let mut items = drawing.items.iter_mut();
    items.find(|it| *it.name == *name).unwrap()
}

fn rect(drawing: &mut Drawing, name: &str) -> Rect {
    item(drawing, name).rect
}

fn wire<'a>(drawing: &'a mut Drawing, from: &str, to: &str) -> &'a mut Wire {
    let mut wires = drawing.wires.iter_mut();
    wires.find(|it| *it.from == *from && *it.to == *to).unwrap()
}

/// Leads the wire from the users to the internet past a point.
fn detour(drawing: &mut Drawing, by: Point) {
    let points = &mut wire(drawing, "Users", "Internet").points;
    let (first, last) = (points[0], *points.last().unwrap());
    *points = vec![
        first,
        Point::new(by.x, first.y),
        Point::new(by.x, by.y),
        Point::new(last.x, by.y),
        last,
    ];
}

/// Moves an item with its texts to another's place.
fn cover(drawing: &mut Drawing, name: &str, other: &str) {
    let to = rect(drawing, other);
    let it = item(drawing, name);
    let (x, y) = (to.x - it.rect.x, to.y - it.rect.y);
    for rect in it
        .labels
        .iter_mut()
        .map(|it| &mut it.rect)
        .chain([&mut it.rect])
    {
        rect.x += x;
        rect.y += y;
    }
}

/// What is done to a drawing, and the words of the objection.
type Break = (fn(&mut Drawing), &'static str);

const BREAKS: [Break; 19] = [
    (
        |it| item(it, "WebGroup").labels[0].rect.width += 2_000.0,
        "” leaves WebGroup",
    ),
    (
        |it| item(it, "PublicSubnetA").labels[1].rect.y -= 500.0,
        "” leaves PublicSubnetA",
    ),
    (
        |it| item(it, "WebSecurityGroup").labels[0].rect.x -= 40.0,
        "” leaves WebSecurityGroup",
    ),
    (
        |it| item(it, "WebSecurityGroup").labels[0].rect.x -= 20.0,
        "” lies on the sign of WebSecurityGroup",
    ),
    (
        |it| {
            let below = item(it, "PublicSubnetA").labels[1].rect;
            item(it, "PublicSubnetA").labels[0].rect.y = below.y;
        },
        "of PublicSubnetA overlaps “",
    ),
    (
        |it| {
            let other = item(it, "Internet").labels[0].rect;
            item(it, "Users").labels[0].rect = other;
        },
        "“Users” of Users",
    ),
    (
        |it| {
            let tile = rect(it, "NatGatewayA");
            item(it, "PrivateSubnetA").labels[0].rect.y = tile.y;
            item(it, "PrivateSubnetA").labels[0].rect.x = tile.x;
        },
        "of PrivateSubnetA lies on NatGatewayA",
    ),
    (
        |it| item(it, "WebGroup.a1").rect.x -= 500.0,
        "WebGroup.a1 leaves what it stands in",
    ),
    (
        |it| item(it, "PublicSubnetA").rect.width += 40.0,
        "PublicSubnetA leaves what it stands in",
    ),
    (|it| it.height -= 100.0, "leaves the paper"),
    (
        |it| cover(it, "Internet", "Users"),
        "Internet overlaps Users",
    ),
    (
        |it| item(it, "IsolatedSubnetA").rect.y -= 60.0,
        "IsolatedSubnetA overlaps PrivateSubnetA",
    ),
    (
        |it| {
            let at = rect(it, "LogBucket").center();
            detour(it, at);
        },
        "the wire from Users to Internet runs through LogBucket",
    ),
    (
        |it| {
            let at = item(it, "LogBucket").labels[0].rect.center();
            detour(it, at);
        },
        "runs through “S3 bucket” of LogBucket",
    ),
    (
        |it| {
            let at = rect(it, "WebGroup").center();
            detour(it, at);
        },
        "the wire from Users to Internet runs through WebGroup",
    ),
    (
        |it| {
            let points = &mut wire(it, "Users", "Internet").points;
            points[0].y -= 100.0;
        },
        "does not reach Users",
    ),
    (
        |it| item(it, "WebGroup").rect.y -= 150.0,
        "WebGroup and NatGatewayA do not fit",
    ),
    (
        |it| {
            let right = rect(it, "WebGroup").right();
            let group = item(it, "Database");
            group.rect.width = right - group.rect.x;
        },
        "Database stands over IsolatedSubnetC, where none of it is",
    ),
    (
        |it| it.wires.retain(|it| *it.to != *"WebGroup"),
        "LoadBalancer to WebGroup is not shown",
    ),
];

#[test]
fn a_drawing_that_is_broken_in_one_place_is_objected_to() {
    let topology = topology();
    let sound = draw(&topology, Detail::Full, Lang::En);
    assert_eq!(found(&sound, &topology), Vec::<String>::new());
    for (change, words) in BREAKS {
        let mut drawing = sound.clone();
        change(&mut drawing);
        let found = found(&drawing, &topology);
        assert!(
            found.iter().any(|it| it.contains(words)),
            "nobody says “{words}”, but:\n{}",
            found.join("\n")
        );
    }
}

#[test]
fn a_group_that_ends_before_its_last_member_is_objected_to() {
    let topology = topology();
    let mut drawing = draw(&topology, Detail::Full, Lang::En);
    // No member is left outside: only the span is wrong.
    let last = rect(&mut drawing, "WebGroup.c1");
    drawing
        .items
        .retain(|it| !it.name.starts_with("WebGroup.c"));
    item(&mut drawing, "WebGroup").rect.width -= last.width + 200.0;
    let said = misspanned(&drawing, &topology);
    assert_eq!(said, ["WebGroup does not stand over PrivateSubnetC"]);
}
