//! Every blueprint with every line of `variants.txt`, in every number of zones, detail and language.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use azimuth::blueprint;
use azimuth::design::Design;
use azimuth::topology::Topology;

use crate::objected;

/// The options of each line, as KEY=VALUE.
fn variants() -> Vec<&'static str> {
    let lines = include_str!("../variants.txt").lines();
    let lines = lines.filter(|it| !it.is_empty() && !it.starts_with('#'));
    let lines = lines.map(|it| it.strip_prefix("lint ").unwrap_or(it));
    let mut options: Vec<&str> = lines
        .map(|it| it.split_once(' ').map_or("", |it| it.1))
        .collect();
    options.sort_unstable();
    options.dedup();
    options
}

/// A design with what it takes of some options: what one blueprint takes, another may not.
fn design(id: &str, options: &str, zones: usize) -> Design {
    let mut design = blueprint::base(id).unwrap();
    let zones = format!("network.zones={zones}");
    for setting in options.split_whitespace().chain([zones.as_str()]) {
        let (key, value) = setting.split_once('=').unwrap();
        let _ = design.set(key, value);
    }
    design
}

fn cases() -> Vec<(String, Design)> {
    let mut cases = Vec::new();
    for it in blueprint::ALL {
        for options in variants() {
            for zones in 1..=6 {
                let what = format!("{} {options}, {zones} zones", it.id);
                cases.push((what, design(it.id, options, zones)));
            }
        }
    }
    cases
}

/// Looks at every case, on as many threads as there are processors.
fn look<T: Sync>(cases: &[T], wrong: impl Fn(&T) -> Vec<String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let all = Mutex::new(Vec::new());
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = wrong(case);
                    all.lock().unwrap().extend(found);
                }
            });
        }
    });
    let mut all = all.into_inner().unwrap();
    all.sort();
    all
}

#[test]
fn no_variant_of_any_blueprint_gives_cause_to_object_in_any_detail() {
    let cases = cases();
    assert!(cases.len() > 600, "{} cases", cases.len());
    let wrong = look(&cases, |(what, design)| {
        let topology: Topology = design.expand();
        objected(what, &topology)
    });
    let count = wrong.len();
    assert!(wrong.is_empty(), "{count} objections\n{}", wrong.join("\n"));
}
