//! What is played, and where it stands.

use super::axis::Axis;
use super::schedule::Playback;
use crate::failure::{Fault, Timeline};

/// Seconds of the fault that pass in one second of playing, before quiet stretches are shortened.
pub const SPEEDS: [u32; 5] = [1, 5, 10, 30, 60];

/// At ten, an hour with its quiet stretches shortened takes about a minute.
const SPEED: u32 = 10;

/// Longest step of time between two frames, in seconds: a tab that comes back from the background goes on from where
/// it was.
const LONGEST_FRAME: f64 = 0.25;

#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    pub fault: Option<Fault>,
    /// Seconds since the fault.
    pub at: f64,
    pub playing: bool,
    pub speed: u32,
    /// When it is, for what comes and goes by the clock.
    pub clock: Clock,
    /// The runs of a state machine that are played.
    pub playback: Playback,
    /// Counts how often playing was started, so that a loop of frames knows when it is not wanted any more.
    pub take: u32,
}

/// When it is, for what comes and goes by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// Whenever the windows are open: the design with everything in it.
    #[default]
    Open,
    /// A minute of the week.
    Week(u32),
    /// A step of the runs that are played.
    Run,
}

impl Default for Moment {
    fn default() -> Self {
        Self {
            fault: None,
            at: 0.0,
            playing: false,
            speed: SPEED,
            clock: Clock::default(),
            playback: Playback::default(),
            take: 0,
        }
    }
}

impl Moment {
    /// Chooses what breaks, at its beginning.
    pub fn choose(&mut self, fault: Option<Fault>) {
        self.fault = fault;
        self.at = 0.0;
        self.playing = false;
    }

    /// Starts playing, from the beginning where it stands at the end.
    pub fn play(&mut self, end: f64) {
        if self.at >= end {
            self.at = 0.0;
        }
        self.playing = true;
        self.take += 1;
    }

    /// Stops and goes to a second.
    pub fn seek(&mut self, at: f64, end: f64) {
        self.playing = false;
        self.at = at.clamp(0.0, end);
    }

    /// Lets so many seconds of the viewer's time pass.
    pub fn advance(&mut self, elapsed: f64, axis: &Axis) {
        let step = elapsed.clamp(0.0, LONGEST_FRAME) * f64::from(self.speed);
        let place = axis.place(self.at) + step;
        self.at = axis.time(place);
        if place >= axis.length() {
            self.playing = false;
        }
    }

    /// Stops and goes to the next event after the present moment.
    pub fn step_forward(&mut self, timeline: &Timeline) {
        let next = timeline.events.iter().find(|it| f64::from(it.t) > self.at);
        let next = next.map_or(timeline.end_s, |it| it.t);
        self.seek(next.into(), timeline.end_s.into());
    }

    /// Stops and goes to the last event before the present moment.
    pub fn step_back(&mut self, timeline: &Timeline) {
        let earlier = timeline.events.iter().rev();
        let previous = earlier.map(|it| it.t).find(|t| f64::from(*t) < self.at);
        self.seek(previous.unwrap_or(0).into(), timeline.end_s.into());
    }
}
