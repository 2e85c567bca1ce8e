//! The drawing in its frame: zoom, pan, selection by pointer and keyboard, and the marks that a fault leaves on it.

mod camera;
mod card;
mod glide;
mod map;
mod marks;
mod patch;
mod pointer;
mod walk;

use std::sync::Arc;

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::Element;

use super::browser;
use super::icon::{Glyph, Icon};
use super::session::Session;
use super::stopwatch::{self, Stage};
use super::view::Focus;
use crate::aws::Name;
use crate::diagram::{Print, Rect, sheet};
use crate::text::{Text, text};

use camera::{Camera, Size};
use card::Card;
use map::Map;
use marks::Marks;
pub use marks::word as state_word;
use patch::Shown;
use pointer::{Drag, Hand};
use walk::Along;
pub use walk::fault_of;

/// What the parts of the canvas share. All of it is about this frame on this screen.
#[derive(Clone, Copy)]
struct Frame {
    session: Session,
    /// The box that the drawing is seen through.
    frame: NodeRef<Div>,
    /// The drawing's own box.
    sheet: NodeRef<Div>,
    /// `None`: fitted.
    camera: RwSignal<Option<Camera>>,
    /// The camera as it is, or the one that fits.
    shown: Memo<Camera>,
    drag: RwSignal<Option<Drag>>,
    /// What the pointer is over, and where.
    hover: RwSignal<Option<card::Hover>>,
    /// What has the focus.
    focused: RwSignal<Option<Name>>,
    /// The wire that the keyboard is on.
    along: RwSignal<Option<Along>>,
    /// The size of the frame; nothing until it is laid out.
    room: RwSignal<Size>,
}

impl Frame {
    fn drawing(self) -> Size {
        Size::of(&self.session.drawing.read_untracked())
    }

    fn size(self) -> Size {
        self.room.get_untracked()
    }

    fn present(self) -> Camera {
        self.shown.get_untracked()
    }

    fn push(self, by: (f64, f64)) {
        let pushed = self.present().pushed(by, self.drawing(), self.size());
        self.camera.set(Some(pushed));
    }

    fn zoom(self, factor: f64, at: (f64, f64)) {
        self.camera.set(Some(self.present().zoomed(factor, at)));
        self.push((0.0, 0.0));
    }

    /// Moves a place of the drawing to the middle of the frame.
    fn center(self, (x, y): (f64, f64)) {
        let (camera, size) = (self.present(), self.size());
        self.camera.set(Some(Camera {
            x: size.width / 2.0 - x * camera.scale,
            y: size.height / 2.0 - y * camera.scale,
            ..camera
        }));
        self.push((0.0, 0.0));
    }

    /// Where an element is in the frame, in pixels.
    fn place_of(self, element: &Element) -> Option<Rect> {
        let frame = self.frame.get_untracked()?.get_bounding_client_rect();
        let place = element.get_bounding_client_rect();
        let (x, y) = (place.left() - frame.left(), place.top() - frame.top());
        Some(Rect::new(x, y, place.width(), place.height()))
    }

    /// Shows what is picked out as large as it can be read well.
    fn fit_selected(self) {
        let Some(sheet) = self.sheet.get_untracked() else {
            return;
        };
        let elements = marks::index(&sheet).into_iter();
        let selected =
            elements.filter(|it| it.is_there() && it.element.class_list().contains("is-selected"));
        let places = selected.filter_map(|it| self.place_of(&it.element));
        let Some(place) = places.reduce(|a, b| a.union(&b)) else {
            return;
        };
        let camera = self.present();
        let part = Rect::new(
            (place.x - camera.x) / camera.scale,
            (place.y - camera.y) / camera.scale,
            place.width / camera.scale,
            place.height / camera.scale,
        );
        self.camera.set(Some(Camera::around(part, self.size())));
    }

    /// Zooms about the middle.
    fn zoom_middle(self, factor: f64) {
        let size = self.size();
        self.zoom(factor, (size.width / 2.0, size.height / 2.0));
    }
}

/// What one press of a zoom button does.
const ZOOM: f64 = 1.25;

#[component]
pub fn Canvas() -> impl IntoView {
    let session = Session::expect();
    let (camera, room) = (RwSignal::new(None), RwSignal::new(Size::default()));
    let shown = Memo::new(move |_| {
        let fitted = || Camera::fitted(Size::of(&session.drawing.read()), room.get());
        camera.get().unwrap_or_else(fitted)
    });
    let it = Frame {
        session,
        frame: NodeRef::new(),
        sheet: NodeRef::new(),
        camera,
        shown,
        drag: RwSignal::new(None),
        hover: RwSignal::new(None),
        focused: RwSignal::new(None),
        along: RwSignal::new(None),
        room,
    };
    show_drawing(it);
    keep_place(it);
    keep_printed(it);
    view! {
        <section class="canvas" id="drawing" aria-label=session.say(text("ui.drawing", "Drawing"))>
            <Sheet it />
            <Map it />
            <Zoom it />
            <Card it />
            <p class="away" aria-live="polite">{move || walk::said(it)}</p>
        </section>
    }
}

/// The frame with the drawing in it.
#[component]
fn Sheet(it: Frame) -> impl IntoView {
    let place = move || {
        let Camera { scale, x, y } = it.shown.get();
        format!("translate({x:.2}px, {y:.2}px) scale({scale:.5})")
    };
    let hand = Hand(it);
    view! {
        <div
            class="viewport"
            node_ref=it.frame
            class:is-grabbed=move || it.drag.read().is_some_and(|it| it.moved)
            on:wheel=move |event| hand.wheel(&event)
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |_| it.drag.set(None)
            on:pointerleave=move |_| it.hover.set(None)
            on:click=move |event| hand.click(&event)
            on:keydown=move |event| walk::press(it, &event)
            on:focusin=move |event| walk::focused(it, &event)
            on:focusout=move |_| walk::left(it)
        >
            <div
                class="sheet"
                class:is-fitted=move || it.camera.read().is_none()
                node_ref=it.sheet
                style:transform=place
            ></div>
        </div>
    }
}

/// On paper the drawing is as wide as the page, for which it must say how large it is. It does so from the first print on:
/// said before, every text would be laid out anew with each change of it. On the screen nothing is another for that.
fn keep_printed(it: Frame) {
    let before = window_event_listener(ev::beforeprint, move |_| {
        let sheet = it.sheet.get_untracked();
        let Some(drawn) = sheet.and_then(|it| it.first_element_child()) else {
            return;
        };
        let Size { width, height } = it.drawing();
        // The names are ones that no browser refuses.
        let _ = drawn.set_attribute("viewBox", &format!("0 0 {width} {height}"));
        let _ = drawn.set_attribute("style", &format!("width: {width}px; height: {height}px"));
    });
    on_cleanup(move || before.remove());
}

/// What stood beside a place in the frame goes when the place does; what is selected elsewhere is brought into view.
fn keep_place(it: Frame) {
    let session = it.session;
    Effect::new(move || {
        it.camera.track();
        it.room.track();
        it.hover.set(None);
    });
    Effect::new(move || {
        session.drawing.track();
        it.hover.set(None);
        it.along.set(None);
    });
    let focus = session.focus;
    Effect::new(move || {
        if *focus.read() != Focus::Nothing && it.camera.read_untracked().is_some() {
            // What marks the selection does so after this.
            request_animation_frame(move || show_selected(it));
        }
    });
    Effect::new(move || {
        if let Some(frame) = it.frame.get() {
            browser::on_resize(&frame, move |width, height| {
                it.room.set(Size { width, height })
            });
        }
    });
}

fn show_selected(it: Frame) {
    let selected = it.sheet.get_untracked();
    let selected = selected.and_then(|it| it.query_selector(".is-selected").ok().flatten());
    if let Some(selected) = selected {
        walk::bring_into_view(it, &selected);
    }
}

/// Puts the drawing into the sheet when it changes, and its marks on it whenever they do.
fn show_drawing(it: Frame) {
    let session = it.session;
    let printed = Memo::new(move |_| {
        let title = session.title();
        let print = Print {
            title: &title,
            ..Print::default()
        };
        let drawing = session.drawing.read();
        Arc::new(stopwatch::time(Stage::Svg, || sheet(&drawing, &print)))
    });
    let focus = session.focus;
    let pointed = Memo::new(move |_| it.hover.read().as_ref().map(|it| it.name.clone()));
    let along = Memo::new(move |_| it.along.read().as_ref().map(|it| it.ends.clone()));
    Effect::new(move |before: Option<Option<Shown>>| {
        let ground: Element = it.sheet.get()?.into();
        let mut shown = match before.flatten() {
            Some(mut shown) => {
                let printed = printed.get();
                if !shown.is(&printed) {
                    stopwatch::time(Stage::Page, || shown.draw(printed));
                }
                shown
            }
            None => Shown::new(&ground, printed.get())?,
        };
        let links = session.links;
        let is_linking = matches!(*focus.read(), Focus::Thing(_)) || pointed.read().is_some();
        let marks = Marks {
            topology: &session.topology.read(),
            states: &session.states.read(),
            swapped: &session.swapped.read(),
            focus: &focus.read(),
            links: if is_linking { &links.read() } else { &[] },
            pointed: &pointed.read(),
            focused: &it.focused.read(),
            along: &along.read(),
            lang: session.lang.get(),
        };
        marks.show(&mut shown.elements, &shown.glides);
        walk::keep_entrance(&ground, &shown.elements);
        Some(shown)
    });
}

#[component]
fn Zoom(it: Frame) -> impl IntoView {
    let session = it.session;
    let scale = move || {
        let camera = it.camera.get();
        camera.map(|it| format!("{}%", (it.scale * 100.0).round()))
    };
    view! {
        <div class="zoom" role="group" aria-label=session.say(text("ui.zoom", "Zoom"))>
            <ZoomButton icon=Icon::Plus title=text("ui.zoom-in", "Zoom in (+)") run=move || it.zoom_middle(ZOOM) />
            <output>{scale}</output>
            <ZoomButton icon=Icon::Minus title=text("ui.zoom-out", "Zoom out (-)") run=move || it.zoom_middle(1.0 / ZOOM) />
            <ZoomButton icon=Icon::Fit title=text("ui.fit", "Fit (0)") run=move || it.camera.set(None) />
            {move || {
                let is_selected = session.view.read().focus != Focus::Nothing;
                is_selected.then(|| view! {
                    <ZoomButton
                        icon=Icon::FitSelected
                        title=text("ui.fit-selected", "Fit the selection (Z)")
                        run=move || it.fit_selected()
                    />
                })
            }}
        </div>
    }
}

#[component]
fn ZoomButton(icon: Icon, title: Text, run: impl Fn() + 'static) -> impl IntoView {
    let session = Session::expect();
    view! {
        <button title=session.say(title) aria-label=session.say(title) on:click=move |_| run()>
            <Glyph icon />
        </button>
    }
}
