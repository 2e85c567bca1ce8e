//! The whole drawing in a corner, while only a part of it can be seen.

use std::fmt::Write;

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::PointerEvent;

use super::Frame;
use crate::diagram::{Drawing, Rect, Shape};
use crate::text::text;

/// The most that it takes of the frame, in pixels.
const WIDTH: f64 = 180.0;
const HEIGHT: f64 = 120.0;

#[component]
pub fn Map(it: Frame) -> impl IntoView {
    let is_cut = Memo::new(move |_| {
        it.session.settled.track();
        let drawing = it.session.drawing.read_untracked();
        let whole = Rect::new(0.0, 0.0, drawing.width, drawing.height);
        seen(it).is_some_and(|it| !it.contains(&whole))
    });
    move || is_cut.get().then(|| view! { <Overview it /> })
}

#[component]
fn Overview(it: Frame) -> impl IntoView {
    let ground = NodeRef::<Div>::new();
    let session = it.session;
    // It follows the drawing as the lists do.
    let drawing = move || {
        session.settled.track();
        session.drawing.read_untracked()
    };
    let picture = move || picture(&drawing());
    let size = move || {
        let drawing = drawing();
        let scale = (WIDTH / drawing.width.max(1.0)).min(HEIGHT / drawing.height.max(1.0));
        (drawing.width * scale, drawing.height * scale)
    };
    let go = move |event: &PointerEvent| {
        let Some(ground) = ground.get_untracked().filter(|_| event.buttons() == 1) else {
            return;
        };
        let (place, (width, height)) = (ground.get_bounding_client_rect(), untrack(size));
        let drawing = it.drawing();
        it.center((
            (f64::from(event.client_x()) - place.left()) / width * drawing.width,
            (f64::from(event.client_y()) - place.top()) / height * drawing.height,
        ));
    };
    let part = move |pick: fn(Rect) -> f64, whole: fn(&Drawing) -> f64| {
        move || {
            let whole = whole(&drawing());
            seen(it).map(|seen| format!("{:.2}%", 100.0 * pick(seen) / whole.max(1.0)))
        }
    };
    view! {
        <div
            class="map"
            aria-hidden="true"
            title=session.say(text("ui.map", "Overview: drag to move"))
            node_ref=ground
            style:width=move || format!("{:.0}px", size().0)
            style:height=move || format!("{:.0}px", size().1)
            on:pointerdown=move |event| go(&event)
            on:pointermove=move |event| go(&event)
        >
            <div inner_html=picture></div>
            <i
                style:left=part(|it| it.x, |it| it.width)
                style:top=part(|it| it.y, |it| it.height)
                style:width=part(|it| it.width, |it| it.width)
                style:height=part(|it| it.height, |it| it.height)
            ></i>
        </div>
    }
}

/// What of the drawing is in the frame.
fn seen(it: Frame) -> Option<Rect> {
    let (camera, frame) = (it.camera.get()?, it.room.get());
    Some(Rect::new(
        -camera.x / camera.scale,
        -camera.y / camera.scale,
        frame.width / camera.scale,
        frame.height / camera.scale,
    ))
}

/// Boxes without words.
fn picture(drawing: &Drawing) -> String {
    let mut out = format!("<svg viewBox=\"0 0 {} {}\">", drawing.width, drawing.height);
    for item in drawing.items.iter().filter(|it| !it.absent) {
        let class = match item.shape {
            Shape::Tag(_) => continue,
            Shape::Icon(_) => "icon",
            Shape::Region | Shape::Vpc | Shape::Zone | Shape::Panel => "frame",
            Shape::PublicSubnet | Shape::PrivateSubnet | Shape::Group(_) => "box",
        };
        let it = item.rect;
        // Text that grows in memory takes all that it is given.
        let _ = write!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            it.x, it.y, it.width, it.height
        );
    }
    out + "</svg>"
}
