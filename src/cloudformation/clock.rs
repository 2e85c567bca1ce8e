//! The readme's part about what comes and goes by the clock: open and close a window by hand, look at the run, and disturb it.

use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::wiring::handle;
use crate::aws::{Describe, Kind, Schedule, StateMachine, Table, Value};
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
            "No NAT gateway stands now: the schedules below start the state machine, which makes one and takes it away again. Whoever subscribed to the topic is told of every run; confirm the subscription by the link in AWS's first e-mail.",
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
        self.ledger(page, &region.to_string());
    }

    /// The schedules as they stand in the template.
    fn times(&self, page: &mut Page) {
        let all = self.bundle.topology.all::<Schedule>();
        let lines = all.map(|(name, it)| {
            let zone = it
                .timezone
                .as_ref()
                .and_then(Value::as_str)
                .unwrap_or("UTC");
            let expression = it.expression.as_str().unwrap_or_default();
            text("readme.clock.time", "{name}: {expression}, {zone}")
                .with("name", format!("`{name}`"))
                .with("expression", format!("`{expression}`"))
                .with("zone", zone)
        });
        let lines: Vec<_> = lines.collect();
        page.list(lines);
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

/// Starts a run for the present time. The input goes through a file: PowerShell takes quotes out of arguments.
fn start(shell: Shell, action: &str, region: &str) -> String {
    let input = match shell {
        Shell::Bash => format!(
            "printf '{{\"action\":\"{action}\",\"scheduled\":\"%s\"}}' \"$(date -u +%Y-%m-%dT%H:%M:%SZ)\" > input.json"
        ),
        Shell::PowerShell => format!(
            "$now = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')\n\
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
