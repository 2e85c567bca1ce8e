//! What the product is, what it knows, and what it is not.

use leptos::prelude::*;

use super::super::session::Session;
use super::super::stopwatch::{self, Stage};
use crate::text::{Text, text};

#[component]
pub fn About() -> impl IntoView {
    let session = Session::expect();
    let say = move |it| session.say(it);
    let version = concat!("Azimuth ", env!("CARGO_PKG_VERSION"));
    let prices = move || {
        let words = text(
            "ui.about.prices",
            "Prices are list prices of {as_of}: no free tier, no discount, no tax.",
        );
        session.tell_in(&words.with("as_of", session.bill.read().as_of))
    };
    view! {
        <p>{say(text("ui.about.what", "Azimuth draws a multi-AZ AWS architecture, breaks it, fixes it and deploys it. Everything happens in this browser; nothing is sent anywhere."))}</p>
        <p>{say(text("ui.about.model", "Failure timings are those of AWS's documents. Where AWS gives no figure, the page says “modelled”: a choice of this model. Load, boot time and traffic are yours to set under Assumptions."))}</p>
        <p>{prices}</p>
        <p>{say(text("ui.about.saved", "Your work is saved in this browser only, which may clear it. Keep the link or the design file."))}</p>
        <p>{say(text("ui.about.aws", "Azimuth is not affiliated with or endorsed by Amazon Web Services. AWS and the names of its services are trademarks of Amazon.com, Inc. or its affiliates. The icons are Azimuth's own."))}</p>
        <h3>{say(text("ui.keys", "Keyboard"))}</h3>
        <dl class="keys">
            <Keys keys="Ctrl+Z, Ctrl+Shift+Z" does=text("ui.keys.undo", "undo, redo") />
            <Keys keys="← ↑ → ↓, Enter, F" does=text("ui.keys.drawing", "in the drawing: go, select, fail") />
            <Keys keys="Backspace" does=text("ui.keys.around", "in the drawing: go to what a thing stands in") />
            <Keys keys="W, Shift+W, Enter" does=text("ui.keys.wires", "in the drawing: next wire of a thing, wire before, go along it") />
            <Keys keys="+, -, 0, Z, Esc" does=text("ui.keys.zoom", "in the drawing: zoom, fit, fit the selection, select nothing") />
            <Keys keys="Space, ←, →, Home, End" does=text("ui.keys.time", "in the simulation: play, event by event, beginning, end") />
            <Keys keys="Shift+←, Shift+→, 1 … 5" does=text("ui.keys.speed", "in the simulation: ten seconds, speed") />
        </dl>
        {took(session)}
        <p class="note">{version} " · MIT OR Apache-2.0"</p>
    }
}

/// How long the last change took in this browser; nothing before the first one.
fn took(session: Session) -> impl IntoView {
    let times = stopwatch::times();
    let rows = times.iter().map(|(stage, milliseconds)| {
        view! {
            <tr>
                <th scope="row">{session.say(stage.title())}</th>
                <td>{format!("{milliseconds:.1} ms")}</td>
            </tr>
        }
    });
    times.contains_key(&Stage::Screen).then(|| {
        view! {
            <h3>{session.say(text("ui.took", "How long the last change took"))}</h3>
            <table class="took"><tbody>{rows.collect_view()}</tbody></table>
        }
    })
}

#[component]
fn Keys(keys: &'static str, does: Text) -> impl IntoView {
    let session = Session::expect();
    view! {
        <div>
            <dt><kbd>{keys}</kbd></dt>
            <dd>{session.say(does)}</dd>
        </div>
    }
}
