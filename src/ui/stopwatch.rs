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
    Drawing,
    Svg,
    /// Bringing the drawing in the document up to date.
    Page,
    /// The browser's part of the frame that shows the change: style, layout and paint.
    Browser,
    /// From the change to the end of that frame: all of the above, all other views, and the wait for the frame.
    Screen,
    Checks,
    Bill,
    Sweep,
    /// Lists and figures, which follow the drawing: the three above, and bringing the document up to date.
    Lists,
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
            Self::Browser => text("ui.stage.browser", "Browser: style, layout and paint"),
            Self::Screen => text("ui.stage.screen", "From the change to the screen"),
            Self::Lists => text("ui.stage.lists", "Then lists and figures"),
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
    request_animation_frame(|| {
        let frame = browser::now();
        // The task after a frame's own.
        set_timeout(
            move || {
                let started = TIMES.with_borrow(|it| it.1);
                keep(Stage::Browser, browser::now() - frame);
                keep(Stage::Screen, browser::now() - started);
            },
            Duration::ZERO,
        );
    });
}

/// Runs what lets lists and figures follow, and keeps how long they took.
pub fn lists(run: impl FnOnce()) {
    let start = browser::now();
    run();
    // What is to be done was put in line as microtasks; this is the next task.
    set_timeout(
        move || keep(Stage::Lists, browser::now() - start),
        Duration::ZERO,
    );
}
