//! `azimuth schedule`: the windows of a design, what they save, and one of them played step by step.

use std::process::ExitCode;

use azimuth::compare::window_trade;
use azimuth::design::Design;
use azimuth::lifecycle::{Deployed, Fault, Play, Start, play};
use azimuth::text::{Lang, Message, text};
use azimuth::topology::{Opening, openings};
use serde_json::{Value as Json, json};

use crate::{report, write};

/// Plays the first window of the week.
pub fn play_window(
    design: &Design,
    fault: Option<&str>,
    lang: Lang,
    as_json: bool,
) -> Result<ExitCode, Message> {
    let topology = design.expand();
    let deployed = Deployed::of(&topology).ok_or_else(|| {
        text(
            "cli.schedule.no-schedule",
            "nothing of this design comes and goes by the clock",
        )
    })?;
    let deployed = deployed.map_err(|problem| {
        text(
            "cli.schedule.unread",
            "the definition of the state machine is not understood: {problem}",
        )
        .with("problem", problem)
    })?;
    let faults = fault
        .map(|it| Fault::parse(it, &deployed.scene))
        .transpose()?;
    let openings = openings(&topology, &deployed.machine).unwrap_or_default();
    let minutes = openings.first().map_or(60, |it| it.minutes);
    let faults: Vec<Fault> = faults.into_iter().collect();
    let course = play(
        &deployed.scene,
        &Start::window(minutes),
        &faults,
        deployed.sweeper,
    );
    if as_json {
        report::print_json(&told(&course, &openings, lang))?;
    } else {
        let mut lines = balance(design, lang);
        lines.extend(steps(&course, lang));
        lines.push(course.verdict.message().render(lang));
        let left = course.verdict.left.iter();
        lines.extend(left.map(|it| it.message().render(lang)));
        write::out(None, &(lines.join("\n") + "\n"))?;
    }
    let is_clean = course.verdict.is_clean();
    Ok(ExitCode::from(u8::from(!is_clean)))
}

/// What the windows save.
fn balance(design: &Design, lang: Lang) -> Vec<String> {
    let trade = window_trade(design);
    let words = trade.map(|it| {
        [
            it.words().render(lang),
            it.limit().render(lang),
            String::new(),
        ]
    });
    words.into_iter().flatten().collect()
}

fn steps(course: &Play, lang: Lang) -> Vec<String> {
    let steps = course.steps().into_iter();
    steps
        .filter_map(|at| {
            let moment = course.moments.get(at)?;
            let words = text("cli.schedule.at", "{time}  {what}")
                .with("time", clock(moment.at_s))
                .with("what", course.told(at)?);
            Some(words.render(lang))
        })
        .collect()
}

/// `2:00:15`
fn clock(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    format!("{hours}:{minutes:02}:{:02}", seconds % 60)
}

fn told(course: &Play, openings: &[Opening], lang: Lang) -> Json {
    let windows = openings.iter().map(|it| {
        json!({"start_minute_of_week": it.start, "minutes": it.minutes, "billed_hours": it.billed_hours()})
    });
    let steps = course.steps().into_iter().filter_map(|at| {
        let moment = course.moments.get(at)?;
        Some(json!({"at_s": moment.at_s, "run": moment.run, "what": course.told(at)?.render(lang)}))
    });
    let left = course
        .verdict
        .left
        .iter()
        .map(|it| it.message().render(lang));
    json!({
        "windows": windows.collect::<Vec<_>>(),
        "steps": steps.collect::<Vec<_>>(),
        "clean": course.verdict.is_clean(),
        "alarmed": course.verdict.is_alarmed,
        "left": left.collect::<Vec<_>>(),
    })
}
