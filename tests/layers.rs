//! Layers point one way. What two stages need belongs in `topology`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

/// Modules from the bottom up; those of one row never use one another.
const LAYERS: &[&[&str]] = &[
    &["lookup", "text"],
    &["states"],
    &["aws"],
    &["topology"],
    &["design"],
    &["blueprint"],
    &[
        "checks",
        "cloudformation",
        "cost",
        "diagram",
        "failure",
        "lifecycle",
    ],
    &["compare", "export", "sale"],
    &["ui"],
];

fn level(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// Every `crate::module` in a source text that the module it stands in may not use.
fn violations(module: &str, source: &str) -> Vec<String> {
    let own = level(module);
    source
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .flat_map(|(number, line)| {
            line.split("crate::")
                .skip(1)
                .map(move |rest| (number, rest))
        })
        .filter_map(|(number, rest)| {
            let used = rest
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()?;
            let forbidden = used != module && level(used)? >= own?;
            forbidden.then(|| format!("{module}, line {}: crate::{used}", number + 1))
        })
        .collect()
}

fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_module_uses_only_what_lies_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for path in files {
        let inside = path.strip_prefix(&root).unwrap();
        let first = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        let module = first.trim_end_matches(".rs");
        if level(module).is_some() {
            seen.insert(module.to_owned());
            wrong.extend(violations(module, &fs::read_to_string(&path).unwrap()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(
        seen.len(),
        LAYERS.iter().map(|row| row.len()).sum::<usize>()
    );
}

#[test]
fn a_planted_violation_is_found() {
    let planted = "use crate::text::Text;\nuse crate::checks::Finding;\n";
    assert_eq!(
        violations("failure", planted),
        ["failure, line 2: crate::checks"]
    );
    assert_eq!(
        violations("aws", "let it = crate::topology::links(t);"),
        ["aws, line 1: crate::topology"]
    );
}

#[test]
fn only_the_page_touches_the_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for path in files {
        let inside = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        // The one place that has hash maps shows nobody their order.
        if inside.starts_with("ui/") || inside == "main.rs" || inside == "lookup.rs" {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for word in [
            "web_sys",
            "js_sys",
            "leptos",
            "HashMap",
            "SystemTime",
            "Instant::now",
        ] {
            assert!(!source.contains(word), "{inside} mentions {word}");
        }
    }
}
