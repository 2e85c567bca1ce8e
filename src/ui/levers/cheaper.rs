//! The three cheapest changes that break nothing, and all others with what they risk.

use std::time::Duration;

use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::super::number;
use super::super::session::Session;
use super::super::simulate::fault_title;
use super::super::slices::Slices;
use super::super::view::{Notice, Offer};
use crate::compare::{Change, NAMED, RULE, Risk, Search, Standing};
use crate::text::{Message, text};
use crate::topology::journeys;

/// Rest before the search: a slider that is being slid needs the page.
const REST: Duration = Duration::from_millis(300);

/// How far the search has come.
#[derive(Clone, Default)]
struct Progress {
    /// `None` while one may still be missing.
    named: Option<Vec<Change>>,
    changes: Vec<Change>,
}

#[component]
pub fn Cheaper() -> impl IntoView {
    let session = Session::expect();
    let progress = RwSignal::new(Progress::default());
    let slices = Slices::new();
    Effect::new(move |_| {
        session.bill.track();
        progress.set(Progress::default());
        let mut search = None;
        slices.start(REST, move || {
            let search = search.get_or_insert_with(|| begin(session));
            go_on(search, progress)
        });
    });
    let named = move || named(session, &progress.read());
    let others = move || {
        let changes = progress.read().changes.clone();
        let rows = changes.into_iter().map(|it| row(session, it, true));
        rows.collect_view()
    };
    view! {
        <section class="cheaper" aria-labelledby="cheaper-title">
            <h3 id="cheaper-title">{session.say(text("ui.cheaper", "The three cheapest changes"))}</h3>
            <p class="note">{session.say(RULE)}</p>
            <div aria-live="polite" aria-busy=move || progress.read().named.is_none().to_string()>{named}</div>
            <details>
                <summary>{session.say(text("ui.cheaper.all", "Every change that saves, with what it risks"))}</summary>
                <ul>{others}</ul>
            </details>
        </section>
    }
}

/// The search from what the page knows already.
fn begin(session: Session) -> Search {
    let standing = Standing {
        topology: session.whole.get_untracked(),
        bill: session.bill.get_untracked(),
        sweep: session.sweep.get_untracked(),
        findings: session.findings.get_untracked(),
    };
    Search::new(&session.design.read_untracked(), standing)
}

/// One more piece; tells the page when there is something new to show.
fn go_on(search: &mut Search, progress: RwSignal<Progress>) -> bool {
    let has_more = search.step();
    let is_named = progress.with_untracked(|it| it.named.is_some());
    let named = search.named();
    if !has_more || (!is_named && named.is_some()) {
        let named = named.map(|it| it.into_iter().cloned().collect());
        progress.set(Progress {
            named,
            changes: search.changes().to_vec(),
        });
    }
    has_more
}

fn named(session: Session, progress: &Progress) -> AnyView {
    let Some(named) = &progress.named else {
        let words = text(
            "ui.cheaper.searching",
            "Each change is made, priced, played and checked…",
        );
        return view! { <p class="note">{session.say(words)}</p> }.into_any();
    };
    let fewer = (named.len() < NAMED).then(|| {
        let words = text(
            "ui.cheaper.fewer",
            "No more than {count} of them save anything without breaking something.",
        );
        session.tell_in(&words.with("count", named.len()))
    });
    let rows = named.iter().map(|it| row(session, it.clone(), false));
    view! {
        <ol>{rows.collect_view()}</ol>
        {fewer.map(|it| view! { <p class="note">{it}</p> })}
    }
    .into_any()
}

fn row(session: Session, change: Change, with_risk: bool) -> impl IntoView {
    let title = session.tell_in(&change.candidate.title);
    let saved = text("ui.cheaper.saved", "saves {amount} a month, {monthly} then")
        .with("amount", number::dollars(change.saved))
        .with("monthly", change.monthly.words(number::dollars));
    let is_small = change.risk.as_ref().is_some_and(Risk::is_small);
    let icon = match &change.risk {
        Some(_) if is_small => Icon::Check,
        Some(_) => Icon::Triangle,
        None => Icon::Circle,
    };
    let risk = change.risk.as_ref().map(|it| risk(session, it, with_risk));
    let candidate = change.candidate;
    let apply = move |_| {
        // The title may be another by now.
        let mut next = session.design.get_untracked();
        for (key, value) in &candidate.settings {
            next = next.with(key, value);
        }
        session.go(next);
        let done =
            text("ui.cheaper.done", "Done: {change}.").with("change", candidate.title.clone());
        session.notify(Notice::done(done).offering(Offer::Undo));
    };
    view! {
        <li class="change" class:is-risky=!is_small>
            <p><Glyph icon /> <b>{title}</b></p>
            <p>{session.tell_in(&saved)}</p>
            {risk}
            <button on:click=apply>{session.say(text("ui.cheaper.apply", "Apply"))}</button>
        </li>
    }
}

/// What a change risks: the first journey that it breaks, and the rules that find more.
fn risk(session: Session, risk: &Risk, in_full: bool) -> impl IntoView + use<> {
    let mut told: Vec<String> = Vec::new();
    let titles = journeys(&session.settled.read_untracked());
    let title = |id: &str| -> String {
        let found = titles.iter().find(|it| it.id == id);
        found.map_or(id.to_owned(), |it| {
            it.title.render(session.lang.get()).to_owned()
        })
    };
    let most = if in_full { 3 } else { 1 };
    for shift in risk.broken().take(most) {
        let words = text("ui.cheaper.broken", "Breaks {journey}: {fault}");
        let words = words
            .with("journey", title(shift.id))
            .with("fault", fault_title(session, &shift.fault));
        told.push(session.tell_in(&words));
    }
    let further = risk.broken().count().saturating_sub(most);
    if further > 0 {
        let words = text("ui.cheaper.further", "and in {count} more cases");
        told.push(session.tell_in(&words.with("count", further)));
    }
    for check in &risk.found {
        let words = text("ui.cheaper.finding", "New finding {code}: {title}");
        let words = words.with("code", check.code).with("title", check.title);
        told.push(session.tell_in(&words));
    }
    if told.is_empty() {
        let words = text(
            "ui.cheaper.nothing",
            "Breaks no journey and leads to no new finding.",
        );
        told.push(session.tell_in(&Message::from(words)));
    }
    let told = told.into_iter().map(|it| view! { <li>{it}</li> });
    view! { <ul class="note">{told.collect_view()}</ul> }
}
