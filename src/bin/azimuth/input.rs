//! Reads what a command names: a design, an option, a place.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use azimuth::blueprint;
use azimuth::design::link::Shared;
use azimuth::design::{Design, document, shorten};
use azimuth::text::{Lang, Message, text};
use azimuth::topology::{Topology, traffic};

use crate::command::io_problem;

/// A language by its tag, for clap.
pub fn lang(tag: &str) -> Result<Lang, String> {
    let known: Vec<&str> = Lang::ALL.iter().map(|it| it.tag()).collect();
    Lang::from_tag(tag).ok_or_else(|| format!("one of {}", known.join(", ")))
}

/// The design of a blueprint.
pub fn blueprint(id: &str) -> Result<Design, Message> {
    blueprint::base(id).ok_or_else(|| {
        let known: Vec<&str> = blueprint::ALL.iter().map(|it| it.id).collect();
        text(
            "cli.no-blueprint",
            "there is no blueprint “{id}”; there are: {known}",
        )
        .with("id", shorten(id))
        .with("known", known.join(", "))
    })
}

/// Sets an option from `KEY=VALUE`.
pub fn set(design: &mut Design, pair: &str) -> Result<(), Message> {
    let (key, value) = pair.split_once('=').ok_or_else(|| {
        text("cli.no-value", "--set takes KEY=VALUE, not “{given}”").with("given", shorten(pair))
    })?;
    design.set(key.trim(), value)
}

/// A design by blueprint id, file, `-` or link.
pub fn design(given: &str) -> Result<Design, Message> {
    shared(given).map(|it| it.design)
}

/// A design with the moment that a link carries.
pub fn shared(given: &str) -> Result<Shared, Message> {
    if let Some(design) = blueprint::base(given) {
        return Ok(at_rest(design));
    }
    if given == "-" {
        return read(std::io::stdin(), "-", None).and_then(|text| from_text(&text, "-"));
    }
    if given.contains('#') {
        return blueprint::open_link(given);
    }
    if given.starts_with("https://") || given.starts_with("http://") {
        return Err(text(
            "cli.no-fragment",
            "“{given}” lacks what stands behind # in a share link: put the link in quotes",
        )
        .with("given", shorten(given)));
    }
    if Path::new(given).is_dir() {
        return Err(text(
            "cli.folder",
            "“{given}” is a folder; a design is a file, in an export design.azimuth.json",
        )
        .with("given", shorten(given)));
    }
    match File::open(given) {
        Ok(file) => {
            let size = size(&file);
            read(file, given, size).and_then(|text| from_text(&text, given))
        }
        // A payload without its #, as shells like to take it for a comment.
        Err(_) if blueprint::open_link(given).is_ok() => blueprint::open_link(given),
        Err(problem) => Err(text(
            "cli.no-design",
            "“{given}” is no blueprint id, no share link, and no file that can be read ({problem})",
        )
        .with("given", shorten(given))
        .with("problem", problem.to_string())),
    }
}

/// A design with nothing broken.
pub fn at_rest(design: Design) -> Shared {
    Shared {
        design,
        fault: String::new(),
        at: 0,
    }
}

/// Bytes of a file; `None` for a pipe or a device, whose end nobody knows.
fn size(file: &File) -> Option<u64> {
    let about = file.metadata().ok().filter(std::fs::Metadata::is_file)?;
    Some(about.len())
}

/// Reads one byte more than a design file may have at most: enough to say that it is too long.
fn read(from: impl Read, path: &str, size: Option<u64>) -> Result<String, Message> {
    let mut bytes = Vec::new();
    from.take(document::LIMIT as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|problem| io_problem(path, &problem))?;
    if bytes.len() > document::LIMIT {
        return Err(at(path, document::too_long(size)));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn from_text(given: &str, path: &str) -> Result<Shared, Message> {
    let line = given.trim();
    let is_link =
        !line.starts_with('{') && !line.contains('\n') && blueprint::open_link(line).is_ok();
    if is_link {
        return blueprint::open_link(line);
    }
    document::read(given, &blueprint::base)
        .map(at_rest)
        .map_err(|problem| at(path, problem))
}

fn at(path: &str, problem: Message) -> Message {
    text("file.at", "{place}: {problem}")
        .with("place", path)
        .with("problem", problem)
}

/// The name of something that can connect or be connected to, however it is capitalized.
pub fn place(given: &str, topology: &Topology) -> Result<String, Message> {
    let all = traffic::endpoints(topology);
    let found = all.iter().find(|it| it.eq_ignore_ascii_case(given));
    found.map(ToString::to_string).ok_or_else(|| {
        text(
            "cli.no-place",
            "nothing called “{given}” can connect or be connected to; what can: {known}",
        )
        .with("given", shorten(given))
        .with("known", all.join(", "))
    })
}
