//! What the browser does for the page. Whatever it may refuse (storage in a sandbox, the clipboard without a gesture)
//! answers with a `Result`.

use std::time::Duration;

use js_sys::Promise;
use leptos::prelude::{document, request_animation_frame, set_timeout, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, ClipboardItem, Element, File,
    HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, NavigationType,
    PerformanceNavigationTiming, ResizeObserver, Response, Storage, Url,
};

use crate::diagram::Theme;

/// The browser refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denied;

impl From<JsValue> for Denied {
    fn from(_: JsValue) -> Self {
        Self
    }
}

fn storage() -> Result<Storage, Denied> {
    window().local_storage()?.ok_or(Denied)
}

fn tab_storage() -> Result<Storage, Denied> {
    window().session_storage()?.ok_or(Denied)
}

/// What this tab alone has stored under a key: it outlives a reload, and no other tab changes it.
pub fn stored_in_tab(key: &str) -> Option<String> {
    tab_storage().ok()?.get_item(key).ok()?
}

/// # Errors
/// The storage is full, or switched off.
pub fn store_in_tab(key: &str, value: &str) -> Result<(), Denied> {
    Ok(tab_storage()?.set_item(key, value)?)
}

/// Takes away what this tab has stored under a key.
pub fn forget_in_tab(key: &str) {
    // As for `forget`.
    let _ = tab_storage().map(|it| it.remove_item(key));
}

/// What is stored under a key; `None` also where nothing can be stored.
pub fn stored(key: &str) -> Option<String> {
    storage().ok()?.get_item(key).ok()?
}

/// # Errors
/// The storage is full, or switched off.
pub fn store(key: &str, value: &str) -> Result<(), Denied> {
    Ok(storage()?.set_item(key, value)?)
}

/// Takes away what is stored under a key.
pub fn forget(key: &str) {
    // What cannot be reached is not there for the page either.
    let _ = storage().map(|it| it.remove_item(key));
}

/// Whether the address asks for something, as `?word`.
pub fn asks(word: &str) -> bool {
    let query = window().location().search().unwrap_or_default();
    query.strip_prefix('?') == Some(word)
}

/// Whether the page was loaded by a reload, and not because somebody went to its address.
pub fn is_reload() -> bool {
    let entries = window()
        .performance()
        .map(|it| it.get_entries_by_type("navigation"));
    let entry = entries.and_then(|it| it.get(0).dyn_into::<PerformanceNavigationTiming>().ok());
    entry.is_some_and(|it| it.type_() == NavigationType::Reload)
}

/// What stands behind `#` in the address.
pub fn hash() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// The page's address without what stands behind `?` and `#`.
pub fn address() -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split(['?', '#']).next();
    page.unwrap_or_default().to_owned()
}

/// Puts a text behind `#` without a step in the browser's own history.
///
/// # Errors
/// The browser refuses when it happens too often (Safari: 100 times in 30 seconds).
pub fn replace_hash(payload: &str) -> Result<(), Denied> {
    let history = window().history()?;
    history.replace_state_with_url(
        &JsValue::NULL,
        "",
        Some(&format!("{}#{payload}", address())),
    )?;
    Ok(())
}

/// Whether a media query holds.
pub fn matches(query: &str) -> bool {
    let list = window().match_media(query).ok().flatten();
    list.is_some_and(|it| it.matches())
}

/// Calls back when a media query begins or ceases to hold, as long as the page lives.
pub fn on_match_change(query: &str, run: impl Fn() + 'static) {
    let Some(list) = window().match_media(query).ok().flatten() else {
        return;
    };
    let run = Closure::<dyn Fn()>::new(run);
    let run = run.into_js_value();
    // Without the listener the page follows at its next start.
    let _ = list.add_event_listener_with_callback("change", run.unchecked_ref());
}

/// Milliseconds since the page was opened.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |it| it.now())
}

/// Notes the time under a name, for the browser's own tools and for the tests.
pub fn mark(name: &str) {
    // A browser without the measure goes on without it.
    let _ = window().performance().map(|it| it.mark(name));
}

/// The languages that a person reads, the best first.
pub fn languages() -> Vec<String> {
    let languages = window().navigator().languages();
    languages.iter().filter_map(|it| it.as_string()).collect()
}

/// # Errors
/// The browser does not let the page write to the clipboard.
pub async fn copy(text: &str) -> Result<(), Denied> {
    if !window().is_secure_context() {
        return Err(Denied);
    }
    JsFuture::from(window().navigator().clipboard().write_text(text)).await?;
    Ok(())
}

/// Hands a file to the person.
///
/// # Errors
/// The browser refuses to make it.
pub fn download(name: &str, kind: &str, bytes: &[u8]) -> Result<(), Denied> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    hand_over(name, &blob)
}

/// Hands a file that the browser has made to the person.
///
/// # Errors
/// The browser refuses.
pub fn hand_over(name: &str, blob: &Blob) -> Result<(), Denied> {
    let address = Url::create_object_url_with_blob(blob)?;
    let anchor = document().create_element("a")?;
    let anchor: HtmlAnchorElement = anchor.dyn_into().map_err(|_| Denied)?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&address)?;
    Ok(())
}

/// An SVG file as a PNG, so many pixels for each of its own.
///
/// # Errors
/// The browser cannot draw it, or makes no canvas of that size.
pub async fn png(svg: &str, (width, height): (f64, f64), times: u32) -> Result<Blob, Denied> {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let parts = js_sys::Array::of1(&JsValue::from_str(svg));
    let file = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&file)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&address);
    let loaded = JsFuture::from(image.decode()).await;
    Url::revoke_object_url(&address)?;
    loaded?;
    let canvas = document().create_element("canvas")?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().map_err(|_| Denied)?;
    let (width, height) = (width * f64::from(times), height * f64::from(times));
    canvas.set_width(width.ceil() as u32);
    canvas.set_height(height.ceil() as u32);
    let context = canvas.get_context("2d")?.ok_or(Denied)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| Denied)?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let made = Promise::new(&mut |resolve, reject| {
        let refused = reject.clone();
        let done = Closure::once_into_js(move |blob: JsValue| {
            // Both are functions of the browser's, which throw nothing.
            let answer = if blob.is_null() { &reject } else { &resolve };
            let _ = answer.call1(&JsValue::NULL, &blob);
        });
        if canvas.to_blob(done.unchecked_ref()).is_err() {
            let _ = refused.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(made).await?.dyn_into().map_err(|_| Denied)
}

/// Copies a picture that is still being made: Safari lets a page write to the clipboard while it handles a click, and no
/// later. What it answers ends when the picture is there.
///
/// # Errors
/// The browser does not let the page write pictures to the clipboard.
pub fn copy_picture(
    png: impl Future<Output = Result<Blob, Denied>> + 'static,
) -> Result<JsFuture, Denied> {
    if !window().is_secure_context() {
        return Err(Denied);
    }
    let png = async { png.await.map(JsValue::from).map_err(|Denied| JsValue::NULL) };
    let item = js_sys::Object::new();
    js_sys::Reflect::set(&item, &"image/png".into(), &future_to_promise(png))?;
    let item = ClipboardItem::new_with_record_from_str_to_blob_promise(&item)?;
    let items = js_sys::Array::of1(&item);
    Ok(window().navigator().clipboard().write(&items).into())
}

/// Tells the size of an element in pixels, once it is laid out and whenever it has another one, for as long as the page
/// lives.
pub fn on_resize(element: &Element, tell: impl Fn(f64, f64) + 'static) {
    let its = element.clone();
    let tell = move || tell(its.client_width().into(), its.client_height().into());
    let run = Closure::<dyn Fn()>::new(tell).into_js_value();
    // Every browser that runs WebAssembly as the page needs it has one.
    if let Ok(observer) = ResizeObserver::new(run.unchecked_ref()) {
        observer.observe(element);
    }
}

/// Runs when what has changed by now is on the screen.
pub fn after_frame(run: impl FnOnce() + 'static) {
    // The task after that of the frame.
    request_animation_frame(|| set_timeout(run, Duration::ZERO));
}

/// Opens the browser's print dialog.
pub fn print() {
    // A browser without one prints nothing.
    let _ = window().print();
}

/// The theme that is on the screen.
pub fn theme() -> Theme {
    let root = document().document_element();
    let tag = root.and_then(|it| it.get_attribute("data-theme"));
    tag.and_then(|it| Theme::from_tag(&it)).unwrap_or_default()
}

/// A file of the site.
///
/// # Errors
/// It cannot be reached, or it is not there.
pub async fn fetch(address: &str) -> Result<String, Denied> {
    let answer = JsFuture::from(window().fetch_with_str(address)).await?;
    let answer: Response = answer.dyn_into().map_err(|_| Denied)?;
    if !answer.ok() {
        return Err(Denied);
    }
    let text = JsFuture::from(answer.text()?).await?;
    text.as_string().ok_or(Denied)
}

/// # Errors
/// The file is gone or may not be read.
pub async fn read(file: &File) -> Result<String, Denied> {
    let text = JsFuture::from(file.text()).await?;
    text.as_string().ok_or(Denied)
}
