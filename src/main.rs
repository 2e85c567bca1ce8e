//! Mounts the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast;

    azimuth::ui::watch_for_crashes();
    let document = leptos::prelude::document();
    let Some(place) = document.get_element_by_id("app") else {
        return;
    };
    wasm_bindgen_futures::spawn_local(async move {
        azimuth::ui::learn().await;
        // The skeleton that stood in the page until now goes with its content.
        place.set_inner_html("");
        leptos::mount::mount_to(place.unchecked_into(), azimuth::ui::App).forget();
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!(
        "azimuth-web is the page: build it with `trunk build`. The command line is `azimuth`."
    );
    std::process::exit(2);
}
