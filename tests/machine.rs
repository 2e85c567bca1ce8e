//! State machines as pictures: rules that hold for every definition, in both forms.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use azimuth::blueprint;
use azimuth::diagram::machine::{Form, Kind, Picture, lay, markup, svg};
use azimuth::diagram::{Point, Rect, Theme};
use azimuth::lifecycle::Deployed;
use azimuth::states::{Graph, graph, read};

const VARIANTS: [&[(&str, &str)]; 4] = [
    &[],
    &[("schedule.calls", "sdk")],
    &[("network.zones", "3"), ("schedule.gateways", "per-az")],
    &[("schedule.calls", "sdk"), ("schedule.keep_address", "true")],
];

fn machine(options: &[(&str, &str)]) -> Graph {
    let mut design = blueprint::base("scheduled-nat").unwrap();
    for (key, value) in options {
        design.set(key, value).unwrap();
    }
    let deployed = Deployed::of(&design.expand()).unwrap().unwrap();
    graph(&deployed.scene.machine)
}

/// Every definition in both forms, with what runs inside of a Map alone, too.
fn pictures() -> &'static [(String, Picture)] {
    static ALL: OnceLock<Vec<(String, Picture)>> = OnceLock::new();
    ALL.get_or_init(drawn)
}

fn drawn() -> Vec<(String, Picture)> {
    let mut all = Vec::new();
    for options in VARIANTS {
        let graph = machine(options);
        let inner = graph.nodes.iter().filter_map(|it| it.inner.as_ref());
        for (at, graph) in [&graph].into_iter().chain(inner).enumerate() {
            for form in [Form::Wide, Form::Tall] {
                all.push((format!("{options:?} {at} {form:?}"), lay(graph, form)));
            }
        }
    }
    all
}

fn pieces(picture: &Picture) -> impl Iterator<Item = (&str, &str, Rect)> {
    picture.ways.iter().flat_map(|way| {
        let pairs = way.points.windows(2);
        pairs.map(|it| {
            (
                way.from.as_str(),
                way.to.as_str(),
                Rect::between(it[0], it[1]),
            )
        })
    })
}

/// Whether one path is the other's, or of what runs inside of it.
fn is_in(path: &str, outer: &str) -> bool {
    path == outer || path.starts_with(&format!("{outer}."))
}

fn touches(flat: Rect, rect: Rect) -> bool {
    flat.x <= rect.right()
        && rect.x <= flat.right()
        && flat.y <= rect.bottom()
        && rect.y <= flat.bottom()
}

#[test]
fn no_two_states_overlap_and_inner_ones_are_inside_their_map() {
    for (name, picture) in pictures() {
        for one in &picture.shapes {
            for other in &picture.shapes {
                let is_inside = is_in(&one.path, &other.path);
                assert!(
                    !is_inside || other.rect.contains(&one.rect),
                    "{name}: {}",
                    one.path
                );
                let is_around = is_in(&other.path, &one.path);
                let is_free = is_inside || is_around || !one.rect.overlaps(&other.rect);
                assert!(is_free, "{name}: {} and {}", one.path, other.path);
            }
        }
    }
}

#[test]
fn every_way_is_drawn_and_its_pieces_are_level_or_upright() {
    for (name, picture) in pictures() {
        for way in &picture.ways {
            assert!(way.points.len() > 1, "{name}: {} to {}", way.from, way.to);
        }
        for (from, to, piece) in pieces(picture) {
            let is_straight = piece.width == 0.0 || piece.height == 0.0;
            assert!(is_straight, "{name}: {from} to {to}");
        }
    }
}

#[test]
fn no_way_crosses_a_state_that_is_not_its_own() {
    for (name, picture) in pictures() {
        for (from, to, piece) in pieces(picture) {
            for shape in &picture.shapes {
                let is_own = shape.path == from || shape.path == to;
                let is_around = is_in(from, &shape.path);
                // The outline of a Choice comes to a point, 9 units at most.
                let least = match (is_own, shape.kind) {
                    (true, Kind::Choice) => shape.rect.grow(-9.5),
                    (true, _) => shape.rect.grow(-0.5),
                    (false, _) => shape.rect,
                };
                let is_free = is_around && !is_own || !touches(piece, least);
                assert!(is_free, "{name}: {from} to {to} meets {}", shape.path);
            }
        }
    }
}

#[test]
fn words_stand_free() {
    for (name, picture) in pictures() {
        let words: Vec<_> = picture
            .ways
            .iter()
            .filter_map(|it| it.caption.as_ref())
            .collect();
        for (at, one) in words.iter().enumerate() {
            for other in &words[at + 1..] {
                assert!(
                    !one.rect.overlaps(&other.rect),
                    "{name}: {} and {}",
                    one.text,
                    other.text
                );
            }
            for (from, to, piece) in pieces(picture) {
                assert!(
                    !touches(piece, one.rect),
                    "{name}: {from} to {to} crosses {}",
                    one.text
                );
            }
            for shape in picture.shapes.iter().filter(|it| it.kind != Kind::Map) {
                assert!(
                    !shape.rect.overlaps(&one.rect),
                    "{name}: {} on {}",
                    one.text,
                    shape.path
                );
            }
        }
    }
}

#[test]
fn ways_lie_on_each_other_only_where_they_meet_or_part() {
    for (name, picture) in pictures() {
        for (from, to, one) in pieces(picture) {
            for (its_from, its_to, other) in pieces(picture) {
                let is_friend = from == its_from || to == its_to;
                let is_along = (one.width == 0.0) == (other.width == 0.0);
                let shared = (one.right().min(other.right()) - one.x.max(other.x))
                    .max(one.bottom().min(other.bottom()) - one.y.max(other.y));
                let on = is_along && touches(one, other) && shared > 0.0;
                assert!(
                    is_friend || !on,
                    "{name}: {from} to {to} on {its_from} to {its_to}"
                );
            }
        }
    }
}

#[test]
fn everything_is_within_the_picture() {
    for (name, picture) in pictures() {
        let paper = Rect::new(0.0, 0.0, picture.width, picture.height);
        let states = picture.shapes.iter().map(|it| it.rect);
        let ways = picture.ways.iter().flat_map(|it| &it.points);
        let starts = picture
            .starts
            .iter()
            .chain(ways)
            .map(|it| Rect::around(*it, 0.0));
        for rect in states.chain(starts) {
            assert!(paper.contains(&rect), "{name}: {rect:?}");
        }
    }
}

/// The names from the start to the good end, one under the other.
#[test]
fn the_way_to_a_good_end_runs_straight_down() {
    let picture = lay(&machine(VARIANTS[0]), Form::Wide);
    let axis = |path: &str| {
        let shape = picture.shapes.iter().find(|it| it.path == path).unwrap();
        Point::new(shape.rect.center().x, shape.rect.y)
    };
    let way = [
        "Now", "Which", "Plan", "TakeTurn", "Unlock", "Judge", "Tell", "Done",
    ];
    for pair in way.windows(2) {
        let (upper, lower) = (axis(pair[0]), axis(pair[1]));
        assert!(upper.x == lower.x && upper.y < lower.y, "{pair:?}");
    }
}

#[test]
fn a_state_is_found_by_its_path() {
    let graph = machine(VARIANTS[1]);
    let text = markup(&lay(&graph, Form::Tall), "Machine");
    assert!(text.contains("data-state=\"Gateways.AddRoutes.CreateRoute\""));
    assert!(text.contains("data-from=\"TakeTurn\" data-to=\"Gateways\""));
    assert!(text.contains("ec2:createRoute"));
    assert!(!text.contains("<style>"));
    let by_function = lay(&machine(VARIANTS[0]), Form::Tall);
    assert!(markup(&by_function, "").contains("RoutesFunction: create"));
}

#[test]
fn a_file_has_its_colors_and_is_the_same_each_time() {
    let graph = machine(VARIANTS[2]);
    for theme in Theme::ALL {
        let text = svg(&graph, theme, "Machine");
        assert!(!text.contains("var("));
        assert_eq!(text, svg(&graph, theme, "Machine"));
    }
}

#[test]
fn a_machine_of_one_state_that_returns_to_itself_is_drawn() {
    let one = serde_json::json!({"StartAt": "A", "States": {"A": {
        "Type": "Choice",
        "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}],
        "Default": "B",
    }, "B": {"Type": "Succeed"}}});
    let picture = lay(&graph(&read(&one).unwrap()), Form::Wide);
    assert_eq!(picture.shapes.len(), 2);
}

/// Generous in a build without optimization; `cargo bench` holds the goal.
#[test]
fn a_machine_is_drawn_while_nobody_waits() {
    let graph = machine(VARIANTS[2]);
    let start = Instant::now();
    let picture = lay(&graph, Form::Wide);
    let text = markup(&picture, "");
    println!(
        "{} states, {} bytes: {:?}",
        picture.shapes.len(),
        text.len(),
        start.elapsed()
    );
    assert!(start.elapsed() < Duration::from_secs(3));
}
