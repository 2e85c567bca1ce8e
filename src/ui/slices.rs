//! Long work in pieces, a frame between them; a new run ends the one before.

use std::time::Duration;

use leptos::prelude::*;

/// Which run goes on.
#[derive(Clone, Copy)]
pub struct Slices(RwSignal<u32>);

impl Slices {
    pub fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Runs a piece of work again and again while it says that there is more: first after a while, then whenever the page
    /// has had its turn.
    pub fn start(self, after: Duration, mut piece: impl FnMut() -> bool + 'static) {
        self.0.update_untracked(|it| *it += 1);
        let run = self.0.get_untracked();
        set_timeout(
            move || {
                // The panel may be gone by now.
                if self.0.try_get_untracked() == Some(run) && piece() {
                    self.go_on(run, piece);
                }
            },
            after,
        );
    }

    /// Ends what runs.
    pub fn stop(self) {
        self.0.update_untracked(|it| *it += 1);
    }

    fn go_on(self, run: u32, mut piece: impl FnMut() -> bool + 'static) {
        set_timeout(
            move || {
                if self.0.try_get_untracked() == Some(run) && piece() {
                    self.go_on(run, piece);
                }
            },
            Duration::ZERO,
        );
    }
}
