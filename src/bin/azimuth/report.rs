//! What the commands say, as lines for people or as JSON whose shapes the README documents.

use azimuth::blueprint;
use azimuth::checks::{Finding, summary};
use azimuth::compare::{EndpointTrade, Row, lacking};
use azimuth::cost::{Bill, Money, NOT_PRICED, lacks};
use azimuth::design::{Design, OptionKind, OptionSpec};
use azimuth::failure::{Course, Fall, Health, SweepRow, Timeline};
use azimuth::text::{Lang, Message, text};
use azimuth::topology::traffic::Trace;
use serde_json::{Value as Json, json};

use crate::write;

pub fn print(lines: &[String]) -> Result<(), Message> {
    let mut all = lines.join("\n");
    if !all.is_empty() {
        all.push('\n');
    }
    write::out(None, &all)
}

pub fn print_json(value: &Json) -> Result<(), Message> {
    print(&[serde_json::to_string_pretty(value).unwrap_or_default()])
}

pub fn blueprints(lang: Lang, as_json: bool) -> Result<(), Message> {
    if as_json {
        let all: Vec<Json> = blueprint::ALL
            .iter()
            .map(|it| json!({"id": it.id, "title": it.title.render(lang), "summary": it.summary.render(lang)}))
            .collect();
        return print_json(&all.into());
    }
    let line = |it: &blueprint::Blueprint| {
        format!(
            "{:<20} {}: {}",
            it.id,
            it.title.render(lang),
            it.summary.render(lang)
        )
    };
    print(&blueprint::ALL.iter().map(line).collect::<Vec<_>>())
}

pub fn options(design: &Design, lang: Lang, as_json: bool) -> Result<(), Message> {
    if as_json {
        let all = azimuth::design::options().map(|spec| {
            let kind = (spec.kind)();
            json!({
                "key": spec.key,
                "type": kind.tag(),
                "allowed": kind.allowed(),
                "default": kind.json(&(spec.get)(design)),
                "help": spec.help.render(lang),
            })
        });
        return print_json(&all.collect::<Vec<_>>().into());
    }
    let line = |spec: &OptionSpec| {
        let kind = (spec.kind)();
        format!(
            "{:<32} {:<10} {:<16} {}  [{}]",
            spec.key,
            kind.tag(),
            (spec.get)(design),
            spec.help.render(lang),
            allowed(&kind).render(lang),
        )
    };
    print(&azimuth::design::options().map(line).collect::<Vec<_>>())
}

/// What an option takes, for people.
fn allowed(kind: &OptionKind) -> Message {
    match kind {
        OptionKind::Switch => text("cli.allowed.switch", "true or false").into(),
        OptionKind::Whole { min, max } => text("cli.allowed.whole", "{min} to {max}")
            .with("min", *min)
            .with("max", *max),
        OptionKind::Choice(values) => {
            text("cli.allowed.choice", "{values}").with("values", values.join(", "))
        }
        OptionKind::Range => text("cli.allowed.range", "a.b.c.d/n").into(),
        OptionKind::Ranges => text(
            "cli.allowed.ranges",
            "a.b.c.d/n or auto, with commas between",
        )
        .into(),
        OptionKind::Blocks { max } => text(
            "cli.allowed.blocks",
            "up to {max} of a.b.c.d/n, with commas between",
        )
        .with("max", *max),
        OptionKind::Places { max } => text(
            "cli.allowed.places",
            "up to {max} of a.b.c.d/n or auto, with commas between",
        )
        .with("max", *max),
        OptionKind::Labels { max } => text(
            "cli.allowed.labels",
            "up to {max} names of a-z and 0-9, with commas between",
        )
        .with("max", *max),
        OptionKind::Addresses { max } => text(
            "cli.allowed.addresses",
            "up to {max} public IPv4 addresses, with commas between",
        )
        .with("max", *max),
        OptionKind::Windows { max } => text(
            "cli.allowed.windows",
            "1 to {max} of days HH:MM-HH:MM, with commas between; days as sat, mon-fri, mon+wed or daily",
        )
        .with("max", *max),
        OptionKind::Curve { max } => text(
            "cli.allowed.curve",
            "1 to {max} points minute:factor, with commas between, such as 0:1, 5:1, 6:10",
        )
        .with("max", *max),
        OptionKind::Words { max } => {
            text("option.too-long", "at most {max} characters").with("max", *max)
        }
    }
}

pub fn findings(findings: &[Finding], lang: Lang, as_json: bool) -> Result<(), Message> {
    if as_json {
        let all: Vec<Json> = findings
            .iter()
            .map(|it| {
                json!({
                    "code": it.check.code,
                    "severity": it.check.severity.tag(),
                    "subject": it.at,
                    "message": it.message.render(lang),
                    "why": it.check.why.render(lang),
                    "fixes": it.fixes.iter().map(|fix| fix.title.render(lang)).collect::<Vec<_>>(),
                })
            })
            .collect();
        return print_json(&all.into());
    }
    let mut lines = Vec::new();
    for it in findings {
        let (severity, code) = (it.check.severity.tag(), it.check.code);
        lines.push(format!("{severity:<6} {code}  {}", it.message.render(lang)));
        lines.push(format!("       {}", it.check.why.render(lang)));
        lines.push(format!("       {}", it.check.advice.render(lang)));
    }
    lines.push(summary(findings).render(lang));
    print(&lines)
}

pub fn timeline(timeline: &Timeline, lang: Lang, as_json: bool) -> Result<(), Message> {
    if as_json {
        return print_json(&timeline_json(timeline, lang));
    }
    let mut lines: Vec<String> = timeline
        .events
        .iter()
        .map(|it| {
            format!(
                "{}  {}  [{}]",
                clock(it.t),
                it.text.render(lang),
                source(it.source, lang)
            )
        })
        .collect();
    for it in &timeline.journeys {
        lines.push(course_line(it, lang));
    }
    print(&lines)
}

fn timeline_json(timeline: &Timeline, lang: Lang) -> Json {
    let events = timeline.events.iter().map(|it| {
        json!({
            "t": it.t,
            "subject": it.subject,
            "kind": it.kind.tag(),
            "text": it.text.render(lang),
            "source": source(it.source, lang),
        })
    });
    let journeys = timeline.journeys.iter().map(|it| {
        json!({
            "id": it.id,
            "title": it.title.render(lang),
            "outage_s": it.outage_s,
            "degraded_s": it.degraded_s,
            "was_down": it.was_down,
            "rto_s": it.rto_s,
            "rpo_s": it.rpo_s,
            "states": it.states.iter().map(|state| json!({
                "t": state.t,
                "status": state.status.tag(),
                "success": state.success,
            })).collect::<Vec<_>>(),
        })
    });
    json!({
        "fault": timeline.fault.to_string(),
        "end_s": timeline.end_s,
        "events": events.collect::<Vec<_>>(),
        "journeys": journeys.collect::<Vec<_>>(),
    })
}

/// Where a figure comes from; what is not AWS's says so.
fn source(source: azimuth::failure::Source, lang: Lang) -> String {
    if source.modelled {
        return text("cli.modelled", "modelled: {source}")
            .with("source", source.words)
            .render(lang);
    }
    source.words.render(lang).to_owned()
}

fn course_line(course: &Course, lang: Lang) -> String {
    if course.was_down {
        return text(
            "cli.course.was-down",
            "{title}: does not work without the fault either",
        )
        .with("title", course.title)
        .render(lang);
    }
    text("cli.course", "{title}: down {outage}, degraded {degraded}")
        .with("title", course.title)
        .with("outage", clock(course.outage_s))
        .with("degraded", clock(course.degraded_s))
        .render(lang)
}

/// `mm:ss`
fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

pub fn sweep(rows: &[SweepRow], lang: Lang, as_json: bool) -> Result<(), Message> {
    if as_json {
        return print_json(&rows.iter().map(row_json).collect::<Vec<_>>().into());
    }
    let line = |it: &SweepRow| {
        let told = it.journeys.iter().map(|it| fell(it).render(lang));
        let told: Vec<String> = told.collect();
        format!("{:<28} {}", it.fault.to_string(), told.join(", "))
    };
    print(&rows.iter().map(line).collect::<Vec<_>>())
}

fn row_json(row: &SweepRow) -> Json {
    let journeys = row.journeys.iter().map(|it| {
        json!({
            "id": it.id,
            "worst": it.worst.tag(),
            "outage_s": it.outage_s,
            "was_down": it.was_down,
        })
    });
    json!({"fault": row.fault.to_string(), "journeys": journeys.collect::<Vec<_>>()})
}

/// How far a journey falls, and for how long.
pub fn fell(fall: &Fall) -> Message {
    match fall.worst {
        _ if fall.was_down => text("cli.fell.was-down", "{journey} does not work anyway").into(),
        Health::Ok => Message::from(text("cli.fell.ok", "{journey} ok")),
        Health::Degraded => text("cli.fell.degraded", "{journey} degraded {time}")
            .with("time", clock(fall.degraded_s)),
        Health::Down => {
            text("cli.fell.down", "{journey} down {time}").with("time", clock(fall.outage_s))
        }
    }
    .with("journey", fall.id)
}

pub fn compare(
    rows: &[Row],
    trade: Option<EndpointTrade>,
    lang: Lang,
    as_json: bool,
) -> Result<(), Message> {
    if as_json {
        let rows = rows.iter().map(|it| {
            json!({
                "strategy": it.strategy,
                "fixed": it.fixed.rounded(2).dollars(),
                "per_gb": it.per_gb.dollars(),
                "cross_zone": it.cross_zone.rounded(2).dollars(),
                "total": it.total.known.rounded(2).dollars(),
                "complete": it.total.is_complete,
                "losses": it.losses.iter().map(row_json).collect::<Vec<_>>(),
                "served": it.served,
                "kept": it.kept,
                "pareto": it.is_best,
            })
        });
        return print_json(&rows.collect::<Vec<_>>().into());
    }
    let mut lines = Vec::new();
    for row in rows {
        let words = text(
            "cli.compare",
            "{total} USD a month: {fixed} fixed, {per_gb} a GB, {cross_zone} between zones; keeps {kept} % of egress when a zone is lost",
        );
        let words = words
            .with("total", row.total.words(cents))
            .with("fixed", cents(row.fixed))
            .with("per_gb", format!("{:.3}", row.per_gb.dollars()))
            .with("cross_zone", cents(row.cross_zone))
            .with("kept", format!("{:.0}", row.kept * 100.0));
        lines.push(format!("{:<16} {}", row.strategy, words.render(lang)));
        lines.extend(row.losses.iter().map(|it| {
            let told: Vec<String> = it.journeys.iter().map(|it| fell(it).render(lang)).collect();
            format!("  {:<14} {}", it.fault.to_string(), told.join(", "))
        }));
    }
    lines.extend(lacks(&lacking(rows), lang));
    lines.extend(trade.map(|it| it.words().render(lang)));
    print(&lines)
}

fn cents(it: Money) -> String {
    it.to_string()
}

pub fn bill(bill: &Bill, lang: Lang, as_json: bool) -> Result<(), Message> {
    if as_json {
        let lines = bill.lines.iter().map(|it| {
            json!({
                "subject": it.subject,
                "item": it.item.render(lang),
                "quantity": it.quantity,
                "unit": it.unit,
                "price": it.price.map(Money::dollars),
                "amount": it.amount.map(|it| it.rounded(4).dollars()),
            })
        });
        return print_json(&json!({
            "region": bill.region.code(),
            "currency": bill.currency,
            "as_of": bill.as_of,
            "monthly": bill.monthly.known.rounded(2).dollars(),
            "complete": bill.monthly.is_complete,
            "lines": lines.collect::<Vec<_>>(),
        }));
    }
    let monthly = bill.monthly.words(cents).render(lang);
    let wide = monthly.chars().count().max(10);
    let mut lines: Vec<String> = bill
        .lines
        .iter()
        .map(|it| {
            let amount = it.amount.map_or_else(|| "?".to_owned(), cents);
            format!(
                "{amount:>wide$}  {:<24} {} ({} {})",
                it.subject.as_str(),
                it.item.render(lang),
                it.quantity,
                it.unit
            )
        })
        .collect();
    let total = text("cli.total", "a month in {region}, list prices of {as_of}")
        .with("region", bill.region.code())
        .with("as_of", bill.as_of);
    lines.push(format!("{monthly:>wide$}  {}", total.render(lang)));
    let lacks = lacks(&bill.unpriced(), lang);
    lines.extend(lacks.map(|it| format!("{:>wide$}  {it}", "")));
    lines.push(format!("{:>wide$}  {}", "", NOT_PRICED.render(lang)));
    print(&lines)
}

pub fn trace(trace: &Trace, lang: Lang, as_json: bool) -> Result<(), Message> {
    if as_json {
        return print_json(&json!({
            "reachable": trace.is_reachable(),
            "hops": trace.hops,
            "reason": trace.reason.map(|it| it.code()),
        }));
    }
    let mut line = trace
        .hops
        .iter()
        .map(|it| it.as_str())
        .collect::<Vec<_>>()
        .join(" -> ");
    if let Some(reason) = trace.reason {
        line.push_str(&format!(
            " -x  {} ({})",
            reason.words().render(lang),
            reason.code()
        ));
    }
    print(&[line])
}
