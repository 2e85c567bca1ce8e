//! The course as charts over one axis: what is asked and answered, the queue, who works, and what the stores bear.

use leptos::prelude::*;

use super::super::number;
use super::super::session::Session;
use super::Sale;
use crate::sale::Tick;
use crate::text::{Text, text};

/// Seconds that a point of a chart stands for.
const STEP: usize = 10;
/// Width and height of a chart's own grid; the style sheet stretches it.
const WIDE: f64 = 1000.0;
const HIGH: f64 = 100.0;

/// A line of a chart.
#[derive(Clone, Copy)]
struct Series {
    name: Text,
    of: fn(&Tick) -> u64,
    class: &'static str,
}

/// Lines that share a scale.
#[derive(Clone, Copy)]
struct Plot {
    title: Text,
    unit: &'static str,
    series: &'static [Series],
    /// A value that matters, as a line across.
    mark: Option<u64>,
}

const PLOTS: [Plot; 5] = [
    Plot {
        title: text("ui.sale.chart.pages", "Pages a second"),
        unit: "/s",
        series: &[
            Series {
                name: text("ui.sale.series.asked", "asked for"),
                of: |it| it.pages,
                class: "is-demand",
            },
            Series {
                name: text("ui.sale.series.answered", "answered"),
                of: |it| it.edge + it.answered,
                class: "is-good",
            },
            Series {
                name: text("ui.sale.series.failed", "failed"),
                of: |it| it.failed,
                class: "is-bad",
            },
        ],
        mark: None,
    },
    Plot {
        title: text("ui.sale.chart.orders", "Orders a second"),
        unit: "/s",
        series: &[
            Series {
                name: text("ui.sale.series.came", "came"),
                of: |it| it.orders,
                class: "is-demand",
            },
            Series {
                name: text("ui.sale.series.stored", "stored"),
                of: |it| it.stored,
                class: "is-good",
            },
            Series {
                name: text("ui.sale.series.lost", "lost or refused"),
                of: |it| it.lost + it.refused,
                class: "is-bad",
            },
        ],
        mark: None,
    },
    Plot {
        title: text("ui.sale.chart.queue", "Orders in the queue"),
        unit: "",
        series: &[Series {
            name: text("ui.sale.series.depth", "waiting"),
            of: |it| it.depth,
            class: "is-demand",
        }],
        mark: None,
    },
    Plot {
        title: text("ui.sale.chart.crew", "Who works"),
        unit: "",
        series: &[
            Series {
                name: text("ui.sale.series.instances", "web instances"),
                of: |it| it.serving as u64,
                class: "is-good",
            },
            Series {
                name: text("ui.sale.series.consumers", "consumers"),
                of: |it| it.consumers,
                class: "is-demand",
            },
        ],
        mark: None,
    },
    Plot {
        title: text(
            "ui.sale.chart.stores",
            "Asked of the stores, in percent of what they can do",
        ),
        unit: " %",
        series: &[
            Series {
                name: text("ui.sale.series.database", "database"),
                of: |it| it.database,
                class: "is-demand",
            },
            Series {
                name: text("ui.sale.series.table", "table"),
                of: |it| it.table,
                class: "is-good",
            },
        ],
        mark: Some(100),
    },
];

#[component]
pub fn Charts(sale: Sale, at: RwSignal<usize>) -> impl IntoView {
    let session = Session::expect();
    let ticks = Memo::new(move |_| {
        let sale = sale.read();
        sale.as_ref()
            .map(|it| it.course.every(STEP))
            .unwrap_or_default()
    });
    let last = move || ticks.read().len().saturating_sub(1);
    let place = move || at.get().min(last());
    let now = move || ticks.read().get(place()).copied().unwrap_or_default();
    let clock = move || number::clock(now().t.into());
    let said = move || {
        let it = now();
        let words = text(
            "ui.sale.now",
            "{time}: {pages} pages and {orders} orders a second; {depth} orders in the queue, the oldest for {age} s; {failed} pages fail, {lost} orders are lost; a page takes {latency} ms",
        );
        session.tell_in(
            &words
                .with("time", clock())
                .with("pages", it.pages)
                .with("orders", it.orders)
                .with("depth", it.depth)
                .with("age", it.oldest_s)
                .with("failed", it.failed)
                .with("lost", it.lost)
                .with("latency", it.latency_ms),
        )
    };
    view! {
        <section class="sale-charts" aria-label=session.say(text("ui.sale.course", "Course of the sale"))>
            <h3>{session.say(text("ui.sale.course", "Course of the sale"))}</h3>
            {PLOTS.map(|plot| view! { <Chart plot ticks place /> }).into_iter().collect_view()}
            <input
                type="range"
                min="0"
                max=move || last().to_string()
                step="1"
                aria-label=session.say(text("ui.sale.time", "Moment of the sale"))
                aria-valuetext=said
                prop:value=move || place().to_string()
                on:input:target=move |event| at.set(event.target().value().parse().unwrap_or_default())
            />
            <p class="now" role="status">{said}</p>
        </section>
    }
}

#[component]
fn Chart(
    plot: Plot,
    ticks: Memo<Vec<Tick>>,
    place: impl Fn() -> usize + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::expect();
    let top = Memo::new(move |_| {
        let ticks = ticks.read();
        let each = plot.series.iter().flat_map(|it| ticks.iter().map(it.of));
        let most = each.max().unwrap_or_default();
        // A scale that ends at what matters shows how far from it all is.
        plot.mark.map_or(most, |mark| most.max(mark)).max(1)
    });
    let is_empty = Memo::new(move |_| {
        let ticks = ticks.read();
        let mut each = plot.series.iter().flat_map(|it| ticks.iter().map(it.of));
        each.all(|it| it == 0)
    });
    let lines = plot.series.iter().map(|series| {
        let (of, class) = (series.of, series.class);
        let path = Memo::new(move |_| path(&ticks.read(), of, top.get()));
        view! { <path class=format!("line {class}") d=path /> }
    });
    let legend = plot.series.iter().map(|series| {
        let (of, class, name) = (series.of, series.class, series.name);
        let value = move || {
            let ticks = ticks.read();
            let value = ticks.get(place()).map(of).unwrap_or_default();
            format!("{}{}", number::quantity(value as f64), plot.unit)
        };
        view! { <li class=class><span>{session.say(name)}</span> " " <b>{value}</b></li> }
    });
    let mark = move || {
        plot.mark.map(|mark| {
            let y = height(mark, top.get());
            view! { <path class="mark" d=format!("M0 {y:.1}H{WIDE}") /> }
        })
    };
    let needle = move || {
        let last = ticks.read().len().saturating_sub(1).max(1);
        format!("M{:.1} 0V{HIGH}", place() as f64 * WIDE / last as f64)
    };
    view! {
        <figure class="sale-chart" hidden=move || is_empty.get()>
            <figcaption>
                <strong>{session.say(plot.title)}</strong>
                <span class="note">{move || format!("0–{}{}", number::quantity(top.get() as f64), plot.unit)}</span>
            </figcaption>
            <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                {mark}
                {lines.collect_view()}
                <path class="needle" d=needle />
            </svg>
            <ul class="legend">{legend.collect_view()}</ul>
        </figure>
    }
}

/// From the bottom up, with a little room above.
fn height(value: u64, top: u64) -> f64 {
    HIGH - value as f64 * (HIGH - 4.0) / top.max(1) as f64
}

fn path(ticks: &[Tick], of: fn(&Tick) -> u64, top: u64) -> String {
    let last = ticks.len().saturating_sub(1).max(1) as f64;
    let mut path = String::new();
    for (place, it) in ticks.iter().enumerate() {
        let letter = if place == 0 { 'M' } else { 'L' };
        let x = place as f64 * WIDE / last;
        path.push_str(&format!("{letter}{x:.1} {:.1}", height(of(it), top)));
    }
    path
}
