//! Heights that meet demands of the form "this one at least so far under that one".

/// One state at least so far under another.
#[derive(Clone, Copy)]
pub(super) struct Under {
    pub upper: usize,
    pub lower: usize,
    pub by: f64,
}

/// Every state as far up as it may be; nothing where the demands contradict each other.
pub(super) fn settled(count: usize, unders: &[Under]) -> Option<Vec<f64>> {
    let mut before = vec![0; count];
    // Where the demands of each upper state begin, in their order.
    let mut starts = vec![0; count + 1];
    for it in unders {
        before[it.lower] += 1;
        starts[it.upper + 1] += 1;
    }
    for node in 0..count {
        starts[node + 1] += starts[node];
    }
    let mut places = starts.clone();
    let mut sorted = vec![0; unders.len()];
    for (at, it) in unders.iter().enumerate() {
        sorted[places[it.upper]] = at;
        places[it.upper] += 1;
    }
    let mut tops = vec![f64::MIN; count];
    let mut open: Vec<usize> = (0..count).filter(|it| before[*it] == 0).collect();
    for it in &open {
        tops[*it] = 0.0;
    }
    let mut done = 0;
    while let Some(node) = open.pop() {
        done += 1;
        for at in &sorted[starts[node]..starts[node + 1]] {
            let it = &unders[*at];
            tops[it.lower] = tops[it.lower].max(tops[node] + it.by);
            before[it.lower] -= 1;
            if before[it.lower] == 0 {
                open.push(it.lower);
            }
        }
    }
    (done == count).then_some(tops)
}
