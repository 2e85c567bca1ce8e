//! Levers of the bill, the cheapest changes, and the steps that a design can take later, for people and for scripts.

use azimuth::compare::{
    Change, Effect, Lever, NAMED, Point, RULE, Risk, Shift, Step, Turn, cheaper, growth, levers,
};
use azimuth::cost::{Money, bill};
use azimuth::design::Design;
use azimuth::text::{Arg, Lang, Message, text};
use serde_json::{Value as Json, json};

use crate::report::{fell, print, print_json};

/// `azimuth levers`
pub fn report_levers(design: &Design, lang: Lang, as_json: bool) -> Result<(), Message> {
    let search = cheaper(design);
    let named = search.named().unwrap_or_default();
    let curves: Vec<(Lever, Vec<Point>)> = levers(design, &design.expand())
        .into_iter()
        .map(|it| {
            let curve = it.curve(design);
            (it, curve)
        })
        .collect();
    if as_json {
        let bill = bill(&design.expand(), &design.assumptions);
        return print_json(&json!({
            "monthly": bill.monthly.known.rounded(2).dollars(),
            "complete": bill.monthly.is_complete,
            "cheapest": named.iter().map(|it| change_json(it, lang)).collect::<Vec<_>>(),
            "changes": search.changes().iter().map(|it| change_json(it, lang)).collect::<Vec<_>>(),
            "levers": curves.iter().map(|it| lever_json(it, design)).collect::<Vec<_>>(),
        }));
    }
    let mut lines = vec![RULE.render(lang).to_owned()];
    lines.extend(named.iter().map(|it| change_line(it, lang)));
    if named.len() < NAMED {
        let words = text("cli.levers.fewer", "There are {count} of them.");
        lines.push(words.with("count", named.len()).render(lang));
    }
    lines.push(String::new());
    for change in search.changes() {
        lines.push(change_line(change, lang));
        lines.extend(
            risk_words(change.risk.as_ref()).map(|it| format!("            {}", it.render(lang))),
        );
    }
    lines.push(String::new());
    for it in &curves {
        lines.push(lever_line(it, lang));
        let waits = it.0.waits(design);
        lines.extend(waits.map(|it| format!("{:<32} {}", "", it.render(lang))));
    }
    print(&lines)
}

/// `azimuth growth`
pub fn report_growth(design: &Design, lang: Lang, as_json: bool) -> Result<(), Message> {
    let steps = growth(design);
    if as_json {
        let steps = steps.iter().map(|it| step_json(it, lang));
        return print_json(&steps.collect::<Vec<_>>().into());
    }
    let lines = steps.iter().flat_map(|it| step_lines(it, lang));
    print(&lines.collect::<Vec<_>>())
}

fn signed(money: Money) -> String {
    let sign = if money > Money::ZERO { "+" } else { "" };
    format!("{sign}{money}")
}

fn change_json(it: &Change, lang: Lang) -> Json {
    let settings = it.candidate.settings.iter();
    json!({
        "title": it.candidate.title.render(lang),
        "settings": settings.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>(),
        "monthly": it.monthly.known.rounded(2).dollars(),
        "saved": it.saved.rounded(2).dollars(),
        "safe": it.risk.as_ref().is_some_and(Risk::is_small),
        "worse": it.risk.iter().flat_map(|it| &it.shifts).map(shift_json).collect::<Vec<_>>(),
        "findings": it.risk.iter().flat_map(|it| &it.found).map(|it| it.code).collect::<Vec<_>>(),
    })
}

fn shift_json(it: &Shift) -> Json {
    json!({
        "fault": it.fault.to_string(),
        "journey": it.id,
        "turn": match it.turn() {
            Turn::Broken => "broken",
            Turn::Weaker => "weaker",
            Turn::Same => "same",
            Turn::Better => "better",
        },
        "outage_s": [it.before.outage_s, it.after.map_or(it.before.outage_s, |it| it.outage_s)],
        "degraded_s": [it.before.degraded_s, it.after.map_or(it.before.degraded_s, |it| it.degraded_s)],
    })
}

fn lever_json((lever, curve): &(Lever, Vec<Point>), design: &Design) -> Json {
    let points = curve.iter().map(|it| {
        json!({
            "value": it.value,
            "monthly": it.monthly.known.rounded(2).dollars(),
            "complete": it.monthly.is_complete,
            "change": it.change.map(|it| it.rounded(2).dollars()),
        })
    });
    json!({
        "key": lever.spec.key,
        "group": lever.group.tag(),
        "present": lever.stops.get(lever.present),
        "waits_for": lever.waits_for(design).map(|it| it.key),
        "points": points.collect::<Vec<_>>(),
    })
}

fn change_line(it: &Change, lang: Lang) -> String {
    format!(
        "{:>10}  {}",
        signed(Money::ZERO - it.saved),
        it.candidate.title.render(lang)
    )
}

/// What a change risks, in at most two sentences.
fn risk_words(risk: Option<&Risk>) -> impl Iterator<Item = Message> {
    let broken = risk.and_then(|it| {
        let count = it.broken().count();
        let first = it.broken().next()?;
        let words = text(
            "cli.levers.broken",
            "breaks: {journey} under {fault} ({count} in all)",
        );
        Some(
            words
                .with("journey", first.id)
                .with("fault", first.fault.to_string())
                .with("count", count),
        )
    });
    let found = risk.and_then(|it| {
        let codes: Vec<&str> = it.found.iter().map(|it| it.code).collect();
        let words = text("cli.levers.found", "new findings: {codes}");
        (!codes.is_empty()).then(|| words.with("codes", codes.join(", ")))
    });
    broken.into_iter().chain(found)
}

fn lever_line((lever, curve): &(Lever, Vec<Point>), lang: Lang) -> String {
    let present = lever.stops.get(lever.present).map(String::as_str);
    let points = curve.iter().map(|it| {
        let change = it.change.map_or_else(|| "?".to_owned(), signed);
        format!("{} {change}", it.value)
    });
    format!(
        "{:<32} {:<12} {}  [{}]",
        lever.spec.key,
        present.unwrap_or_default(),
        lever.spec.label.render(lang),
        points.collect::<Vec<_>>().join(", ")
    )
}

fn step_json(it: &Step, lang: Lang) -> Json {
    let effect = &it.effect;
    json!({
        "id": it.stage.id,
        "title": it.stage.title.render(lang),
        "on": it.stage.is_on,
        "added": effect.redrawn.added,
        "removed": effect.redrawn.removed,
        "changed": effect.redrawn.changed,
        "shifts": effect.shifts.iter().map(shift_json).collect::<Vec<_>>(),
        "resolved": effect.resolved.iter().map(|it| it.code).collect::<Vec<_>>(),
        "found": effect.found.iter().map(|it| it.code).collect::<Vec<_>>(),
        "before": effect.before.known.rounded(2).dollars(),
        "after": effect.after.known.rounded(2).dollars(),
        "change": effect.change.map(|it| it.rounded(2).dollars()),
    })
}

fn step_lines(it: &Step, lang: Lang) -> Vec<String> {
    let head = if it.stage.is_on {
        text(
            "cli.growth.on",
            "{title} (taken; this is what going back changes): {change} USD a month",
        )
    } else {
        text("cli.growth.off", "{title}: {change} USD a month")
    };
    let change = it.effect.change.map_or_else(|| "?".to_owned(), signed);
    let head = head.with("title", it.stage.title).with("change", change);
    let mut lines = vec![head.render(lang)];
    lines.extend(
        effect_words(&it.effect)
            .iter()
            .map(|it| format!("  {}", it.render(lang))),
    );
    lines
}

fn effect_words(effect: &Effect) -> Vec<Message> {
    let drawn = text(
        "cli.growth.drawn",
        "drawing: {added} more, {removed} fewer, {changed} changed",
    )
    .with("added", effect.redrawn.added.len())
    .with("removed", effect.redrawn.removed.len())
    .with("changed", effect.redrawn.changed.len());
    let mut lines = vec![drawn];
    for shift in effect.shifts.iter().filter(|it| it.turn() != Turn::Same) {
        let after = shift.after.map(|it| fell(&it));
        let gone = text("cli.growth.gone", "no longer there");
        let words = text("cli.growth.shift", "{fault}: {before}; then {after}");
        lines.push(
            words
                .with("fault", shift.fault.to_string())
                .with("before", fell(&shift.before))
                .with("after", after.map_or(Arg::from(gone), Arg::from)),
        );
    }
    for (words, checks) in [
        (
            text("cli.growth.resolved", "resolved findings: {codes}"),
            &effect.resolved,
        ),
        (
            text("cli.levers.found", "new findings: {codes}"),
            &effect.found,
        ),
    ] {
        let codes: Vec<&str> = checks.iter().map(|it| it.code).collect();
        if !codes.is_empty() {
            lines.push(words.with("codes", codes.join(", ")));
        }
    }
    lines
}
