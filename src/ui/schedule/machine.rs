//! The picture of the machine, with the states lit that are at work.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::super::session::Session;
use super::playback::lit;
use crate::diagram::machine::{Form, lay, markup};
use crate::states::graph;
use crate::text::text;

const CLASSES: [&str; 3] = ["is-current", "is-visited", "is-failed"];

#[component]
pub fn Machine() -> impl IntoView {
    let session = Session::expect();
    let schedule = session.schedule;
    let frame = NodeRef::<Div>::new();
    let title = text("ui.run.machine", "State machine");
    let picture = Memo::new(move |_| {
        let deployed = schedule.deployed.read();
        let graph = graph(&deployed.as_ref()?.scene.machine);
        Some(markup(
            &lay(&graph, Form::Tall),
            title.render(session.lang.get()),
        ))
    });
    // Lights states in the picture that is there: it is laid out once.
    Effect::new(move || {
        picture.track();
        let play = schedule.play.read();
        let steps = schedule.steps.read();
        let states = play.as_ref().zip(steps.get(schedule.at.get()));
        let states = states.map(|(play, at)| lit(play, *at)).unwrap_or_default();
        if let Some(frame) = frame.get() {
            light(&frame, &states);
        }
    });
    view! {
        <div
            class="machine diagram scroll"
            node_ref=frame
            tabindex="0"
            role="region"
            aria-label=session.say(title)
            inner_html=move || picture.get().unwrap_or_default()
        ></div>
    }
}

fn light(frame: &Element, states: &[(String, &'static str)]) {
    let Ok(all) = frame.query_selector_all("[data-state]") else {
        return;
    };
    let mut current = None;
    for at in 0..all.length() {
        let Some(element) = all.item(at).and_then(|it| it.dyn_into::<Element>().ok()) else {
            continue;
        };
        let path = element.get_attribute("data-state").unwrap_or_default();
        let class = states.iter().find(|it| it.0 == path).map(|it| it.1);
        let classes = element.class_list();
        for it in CLASSES {
            // A class of our own is a word that the browser takes.
            let _ = classes.toggle_with_force(it, class == Some(it));
        }
        if class == Some("is-current") {
            current = Some(element);
        }
    }
    if let Some(current) = current {
        into_view(frame, &current);
    }
}

/// Scrolls the frame, and nothing else, until an element is in it.
fn into_view(frame: &Element, element: &Element) {
    let (around, own) = (
        frame.get_bounding_client_rect(),
        element.get_bounding_client_rect(),
    );
    let above = own.top() - around.top();
    let below = own.bottom() - around.bottom();
    if above < 0.0 || below > 0.0 {
        let middle =
            f64::midpoint(own.top(), own.bottom()) - f64::midpoint(around.top(), around.bottom());
        frame.set_scroll_top(frame.scroll_top() + middle as i32);
    }
}
