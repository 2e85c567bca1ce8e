//! Every blueprint with every line of `variants.txt`, in every number of zones.

use azimuth::blueprint;
use azimuth::design::Design;

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
    let mut design = blueprint::base(id).expect(id);
    let zones = format!("network.zones={zones}");
    for setting in options.split_whitespace().chain([zones.as_str()]) {
        let (key, value) = setting.split_once('=').expect(setting);
        let _ = design.set(key, value);
    }
    design
}

/// Each with its name.
pub fn cases() -> Vec<(String, Design)> {
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
