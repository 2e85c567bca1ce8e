//! A WebDriver session: one chromedriver process, one Chromium, JSON over HTTP.

use serde_json::{Value, json};
use std::env;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// The longest that one command may take: starting Chromium on a busy machine.
const COMMAND: Duration = Duration::from_secs(120);
const SCREENSHOT_LIMIT: u64 = 64 << 20;

pub struct Session {
    driver: Child,
    // Held open: chromedriver ends when it can't print.
    _printed: BufReader<ChildStdout>,
    http: ureq::Agent,
    url: String,
}

/// What WebDriver says when it doesn't do what it was asked.
#[derive(Debug)]
pub struct Refusal {
    kind: String,
    message: String,
}

impl Refusal {
    pub fn new(kind: &str, message: impl fmt::Display) -> Refusal {
        Refusal {
            kind: kind.to_owned(),
            message: message.to_string(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The lines after the first are chromedriver's own stack; the first repeats the kind.
        let message = self.message.lines().next().unwrap_or_default();
        let message = message.strip_prefix(&self.kind).unwrap_or(message);
        write!(f, "{}: {}", self.kind, message.trim_start_matches(": "))
    }
}

impl Session {
    /// Starts Chromium with a fresh profile and a folder for its downloads.
    pub fn start(profile: &Path, downloads: &Path) -> Session {
        let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        // The port that it finds free on one protocol may be taken on the other; it then gives up.
        let mut attempts = (0..5).filter_map(|_| driver(&program));
        let (driver, printed, port) = attempts.next().expect("chromedriver says its port");
        let http = ureq::Agent::config_builder()
            .timeout_global(Some(COMMAND))
            .http_status_as_error(false)
            .build()
            .new_agent();
        let mut session = Session {
            driver,
            _printed: printed,
            http,
            url: format!("http://127.0.0.1:{port}/session"),
        };
        let opened = session
            .post("", &capabilities(profile, downloads))
            .unwrap_or_else(|refusal| panic!("Chromium does not start: {refusal}"));
        let id = opened["sessionId"].as_str().expect("a session id");
        session.url = format!("{}/{id}", session.url);
        session
    }

    /// Gives a command, such as `/url`, and returns its value.
    pub fn post(&self, command: &str, body: &Value) -> Result<Value, Refusal> {
        let request = self
            .http
            .post(format!("{}{command}", self.url))
            .header("Content-Type", "application/json")
            .send(body.to_string());
        read(request)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Closes Chromium, which a killed chromedriver would leave behind.
        self.http.delete(&self.url).call().ok();
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

/// A running chromedriver, what it goes on printing, and its port; `None` where it ended at once.
fn driver(program: &str) -> Option<(Child, BufReader<ChildStdout>, u16)> {
    let mut driver = Command::new(program)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} does not start: {error}"));
    let mut printed = BufReader::new(driver.stdout.take().expect("chromedriver's output"));
    match port(&mut printed) {
        Some(port) => Some((driver, printed, port)),
        None => {
            driver.wait().ok();
            None
        }
    }
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Refusal> {
    let lost = |error: ureq::Error| Refusal::new("no answer", error);
    let text = answer
        .map_err(lost)?
        .body_mut()
        .with_config()
        .limit(SCREENSHOT_LIMIT)
        .read_to_string()
        .map_err(lost)?;
    let mut answer: Value =
        serde_json::from_str(&text).map_err(|_| Refusal::new("not WebDriver", &text))?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(kind) => Err(Refusal::new(
            kind,
            value["message"].as_str().unwrap_or_default(),
        )),
        None => Ok(value),
    }
}

fn port(printed: &mut BufReader<ChildStdout>) -> Option<u16> {
    printed.lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    })
}

fn capabilities(profile: &Path, downloads: &Path) -> Value {
    let mut chromium = json!({
        "args": [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--lang=en-US",
            format!("--user-data-dir={}", profile.display()),
        ],
        "prefs": {
            "download.default_directory": downloads,
            "intl.accept_languages": "en-US",
        },
    });
    if let Ok(program) = env::var("CHROMIUM") {
        chromium["binary"] = program.into();
    }
    json!({"capabilities": {"alwaysMatch": {
        "goog:chromeOptions": chromium,
        "goog:loggingPrefs": {"browser": "ALL"},
        "timeouts": {"script": COMMAND.as_millis() as u64},
    }}})
}
