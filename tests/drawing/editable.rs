//! The draw.io file: the drawing's own boxes and connections, as containers and edges that a person can go on with.

use std::collections::BTreeMap;

use azimuth::blueprint::base;
use azimuth::diagram::{Detail, Drawing, Theme, draw, drawio};
use azimuth::text::Lang;

use crate::printed::{Element, read};
use crate::with;

/// A vertex with where it stands in the whole drawing: x, y, width, height.
type Places = BTreeMap<String, [f64; 4]>;

fn number(element: &Element, attribute: &str) -> f64 {
    element.get(attribute).parse().unwrap()
}

/// The cells by id, with what wraps or describes each: `object`, `mxCell`, `mxGeometry`.
fn cells(elements: &[Element]) -> Vec<(String, &Element, Option<&Element>)> {
    let mut cells = Vec::new();
    for (index, cell) in elements.iter().enumerate() {
        if cell.name != "mxCell" {
            continue;
        }
        let around = cell.around.last().map(|it| &elements[*it]);
        let id = match around.filter(|it| it.name == "object") {
            Some(object) => object.get("id"),
            None => cell.get("id"),
        };
        let geometry = elements[index + 1..]
            .iter()
            .find(|it| it.around.last() == Some(&index));
        cells.push((id.to_owned(), cell, geometry));
    }
    cells
}

fn places(elements: &[Element]) -> Places {
    let mut places = Places::new();
    places.insert("1".to_owned(), [0.0; 4]);
    for (id, cell, geometry) in cells(elements) {
        if cell.get("vertex") != "1" {
            continue;
        }
        let it = geometry.unwrap();
        let [x, y, ..] = places[cell.get("parent")];
        let at = [
            x + number(it, "x"),
            y + number(it, "y"),
            number(it, "width"),
            number(it, "height"),
        ];
        assert_eq!(places.insert(id.clone(), at), None, "{id} twice");
    }
    places
}

/// The file of a drawing, held against the drawing.
fn hold(what: &str, drawing: &Drawing) {
    let file = drawio(drawing, Theme::Light, "S1 <one & only>");
    let elements = read(&file);
    let places = places(&elements);
    for (index, item) in drawing.items.iter().enumerate() {
        let place = places.get(&format!("n{index}"));
        assert_eq!(place.is_none(), item.absent, "{what}: {}", item.name);
        let Some([x, y, width, height]) = place else {
            continue;
        };
        let rect = item.rect;
        for (one, other) in [
            (x, rect.x),
            (y, rect.y),
            (width, rect.width),
            (height, rect.height),
        ] {
            assert!(
                (one - other).abs() < 0.06,
                "{what}: {} at {one}, not {other}",
                item.name
            );
        }
    }
    let cells = cells(&elements);
    let edges: Vec<&Element> = cells
        .iter()
        .map(|(_, cell, _)| *cell)
        .filter(|it| it.get("edge") == "1")
        .collect();
    assert_eq!(edges.len(), drawing.wires.len(), "{what}");
    for (edge, wire) in edges.iter().zip(&drawing.wires) {
        for (end, name) in [("source", &wire.from), ("target", &wire.to)] {
            let index: usize = edge.get(end)[1..].parse().unwrap();
            assert_eq!(drawing.items[index].name, *name, "{what}");
        }
    }
}

#[test]
fn every_box_and_every_connection_is_where_the_drawing_has_it() {
    let levels = Lang::ALL
        .into_iter()
        .flat_map(|lang| Detail::ALL.map(|it| (it, lang)));
    for (detail, lang) in levels {
        for id in ["multi-tier-web", "three-tier-ha"] {
            hold(id, &draw(&base(id).unwrap().expand(), detail, lang));
        }
        for options in [
            &[("network.zones", "6"), ("network.nat", "per-az")][..],
            &[("network.nat", "endpoints-only"), ("cache.enabled", "true")],
            &[("vpcs.names", "shared,data"), ("edge.cloudfront", "true")],
            &[
                ("access.kind", "bastion"),
                ("fleet.desired", "6"),
                ("backup.copy", "true"),
            ],
        ] {
            hold(
                &format!("{options:?}"),
                &draw(&with(options).expand(), detail, lang),
            );
        }
    }
}

#[test]
fn security_groups_go_along_in_full_detail() {
    let file = drawio(
        &draw(&with(&[]).expand(), Detail::Full, Lang::En),
        Theme::Light,
        "S1",
    );
    let elements = read(&file);
    let mut objects = elements.iter().filter(|it| it.name == "object");
    let tag = objects.find(|it| it.get("resource") == "WebSecurityGroup");
    let tag = tag.unwrap();
    assert_eq!(tag.get("label"), "Web · 80, 443 from Load balancer");
    assert!(tag.get("tooltip").starts_with("Security group Web"));
    assert!(file.contains("strokeColor=#dd344c"), "a red edge");
}

#[test]
fn labels_keep_their_lines_and_wires_say_what_they_carry() {
    let file = drawio(
        &draw(&with(&[]).expand(), Detail::default(), Lang::En),
        Theme::Dark,
        "S1",
    );
    assert!(file.contains("label=\"Public subnet A&#10;10.0.0.0/24\""));
    assert!(file.contains("label=\"VPC  10.0.0.0/16\""));
    assert!(file.contains("value=\"TCP 3306\""));
    assert!(file.contains("background=\"#0f1722\""));
    assert!(!file.contains("=none;image"), "every color is known");
}
