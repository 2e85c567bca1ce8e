//! The state machine at work: what is played, step by step, with what goes in and comes out.

use leptos::prelude::*;
use serde_json::Value;

use super::super::icon::{Glyph, Icon};
use super::super::moment::{Clock, Moment};
use super::super::number;
use super::super::session::Session;
use super::account::AccountTable;
use super::machine::Machine;
use super::playback::{Playback, Scenario, path};
use crate::lifecycle::{Fault, Happening, Play, faults};
use crate::states::What;
use crate::text::{Message, Text, text};

#[component]
pub fn Runs() -> impl IntoView {
    let session = Session::expect();
    let schedule = session.schedule;
    view! {
        <section class="runs" aria-label=session.say(RUNS)>
            <h3>{session.say(RUNS)}</h3>
            <Show
                when=move || schedule.play.read().is_some()
                fallback=move || view! { <p class="problem">{session.say(text("ui.run.none", "The definition of this state machine is not understood, so it cannot be played."))}</p> }
            >
                <p class="note">{session.say(text("ui.run.help", "The very definition that is exported runs here, against a model of AWS: durations are usual ones, not promised ones. The drawing shows what stands at each step."))}</p>
                <Choices />
                <Steps />
                <Verdict />
                <Machine />
                <Now />
                <AccountTable />
            </Show>
        </section>
    }
}

const RUNS: Text = text("ui.run", "The state machine at work");

/// Changes what is played, and looks at it.
fn go(session: Session, change: impl FnOnce(&mut Playback)) {
    session.moment.update(|it: &mut Moment| {
        change(&mut it.playback);
        it.clock = Clock::Run;
    });
}

#[component]
fn Choices() -> impl IntoView {
    let session = Session::expect();
    let scenario = Memo::new(move |_| session.moment.read().playback.scenario);
    let fault = Memo::new(move |_| session.moment.read().playback.fault.clone());
    let choose = move |tag: String| {
        let found = Scenario::ALL.into_iter().find(|it| it.tag() == tag);
        found.into_iter().for_each(|it| {
            go(session, |playback| {
                playback.scenario = it;
                playback.at = 0;
            });
        });
    };
    let break_it = move |shown: String| {
        go(session, |playback| {
            playback.fault = shown;
            playback.at = 0;
        });
    };
    let all = Memo::new(move |_| {
        let deployed = session.schedule.deployed.read();
        let all = deployed
            .as_ref()
            .map(|it| faults(&it.scene))
            .unwrap_or_default();
        let titled = |it: &Fault| (it.to_string(), session.tell_in(&it.message()));
        all.iter().map(titled).collect::<Vec<_>>()
    });
    let offered = move || {
        let offered = all.get().into_iter().map(|(value, title)| {
            let own = value.clone();
            view! { <option value=value prop:selected=move || fault.get() == own>{title}</option> }
        });
        offered.collect_view()
    };
    let scenarios = Scenario::ALL.map(|it| {
        let is_it = move || scenario.get() == it;
        view! { <option value=it.tag() prop:selected=is_it>{session.say(it.title())}</option> }
    });
    view! {
        <div class="row">
            <select
                aria-label=session.say(text("ui.run.scenario", "What is played"))
                on:change:target=move |event| choose(event.target().value())
            >
                {scenarios.into_iter().collect_view()}
            </select>
            <select
                aria-label=session.say(text("ui.run.fault", "What goes wrong"))
                on:change:target=move |event| break_it(event.target().value())
            >
                <option value="" prop:selected=move || fault.get().is_empty()>
                    {session.say(text("ui.run.no-fault", "Nothing goes wrong"))}
                </option>
                {offered}
            </select>
        </div>
    }
}

/// Goes from step to step.
#[component]
fn Steps() -> impl IntoView {
    let session = Session::expect();
    let schedule = session.schedule;
    let last = move || schedule.steps.read().len().saturating_sub(1);
    let to = move |at: usize| go(session, |playback| playback.at = at);
    let act = move |icon: Icon, title: Text, target: fn(usize, usize) -> usize| {
        let run = move |_| to(target(schedule.at.get_untracked(), untrack(last)));
        view! {
            <button class="quiet" title=session.say(title) aria-label=session.say(title) on:click=run>
                <Glyph icon />
            </button>
        }
    };
    let when = move || {
        let play = schedule.play.read();
        let steps = schedule.steps.read();
        let moment = play.as_ref().zip(steps.get(schedule.at.get()));
        let at_s = moment
            .and_then(|(play, at)| play.moments.get(*at))
            .map_or(0, |it| it.at_s);
        number::clock(at_s as f64)
    };
    let told = move || {
        told(session)
            .map(|it| session.tell_in(&it))
            .unwrap_or_default()
    };
    let place = move || format!("{} / {}", schedule.at.get() + 1, last() + 1);
    view! {
        <div class="row steps">
            {act(Icon::Start, text("ui.run.first", "First step"), |_, _| 0)}
            {act(Icon::Back, text("ui.run.back", "A step back"), |at, _| at.saturating_sub(1))}
            {act(Icon::Forward, text("ui.run.forward", "A step on"), |at, last| (at + 1).min(last))}
            <input
                type="range"
                min="0"
                max=move || last().to_string()
                aria-label=session.say(text("ui.run.step", "Step"))
                aria-valuetext=told
                prop:value=move || schedule.at.get().to_string()
                on:input:target=move |event| to(event.target().value().parse().unwrap_or_default())
            />
            <output>{when} " · " {place}</output>
        </div>
        <p class="now" role="status">{told}</p>
    }
}

/// What happens at the step that is looked at.
fn told(session: Session) -> Option<Message> {
    let (play, steps) = (session.schedule.play.read(), session.schedule.steps.read());
    play.as_ref()?.told(*steps.get(session.schedule.at.get())?)
}

/// What went in and came out of the state that is looked at.
#[component]
fn Now() -> impl IntoView {
    let session = Session::expect();
    let both = Memo::new(move |_| {
        let (play, steps) = (session.schedule.play.read(), session.schedule.steps.read());
        let at = *steps.get(session.schedule.at.get())?;
        data(play.as_ref()?, at)
    });
    move || {
        let (name, input, output) = both.get()?;
        let block = |title: Text, value: Option<String>| {
            value.map(|it| {
                view! {
                    <details open>
                        <summary>{session.say(title)}</summary>
                        <pre tabindex="0">{it}</pre>
                    </details>
                }
            })
        };
        Some(view! {
            <div class="data">
                <h4>{name}</h4>
                {block(text("ui.run.input", "Input"), input)}
                {block(text("ui.run.output", "Output"), output)}
            </div>
        })
    }
}

type Data = (String, Option<String>, Option<String>);

/// A state's name, what it was entered with, and what it gave back.
fn data(play: &Play, at: usize) -> Option<Data> {
    let moment = play.moments.get(at)?;
    let shown = |it: &Value| serde_json::to_string_pretty(it).ok();
    let event = match &moment.what {
        Happening::State(event) => event,
        Happening::Started { input } => {
            let run = moment.run.and_then(|it| play.runs.get(it))?;
            return Some((run.name.clone(), shown(input), None));
        }
        Happening::Ended { .. }
        | Happening::Progressed { .. }
        | Happening::RouteDeleted { .. }
        | Happening::Swept(_) => return None,
    };
    let same = |it: &&crate::lifecycle::Moment| match &it.what {
        Happening::State(other) if it.run == moment.run => other.place == event.place,
        _ => false,
    };
    let failure = |it: &crate::states::Failure| Some(format!("{}: {}", it.error, it.cause));
    let (input, output) = match &event.what {
        What::Entered { input } => {
            let mut later = play.moments.iter().skip(at + 1).filter(same);
            let output = later.find_map(|it| match &it.what {
                Happening::State(event) => match &event.what {
                    What::Left { output, .. } => Some(shown(output)),
                    What::Caught { failure: it, .. } | What::Failed { failure: it } => {
                        Some(failure(it))
                    }
                    What::Entered { .. } | What::Retried { .. } => None,
                },
                _ => None,
            });
            (shown(input), output.flatten())
        }
        What::Left { output, .. } => (None, shown(output)),
        What::Retried { failure: it, .. }
        | What::Caught { failure: it, .. }
        | What::Failed { failure: it } => (None, failure(it)),
    };
    Some((path(&event.place), input, output))
}

/// How each run ended, and whether all is as it should be once nothing is at work any more.
#[component]
fn Verdict() -> impl IntoView {
    let session = Session::expect();
    move || {
        let play = session.schedule.play.read();
        let play = play.as_ref()?;
        let verdict = &play.verdict;
        let runs = play.runs.iter().filter_map(|it| {
            let verdict = it.verdict.as_ref()?;
            let words = text("ui.run.after", "After {run}: {verdict}")
                .with("run", it.name.clone())
                .with("verdict", verdict.message());
            Some(view! { <li>{session.tell_in(&words)}</li> })
        });
        let runs = runs.collect_view();
        let left = verdict.left.iter();
        let left = left.map(|it| view! { <li>{session.tell_in(&it.message())}</li> });
        let left = left.collect_view();
        let is_clean = verdict.is_clean();
        let is_warned = is_clean && verdict.is_alarmed;
        let icon = match (is_clean, is_warned) {
            (true, false) => Icon::Check,
            (true, true) => Icon::Triangle,
            (false, _) => Icon::Octagon,
        };
        let words =
            text("ui.run.in-the-end", "In the end: {verdict}").with("verdict", verdict.message());
        Some(view! {
            <div
                class="verdict"
                class:is-clean=is_clean && !is_warned
                class:is-warned=is_warned
                class:is-bad=!is_clean
            >
                <p>
                    <Glyph icon />
                    {session.tell_in(&words)}
                </p>
                <ul>{left}</ul>
            </div>
            <ul class="note after">{runs}</ul>
        })
    }
}
