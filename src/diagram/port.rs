//! Where a wire may end on a shape.

use super::drawing::{Item, Shape};
use super::geometry::Point;
use super::route::{Dir, Port};
use super::shape::Lane;
use super::theme;
use super::wire::CLEAR;
use crate::topology::LinkKind;

/// The kinds of connections that go out from something, and that come to it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kinds {
    out: u8,
    into: u8,
}

impl Kinds {
    pub fn goes_out(&mut self, kind: LinkKind) {
        self.out |= 1 << kind as u8;
    }

    pub fn comes_in(&mut self, kind: LinkKind) {
        self.into |= 1 << kind as u8;
    }

    fn has(self, kind: LinkKind) -> bool {
        (self.out | self.into) >> kind as u8 & 1 == 1
    }

    fn comes(self, kind: LinkKind) -> bool {
        self.into >> kind as u8 & 1 == 1
    }
}

/// One end of a wire.
pub(super) struct End<'a> {
    pub item: &'a Item,
    /// At the other end.
    pub other: &'a Item,
    /// Of all connections that the item has.
    pub kinds: Kinds,
    /// Of the one that is drawn.
    pub kind: LinkKind,
}

impl End<'_> {
    /// Where the wire may end, given upright lanes in order.
    pub fn ports(&self, lanes: &[Lane]) -> Vec<Port> {
        match self.item.shape {
            Shape::Icon(_) | Shape::Tag(_) => self.icon(),
            Shape::Group(_)
            | Shape::Region
            | Shape::Vpc
            | Shape::Zone
            | Shape::PublicSubnet
            | Shape::PrivateSubnet
            | Shape::Panel => self.frame(lanes),
        }
    }

    /// The middle of each side, the lower one under the label. Where an icon has requests and egress, they meet its left and
    /// right side one above the other.
    fn icon(&self) -> Vec<Port> {
        let Self {
            item,
            other,
            kinds,
            kind,
        } = *self;
        // Of two kinds that meet a side, one goes before its middle and one behind.
        let beside = |pair: [LinkKind; 2]| match pair.map(|it| it == kind) {
            [true, _] => -theme::PORT,
            [_, true] => theme::PORT,
            [false, false] => 0.0,
        };
        let is_both = kinds.has(LinkKind::Request) && kinds.has(LinkKind::Egress);
        let shift = if is_both {
            beside([LinkKind::Request, LinkKind::Egress])
        } else {
            0.0
        };
        // What is both asked and kept in step has the two wires side by side on its top.
        let is_copy = kinds.comes(LinkKind::Request) && kinds.comes(LinkKind::Replication);
        // Copies in another row: their wires leave downwards, past the label.
        let is_above = kind == LinkKind::Replication && item.rect.bottom() < other.rect.y;
        let aside = if is_copy || is_above { NO_LANE } else { 0.0 };
        let rect = item.rect;
        let center = rect.center();
        let labels = item.labels.iter().map(|it| it.rect);
        let below = labels.filter(|it| it.y >= rect.bottom());
        let bottom = below.fold(rect.bottom(), |low, it| low.max(it.bottom() + CLEAR));
        // Under a label a wire is far from its icon; what comes in from below is not to meet what goes out.
        let is_passing =
            kind == LinkKind::Egress && kinds.comes(kind) && other.rect.bottom() < rect.y;
        let is_far = bottom > rect.bottom() && !is_above;
        let under = match kind {
            // A tunnel is not to end in a text.
            LinkKind::Vpn if is_far => NO_LANE,
            _ if is_far || is_passing => NOT_FIRST,
            _ => 0.0,
        };
        let level = [shift, -2.0 * theme::PORT, 0.0, 2.0 * theme::PORT];
        let upright = match beside([LinkKind::Request, LinkKind::Replication]) {
            first if is_copy && first != 0.0 => [first, 0.0, -first],
            _ => [0.0, -theme::PORT, theme::PORT],
        };
        // All copies are reached from one trunk.
        let lower = if is_above { &[0.0][..] } else { &upright };
        let sides = [
            (Point::new(rect.x, center.y), Dir::Left, &level[..], aside),
            (
                Point::new(rect.right(), center.y),
                Dir::Right,
                &level,
                aside,
            ),
            (Point::new(center.x, rect.y), Dir::Up, &upright, 0.0),
            (Point::new(center.x, bottom), Dir::Down, lower, under),
        ];
        let ports = sides.into_iter().flat_map(|(at, out, shifts, cost)| {
            shifts.iter().enumerate().map(move |(place, shift)| Port {
                at: if out.is_horizontal() {
                    Point::new(at.x, at.y + shift)
                } else {
                    Point::new(at.x + shift, at.y)
                },
                out,
                cost: cost + if place > 0 { NOT_FIRST } else { 0.0 },
            })
        });
        let mut all = Vec::with_capacity(2 * (level.len() + upright.len()));
        all.extend(ports);
        all
    }

    /// Opposite the other end, on a lane, or in the middle of what both have in common.
    fn frame(&self, lanes: &[Lane]) -> Vec<Port> {
        let Self {
            item, other, kind, ..
        } = *self;
        let (own, its) = (item.rect, other.rect);
        let x = common((own.x, own.right()), (its.x, its.right()));
        let y = common((own.y, own.bottom()), (its.y, its.bottom()));
        let within = |at: f64, from: f64, to: f64, far: f64| from + far <= at && at <= to - far;
        let is_column = |at: f64| within(at, own.x, own.right(), FROM_CORNER.0);
        let before = lanes.partition_point(|it| it.at < own.x + FROM_CORNER.0);
        let lanes = lanes.iter().skip(before).take_while(|it| is_column(it.at));
        let lanes = lanes.map(|it| (it.at, it.off + (it.at - x).abs() * OFF_MIDDLE));
        let mut columns = Vec::with_capacity(16);
        columns.extend(lanes);
        // What leaves a subnet by its routes leaves through its top, wherever the gateway is.
        let is_subnet = matches!(item.shape, Shape::PublicSubnet | Shape::PrivateSubnet);
        // Beside a VPC is room for the labels of those that it faces; to one further down a wire leaves through the bottom.
        let is_further_down = kind == LinkKind::Peering && own.bottom() < its.y;
        let (upright, level) = if is_subnet && kind == LinkKind::Egress {
            (0.0, NEVER)
        } else if is_further_down {
            (NO_LANE, NEVER)
        } else {
            (NO_LANE, 0.0)
        };
        columns.extend([(x, upright), (own.center().x.round(), upright)]);
        let mut rows = Vec::with_capacity(6);
        rows.push((y, level));
        if let Shape::Group(_) = item.shape {
            rows.extend([-theme::TILE / 4.0, theme::TILE / 4.0].map(|it| (y + it, NOT_FIRST)));
            let aside = [0.25, 0.75].map(|it| (own.x + own.width * it).round());
            columns.extend(aside.map(|it| (it, 2.0 * NO_LANE)));
        }
        if let Shape::Icon(_) = other.shape {
            let center = its.center();
            columns.extend([-theme::PORT, 0.0, theme::PORT].map(|it| (center.x + it, 0.0)));
            rows.extend([-theme::PORT, 0.0, theme::PORT].map(|it| (center.y + it, level)));
        }
        columns.retain(|it| is_column(it.0));
        rows.retain(|it| within(it.0, own.y, own.bottom(), FROM_CORNER.1));
        let mut ports = Vec::with_capacity(2 * (columns.len() + rows.len()));
        for (x, cost) in columns {
            let sides = [(own.y, Dir::Up), (own.bottom(), Dir::Down)];
            ports.extend(sides.map(|(y, out)| Port {
                at: Point::new(x, y),
                out,
                cost,
            }));
        }
        for (y, cost) in rows {
            let sides = [(own.x, Dir::Left), (own.right(), Dir::Right)];
            ports.extend(sides.map(|(x, out)| Port {
                at: Point::new(x, y),
                out,
                cost,
            }));
        }
        ports
    }
}

/// What it costs to end off an icon's own port, where that one is taken.
const NOT_FIRST: f64 = 40.0;
/// How far from a corner a port keeps, along a level side and along an upright one.
const FROM_CORNER: (f64, f64) = (12.0, 6.0);
/// What it costs to end in the middle of a subnet, where a lane between two would do.
const NO_LANE: f64 = 90.0;
/// What is dearer than any way around.
const NEVER: f64 = 2_000.0;
/// What a unit off the middle of the way costs.
const OFF_MIDDLE: f64 = 0.2;

/// The middle of what two ranges have in common; of the first, where they have nothing.
fn common((from, to): (f64, f64), (start, end): (f64, f64)) -> f64 {
    let (low, high) = (from.max(start), to.min(end));
    let middle = if low <= high { low + high } else { from + to };
    (middle / 2.0).round()
}
