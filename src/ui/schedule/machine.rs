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
    let whole = RwSignal::new(false);
    let picture = Memo::new(move |_| {
        let deployed = schedule.deployed.read();
        let graph = graph(&deployed.as_ref()?.scene.machine);
        let picture = lay(&graph, Form::Tall);
        let markup = markup(&picture, title.render(session.lang.get()));
        Some((format!("{}px", picture.width), markup))
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
        <label class="whole">
            <input
                type="checkbox"
                prop:checked=move || whole.get()
                on:change:target=move |event| whole.set(event.target().checked())
            />
            {session.say(text("ui.run.whole", "The whole machine at once"))}
        </label>
        <div
            class="machine-frame diagram scroll"
            class:is-whole=move || whole.get()
            node_ref=frame
            tabindex="0"
            role="region"
            aria-label=session.say(title)
            style=("--width", move || picture.get().map(|it| it.0))
            inner_html=move || picture.get().map(|it| it.1).unwrap_or_default()
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
    let is_out = own.top() < around.top()
        || own.bottom() > around.bottom()
        || own.left() < around.left()
        || own.right() > around.right();
    if is_out {
        let down =
            f64::midpoint(own.top(), own.bottom()) - f64::midpoint(around.top(), around.bottom());
        let right =
            f64::midpoint(own.left(), own.right()) - f64::midpoint(around.left(), around.right());
        frame.set_scroll_top(frame.scroll_top() + down as i32);
        frame.set_scroll_left(frame.scroll_left() + right as i32);
    }
}
