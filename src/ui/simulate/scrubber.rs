//! The time as a slider, with a tick at every event.

use leptos::prelude::*;

use super::super::number;
use super::super::session::Session;
use super::seek;
use crate::text::{Text, text};

/// Steps of the slider.
const STEPS: f64 = 1000.0;

#[component]
pub fn Scrubber() -> impl IntoView {
    let session = Session::expect();
    let step = move || {
        let at = session.moment.read().at;
        (session.axis.read().percent(at) / 100.0 * STEPS)
            .round()
            .to_string()
    };
    let to = move |step: String| {
        let share = step.parse::<f64>().unwrap_or_default() / STEPS;
        let axis = session.axis.read_untracked();
        seek(session, axis.time(share * axis.length()).round());
    };
    let now = move || number::clock(session.second.get().into());
    let end = move || format!(" / {}", number::clock(super::end(session)));
    view! {
        <div class="scrubber">
            <div>
                <output>{now} <span>{end}</span></output>
                <Show when=move || !session.axis.read().quiet().is_empty()>
                    <p class="note" aria-hidden="true">{session.say(QUIET)}</p>
                </Show>
            </div>
            <div class="track">
                <Ticks />
                <input
                    type="range"
                    min="0"
                    max=STEPS.to_string()
                    step="1"
                    aria-label=session.say(text("ui.time", "Time since the fault"))
                    aria-valuetext=move || spoken(session)
                    prop:value=step
                    on:input:target=move |event| to(event.target().value())
                />
                <Labels />
            </div>
        </div>
    }
}

/// Time and the last event, for who cannot see the slider.
fn spoken(session: Session) -> String {
    let second = session.second.get();
    let timeline = session.timeline.read();
    let events = timeline.as_ref().map(|it| it.events.as_slice());
    let last = events.unwrap_or_default().iter().rfind(|it| it.t <= second);
    let time = number::clock(second.into());
    match last {
        Some(event) => format!("{time}. {}", session.tell_in(&event.text)),
        None => time,
    }
}

fn at(percent: f64) -> String {
    format!("{percent:.3}%")
}

#[component]
fn Ticks() -> impl IntoView {
    let session = Session::expect();
    let ticks = move || {
        let axis = session.axis.read();
        let timeline = session.timeline.read();
        let mut times: Vec<u32> = timeline
            .iter()
            .flat_map(|it| it.events.iter().map(|it| it.t))
            .collect();
        times.dedup();
        times
            .into_iter()
            .map(|t| view! { <i class="tick" style:left=at(axis.percent(t.into()))></i> })
            .collect_view()
    };
    view! { <div class="ticks" aria-hidden="true">{ticks}</div> }
}

#[component]
fn Labels() -> impl IntoView {
    let session = Session::expect();
    let labels = move || {
        let axis = session.axis.read();
        let end = super::end(session);
        axis.labels()
            .into_iter()
            .chain([end])
            .map(|t| view! { <span style:left=at(axis.percent(t))>{number::clock(t)}</span> })
            .collect_view()
    };
    view! { <div class="labels" aria-hidden="true">{labels}</div> }
}

/// What the hatching means.
pub const QUIET: Text = text("ui.quiet", "Hatched: quiet, 20 times shorter");

/// The stretches that are drawn shorter, behind charts.
#[component]
pub fn Quiet() -> impl IntoView {
    let session = Session::expect();
    let title = session.say(QUIET);
    move || {
        let axis = session.axis.read();
        let stretch = |(from, to): &(f64, f64)| {
            let (from, to) = (axis.percent(*from), axis.percent(*to));
            view! { <i class="quiet-time" title=title style:left=at(from) style:width=at(to - from)></i> }
        };
        axis.quiet().iter().map(stretch).collect_view()
    }
}

/// The present moment, across all charts.
#[component]
pub fn Cursor() -> impl IntoView {
    let session = Session::expect();
    let left = move || {
        let now = session.moment.read().at;
        at(session.axis.read().percent(now))
    };
    view! { <i class="cursor" style:left=left></i> }
}
