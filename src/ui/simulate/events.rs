//! What happens, in order; a click goes there.

use leptos::html::Ol;
use leptos::prelude::*;
use web_sys::{ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::number;
use super::super::session::Session;
use super::seek;
use crate::failure::Event;
use crate::text::text;

#[component]
pub fn Events() -> impl IntoView {
    let session = Session::expect();
    let list = NodeRef::<Ol>::new();
    // Of the events that have happened, the last.
    let present = Memo::new(move |_| {
        let second = session.second.get();
        let timeline = session.timeline.read();
        timeline
            .as_ref()?
            .events
            .iter()
            .rposition(|it| it.t <= second)
    });
    keep_in_view(list, present);
    let rows = move || {
        let timeline = session.timeline.read();
        let events = timeline.iter().flat_map(|it| it.events.iter().cloned());
        events
            .enumerate()
            .map(|(place, event)| view! { <Row place event present /> })
            .collect_view()
    };
    view! {
        <div class="events">
            <ol node_ref=list aria-label=session.say(text("ui.events", "Events"))>{rows}</ol>
            <p class="away" role="status">{move || announced(session, present)}</p>
        </div>
    }
}

/// The event that has just happened, for who cannot see it.
fn announced(session: Session, present: Memo<Option<usize>>) -> Option<String> {
    let place = present.get()?;
    let timeline = session.timeline.read();
    let event = timeline.as_ref()?.events.get(place)?;
    Some(session.tell_in(&event.text))
}

fn keep_in_view(list: NodeRef<Ol>, present: Memo<Option<usize>>) {
    Effect::new(move |_| {
        let place = u32::try_from(present.get()?).ok()?;
        let row = list.get()?.children().item(place)?;
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_behavior(ScrollBehavior::Instant);
        row.scroll_into_view_with_scroll_into_view_options(&options);
        Some(())
    });
}

#[component]
fn Row(place: usize, event: Event, present: Memo<Option<usize>>) -> impl IntoView {
    let session = Session::expect();
    let Event {
        t,
        text: words,
        source,
        kind,
        ..
    } = event;
    let current = move || (present.get() == Some(place)).then_some("step");
    let modelled = source.modelled.then(|| {
        view! { <span class="modelled">{session.say(text("ui.modelled", "modelled"))}</span> }
    });
    view! {
        <li class:is-past=move || present.get().is_some_and(|it| place <= it)>
            <button
                class=format!("event is-{}", kind.tag())
                aria-current=current
                on:click=move |_| seek(session, t.into())
            >
                <time>{number::clock(t.into())}</time>
                <span>
                    {move || session.tell_in(&words)} " " {modelled}
                    <span class="note source">{session.say(source.words)}</span>
                </span>
            </button>
        </li>
    }
}
