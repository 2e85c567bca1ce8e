//! The findings, the worst first: what, why, what to do, and one-click fixes with what they cost.

use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::super::number;
use super::super::session::Session;
use super::super::view::{Focus, Notice, Offer};
use super::inspector::ThingLink;
use crate::aws::Name;
use crate::checks::{Finding, Fix, Severity};
use crate::cost::bill;
use crate::text::{Text, text};

/// Shapes that tell severities apart without their colors.
pub fn severity_icon(severity: Option<Severity>) -> Icon {
    match severity {
        Some(Severity::Error) => Icon::Octagon,
        Some(Severity::High) => Icon::Triangle,
        Some(Severity::Medium) => Icon::Diamond,
        Some(Severity::Low) => Icon::Circle,
        None => Icon::Check,
    }
}

fn severity_title(severity: Severity) -> Text {
    match severity {
        Severity::Error => text("ui.severity.error", "Error"),
        Severity::High => text("ui.severity.high", "High"),
        Severity::Medium => text("ui.severity.medium", "Medium"),
        Severity::Low => text("ui.severity.low", "Low"),
    }
}

#[component]
pub fn Findings() -> impl IntoView {
    let session = Session::expect();
    let list = move || {
        let findings = session.findings.read();
        if findings.is_empty() {
            let words = text("ui.no-findings", "Nothing to report: every check passes.");
            return view! { <p class="tip">{session.say(words)}</p> }.into_any();
        }
        let cards = findings
            .iter()
            .cloned()
            .map(|finding| view! { <Card finding /> });
        view! { <ul class="findings">{cards.collect_view()}</ul> }.into_any()
    };
    view! {
        <h2 class="away">{session.say(text("ui.tab.findings", "Findings"))}</h2>
        {list}
    }
}

/// The findings about one thing.
#[component]
pub fn FindingsOf(name: Name) -> impl IntoView {
    let session = Session::expect();
    let findings = session.findings.read();
    let about: Vec<Finding> = findings
        .iter()
        .filter(|it| it.at.contains(&name))
        .cloned()
        .collect();
    drop(findings);
    (!about.is_empty()).then(|| {
        let cards = about.into_iter().map(|finding| view! { <Card finding /> });
        view! { <ul class="findings">{cards.collect_view()}</ul> }
    })
}

#[component]
fn Card(finding: Finding) -> impl IntoView {
    let session = Session::expect();
    let Finding {
        check,
        at,
        message,
        fixes,
    } = finding;
    let focus = Focus::Finding(check.code, at.clone());
    let severity = check.severity;
    let selected = {
        let focus = focus.clone();
        Memo::new(move |_| session.view.read().focus == focus)
    };
    let names = at
        .into_iter()
        .map(|name| view! { <ThingLink name /> })
        .collect_view();
    view! {
        <li class=format!("finding {}", severity.tag()) class:is-selected=selected>
            <button
                class="what"
                aria-pressed=move || selected.get().to_string()
                on:click=move |_| session.look_at(focus.clone())
            >
                <Glyph icon=severity_icon(Some(severity)) />
                <span class="severity">{session.say(severity_title(severity))}</span>
                <code>{check.code}</code>
                <span class="message">{move || session.tell_in(&message)}</span>
            </button>
            <p class="why">{session.say(check.why)}</p>
            <p class="advice">{session.say(check.advice)}</p>
            <p class="users">{names}</p>
            {fixes.into_iter().map(|fix| view! { <FixButton fix /> }).collect_view()}
            <p class="reference">{check.reference}</p>
        </li>
    }
}

#[component]
fn FixButton(fix: Fix) -> impl IntoView {
    let session = Session::expect();
    let now = session.bill.read_untracked().monthly;
    let then = bill(&fix.design.expand(), &fix.design.assumptions).monthly;
    let title = fix.title.clone();
    let delta = move || {
        let words =
            text("ui.fix.cost", "{change} a month").with("change", number::change(then - now));
        session.tell_in(&words)
    };
    view! {
        <button class="fix" on:click=move |_| apply(session, &fix)>
            <Glyph icon=Icon::Check />
            <span>{move || session.tell_in(&title)}</span>
            <span class="delta">{delta}</span>
        </button>
    }
}

fn apply(session: Session, fix: &Fix) {
    session.go(fix.design.clone());
    let done = text("ui.fixed", "Done: {fix}.").with("fix", fix.title.clone());
    session.notify(Notice::done(done).offering(Offer::Undo));
}
