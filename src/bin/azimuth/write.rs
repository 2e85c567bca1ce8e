//! Writes what a command made.

use std::fs;
use std::io::Write;
use std::path::Path;

use azimuth::cloudformation::{File, Plan, zip};
use azimuth::text::{Message, text};

use crate::command::io_problem;

/// Writes text to a file, or to standard output.
pub fn out(path: Option<&Path>, text: &str) -> Result<(), Message> {
    match path {
        Some(path) => fs::write(path, text).map_err(|problem| at(path, &problem)),
        None => match std::io::stdout().write_all(text.as_bytes()) {
            // Whoever reads has seen enough (`| head`): not a failure of ours.
            Err(problem) if problem.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Err(problem) => Err(io_problem("standard output", &problem)),
            Ok(()) => Ok(()),
        },
    }
}

/// Writes an export into a folder, or as a zip file; answers with what was done.
///
/// # Errors
/// The folder holds what no export wrote, unless `force` says that this is known; or a file cannot be written.
pub fn export(path: &Path, files: &[File], force: bool) -> Result<Message, Message> {
    let done = |stale: &[String]| {
        let words = match stale.is_empty() {
            true => text("cli.export.done", "{count} files in {place}"),
            false => text(
                "cli.export.replaced",
                "{count} files in {place}; of the export that was there, these are gone: {stale}",
            ),
        };
        words
            .with("count", files.len())
            .with("place", path.display().to_string())
            .with("stale", stale.join(", "))
    };
    let is_archive = path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("zip"));
    if is_archive {
        fs::write(path, zip(files)).map_err(|problem| at(path, &problem))?;
        return Ok(done(&[]));
    }
    if path.is_file() {
        return Err(text(
            "cli.export.file",
            "{place} is a file: give a folder, or a name that ends in .zip",
        )
        .with("place", path.display().to_string()));
    }
    fs::create_dir_all(path).map_err(|problem| at(path, &problem))?;
    let stale = make_room(path, files, force)?;
    for file in files {
        let target = path.join(&file.path);
        fs::write(&target, &file.text).map_err(|problem| at(&target, &problem))?;
        if file.executable {
            make_executable(&target).map_err(|problem| at(&target, &problem))?;
        }
    }
    Ok(done(&stale))
}

/// Takes out what an earlier export left and this one does not write, and refuses a folder that holds anything else.
/// Hidden files are nobody's business.
fn make_room(folder: &Path, files: &[File], force: bool) -> Result<Vec<String>, Message> {
    let mut there = Vec::new();
    for entry in fs::read_dir(folder).map_err(|problem| at(folder, &problem))? {
        let name = entry.map_err(|problem| at(folder, &problem))?.file_name();
        there.push(name.to_string_lossy().into_owned());
    }
    there.retain(|it| !it.starts_with('.'));
    there.sort();
    let earlier = earlier_templates(folder);
    let is_new = |name: &str| files.iter().any(|it| it.path == name);
    let is_stale = |name: &str| {
        let templates = earlier.as_deref().unwrap_or_default();
        !is_new(name) && templates.iter().any(|it| it == name)
    };
    let foreign = there
        .iter()
        .map(String::as_str)
        .filter(|it| !is_stale(it) && !(earlier.is_some() && is_new(it)));
    let mut foreign: Vec<&str> = foreign.collect();
    if !foreign.is_empty() && !force {
        if foreign.len() > SHOWN {
            foreign.truncate(SHOWN);
            foreign.push("…");
        }
        return Err(text(
            "cli.export.foreign",
            "{folder} holds what no export wrote ({names}): give an empty or a new folder, or --force to write among it",
        )
        .with("folder", folder.display().to_string())
        .with("names", foreign.join(", ")));
    }
    there.retain(|it| is_stale(it));
    for name in &there {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|problem| at(&path, &problem))?;
    }
    Ok(there)
}

/// Names that a refusal shows at most.
const SHOWN: usize = 3;

/// The templates of the export that stands in a folder; `None` where there is none.
fn earlier_templates(folder: &Path) -> Option<Vec<String>> {
    let plan = fs::read_to_string(folder.join("plan.json")).ok()?;
    let plan: Plan = serde_json::from_str(&plan).ok()?;
    let is_export = folder.join("design.azimuth.json").is_file();
    is_export.then(|| plan.stacks.into_iter().map(|it| it.template).collect())
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

fn at(path: &Path, problem: &std::io::Error) -> Message {
    io_problem(&path.display().to_string(), problem)
}
