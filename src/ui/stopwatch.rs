//! How long the last change took, stage by stage, for the page's own diagnostics. Nothing else reads it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::*;

use super::browser;
use crate::text::{Text, text};

/// What a change sets off, in the order in which it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Topology,
    Checks,
    Bill,
    Sweep,
    Drawing,
    Svg,
    /// Bringing the document up to date.
    Page,
    /// From the change to the frame that shows it: all of the above, all other views, and the browser's own layout.
    Screen,
}

impl Stage {
    pub fn title(self) -> Text {
        match self {
            Self::Topology => text("ui.stage.topology", "Resources"),
            Self::Checks => text("ui.stage.checks", "Findings"),
            Self::Bill => text("ui.stage.bill", "Bill"),
            Self::Sweep => text("ui.stage.sweep", "Every fault"),
            Self::Drawing => text("ui.stage.drawing", "Layout of the drawing"),
            Self::Svg => text("ui.stage.svg", "SVG"),
            Self::Page => text("ui.stage.page", "Drawing into the page"),
            Self::Screen => text("ui.stage.screen", "From the change to the screen"),
        }
    }
}

thread_local! {
    /// Milliseconds of each stage, and when the last change began.
    static TIMES: RefCell<(BTreeMap<Stage, f64>, f64)> = RefCell::default();
}

/// Runs a stage and keeps how long it took.
pub fn time<T>(stage: Stage, run: impl FnOnce() -> T) -> T {
    let start = browser::now();
    let result = run();
    keep(stage, browser::now() - start);
    result
}

fn keep(stage: Stage, milliseconds: f64) {
    TIMES.with_borrow_mut(|it| it.0.insert(stage, milliseconds));
}

/// Milliseconds of each stage when it last ran.
pub fn times() -> BTreeMap<Stage, f64> {
    TIMES.with_borrow(|it| it.0.clone())
}

/// A change begins: what is known of the one before is forgotten.
pub fn start() {
    TIMES.set((BTreeMap::new(), browser::now()));
    // The frame is painted when it has been asked for and the task after it runs.
    request_animation_frame(|| {
        set_timeout(
            || {
                let started = TIMES.with_borrow(|it| it.1);
                keep(Stage::Screen, browser::now() - started);
            },
            Duration::ZERO,
        );
    });
}
