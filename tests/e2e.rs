//! The built page in a real browser, as a person meets it. `scripts/test` builds it, then runs these.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it is"
)]

mod browser;

use browser::{Browser, Site};

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_page_opens() {
    for site in [Site::serve("dist"), Site::serve_under("dist", "/a/b/")] {
        let page = Browser::open(&site.url(""), 1366, 768);
        page.wait("#app svg");
        assert_eq!(page.severe_log(), [""; 0]);
    }
}

/// Not a test, but the pictures in `target/shots` and in the README: `scripts/screenshots`.
#[test]
#[ignore = "writes the README's picture"]
fn screenshots() {
    let page = Browser::open(&Site::serve("dist").url(""), 1366, 768);
    page.wait("#app svg");
    page.screenshot("tests/screenshot.png");
    for (width, height) in [(1366, 768), (1920, 1080)] {
        page.resize(width, height);
        for (dark, theme) in [(false, "light"), (true, "dark")] {
            page.emulate_dark(dark);
            page.screenshot(format!("target/shots/{width}x{height}-{theme}.png"));
        }
    }
    assert_eq!(page.severe_log(), [""; 0]);
}
