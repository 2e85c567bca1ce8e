//! What happens in a play, in words.

use super::play::{Happening, Play};
use super::verdict::Ending;
use crate::states::{Event, What};
use crate::text::{Message, text};

impl Play {
    /// Positions of the moments that are worth a step: those in which something begins, fails or changes. What a state gives
    /// back belongs to its beginning.
    pub fn steps(&self) -> Vec<usize> {
        let is_end = |it: &Happening| match it {
            Happening::State(event) => matches!(event.what, What::Left { .. }),
            _ => false,
        };
        let moments = self.moments.iter().enumerate();
        let steps = moments.filter(|(_, it)| !is_end(&it.what));
        steps.map(|(at, _)| at).collect()
    }

    /// What happens at a moment, by its position, with the run that it happens in.
    pub fn told(&self, at: usize) -> Option<Message> {
        let moment = self.moments.get(at)?;
        let words = happening(&moment.what);
        let run = moment.run.and_then(|it| self.runs.get(it));
        Some(match run {
            None => words,
            Some(run) => text("lifecycle.told.of", "{run}: {what}")
                .with("run", run.name.clone())
                .with("what", words),
        })
    }
}

fn happening(what: &Happening) -> Message {
    match what {
        Happening::Started { .. } => text("lifecycle.told.started", "the run starts").into(),
        Happening::State(event) => state(event),
        Happening::Ended { ending } => match ending {
            Ending::Running | Ending::Succeeded => {
                text("lifecycle.told.succeeded", "the run has succeeded").into()
            }
            Ending::Failed => text(
                "lifecycle.told.failed",
                "the run has failed: its alarm goes off",
            )
            .into(),
        },
        Happening::Progressed { gateway, stage } => text(
            "lifecycle.told.progressed",
            "NAT gateway {gateway} is {stage}",
        )
        .with("gateway", gateway)
        .with("stage", stage.word()),
        Happening::RouteDeleted { table } => text(
            "lifecycle.told.route-deleted",
            "Somebody deletes the default route of {table}",
        )
        .with("table", table),
        Happening::Swept(swept) => text(
            "lifecycle.told.swept",
            "The sweeper finds {strays} left behind and {overdue} overdue",
        )
        .with("strays", swept.strays)
        .with("overdue", swept.overdue),
    }
}

fn state(event: &Event) -> Message {
    let place = event.place.to_string();
    match &event.what {
        What::Entered { .. } | What::Left { .. } => {
            text("lifecycle.told.entered", "{place}").with("place", place)
        }
        What::Retried { failure, seconds } => text(
            "lifecycle.told.retried",
            "{place} fails with {error} and is tried again in {seconds} s",
        )
        .with("place", place)
        .with("error", failure.error.clone())
        .with("seconds", seconds.to_string()),
        What::Caught { failure, next } => text(
            "lifecycle.told.caught",
            "{place} fails with {error}; {next} catches it",
        )
        .with("place", place)
        .with("error", failure.error.clone())
        .with("next", next),
        What::Failed { failure } => text("lifecycle.told.ended", "{place} ends with {error}")
            .with("place", place)
            .with("error", failure.error.clone()),
    }
}
