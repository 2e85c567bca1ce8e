//! The signs of states: of a task what it calls, of the others what they do.

use super::picture::Kind;
use crate::aws::Glyph;
use crate::diagram::{Sign, outline};

/// Path data on a grid of [`crate::diagram::GRID`].
pub(super) fn sign(kind: Kind, call: Option<&str>) -> &'static str {
    match kind {
        Kind::Task => outline(Sign::Glyph(called(call.unwrap_or_default()))),
        Kind::Pass => "M4 12h15M14 7l5 5-5 5",
        Kind::Choice => "M12 21v-7M12 14c0-4-6-3-6-10M12 14c0-4 6-3 6-10M3 7l3-3 3 3M15 7l3-3 3 3",
        Kind::Wait => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7v5.3l3.5 2",
        Kind::Map => "M4 9h11v11H4zM7 6h11v11M10 3h11v11",
        Kind::Succeed => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8 12.3l2.8 2.8 5.2-5.6",
        Kind::Fail => {
            "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8.8 8.8l6.4 6.4M15.2 8.8l-6.4 6.4"
        }
    }
}

/// What a call such as `ec2:createRoute` or `GatewaysFunction: find` is of.
pub(super) fn called(call: &str) -> Glyph {
    let service = call.split(':').next().unwrap_or_default();
    match service {
        "dynamodb" => Glyph::Table,
        "sns" => Glyph::Topic,
        "sqs" => Glyph::Queue,
        "sfn" | "states" => Glyph::StateMachine,
        "ec2" if call.contains("NatGateway") => Glyph::NatGateway,
        "ec2" if call.contains("Address") => Glyph::ElasticIp,
        "ec2" if call.contains("Route") => Glyph::RouteTable,
        "ec2" => Glyph::Generic,
        _ => Glyph::Function,
    }
}
