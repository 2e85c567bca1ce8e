//! The findings, the worst first: what, why, what to do, and one-click fixes with what they cost.

use leptos::prelude::*;

use super::super::icon::{Glyph, Icon};
use super::super::number;
use super::super::session::Session;
use super::super::view::{Focus, Notice, Offer};
use super::inspector::thing_link;
use crate::aws::Name;
use crate::checks::{Finding, Fix, Severity};
use crate::cost::{Money, bill};
use crate::text::{Message, Text, text};

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
    move || {
        let findings = session.findings.read();
        if findings.is_empty() {
            let words = text("ui.no-findings", "Nothing to report: every check passes.");
            return view! { <p class="tip">{session.say(words)}</p> }.into_any();
        }
        cards(session, &findings.iter().collect::<Vec<_>>()).into_any()
    }
}

/// The findings about one thing.
pub fn findings_of(session: Session, name: &Name) -> impl IntoView + use<> {
    let findings = session.findings.read();
    let about: Vec<&Finding> = findings.iter().filter(|it| it.at.contains(name)).collect();
    (!about.is_empty()).then(|| cards(session, &about))
}

fn cards(session: Session, findings: &[&Finding]) -> impl IntoView + use<> {
    let cards = findings.iter().map(|it| card(session, it)).collect_view();
    view! { <ul class="findings">{cards}</ul> }
}

fn card(session: Session, finding: &Finding) -> impl IntoView + use<> {
    let check = finding.check;
    let severity = check.severity;
    let focus = Focus::Finding(check.code, finding.at.clone());
    let selected = {
        let focus = focus.clone();
        Memo::new(move |_| session.view.read().focus == focus)
    };
    let message = session.tell_in(&finding.message);
    let names = finding
        .at
        .iter()
        .map(|it| thing_link(session, it))
        .collect_view();
    let fixes = finding
        .fixes
        .iter()
        .map(|it| fix_button(session, it))
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
                <span class="message">{message}</span>
            </button>
            <p class="why">{session.say(check.why)}</p>
            <p class="advice">{session.say(check.advice)}</p>
            <p class="users">{names}</p>
            {fixes}
            <p class="reference">{check.reference}</p>
        </li>
    }
}

/// A fix with what it changes of the bill.
pub fn fix_button(session: Session, fix: &Fix) -> impl IntoView + use<> {
    let fix = fix.clone();
    let then = bill(&fix.design.expand(), &fix.design.assumptions);
    let title = session.tell_in(&fix.title);
    let delta = session.tell_in(&delta(then.since(&session.bill.read())));
    view! {
        <button class="fix" on:click=move |_| apply(session, &fix)>
            <Glyph icon=Icon::Check />
            <span>{title}</span>
            <span class="delta">{delta}</span>
        </button>
    }
}

/// What a fix changes of the bill. Less than a cent is nothing.
fn delta(change: Option<Money>) -> Message {
    match change {
        Some(change) if change.rounded(2) == Money::ZERO => text("ui.fix.free", "same cost").into(),
        Some(change) => {
            text("ui.fix.cost", "{change} a month").with("change", number::change(change))
        }
        None => text("ui.fix.unpriced", "cost changes: no price known").into(),
    }
}

fn apply(session: Session, fix: &Fix) {
    // A fix is a whole design: what has been edited since it was listed is in the same fix of the present findings.
    session.catch_up();
    let findings = session.findings.get_untracked();
    let mut fixes = findings.iter().flat_map(|it| &it.fixes);
    let Some(fix) = fixes.find(|it| it.title == fix.title) else {
        return;
    };
    session.go(fix.design.clone());
    let done = text("ui.fixed", "Done: {fix}.").with("fix", fix.title.clone());
    session.notify(Notice::done(done).offering(Offer::Undo));
}
