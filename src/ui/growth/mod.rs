//! The growth path: each later step a switch, with what it changes in drawing, losses, findings and cost.

use std::time::Duration;

use leptos::prelude::*;

use super::number;
use super::session::Session;
use super::simulate::{fall_words, fault_title};
use super::slices::Slices;
use super::view::{Focus, Notice, Offer};
use crate::aws::Name;
use crate::checks::Check;
use crate::compare::{Effect as Change, Redrawn, Shift, Stage, Standing, Turn, effect, stages};
use crate::failure::{Fall, Health};
use crate::text::{Text, text};
use crate::topology::journeys;

/// Rest before the steps are played.
const REST: Duration = Duration::from_millis(200);

#[component]
pub fn GrowthPanel() -> impl IntoView {
    let session = Session::expect();
    let all = Memo::new(move |_| {
        session.bill.track();
        stages(
            &session.design.read_untracked(),
            &session.whole.read_untracked(),
        )
    });
    let effects = RwSignal::new(Vec::<(&'static str, Change)>::new());
    let slices = Slices::new();
    Effect::new(move |_| {
        let mut open = all.get();
        open.reverse();
        let mut present = None;
        slices.start(REST, move || {
            let is_first = present.is_none();
            let present = present.get_or_insert_with(|| standing(session));
            if is_first {
                effects.set(Vec::new());
            }
            let Some(stage) = open.pop() else {
                return false;
            };
            let effect = effect(present, &stage);
            effects.update(|it| it.push((stage.id, effect)));
            true
        });
    });
    view! {
        <p class="note">{session.say(text("ui.growth.help", "Steps that systems like this one take later. Each is expanded, priced, played in every loss and checked; its switch applies it, and takes it back."))}</p>
        <ol class="growth">
            <For
                each=move || all.get()
                key=|it| (it.id, it.is_on)
                children=move |it| view! { <StepRow it effects /> }
            />
        </ol>
    }
}

fn standing(session: Session) -> Standing {
    Standing {
        topology: session.whole.get_untracked(),
        bill: session.bill.get_untracked(),
        sweep: session.sweep.get_untracked(),
        findings: session.findings.get_untracked(),
    }
}

#[component]
fn StepRow(it: Stage, effects: RwSignal<Vec<(&'static str, Change)>>) -> impl IntoView {
    let session = Session::expect();
    let (id, is_on, title) = (it.id, it.is_on, it.title);
    let label = format!("growth-{id}");
    let turn = move || {
        let now = stages(
            &session.design.read_untracked(),
            &session.whole.read_untracked(),
        );
        let Some(stage) = now.into_iter().find(|it| it.id == id) else {
            return;
        };
        let drawn = effects.with_untracked(|all| {
            let found = all.iter().find(|(it, _)| *it == id);
            found.map(|(_, it)| there(&it.redrawn))
        });
        session.go(stage.turned);
        session.look_at(Focus::Finding(id, drawn.unwrap_or_default()));
        let done = if is_on {
            text(
                "ui.growth.back",
                "Taken back: {step}. What has changed is marked in the drawing.",
            )
        } else {
            text(
                "ui.growth.done",
                "Done: {step}. What has changed is marked in the drawing.",
            )
        };
        session.notify(Notice::done(done.with("step", title)).offering(Offer::Undo));
    };
    let shown = move || {
        let all = effects.read();
        let found = all.iter().find(|(it, _)| *it == id);
        match found {
            Some((_, it)) => changes(session, it, is_on).into_any(),
            None => {
                view! { <p class="note">{session.say(text("ui.growth.playing", "Playing…"))}</p> }
                    .into_any()
            }
        }
    };
    view! {
        <li>
            <div class="step">
                <label for=label.clone()>{session.say(it.title)}</label>
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    id=label
                    prop:checked=is_on
                    on:change=move |_| turn()
                />
            </div>
            <p>{session.say(it.about)}</p>
            {shown}
        </li>
    }
}

/// What will be in the drawing of all that changes.
fn there(redrawn: &Redrawn) -> Vec<Name> {
    redrawn
        .added
        .iter()
        .chain(&redrawn.changed)
        .cloned()
        .collect()
}

fn changes(session: Session, it: &Change, is_on: bool) -> impl IntoView + use<> {
    let head = if is_on {
        text("ui.growth.undoing", "Taking it back changes:")
    } else {
        text("ui.growth.doing", "It changes:")
    };
    let cost = match it.change {
        Some(change) => text(
            "ui.growth.cost",
            "{before}, then {after} a month ({change})",
        )
        .with("change", number::change(change)),
        // Something without a price comes or goes.
        None => text("ui.growth.cost-unknown", "{before}, then {after} a month").into(),
    };
    let cost = cost
        .with("before", it.before.words(number::dollars))
        .with("after", it.after.words(number::dollars));
    let no_findings = (it.resolved.is_empty() && it.found.is_empty())
        .then(|| session.say(text("ui.growth.no-findings", "None comes or goes")));
    view! {
        <p class="note">{session.say(head)}</p>
        <dl class="glance">
            <div>
                <dt>{session.say(text("ui.growth.bill", "Cost"))}</dt>
                <dd>{session.tell_in(&cost)}</dd>
            </div>
            <div>
                <dt>{session.say(text("ui.growth.drawing", "Drawing"))}</dt>
                <dd>{drawn(session, &it.redrawn)}</dd>
            </div>
            <div>
                <dt>{session.say(text("ui.growth.losses", "Losses"))}</dt>
                <dd>{losses(session, it)}</dd>
            </div>
            <div>
                <dt>{session.say(text("ui.growth.findings", "Findings"))}</dt>
                <dd>
                    {checks(session, text("ui.growth.resolved", "resolved"), &it.resolved)}
                    {checks(session, text("ui.growth.found", "new"), &it.found)}
                    {no_findings}
                </dd>
            </div>
        </dl>
    }
}

fn drawn(session: Session, it: &Redrawn) -> impl IntoView + use<> {
    let count = text(
        "ui.growth.nodes",
        "{added} more, {removed} fewer, {changed} changed",
    )
    .with("added", it.added.len())
    .with("removed", it.removed.len())
    .with("changed", it.changed.len());
    let names = |title: Text, names: &[Name]| {
        let all: Vec<&str> = names.iter().map(|it| it.as_str()).collect();
        let all = all.join(", ");
        (!names.is_empty()).then(|| view! { <li>{session.say(title)} ": " {all}</li> })
    };
    view! {
        <details>
            <summary>{session.tell_in(&count)}</summary>
            <ul>
                {names(text("ui.growth.added", "More"), &it.added)}
                {names(text("ui.growth.removed", "Fewer"), &it.removed)}
                {names(text("ui.growth.changed", "Changed"), &it.changed)}
            </ul>
        </details>
    }
}

fn losses(session: Session, it: &Change) -> impl IntoView + use<> {
    let (better, worse) = (
        it.turned(Turn::Better).count(),
        it.turned(Turn::Broken).count(),
    );
    let count = text(
        "ui.growth.journeys",
        "{better} journeys better, {worse} worse",
    )
    .with("better", better)
    .with("worse", worse + it.turned(Turn::Weaker).count());
    let rows: Vec<String> = it.shifts.iter().map(|it| shift(session, it)).collect();
    let rows = rows.into_iter().map(|it| view! { <li>{it}</li> });
    view! {
        <details>
            <summary>{session.tell_in(&count)}</summary>
            <ul>{rows.collect_view()}</ul>
        </details>
    }
}

fn shift(session: Session, it: &Shift) -> String {
    let titles = journeys(&session.settled.read_untracked());
    let title = titles.iter().find(|journey| journey.id == it.id);
    let title = title.map_or(it.id, |it| it.title.render(session.lang.get()));
    let gone = text("ui.growth.gone", "no longer there").render(session.lang.get());
    let words = text(
        "ui.growth.shift",
        "{fault}, {journey}: {before}, then {after}",
    )
    .with("fault", fault_title(session, &it.fault))
    .with("journey", title)
    .with("before", fared(session, &it.before))
    .with(
        "after",
        it.after.map_or(gone.to_owned(), |it| fared(session, &it)),
    );
    session.tell_in(&words)
}

fn fared(session: Session, fall: &Fall) -> String {
    let state = fall_words(fall).render(session.lang.get());
    let seconds = match fall.worst {
        _ if fall.was_down => None,
        Health::Ok => None,
        Health::Degraded => Some(fall.degraded_s),
        Health::Down => Some(fall.outage_s),
    };
    let time = seconds.map(|it| format!(" {}", number::clock(it.into())));
    format!("{state}{}", time.unwrap_or_default())
}

fn checks(session: Session, title: Text, all: &[&'static Check]) -> impl IntoView + use<> {
    let rows = all.iter().map(|it| {
        let (code, words) = (it.code, it.title);
        view! { <li><code>{code}</code> " " {session.say(words)}</li> }
    });
    let rows = rows.collect_view();
    (!all.is_empty()).then(|| view! { <p>{session.say(title)}</p> <ul>{rows}</ul> })
}
