//! Company that is too much for one row of icons: sorted by what it is for, each sort in a frame of its own.

use super::company::{self, block};
use super::drawing::{Shape, Style};
use super::geometry::{Point, Rect};
use super::plan::Company;
use super::shape::{self, Canvas};
use super::{measure, theme};
use crate::aws::Glyph;
use crate::text::{Text, text};

/// Up to so many icons are read without being sorted.
pub(super) const MANY: usize = 10;

/// Icons side by side in a panel.
const ACROSS: usize = 2;

/// Height of a panel's title.
const TITLE: f64 = 30.0;

/// What company is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Plane {
    Services,
    Security,
    Delivery,
    Monitoring,
}

impl Plane {
    fn of(glyph: Glyph) -> Self {
        match glyph {
            Glyph::Firewall
            | Glyph::Trail
            | Glyph::Configuration
            | Glyph::SecurityGroup
            | Glyph::Certificate
            | Glyph::Role
            | Glyph::Key
            | Glyph::Secret
            | Glyph::ThreatDetector
            | Glyph::DataScanner
            | Glyph::VulnerabilityScanner
            | Glyph::SecurityHub => Self::Security,
            Glyph::Registry | Glyph::Deployment | Glyph::Session | Glyph::Stack => Self::Delivery,
            Glyph::Topic
            | Glyph::Alarm
            | Glyph::Dashboard
            | Glyph::LogGroup
            | Glyph::FlowLog
            | Glyph::HealthCheck => Self::Monitoring,
            Glyph::Users
            | Glyph::Client
            | Glyph::Internet
            | Glyph::InternetGateway
            | Glyph::NatGateway
            | Glyph::Endpoint
            | Glyph::ElasticIp
            | Glyph::RouteTable
            | Glyph::NetworkAcl
            | Glyph::Peering
            | Glyph::TransitGateway
            | Glyph::VpnGateway
            | Glyph::CustomerGateway
            | Glyph::LoadBalancer
            | Glyph::TargetGroup
            | Glyph::Distribution
            | Glyph::Api
            | Glyph::Dns
            | Glyph::AutoScalingGroup
            | Glyph::LaunchTemplate
            | Glyph::Instance
            | Glyph::Function
            | Glyph::Container
            | Glyph::DatabasePrimary
            | Glyph::DatabaseStandby
            | Glyph::DatabaseReplica
            | Glyph::DatabaseProxy
            | Glyph::Table
            | Glyph::TableCache
            | Glyph::CachePrimary
            | Glyph::CacheReplica
            | Glyph::Bucket
            | Glyph::Volume
            | Glyph::FileSystem
            | Glyph::Vault
            | Glyph::Backup
            | Glyph::Queue
            | Glyph::EventRule
            | Glyph::Schedule
            | Glyph::StateMachine
            | Glyph::Parameter
            | Glyph::Generic => Self::Services,
        }
    }

    fn title(self) -> Text {
        match self {
            Self::Services => text("diagram.plane.services", "Storage and services"),
            Self::Security => text("diagram.plane.security", "Security and audit"),
            Self::Delivery => text("diagram.plane.delivery", "Delivery"),
            Self::Monitoring => text("diagram.plane.monitoring", "Monitoring"),
        }
    }

    fn from_tag(tag: &str) -> Option<Self> {
        let all = [
            Self::Services,
            Self::Security,
            Self::Delivery,
            Self::Monitoring,
        ];
        all.into_iter().find(|it| it.tag() == tag)
    }

    fn tag(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Security => "security",
            Self::Delivery => "delivery",
            Self::Monitoring => "monitoring",
        }
    }
}

/// What begins the name of a panel.
const NAME: &str = "plane:";

/// What a panel is for, by its name in the drawing.
pub fn plane_title(name: &str) -> Option<Text> {
    let (_, tag) = name.strip_prefix(NAME)?.rsplit_once(':')?;
    Plane::from_tag(tag).map(Plane::title)
}

/// Draws company sorted into panels, one under the other as far as an area is high; gives the box that they fill.
pub(super) fn panels(
    canvas: &mut Canvas<'_>,
    all: &[Company],
    area: Rect,
    (region, inside): (&str, usize),
) -> Rect {
    let mut sorted: Vec<(Plane, &Company)> =
        all.iter().map(|it| (Plane::of(it.glyph), it)).collect();
    sorted.sort_by_key(|(plane, _)| *plane);
    let (slot, height) = block(all);
    let slot = slot + theme::SPACE;
    let step = height + theme::SPACE;
    // Columns of panels, each as far as it is filled.
    let mut columns: Vec<Rect> = Vec::new();
    for group in sorted.chunk_by(|one, other| one.0 == other.0) {
        let Some((plane, _)) = group.first() else {
            continue;
        };
        let title = canvas.words.say(plane.title());
        let rows = group.len().div_ceil(ACROSS) as f64;
        let wide = measure::width(&title, Style::Title) + 2.0 * theme::PADDING;
        let width = (slot * ACROSS as f64 + theme::SPACE).max(wide).ceil();
        let height = TITLE + rows * step;
        // Somewhat lower than the VPC is better than a column more.
        let lowest = area.bottom() + theme::TILE;
        let has_room = |it: &&mut Rect| it.bottom() + theme::SPACE + height <= lowest;
        let beside = next(&columns, area);
        let column = columns.iter_mut().find(has_room);
        let corner = match &column {
            Some(it) => Point::new(it.x, it.bottom() + theme::SPACE),
            None => Point::new(beside, area.y),
        };
        let rect = Rect::new(corner.x, corner.y, width, height);
        match column {
            Some(it) => *it = it.union(&rect),
            None => {
                canvas.lane_x(corner.x - theme::SPACE / 2.0);
                columns.push(rect);
            }
        }
        panel(
            canvas,
            (*plane, title),
            group,
            (rect, step),
            (region, inside),
        );
        canvas.lane_y(rect.bottom() + theme::SPACE / 2.0);
    }
    let none = Rect::new(area.x, area.y, 0.0, 0.0);
    columns.iter().fold(none, |all, it| all.union(it))
}

/// Where the next column of panels starts.
fn next(columns: &[Rect], area: Rect) -> f64 {
    let right = columns.last().map(|it| it.right() + theme::SPACE);
    right.unwrap_or(area.x)
}

/// Draws a frame with its title and icons.
fn panel(
    canvas: &mut Canvas<'_>,
    (plane, title): (Plane, String),
    group: &[(Plane, &Company)],
    (rect, step): (Rect, f64),
    (region, inside): (&str, usize),
) {
    let name = format!("{NAME}{region}:{}", plane.tag());
    let mut frame = shape::item(name.into(), Shape::Panel, rect, Some(inside));
    frame.says.clone_from(&title);
    let start = Point::new(rect.x + theme::PADDING, rect.y + theme::GAP);
    frame.labels.push(shape::line(title, Style::Title, start));
    let index = canvas.push(frame);
    let across = ACROSS.min(group.len());
    let slot = rect.width / across as f64;
    for (place, (_, it)) in group.iter().enumerate() {
        let (row, column) = (place / ACROSS, place % ACROSS);
        let middle = rect.x + (column as f64 + 0.5) * slot;
        let y = rect.y + TITLE + row as f64 * step;
        let left = (middle - theme::TILE / 2.0).round();
        let tile = Rect::new(left, y.round(), theme::TILE, theme::TILE);
        canvas.push(company::icon(it, tile, Some(index)));
        if column == 0 {
            canvas.lane_y((y - theme::GAP / 2.0).round());
        }
    }
    if across > 1 {
        canvas.lane_x(rect.center().x.round());
    }
    for side in [rect.x + theme::GAP, rect.right() - theme::GAP] {
        canvas.lane_x(side.round());
    }
}
