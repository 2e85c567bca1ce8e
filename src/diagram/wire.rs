//! Every connection as a wire: routed one after the other, then labelled.

use super::drawing::{Item, Shape, Style, Wire};
use super::geometry::{Point, Rect};
use super::lanes::{Lanes, Level, Near, Ranges, Rows, joined};
use super::port::{End, Kinds};
use super::route::{Field, Pass, Terms, View, route};
use super::search::Known;
use super::shape::{Canvas, Lane};
use super::{measure, outside, plate};
use crate::aws::Name;
use crate::lookup::Lookup;
use crate::topology::{Link, LinkKind, passed};

/// Distance that a wire keeps from an icon.
pub(super) const CLEAR: f64 = 3.0;
/// Nearer than this, two parallel wires are hard to tell apart.
const NEAR: f64 = 15.0;
/// Distance that a wire keeps from a text.
const CLEAR_OF_TEXT: f64 = 2.0;

/// A connection whose ends are drawn.
struct Connection<'a> {
    link: &'a Link,
    /// The link's, where it is asked for often.
    kind: LinkKind,
    /// Items at its ends, by index.
    ends: [usize; 2],
    /// How much room its wire needs to either side.
    berth: f64,
    is_synchronous: bool,
}

/// Routes every connection whose ends are drawn.
pub(super) fn wires(canvas: &Canvas<'_>, width: f64, height: f64) -> Vec<Wire> {
    let (connections, kinds) = connections(canvas);
    let mut ways = Ways::new(canvas, kinds, width, height);
    let mut wires: Vec<Wire> = Vec::new();
    let mut drawn: Vec<&Connection<'_>> = Vec::new();
    for it in &connections {
        let terms: Vec<Terms> = drawn.iter().map(|other| terms(other, it)).collect();
        let Some(points) = ways.find(it, &terms) else {
            continue;
        };
        ways.field.wire(drawn.len(), &points, it.berth);
        ways.take(&points);
        drawn.push(it);
        wires.push(Wire {
            from: it.link.from.clone(),
            to: it.link.to.clone(),
            kind: it.kind,
            cut: middle(&points),
            points,
            hops: Vec::new(),
            plate: None,
            needs: needs(canvas, it.link, it.ends),
        });
    }
    hops(&mut wires, &drawn);
    let said = drawn.iter().map(|it| it.link.label.as_deref());
    plate::plates(canvas, &mut wires, said.collect(), (width, height));
    // What shares a lane with a labelled wire is not to cover the label.
    wires.sort_by_key(|it| it.plate.is_some());
    wires
}

/// The connections, what controls led from and to the icon that stands for it: one wire for all of them.
pub(super) fn between_items(canvas: &Canvas<'_>) -> Vec<Link> {
    let shown = |name: &Name| {
        let mut items = canvas.items.iter();
        let item = items.find(|it| it.name == *name || it.all.contains(name));
        item.map(|it| it.name.clone())
    };
    let mut links: Vec<Link> = Vec::new();
    for link in canvas.links {
        if link.kind != LinkKind::Control {
            links.push(link.clone());
        } else if let (Some(from), Some(to)) = (shown(&link.from), shown(&link.to)) {
            let link = Link {
                from,
                to,
                ..link.clone()
            };
            if !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}

/// Tunnels have few lanes to choose from. Copies keep in step beside the way of requests, which is found before.
fn turn(kind: LinkKind) -> u8 {
    match kind {
        LinkKind::Vpn => 0,
        LinkKind::Request | LinkKind::Blocked | LinkKind::Egress | LinkKind::Peering => 1,
        LinkKind::Replication => 2,
        LinkKind::Control => 3,
    }
}

/// In the order in which they are routed, and which kinds each item has, by index.
fn connections<'a>(canvas: &Canvas<'a>) -> (Vec<Connection<'a>>, Vec<Kinds>) {
    let mut places: Lookup<&str, usize> = Lookup::default();
    for (index, it) in canvas.items.iter().enumerate() {
        places.or_insert(it.name.as_str(), index);
    }
    let place = |name: &str| places.get(name).copied();
    let mut kinds = vec![Kinds::default(); canvas.items.len()];
    let mut connections = Vec::new();
    for link in canvas.links {
        let (from, to) = (place(&link.from), place(&link.to));
        if let Some(it) = from.and_then(|it| kinds.get_mut(it)) {
            it.goes_out(link.kind);
        }
        if let Some(it) = to.and_then(|it| kinds.get_mut(it)) {
            it.comes_in(link.kind);
        }
        if let (Some(from), Some(to)) = (from, to) {
            connections.push(Connection {
                link,
                kind: link.kind,
                ends: [from, to],
                berth: berth(link),
                is_synchronous: is_synchronous(&link.to),
            });
        }
    }
    connections.sort_by_key(|it| turn(it.kind));
    (connections, kinds)
}

/// An item and the chain of those that it stands in.
fn chain(items: &[Item], index: usize) -> impl Iterator<Item = (usize, &Item)> {
    std::iter::successors(Some(index), |it| items.get(*it)?.inside)
        .filter_map(|it| Some((it, items.get(it)?)))
}

/// Both ends, the zones that they are in alone, and what is passed between them.
fn needs(canvas: &Canvas<'_>, link: &Link, ends: [usize; 2]) -> Vec<Name> {
    let mut names = vec![link.from.clone(), link.to.clone()];
    names.extend(passed(canvas.words.topology, link));
    for end in ends {
        let zones = chain(&canvas.items, end).filter(|(_, it)| it.shape == Shape::Zone);
        for (_, zone) in zones {
            if !names.contains(&zone.name) {
                names.push(zone.name.clone());
            }
        }
    }
    names
}

/// What all wires find, and what is known of the search for the last one.
struct Ways<'a> {
    canvas: &'a Canvas<'a>,
    /// By item.
    kinds: Vec<Kinds>,
    /// Subnets, by index, and VPCs.
    subnets: Vec<(usize, Rect)>,
    vpcs: Vec<Rect>,
    field: Field,
    known: Known,
    xs: Lanes,
    /// All upright lanes, for where the open ones leave no way.
    every: Lanes,
    /// Upright lanes in the middle of their channels.
    middles: Lanes,
    ys: Rows,
}

impl<'a> Ways<'a> {
    fn new(canvas: &'a Canvas<'a>, kinds: Vec<Kinds>, width: f64, height: f64) -> Self {
        let middles = canvas.xs.iter().copied().filter(|it| it.off == 0.0);
        let every = Lanes::new(canvas.xs.clone());
        let items = canvas.items.iter().enumerate();
        let subnets = items.clone().filter(|(_, it)| is_subnet(it));
        let vpcs = items.filter(|(_, it)| it.shape == Shape::Vpc);
        Self {
            canvas,
            kinds,
            subnets: subnets.map(|(index, it)| (index, it.rect)).collect(),
            vpcs: vpcs.map(|(_, it)| it.rect).collect(),
            field: field(canvas, width, height),
            known: Known::default(),
            xs: every.sparse(),
            every,
            middles: Lanes::new(middles.collect()),
            ys: Rows::new(canvas),
        }
    }

    fn find(&mut self, it: &Connection<'_>, others: &[Terms]) -> Option<Vec<Point>> {
        let passes = self.passes(it);
        let detours = self.canvas.detours.iter();
        let mut detours = detours.filter(|_| it.link.label.is_some());
        let detour = detours.find(|its| its.from == it.link.from && its.to == it.link.to);
        let detour = detour.map(|it| Lanes::new(vec![Lane { at: it.x, off: 0.0 }]));
        // Lanes with room for a label beside them; none is said of a wire without one.
        let roomy = match (&it.link.label, &detour) {
            (None, _) => None,
            (Some(_), Some(detour)) => Some(detour),
            (Some(_), None) => Some(&self.middles),
        };
        let near = self.near(it);
        let everywhere = Near::default();
        let every = self.xs.is_sparse().then_some(&self.every);
        let lanes = [roomy, Some(&self.xs), every].into_iter().flatten();
        let first = near.iter().flat_map(|near| {
            let lanes = lanes.clone();
            lanes.map(move |it| (it, near, others))
        });
        let then = lanes.clone().map(|it| (it, &everywhere, others));
        // Where every lane is taken, a shared one is better than a connection that is not shown.
        let last = (&self.every, &everywhere, &[][..]);
        let [from, to] = it.ends;
        let ends = [self.end(from, to, it.kind)?, self.end(to, from, it.kind)?];
        let around = ends.each_ref().map(|it| it.item.rect);
        let around = self.field.around(&passes, around);
        for (lanes, near, others) in first.chain(then).chain([last]) {
            let xs = lanes.near(near);
            let view = View {
                field: &self.field,
                passes: &passes,
                around: &around,
                others,
                berth: it.berth,
                xs: &xs,
                ys: &self.ys.of(&near.level),
            };
            let [from, to] = ends.each_ref().map(|it| it.ports(&xs));
            if let Some(found) = route(&view, &mut self.known, &from, &to) {
                return Some(found);
            }
        }
        None
    }

    /// One end of a wire, and the other one, by index.
    fn end(&self, at: usize, other: usize, kind: LinkKind) -> Option<End<'a>> {
        Some(End {
            item: self.canvas.items.get(at)?,
            other: self.canvas.items.get(other)?,
            kinds: self.kinds.get(at).copied()?,
            kind,
        })
    }

    /// Opens the lanes beside a new wire.
    fn take(&mut self, points: &[Point]) {
        for piece in pieces(points).filter(|it| it.width == 0.0) {
            self.xs.take(piece.x);
        }
    }

    /// Lanes that may be tried first: what begins and ends in a VPC does not leave it, and all else does not look into
    /// those of others. What leads from outside of VPCs to outside passes above or below those in between.
    fn near(&self, it: &Connection<'_>) -> Option<Near> {
        let items = &self.canvas.items;
        let [from, to] = it.ends.map(|end| {
            let mut around = chain(items, end);
            around.find(|(_, it)| it.shape == Shape::Vpc)
        });
        if let (Some((from, vpc)), Some((to, _))) = (from, to)
            && from == to
        {
            return Some(Near {
                upright: Some(Ranges::Within((vpc.rect.x, vpc.rect.right()))),
                level: Level::Of(from),
            });
        }
        let ends = it.ends.map(|it| items.get(it).map(|it| it.rect));
        let is_foreign = |vpc: &&Rect| !ends.iter().flatten().any(|it| it.overlaps(vpc));
        let foreign: Vec<&Rect> = self.vpcs.iter().filter(is_foreign).collect();
        if foreign.is_empty() {
            return None;
        }
        let columns = foreign.iter().map(|it| (it.x, it.right()));
        let is_at = |vpc: &Item| ends.iter().flatten().all(|it| it.overlaps(&vpc.rect));
        let way = ends.into_iter().flatten().reduce(|a, b| a.union(&b))?;
        let between = foreign.iter();
        let between = between.filter(|it| it.x < way.right() && way.x < it.right());
        let rows = || between.map(|it| (it.y, it.bottom()));
        Some(Near {
            upright: Some(Ranges::Outside(joined(columns.collect()))),
            level: match (from, to) {
                // From inside to what stands on the edge, or the other way round.
                (Some((index, vpc)), None) | (None, Some((index, vpc))) if is_at(vpc) => {
                    Level::Of(index)
                }
                (None, None) => Level::Outside(Ranges::Outside(joined(rows().collect()))),
                _ => Level::Everywhere,
            },
        })
    }
}

/// The ends of each piece of a wire.
pub(super) fn spans(points: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    points.iter().copied().zip(points.iter().skip(1).copied())
}

/// The pieces of a wire, which have no thickness.
pub(super) fn pieces(points: &[Point]) -> impl Iterator<Item = Rect> {
    spans(points).map(|(a, b)| Rect::between(a, b))
}

fn terms(one: &Connection<'_>, other: &Connection<'_>) -> Terms {
    Terms {
        is_friend: is_trunk(one, other),
        berth: one.berth.max(other.berth),
    }
}

/// How much room a wire needs to either side.
fn berth(link: &Link) -> f64 {
    let label = link.label.as_deref();
    let widths = label.map(outside::ports).unwrap_or_default().into_iter();
    let widths = widths.map(|it| measure::width(&it, Style::Detail) / 2.0 + 2.0 * CLEAR);
    widths.fold(NEAR, f64::max)
}

/// Whether two connections are branches of one trunk, which share their lane: they come to one end, or go out from one and
/// what is said of one holds for the other.
fn is_trunk(one: &Connection<'_>, other: &Connection<'_>) -> bool {
    let [from, to] = one.ends;
    let [its_from, its_to] = other.ends;
    let alike = || one.link.label == other.link.label && one.is_synchronous == other.is_synchronous;
    one.kind == other.kind && (to == its_to || (from == its_from && alike()))
}

/// Whether what a wire of copies leads to is kept in step at once.
pub(super) fn is_synchronous(to: &str) -> bool {
    to.ends_with(".standby")
}

/// What wires must go around: the legend, icons, tags, texts, groups, subnets and VPCs. Zones are no walls: with groups across all
/// zones above and below, the gaps between tiers are the only way from one to another.
fn field(canvas: &Canvas<'_>, width: f64, height: f64) -> Field {
    let mut field = Field::new(width, height, canvas.items.len());
    field.text(outside::legend_area(canvas, height));
    for (index, item) in canvas.items.iter().enumerate() {
        for label in &item.labels {
            field.text(label.rect.grow(CLEAR_OF_TEXT));
        }
        match item.shape {
            Shape::Icon(_) | Shape::Tag(_) => field.item(index, item.rect, CLEAR),
            Shape::Zone => field.frame(index, item.rect, None),
            Shape::Group(_) => field.frame(index, item.rect, Some(CLEAR)),
            Shape::Region
            | Shape::Vpc
            | Shape::PublicSubnet
            | Shape::PrivateSubnet
            | Shape::Panel => {
                field.frame(index, item.rect, Some(0.0));
            }
        }
    }
    field
}

impl Ways<'_> {
    /// What each item is to a wire. Open are the groups, subnets and VPCs that its ends stand in. Copies are asked and kept
    /// in step along their tier.
    fn passes(&self, it: &Connection<'_>) -> Vec<Pass> {
        let items = &self.canvas.items;
        let [from, to] = it.ends;
        let kind = it.kind;
        let ends = || chain(items, from).chain(chain(items, to));
        let groups = ends().filter(|(_, it)| matches!(it.shape, Shape::Group(_)));
        let groups: Vec<Rect> = groups.map(|(_, it)| it.rect).collect();
        let is_along =
            kind == LinkKind::Replication || (kind == LinkKind::Request && !groups.is_empty());
        let rows = ends().filter(|(_, it)| is_along && is_subnet(it));
        let rows: Vec<f64> = rows.map(|(_, it)| it.rect.y).collect();
        let is_open = |it: &Rect| {
            let is_under = || groups.iter().any(|group| group.overlaps(it));
            rows.contains(&it.y) || is_under()
        };
        let mut passes = vec![Pass::Closed; items.len()];
        let open = self.subnets.iter().filter(|(_, it)| is_open(it));
        let open = open.map(|(index, _)| *index);
        let open = open.chain(ends().map(|(index, _)| index));
        let open = open.map(|index| (index, Pass::Open));
        for (index, pass) in open.chain([(from, Pass::End), (to, Pass::End)]) {
            if let Some(it) = passes.get_mut(index) {
                *it = pass;
            }
        }
        passes
    }
}

fn is_subnet(it: &Item) -> bool {
    matches!(it.shape, Shape::PublicSubnet | Shape::PrivateSubnet)
}

/// The middle of the longest piece.
fn middle(points: &[Point]) -> Point {
    let longest =
        pieces(points).max_by(|a, b| (a.width + a.height).total_cmp(&(b.width + b.height)));
    longest.unwrap_or_default().center()
}

/// Where a wire crosses another that looks the same but is not of its trunk, both going on for a while, the upright one
/// steps over.
fn hops(wires: &mut [Wire], connections: &[&Connection<'_>]) {
    let mut level: Vec<(Rect, &Connection<'_>)> = Vec::new();
    for (wire, it) in wires.iter().zip(connections) {
        let pieces = pieces(&wire.points).filter(|it| it.height == 0.0);
        level.extend(pieces.map(|piece| (piece, *it)));
    }
    level.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    for (wire, one) in wires.iter_mut().zip(connections) {
        for own in pieces(&wire.points).filter(|it| it.width == 0.0) {
            let (from, to) = (own.y + HOP, own.bottom() - HOP);
            let below = level.partition_point(|(it, _)| it.y <= from);
            let crossed = level.iter().skip(below).take_while(|(it, _)| it.y < to);
            let crossed = crossed.filter(|(it, other)| {
                it.x + HOP < own.x
                    && own.x < it.right() - HOP
                    && one.kind == other.kind
                    && !is_trunk(one, other)
            });
            for hop in crossed.map(|(it, _)| Point::new(own.x, it.y)) {
                if !wire.hops.contains(&hop) {
                    wire.hops.push(hop);
                }
            }
        }
    }
}

/// Half the width of the bow of a step.
pub(super) const HOP: f64 = 5.0;
