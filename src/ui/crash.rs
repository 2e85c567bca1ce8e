//! When the program itself fails: a message and a way on, in place of a dead page.
//!
//! The bar stands, hidden, in `index.html`: nothing of the page can be relied upon any more.

use std::panic::{self, PanicHookInfo};

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::Element;

use crate::text::{Lang, Text, text};

/// Shows the bar when the program panics.
pub fn watch() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // A page without the bar (a test's) has the console.
        let _ = show(info);
    }));
}

fn show(info: &PanicHookInfo<'_>) -> Option<()> {
    let bar = document().get_element_by_id("crash")?;
    let lang = document().document_element()?.get_attribute("lang")?;
    let lang = Lang::from_tag(&lang).unwrap_or_default();
    let words: [(&str, Text); 5] = [
        ("h2", text("ui.crash", "Azimuth has stopped")),
        (
            "p",
            text(
                "ui.crash.help",
                "This is a fault of the program, not yours. Your work is saved in this browser and in the link in the address bar.",
            ),
        ),
        ("button", text("ui.crash.copy", "Copy the report")),
        (".again", text("ui.crash.reload", "Reload the page")),
        (
            ".afresh",
            text("ui.crash.afresh", "Start afresh, with my work put aside"),
        ),
    ];
    for (place, words) in words {
        bar.query_selector(place)
            .ok()??
            .set_text_content(Some(words.render(lang)));
    }
    let report = format!("Azimuth {}\n{info}", env!("CARGO_PKG_VERSION"));
    bar.query_selector("pre")
        .ok()??
        .set_text_content(Some(&report));
    on_click(&bar.query_selector("button").ok()??, move || {
        let _ = window().navigator().clipboard().write_text(&report);
    });
    on_click(&bar.query_selector(".again").ok()??, || {
        let _ = window().location().reload();
    });
    bar.remove_attribute("hidden").ok()
}

fn on_click(element: &Element, run: impl Fn() + 'static) {
    let run = Closure::<dyn Fn()>::new(run).into_js_value();
    let _ = element.add_event_listener_with_callback("click", run.unchecked_ref());
}
