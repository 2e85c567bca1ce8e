//! Every arrow of the crate's map on the S1 blueprint, held against a goal: `cargo bench` fails where one is missed.
//!
//! Goals are medians on one thread of a 2-core server; they leave room for a busy machine.
#![allow(missing_docs)]

#[path = "../tests/drawing/large.rs"]
mod large;

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;

use azimuth::blueprint::{base, link, open_link};
use azimuth::checks::{Subject, check};
use azimuth::cloudformation::{Format, print, zip};
use azimuth::cost::bill;
use azimuth::design::Design;
use azimuth::design::link::Shared;
use azimuth::diagram::{Detail, Print, draw, svg};
use azimuth::export;
use azimuth::failure::{Fault, play, sweep};
use azimuth::sale::run_on;
use azimuth::text::Lang;
use azimuth::topology::Topology;
use criterion::Criterion;

/// As in the command line.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Name of a bench and its goal in microseconds.
const GOALS: &[(&str, f64)] = &[
    ("design to topology", 500.0),
    ("checks", 1_000.0),
    ("drawing", 1_000.0),
    ("drawing to SVG", 1_000.0),
    ("design to SVG", 3_000.0),
    ("100 items to SVG", 1_000.0),
    ("300 items to SVG", 3_000.0),
    ("500 items to SVG", 5_000.0),
    ("1000 items to SVG", 10_000.0),
    ("bill", 500.0),
    ("fail a zone", 1_000.0),
    ("sweep", 2_000.0),
    ("sale and a lost zone", 10_000.0),
    ("templates", 500.0),
    ("export to zip", 15_000.0),
    ("link there and back", 1_000.0),
];

fn picture(topology: &Topology) -> String {
    let print = Print {
        title: "S1",
        standalone: true,
        ..Print::default()
    };
    svg(&draw(topology, Detail::default(), Lang::En), &print)
}

fn stages(c: &mut Criterion, design: &Design) {
    let topology = design.expand();
    let drawing = draw(&topology, Detail::default(), Lang::En);
    let print_options = Print {
        title: "S1",
        standalone: true,
        ..Print::default()
    };
    c.bench_function("design to topology", |b| {
        b.iter(|| black_box(design).expand())
    });
    c.bench_function("checks", |b| {
        b.iter(|| check(&Subject::new(Some(black_box(design)), &topology)));
    });
    c.bench_function("drawing", |b| {
        b.iter(|| draw(black_box(&topology), Detail::default(), Lang::En))
    });
    c.bench_function("drawing to SVG", |b| {
        b.iter(|| svg(black_box(&drawing), &print_options))
    });
    c.bench_function("design to SVG", |b| {
        b.iter(|| picture(&black_box(design).expand()))
    });
    c.bench_function("bill", |b| {
        b.iter(|| bill(black_box(&topology), &design.assumptions))
    });
}

/// Layout and text as the page has it, of drawings far larger than a blueprint's.
fn large_drawings(c: &mut Criterion) {
    let print_options = Print {
        title: "Large",
        ..Print::default()
    };
    for items in [100, 300, 500, 1000] {
        let topology = large::large(items);
        let whole = |topology: &Topology| draw(topology, Detail::default(), Lang::En);
        let drawing = whole(&topology);
        let name = format!("{items} items to SVG");
        println!(
            "{name}: {} items, {} wires",
            drawing.items.len(),
            drawing.wires.len()
        );
        c.bench_function(&name, |b| {
            b.iter(|| svg(&whole(black_box(&topology)), &print_options))
        });
    }
}

fn failures(c: &mut Criterion, design: &Design) {
    let topology = design.expand();
    let Ok(fault) = Fault::parse("az:a", &topology) else {
        return;
    };
    c.bench_function("fail a zone", |b| {
        b.iter(|| play(black_box(&topology), &design.assumptions, &fault))
    });
    c.bench_function("sweep", |b| {
        b.iter(|| sweep(black_box(&topology), &design.assumptions))
    });
}

/// The shop's sale with a zone lost in the middle: two courses, and two plays of the failure model.
fn sales(c: &mut Criterion) {
    let Some(design) = base("ecommerce-burst") else {
        return;
    };
    let design = design.with("sale.zone", "a");
    let topology = design.expand();
    c.bench_function("sale and a lost zone", |b| {
        b.iter(|| run_on(black_box(&topology), &design.assumptions, &design.sale))
    });
}

fn exports(c: &mut Criterion, design: &Design) {
    let topology = design.expand();
    c.bench_function("templates", |b| {
        b.iter(|| print(black_box(&topology), Format::Yaml, Lang::En))
    });
    c.bench_function("export to zip", |b| {
        b.iter(|| {
            zip(&export::files(
                black_box(design),
                "",
                Format::Yaml,
                Lang::En,
            ))
        });
    });
    let shared = Shared {
        design: design.with("network.zones", "3"),
        fault: "az:a".into(),
        at: 60,
    };
    c.bench_function("link there and back", |b| {
        b.iter(|| open_link(&link(black_box(&shared))))
    });
}

/// Median of a bench in microseconds, as criterion wrote it down.
fn median(name: &str) -> Option<f64> {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(target)
        .join("criterion")
        .join(name);
    let written = std::fs::read_to_string(file.join("new/estimates.json")).ok()?;
    let estimates: serde_json::Value = serde_json::from_str(&written).ok()?;
    Some(estimates["median"]["point_estimate"].as_f64()? / 1_000.0)
}

fn main() -> ExitCode {
    let Some(design) = base("multi-tier-web") else {
        return ExitCode::FAILURE;
    };
    let mut c = Criterion::default().configure_from_args();
    stages(&mut c, &design);
    large_drawings(&mut c);
    failures(&mut c, &design);
    sales(&mut c);
    exports(&mut c, &design);
    c.final_summary();
    let mut missed = 0;
    println!("{:<22} {:>10} {:>10}", "stage", "median us", "goal us");
    for (name, goal) in GOALS {
        let Some(median) = median(name) else {
            continue;
        };
        let holds = median <= *goal;
        missed += u32::from(!holds);
        println!(
            "{name:<22} {median:>10.1} {goal:>10.1}{}",
            if holds { "  held" } else { "  missed" }
        );
    }
    ExitCode::from(u8::from(missed > 0))
}
