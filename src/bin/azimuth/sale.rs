//! `azimuth sale`: a flash sale over a design, minute by minute, and the same sale with one option changed.

use azimuth::cost::Money;
use azimuth::design::Design;
use azimuth::sale::{CostLine, Report, Row, Tick, drained, span, variants};
use azimuth::text::{Lang, Message, text};
use serde_json::{Value as Json, json};

use crate::{report, write};

const MINUTE: usize = 60;

/// Plays the sale and says what it came to.
pub fn sale(design: &Design, lang: Lang, as_json: bool) -> Result<(), Message> {
    let rows = variants(design);
    let Some(own) = rows.first() else {
        let none = text(
            "cli.sale.nothing",
            "the design has nothing to sell through: neither web instances nor an API that takes orders",
        );
        return Err(none.into());
    };
    if as_json {
        return report::print_json(&told(&own.report, &rows, lang));
    }
    let say = |it: Message| it.render(lang);
    let mut lines: Vec<String> = own.report.words().into_iter().map(say).collect();
    lines.push(String::new());
    lines.extend(compared(&rows, lang));
    lines.push(String::new());
    lines.extend(minutes(&own.report, lang));
    lines.push(String::new());
    lines.extend(own.report.cost.iter().map(|it| priced(it, lang)));
    lines.push(String::new());
    lines.extend(own.report.sources.iter().map(|it| {
        let words = it.words.render(lang);
        let modelled = text("cli.sale.modelled", "Modelled: {words}.");
        let documented = text("cli.sale.documented", "{words}.");
        let said = if it.modelled { modelled } else { documented };
        said.with("words", words).render(lang)
    }));
    write::out(None, &(lines.join("\n") + "\n"))
}

fn compared(rows: &[Row], lang: Lang) -> Vec<String> {
    let head = text(
        "cli.sale.compared",
        "stored | lost | refused | failed pages | deepest queue | oldest | empty after | database | instances | cost (USD)",
    );
    let mut lines = vec![format!("{:<44} {}", "", head.render(lang))];
    lines.extend(rows.iter().map(|row| {
        let it = &row.report.summary;
        let drain = match it.drain_s {
            _ if row
                .report
                .capacities
                .burst
                .is_none_or(|it| it.queue.is_none()) =>
            {
                "-".to_owned()
            }
            seconds => drained(seconds).render(lang),
        };
        let cells = [
            it.stored.to_string(),
            it.lost.to_string(),
            it.refused.to_string(),
            format!("{:.1} %", row.report.failed_percent()),
            it.depth.to_string(),
            span(it.oldest_s).render(lang),
            drain,
            format!("{} %", it.database),
            it.fleet.to_string(),
            row.report.total().mark(|it| it.to_string()),
        ];
        format!("{:<44} {}", row.title.render(lang), cells.join(" | "))
    }));
    lines
}

fn minutes(report: &Report, lang: Lang) -> Vec<String> {
    let head = text(
        "cli.sale.minutes",
        "minute | pages/s | failed/s | instances | orders/s | stored/s | lost/s | queue | oldest (s) | consumers | database (%) | table (%)",
    );
    let line = |it: &Tick| {
        let cells = [
            u64::from(it.t / 60),
            it.pages,
            it.failed,
            u64::from(it.serving),
            it.orders,
            it.stored,
            it.lost,
            it.depth,
            u64::from(it.oldest_s),
            it.consumers,
            it.database,
            it.table,
        ];
        cells.map(|it| it.to_string()).join(" | ")
    };
    let lines = report.course.every(MINUTE);
    let lines = lines.iter().map(line);
    std::iter::once(head.render(lang).to_owned())
        .chain(lines)
        .collect()
}

fn priced(line: &CostLine, lang: Lang) -> String {
    let amount = line.amount.map_or("?".to_owned(), |it| it.to_string());
    format!(
        "{:<44} {:>12.4} {:<12} {amount}",
        line.item.render(lang),
        line.quantity,
        line.unit
    )
}

fn told(own: &Report, rows: &[Row], lang: Lang) -> Json {
    let words = own.words().into_iter().map(|it| it.render(lang));
    let cost = own.cost.iter().map(|it| {
        json!({
            "item": it.item.render(lang),
            "quantity": it.quantity,
            "unit": it.unit,
            "amount": it.amount.map(|it| it.rounded(6).dollars()),
        })
    });
    let sources = own
        .sources
        .iter()
        .map(|it| json!({"words": it.words.render(lang), "modelled": it.modelled}));
    let variants = rows.iter().map(|row| {
        let changes = row.changes.iter();
        let changes = changes.map(|(key, given)| ((*key).to_owned(), Json::from(given.as_str())));
        json!({
            "id": row.id,
            "title": row.title.render(lang),
            "set": changes.collect::<serde_json::Map<_, _>>(),
            "summary": summary(&row.report),
        })
    });
    json!({
        "summary": summary(own),
        "words": words.collect::<Vec<_>>(),
        "minutes": own.course.every(MINUTE).iter().map(tick).collect::<Vec<_>>(),
        "cost": cost.collect::<Vec<_>>(),
        "sources": sources.collect::<Vec<_>>(),
        "variants": variants.collect::<Vec<_>>(),
    })
}

fn summary(report: &Report) -> Json {
    let (it, sums) = (&report.summary, &report.course.totals);
    json!({
        "seconds": report.course.ticks.len(),
        "orders": sums.orders,
        "stored": it.stored,
        "lost": it.lost,
        "refused": it.refused,
        "dead_letters": it.dead,
        "pages": sums.pages,
        "pages_from_edge": sums.edge,
        "failed_pages": it.failed,
        "peak_depth": it.depth,
        "peak_depth_at_s": it.depth_at,
        "peak_age_s": it.oldest_s,
        "drain_s": it.drain_s,
        "peak_database_percent": it.database,
        "peak_table_percent": it.table,
        "table_throttled": it.table_throttled,
        "peak_instances": it.fleet,
        "peak_consumers": it.consumers,
        "slowest_ms": it.latency_ms,
        "dollars": Money::rounded(report.dollars(), 4).dollars(),
        "priced": report.is_priced(),
    })
}

fn tick(it: &Tick) -> Json {
    json!({
        "t": it.t,
        "pages": it.pages,
        "edge": it.edge,
        "answered": it.answered,
        "failed": it.failed,
        "latency_ms": it.latency_ms,
        "instances": it.serving,
        "cpu_percent": it.busy,
        "orders": it.orders,
        "stored": it.stored,
        "refused": it.refused,
        "lost": it.lost,
        "dead_letters": it.dead,
        "depth": it.depth,
        "in_flight": it.in_flight,
        "age_s": it.oldest_s,
        "consumers": it.consumers,
        "database_percent": it.database,
        "table_percent": it.table,
        "table_units": it.table_units,
        "table_throttled": it.table_throttled,
    })
}
