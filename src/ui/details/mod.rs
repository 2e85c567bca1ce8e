//! The panel on the right: what is selected, what is wrong, what it costs, and the drawing in words.

mod bill;
mod connections;
mod findings;
mod inspector;
mod outline;
mod properties;
mod summary;

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::icon::{Glyph, Icon};
use super::number;
use super::session::Session;
use super::view::Tab;
use crate::text::text;

pub use connections::kind_title;
pub use findings::{fix_button, severity_icon};
pub use properties::facts;

#[component]
pub fn Details() -> impl IntoView {
    let session = Session::expect();
    let open = Memo::new(move |_| {
        let view = session.view.read();
        (view.panel && session.has(view.tab)).then_some(view.tab)
    });
    view! {
        <aside
            class="details"
            aria-label=session.say(text("ui.details", "Details"))
            on:keydown=move |event| close_on_escape(session, &event)
        >
            {move || open.get().map(|tab| view! { <Panel tab /> })}
            <div
                class="rail"
                role="tablist"
                aria-orientation="vertical"
                aria-label=session.say(text("ui.details", "Details"))
                on:keydown=move |event| switch(session, &event)
            >
                {Tab::ALL.map(|it| view! { <TabButton it open /> }).into_iter().collect_view()}
            </div>
        </aside>
    }
}

#[component]
fn Panel(tab: Tab) -> impl IntoView {
    let content = match tab {
        Tab::Inspector => view! { <inspector::Inspector /> }.into_any(),
        Tab::Findings => view! { <findings::Findings /> }.into_any(),
        Tab::Bill => view! { <bill::BillPanel /> }.into_any(),
        Tab::Growth => view! { <super::growth::GrowthPanel /> }.into_any(),
        Tab::Schedule => view! { <super::schedule::SchedulePanel /> }.into_any(),
        Tab::Sale => view! { <super::sale::SalePanel /> }.into_any(),
        Tab::Outline => view! { <outline::Outline /> }.into_any(),
    };
    let session = Session::expect();
    // The element outlives its tab: what is opened is read from its beginning.
    let panel = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(it) = panel.get() {
            it.set_scroll_top(0);
        }
    });
    view! {
        <div
            class="scroll panel"
            node_ref=panel
            class:is-roomy=matches!(tab, Tab::Schedule | Tab::Sale)
            role="tabpanel"
            tabindex="0"
            id="panel"
            aria-labelledby=format!("tab-{}", tab.id())
        >
            <header class="head">
                <h2>{session.say(tab.title())}</h2>
                <button
                    class="quiet"
                    aria-label=session.say(text("ui.close", "Close"))
                    on:click=move |_| close(session)
                >
                    <Glyph icon=Icon::Close />
                </button>
            </header>
            {content}
        </div>
    }
}

#[component]
fn TabButton(it: Tab, open: Memo<Option<Tab>>) -> impl IntoView {
    let session = Session::expect();
    let is_open = move || open.get() == Some(it);
    let is_entrance = move || session.view.read().tab == it;
    let count = move || match it {
        Tab::Findings => Some(session.findings.read().len().to_string()),
        Tab::Bill => Some(session.bill.read().monthly.mark(number::whole_dollars)),
        Tab::Inspector | Tab::Growth | Tab::Schedule | Tab::Sale | Tab::Outline => None,
    };
    // Where nothing works by the clock or nothing is sold, there is nothing to look at.
    let is_idle = move || !session.has(it);
    view! {
        <button
            hidden=is_idle
            role="tab"
            id=format!("tab-{}", it.id())
            aria-controls=move || is_open().then_some("panel")
            aria-selected=move || is_open().to_string()
            tabindex=move || if is_entrance() { "0" } else { "-1" }
            on:click=move |_| session.view.update(|view| view.toggle(it))
        >
            {session.say(it.title())}
            {move || count().map(|it| view! { <span class="count">{it}</span> })}
        </button>
    }
}

/// Arrows go from tab to tab, as the pattern for tabs has it.
fn switch(session: Session, event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" | "ArrowRight" => 1,
        "ArrowUp" | "ArrowLeft" => Tab::ALL.len() - 1,
        _ => return,
    };
    let mut next = session.view.read_untracked().tab.beside(step);
    // The inspector is always there.
    while !untrack(|| session.has(next)) {
        next = next.beside(step);
    }
    session.view.update(|it| it.tab = next);
    focus_tab(next);
    event.prevent_default();
}

fn close_on_escape(session: Session, event: &KeyboardEvent) {
    if event.key() == "Escape" {
        close(session);
    }
}

fn close(session: Session) {
    session.view.update(|it| it.panel = false);
    focus_tab(session.view.read_untracked().tab);
}

fn focus_tab(tab: Tab) {
    let button = document().get_element_by_id(&format!("tab-{}", tab.id()));
    if let Some(button) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // What is in the page can have the focus.
        let _ = button.focus();
    }
}
