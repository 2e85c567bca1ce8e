//! Every sentence of the source has its Japanese, with the same placeholders, and no sentence of a catalog is left over.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use azimuth::design::options;
use azimuth::text::Lang;

/// Key and English of every `text("key", "English")` in a source text.
fn sentences(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (start, _) in source.match_indices("text(") {
        let before = source[..start].chars().next_back();
        let line = source[..start].lines().next_back().unwrap_or_default();
        if line.trim_start().starts_with("//")
            || before.is_some_and(|it| it.is_alphanumeric() || it == '_')
        {
            continue;
        }
        let rest = &source[start + "text(".len()..];
        if let Some((key, rest)) = literal(rest)
            && let Some(rest) = rest.trim_start().strip_prefix(',')
            && let Some((english, _)) = literal(rest)
        {
            found.push((key, english));
        }
    }
    found
}

/// A string literal at the start of a source text, and what follows it.
fn literal(source: &str) -> Option<(String, &str)> {
    let body = source.trim_start().strip_prefix('"')?;
    let mut out = String::new();
    let mut chars = body.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, &body[at + 1..])),
            '\\' => match chars.next()?.1 {
                'n' => out.push('\n'),
                '\n' => {
                    while chars.clone().next().is_some_and(|(_, c)| c.is_whitespace()) {
                        chars.next();
                    }
                }
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
    None
}

fn collect(folder: &Path, all: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, all);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            let tests = source.find("#[cfg(test)]").unwrap_or(source.len());
            for (key, english) in sentences(&source[..tests]) {
                let before = all.insert(key.clone(), english.clone());
                assert!(
                    before.is_none_or(|it| it == english),
                    "{key} has two English sentences"
                );
            }
        }
    }
}

fn english() -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    for spec in options() {
        for it in [spec.label, spec.help] {
            all.insert(it.key.to_owned(), it.english.to_owned());
        }
    }
    all
}

fn placeholders(sentence: &str) -> BTreeSet<&str> {
    sentence
        .split('{')
        .skip(1)
        .filter_map(|it| it.split_once('}').map(|(name, _)| name))
        .collect()
}

/// The later of two sentences under one key would win without a word.
#[test]
fn no_catalog_says_anything_twice() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "txt") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|it| !it.starts_with('#'));
        let mut keys = BTreeSet::new();
        let twice: Vec<&str> = lines
            .filter_map(|it| it.split_once(" = "))
            .filter(|(key, _)| !keys.insert(*key))
            .map(|(key, _)| key)
            .collect();
        assert_eq!(twice, [""; 0], "{}", path.display());
    }
}

#[test]
fn every_language_says_everything_with_the_same_placeholders() {
    let english = english();
    assert!(
        english.len() > 100,
        "the scan found {} sentences",
        english.len()
    );
    for lang in Lang::ALL {
        let Some(catalog) = lang.catalog() else {
            continue;
        };
        let missing: Vec<&String> = english
            .keys()
            .filter(|key| !catalog.contains_key(key.as_str()))
            .collect();
        let orphans: Vec<&&str> = catalog
            .keys()
            .filter(|key| !english.contains_key(**key))
            .collect();
        let differing: Vec<&String> = english
            .iter()
            .filter(|(key, english)| {
                catalog
                    .get(key.as_str())
                    .is_some_and(|it| placeholders(it) != placeholders(english))
            })
            .map(|(key, _)| key)
            .collect();
        assert_eq!(
            (missing, orphans, differing),
            (vec![], vec![], vec![]),
            "{}",
            lang.tag()
        );
    }
}
