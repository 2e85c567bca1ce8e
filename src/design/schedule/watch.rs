//! Alarms of a schedule: a run that fails, a start that was not delivered, a gateway that outlives its window.

use super::program::Program;
use super::{DEAD_LETTERS, MACHINE, TOLD};
use crate::aws::Value;
use crate::design::observability::{ABOVE, Watch, alarm};
use crate::design::{Design, Expansion};

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let watch = |name: &str, description, namespace, metric, dimension| Watch {
        name: name.to_owned(),
        description,
        namespace,
        metric,
        statistic: "Sum",
        comparison: ABOVE,
        threshold: 1,
        minutes: 1,
        dimensions: vec![dimension],
    };
    let machine = || ("StateMachineArn", Value::reference(MACHINE));
    let mut watches = vec![
        watch(
            "NatRunFailedAlarm",
            "A run of the NAT schedule failed, or could not clean up",
            "AWS/States",
            "ExecutionsFailed",
            machine(),
        ),
        watch(
            "NatRunTimedOutAlarm",
            "A run of the NAT schedule took longer than all its bounds",
            "AWS/States",
            "ExecutionsTimedOut",
            machine(),
        ),
        watch(
            "NatRunAbortedAlarm",
            "Somebody stopped a run of the NAT schedule: what it made may still be there",
            "AWS/States",
            "ExecutionsAborted",
            machine(),
        ),
        Watch {
            statistic: "Maximum",
            ..watch(
                "NatDeadLetterAlarm",
                "A start of the NAT schedule was not delivered",
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                ("QueueName", Value::att(DEAD_LETTERS, "QueueName")),
            )
        },
    ];
    if design.schedule.sweep.get() > 0 {
        let stack = || ("StackName", Value::reference("AWS::StackName"));
        watches.extend([
            watch(
                "NatOverdueAlarm",
                "A NAT gateway outlives its window",
                "ScheduledNat",
                "Overdue",
                stack(),
            ),
            watch(
                "NatStraysAlarm",
                "A NAT gateway or an address was left behind; the sweeper takes it away",
                "ScheduledNat",
                "Strays",
                stack(),
            ),
            watch(
                "NatSweeperErrorAlarm",
                "The sweeper itself fails: nobody looks for what was left behind",
                "AWS/Lambda",
                "Errors",
                ("FunctionName", Value::reference(Program::SWEEPER.node())),
            ),
        ]);
    }
    for it in watches {
        alarm(it, &TOLD, to);
    }
}
