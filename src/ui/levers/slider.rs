//! One lever: a slider over its stops, or a switch.

use leptos::prelude::*;

use super::super::session::Session;
use super::super::settings::value_words;
use super::curve::Curve;
use super::{Preview, find};
use crate::compare::Lever;
use crate::design::{OptionKind, option};

#[component]
pub fn Slider(
    key: &'static str,
    all: Memo<Vec<Lever>>,
    preview: RwSignal<Option<Preview>>,
) -> impl IntoView {
    let session = Session::expect();
    let spec = option(key)?;
    let is_switch = (spec.kind)() == OptionKind::Switch;
    let dragged = RwSignal::new(None::<usize>);
    let stops = Memo::new(move |_| find(all, key, |it| it.stops.clone()).unwrap_or_default());
    let present = Memo::new(move |_| find(all, key, |it| it.present).unwrap_or_default());
    let place = move || dragged.get().unwrap_or(present.get());
    let value = move || stops.read().get(place()).cloned().unwrap_or_default();
    let words = move || value_words(session, spec, &value());
    let waits = move || {
        let waits = find(all, key, |it| it.waits(&session.design.read())).flatten();
        waits.map(|it| view! { <p class="note">{session.tell_in(&it)}</p> })
    };
    let look = move |stop: usize| {
        dragged.set(Some(stop));
        let (design, bill) = (
            session.design.read_untracked(),
            session.bill.read_untracked(),
        );
        let point = all.with_untracked(|all| {
            let lever = all.iter().find(|it| it.spec.key == key)?;
            lever.point(&design, &bill, stop)
        });
        preview.set(point.map(|point| Preview { spec, point }));
    };
    let keep = move |stop: usize| {
        let given = stops.with_untracked(|it| it.get(stop).cloned());
        dragged.set(None);
        if let Some(given) = given {
            let next = session.design.read_untracked().with(key, &given);
            session.go(next);
        }
    };
    let id = format!("lever.{key}");
    let input = if is_switch {
        let turn = move |on: bool| {
            look(usize::from(on));
            keep(usize::from(on));
        };
        view! {
            <input
                type="checkbox"
                role="switch"
                class="switch"
                id=id.clone()
                prop:checked=move || place() == 1
                on:change:target=move |event| turn(event.target().checked())
            />
        }
        .into_any()
    } else {
        let stop = |given: String| given.parse::<usize>().unwrap_or_default();
        view! {
            <input
                type="range"
                min="0"
                step="1"
                id=id.clone()
                max=move || stops.read().len().saturating_sub(1).to_string()
                prop:value=move || place().to_string()
                aria-valuetext=words
                on:input:target=move |event| look(stop(event.target().value()))
                on:change:target=move |event| keep(stop(event.target().value()))
            />
        }
        .into_any()
    };
    Some(view! {
        <div class="lever" title=session.say(spec.help)>
            <label for=id>{session.say(spec.label)}</label>
            <span class="value">{words}</span>
            {input}
            {waits}
            <Curve key all />
        </div>
    })
}
