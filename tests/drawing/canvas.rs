//! The drawing in the page: what an edit leaves as it is, how one moves about, and how much is told.

use azimuth::blueprint;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::{break_and_pause, gone, has_class, open, quiet, see, set};

const FOCUSED: &str = "document.activeElement.dataset.name";

/// The markup of the drawing, without what shows where the pointer and the keyboard are, and without the space that an edit
/// may leave between elements; attributes in one order.
const STRUCTURE: &str = "(() => {
    const copy = document.querySelector('.diagram').cloneNode(true);
    copy.querySelectorAll('.ring').forEach(it => it.remove());
    for (const it of copy.querySelectorAll('*')) {
        it.classList.remove('is-new', 'is-anew', 'is-linked', 'is-selected');
        it.removeAttribute('tabindex');
        const attributes = [...it.attributes].sort((a, b) => a.name < b.name ? -1 : 1);
        attributes.forEach(each => it.removeAttribute(each.name));
        attributes.forEach(each => it.setAttribute(each.name, each.value));
    }
    return copy.outerHTML.replace(/>\\s+</g, '><');
})()";

/// Waits until nothing moves. What glides sets out when the frame of its edit is over.
pub fn rest(page: &Browser) {
    page.js("return new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))");
    page.wait_until("document.getAnimations().length == 0");
}

/// Lets glides last long enough to be met by a test on a busy machine.
fn slow(page: &Browser) {
    page.js("const style = document.createElement('style');
        style.textContent = '@media (prefers-reduced-motion: no-preference) {' +
            '.diagram :is([data-name], .box, .veil) { transition-duration: 2s } }';
        document.head.append(style);");
}

/// Takes a zone away, or adds one, and answers with what an expression says in the frame that shows it, behind all that the
/// page does there before the browser's own part.
fn another_zone(page: &Browser, then: &str) -> Value {
    page.js(&format!(
        "const field = document.getElementById('network.zones');
        field.value = field.value == 3 ? 2 : 3;
        for (const it of ['input', 'change']) field.dispatchEvent(new Event(it, {{bubbles: true}}));
        return new Promise(async done => {{
            for (let turn = 0; turn < 100; turn++) await null;
            requestAnimationFrame(() => done({then}));
        }});"
    ))
}

const WAYS: &str =
    "[...document.querySelectorAll('.diagram .wires path')].map(it => it.getAttribute('d')).join()";

#[test]
#[ignore = "needs the built page and Chromium"]
fn an_edit_changes_in_the_page_what_it_changes_in_the_drawing_and_nothing_else() {
    let (_site, page) = open("");
    page.js("window.balancer = document.querySelector(\"[data-name='LoadBalancer']\"); balancer.focus()");
    set(&page, "fleet.max", "9");
    see(&page, "[data-name='WebGroup']", "2 / 2 / 9");
    for zones in ["6", "1", "3"] {
        set(&page, "network.zones", zones);
    }
    page.wait("[data-name='PrivateSubnetC']");
    assert_eq!(page.js("return balancer.isConnected"), true);
    assert_eq!(page.js(&format!("return {FOCUSED}")), "LoadBalancer");
    rest(&page);
    let after = page.js(&format!("return {STRUCTURE}"));
    page.reload();
    page.wait("[data-name='PrivateSubnetC']");
    assert_eq!(page.js(&format!("return {STRUCTURE}")), after);
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn another_design_stands_in_the_page_as_if_it_had_been_there_from_the_start() {
    let (_site, page) = open("");
    // They share few things or none: what stays must not come to lie under what is new.
    let ids = blueprint::ALL.iter().map(|it| it.id);
    for id in ids.clone().chain(ids.rev()) {
        page.set_value(".bar .blueprint", id);
        rest(&page);
        let after = page.js(&format!("return {STRUCTURE}"));
        page.reload();
        page.wait(".diagram .wires");
        assert!(page.js(&format!("return {STRUCTURE}")) == after, "{id}");
    }
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn wires_take_their_new_ways_in_the_frame_of_the_edit() {
    let (_site, page) = open("");
    page.set_value(".bar .blueprint", "ecommerce-burst");
    page.wait("[data-name='OrdersQueue']");
    rest(&page);
    let before = page.js(&format!("return {WAYS}"));
    let next = another_zone(&page, WAYS);
    assert_ne!(next, before);
    rest(&page);
    assert_eq!(page.js(&format!("return {WAYS}")), next);
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn what_moves_glides_unless_the_reader_wants_no_motion() {
    let (_site, page) = open("");
    let moving = "document.getAnimations().some(it => it.transitionProperty == 'transform')";
    let place = "document.querySelector(\"[data-name='LoadBalancer']\").getAttribute('transform')";
    let size = "document.querySelector(\"[data-name='Vpc'] > .box\").getAttribute('width')";
    let zones = "document.querySelectorAll(\".diagram [data-name^='az:']\").length";
    let all = format!("[{place}, {size}, {zones}]");
    let now = |it: &str| page.js(&format!("return {it}"));
    let before = now(&all);
    assert_eq!(before[2], 2);
    slow(&page);
    let shown = another_zone(&page, &all);
    // To set out is not the work of the frame that shows the edit.
    assert_eq!(shown, json!([before[0], before[1], 3]));
    page.wait_until(&format!(
        "{place} != '{}'",
        before[0].as_str().expect("a place")
    ));
    assert_eq!(now(moving), true);
    assert_ne!(now(size), before[1]);
    // What stands in something new appears with it, not by itself as well.
    page.wait("[data-name='az:c'].is-new [data-name='PrivateSubnetC']:not(.is-new)");
    page.emulate("prefers-reduced-motion", "reduce");
    rest(&page);
    assert_eq!(another_zone(&page, &all), before);
    assert_eq!(now(moving), false);
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn what_grows_has_its_ring_around_what_it_becomes() {
    let (_site, page) = open("");
    page.js("document.querySelector(\"[data-name='Vpc']\").focus()");
    page.wait("[data-name='Vpc'] > .ring");
    let width = |of: &str| {
        let width = format!(
            "return Number(document.querySelector(\"[data-name='Vpc'] > {of}\").getAttribute('width'))"
        );
        page.js(&width).as_f64().expect("a width")
    };
    let (ring, vpc) = (width(".ring"), width(".box"));
    another_zone(&page, "null");
    rest(&page);
    assert!(width(".box") > vpc);
    assert_eq!(width(".ring") - ring, width(".box") - vpc);
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn what_a_lost_zone_wears_goes_with_it() {
    let (_site, page) = open("");
    page.set_value(".bar .blueprint", "multi-tier-web");
    break_and_pause(&page, "az:a");
    rest(&page);
    slow(&page);
    another_zone(&page, "null");
    let gliding = |what: &str| {
        format!(
            "document.getAnimations().some(it => it.transitionProperty == 'height' && it.effect.target.matches('{what}'))"
        )
    };
    let (zone, hatch) = (gliding(".zone > .box"), gliding(".zone > .veil"));
    page.wait_until(&format!("{zone} && {hatch}"));
    let name = "document.querySelector(\"[data-name='LoadBalancer']\").ariaLabel";
    for (lang, state) in [("en", "degraded"), ("ja", "低下"), ("en", "degraded")] {
        page.set_value(".bar select:has([value=ja])", lang);
        page.wait_until(&format!("{name}.endsWith('{state}')"));
    }
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_selection_fills_the_frame_and_the_overview_leads_back() {
    let (_site, page) = open("");
    let width = |name: &str| {
        let width = page.js(&format!(
            "return document.querySelector(\"[data-name='{name}']\").getBoundingClientRect().width"
        ));
        width.as_f64().expect("a width")
    };
    let before = width("NatGatewayA");
    page.click("[data-name='NatGatewayA'] > text");
    page.click(".zoom [title^='Fit the selection']");
    page.wait(".map");
    assert!(width("NatGatewayA") > 1.5 * before);
    let x = "document.querySelector(\"[data-name='Users']\").getBoundingClientRect().x";
    let was = page.js(&format!("return {x}"));
    page.click(".map");
    page.wait_until(&format!("{x} != {was}"));
    page.click(".zoom [title^='Fit (']");
    gone(&page, ".map");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_keyboard_goes_along_the_wires_and_what_it_reaches_is_brought_into_view() {
    let (_site, page) = open("");
    page.js("document.querySelector(\"[data-name='WebGroup']\").focus()");
    // What has the focus looks other than what it is connected to.
    page.wait("[data-name='Database'].is-linked > .ring");
    let ring = |name: &str| {
        let ring = format!("document.querySelector(\"[data-name='{name}'] > .ring\")");
        page.js(&format!("return getComputedStyle({ring}).stroke"))
    };
    assert_ne!(ring("WebGroup"), ring("Database"));
    let said = "document.querySelector('#drawing [aria-live]').textContent";
    let mut wires = Vec::new();
    for _ in 0..2 {
        page.press("w");
        page.wait(".wire.is-along");
        wires.push(page.js(&format!("return {said}")));
    }
    assert_ne!(wires[0], wires[1]);
    let to_database = |it: &Value| it.as_str().is_some_and(|it| it.contains("TCP 3306 to RDS"));
    assert!(wires.iter().any(to_database), "{wires:?}");
    while !page
        .js(&format!("return {said}"))
        .as_str()
        .is_some_and(|it| it.contains("to RDS"))
    {
        page.press("w");
    }
    for _ in 0..4 {
        page.press("=");
    }
    page.press("Enter");
    page.wait_until(&format!("{FOCUSED} == 'Database'"));
    gone(&page, ".wire.is-along");
    page.wait_until(
        "(() => { const frame = document.querySelector('.viewport').getBoundingClientRect(),
            it = document.activeElement.getBoundingClientRect();
            return it.x >= frame.x && it.y >= frame.y && it.y < frame.bottom; })()",
    );
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn all_that_a_thing_depends_on_lights_up() {
    let (_site, page) = open("");
    page.hover("[data-name='WebGroup'] > text");
    for name in ["Database", "NatGatewayA", "InternetGateway", "Internet"] {
        has_class(&page, name, "is-linked");
    }
    let lit = "[...document.querySelectorAll('.wire.is-linked')].map(it => it.dataset.from + ' ' + it.dataset.to)";
    page.wait_until(&format!("{lit}.includes('NatGatewayA InternetGateway')"));
    page.wait_until(&format!("!{lit}.includes('Users Internet')"));
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn a_drawing_tells_as_much_as_it_is_asked_to() {
    let (_site, page) = open("");
    let detail = ".bar select:has([value=simple])";
    page.set_value(detail, "simple");
    gone(&page, ".diagram .tag");
    gone(&page, "[data-name='AlarmTopic']");
    page.set_value(detail, "full");
    see(&page, ".diagram .tag.security", "80, 443 from");
    page.click(".diagram .tag.security > text");
    see(&page, "#panel", "AWS::EC2::SecurityGroup");
    page.reload();
    page.wait(".diagram .tag.security");
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_outline_is_the_drawing_as_a_tree_and_shares_its_selection() {
    let (_site, page) = open("");
    page.click("#tab-outline");
    page.click("//ul[contains(@class, 'tree')]//button[contains(., 'NAT gateway A')]");
    has_class(&page, "NatGatewayA", "is-selected");
    page.click("[data-name='LoadBalancer'] > text");
    page.wait_until(
        "document.querySelector('.tree [aria-current=true]').textContent.includes('Load Balancer')",
    );
    // Everything that can be seen is in the tree, in what it stands in.
    let missing = page.js(
        "const depth = (it, selector) => { let n = 0; while (it = it.parentElement?.closest(selector)) n++; return n };
        const drawn = [...document.querySelectorAll('.diagram [data-name]:not(.is-absent)')];
        const said = [...document.querySelectorAll('.tree li')];
        return drawn.map((it, at) => [it.getAttribute('aria-label'), depth(it, '[data-name]'),
                said[at]?.firstElementChild.textContent.trim(), said[at] && depth(said[at], 'li')])
            .filter(([a, b, c, d]) => a != c || b != d)",
    );
    assert_eq!(missing, Value::Array(Vec::new()));
    quiet(&page);
}

#[test]
#[ignore = "needs the built page and Chromium"]
fn the_page_says_how_long_a_change_took() {
    let (_site, page) = open("");
    for (key, value) in [
        ("fleet.max", "7"),
        ("network.nat", "per-az"),
        ("network.zones", "3"),
    ] {
        set(&page, key, value);
        rest(&page);
        page.click("//footer//button[.='About']");
        let rows = page.js("return [...document.querySelectorAll('.took tr')].map(it => it.innerText.replace('\\t', ' '))");
        println!("{key}: {rows}");
        let rows = rows.as_array().expect("rows");
        for stage in [
            "Layout of the drawing",
            "Drawing into the page",
            "Browser: style, layout and paint",
            "From the change to the screen",
        ] {
            let row = rows
                .iter()
                .find(|it| it.as_str().is_some_and(|it| it.starts_with(stage)));
            let row = row
                .unwrap_or_else(|| panic!("no {stage}"))
                .as_str()
                .expect("words");
            let time = row.trim_start_matches(stage).trim().trim_end_matches(" ms");
            let time: f64 = time.parse().expect("milliseconds");
            assert!((0.0..1_000.0).contains(&time), "{row}");
        }
        page.press("Escape");
    }
    quiet(&page);
}
