//! The panel on the right: what is selected, what is wrong, what it costs, and the drawing in words.

mod bill;
mod connections;
mod findings;
mod inspector;
mod outline;
mod properties;
mod summary;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::number;
use super::session::Session;
use super::view::Tab;
use crate::text::text;

pub use findings::severity_icon;
pub use properties::facts;

#[component]
pub fn Details() -> impl IntoView {
    let session = Session::expect();
    let tab = Memo::new(move |_| session.view.read().tab);
    let panel = move || match tab.get() {
        Tab::Inspector => view! { <inspector::Inspector /> }.into_any(),
        Tab::Findings => view! { <findings::Findings /> }.into_any(),
        Tab::Bill => view! { <bill::BillPanel /> }.into_any(),
        Tab::Outline => view! { <outline::Outline /> }.into_any(),
    };
    view! {
        <aside class="details" aria-label=session.say(text("ui.details", "Details"))>
            <div
                class="tabs"
                role="tablist"
                aria-label=session.say(text("ui.details", "Details"))
                on:keydown=move |event| switch(session, &event)
            >
                {Tab::ALL.map(|it| view! { <TabButton it tab /> }).into_iter().collect_view()}
            </div>
            <div
                class="scroll panel"
                role="tabpanel"
                tabindex="0"
                id="panel"
                aria-labelledby=move || format!("tab-{}", tab.get().id())
            >
                {panel}
            </div>
        </aside>
    }
}

#[component]
fn TabButton(it: Tab, tab: Memo<Tab>) -> impl IntoView {
    let session = Session::expect();
    let count = move || match it {
        Tab::Findings => Some(session.findings.read().len().to_string()),
        Tab::Bill => Some(number::whole_dollars(session.bill.read().monthly)),
        Tab::Inspector | Tab::Outline => None,
    };
    view! {
        <button
            role="tab"
            id=format!("tab-{}", it.id())
            aria-controls="panel"
            aria-selected=move || (tab.get() == it).to_string()
            tabindex=move || if tab.get() == it { "0" } else { "-1" }
            on:click=move |_| session.view.update(|view| view.tab = it)
        >
            {session.say(it.title())}
            {move || count().map(|it| view! { <span class="count">{it}</span> })}
        </button>
    }
}

/// Arrows go from tab to tab, as the pattern for tabs has it.
fn switch(session: Session, event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowRight" => 1,
        "ArrowLeft" => Tab::ALL.len() - 1,
        _ => return,
    };
    let next = session.view.read_untracked().tab.beside(step);
    session.view.update(|it| it.tab = next);
    let button = document().get_element_by_id(&format!("tab-{}", next.id()));
    if let Some(button) = button {
        use wasm_bindgen::JsCast;
        let button: web_sys::HtmlElement = button.unchecked_into();
        let _ = button.focus();
    }
    event.prevent_default();
}
