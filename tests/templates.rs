//! The exported files: what is printed, that it comes back, that it stays inside CloudFormation's limits.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use azimuth::blueprint;
use azimuth::cloudformation::Format;
use azimuth::design::Design;
use azimuth::export;
use azimuth::text::Lang;

/// The designs of `variants.txt` with their lines.
fn variants() -> Vec<(&'static str, Design)> {
    include_str!("variants.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| (line, design(line)))
        .collect()
}

fn design(line: &str) -> Design {
    let mut words = line.split(' ');
    let mut design = blueprint::base(words.next().unwrap()).expect(line);
    for (key, value) in words.map(|it| it.split_once('=').expect(line)) {
        design.set(key, value).expect(line);
    }
    design
}

/// Writes every variant in both formats to `target/exports/<number>-<format>`, for linters and the judge.
#[test]
#[ignore = "writes files for other tools"]
fn write_exports() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/exports");
    let _ = fs::remove_dir_all(&root);
    for (number, (_, design)) in variants().into_iter().enumerate() {
        for format in [Format::Yaml, Format::Json] {
            let folder = root.join(format!("{number:02}-{}", format.extension()));
            fs::create_dir_all(&folder).unwrap();
            for file in export::files(&design, "", format, Lang::En) {
                fs::write(folder.join(file.path), file.text).unwrap();
            }
        }
    }
}
