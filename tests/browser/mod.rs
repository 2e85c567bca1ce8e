//! Chromium for the end-to-end tests, driven as a person would: by selectors, keys and the pointer.
//!
//! Nothing needs a sleep: every action on a selector is tried until the page lets it happen, and fails the test, with what
//! the browser says, when patience runs out. A selector is CSS, or XPath if it starts with `//`. Each browser has a profile
//! of its own, so a second one is a second person.

mod session;
mod site;

pub use site::Site;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use session::{Refusal, Session};
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(20);

/// The key under which WebDriver passes an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub struct Browser {
    // Dropped first: Chromium writes to the folder until it ends.
    session: Session,
    folder: Folder,
}

struct Folder(PathBuf);

impl Browser {
    /// Opens `url` in a fresh profile, in a viewport of exactly this size.
    #[track_caller]
    pub fn open(url: &str, width: u32, height: u32) -> Browser {
        static OPENED: AtomicUsize = AtomicUsize::new(0);
        let n = OPENED.fetch_add(1, Ordering::Relaxed);
        let name = format!("browser-{}-{n}", process::id());
        let folder = Folder(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        let downloads = folder.0.join("downloads");
        fs::create_dir_all(&downloads).expect("a folder for downloads");
        let browser = Browser {
            session: Session::start(&folder.0.join("profile"), &downloads),
            folder,
        };
        browser.resize(width, height);
        browser.go(url);
        browser
    }

    #[track_caller]
    pub fn go(&self, url: &str) {
        self.command("/url", &json!({"url": url}));
    }

    #[track_caller]
    pub fn reload(&self) {
        self.command("/refresh", &json!({}));
    }

    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
        );
    }

    /// Wishes of the reader, as `prefers-color-scheme` and `dark`.
    #[track_caller]
    pub fn emulate(&self, feature: &str, value: &str) {
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": feature, "value": value}]}),
        );
    }

    /// As `screen` has it, or `print`.
    #[track_caller]
    pub fn show_on(&self, medium: &str) {
        self.devtools("Emulation.setEmulatedMedia", json!({"media": medium}));
    }

    pub fn has(&self, selector: &str) -> bool {
        self.find(selector).is_ok()
    }

    #[track_caller]
    pub fn wait(&self, selector: &str) {
        self.patiently(&format!("`{selector}` to appear"), || self.find(selector));
    }

    /// Waits until a JavaScript expression is true. While it throws, it isn't.
    #[track_caller]
    pub fn wait_until(&self, expression: &str) {
        self.patiently(&format!("`{expression}`"), || {
            match self.run(&format!("return Boolean({expression})"))? {
                Value::Bool(true) => Ok(()),
                _ => Err(Refusal::new("so far", "it is false")),
            }
        });
    }

    /// The text of an element as shown; for SVG, as written.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        let script = "return arguments[0].innerText ?? arguments[0].textContent";
        let text = self.act(selector, "have text", |element| {
            self.run_on(script, element, Value::Null)
        });
        text.as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.act(selector, "be clicked", |element| {
            self.session
                .post(&format!("/element/{element}/click"), &json!({}))
        });
    }

    /// Types after what a field holds. In a file field, the text is the path of the file to choose.
    #[track_caller]
    pub fn type_text(&self, selector: &str, text: &str) {
        self.act(selector, "be typed into", |element| {
            let body = json!({"text": text});
            self.session
                .post(&format!("/element/{element}/value"), &body)
        });
    }

    /// Sets a slider, a list or a field, and says so to the page as a hand would.
    #[track_caller]
    pub fn set_value(&self, selector: &str, value: &str) {
        let script = "const [element, value] = arguments;
            element.value = value;
            for (const name of ['input', 'change']) element.dispatchEvent(new Event(name, {bubbles: true}));";
        self.act(selector, "be set", |element| {
            self.run_on(script, element, value.into())
        });
    }

    #[track_caller]
    pub fn hover(&self, selector: &str) {
        self.act(selector, "be pointed at", |element| {
            self.point(&[over(element)])
        });
    }

    /// Drags from the middle of an element by so many pixels.
    #[track_caller]
    pub fn drag(&self, selector: &str, right: i32, down: i32) {
        self.act(selector, "be dragged", |element| {
            self.point(&[
                over(element),
                json!({"type": "pointerDown", "button": 0}),
                json!({"type": "pointerMove", "origin": "pointer", "duration": 100, "x": right, "y": down}),
                json!({"type": "pointerUp", "button": 0}),
            ])
        });
    }

    /// Puts two fingers on an element, 40 pixels apart, and spreads them until they are so many pixels apart.
    #[track_caller]
    pub fn spread(&self, selector: &str, apart: i32) {
        self.act(selector, "be spread", |element| {
            let finger = |id: &str, side: i32| {
                let at = |x: i32| json!({"type": "pointerMove", "origin": {ELEMENT: element}, "duration": 50, "x": side * x / 2, "y": 0});
                json!({"type": "pointer", "id": id, "parameters": {"pointerType": "touch"}, "actions": [
                    at(40), {"type": "pointerDown", "button": 0}, at(apart), {"type": "pointerUp", "button": 0},
                ]})
            };
            let fingers = json!({"actions": [finger("one", -1), finger("two", 1)]});
            self.session.post("/actions", &fingers)
        });
    }

    /// Presses keys on whatever has the focus: `Tab`, `a`, `ArrowRight`, `Control+Shift+z`.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let keys: Vec<char> = keys.split('+').map(key).collect();
        let down = keys
            .iter()
            .map(|it| json!({"type": "keyDown", "value": it}));
        let up = keys
            .iter()
            .rev()
            .map(|it| json!({"type": "keyUp", "value": it}));
        let actions: Vec<Value> = down.chain(up).collect();
        self.command(
            "/actions",
            &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}),
        );
    }

    /// What a script returns. A promise is awaited.
    #[track_caller]
    pub fn js(&self, script: &str) -> Value {
        match self.run(script) {
            Ok(value) => value,
            Err(refusal) => panic!("{script}\n{refusal}"),
        }
    }

    /// Saves what the viewport shows, at a path in the package.
    #[track_caller]
    pub fn screenshot(&self, path: impl AsRef<Path>) {
        let shot = self.devtools("Page.captureScreenshot", json!({"format": "png"}));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let parent = path.parent().expect("a file in a folder");
        fs::create_dir_all(parent).expect("a folder for the screenshot");
        let picture = STANDARD.decode(shot["data"].as_str().unwrap_or_default());
        fs::write(&path, picture.expect("a picture in base64")).expect("room for the screenshot");
    }

    /// How many pages the browser would print.
    #[track_caller]
    pub fn printed_pages(&self) -> usize {
        let options = json!({"preferCSSPageSize": true, "printBackground": true});
        let printed = self.devtools("Page.printToPDF", options);
        let file = STANDARD.decode(printed["data"].as_str().unwrap_or_default());
        let file = file.expect("a PDF in base64");
        let text = String::from_utf8_lossy(&file);
        text.matches("/Type /Page\n").count()
    }

    /// Waits for a download with this extension that no earlier call has returned.
    #[track_caller]
    pub fn wait_download(&self, extension: &str) -> PathBuf {
        let downloads = self.folder.0.join("downloads");
        let taken = self.folder.0.join("taken");
        self.patiently(&format!("a download of .{extension}"), || {
            let files = fs::read_dir(&downloads).expect("the downloads");
            let names: Vec<_> = files.flatten().map(|it| it.file_name()).collect();
            // While it comes in, a file is empty and has a partner of another name.
            let done = names.iter().find(|it| {
                Path::new(it).extension().is_some_and(|it| it == extension)
                    && fs::metadata(downloads.join(it)).is_ok_and(|it| it.len() > 0)
            });
            let Some(name) = done else {
                return Err(Refusal::new("so far", format!("{names:?}")));
            };
            let n = fs::read_dir(&taken).map_or(0, Iterator::count);
            let place = taken.join(n.to_string());
            fs::create_dir_all(&place).expect("a folder for a finished download");
            fs::rename(downloads.join(name), place.join(name)).expect("a finished download");
            Ok(place.join(name))
        })
    }

    /// The errors in the console since the last call. A failed request is one, and a panic.
    #[track_caller]
    pub fn severe_log(&self) -> Vec<String> {
        let log = self.command("/se/log", &json!({"type": "browser"}));
        let entries = log.as_array().into_iter().flatten();
        entries
            .filter(|it| it["level"] == "SEVERE")
            .map(|it| it["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    fn find(&self, selector: &str) -> Result<String, Refusal> {
        let language = match selector.starts_with("//") {
            true => "xpath",
            false => "css selector",
        };
        let body = json!({"using": language, "value": selector});
        let found = self.session.post("/element", &body)?;
        Ok(found[ELEMENT].as_str().unwrap_or_default().to_owned())
    }

    /// Finds the element anew each time, since the page may have drawn it again.
    #[track_caller]
    fn act(
        &self,
        selector: &str,
        deed: &str,
        action: impl Fn(&str) -> Result<Value, Refusal>,
    ) -> Value {
        self.patiently(&format!("`{selector}` to {deed}"), || {
            action(&self.find(selector)?)
        })
    }

    #[track_caller]
    fn patiently<T>(&self, hope: &str, mut attempt: impl FnMut() -> Result<T, Refusal>) -> T {
        let start = Instant::now();
        loop {
            match attempt() {
                Ok(value) => return value,
                Err(refusal) if start.elapsed() > PATIENCE => {
                    let shot = self.folder.0.join("last-look.png");
                    self.screenshot(&shot);
                    panic!(
                        "waited for {hope}\n  {refusal}\n  console: {:?}\n  screenshot: {}",
                        self.severe_log(),
                        shot.display()
                    )
                }
                Err(_) => thread::sleep(PAUSE),
            }
        }
    }

    fn run(&self, script: &str) -> Result<Value, Refusal> {
        self.session
            .post("/execute/sync", &json!({"script": script, "args": []}))
    }

    fn run_on(&self, script: &str, element: &str, value: Value) -> Result<Value, Refusal> {
        let arguments = json!([{ELEMENT: element}, value]);
        self.session.post(
            "/execute/sync",
            &json!({"script": script, "args": arguments}),
        )
    }

    fn point(&self, actions: &[Value]) -> Result<Value, Refusal> {
        self.session.post(
            "/actions",
            &json!({"actions": [{"type": "pointer", "id": "mouse", "actions": actions}]}),
        )
    }

    #[track_caller]
    fn devtools(&self, method: &str, params: Value) -> Value {
        self.command(
            "/goog/cdp/execute",
            &json!({"cmd": method, "params": params}),
        )
    }

    #[track_caller]
    fn command(&self, command: &str, body: &Value) -> Value {
        match self.session.post(command, body) {
            Ok(value) => value,
            Err(refusal) => panic!("{command} {body}\n{refusal}"),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A failed test leaves its last look behind.
        if !thread::panicking() {
            fs::remove_dir_all(&self.0).ok();
        }
    }
}

fn over(element: &str) -> Value {
    json!({"type": "pointerMove", "origin": {ELEMENT: element}, "x": 0, "y": 0})
}

/// WebDriver's code points for the keys that type nothing.
#[track_caller]
fn key(name: &str) -> char {
    let mut characters = name.chars();
    match (name, characters.next(), characters.next()) {
        (_, Some(character), None) => character,
        ("Backspace", ..) => '\u{e003}',
        ("Tab", ..) => '\u{e004}',
        ("Enter", ..) => '\u{e007}',
        ("Shift", ..) => '\u{e008}',
        ("Control", ..) => '\u{e009}',
        ("Alt", ..) => '\u{e00a}',
        ("Escape", ..) => '\u{e00c}',
        ("Space", ..) => ' ',
        ("PageUp", ..) => '\u{e00e}',
        ("PageDown", ..) => '\u{e00f}',
        ("End", ..) => '\u{e010}',
        ("Home", ..) => '\u{e011}',
        ("ArrowLeft", ..) => '\u{e012}',
        ("ArrowUp", ..) => '\u{e013}',
        ("ArrowRight", ..) => '\u{e014}',
        ("ArrowDown", ..) => '\u{e015}',
        ("Delete", ..) => '\u{e017}',
        _ => panic!("no key is called {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Browser, Site};
    use serde_json::json;
    use std::fs;
    use std::path::Path;

    const PAGE: &str = r#"<!doctype html>
        <link rel="icon" href="data:,">
        <style>body { color: black } @media (prefers-color-scheme: dark) { body { color: white } }</style>
        <button onclick="said.textContent = 'clicked'">Press</button>
        <button onclick="setTimeout(() => said.innerHTML = '<b id=late>late</b>', 300)">Later</button>
        <button onclick="console.error('on purpose')">Err</button>
        <a download="plan.txt" href="data:text/plain,the plan">Get</a>
        <input id="field" onkeydown="if (event.ctrlKey && event.shiftKey) said.textContent = event.key">
        <input id="file" type="file" onchange="this.files[0].text().then(it => said.textContent = it)">
        <input id="slider" type="range" max="9" value="1" oninput="said.textContent = value">
        <svg width="200" height="100" style="touch-action: none">
            <text id="label" y="20">zone a</text>
            <rect id="box" y="30" width="40" height="40"
                onpointerenter="said.textContent = 'over'"
                onpointerdown="this.setPointerCapture(event.pointerId); from = event.clientX"
                onpointerup="said.textContent = event.clientX - from" />
        </svg>
        <p id="said"></p>"#;

    fn page(name: &str) -> Site {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).expect("a folder for the page");
        fs::write(folder.join("index.html"), PAGE).expect("the page");
        Site::serve(folder)
    }

    #[test]
    #[ignore = "needs Chromium"]
    fn a_browser_does_what_a_person_does() {
        let browser = Browser::open(&page("hands").url(""), 640, 480);
        let said = |text: &str| browser.wait_until(&format!("said.textContent == '{text}'"));

        browser.click("//button[.='Press']");
        said("clicked");
        browser.click("//button[.='Later']");
        assert_eq!(browser.text("#late"), "late");
        browser.hover("#box");
        said("over");
        browser.drag("#box", 50, 0);
        said("50");
        browser.set_value("#slider", "7");
        said("7");
        browser.type_text("#field", "subnet");
        browser.press("Home");
        browser.press("a");
        assert_eq!(browser.js("return field.value"), "asubnet");
        browser.press("Control+Shift+z");
        said("Z");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("chosen.txt");
        fs::write(&file, "chosen").expect("a file to choose");
        browser.type_text("#file", &file.display().to_string());
        said("chosen");
        assert_eq!(browser.severe_log(), [""; 0]);
    }

    #[test]
    #[ignore = "needs Chromium"]
    fn a_browser_sees_what_a_person_sees() {
        let site = page("eyes");
        let browser = Browser::open(&site.url("#there"), 640, 480);

        assert!(browser.has("#box") && !browser.has("#nowhere"));
        assert_eq!(browser.text("#label"), "zone a");
        let size = "return [innerWidth, innerHeight]";
        assert_eq!(browser.js(size), json!([640, 480]));
        browser.resize(1920, 1080);
        assert_eq!(browser.js(size), json!([1920, 1080]));
        let color = "return getComputedStyle(document.body).color";
        browser.emulate("prefers-color-scheme", "dark");
        assert_eq!(browser.js(color), "rgb(255, 255, 255)");
        browser.emulate("prefers-color-scheme", "light");
        assert_eq!(browser.js(color), "rgb(0, 0, 0)");

        let shot = Path::new(env!("CARGO_TARGET_TMPDIR")).join("eyes.png");
        browser.screenshot(&shot);
        let bytes = fs::read(shot).expect("the screenshot");
        assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
        assert_eq!(bytes[16..24], *b"\0\0\x07\x80\0\0\x04\x38");

        for _ in 0..2 {
            browser.click("//a[.='Get']");
            let plan = browser.wait_download("txt");
            assert_eq!(plan.file_name().expect("a name"), "plan.txt");
            assert_eq!(fs::read_to_string(plan).expect("the plan"), "the plan");
        }
        let promise = "return fetch('nothing').then(it => it.status)";
        assert_eq!(browser.js(promise), 404);
        browser.click("//button[.='Err']");
        let log = browser.severe_log();
        assert_eq!(log.len(), 2, "{log:?}");
        assert_eq!(browser.severe_log(), [""; 0]);

        browser.js("localStorage.left = 'here'");
        browser.reload();
        assert_eq!(browser.js("return localStorage.left"), "here");
        let other = Browser::open(&site.url(""), 640, 480);
        assert!(other.js("return localStorage.left ?? null").is_null());
    }
}
