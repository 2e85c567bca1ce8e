//! The state machine, and what closes a window when its stack is deleted.

use super::definition::{Calls, Planned, definition, substitutions};
use super::permissions::{ProgramRole, statements};
use super::program::{Program, ZONAL};
use super::{HOLDER_POLICY, LEDGER, MACHINE, TEARDOWN, TOPIC, log_group, parts, role};
use crate::aws::{CustomResource, Name, RolePolicy, StateMachine, Value, list, map};
use crate::design::{Design, Edit, Expansion, SCHEDULE};
use crate::text::text;

const MACHINE_ROLE: &str = "NatScheduleRole";
const MACHINE_LOG: &str = "NatScheduleLogGroup";

pub(super) fn machine(design: &Design, gateways: &[Planned], to: &mut Expansion<'_>) {
    // Step Functions may only write to groups that its own resource policy names; this prefix keeps that policy short.
    let path = Value::sub("/aws/vendedlogs/states/${AWS::StackName}");
    log_group(to, MACHINE_LOG, "nat-schedule", Some(path));
    let (parts, name) = (parts(), Name::from(MACHINE));
    let allowed = statements(
        ProgramRole::Machine(design.schedule.calls),
        gateways,
        &parts,
        &name,
    );
    role(
        to,
        MACHINE_ROLE,
        "states.amazonaws.com",
        "nat-schedule",
        allowed,
    );
    let settings = design.schedule.settings();
    let tags = to.tags("nat-schedule");
    to.add(
        SCHEDULE,
        MACHINE,
        StateMachine {
            kind: Some("STANDARD".into()),
            role: Value::att(MACHINE_ROLE, "Arn"),
            definition: Some(definition(&settings, gateways)),
            substitutions: Value::Map(substitutions(settings.calls, gateways, &parts)),
            logging: Some(map([
                ("Level", "ALL".into()),
                ("IncludeExecutionData", true.into()),
                (
                    "Destinations",
                    list([map([(
                        "CloudWatchLogsLogGroup",
                        map([("LogGroupArn", Value::att(MACHINE_LOG, "Arn"))]),
                    )])]),
                ),
            ])),
            tracing: Some(map([("Enabled", true.into())])),
            tags,
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.nat-schedule",
        "A standard workflow: it may take as long as it needs, starts once for each start, and keeps its history. An express one ends after five minutes and may start twice.",
    ));
}

/// A run asks whether another one is still at work: a policy that names the machine stands behind it.
pub(super) fn holder(gateways: &[Planned], to: &mut Expansion<'_>) {
    let statements = statements(ProgramRole::Holder, gateways, &parts(), &MACHINE.into());
    to.add(
        SCHEDULE,
        HOLDER_POLICY,
        RolePolicy {
            name: "holder".into(),
            role: Value::reference(MACHINE_ROLE),
            document: map([
                ("Version", "2012-10-17".into()),
                ("Statement", Value::List(statements)),
            ]),
            rest: Vec::new(),
        },
    );
}

/// What CloudFormation deletes first, so that nothing is left behind in the middle of a window.
pub(super) fn teardown(design: &Design, to: &mut Expansion<'_>) {
    let node = to.add(
        SCHEDULE,
        TEARDOWN,
        CustomResource {
            function: Value::att(Program::TEARDOWN.node(), "Arn"),
            timeout: Some(Program::TEARDOWN.timeout_s + 60),
            rest: Vec::new(),
        },
    );
    node.after(HOLDER_POLICY).after(LEDGER).after(TOPIC);
    if design.schedule.calls == Calls::Functions {
        for program in ZONAL {
            node.after(&program.node());
        }
    }
    node.comment(text(
        "comment.teardown",
        "Gateways, addresses and routes of a window are no resources of this stack. When it is deleted, this closes the window first, and waits until all of them are gone.",
    ));
}
