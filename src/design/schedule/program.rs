//! The Lambda functions of a schedule: a program, a role of its own that may do just that, and a log.

use super::definition::{FUNCTION_TIMEOUT_S, Planned};
use super::permissions::{ProgramRole, statements};
use super::{LEDGER, MACHINE, log_group, parts, role};
use crate::aws::{Function, Properties, Value, list, map, properties};
use crate::design::{Design, Expansion, SCHEDULE};

/// A function of a schedule.
pub(super) struct Program {
    /// `Addresses`
    word: &'static str,
    text: &'static str,
    role: ProgramRole,
    pub timeout_s: u32,
    /// Whether the state machine calls it: it then knows nothing of the machine.
    is_called: bool,
}

const fn called(word: &'static str, text: &'static str, role: ProgramRole) -> Program {
    Program {
        word,
        text,
        role,
        timeout_s: FUNCTION_TIMEOUT_S,
        is_called: true,
    }
}

pub(super) const ADDRESSES: Program = called(
    "Addresses",
    include_str!("addresses.py"),
    ProgramRole::Addresses,
);
pub(super) const GATEWAYS: Program = called(
    "Gateways",
    include_str!("gateways.py"),
    ProgramRole::Gateways,
);
pub(super) const ROUTES: Program = called("Routes", include_str!("routes.py"), ProgramRole::Routes);

/// Those that make the machine's calls to EC2.
pub(super) const ZONAL: [Program; 3] = [ADDRESSES, GATEWAYS, ROUTES];

impl Program {
    pub(super) const SWEEPER: Self = Self {
        word: "Sweeper",
        text: include_str!("sweeper.py"),
        role: ProgramRole::Sweeper,
        timeout_s: 60,
        is_called: false,
    };

    /// Waits for the end of a closing run, as long as a function can.
    pub(super) const TEARDOWN: Self = Self {
        word: "Teardown",
        text: include_str!("teardown.py"),
        role: ProgramRole::Teardown,
        timeout_s: 900,
        is_called: false,
    };

    /// Name of its node.
    pub(super) fn node(&self) -> String {
        format!("Nat{}Function", self.word)
    }

    fn variables(&self, design: &Design) -> Properties {
        let mut variables = properties([("STACK", Value::reference("AWS::StackName"))]);
        if !self.is_called {
            variables.extend(properties([
                ("MACHINE_ARN", Value::reference(MACHINE)),
                ("LEDGER", Value::reference(LEDGER)),
                ("HOURS", design.schedule.overdue_hours().to_string().into()),
            ]));
        }
        variables
    }
}

pub(super) fn expand(
    program: &Program,
    gateways: &[Planned],
    design: &Design,
    to: &mut Expansion<'_>,
) {
    let word = program.word;
    let tag = format!("nat-{}", word.to_lowercase());
    let log = format!("Nat{word}LogGroup");
    log_group(to, &log, &tag, None);
    let mut allowed = statements(program.role, gateways, &parts(), &MACHINE.into());
    allowed.push(map([
        ("Effect", "Allow".into()),
        (
            "Action",
            list(["logs:CreateLogStream", "logs:PutLogEvents"]),
        ),
        ("Resource", Value::att(log.as_str(), "Arn")),
    ]));
    let its = format!("Nat{word}Role");
    role(to, &its, "lambda.amazonaws.com", &tag, allowed);
    let tags = to.tags(&tag);
    to.add(
        SCHEDULE,
        program.node(),
        Function {
            handler: Some("index.handler".into()),
            runtime: Some("python3.14".into()),
            code: map([("ZipFile", program.text.into())]),
            role: Value::att(its, "Arn"),
            timeout: Some(program.timeout_s),
            memory: Some(256),
            concurrency: None,
            network: None,
            logging: Some(map([
                ("LogGroup", Value::reference(log)),
                ("LogFormat", "JSON".into()),
            ])),
            environment: Some(map([("Variables", Value::Map(program.variables(design)))])),
            architectures: vec!["arm64".into()],
            tags,
            rest: Vec::new(),
        },
    );
}
