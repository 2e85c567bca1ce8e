//! S4: a NAT gateway that exists only inside a window, made and taken away by a state machine.

use super::Blueprint;
use crate::design::{Design, Nat, Setting, TimeZone, Whole, Windows};
use crate::text::text;

const ID: &str = "scheduled-nat";

pub const BLUEPRINT: Blueprint = Blueprint {
    id: ID,
    code: "s4",
    title: text("blueprint.scheduled-nat", "Scheduled NAT gateway"),
    summary: text(
        "blueprint.scheduled-nat.summary",
        "A batch instance that fetches at night, and a NAT gateway that is there only then: schedules, a state machine that opens and closes, and what makes sure that nothing is left behind",
    ),
    design,
};

fn design() -> Design {
    let mut design = Design::new(ID);
    // The nightly sync: a journey of every design with batch instances.
    design.journeys = &[];
    design.application.enabled = false;
    design.batch.enabled = true;
    design.network.zones = Whole::new(1);
    design.network.nat = Nat::Scheduled;
    design.schedule.timezone = TimeZone::TOKYO;
    if let Ok(nightly) = Windows::parse("daily 01:00-03:00") {
        design.schedule.windows = nightly;
    }
    // An account keeps one record of its API calls, and not for this.
    design.observability.trail = false;
    design
}
