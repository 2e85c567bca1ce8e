//! The rules over every case, in every detail and language.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use azimuth::topology::Topology;

use crate::cases::cases;
use crate::objected;

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
