//! The arguments, and what each command does with them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use azimuth::checks::{Finding, Severity, Subject, check, refusals};
use azimuth::cloudformation::Format;
use azimuth::cost::bill;
use azimuth::design::link::Shared;
use azimuth::design::{Design, document};
use azimuth::diagram::{Detail, Print, Theme, draw, drawio, machine, svg};
use azimuth::failure::{Fault, play, sweep};
use azimuth::lifecycle::Deployed;
use azimuth::states::graph;
use azimuth::text::{Arg, Lang, Message, text};
use azimuth::topology::traffic;
use azimuth::{blueprint, compare, export};
use clap::{Parser, Subcommand, ValueEnum};

use crate::{input, levers, report, sale, schedule, write};

/// Draws a multi-AZ AWS architecture, breaks it, fixes it and deploys it.
///
/// DESIGN is a blueprint id, a design file, - for standard input, or a share link.
#[derive(Parser)]
#[command(name = "azimuth", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Language of messages, labels and comments
    #[arg(long, global = true, default_value = "en", value_parser = input::lang)]
    lang: Lang,
}

#[derive(Subcommand)]
enum Command {
    /// Lists the blueprints
    Blueprints {
        #[arg(long)]
        json: bool,
    },
    /// Lists every option: key, type, allowed values, default, one line
    Options {
        blueprint: String,
        #[arg(long)]
        json: bool,
    },
    /// Writes a design file
    New {
        blueprint: String,
        /// Sets an option that `options` lists; may be repeated
        #[arg(long = "set", value_name = "KEY=VALUE")]
        set: Vec<String>,
        /// File to write; standard output without it
        #[arg(short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Prints the share link: what stands behind the page's address
    Link { design: String },
    /// Draws the architecture as SVG, or as a draw.io file
    Draw {
        design: String,
        /// File; a name that ends in .drawio asks for draw.io
        #[arg(short, value_name = "FILE.svg|FILE.drawio")]
        output: Option<PathBuf>,
        /// Draws the state after a fault: az:a, az:a+b, node:NAME, region:R
        #[arg(long)]
        fault: Option<String>,
        /// Seconds since the fault, up to the end of its timeline
        #[arg(long, default_value_t = 0, requires = "fault")]
        at: u32,
        #[arg(long, value_enum, default_value_t = ThemeName::Light)]
        theme: ThemeName,
        /// How much is written down: simple for a slide, full with security groups and every route
        #[arg(long, value_enum, default_value_t = DetailName::Network)]
        detail: DetailName,
        /// Draws the state machine of a schedule instead
        #[arg(long, conflicts_with_all = ["fault", "detail"])]
        machine: bool,
    },
    /// Lists findings; exit status 1 where one is an error
    Check {
        design: String,
        #[arg(long)]
        json: bool,
    },
    /// Plays a fault: az:a, az:a+b, node:NAME, region:R
    Fail {
        design: String,
        #[arg(long)]
        fault: String,
        #[arg(long)]
        json: bool,
    },
    /// Plays every zone, every pair of zones and every single component
    Sweep {
        design: String,
        #[arg(long)]
        json: bool,
    },
    /// Compares the ways out of the private subnets: what each costs, and what each zone's loss takes away
    Compare {
        design: String,
        #[arg(long)]
        json: bool,
    },
    /// Levers of the bill with what each stop costs, and the three cheapest changes that break nothing
    Levers {
        design: String,
        #[arg(long)]
        json: bool,
    },
    /// Later steps of the design: what each changes in the drawing, the losses, the findings and the bill
    Growth {
        design: String,
        #[arg(long)]
        json: bool,
    },
    /// Plays a window of what comes and goes by the clock; exit status 1 where something is left behind
    Schedule {
        design: String,
        /// What goes wrong: once:STATE, lost:STATE, always:STATE, zone:LETTER, twice, overlap, pending, failed, route, taken,
        /// foreign
        #[arg(long)]
        fault: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Plays a flash sale: queue, consumers, stores and web instances by the minute, and the same with one option changed
    Sale {
        design: String,
        /// Sets an option first; may be repeated
        #[arg(long = "set", value_name = "KEY=VALUE")]
        set: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// Prices a month
    Cost {
        design: String,
        #[arg(long)]
        json: bool,
    },
    /// Says whether one thing reaches another, over which hops, or why not
    Trace {
        design: String,
        /// Name of a resource or part, users, or internet
        #[arg(long)]
        from: String,
        /// Name of a resource or part, or internet
        #[arg(long)]
        to: String,
        /// TCP port; the destination's own without it
        #[arg(long)]
        port: Option<u16>,
        #[arg(long)]
        json: bool,
    },
    /// Writes templates, plan, scripts, drawing and README
    Export {
        design: String,
        /// Folder, or a file that ends in .zip
        #[arg(short, value_name = "DIR|FILE.zip")]
        output: PathBuf,
        #[arg(long, value_enum, default_value_t = FormatName::Yaml)]
        format: FormatName,
        /// Writes into a folder that holds files of somebody else's, too
        #[arg(long)]
        force: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum ThemeName {
    Light,
    Dark,
    HighContrast,
}

impl From<ThemeName> for Theme {
    fn from(name: ThemeName) -> Self {
        match name {
            ThemeName::Light => Self::Light,
            ThemeName::Dark => Self::Dark,
            ThemeName::HighContrast => Self::HighContrast,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum DetailName {
    Simple,
    Network,
    Full,
}

impl From<DetailName> for Detail {
    fn from(name: DetailName) -> Self {
        match name {
            DetailName::Simple => Self::Simple,
            DetailName::Network => Self::Network,
            DetailName::Full => Self::Full,
        }
    }
}

/// How a drawing is to look.
#[derive(Clone, Copy)]
struct Look {
    theme: Theme,
    detail: Detail,
    lang: Lang,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Yaml,
    Json,
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command, arguments.lang) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("azimuth: {}", problem.render(arguments.lang));
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, lang: Lang) -> Result<ExitCode, Message> {
    match command {
        Command::Blueprints { json } => report::blueprints(lang, json)?,
        Command::Options { blueprint, json } => {
            report::options(&input::blueprint(&blueprint)?, lang, json)?;
        }
        Command::New {
            blueprint,
            set,
            output,
        } => {
            let mut design = input::blueprint(&blueprint)?;
            set.iter()
                .try_for_each(|pair| input::set(&mut design, pair))?;
            write::out(output.as_deref(), &document::write(&design))?;
        }
        Command::Link { design } => {
            let shared = input::shared(&design)?;
            write::out(None, &(fragment(&shared) + "\n"))?;
        }
        Command::Draw {
            design,
            output,
            fault,
            at,
            theme,
            detail,
            machine,
        } => {
            let shared = input::shared(&design)?;
            if machine {
                let drawing = schedule(&shared.design, theme.into(), lang)?;
                write::out(output.as_deref(), &drawing)?;
                return Ok(ExitCode::SUCCESS);
            }
            let look = Look {
                theme: theme.into(),
                detail: detail.into(),
                lang,
            };
            let name = output.as_deref().and_then(Path::extension);
            let drawing = if name.is_some_and(|it| it == "drawio") {
                editable(&shared, fault.is_some() || !shared.fault.is_empty(), look)?
            } else {
                drawing(shared, fault.as_deref(), at, look)?
            };
            write::out(output.as_deref(), &drawing)?;
        }
        Command::Check { design, json } => return checked(&input::design(&design)?, lang, json),
        Command::Fail {
            design,
            fault,
            json,
        } => {
            let design = input::design(&design)?;
            let topology = design.expand();
            let fault = Fault::parse(&fault, &topology)?;
            report::timeline(&play(&topology, &design.assumptions, &fault), lang, json)?;
        }
        Command::Sweep { design, json } => {
            let design = input::design(&design)?;
            report::sweep(&sweep(&design.expand(), &design.assumptions), lang, json)?;
        }
        Command::Compare { design, json } => {
            let design = input::design(&design)?;
            let trade = compare::endpoint_trade(&design);
            report::compare(&compare::egress(&design), trade, lang, json)?;
        }
        Command::Levers { design, json } => {
            levers::report_levers(&input::design(&design)?, lang, json)?;
        }
        Command::Growth { design, json } => {
            levers::report_growth(&input::design(&design)?, lang, json)?;
        }
        Command::Schedule {
            design,
            fault,
            json,
        } => return schedule::play_window(&input::design(&design)?, fault.as_deref(), lang, json),
        Command::Sale { design, set, json } => {
            let mut design = input::design(&design)?;
            set.iter()
                .try_for_each(|pair| input::set(&mut design, pair))?;
            sale::sale(&design, lang, json)?;
        }
        Command::Cost { design, json } => {
            let design = input::design(&design)?;
            report::bill(&bill(&design.expand(), &design.assumptions), lang, json)?;
        }
        Command::Trace {
            design,
            from,
            to,
            port,
            json,
        } => {
            let topology = input::design(&design)?.expand();
            let (from, to) = (
                input::place(&from, &topology)?,
                input::place(&to, &topology)?,
            );
            let port = port.unwrap_or_else(|| traffic::usual_port(&topology, &to));
            let trace = traffic::trace(&topology, &from, &to, port, &traffic::all_up);
            report::trace(&trace, lang, json)?;
        }
        Command::Export {
            design,
            output,
            format,
            force,
        } => {
            let format = match format {
                FormatName::Yaml => Format::Yaml,
                FormatName::Json => Format::Json,
            };
            let design = input::design(&design)?;
            let findings = found(&design);
            if let Some(refusal) = refusals(&findings).next() {
                return Err(refused(&design, refusal));
            }
            let link = fragment(&input::at_rest(design.clone()));
            let files = export::files(&design, &link, format, lang);
            let said = write::export(&output, &files, force)?;
            write::out(None, &(said.render(lang) + "\n"))?;
            let count = errors(&findings);
            if count > 0 {
                let words = text(
                    "cli.export.errors",
                    "Findings of severity error: {count}. As it is, this will not deploy, or will not work; azimuth check says what they are",
                );
                eprintln!("{}", words.with("count", count).render(lang));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn found(design: &Design) -> Vec<Finding> {
    let topology = design.expand();
    check(&Subject::new(Some(design), &topology))
}

/// Why nothing is exported, and the settings of the first way out.
fn refused(design: &Design, finding: &Finding) -> Message {
    let settings = finding.fixes.first().map(|fix| {
        let changed = fix.design.differences(design).into_iter();
        let changed = changed.map(|(spec, value)| format!("{}={value}", spec.key));
        changed.collect::<Vec<_>>().join(" ")
    });
    let refused = match settings {
        None => text("cli.export.refused", "nothing is exported: {finding}"),
        Some(_) => text(
            "cli.export.refused-fix",
            "nothing is exported: {finding} {fix}: {settings}",
        ),
    };
    let fix = finding.fixes.first().map(|it| it.title.clone());
    refused
        .with("finding", finding.message.clone())
        .with("settings", settings.unwrap_or_default())
        .with("fix", fix.map_or(Arg::from(""), Arg::from))
}

/// How many findings say that a design will not deploy, or will not work.
fn errors(findings: &[Finding]) -> usize {
    let severities = findings.iter().map(|it| it.check.severity);
    severities.filter(|it| *it == Severity::Error).count()
}

fn checked(design: &Design, lang: Lang, json: bool) -> Result<ExitCode, Message> {
    let findings = found(design);
    report::findings(&findings, lang, json)?;
    Ok(ExitCode::from(u8::from(errors(&findings) > 0)))
}

/// The drawing as a draw.io file, which shows no fault.
fn editable(shared: &Shared, is_failed: bool, look: Look) -> Result<String, Message> {
    if is_failed {
        return Err(text(
            "cli.drawio-fault",
            "a draw.io file shows the design without a fault; leave out --fault (or the fault in the link), or write an .svg",
        )
        .into());
    }
    let title = export::title(&shared.design, look.lang);
    let drawing = draw(&shared.design.expand(), look.detail, look.lang);
    Ok(drawio(&drawing, look.theme, &title))
}

/// The drawing of a design, at a moment of a fault: the one asked for, else the one that the link carries.
/// The state machine that opens and closes the NAT gateways of a schedule.
fn schedule(design: &Design, theme: Theme, lang: Lang) -> Result<String, Message> {
    let Some(Ok(deployed)) = Deployed::of(&design.expand()) else {
        let none = text(
            "cli.no-machine",
            "the design has no state machine of a schedule",
        );
        return Err(none.into());
    };
    let title = text("ui.run.machine", "State machine").render(lang);
    Ok(machine::svg(&graph(&deployed.scene.machine), theme, title))
}

fn drawing(shared: Shared, fault: Option<&str>, at: u32, look: Look) -> Result<String, Message> {
    let topology = shared.design.expand();
    let (fault, at) = match fault {
        Some(fault) => (fault.to_owned(), at),
        None => (shared.fault.clone(), shared.at),
    };
    let (mut states, mut swapped) = (Vec::new(), Vec::new());
    if !fault.is_empty() {
        let fault = Fault::parse(&fault, &topology)?;
        let timeline = play(&topology, &shared.design.assumptions, &fault);
        if at > timeline.end_s {
            return Err(text(
                "cli.beyond",
                "--at goes up to {end}, the second in which this fault's timeline ends; {given} lies beyond it",
            )
            .with("end", timeline.end_s)
            .with("given", at));
        }
        // Healthy ones too: a replacement that has come into service is drawn because it has a state.
        let state = timeline.at(at).into_iter();
        states.extend(state.map(|(name, it)| (name, it.tag())));
        swapped.extend(timeline.swapped(at));
    }
    let title = export::title(&shared.design, look.lang);
    let link = fragment(&Shared {
        fault,
        at,
        ..shared
    });
    let print = Print {
        theme: look.theme,
        states: &states,
        swapped: &swapped,
        title: &title,
        link: &link,
        standalone: true,
    };
    Ok(svg(&draw(&topology, look.detail, look.lang), &print))
}

/// What stands behind the page's address, from `#` on.
fn fragment(shared: &Shared) -> String {
    format!("#{}", blueprint::link(shared))
}

/// What could not be read or written, with the system's own words.
pub fn io_problem(path: &str, problem: &std::io::Error) -> Message {
    text("cli.io", "{path}: {problem}")
        .with("path", path)
        .with("problem", problem.to_string())
}
