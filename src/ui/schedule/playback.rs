//! Which runs are played, what goes wrong in them, and how far they have come: plain values.

use crate::lifecycle::{Happening, Play, Start};
use crate::states::{Place, What};
use crate::text::{Text, text};
use crate::topology::Opening;

/// The runs that are played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scenario {
    /// A window from its opening to its closing.
    #[default]
    Window,
    /// An opening alone.
    Open,
    /// A closing where nothing is open.
    Close,
}

impl Scenario {
    pub const ALL: [Self; 3] = [Self::Window, Self::Open, Self::Close];

    /// The value of its choice.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Open => "open",
            Self::Close => "close",
        }
    }

    pub fn title(self) -> Text {
        match self {
            Self::Window => text("ui.run.window", "A whole window: open, then close"),
            Self::Open => text("ui.run.open", "Open alone"),
            Self::Close => text("ui.run.close", "Close, where nothing is open"),
        }
    }

    /// Its starts; a window is as long as the schedule's first.
    pub fn starts(self, first: Option<Opening>) -> Vec<Start> {
        let both = Start::window(first.map_or(60, |it| it.minutes));
        let [open, close] = both;
        match self {
            Self::Window => both.to_vec(),
            Self::Open => vec![open],
            Self::Close => vec![Start {
                at_s: 0,
                scheduled_s: 0,
                ..close
            }],
        }
    }
}

/// What is played, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Playback {
    pub scenario: Scenario,
    /// What goes wrong, as the lifecycle writes it; nothing where empty.
    pub fault: String,
    /// Position among the [`steps`].
    pub at: usize,
}

/// A state as the picture of the machine names it: `Gateways.AddRoutes.CreateRoute`.
pub fn path(place: &Place) -> String {
    let maps = place.within.iter().map(|(map, _)| map.as_str());
    let parts: Vec<&str> = maps.chain([place.state.as_str()]).collect();
    parts.join(".")
}

/// How the states of the machine stand after a moment: at work, done, failed. A state at work in one run or zone is at work.
pub fn lit(play: &Play, until: usize) -> Vec<(String, &'static str)> {
    let mut active: Vec<(Option<usize>, &Place)> = Vec::new();
    let mut lit: Vec<(String, &'static str)> = Vec::new();
    for moment in play.moments.iter().take(until + 1) {
        let Happening::State(event) = &moment.what else {
            continue;
        };
        let key = (moment.run, &event.place);
        active.retain(|it| *it != key);
        let class = match &event.what {
            What::Entered { .. } | What::Retried { .. } => {
                active.push(key);
                "is-visited"
            }
            What::Left { .. } => "is-visited",
            What::Caught { .. } | What::Failed { .. } => "is-failed",
        };
        let path = path(&event.place);
        lit.retain(|it| it.0 != path);
        lit.push((path, class));
    }
    for (_, place) in active {
        let path = path(place);
        lit.retain(|it| it.0 != path);
        lit.push((path, "is-current"));
    }
    lit
}
