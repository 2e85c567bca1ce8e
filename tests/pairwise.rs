//! Every option at every value, and a covering set: few designs in which every two values of any two options meet. Each of
//! them expands, comes back from its file and its link, draws without an objection, and prints templates that read back.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "templates/defaults.rs"]
mod defaults;
#[path = "drawing/rules.rs"]
mod rules;

use std::collections::BTreeSet;
use std::fmt::Write;

use azimuth::blueprint::{ALL, base, link, open_link};
use azimuth::checks::{Severity, Subject, check};
use azimuth::cloudformation::{Format, plan, print, read};
use azimuth::design::link::Shared;
use azimuth::design::{Design, OptionKind, OptionSpec, document, option, options};
use azimuth::diagram::{Detail, draw};
use azimuth::text::Lang;
use azimuth::topology::links;

/// Texts that options of free words may take; each takes those that it understands.
const WORDS: [&str; 5] = [
    "/status/live",
    "ops@example.com",
    "www.example.com",
    "Z0123456789ABCDEFGHIJ",
    "arn:aws:acm:ap-northeast-1:111122223333:certificate/12345678-90ab-cdef-1234-567890abcdef",
];

/// Whole numbers: the default, its neighbor, the least, and the most where that is no flood of instances.
fn whole(default: &str, min: u32, max: u32) -> Vec<String> {
    let default: u32 = default.parse().unwrap();
    let most = if max <= 100 { max.min(12) } else { max };
    let all = [
        default,
        min,
        most.max(min),
        (default + 1).min(most.max(min)),
    ];
    all.map(|it| it.to_string()).to_vec()
}

/// Values of an option that a design of the blueprint takes, its own first.
fn values(spec: &OptionSpec, design: &Design, all: bool) -> Vec<String> {
    let own = (spec.get)(design);
    let mut values = vec![own.clone()];
    values.extend(match (spec.kind)() {
        OptionKind::Switch => vec!["true".to_owned(), "false".to_owned()],
        OptionKind::Whole { min, max } => whole(&own, min, max),
        OptionKind::Choice(choices) => choices.iter().map(|it| (*it).to_owned()).collect(),
        OptionKind::Range => ["10.20.0.0/20", "192.168.0.0/24"]
            .map(str::to_owned)
            .to_vec(),
        OptionKind::Ranges => vec!["auto".to_owned(), "auto,auto".to_owned()],
        OptionKind::Blocks { .. } => vec![String::new(), "100.64.0.0/16".to_owned()],
        OptionKind::Places { .. } => vec![String::new(), "auto,10.64.0.0/20".to_owned()],
        OptionKind::Labels { .. } => ["", "shared", "shared,tools,audit,mail"]
            .map(str::to_owned)
            .to_vec(),
        OptionKind::Addresses { .. } => ["", "203.0.113.10", "203.0.113.10,198.51.100.20"]
            .map(str::to_owned)
            .to_vec(),
        OptionKind::Windows { .. } => ["daily 01:00-02:30", "mon-fri 22:00-02:00, sun 03:00-04:00"]
            .map(str::to_owned)
            .to_vec(),
        OptionKind::Curve { .. } => vec!["0:1, 2:30".to_owned()],
        OptionKind::Words { .. } => WORDS.map(str::to_owned).to_vec(),
    });
    let mut seen = BTreeSet::new();
    values.retain(|it| seen.insert(it.clone()) && design.clone().set(spec.key, it).is_ok());
    if !all && values.len() > 5 {
        // Long lists hold more of the same; all of their values stand alone in the other test.
        let step = values.len().div_ceil(5);
        values = values.into_iter().step_by(step).collect();
    }
    values
}

/// An option with the values that it takes in the set.
type Axis = (&'static str, Vec<String>);

/// Options that change nothing but figures stay out: the bill has tests of its own. `all`: long lists of values whole.
fn axes(design: &Design, all: bool) -> Vec<Axis> {
    let options = options().filter(|it| !it.key.starts_with("assume."));
    options
        .map(|it| (it.key, values(it, design, all)))
        .filter(|(_, values)| values.len() > 1)
        .collect()
}

/// Which pairs of values have met, by option and value.
struct Met {
    starts: Vec<usize>,
    seen: Vec<bool>,
    total: usize,
}

impl Met {
    fn new(axes: &[Axis]) -> Self {
        let mut starts = Vec::new();
        let mut total = 0;
        for (_, values) in axes {
            starts.push(total);
            total += values.len();
        }
        Self {
            starts,
            seen: vec![false; total * total],
            total,
        }
    }

    fn at(&self, one: (usize, usize), other: (usize, usize)) -> usize {
        let (one, other) = (one.min(other), one.max(other));
        (self.starts[one.0] + one.1) * self.total + self.starts[other.0] + other.1
    }

    /// The first pair that has not met yet.
    fn open(&self, axes: &[Axis]) -> Option<[(usize, usize); 2]> {
        for one in 0..axes.len() {
            for other in one + 1..axes.len() {
                for a in 0..axes[one].1.len() {
                    for b in 0..axes[other].1.len() {
                        if !self.seen[self.at((one, a), (other, b))] {
                            return Some([(one, a), (other, b)]);
                        }
                    }
                }
            }
        }
        None
    }

    fn meet(&mut self, row: &[usize]) {
        for one in 0..row.len() {
            for other in one + 1..row.len() {
                let at = self.at((one, row[one]), (other, row[other]));
                self.seen[at] = true;
            }
        }
    }
}

/// Rows of values by index, each grown from an open pair by the values that meet the most new ones. `fits`: whether what
/// is chosen so far may stand.
fn rows(axes: &[Axis], most: usize, fits: &dyn Fn(&[Option<usize>]) -> bool) -> Vec<Vec<usize>> {
    let mut met = Met::new(axes);
    let mut rows = Vec::new();
    while let Some(pair) = met.open(axes).filter(|_| rows.len() < most) {
        let mut row: Vec<Option<usize>> = vec![None; axes.len()];
        for (axis, value) in pair {
            row[axis] = Some(value);
        }
        if !fits(&row) {
            // What may not stand together has met as far as it ever will.
            let at = met.at(pair[0], pair[1]);
            met.seen[at] = true;
            continue;
        }
        for axis in 0..axes.len() {
            if row[axis].is_some() {
                continue;
            }
            let gain = |value: usize| {
                let chosen = row.iter().enumerate();
                let new = chosen.filter(|(other, it)| {
                    it.is_some_and(|it| !met.seen[met.at((axis, value), (*other, it))])
                });
                new.count()
            };
            let count = axes[axis].1.len();
            // Among equals another one in every row.
            let mut order: Vec<usize> = (0..count).map(|it| (it + rows.len()) % count).collect();
            order.sort_by_key(|it| std::cmp::Reverse(gain(*it)));
            for value in order {
                row[axis] = Some(value);
                if fits(&row) {
                    break;
                }
                row[axis] = None;
            }
        }
        let row: Vec<usize> = row.into_iter().map(Option::unwrap_or_default).collect();
        met.meet(&row);
        rows.push(row);
    }
    rows
}

fn settings(axes: &[Axis], row: &[Option<usize>]) -> Vec<(&'static str, String)> {
    let chosen = axes.iter().zip(row);
    chosen
        .filter_map(|((key, values), it)| Some((*key, values[(*it)?].clone())))
        .collect()
}

fn with(design: &Design, settings: &[(&'static str, String)]) -> Design {
    let mut changed = design.clone();
    for (key, value) in settings {
        changed.set(key, value).unwrap();
    }
    changed
}

/// What is wrong with a design, whatever it holds.
fn faults(design: &Design) -> Vec<String> {
    let mut wrong = Vec::new();
    let topology = design.expand();
    let names: BTreeSet<&str> = topology.nodes().iter().map(|it| it.name.as_str()).collect();
    if names.len() != topology.nodes().len() || !topology.notes.is_empty() {
        wrong.push(format!("names or notes: {:?}", topology.notes));
    }
    let back = document::read(&document::write(design), &base).expect("its file");
    let shared = Shared {
        design: design.clone(),
        fault: String::new(),
        at: 0,
    };
    let opened = open_link(&link(&shared)).expect("its link").design;
    if back != *design || opened != *design {
        wrong.push("it does not come back".to_owned());
    }
    for lang in Lang::ALL {
        let drawing = draw(&topology, Detail::default(), lang);
        wrong.extend(rules::objections(&drawing));
        wrong.extend(rules::across(&drawing));
        wrong.extend(rules::unshown(&drawing, &links(&topology)));
        wrong.extend(rules::misspanned(&drawing, &topology));
    }
    let templates = print(&topology, Format::Json, Lang::En);
    match read(&templates, &plan(&topology, Format::Json)) {
        Err(problem) => wrong.push(problem.to_string()),
        Ok(back) => {
            let lost = topology.nodes().iter().filter(|it| {
                let other = back.node(&it.name).map(|other| &other.resource);
                other != Some(&defaults::of(&topology, it))
            });
            wrong.extend(lost.map(|it| format!("{} reads back otherwise", it.name)));
        }
    }
    wrong
}

fn assert_sound(designs: impl IntoIterator<Item = (String, Design)>) {
    let faults = designs.into_iter().flat_map(|(line, design)| {
        let found = faults(&design).into_iter();
        found.map(move |it| format!("{line}: {it}"))
    });
    let wrong: Vec<String> = faults.collect();
    assert!(
        wrong.is_empty(),
        "{} faults\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn line(blueprint: &str, settings: &[(&'static str, String)], design: &Design) -> String {
    let mut line = blueprint.to_owned();
    for (key, value) in settings {
        let own = option(key).map(|it| (it.get)(design));
        if own.as_ref() != Some(value) {
            // Spaces part options; windows take another sign in their place.
            let value = value.replace(", ", ",").replace(' ', "@");
            write!(line, " {key}={value}").unwrap();
        }
    }
    line
}

#[test]
fn every_option_at_every_value_is_sound() {
    for blueprint in ALL {
        let design = base(blueprint.id).unwrap();
        assert_sound(options().flat_map(|spec| {
            let each = values(spec, &design, true).into_iter();
            each.map(|it| {
                (
                    format!("{} {}={it}", blueprint.id, spec.key),
                    design.with(spec.key, &it),
                )
            })
            .collect::<Vec<_>>()
        }));
    }
}

#[test]
fn every_two_values_meet_in_a_design_that_is_sound() {
    for blueprint in ALL {
        let design = base(blueprint.id).unwrap();
        let axes = axes(&design, false);
        let rows = rows(&axes, usize::MAX, &|_| true);
        let mut met = Met::new(&axes);
        rows.iter().for_each(|it| met.meet(it));
        assert_eq!(met.open(&axes), None, "{}", blueprint.id);
        assert!(rows.len() < 100, "{} rows", rows.len());
        let designs: Vec<(String, Design)> = rows
            .iter()
            .map(|row| {
                let row: Vec<Option<usize>> = row.iter().copied().map(Some).collect();
                let settings = settings(&axes, &row);
                let made = with(&design, &settings);
                (line(blueprint.id, &settings, &design), made)
            })
            .collect();
        assert_sound(designs);
    }
}

/// Rows in which every value stands at least once that may stand at all. `fits` as for [`rows`].
fn once(axes: &[Axis], fits: &dyn Fn(&[Option<usize>]) -> bool) -> Vec<Vec<usize>> {
    let mut open: Vec<BTreeSet<usize>> = axes.iter().map(|it| (0..it.1.len()).collect()).collect();
    let mut rows = Vec::new();
    while open.iter().any(|it| !it.is_empty()) {
        let mut row: Vec<Option<usize>> = vec![None; axes.len()];
        let mut is_first = true;
        for axis in 0..axes.len() {
            for value in open[axis].clone() {
                row[axis] = Some(value);
                let stands = fits(&row);
                // What does not stand beside the blueprint's own values never will.
                if stands || is_first {
                    open[axis].remove(&value);
                }
                if stands {
                    is_first = false;
                    break;
                }
                row[axis] = None;
            }
        }
        rows.push(row.into_iter().map(Option::unwrap_or_default).collect());
    }
    rows
}

/// Settings that linters warn of with good reason, beside what the product's own checks call an error.
const LINTERS_WARN: [(&str, &str); 2] =
    [("database.encrypted", "false"), ("database.public", "true")];

/// Designs that AWS takes, for the linters and the deployment judge: scripts/exports reads them from the file that
/// `AZIMUTH_PAIRWISE` names. Those few in which most pairs meet; with `AZIMUTH_PAIRWISE_ALL`, the covering set and every value.
#[test]
#[ignore = "scripts/exports runs it"]
fn lines_for_the_linters() {
    const PER_BLUEPRINT: usize = 9;
    let all = std::env::var_os("AZIMUTH_PAIRWISE_ALL").is_some();
    let most = if all { usize::MAX } else { PER_BLUEPRINT };
    let mut lines = BTreeSet::new();
    for blueprint in ALL {
        let design = base(blueprint.id).unwrap();
        let offered = |all: bool| {
            let mut axes = axes(&design, all);
            for (key, values) in &mut axes {
                values.retain(|it| !LINTERS_WARN.contains(&(*key, it.as_str())));
            }
            axes.retain(|(_, values)| values.len() > 1);
            axes
        };
        let is_taken = |axes: &[Axis], row: &[Option<usize>]| {
            let made = with(&design, &settings(axes, row));
            let topology = made.expand();
            let found = check(&Subject::new(Some(&made), &topology));
            found.iter().all(|it| it.check.severity != Severity::Error)
        };
        let mut add = |axes: &[Axis], rows: Vec<Vec<usize>>| {
            for row in rows {
                let row: Vec<Option<usize>> = row.into_iter().map(Some).collect();
                lines.insert(line(blueprint.id, &settings(axes, &row), &design));
            }
        };
        let axes = offered(false);
        add(&axes, rows(&axes, most, &|row| is_taken(&axes, row)));
        if all {
            let axes = offered(true);
            add(&axes, once(&axes, &|row| is_taken(&axes, row)));
        }
        // The blueprint itself goes there anyway.
        lines.remove(blueprint.id);
    }
    let lines: String = lines.iter().map(|it| format!("{it}\n")).collect();
    std::fs::write(std::env::var("AZIMUTH_PAIRWISE").unwrap(), lines).unwrap();
}
