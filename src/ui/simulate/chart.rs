//! Each journey's success over time as a step line, over one axis with the scrubber.

use leptos::prelude::*;

use super::super::axis::Axis;
use super::super::number;
use super::super::session::Session;
use super::scrubber::{Cursor, Quiet};
use crate::failure::{Course, Fall, Health, Sample};
use crate::text::{Text, text};

/// Width and height of a chart's own grid; the style sheet stretches it.
const WIDE: f64 = 1000.0;
const HIGH: f64 = 100.0;

#[component]
pub fn Charts() -> impl IntoView {
    let session = Session::expect();
    let rows = move || {
        let (timeline, axis) = (session.timeline.read(), session.axis.read());
        let journeys = timeline.iter().flat_map(|it| &it.journeys);
        journeys.map(|it| chart(session, it, &axis)).collect_view()
    };
    view! {
        <div class="plots">
            {rows}
            <div class="over" aria-hidden="true">
                <Quiet />
                <Cursor />
            </div>
        </div>
    }
}

fn chart(session: Session, course: &Course, axis: &Axis) -> impl IntoView + use<> {
    let line = line(&course.states, axis);
    let area = format!("{line}V{HIGH}H0Z");
    let bad = spans(&course.states, axis)
        .into_iter()
        .map(|(class, from, to)| {
            view! { <rect class=class x=from y="0" width=to - from height=HIGH /> }
        });
    let states = course.states.clone();
    let now = Memo::new(move |_| sample(&states, session.second.get()));
    view! {
        <div class="plot" role="group" aria-label=session.say(course.title)>
            <div class="words">
                <strong>{session.say(course.title)}</strong>
                {move || now.get().map(|it| view! { <Now sample=it /> })}
                <span class="note">{summary(session, course)}</span>
            </div>
            <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                {bad.collect_view()}
                <path class="area" d=area />
                <path class="line" d=line />
            </svg>
        </div>
    }
}

#[component]
fn Now(sample: Sample) -> impl IntoView {
    let session = Session::expect();
    view! {
        <span class=format!("health is-{}", sample.status.tag())>
            {session.say(health(sample.status))} " " {number::percent(sample.success)}
        </span>
    }
}

/// The word for how a journey is.
pub fn health(health: Health) -> Text {
    match health {
        Health::Ok => text("ui.health.ok", "works"),
        Health::Degraded => text("ui.health.degraded", "degraded"),
        Health::Down => text("ui.health.down", "down"),
    }
}

/// The word for how far a journey falls.
pub fn fall_words(fall: &Fall) -> Text {
    if fall.was_down {
        return text("ui.health.was-down", "does not work anyway");
    }
    health(fall.worst)
}

/// What the fault does to a journey, in the figures that are not nothing.
fn summary(session: Session, course: &Course) -> impl Fn() -> String + Send + use<> {
    let (outage, degraded) = (course.outage_s, course.degraded_s);
    let (rto, rpo) = (course.rto_s, course.rpo_s);
    let was_down = course.was_down;
    move || {
        if was_down {
            return text("ui.was-down", "does not work without the fault either")
                .render(session.lang.get())
                .to_owned();
        }
        let clock = |seconds: u32| number::clock(seconds.into());
        let down = text("ui.outage", "down {time}").with("time", clock(outage));
        let worse = text("ui.degraded", "degraded {time}").with("time", clock(degraded));
        let told = [(outage, down), (degraded, worse)];
        let told = told.iter().filter(|(seconds, _)| *seconds > 0);
        let mut parts: Vec<String> = told.map(|(_, it)| session.tell_in(it)).collect();
        if parts.is_empty() {
            return text("ui.unaffected", "unaffected")
                .render(session.lang.get())
                .to_owned();
        }
        // One outage from the start is its own recovery time.
        let rto = rto.filter(|it| *it != outage);
        parts.extend(rto.map(|it| format!("RTO {}", clock(it))));
        parts.extend(rpo.map(|it| format!("RPO {it} s")));
        parts.join(" · ")
    }
}

/// The sample that holds at a second.
fn sample(states: &[Sample], second: u32) -> Option<Sample> {
    states.iter().rfind(|it| it.t <= second).copied()
}

fn line(states: &[Sample], axis: &Axis) -> String {
    let y = |success: f64| HIGH - success.clamp(0.0, 1.0) * HIGH;
    let mut path = format!("M0 {:.1}", y(states.first().map_or(1.0, |it| it.success)));
    for it in states {
        let x = axis.percent(it.t.into()) / 100.0 * WIDE;
        path.push_str(&format!("H{x:.1}V{:.1}", y(it.success)));
    }
    path.push_str(&format!("H{WIDE}"));
    path
}

/// Where a journey is not well: class, from, to.
fn spans(states: &[Sample], axis: &Axis) -> Vec<(&'static str, f64, f64)> {
    let place = |t: u32| axis.percent(t.into()) / 100.0 * WIDE;
    let ends = states.iter().skip(1).map(|it| place(it.t)).chain([WIDE]);
    let class = |status| match status {
        Health::Ok => None,
        Health::Degraded => Some("is-degraded"),
        Health::Down => Some("is-down"),
    };
    states
        .iter()
        .zip(ends)
        .filter_map(|(it, end)| Some((class(it.status)?, place(it.t), end)))
        .collect()
}
