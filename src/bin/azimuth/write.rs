//! Writes what a command made.

use std::fs;
use std::io::Write;
use std::path::Path;

use azimuth::cloudformation::{File, zip};
use azimuth::text::Message;

use crate::command::io_problem;

/// Writes text to a file, or to standard output.
pub fn text(path: Option<&Path>, text: &str) -> Result<(), Message> {
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

/// Writes an export into a folder, or as a zip file.
pub fn export(path: &Path, files: &[File]) -> Result<(), Message> {
    if path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("zip"))
    {
        return fs::write(path, zip(files)).map_err(|problem| at(path, &problem));
    }
    fs::create_dir_all(path).map_err(|problem| at(path, &problem))?;
    for file in files {
        let target = path.join(&file.path);
        fs::write(&target, &file.text).map_err(|problem| at(&target, &problem))?;
        if file.executable {
            make_executable(&target).map_err(|problem| at(&target, &problem))?;
        }
    }
    Ok(())
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
