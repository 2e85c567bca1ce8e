//! The page's parts in a real browser: what needs no built site. `tests/e2e.rs` has the whole.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it is"
)]

use azimuth::cost::Money;
use azimuth::failure::{Fault, play};
use azimuth::text::Lang;
use azimuth::ui::{App, Axis, Moment, number};
use leptos::mount::mount_to;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

// A panic inside an event handler or a task does not fail a test by itself.
#[wasm_bindgen(inline_js = "
    const errors = [];
    for (const kind of ['error', 'unhandledrejection'])
        window.addEventListener(kind, it => errors.push(String(it.message ?? it.reason)));
    export function takeErrors() { return errors.splice(0).join('; '); }
")]
extern "C" {
    #[wasm_bindgen(js_name = takeErrors)]
    fn take_errors() -> String;
}

/// A page of its own, taken away at the end.
struct Page {
    root: HtmlElement,
    /// Takes the page away when it is dropped.
    _mounted: Box<dyn std::any::Any>,
}

impl Page {
    fn find(&self, selector: &str) -> Element {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("{selector} in {}", self.root.inner_html()))
    }

    fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    async fn click(&self, selector: &str) {
        self.find(selector).unchecked_into::<HtmlElement>().click();
        effects().await;
    }

    /// Types over what a field holds; it is not left yet.
    async fn type_over(&self, selector: &str, text: &str) {
        let field: HtmlInputElement = self.find(selector).unchecked_into();
        field.set_value(text);
        self.tell(selector, "input").await;
    }

    async fn tell(&self, selector: &str, event: &str) {
        let bubbling = EventInit::new();
        bubbling.set_bubbles(true);
        let event = Event::new_with_event_init_dict(event, &bubbling).unwrap();
        self.find(selector).dispatch_event(&event).unwrap();
        effects().await;
    }

    /// Opens every section of the settings: fields are made when they are first seen.
    async fn open_sections(&self) {
        let sections = self.root.query_selector_all(".section").unwrap();
        for it in (0..sections.length()).filter_map(|at| sections.get(at)) {
            it.unchecked_into::<Element>()
                .set_attribute("open", "")
                .unwrap();
        }
        // The browser tells of it in a task of its own.
        wait(50).await;
        effects().await;
    }

    fn value(&self, selector: &str) -> String {
        self.find(selector)
            .unchecked_into::<HtmlInputElement>()
            .value()
    }
}

/// Opens the page with this in the storage and behind `#`.
async fn open(saved: Option<&str>, hash: &str) -> Page {
    let storage = window().local_storage().unwrap().unwrap();
    storage.clear().unwrap();
    // Each page is a tab of its own.
    let tab = window().session_storage().unwrap().unwrap();
    tab.clear().unwrap();
    if let Some(saved) = saved {
        storage.set_item("azimuth.design", saved).unwrap();
    }
    storage.set_item("azimuth.lang", "en").unwrap();
    window().location().set_hash(hash).unwrap();
    // The browser tells of the new hash later; a page must not hear of it as a second one.
    wait(50).await;
    let root: HtmlElement = document()
        .create_element("section")
        .unwrap()
        .unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let mounted = Box::new(mount_to(root.clone(), App));
    effects().await;
    Page {
        root,
        _mounted: mounted,
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Lets every effect of what was done run.
async fn effects() {
    wait(0).await;
    // Lists and figures follow the drawing by a frame.
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(frame).await.unwrap();
    wait(0).await;
    wait(0).await;
}

async fn wait(milliseconds: i32) {
    let later = js_sys::Promise::new(&mut |resolve, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(later).await.unwrap();
}

const RANGE: &str = "[id='network.cidr']";
const ZONES: &str = "[id='network.zones']";

#[wasm_bindgen_test]
fn the_axis_shortens_what_is_quiet_and_maps_back() {
    let axis = Axis::new([0, 50, 90, 1800].into_iter(), 3600);
    assert_eq!(axis.quiet(), [(120.0, 1790.0), (1830.0, 3590.0)]);
    assert!(axis.length() < 400.0, "{}", axis.length());
    let mut before = -1.0;
    for second in 0..=3600 {
        let place = axis.place(second.into());
        assert!(place > before);
        assert!((axis.time(place) - f64::from(second)).abs() < 1e-6);
        before = place;
    }
    assert_eq!((axis.percent(0.0), axis.percent(3600.0)), (0.0, 100.0));
    assert_eq!(Axis::new([].into_iter(), 0).percent(5.0), 0.0);
}

#[wasm_bindgen_test]
fn labels_of_the_axis_keep_their_distance() {
    let axis = Axis::new([0, 50, 90, 150, 1800].into_iter(), 3600);
    let places: Vec<f64> = axis
        .labels()
        .into_iter()
        .map(|it| axis.percent(it))
        .collect();
    assert!(places.len() > 4, "{places:?}");
    assert!(
        places.windows(2).all(|it| it[1] - it[0] >= 7.0),
        "{places:?}"
    );
}

#[wasm_bindgen_test]
fn stepping_visits_every_moment_that_has_an_event_both_ways() {
    let design = azimuth::blueprint::base("multi-tier-web").unwrap();
    let topology = design.expand();
    let fault = Fault::parse("az:a", &topology).unwrap();
    let timeline = play(&topology, &design.assumptions, &fault);
    let mut times: Vec<u32> = timeline
        .events
        .iter()
        .map(|it| it.t)
        .filter(|it| *it > 0)
        .collect();
    times.dedup();
    let mut moment = Moment::default();
    let forward: Vec<u32> = times
        .iter()
        .map(|_| {
            moment.step_forward(&timeline);
            moment.at as u32
        })
        .collect();
    assert_eq!(forward, times);
    for _ in 0..times.len() + 3 {
        moment.step_back(&timeline);
    }
    assert_eq!(moment.at, 0.0);
}

#[wasm_bindgen_test]
fn playing_ends_at_the_end_and_starts_again_at_the_beginning() {
    let axis = Axis::new([0, 60].into_iter(), 600);
    let mut moment = Moment::default();
    moment.play(600.0);
    for _ in 0..10_000 {
        moment.advance(1.0, &axis);
    }
    assert_eq!((moment.at, moment.playing), (600.0, false));
    moment.play(600.0);
    assert_eq!((moment.at, moment.playing), (0.0, true));
}

#[wasm_bindgen_test]
fn figures_read_as_people_write_them() {
    let money = |it: &str| Money::parse(it).expect("a figure");
    assert_eq!(number::dollars(money("1234.5")), "$1,234.50");
    assert_eq!(number::dollars(Money::ZERO - money("0.001")), "$0.00");
    assert_eq!(number::change(Money::ZERO - money("45.255")), "−$45.26");
    assert_eq!(number::change(money("1")), "+$1.00");
    assert_eq!(number::price(money("0.0116")), "$0.0116");
    assert_eq!(number::price(money("0.4")), "$0.40");
    assert_eq!(number::quantity(1_460.0), "1,460");
    assert_eq!(number::quantity(0.5), "0.5");
    assert_eq!(number::clock(3600.0), "60:00");
    assert_eq!(number::percent(0.75), "75 %");
    assert_eq!(number::size(262_144), "262.1 KB");
}

#[wasm_bindgen_test]
async fn an_edit_reaches_the_bill_at_once_and_is_one_step_back() {
    let page = open(None, "").await;
    let before = page.text("#tab-bill .count");
    page.type_over(ZONES, "").await;
    page.type_over(ZONES, "3").await;
    page.open_sections().await;
    page.type_over("[id='fleet.desired']", "1").await;
    page.type_over("[id='fleet.desired']", "12").await;
    page.tell("[id='fleet.desired']", "change").await;
    assert_ne!(page.text("#tab-bill .count"), before);
    // A field that was left is another step.
    page.type_over("[id='fleet.desired']", "11").await;
    page.click(".bar [aria-label=Undo]").await;
    assert_eq!(page.value("[id='fleet.desired']"), "12");
    page.click(".bar [aria-label=Undo]").await;
    assert_eq!(page.value("[id='fleet.desired']"), "2");
    page.click(".bar [aria-label=Undo]").await;
    assert_eq!(page.value(ZONES), "2");
    assert_eq!(page.text("#tab-bill .count"), before);
    assert_eq!(take_errors(), "");
}

#[wasm_bindgen_test]
async fn bad_input_stays_in_its_field_with_the_reason_and_changes_nothing() {
    let page = open(None, "").await;
    let title = document().title();
    page.type_over(RANGE, "10.0.0.0/99").await;
    assert_eq!(
        page.text("[id='network.cidr.problem']"),
        "",
        "while it is typed"
    );
    page.tell(RANGE, "change").await;
    assert!(
        page.text("[id='network.cidr.problem']")
            .contains("10.0.0.0/99")
    );
    assert_eq!(
        page.find(RANGE).get_attribute("aria-invalid").as_deref(),
        Some("true")
    );
    assert_eq!(page.value(RANGE), "10.0.0.0/99");
    page.type_over(ZONES, "3").await;
    assert_eq!(
        page.value(RANGE),
        "10.0.0.0/99",
        "another edit keeps what was typed"
    );
    page.type_over(RANGE, "10.9.0.0/16").await;
    assert_eq!(
        page.text("[id='network.cidr.problem']"),
        "",
        "as soon as it is good"
    );
    assert_eq!(page.value("[id='network.public_cidrs.a']"), "");
    assert!(
        page.find("[id='network.public_cidrs.a']")
            .get_attribute("placeholder")
            .unwrap()
            .starts_with("10.9.")
    );
    assert_eq!(document().title(), title);
    assert_eq!(take_errors(), "");
}

#[wasm_bindgen_test]
async fn a_field_of_one_zone_changes_its_place_in_the_list_alone() {
    let page = open(None, "").await;
    page.type_over("[id='network.public_cidrs.b']", "10.0.9.0/24")
        .await;
    page.tell("[id='network.public_cidrs.b']", "change").await;
    assert_eq!(page.value("[id='network.public_cidrs.a']"), "");
    page.type_over("[id='network.public_cidrs.a']", "10.0.8.0/24, 10.0.7.0/24")
        .await;
    page.tell("[id='network.public_cidrs.a']", "change").await;
    assert_ne!(page.text("[id='network.public_cidrs.a.problem']"), "");
    assert_eq!(page.value("[id='network.public_cidrs.b']"), "10.0.9.0/24");
    assert_eq!(take_errors(), "");
}

#[wasm_bindgen_test]
async fn a_damaged_link_says_so_and_what_was_saved_is_there() {
    let saved = azimuth::blueprint::base("multi-tier-web")
        .unwrap()
        .with("network.zones", "3");
    let saved = azimuth::design::document::write(&saved);
    let page = open(Some(&saved), "1s1~nz=4~xxxx").await;
    assert!(page.text("[role=alert] .notice").contains("cut off"));
    assert_eq!(page.value(ZONES), "3");
    assert_eq!(take_errors(), "");
}

#[wasm_bindgen_test]
async fn a_link_opens_over_saved_work_and_gives_it_back() {
    let base = azimuth::blueprint::base("multi-tier-web").unwrap();
    let saved = azimuth::design::document::write(&base.with("network.zones", "3"));
    let shared = azimuth::design::link::Shared {
        design: base.with("network.zones", "4"),
        fault: "az:b".into(),
        at: 75,
    };
    let page = open(Some(&saved), &azimuth::blueprint::link(&shared)).await;
    assert_eq!(page.value(ZONES), "4");
    assert!(page.text(".scrubber output").starts_with("01:15"));
    page.click(".notice .link").await;
    assert_eq!(page.value(ZONES), "3");
    assert_eq!(take_errors(), "");
}

#[wasm_bindgen_test]
async fn an_unreadable_save_is_put_aside_not_lost() {
    let page = open(Some("{\"azimuth\": 99}"), "").await;
    assert!(page.text("[role=alert] .notice").contains("newer Azimuth"));
    assert_eq!(page.value(ZONES), "2");
    let storage = window().local_storage().unwrap().unwrap();
    assert_eq!(
        storage.get_item("azimuth.previous").unwrap().as_deref(),
        Some("{\"azimuth\": 99}")
    );
    assert_eq!(take_errors(), "");
}

#[wasm_bindgen_test]
async fn every_language_has_the_whole_page() {
    let page = open(None, "").await;
    // No server here has the file that the page would load.
    Lang::Ja.learn(include_str!("../src/text/ja.txt").to_owned());
    for lang in Lang::ALL {
        let choice = ".bar select[aria-label]:has([value=ja])";
        let select: web_sys::HtmlSelectElement = page.find(choice).unchecked_into();
        select.set_value(lang.tag());
        page.tell(choice, "change").await;
        let root = document().document_element().unwrap();
        assert_eq!(root.get_attribute("lang").as_deref(), Some(lang.tag()));
        assert!(
            !page.root.text_content().unwrap().contains("{"),
            "a placeholder is left"
        );
    }
    assert_eq!(take_errors(), "");
}
