//! The readme's part about what comes and goes by the clock: open and close a window by hand, look at the run, and disturb it.

use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::wiring::handle;
use crate::aws::{Describe, Kind, Schedule, StateMachine, Table, Value, lookup};
use crate::text::text;
use crate::topology::temporaries;

impl Readme<'_> {
    pub(super) fn clock(&self, page: &mut Page) {
        let topology = self.bundle.topology;
        if temporaries(topology).is_empty() {
            return;
        }
        let machines = self.found(|node| {
            StateMachine::of(&node.resource)?;
            Some(handle(&node.name, StateMachine::REF))
        });
        let Some(machine) = machines.first() else {
            return;
        };
        let region = machine.stack.region;
        page.title(text("readme.clock", "Open and close the NAT gateway"));
        page.say(text(
            "readme.clock.what",
            "No stack has a NAT gateway: a state machine makes it when a window opens, and takes it away when the window closes. Whoever subscribed to the topic is told of every run; confirm the subscription by the link in AWS's first e-mail. These are the schedules:",
        ));
        self.times(page);
        page.say(text(
            "readme.clock.by-hand",
            "A run can be started by hand at any time. Watch it in the console (Step Functions, State machines, Executions): the graph shows where it is.",
        ));
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "machine", machine);
            lines += &start(shell, "open", &region.to_string());
            lines += &format!("{}\n", standing(&region.to_string(), machine.stack.name));
            page.code(shell, &lines);
        }
        page.say(text(
            "readme.clock.close",
            "The last command lists what stands; some two minutes later it says `available`. Close the window the same way, with `close` in the place of `open`, and look again until it says `deleted`.",
        ));
        page.say(text(
            "readme.clock.disturb",
            "Then disturb it, in the shell of the commands above: start a closing right behind an opening, and it waits for its turn; start the same opening twice, and the second does nothing; delete the route by hand while the window is open, and the closing does not mind. Delete the stack in the middle of a window, and it closes the window first.",
        ));
        self.changes(page);
        self.ledger(page, &region.to_string());
    }

    /// The schedules as they stand in the template, each with what it calls.
    fn times(&self, page: &mut Page) {
        let all = self.bundle.topology.all::<Schedule>();
        let lines: Vec<_> = all
            .filter_map(|(name, it)| {
                let node = it.called().map(|it| it.as_str());
                let words = text("readme.clock.time", "{name}: {when}; calls {target}")
                    .with("name", format!("`{name}`"))
                    .with("when", when(it))
                    .with("target", format!("`{}`", node.or_else(|| direct(it))?));
                Some(words)
            })
            .collect();
        page.list(lines);
    }

    /// What to mind before the design is deployed again.
    fn changes(&self, page: &mut Page) {
        page.say(text(
            "readme.clock.change",
            "Close the window before you deploy another choice of gateways, of the kept address or of the way out of the private subnets: a run closes only what its own definition knows.",
        ));
        let schedules = self.bundle.topology.all::<Schedule>();
        let calls: Vec<&str> = schedules.filter_map(|(_, it)| direct(it)).collect();
        if calls.is_empty() {
            return;
        }
        let stops = calls.iter().any(|it| it.starts_with("rds:"));
        page.say(if stops {
            text(
                "readme.clock.rest.database",
                "Instances and database rest outside of the windows: deploy and change this design inside of one. CloudFormation cannot change a database that is stopped, and what is deployed outside of a window stays awake until the next one closes.",
            )
        } else {
            text(
                "readme.clock.rest",
                "The instances rest outside of the windows: deploy and change this design inside of one. What is deployed outside of a window stays awake until the next one closes.",
            )
        });
    }

    /// Whose turn it is, for who wonders why a run waits.
    fn ledger(&self, page: &mut Page, region: &str) {
        let tables = self.found(|node| {
            Table::of(&node.resource)?;
            Some(handle(&node.name, Table::REF))
        });
        let Some(table) = tables.first() else {
            return;
        };
        page.say(text(
            "readme.clock.ledger",
            "Whose turn it is, and what was asked for last, stands in the ledger. A run that somebody stopped never gives its turn back: the next one sees that it is dead, and goes on.",
        ));
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "ledger", table);
            lines += &format!(
                "aws dynamodb scan --region {region} --table-name \"$ledger\" --output json"
            );
            page.code(shell, &lines);
        }
    }
}

/// `cron(0 1 ? * SAT *)`, UTC. A rate has no time zone: it counts from the moment at which its schedule is made.
fn when(schedule: &Schedule) -> String {
    let expression = schedule.expression.as_str().unwrap_or_default();
    if expression.starts_with("rate(") {
        return format!("`{expression}`");
    }
    let zone = schedule.timezone.as_ref().and_then(Value::as_str);
    format!("`{expression}`, {}", zone.unwrap_or("UTC"))
}

/// The call that EventBridge Scheduler makes by itself, as `rds:startDBInstance` (EventBridge Scheduler user guide,
/// universal targets).
fn direct(schedule: &Schedule) -> Option<&str> {
    let Value::Fn(_, arn) = lookup(schedule.target.as_map()?, "Arn")? else {
        return None;
    };
    let (_, call) = arn.as_str()?.split_once(":aws-sdk:")?;
    Some(call)
}

/// Starts a run for the present time. The input goes through a file: PowerShell takes quotes out of arguments.
fn start(shell: Shell, action: &str, region: &str) -> String {
    let input = match shell {
        Shell::Bash => format!(
            "printf '{{\"action\":\"{action}\",\"scheduled\":\"%s\"}}' \"$(date -u +%Y-%m-%dT%H:%M:%SZ)\" > input.json"
        ),
        Shell::PowerShell => format!(
            "$now = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture)\n\
             Set-Content -Encoding ascii input.json ('{{\"action\":\"{action}\",\"scheduled\":\"' + $now + '\"}}')"
        ),
    };
    format!(
        "{input}\naws stepfunctions start-execution --region {region} --state-machine-arn \"$machine\" --input file://input.json\n"
    )
}

fn standing(region: &str, stack: &str) -> String {
    format!(
        "aws ec2 describe-nat-gateways --region {region} --filter \"Name=tag:azimuth:stack,Values=$prefix-{stack}\" --query 'NatGateways[].[NatGatewayId,State,SubnetId]' --output table"
    )
}
