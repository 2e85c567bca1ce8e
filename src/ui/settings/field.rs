//! A field with its label, its help, its way back and what is wrong with it.

use leptos::prelude::*;

use super::super::dialog::COMPARE;
use super::super::icon::{Glyph, Icon};
use super::super::session::Session;
use super::super::view::Dialog;
use super::entry::{Entry, Slot};
use super::input::{Input, term};
use crate::checks::{Severity, at_option};
use crate::compare;
use crate::design::{Design, Nat, OptionKind, OptionSpec, Tier};
use crate::text::{Text, text};

#[component]
pub fn Field(spec: &'static OptionSpec, hint: RwSignal<Option<Text>>) -> impl IntoView {
    let session = Session::expect();
    let kind = (spec.kind)();
    let is_wide = is_wide(&kind);
    let is_asked = asks(spec);
    let one = move |kind| {
        let entry = Entry::new(session, Slot { spec, zone: None });
        view! {
            <label for=spec.key>{session.say(spec.label)}</label>
            <Reset spec />
            <Control entry kind />
        }
    };
    let body = match kind {
        OptionKind::Ranges => view! { <PerZone spec /> }.into_any(),
        kind @ (OptionKind::Switch
        | OptionKind::Whole { .. }
        | OptionKind::Choice(_)
        | OptionKind::Range
        | OptionKind::Blocks { .. }
        | OptionKind::Places { .. }
        | OptionKind::Labels { .. }
        | OptionKind::Addresses { .. }
        | OptionKind::Windows { .. }
        | OptionKind::Curve { .. }
        | OptionKind::Words { .. }) => one(kind).into_any(),
    };
    view! {
        <div
            class=format!("field is-{}", (spec.kind)().tag())
            class:is-wide=is_wide
            hidden=move || !is_asked(&session.settled_design())
            title=session.say(spec.help)
            on:mouseenter=move |_| hint.set(Some(spec.help))
            on:focusin=move |_| hint.set(Some(spec.help))
        >
            {body}
            <Wrong spec />
            {(spec.key == compare::OPTION).then(|| view! { <CompareButton /> })}
            <span class="away" id=format!("{}.help", spec.key)>{session.say(spec.help)}</span>
        </div>
    }
}

/// Whether a design asks for an option at all: the ranges of a tier or of VPCs that it has not are nobody's question. Told
/// from the key once, since every change of the design asks for all that can be seen.
pub fn asks(spec: &OptionSpec) -> fn(&Design) -> bool {
    match spec.key {
        _ if spec.section.is_of_application() => Design::has_application,
        "network.isolated_cidrs" => |it| it.network.tiers().any(|it| it == Tier::Isolated),
        "network.public_cidrs" | "network.nat" => |it| it.network.is_public(),
        "client.second_region" => |it| it.clients.second,
        key if key.starts_with("client.") && key != "client.enabled" => |it| it.clients.enabled,
        key if key.starts_with("function.") => |it| it.clients.enabled && it.api.enabled,
        key if key.starts_with("api.") && key != "api.enabled" => |it| it.api.enabled,
        "assume.calls_thousands" | "assume.call_ms" | "assume.request_kb" | "assume.answer_kb" => {
            |it| it.api.enabled
        }
        key if OF_APPLICATION.iter().any(|it| key.starts_with(it)) => Design::has_application,
        key if key.starts_with("schedule.") => {
            |it| it.network.nat == Nat::Scheduled && it.network.is_public()
        }
        "sale.page_ms" | "sale.query_ms" => Design::has_application,
        key if key.starts_with("sale.") => |it| it.has_application() || it.burst.enabled,
        key if key.starts_with("batch.") && key != "batch.enabled" => |it| it.batch.enabled,
        "vpn.asn" => |it| !it.vpn.customers.0.is_empty(),
        "vpcs.cidrs" | "vpcs.peered" => |it| !it.vpcs.names.0.is_empty(),
        _ => |_| true,
    }
}

/// How options begin that mean something to a web application alone.
const OF_APPLICATION: [&str; 22] = [
    "assume.cpu",
    "assume.boot",
    "assume.lcu",
    "assume.cdn",
    "assume.cache_hit",
    "assume.static",
    "assume.site",
    "assume.change",
    "assume.savings",
    "assume.requests",
    "edge.cloudfront",
    "edge.certificate",
    "edge.tls",
    "edge.price_class",
    "edge.origin_shield",
    "edge.logs",
    "edge.static",
    "edge.images",
    "edge.dynamic",
    "edge.stale",
    "edge.waf_fail_open",
    "dns.",
];

/// Characters that fit beside a label.
const NARROW: usize = 16;

/// Whether the input takes a line of its own.
fn is_wide(kind: &OptionKind) -> bool {
    match kind {
        OptionKind::Words { .. }
        | OptionKind::Blocks { .. }
        | OptionKind::Places { .. }
        | OptionKind::Labels { .. }
        | OptionKind::Windows { .. }
        | OptionKind::Curve { .. }
        | OptionKind::Addresses { .. } => true,
        OptionKind::Choice(values) => values.iter().any(|it| term(it).len() > NARROW),
        OptionKind::Switch | OptionKind::Whole { .. } | OptionKind::Range | OptionKind::Ranges => {
            false
        }
    }
}

/// The input itself, and below it what is wrong.
#[component]
fn Control(entry: Entry, kind: OptionKind) -> impl IntoView {
    let session = Session::expect();
    let id = entry.slot.id();
    let told = move || entry.problem.get().map(|it| session.tell_in(&it));
    view! {
        <Input entry kind />
        <p class="problem" id=format!("{id}.problem") role="alert">{told}</p>
    }
}

/// Leads to the comparison of the strategies that the option chooses from.
#[component]
fn CompareButton() -> impl IntoView {
    let session = Session::expect();
    view! {
        <button class="compare-button" on:click=move |_| session.open_dialog(Some(Dialog::Compare))>
            <Glyph icon=Icon::Table />
            {session.say(COMPARE)}
        </button>
    }
}

/// What is wrong with a value that is understood: the errors among the findings that are about it.
#[component]
fn Wrong(spec: &'static OptionSpec) -> impl IntoView {
    let session = Session::expect();
    let told = Memo::new(move |_| {
        let findings = session.findings.read();
        let errors =
            at_option(&findings, spec.key).filter(|it| it.check.severity == Severity::Error);
        let told = errors.map(|it| (it.check.code, session.tell_in(&it.message)));
        told.collect::<Vec<_>>()
    });
    let line = |(code, words): (&'static str, String)| {
        view! { <p class="problem"><code>{code}</code> " " {words}</p> }
    };
    move || told.get().into_iter().map(line).collect_view()
}

/// A list with a field for each zone.
#[component]
fn PerZone(spec: &'static OptionSpec) -> impl IntoView {
    let session = Session::expect();
    // Rows come and go with the lists.
    let zones = move || session.settled_design().network.zones().collect::<Vec<_>>();
    // A row stays while its zone does, with whatever is typed in it.
    let row = move |zone| {
        let entry = Entry::new(
            session,
            Slot {
                spec,
                zone: Some(zone),
            },
        );
        view! {
            <label for=entry.slot.id() class="place">{zone.to_string()}</label>
            <Control entry kind=OptionKind::Ranges />
        }
    };
    view! {
        <fieldset>
            <legend>{session.say(spec.label)}</legend>
            <Reset spec />
            <For each=zones key=|zone| zone.index() children=row />
        </fieldset>
    }
}

/// Sets an option back to the blueprint's value; there while it differs.
#[component]
fn Reset(spec: &'static OptionSpec) -> impl IntoView {
    let session = Session::expect();
    let base = Memo::new(move |_| {
        session.settled.track();
        (spec.get)(&session.base.read_untracked())
    });
    let changed = Memo::new(move |_| (spec.get)(&session.settled_design()) != *base.read());
    let label = move || {
        let words = text("ui.reset-to", "Reset {option} to {value}");
        let words = words.with("option", spec.label).with("value", base.get());
        session.tell_in(&words)
    };
    let back = move |_| {
        let base = (spec.get)(&session.base.read_untracked());
        session.go(session.design.read_untracked().with(spec.key, &base));
    };
    view! {
        <Show when=move || changed.get()>
            <button class="reset" title=label aria-label=label on:click=back>
                <Glyph icon=Icon::Reset />
            </button>
        </Show>
    }
}
