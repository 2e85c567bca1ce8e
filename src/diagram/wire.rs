//! Every connection as a wire: routed one after the other, then labelled.

use std::borrow::Cow;

use super::drawing::{Item, Shape, Style, Wire};
use super::geometry::{Point, Rect};
use super::port::Kinds;
use super::route::{APART, Field, Pass, Port, Terms, View, route};
use super::search::{Known, sorted};
use super::shape::{Canvas, Lane};
use super::{measure, outside, plate, port, theme};
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

/// Lanes in order. Among many, those beside the middle of a channel are closed until a wire comes near: without one they
/// are seldom better than the middle, and each makes every search longer.
struct Lanes {
    open: Vec<Lane>,
    closed: Vec<Lane>,
}

impl Lanes {
    /// All open.
    fn new(all: Vec<Lane>) -> Self {
        Self {
            open: sorted(all),
            closed: Vec::new(),
        }
    }

    /// With some closed, where they are many.
    fn sparse(all: &[Lane]) -> Self {
        let is_many = all.len() > MANY;
        let is_closed = |it: &Lane| is_many && it.off >= theme::LANE;
        let (closed, open) = all.iter().partition(|it| is_closed(it));
        Self { open, closed }
    }

    /// Opens those beside a piece of a wire.
    fn take(&mut self, at: f64) {
        let from = self.closed.partition_point(|it| it.at < at - BESIDE);
        let to = self.closed.partition_point(|it| it.at <= at + BESIDE);
        for lane in self.closed.drain(from..to) {
            let place = self.open.partition_point(|it| it.at < lane.at);
            self.open.insert(place, lane);
        }
    }
}

/// One VPC over six zones has half as many lanes.
const MANY: usize = 64;
/// How far from a wire lanes open: it may be in the way of one on the lane between.
const BESIDE: f64 = theme::LANE + APART;

/// Level lanes, in order.
struct Rows {
    all: Vec<Lane>,
    /// Outside of VPCs.
    outer: Vec<Lane>,
    /// These with those inside of a VPC, by its frame.
    inner: Lookup<usize, Vec<Lane>>,
}

impl Rows {
    fn new(canvas: &Canvas<'_>) -> Self {
        let mut all = canvas.ys.clone();
        let mut inner: Lookup<usize, Vec<Lane>> = Lookup::default();
        for (vpc, own) in &canvas.inner {
            let outer = canvas.ys.iter();
            inner.or_insert(*vpc, sorted(outer.chain(own).copied().collect()));
            all.extend(own);
        }
        Self {
            all: sorted(all),
            outer: sorted(canvas.ys.clone()),
            inner,
        }
    }

    fn of(&self, level: &Level) -> Cow<'_, [Lane]> {
        match level {
            Level::Everywhere => Cow::Borrowed(&self.all),
            Level::Outside(ranges) => only(&self.outer, Some(ranges)),
            Level::Of(vpc) => Cow::Borrowed(self.inner.get(vpc).unwrap_or(&self.all)),
        }
    }
}

/// Those of some lanes, which are in order, that lie where they are tried first.
fn only<'a>(lanes: &'a [Lane], near: Option<&Ranges>) -> Cow<'a, [Lane]> {
    let before = |end: f64| lanes.partition_point(|it| it.at < end);
    let up_to = |end: f64| lanes.partition_point(|it| it.at <= end);
    let cut = |from: usize, to: usize| lanes.get(from..to).unwrap_or_default();
    match near {
        None => Cow::Borrowed(lanes),
        Some(Ranges::Within((from, to))) => Cow::Borrowed(cut(up_to(*from), before(*to))),
        Some(Ranges::Outside(ranges)) => {
            let mut only = Vec::with_capacity(lanes.len());
            let mut from = 0;
            for (start, end) in ranges {
                only.extend_from_slice(cut(from, up_to(*start)));
                from = before(*end);
            }
            only.extend_from_slice(cut(from, lanes.len()));
            Cow::Owned(only)
        }
    }
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
            xs: Lanes::sparse(&every.open),
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
        let every = (!self.xs.closed.is_empty()).then_some(&self.every);
        let lanes = [roomy, Some(&self.xs), every].into_iter().flatten();
        let first = near.iter().flat_map(|near| {
            let lanes = lanes.clone();
            lanes.map(move |it| (it, near, others))
        });
        let then = lanes.clone().map(|it| (it, &everywhere, others));
        // Where every lane is taken, a shared one is better than a connection that is not shown.
        let last = (&self.every, &everywhere, &[][..]);
        let items = it.ends.map(|it| self.canvas.items.get(it));
        let [Some(from), Some(to)] = items else {
            return None;
        };
        let around = self.field.around(&passes, [from.rect, to.rect]);
        for (lanes, near, others) in first.chain(then).chain([last]) {
            let view = View {
                field: &self.field,
                passes: &passes,
                around: &around,
                others,
                berth: it.berth,
                xs: &only(&lanes.open, near.upright.as_ref()),
                ys: &self.ys.of(&near.level),
            };
            let [from, to] = self.ends(&lanes.open, near.upright.as_ref(), it)?;
            if let Some(found) = route(&view, &mut self.known, &from, &to) {
                return Some(found);
            }
        }
        None
    }

    /// Opens the lanes beside a new wire.
    fn take(&mut self, points: &[Point]) {
        for (a, b) in spans(points) {
            if a.x == b.x {
                self.xs.take(a.x);
            }
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

    /// Where a wire may begin and end.
    fn ends(
        &self,
        lanes: &[Lane],
        near: Option<&Ranges>,
        it: &Connection<'_>,
    ) -> Option<[Vec<Port>; 2]> {
        let [from, to] = it.ends;
        let (a, b) = (self.canvas.items.get(from)?, self.canvas.items.get(to)?);
        let ports = |at: usize, one: &Item, other: &Item| {
            let kinds = self.kinds.get(at).copied().unwrap_or_default();
            let is_near = |lane: &Lane| near.is_none_or(|near| near.has(lane));
            port::ports(kinds, lanes, is_near, one, other, it.kind)
        };
        Some([ports(from, a, b), ports(to, b, a)])
    }
}

/// From one place to another.
type Range = (f64, f64);

/// Where lanes are that are tried before all others; `None`: everywhere.
#[derive(Default)]
struct Near {
    upright: Option<Ranges>,
    level: Level,
}

/// Which level lanes are tried before all others.
#[derive(Default)]
enum Level {
    #[default]
    Everywhere,
    /// Outside of VPCs, and not beside those in between.
    Outside(Ranges),
    /// Outside of VPCs, and inside the one of a frame.
    Of(usize),
}

/// Within a range, or outside of some, which are in order.
enum Ranges {
    Within(Range),
    Outside(Vec<Range>),
}

impl Ranges {
    fn has(&self, lane: &Lane) -> bool {
        match self {
            Self::Within((from, to)) => *from < lane.at && lane.at < *to,
            Self::Outside(ranges) => {
                let begun = ranges.partition_point(|it| it.0 < lane.at);
                let last = begun.checked_sub(1).and_then(|it| ranges.get(it));
                last.is_none_or(|it| it.1 <= lane.at)
            }
        }
    }
}

/// Ranges in order, those that overlap as one.
fn joined(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranges.dedup_by(|next, last| {
        let overlaps = next.0 < last.1;
        last.1 = if overlaps { last.1.max(next.1) } else { last.1 };
        overlaps
    });
    ranges
}

/// The pieces of a wire.
pub(super) fn spans(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + Clone {
    points.iter().copied().zip(points.iter().skip(1).copied())
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
    let rects = spans(points).map(|(a, b)| Rect::between(a, b));
    let longest = rects.max_by(|a, b| (a.width + a.height).total_cmp(&(b.width + b.height)));
    longest.unwrap_or_default().center()
}

/// Where a wire crosses another that looks the same but is not of its trunk, the upright one steps over.
fn hops(wires: &mut [Wire], connections: &[&Connection<'_>]) {
    let all: Vec<(LinkKind, Rect, Vec<Point>)> = wires
        .iter()
        .map(|it| (it.kind, extent(&it.points), it.points.clone()))
        .collect();
    for (wire, one) in wires.iter_mut().zip(connections) {
        let own = extent(&wire.points).grow(1.0);
        for ((kind, its, points), other) in all.iter().zip(connections) {
            if *kind != wire.kind || !own.overlaps(its) || is_trunk(one, other) {
                continue;
            }
            for (a, b) in spans(&wire.points) {
                let crossed = spans(points).filter_map(|(c, d)| crossing(a, b, c, d));
                for hop in crossed {
                    if !wire.hops.contains(&hop) {
                        wire.hops.push(hop);
                    }
                }
            }
        }
    }
}

/// The box around all corners.
fn extent(points: &[Point]) -> Rect {
    let boxes = points.iter().map(|it| Rect::around(*it, 0.0));
    boxes.reduce(|a, b| a.union(&b)).unwrap_or_default()
}

/// Half the width of the bow of a step.
pub(super) const HOP: f64 = 5.0;

/// Where an upright piece crosses a level one, both going on for a while.
fn crossing(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let (own, other) = (Rect::between(a, b), Rect::between(c, d));
    let upright = own.width == 0.0 && other.height == 0.0;
    let goes_on = other.x + HOP < own.x
        && own.x < other.right() - HOP
        && own.y + HOP < other.y
        && other.y < own.bottom() - HOP;
    (upright && goes_on).then(|| Point::new(own.x, other.y))
}
