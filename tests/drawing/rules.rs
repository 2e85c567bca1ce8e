//! What an architect would object to, as functions of a drawing.

use azimuth::aws::Name;
use azimuth::diagram::{Drawing, Item, Label, Plate, Point, Rect, Shape, Wire};
use azimuth::topology::{Link, LinkKind, Topology, parts};

/// Every objection to a drawing.
pub fn objections(drawing: &Drawing) -> Vec<String> {
    let mut all = Vec::new();
    nesting(drawing, &mut all);
    siblings(drawing, &mut all);
    texts(drawing, &mut all);
    groups(drawing, &mut all);
    wires(drawing, &mut all);
    lanes(drawing, &mut all);
    plates(drawing, &mut all);
    all
}

/// Links between things that are drawn, without a wire, or whose label is not shown.
pub fn unshown(drawing: &Drawing, all: &[Link]) -> Vec<String> {
    let drawn = |name: &str| drawing.items.iter().any(|it| *it.name == *name);
    let links = all.iter().filter(|it| drawn(&it.from) && drawn(&it.to));
    links
        .filter(|link| {
            let is_labelled = |it: &Link| wire_of(drawing, it).is_some_and(|it| it.plate.is_some());
            // Branches of one trunk may share its label.
            let mut trunk = all.iter().filter(|it| {
                it.from == link.from && it.kind == link.kind && it.label == link.label
            });
            let is_said = link.label.is_none() || trunk.any(is_labelled);
            wire_of(drawing, link).is_none() || !is_said
        })
        .map(|it| format!("{} to {} is not shown", it.from, it.to))
        .collect()
}

fn wire_of<'a>(drawing: &'a Drawing, link: &Link) -> Option<&'a Wire> {
    let mut wires = drawing.wires.iter();
    wires.find(|it| it.from == link.from && it.to == link.to && it.kind == link.kind)
}

/// Groups that do not stand over the subnets from their first one to their last, or that stand over others.
pub fn misspanned(drawing: &Drawing, topology: &Topology) -> Vec<String> {
    let parts = parts(topology);
    let mut all = Vec::new();
    for group in drawing.items.iter().filter(|it| is_group(it)) {
        let own = || parts.iter().filter(|it| it.of == group.name);
        let node = topology.node(&group.name);
        let is_anywhere = node.is_some_and(|it| it.resource.launches().is_some());
        let homes: Vec<&Name> = if is_anywhere || own().next().is_none() {
            topology.subnets_of(&group.name)
        } else {
            own().map(|it| &it.subnet).collect()
        };
        let is_over = |it: &&Item| it.rect.overlaps(&group.rect);
        let vpc_of = |it: &Item| drawing.items[it.inside.unwrap()].inside;
        let subnets = drawing.items.iter().filter(|it| is_subnet(it));
        let subnets = || subnets.clone().filter(|it| vpc_of(it) == group.inside);
        let is_in_row = |it: &&Item| subnets().filter(is_over).any(|its| its.rect.y == it.rect.y);
        let row: Vec<&Item> = subnets().filter(is_in_row).collect();
        let lived_in = row.iter().filter(|it| homes.contains(&&it.name));
        let first = lived_in
            .clone()
            .map(|it| it.rect.x)
            .fold(f64::MAX, f64::min);
        let last = lived_in.map(|it| it.rect.x).fold(f64::MIN, f64::max);
        for it in row {
            let is_due = first <= it.rect.x && it.rect.x <= last;
            match (is_due, is_over(&it)) {
                (true, false) => {
                    all.push(format!("{} does not stand over {}", group.name, it.name))
                }
                (false, true) => all.push(format!(
                    "{} stands over {}, where none of it is",
                    group.name, it.name
                )),
                (true, true) | (false, false) => (),
            }
        }
    }
    all
}

/// An item with its texts.
fn extent(item: &Item) -> Rect {
    let labels = item.labels.iter().map(|it| it.rect);
    labels.fold(item.rect, |all, it| all.union(&it))
}

/// An item's box and the boxes of its texts.
fn pieces_of(item: &Item) -> Vec<Rect> {
    let labels = item.labels.iter().map(|it| it.rect);
    labels.chain([item.rect]).collect()
}

fn is_container(item: &Item) -> bool {
    item.shape.is_container()
}

fn is_group(item: &Item) -> bool {
    matches!(item.shape, Shape::Group(_))
}

fn is_subnet(item: &Item) -> bool {
    matches!(item.shape, Shape::PublicSubnet | Shape::PrivateSubnet)
}

fn is_gate(item: &Item) -> bool {
    item.backing.is_some()
}

fn nesting(drawing: &Drawing, all: &mut Vec<String>) {
    let paper = Rect::new(0.0, 0.0, drawing.width, drawing.height);
    for item in &drawing.items {
        let outer = item.inside.map_or(paper, |it| drawing.items[it].rect);
        let out = extent(item);
        if !outer.contains(&out) {
            all.push(format!(
                "{} leaves what it stands in: {out:?} in {outer:?}",
                item.name
            ));
        }
        if let Some(alert) = &item.alert
            && !item.rect.contains(&alert.rect)
        {
            all.push(format!("the alert of {} leaves it", item.name));
        }
    }
    let keys = drawing.legend.iter().map(|it| it.label.rect);
    let plates = drawing.wires.iter().filter_map(|it| it.plate.as_ref());
    let points = drawing.wires.iter().flat_map(|it| &it.points);
    let rects = keys
        .chain(plates.map(|it| it.rect))
        .chain(points.map(|it| Rect::around(*it, 0.0)));
    for rect in rects.filter(|it| !paper.contains(it)) {
        all.push(format!("{rect:?} leaves the paper"));
    }
}

fn siblings(drawing: &Drawing, all: &mut Vec<String>) {
    for (index, one) in drawing.items.iter().enumerate() {
        for other in &drawing.items[..index] {
            // Groups cross zones, and a gateway stands on the side of its VPC.
            let crossing = is_group(one) != is_group(other) || is_gate(one) || is_gate(other);
            let frames = is_container(one) || is_container(other);
            if one.inside != other.inside || (crossing && frames) {
                continue;
            }
            if pieces_of(one)
                .iter()
                .any(|it| pieces_of(other).iter().any(|its| it.overlaps(its)))
            {
                all.push(format!("{} overlaps {}", one.name, other.name));
            }
        }
    }
}

/// Every text with what it belongs to.
fn labels(drawing: &Drawing) -> Vec<(String, Label)> {
    let mut labels = Vec::new();
    for item in &drawing.items {
        labels.extend(
            item.labels
                .iter()
                .map(|it| (item.name.to_string(), it.clone())),
        );
    }
    for wire in &drawing.wires {
        let plate = wire.plate.iter().flat_map(|it| &it.labels);
        labels.extend(plate.map(|it| (format!("{} to {}", wire.from, wire.to), it.clone())));
    }
    let legend = drawing.legend.iter();
    labels.extend(legend.map(|it| ("legend".to_owned(), it.label.clone())));
    labels
}

fn texts(drawing: &Drawing, all: &mut Vec<String>) {
    let labels = labels(drawing);
    for (index, (owner, one)) in labels.iter().enumerate() {
        for (other_owner, other) in &labels[..index] {
            if one.rect.overlaps(&other.rect) {
                all.push(format!(
                    "“{}” of {owner} overlaps “{}” of {other_owner}",
                    one.text, other.text
                ));
            }
        }
        for item in drawing.items.iter().filter(|it| !is_container(it)) {
            let own_tag = matches!(item.shape, Shape::Tag(_)) && *owner == *item.name;
            if one.rect.overlaps(&item.rect) && !own_tag {
                all.push(format!("“{}” of {owner} lies on {}", one.text, item.name));
            }
        }
    }
    for item in &drawing.items {
        let sign = item.sign.map_or(Rect::default(), |(_, it)| it);
        for label in item.labels.iter().filter(|it| it.rect.overlaps(&sign)) {
            let text = &label.text;
            all.push(format!("“{text}” lies on the sign of {}", item.name));
        }
        let has_box = is_container(item) || matches!(item.shape, Shape::Tag(_));
        for label in item.labels.iter().filter(|_| has_box) {
            if !item.rect.contains(&label.rect) {
                all.push(format!("“{}” leaves {}", label.text, item.name));
            }
        }
    }
}

/// A group covers its members, and nothing else that is drawn lies in it.
fn groups(drawing: &Drawing, all: &mut Vec<String>) {
    for (index, group) in drawing
        .items
        .iter()
        .enumerate()
        .filter(|(_, it)| is_group(it))
    {
        for item in drawing.items.iter().filter(|it| !is_container(it)) {
            let is_member = item.inside == Some(index);
            if is_member != group.rect.overlaps(&extent(item)) {
                all.push(format!("{} and {} do not fit", group.name, item.name));
            }
        }
    }
}

fn chain(drawing: &Drawing, index: usize) -> Vec<usize> {
    std::iter::successors(Some(index), |it| drawing.items[*it].inside).collect()
}

fn spans(points: &[Point]) -> Vec<Rect> {
    let pairs = points.iter().zip(points.iter().skip(1));
    pairs.map(|(a, b)| Rect::between(*a, *b)).collect()
}

/// Whether a piece of a wire runs through a box; along its side is not through it.
fn runs_through(piece: &Rect, rect: &Rect) -> bool {
    let rect = rect.grow(-0.01);
    piece.x < rect.right()
        && rect.x < piece.right().max(piece.x + 1e-9)
        && piece.y < rect.bottom()
        && rect.y < piece.bottom().max(piece.y + 1e-9)
}

fn wires(drawing: &Drawing, all: &mut Vec<String>) {
    let find = |name: &str| drawing.items.iter().position(|it| *it.name == *name);
    for (place, wire) in drawing.wires.iter().enumerate() {
        let name = format!("the wire from {} to {}", wire.from, wire.to);
        let (Some(from), Some(to)) = (find(&wire.from), find(&wire.to)) else {
            all.push(format!("{name} ends in nothing"));
            continue;
        };
        let around: Vec<usize> = [chain(drawing, from), chain(drawing, to)].concat();
        let groups: Vec<Rect> = around
            .iter()
            .map(|it| &drawing.items[*it])
            .filter(|it| is_group(it))
            .map(|it| it.rect)
            .collect();
        let pieces = spans(&wire.points);
        if pieces.iter().any(|it| it.width > 0.0 && it.height > 0.0) {
            all.push(format!("{name} is not orthogonal"));
        }
        for (index, item) in drawing.items.iter().enumerate() {
            let touched = match item.shape {
                Shape::Zone => true,
                Shape::Icon(_) | Shape::Tag(_) => false,
                Shape::PublicSubnet | Shape::PrivateSubnet => {
                    // Copies are asked and kept in step along their tier.
                    let in_row = |it: &usize| drawing.items[*it].rect.y == item.rect.y;
                    let is_along = match wire.kind {
                        LinkKind::Replication => true,
                        LinkKind::Request | LinkKind::Blocked => !groups.is_empty(),
                        LinkKind::Egress
                        | LinkKind::Peering
                        | LinkKind::Vpn
                        | LinkKind::Control => false,
                    };
                    let along = is_along && around.iter().any(in_row);
                    let under = || groups.iter().any(|it| it.overlaps(&item.rect));
                    around.contains(&index) || along || under()
                }
                Shape::Region | Shape::Vpc | Shape::Panel | Shape::Group(_) => {
                    around.contains(&index)
                }
            };
            let is_end = index == from || index == to;
            let blocks = pieces.iter().any(|it| runs_through(it, &item.rect));
            if blocks && (!touched || is_end) {
                all.push(format!("{name} runs through {}", item.name));
            }
        }
        for (owner, label) in labels(drawing) {
            // One label stands for all branches of a trunk, and is drawn after them.
            let copies = drawing.wires[place..]
                .iter()
                .filter(|it| it.plate.is_some() && it.kind == wire.kind && it.from == wire.from);
            let own = copies.chain([wire]);
            let own: Vec<String> = own.map(|it| format!("{} to {}", it.from, it.to)).collect();
            if !own.contains(&owner) && pieces.iter().any(|it| runs_through(it, &label.rect)) {
                all.push(format!("{name} runs through “{}” of {owner}", label.text));
            }
        }
        for (point, end) in [(wire.points.first(), from), (wire.points.last(), to)] {
            let reach = extent(&drawing.items[end]).grow(4.0);
            if point.is_none_or(|it| !reach.contains(&Rect::around(*it, 0.0))) {
                all.push(format!("{name} does not reach {}", drawing.items[end].name));
            }
        }
    }
}

/// A wire's label lies on its wire, and on no sign.
fn plates(drawing: &Drawing, all: &mut Vec<String>) {
    for wire in &drawing.wires {
        let plate = wire.plate.as_ref().map_or(Rect::default(), |it| it.rect);
        for item in &drawing.items {
            if item.sign.is_some_and(|(_, it)| it.overlaps(&plate)) {
                let (from, to) = (&wire.from, &wire.to);
                all.push(format!(
                    "the label of {from}-{to} lies on the sign of {}",
                    item.name
                ));
            }
        }
        let pieces = spans(&wire.points);
        let is_on = |it: &Plate| {
            let center = Rect::around(it.rect.center(), 0.0);
            pieces.iter().any(|it| it.grow(1.0).contains(&center))
        };
        if wire.plate.as_ref().is_some_and(|it| !is_on(it)) {
            all.push(format!("the label of {}-{} is off it", wire.from, wire.to));
        }
    }
}

/// Wires that leave the VPC that both ends stand in. With everything in one design that a blueprint can hold, no lane is
/// left beside the zones: there a wire may.
#[allow(
    dead_code,
    reason = "one of two tests that share the rules asks for it"
)]
pub fn strays(drawing: &Drawing) -> Vec<String> {
    let vpc = |name: &str| {
        let end = drawing.items.iter().position(|it| *it.name == *name)?;
        let mut around = chain(drawing, end).into_iter();
        around.find(|it| drawing.items[*it].shape == Shape::Vpc)
    };
    let leaves = |wire: &&Wire| {
        let home = vpc(&wire.from).filter(|it| vpc(&wire.to) == Some(*it));
        home.is_some_and(|home| {
            let home = drawing.items[home].rect;
            !spans(&wire.points).iter().all(|it| home.contains(it))
        })
    };
    let strays = drawing.wires.iter().filter(leaves);
    strays
        .map(|it| format!("{}-{} leaves its VPC", it.from, it.to))
        .collect()
}

/// Labels of wires that lie on the side of a frame or group; a Region's side has to be crossed. What stands nowhere, as in
/// a broken topology, has wires all over the drawing: there a label may.
#[allow(
    dead_code,
    reason = "one of two tests that share the rules asks for it"
)]
pub fn across(drawing: &Drawing) -> Vec<String> {
    let mut all = Vec::new();
    for wire in &drawing.wires {
        let Some(plate) = wire.plate.as_ref().map(|it| it.rect) else {
            continue;
        };
        let groups = drawing.items.iter().filter(|it| is_group(it));
        let in_group = groups.clone().any(|it| it.rect.contains(&plate));
        for item in drawing.items.iter().filter(|it| is_container(it)) {
            // Inside a group, the frames under it cannot be seen.
            let is_seen = is_group(item) || !in_group;
            let on_side = item.rect.overlaps(&plate) && !item.rect.contains(&plate);
            if on_side && is_seen && item.shape != Shape::Region {
                all.push(format!(
                    "the label of {}-{} lies on the side of {}",
                    wire.from, wire.to, item.name
                ));
            }
        }
    }
    all
}

/// Wires that are no branches of one trunk keep apart.
fn lanes(drawing: &Drawing, all: &mut Vec<String>) {
    for (index, one) in drawing.wires.iter().enumerate() {
        for other in &drawing.wires[..index] {
            let is_trunk = one.kind == other.kind && (one.from == other.from || one.to == other.to);
            if is_trunk {
                continue;
            }
            for a in spans(&one.points) {
                for b in spans(&other.points) {
                    let parallel = (a.width > 0.0) == (b.width > 0.0);
                    if parallel && a.grow(2.5).overlaps(&b) && !meets_at_end(&a, &b) {
                        all.push(format!(
                            "{}-{} and {}-{} share a lane",
                            one.from, one.to, other.from, other.to
                        ));
                    }
                }
            }
        }
    }
}

/// Whether two pieces in one line only touch.
fn meets_at_end(a: &Rect, b: &Rect) -> bool {
    let across = a.right().min(b.right()) - a.x.max(b.x);
    let down = a.bottom().min(b.bottom()) - a.y.max(b.y);
    if a.width > 0.0 {
        across <= 0.0
    } else {
        down <= 0.0
    }
}
