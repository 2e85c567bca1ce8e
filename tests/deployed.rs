//! What exists after an export was deployed is what its design says.
//!
//! `AZIMUTH_DEPLOYED` names a folder with one folder an export; each holds `deployed.json`, which the deployment judge wrote
//! (`--out`), and the design, either beside it or with the templates in `yaml`. Both sides are told in the same words, one line a fact, and compared whole: what
//! is missing shows as much as what is too much.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "deployed/designed.rs"]
mod designed;
#[path = "deployed/found.rs"]
mod found;

use std::fs;
use std::path::PathBuf;

use azimuth::blueprint;
use azimuth::design::document;

#[test]
#[ignore = "needs AZIMUTH_DEPLOYED, a folder of exports that were deployed"]
fn what_was_deployed_is_what_was_designed() {
    let root = std::env::var("AZIMUTH_DEPLOYED").expect("AZIMUTH_DEPLOYED");
    let mut exports: Vec<PathBuf> = fs::read_dir(&root)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.join("deployed.json").exists())
        .collect();
    exports.sort();
    assert!(
        !exports.is_empty(),
        "{root} holds no export with a deployed.json"
    );
    for export in &exports {
        let beside = ["design.azimuth.json", "yaml/design.azimuth.json"].map(|it| export.join(it));
        let design = beside.iter().find_map(|it| fs::read_to_string(it).ok());
        let design = document::read(&design.expect("a design"), &blueprint::base).unwrap();
        let dump = fs::read_to_string(export.join("deployed.json")).unwrap();
        let dump = serde_json::from_str(&dump).unwrap();
        // What a state machine makes is not there before it runs.
        let mut designed = designed::facts(&design.expand().declared());
        let mut found = found::facts(&dump);
        designed.sort();
        found.sort();
        let missing: Vec<&String> = designed.iter().filter(|it| !found.contains(it)).collect();
        let extra: Vec<&String> = found.iter().filter(|it| !designed.contains(it)).collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "{}\nmissing {missing:#?}\nnot designed {extra:#?}",
            export.display()
        );
        assert_eq!(designed.len(), found.len(), "{}", export.display());
        println!("{}: {} facts", export.display(), found.len());
    }
    println!("{} exports", exports.len());
}
