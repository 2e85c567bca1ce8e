//! Breaking things: what to break, the time, the journeys, the events.

mod chart;
mod controls;
mod events;
mod scrubber;
mod sweep;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::browser;
use super::moment::SPEEDS;
use super::session::Session;
use crate::text::text;

pub use chart::{fall_words, health as health_words};
pub use controls::fault_title;

/// Height of what stands over and under the charts, and of a journey's chart, in pixels.
const CONTROLS: usize = 92;
const JOURNEY: usize = 40;

#[component]
pub fn Simulate() -> impl IntoView {
    let session = Session::expect();
    let idle = Memo::new(move |_| session.fault.read().is_none());
    // Every journey has its two lines of words.
    let height = move || {
        let timeline = session.timeline.read();
        let journeys = timeline.as_ref().map(|it| it.journeys.len())?;
        Some(format!("{}px", CONTROLS + JOURNEY * journeys.max(3)))
    };
    // Whether all faults are shown side by side.
    let sweep = RwSignal::new(false);
    view! {
        <section
            class="simulate"
            class:is-playing=move || !idle.get()
            style=("--height", height)
            aria-label=session.say(text("ui.simulate", "Simulate"))
            on:keydown=move |event| press(session, &event)
        >
            <controls::Controls idle sweep />
            {move || match (idle.get(), sweep.get()) {
                (false, _) => view! { <Course /> }.into_any(),
                (true, true) => view! { <sweep::Sweep /> }.into_any(),
                (true, false) => ().into_any(),
            }}
        </section>
    }
}

/// The fault that is played: charts over the scrubber, events beside them.
#[component]
fn Course() -> impl IntoView {
    view! {
        <div class="course">
            <div class="charts">
                <chart::Charts />
                <scrubber::Scrubber />
            </div>
            <events::Events />
        </div>
    }
}

/// Plays from where it stands.
pub fn play(session: Session) {
    let end = untrack(|| end(session));
    session.moment.update(|it| it.play(end));
    let take = session.moment.read_untracked().take;
    next_frame(session, take, browser::now());
}

pub fn pause(session: Session) {
    session.moment.update(|it| it.playing = false);
}

fn next_frame(session: Session, take: u32, before: f64) {
    request_animation_frame(move || {
        let moment = session.moment.read_untracked();
        let wanted = moment.playing && moment.take == take;
        drop(moment);
        if !wanted {
            return;
        }
        let now = browser::now();
        let axis = session.axis.get_untracked();
        session
            .moment
            .update(|it| it.advance((now - before) / 1000.0, &axis));
        next_frame(session, take, now);
    });
}

/// Seconds until the fault is over.
fn end(session: Session) -> f64 {
    let timeline = session.timeline.read();
    timeline.as_ref().map_or(0.0, |it| it.end_s.into())
}

fn seek(session: Session, at: f64) {
    let end = untrack(|| end(session));
    session.moment.update(|it| it.seek(at, end));
}

fn to_start(session: Session) {
    seek(session, 0.0);
}

fn step_back(session: Session) {
    let timeline = session.timeline.get_untracked();
    timeline
        .iter()
        .for_each(|it| session.moment.update(|moment| moment.step_back(it)));
}

fn step_forward(session: Session) {
    let timeline = session.timeline.get_untracked();
    timeline
        .iter()
        .for_each(|it| session.moment.update(|moment| moment.step_forward(it)));
}

fn toggle(session: Session) {
    let playing = session.moment.read_untracked().playing;
    if playing {
        pause(session)
    } else {
        play(session)
    }
}

/// Keys of the timeline. A list or a button that has the focus keeps its own.
fn press(session: Session, event: &KeyboardEvent) {
    let on = |kinds: &str| is_on(event, kinds);
    if event.ctrl_key() || event.meta_key() || event.alt_key() || on("select") {
        return;
    }
    let at = session.moment.read_untracked().at;
    match (event.key().as_str(), event.shift_key()) {
        (" ", _) if !on("button") => toggle(session),
        ("ArrowLeft", false) => step_back(session),
        ("ArrowRight", false) => step_forward(session),
        ("ArrowLeft", true) => seek(session, at - 10.0),
        ("ArrowRight", true) => seek(session, at + 10.0),
        ("Home", _) => to_start(session),
        ("End", _) => seek(session, f64::INFINITY),
        (digit, _) => match speed(digit) {
            Some(speed) => session.moment.update(|it| it.speed = speed),
            None => return,
        },
    }
    event.prevent_default();
}

fn speed(digit: &str) -> Option<u32> {
    let place = digit.parse::<usize>().ok()?.checked_sub(1)?;
    SPEEDS.get(place).copied()
}

fn is_on(event: &KeyboardEvent, kinds: &str) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target();
    let element = target.and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|it| it.matches(kinds).unwrap_or(false))
}
