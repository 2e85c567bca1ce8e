//! What follows the drawing: lists, figures and the marks of the form, so that the drawing never waits for them, nor does
//! what glides in it to set out.

use leptos::prelude::*;

use super::session::Session;
use super::{browser, stopwatch};

impl Session {
    /// Lets lists and figures follow whatever the drawing shows, once it does.
    pub fn settle(self) {
        let waiting = self.waiting;
        Effect::new(move |before: Option<()>| {
            self.design.track();
            self.drawing.track();
            if before.is_some() && !waiting.get_untracked() {
                waiting.set(true);
                let follow = move || stopwatch::lists(|| self.catch_up());
                // What moves sets out after the drawing's own frame.
                browser::after_frame(move || browser::after_frame(follow));
            }
        });
    }

    /// Lets lists and figures follow at once, where they have not yet.
    pub fn catch_up(self) {
        // The page may be gone by the time that its frame comes.
        if self.waiting.try_get_untracked() == Some(true) {
            self.waiting.set(false);
            self.seen.update(|it| *it += 1);
        }
    }
}
