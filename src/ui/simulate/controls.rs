//! What breaks, and the buttons of the player.

use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::super::moment::SPEEDS;
use super::super::session::Session;
use super::{step_back, step_forward, to_start, toggle};
use crate::failure::Fault;
use crate::text::{Text, text};

#[component]
pub fn Controls(idle: Memo<bool>, sweep: RwSignal<bool>) -> impl IntoView {
    let session = Session::expect();
    view! {
        <div class="controls">
            <h2>{session.say(text("ui.simulate", "Simulate"))}</h2>
            <FaultChoice />
            {move || match idle.get() {
                true => view! { <Idle sweep /> }.into_any(),
                false => view! { <Player /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Idle(sweep: RwSignal<bool>) -> impl IntoView {
    let session = Session::expect();
    view! {
        <p class="note">
            {session.say(text("ui.simulate.help", "Choose what breaks, and watch what fails, what takes over and when."))}
        </p>
        <button aria-expanded=move || sweep.get().to_string() on:click=move |_| sweep.update(|it| *it = !*it)>
            <Glyph icon=Icon::Table />
            {session.say(text("ui.sweep.open", "Compare all faults"))}
        </button>
    }
}

#[component]
fn Player() -> impl IntoView {
    let session = Session::expect();
    view! {
        <div class="buttons player" role="group" aria-label=session.say(text("ui.player", "Player"))>
            <Act icon=Icon::Start title=text("ui.to-start", "To the beginning (Home)") run=to_start />
            <Act icon=Icon::Back title=text("ui.step-back", "Event before (←)") run=step_back />
            <PlayButton />
            <Act icon=Icon::Forward title=text("ui.step-forward", "Next event (→)") run=step_forward />
        </div>
        <SpeedChoice />
        <span class="spring"></span>
        <button class="quiet" on:click=move |_| session.moment.update(|it| it.choose(None))>
            <Glyph icon=Icon::Close />
            {session.say(text("ui.fault.clear", "End the simulation"))}
        </button>
    }
}

#[component]
fn Act(icon: Icon, title: Text, run: fn(Session)) -> impl IntoView {
    let session = Session::expect();
    view! {
        <button
            class="quiet"
            title=session.say(title)
            aria-label=session.say(title)
            on:click=move |_| run(session)
        >
            <Glyph icon />
        </button>
    }
}

/// One button for both, so that it keeps the focus.
#[component]
fn PlayButton() -> impl IntoView {
    let session = Session::expect();
    let playing = Memo::new(move |_| session.moment.read().playing);
    let icon = move || {
        if playing.get() {
            Icon::Pause
        } else {
            Icon::Play
        }
    };
    let words = move || match playing.get() {
        true => text("ui.pause", "Pause (Space)").render(session.lang.get()),
        false => text("ui.play", "Play (Space)").render(session.lang.get()),
    };
    view! {
        <button class="play" title=words aria-label=words on:click=move |_| toggle(session)>
            {move || view! { <Glyph icon=icon() /> }}
        </button>
    }
}

#[component]
fn FaultChoice() -> impl IntoView {
    let session = Session::expect();
    let choose = move |shown: String| {
        let fault = Fault::parse(&shown, &session.topology.read_untracked()).ok();
        match fault {
            Some(fault) => session.fail(fault),
            None => session.moment.update(|it| it.choose(None)),
        }
    };
    let present = move || {
        session
            .fault
            .read()
            .as_ref()
            .map(Fault::to_string)
            .unwrap_or_default()
    };
    let titles = Memo::new(move |_| {
        let faults = session.faults.read();
        let titled = |it: &Fault| (it.to_string(), fault_title(session, it));
        faults.iter().map(titled).collect::<Vec<_>>()
    });
    let option = move |(value, title): (String, String)| {
        let chosen = value.clone();
        view! { <option value=value prop:selected=move || present() == chosen>{title}</option> }
    };
    let offered = move || titles.get().into_iter().map(option).collect_view();
    view! {
        <select
            class="fault"
            aria-label=session.say(text("ui.fault", "What breaks"))
            on:change:target=move |event| choose(event.target().value())
        >
            <option value="" prop:selected=move || present().is_empty()>
                {session.say(text("ui.fault.none", "Nothing breaks"))}
            </option>
            {offered}
        </select>
    }
}

/// What a fault breaks, in words.
pub fn fault_title(session: Session, fault: &Fault) -> String {
    match fault {
        Fault::Zone(site) => session.title_of(&site.name()),
        Fault::Pair(one, other) => {
            let words = text("ui.fault.pair", "{one} and {other}")
                .with("one", session.title_of(&one.name()))
                .with("other", session.title_of(&other.name()));
            session.tell_in(&words)
        }
        Fault::Node(name) => session.title_of(name),
        Fault::Region(region) => {
            let words = text("ui.fault.region", "Region {region}");
            session.tell_in(&words.with("region", region.code()))
        }
    }
}

#[component]
fn SpeedChoice() -> impl IntoView {
    let session = Session::expect();
    let choose = move |speed: String| {
        let known = SPEEDS.into_iter().find(|it| it.to_string() == speed);
        known
            .into_iter()
            .for_each(|speed| session.moment.update(|it| it.speed = speed));
    };
    let offered =
        SPEEDS.map(|it| view! { <option value=it.to_string()>{format!("{it}×")}</option> });
    view! {
        <select
            class="small"
            aria-label=session.say(text("ui.speed", "Speed"))
            prop:value=move || session.moment.read().speed.to_string()
            on:change:target=move |event| choose(event.target().value())
        >
            {offered.into_iter().collect_view()}
        </select>
    }
}
