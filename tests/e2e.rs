//! The built page in a real browser, as a person meets it: draw, change, check, break, export, share.
//! `scripts/test` builds it, then runs these.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it is"
)]

mod browser;
#[path = "drawing/canvas.rs"]
mod canvas;
#[path = "drawing/measured.rs"]
mod measured;
#[path = "drawing/speed.rs"]
mod speed;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use azimuth::blueprint::{base, open_link};
use azimuth::cloudformation::Format;
use azimuth::design::Design;
use azimuth::diagram::{Detail, Drawing, Theme, draw, drawio};
use azimuth::export;
use azimuth::text::Lang;
use browser::{Browser, Site};
use serde_json::Value;

const DRAWING: &str = ".sheet svg";

/// The built page in a browser of its own.
fn open(rest: &str) -> (Site, Browser) {
    let site = Site::serve("dist");
    let page = Browser::open(&site.url(rest), 1366, 768);
    page.wait(DRAWING);
    (site, page)
}

/// The field of an option; opens its section first, and every section where none has it yet: fields are made when they
/// are first seen.
fn field(page: &Browser, key: &str) -> String {
    let selector = format!("[id='{key}']");
    page.js(&format!(
        "const field = document.querySelector(\"{selector}\");
        for (const it of field ? [field.closest('details')] : document.querySelectorAll('.section')) it.open = true;"
    ));
    selector
}

fn set(page: &Browser, key: &str, value: &str) {
    page.set_value(&field(page, key), value);
}

fn see(page: &Browser, selector: &str, words: &str) {
    let words = words.replace('`', "'");
    page.wait_until(&format!(
        "document.querySelector(\"{selector}\")?.textContent.includes(`{words}`)"
    ));
}

fn gone(page: &Browser, selector: &str) {
    page.wait_until(&format!("!document.querySelector(\"{selector}\")"));
}

fn has_class(page: &Browser, name: &str, class: &str) {
    page.wait_until(&format!(
        "document.querySelector(\"[data-name='{name}']\").classList.contains('{class}')"
    ));
}

fn lacks_class(page: &Browser, name: &str, class: &str) {
    page.wait_until(&format!(
        "!document.querySelector(\"[data-name='{name}']\").classList.contains('{class}')"
    ));
}

/// Breaks something, and stands still at its beginning.
fn break_and_pause(page: &Browser, fault: &str) {
    page.set_value(".fault", fault);
    page.click(".play");
    page.wait_until("document.querySelector('.play').title.startsWith('Play')");
    page.click("[title^='To the beginning']");
}

fn quiet(page: &Browser) {
    assert_eq!(page.severe_log(), [""; 0]);
}

fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("room for a file");
    path
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn pointing_and_selecting_show_what_a_thing_is() {
    let (_site, page) = open("");
    page.hover("[data-name='NatGatewayA'] > text");
    see(&page, ".card", "NAT gateway");
    see(&page, ".card", "PublicSubnetA");
    page.click("[data-name='NatGatewayA'] > text");
    has_class(&page, "NatGatewayA", "is-selected");
    has_class(&page, "PrivateSubnetB", "is-linked");
    for words in [
        "AWS::EC2::NatGateway",
        "ConnectivityType",
        "a month",
        "RT-006",
        "PrivateDefaultRoute",
    ] {
        see(&page, "#panel", words);
    }
    page.click("//*[@id='panel']//button[.='PublicSubnetA']");
    see(&page, "#panel", "10.0.0.0/24");
    page.click("#tab-outline");
    see(&page, "#panel", "10.0.3.0/24");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_drawing_works_by_keyboard_alone() {
    let (_site, page) = open("");
    page.js("document.querySelector('.sheet [tabindex=\"0\"]').focus()");
    let focused = "document.activeElement.dataset.name";
    let mut seen = Vec::new();
    for key in [
        "ArrowRight",
        "ArrowDown",
        "ArrowDown",
        "ArrowRight",
        "ArrowUp",
    ] {
        page.press(key);
        seen.push(page.js(&format!("return {focused}")));
    }
    seen.dedup();
    assert!(seen.len() > 2, "{seen:?}");
    page.press("Enter");
    page.wait_until(&format!(
        "document.activeElement.classList.contains('is-selected') && {focused}"
    ));
    page.press("Escape");
    gone(&page, ".is-selected");
    page.press("=");
    page.wait_until("!document.querySelector('.sheet').classList.contains('is-fitted')");
    page.press("0");
    page.wait(".sheet.is-fitted");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_drawing_can_be_dragged_and_a_drag_selects_nothing() {
    let (_site, page) = open("");
    let place =
        "Math.round(document.querySelector(\"[data-name='Vpc']\").getBoundingClientRect().x)";
    let before = page
        .js(&format!("return {place}"))
        .as_i64()
        .expect("a place");
    page.drag("[data-name='WebGroup.a1'] > text", 60, 20);
    page.wait_until(&format!("{place} === {}", before + 60));
    gone(&page, ".is-selected");
    page.click(".zoom [title^='Fit']");
    page.wait_until(&format!("{place} === {before}"));
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_whole_drawing_is_in_its_frame_whatever_changes_and_on_paper() {
    let (_site, page) = open("");
    // All around, and beside it for the zoom buttons; no smaller than it must be.
    let fits = "(() => {
        const frame = document.querySelector('.viewport').getBoundingClientRect();
        const paper = document.querySelector('.viewport .paper').getBoundingClientRect();
        const [left, top] = [paper.left - frame.left, paper.top - frame.top];
        const [right, bottom] = [frame.right - paper.right, frame.bottom - paper.bottom];
        return left > 7 && top > 7 && right > 45 && bottom > 7 && Math.min(left, top) < 9;
    })()";
    page.wait_until(fits);
    set(&page, "network.zones", "6");
    page.wait("[data-name='PublicSubnetF']");
    page.wait_until(fits);
    page.resize(1000, 900);
    page.wait_until("document.querySelector('.viewport').clientWidth < 1000");
    page.wait_until(fits);
    assert_eq!(page.printed_pages(), 1);
    page.show_on("print");
    page.wait_until(
        "(() => {
            const paper = document.querySelector('.sheet .paper').getBoundingClientRect();
            const share = Math.max(paper.width / innerWidth, paper.height / innerHeight);
            return 0.95 < share && share <= 1;
        })()",
    );
    page.show_on("screen");
    page.wait_until(fits);
    set(&page, "network.zones", "2");
    gone(&page, "[data-name='PublicSubnetC']");
    page.wait_until(fits);
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn on_a_phone_nothing_covers_anything_and_two_fingers_zoom() {
    let (_site, page) = open("");
    page.resize(390, 844);
    break_and_pause(&page, "az:a");
    let covering = page.js(
        "const boxes = [...document.querySelectorAll('.bar, .canvas, .controls, .plot, .scrubber, .events, .details, .settings, .foot')]
            .map(it => [it.className, it.getBoundingClientRect()]).filter(([, it]) => it.height > 0);
        return boxes.flatMap(([a, x], i) => boxes.slice(i + 1)
            .filter(([, y]) => x.top < y.bottom - 1 && y.top < x.bottom - 1 && x.left < y.right - 1 && y.left < x.right - 1)
            .map(([b]) => `${a} and ${b}`))",
    );
    assert_eq!(covering.as_array().map(Vec::len), Some(0), "{covering}");
    page.wait_until(
        "document.documentElement.scrollWidth === document.documentElement.clientWidth",
    );
    let width = "document.querySelector('.sheet > svg').getBoundingClientRect().width";
    let before = page.js(&format!("return {width}"));
    let before = before.as_f64().expect("a width");
    page.spread(".viewport", 120);
    page.wait_until(&format!("Math.abs({width} / {before} - 3) < 0.2"));
    gone(&page, ".is-selected");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_change_shows_in_drawing_findings_bill_and_templates() {
    let (_site, page) = open("");
    let bill = page.text("#tab-bill");
    set(&page, "network.zones", "3");
    page.wait("[data-name='PrivateSubnetC']");
    set(&page, "network.nat", "per-az");
    page.wait("[data-name='NatGatewayC']");
    page.wait_until(&format!(
        "document.querySelector('#tab-bill').innerText !== `{bill}`"
    ));
    page.click("#tab-findings");
    gone(&page, "#panel [title='RT-006']");
    page.wait_until("!document.querySelector('#panel').innerText.includes('RT-006')");
    set(&page, "network.cidr", "172.16.0.0/16");
    see(&page, "[data-name='PublicSubnetA']", "172.16.0.0/24");
    set(&page, "network.public_cidrs.b", "172.16.99.0/24");
    see(&page, "[data-name='PublicSubnetB']", "172.16.99.0/24");
    set(&page, "fleet.instance_type", "t3.small");
    see(&page, "[data-name='WebGroup.a1']", "t3.small");
    set(&page, "fleet.max", "9");
    see(&page, "[data-name='WebGroup']", "2 / 2 / 9");
    set(&page, "database.engine", "postgres");
    see(&page, "[data-name='Database']", "PostgreSQL");
    page.click(&field(&page, "balancer.https"));
    see(&page, DRAWING, "HTTPS 443");

    page.click(".bar .primary");
    see(&page, ".code .text", "CidrBlock: 172.16.99.0/24");
    page.click("//dialog//button[contains(., 'app.yaml')]");
    see(&page, ".code .text", "HttpsListener");
    see(&page, ".code .text", "t3.small");
    page.click("//dialog//label[contains(., 'JSON')]/input");
    page.click("//dialog//button[contains(., 'data.json')]");
    see(&page, ".code .text", "\"postgres\"");
    page.press("Escape");
    gone(&page, "dialog");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_fix_is_applied_and_undone() {
    let (_site, page) = open("");
    page.click(".chip");
    let card = "//li[contains(@class, 'finding')][.//code='RT-006']";
    page.click(&format!("{card}//button[contains(@class, 'what')]"));
    has_class(&page, "NatGatewayA", "is-selected");
    let fix = format!("{card}//button[contains(@class, 'fix')]");
    assert!(page.text(&fix).contains("+$"), "the cost is said before");
    page.click(&fix);
    page.wait("[data-name='NatGatewayB']");
    page.wait_until("!document.querySelector('#panel').innerText.includes('RT-006')");
    page.click(".notice .link");
    gone(&page, "[data-name='NatGatewayB']");
    page.click("#drawing [data-name='Users'] > text");
    page.press("Control+Shift+z");
    page.wait("[data-name='NatGatewayB']");
    page.press("Control+z");
    gone(&page, "[data-name='NatGatewayB']");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_zone_fails_and_comes_back_and_the_time_goes_where_it_is_told() {
    let (_site, page) = open("");
    page.set_value(".fault", "az:a");
    page.wait_until("document.querySelector('.scrubber output').innerText > '00:02'");
    has_class(&page, "az:a", "is-failed");
    has_class(&page, "Database.primary", "is-failed");
    lacks_class(&page, "az:b", "is-failed");
    page.click(".play");
    page.wait_until("document.querySelector('.play').title.startsWith('Play')");
    let stopped = page.text(".scrubber output");
    page.click("[title^='Next event']");
    page.wait_until(&format!(
        "document.querySelector('.scrubber output').innerText > `{stopped}`"
    ));
    page.click("[title^='Event before']");
    page.click("[title^='Event before']");
    page.wait_until(&format!(
        "document.querySelector('.scrubber output').innerText < `{stopped}`"
    ));
    assert_eq!(
        page.js("return document.querySelectorAll('.plot').length"),
        3
    );
    see(&page, ".plot .health", "down");

    page.set_value(".scrubber input", "1000");
    see(&page, ".scrubber output", "60:00");
    lacks_class(&page, "az:a", "is-failed");
    page.wait_until("[...document.querySelectorAll('.plot .health')].every(it => it.classList.contains('is-ok'))");
    page.click("//button[contains(@class, 'event')][contains(., '00:00')]");
    has_class(&page, "az:a", "is-failed");
    page.wait_until("document.querySelector('.scrubber input').getAttribute('aria-valuetext').startsWith('00:00. ')");
    page.press("End");
    see(&page, ".scrubber output", "60:00");
    page.press("Home");
    page.press("Shift+ArrowRight");
    see(&page, ".scrubber output", "00:10");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn zone_b_and_the_nat_gateway_fail_differently() {
    let (_site, page) = open("");
    break_and_pause(&page, "az:b");
    has_class(&page, "Database.standby", "is-failed");
    lacks_class(&page, "Database.primary", "is-failed");
    break_and_pause(&page, "node:NatGatewayA");
    has_class(&page, "NatGatewayA", "is-failed");
    page.wait("[data-name='NatGatewayA'] > use.when-failed[href='#dg-tile-failed']");
    lacks_class(&page, "az:a", "is-failed");
    see(&page, ".plot:nth-child(1) .health", "works");
    see(&page, ".plot:nth-child(2) .health", "down");
    page.click("//button[contains(., 'End the simulation')]");
    gone(&page, ".is-failed");
    gone(&page, ".diagram .mark");
    page.wait_until("document.querySelector('.fault').value === ''");
    page.click("//button[contains(., 'Compare all faults')]");
    page.click("//table//button[contains(., 'Zone a')]");
    has_class(&page, "az:a", "is-failed");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_call_across_regions_is_drawn_broken_refused_and_mended() {
    let (_site, page) = open("");
    page.set_value(".blueprint", "cross-region-private-api");
    page.wait("[data-name='ClientFunction']");
    see(&page, DRAWING, "us-east-1");
    // Zones of one letter in two Regions are two zones.
    break_and_pause(&page, "az:us-east-1a");
    has_class(&page, "az:us-east-1a", "is-failed");
    lacks_class(&page, "az:a", "is-failed");
    see(&page, ".plot:nth-child(1) .health", "degraded");
    break_and_pause(&page, "region:ap-northeast-1");
    see(&page, ".plot:nth-child(1) .health", "down");
    page.click("//button[contains(., 'End the simulation')]");
    gone(&page, ".is-failed");
    // Without the way back the request is drawn as one without an answer.
    page.click(&field(&page, "client.return_routes"));
    page.wait(".diagram .wire.blocked");
    page.click(&field(&page, "client.return_routes"));
    gone(&page, ".diagram .wire.blocked");
    // Ranges that overlap cannot be exported, and a free one is a click away.
    set(&page, "client.cidrs", "10.0.4.0/22");
    page.click(".bar .primary");
    see(&page, "dialog .problem", "overlap");
    page.wait("dialog footer .primary:disabled");
    page.click("dialog footer .fix");
    page.wait("dialog footer .primary:enabled");
    page.click("//dialog//button[contains(., 'client.yaml')]");
    see(&page, ".code .text", "CidrBlock: 10.1.0.0");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_scheduled_gateway_comes_and_goes_and_its_machine_runs_in_the_page() {
    let (_site, page) = open("");
    page.set_value(".blueprint", "scheduled-nat");
    page.wait("[data-name='NatGatewayA'].is-temporary");
    page.click("#tab-schedule");
    see(&page, ".week .now", "the window is open");
    page.click("//button[contains(., 'Next closing')]");
    see(&page, ".week .now", "the window is closed");
    gone(&page, "[data-name='NatGatewayA']");
    page.click("//button[contains(., 'Next opening')]");
    page.wait("[data-name='NatGatewayA']");
    // Step by step: the gateway is not there before it is made, is on its way, and stands.
    let on = ".runs .steps button[aria-label='A step on']";
    page.click(on);
    gone(&page, "[data-name='NatGatewayA']");
    page.wait(".machine [data-state='Now'].is-current");
    for _ in 0..13 {
        page.click(on);
    }
    page.wait(".machine [data-state='Gateways.WaitAvailable'].is-visited");
    has_class(&page, "NatGatewayA", "is-recovering");
    see(&page, ".runs .account", "pending");
    see(&page, ".runs .data", "NatGatewayId");
    see(&page, ".runs .verdict", "Clean");
    // What goes wrong is told, and nothing is left behind.
    page.set_value(
        ".runs select[aria-label='What goes wrong']",
        "always:CreateGateway",
    );
    see(&page, ".runs .after", "open-1");
    see(&page, ".runs .verdict.is-warned", "alarm");
    quiet(&page);
}

/// Every file of a zip archive, read by another program's rules than ours.
fn unzip(path: &Path) -> Vec<(String, Vec<u8>)> {
    let bytes = fs::read(path).expect("the archive");
    let archive = rawzip::ZipArchive::from_slice(&bytes).expect("an archive");
    let entry = |entry: rawzip::ZipFileHeaderRecord<'_>| {
        let name = entry.file_path().try_normalize().expect("a plain path");
        let packed = archive.get_entry(entry.wayfinder()).expect("an entry");
        let data = match entry.compression_method() {
            rawzip::CompressionMethod::STORE => packed.data().to_vec(),
            _ => miniz_oxide::inflate::decompress_to_vec(packed.data()).expect("deflated"),
        };
        let mut checked = Vec::new();
        let mut reader = packed.verifying_reader(&data[..]);
        reader.read_to_end(&mut checked).expect("its checksum");
        (name.as_ref().to_owned(), checked)
    };
    let entries = archive.entries();
    entries.map(|it| entry(it.expect("an entry"))).collect()
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_zip_holds_what_the_core_exports_byte_for_byte() {
    let (site, page) = open("");
    set(&page, "network.nat", "per-az");
    page.wait("[data-name='NatGatewayB']");
    page.click(".bar .primary");
    page.click("//button[contains(., 'Download all')]");
    let held = unzip(&page.wait_download("zip"));
    let design = base("multi-tier-web")
        .expect("the blueprint")
        .with("network.nat", "per-az");
    let link = site.url(&format!("#{}", payload(&design)));
    let expected = export::files(&design, &link, Format::Yaml, Lang::En);
    assert!(expected.len() >= 11, "{}", expected.len());
    let names = |it: &str| it.rsplit('/').next().unwrap_or(it).to_owned();
    for file in expected {
        let found = held
            .iter()
            .find(|(name, _)| names(name) == names(&file.path));
        let (_, bytes) = found.unwrap_or_else(|| panic!("{} is missing", file.path));
        assert!(*bytes == file.text.as_bytes(), "{} differs", file.path);
    }
    page.click("//dialog//button[.='Download']");
    let template = fs::read_to_string(page.wait_download("yaml")).expect("a template");
    assert!(template.contains("NatGatewayB"));
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_drawing_leaves_the_page_as_it_is_on_the_screen() {
    let (site, page) = open("");
    break_and_pause(&page, "az:b");
    page.click("//header//button[contains(., 'Share')]");
    page.click("//dialog//button[.='SVG']");
    let svg = fs::read_to_string(page.wait_download("svg")).expect("a drawing");
    assert!(svg.contains("zone is-failed"), "{svg}");
    let link = svg.split_once("<metadata>").expect("metadata").1;
    let link = link.split_once("</metadata>").expect("its end").0;
    assert!(link.starts_with(&site.url("#")), "{link}");
    let shared = open_link(link).expect("a link that opens");
    assert_eq!(shared.fault.as_str(), "az:b");

    page.click("//dialog//label[contains(., '4×')]");
    page.click("//dialog//button[.='PNG']");
    let png = fs::read(page.wait_download("png")).expect("a picture");
    assert!(png.starts_with(b"\x89PNG"));
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    let size = drawing_of("multi-tier-web");
    assert_eq!(
        (side(16), side(20)),
        (
            (size.width * 4.0).ceil() as u32,
            (size.height * 4.0).ceil() as u32
        )
    );

    page.click("//dialog//button[.='draw.io']");
    let file = fs::read_to_string(page.wait_download("drawio")).expect("a draw.io file");
    assert_eq!(
        file,
        drawio(&size, Theme::Light, "Multi-tier web application")
    );
    page.press("Escape");
    // Zoomed or not, the whole drawing goes on one page.
    page.click(".zoom button");
    assert_eq!(page.printed_pages(), 1);
    quiet(&page);
}

fn drawing_of(blueprint: &str) -> Drawing {
    let design = base(blueprint).expect("the blueprint");
    draw(&design.expand(), Detail::default(), Lang::En)
}

fn payload(design: &Design) -> String {
    azimuth::blueprint::link(&azimuth::design::link::Shared {
        design: design.clone(),
        fault: String::new(),
        at: 0,
    })
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_link_opens_the_same_design_fault_and_second_in_another_browser() {
    let (_site, page) = open("");
    set(&page, "network.zones", "3");
    page.type_text(".bar .title", "Team 4");
    page.set_value(".fault", "az:b");
    page.click(".play");
    page.wait_until("document.querySelector('.play').title.startsWith('Play')");
    page.click("//button[contains(@class, 'event')][contains(., '02:00')]");
    page.click("//header//button[contains(., 'Share')]");
    let link = page.js("return document.querySelector('dialog input').value");
    let link = link.as_str().expect("a link");
    let shared = open_link(link).expect("a link that opens");
    assert_eq!((shared.fault.as_str(), shared.at), ("az:b", 120));
    page.press("Escape");
    page.wait_until(&format!("location.href === `{link}`"));

    let other = Browser::open(link, 1366, 768);
    other.wait("[data-name='PrivateSubnetC']");
    see(&other, ".scrubber output", "02:00");
    other.wait_until("document.querySelector('.fault').value === 'az:b'");
    other.wait_until("document.querySelector('.bar .title').value === 'Team 4'");
    has_class(&other, "az:b", "is-failed");
    quiet(&page);
    quiet(&other);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn reload_keeps_the_work_with_and_without_the_link() {
    let (site, page) = open("");
    set(&page, "network.zones", "3");
    page.wait("[data-name='PrivateSubnetC']");
    page.reload();
    page.wait("[data-name='PrivateSubnetC']");
    page.go("about:blank");
    page.go(&site.url(""));
    page.wait("[data-name='PrivateSubnetC']");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_reload_in_the_same_moment_keeps_a_change_to_a_link_and_the_address_follows() {
    let given = base("multi-tier-web")
        .expect("the blueprint")
        .with("network.nat", "per-az");
    let link = format!("#{}", payload(&given));
    let (site, page) = open(&link);
    // No frame comes any more.
    page.js("window.requestAnimationFrame = () => 0");
    set(&page, "network.zones", "3");
    page.reload();
    page.wait("[data-name='PrivateSubnetC']");
    let both = payload(&given.with("network.zones", "3"));
    page.wait_until(&format!("location.hash === '#{both}'"));
    page.wait("[data-name='NatGatewayC']");
    assert!(!page.has(".notice"));
    // The link itself still opens what it says.
    page.go("about:blank");
    page.go(&site.url(&link));
    page.wait("[data-name='NatGatewayB']");
    gone(&page, "[data-name='PrivateSubnetC']");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_reload_that_begins_just_before_the_address_follows_keeps_the_change() {
    let given = base("multi-tier-web").expect("the blueprint");
    let (_site, page) = open(&format!("#{}", payload(&given)));
    page.js("const write = history.replaceState.bind(history);
        history.replaceState = (...it) => { location.reload(); write(...it); }");
    set(&page, "network.zones", "4");
    page.wait_until("performance.getEntriesByType('navigation')[0].type == 'reload'");
    page.wait("[data-name='PrivateSubnetD']");
    let changed = payload(&given.with("network.zones", "4"));
    page.wait_until(&format!("location.hash === '#{changed}'"));
    assert!(!page.has(".notice"));
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_damaged_link_says_so_and_loses_nothing() {
    let (site, page) = open("");
    set(&page, "network.zones", "3");
    page.wait("[data-name='PrivateSubnetC']");
    page.go("about:blank");
    page.go(&site.url("#1s1~nz=4~ng=per-a"));
    see(&page, "[role=alert] .notice", "cut off");
    page.wait("[data-name='PrivateSubnetC']");
    page.js("location.hash = '#1z' + 'x'.repeat(1e6)");
    see(&page, "[role=alert] .notice", "at most");
    page.js("location.hash = '#9s1~aaaa'");
    see(&page, "[role=alert] .notice", "newer Azimuth");
    page.wait("[data-name='PrivateSubnetC']");
    let other = base("multi-tier-web")
        .expect("the blueprint")
        .with("network.zones", "4");
    page.js(&format!("location.hash = '#{}'", payload(&other)));
    page.wait("[data-name='PrivateSubnetD']");
    page.click(".notice .link");
    gone(&page, "[data-name='PrivateSubnetD']");
    page.wait("[data-name='PrivateSubnetC']");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn files_open_and_what_cannot_be_read_says_why() {
    let (_site, page) = open("");
    let input = ".menu input[type=file]";
    let choose = |name: &str, content: &[u8]| {
        page.js("document.querySelector('.menu').open = true");
        let path = file(name, content);
        page.type_text(input, path.to_str().expect("a path"));
    };
    let noise: Vec<u8> = (0..10_000_000_u32)
        .map(|it| (it.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    choose("noise.json", &noise);
    see(&page, "[role=alert] .notice", "10.0 MB");
    choose("broken.json", b"{\"azimuth\": 1,\n  oops}");
    see(&page, "[role=alert] .notice", "line 2, column 3");
    choose("future.json", b"{\"azimuth\": 99}");
    see(&page, "[role=alert] .notice", "newer Azimuth");
    choose(
        "unknown.json",
        b"{\"azimuth\": 1, \"blueprint\": \"multi-tier-web\", \"options\": {\"network.zone\": 3}}",
    );
    see(&page, "[role=alert] .notice", "network.zones");
    let design = base("multi-tier-web")
        .expect("the blueprint")
        .with("network.zones", "3");
    choose(
        "good.json",
        azimuth::design::document::write(&design).as_bytes(),
    );
    page.wait("[data-name='PrivateSubnetC']");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_bad_range_stays_at_its_field() {
    let (_site, page) = open("");
    let range = field(&page, "network.cidr");
    page.set_value(&range, "10.0.0.0/99");
    see(&page, "[id='network.cidr.problem']", "10.0.0.0/99");
    page.wait("[id='network.cidr'][aria-invalid='true']");
    see(&page, "[data-name='Vpc']", "10.0.0.0/16");
    set(&page, "fleet.desired", "1000");
    see(&page, "[id='fleet.desired.problem']", "1000");
    page.wait_until("document.querySelector(\"[id='network.cidr']\").value === '10.0.0.0/99'");
    page.set_value(&range, "10.1.0.0/16");
    see(&page, "[data-name='Vpc']", "10.1.0.0/16");
    gone(&page, "[id='network.cidr'][aria-invalid]");
    quiet(&page);
}

/// Serious and critical findings of axe-core, as `rule: selector`.
fn violations(page: &Browser) -> Vec<String> {
    let found = page.js(
        "return axe.run(document, {resultTypes: ['violations']}).then(it => it.violations
            .filter(it => ['serious', 'critical'].includes(it.impact))
            .flatMap(it => it.nodes.map(node => `${it.id}: ${node.target} ${node.failureSummary}`)))",
    );
    let found = found.as_array().cloned().unwrap_or_default();
    found.iter().map(Value::to_string).collect()
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn nothing_on_the_page_is_out_of_reach() {
    let axe = std::env::var("AZIMUTH_AXE").unwrap_or_else(|_| {
        let home = std::env::var("HOME").expect("a home");
        format!("{home}/.cache/azimuth-tools/npm/node_modules/axe-core/axe.min.js")
    });
    let axe = fs::read_to_string(&axe)
        .unwrap_or_else(|_| panic!("{axe}: scripts/setup installs axe-core"));
    let (_site, page) = open("");
    page.js(&axe);
    let clean = |state: &str| {
        for theme in ["light", "dark", "high-contrast"] {
            page.set_value(".bar select:has([value=dark])", theme);
            page.wait(&format!("[data-theme={theme}]"));
            assert_eq!(violations(&page), [""; 0], "{state}, {theme}");
        }
    };
    clean("at first");
    page.click("#tab-findings");
    page.click(".finding .what");
    clean("findings");
    page.click("#tab-bill");
    clean("bill");
    page.click("#tab-outline");
    clean("outline");
    page.click("#tab-inspector");
    break_and_pause(&page, "az:a");
    clean("zone a down");
    set(&page, "network.cidr", "nonsense");
    page.js("document.querySelectorAll('.section').forEach(it => it.open = true)");
    clean("a problem");
    page.click(".bar .primary");
    page.wait("dialog .code");
    assert_eq!(violations(&page), [""; 0], "export");
    quiet(&page);
}

/// Not a test, but the pictures in `target/shots` and in the README: `scripts/screenshots`.
#[test]
#[ignore = "writes the README's picture"]
fn screenshots() {
    let (_site, page) = open("");
    break_and_pause(&page, "az:a");
    page.click("//button[contains(@class, 'event')][contains(., '00:50')]");
    page.screenshot("tests/screenshot.png");
    for lang in ["en", "ja"] {
        page.set_value(".bar select:has([value=ja])", lang);
        page.wait(&format!("html[lang={lang}]"));
        for (width, height) in [(1366, 768), (1920, 1080)] {
            page.resize(width, height);
            for theme in ["light", "dark"] {
                page.set_value(".bar select:has([value=dark])", theme);
                page.wait(&format!("[data-theme={theme}]"));
                page.screenshot(format!("target/shots/{width}x{height}-{theme}-{lang}.png"));
            }
        }
    }
    quiet(&page);
}
