//! `destroy.sh` and `destroy.ps1`: every stack in the reverse order, then what outlives them.

use super::leftovers::machines;
use super::script::{Script, fill, of_a_stack};
use super::shell::{Shell, Task};
use crate::aws::{DbInstance, Kind};
use crate::text::text;
use crate::topology::{Keep, Node};

impl Script<'_> {
    pub fn destroy(&self) -> String {
        let mut marks = self.common(text(
            "destroy.about",
            "Deletes all stacks in the reverse order, with their buckets and everything in them. It can be run again at any time.",
        ));
        marks.extend([
            ("LEFT", self.left(&marks)),
            ("STACKS", self.delete_stacks()),
            ("CLEAN", self.clean()),
            ("REMAINING", self.remaining()),
        ]);
        let option = match self.shell {
            Shell::Bash => "--yes",
            Shell::PowerShell => "-Yes",
        };
        let usage = format!("./{} [PREFIX] [{option}]", self.shell.destroy_file());
        let rows = [
            ("PREFIX", self.prefix_help()),
            (
                option,
                text("destroy.help.yes", "Delete without asking again").into(),
            ),
        ];
        marks.extend([("HELP", self.help(&usage, rows)), ("USAGE", usage)]);
        marks.extend(self.destroy_words());
        let program = match self.shell {
            Shell::Bash => include_str!("destroy.sh"),
            Shell::PowerShell => include_str!("destroy.ps1"),
        };
        self.shell.start().to_owned() + &fill(program, &marks)
    }

    fn destroy_words(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.quoted([
            (
                "START",
                text("destroy.start", "Deleting every stack of {prefix} in account {account}, with everything in their buckets.")
                    .with("prefix", "${PREFIX}")
                    .with("account", "${account}"),
            ),
            (
                "FORMER",
                of_a_stack(text("destroy.former", "Stack {stack} in {region} is of an earlier design under this prefix: it is deleted, too.")),
            ),
            (
                "CONFIRM",
                text("destroy.confirm", "Type {prefix} to go on:").with("prefix", "${PREFIX}"),
            ),
            ("STOPPED", text("destroy.stopped", "Nothing was deleted.").into()),
            (
                "STARTING",
                text("destroy.starting", "Starting {database}: a database that is stopped takes no change")
                    .with("database", "${database}"),
            ),
            (
                "UNPROTECTING",
                text("destroy.unprotecting", "Switching off the deletion protection of {database}")
                    .with("database", "${database}"),
            ),
            (
                "EMPTYING_VAULT",
                text("destroy.emptying-vault", "Deleting the recovery points in backup vault {vault}").with("vault", "${vault}"),
            ),
            (
                "DELETING",
                text("destroy.stack", "Deleting stack {stack}").with("stack", "${PREFIX}-${stack}"),
            ),
            ("UNKNOWN", self.unknown(self.shell.destroy_file())),
            (
                "AGAIN",
                text("destroy.again", "Stack {stack} is not gone yet: trying again in 30 seconds.")
                    .with("stack", "${PREFIX}-${stack}"),
            ),
            (
                "STANDING",
                text("destroy.standing", "What still stands of stack {stack}, and why:")
                    .with("stack", "${PREFIX}-${stack}"),
            ),
            (
                "FAILED",
                text("destroy.failed", "Stack {stack} was not deleted. Remove what keeps it, by hand where AWS will not, and run this script again: it goes on where it stopped.")
                    .with("stack", "${PREFIX}-${stack}"),
            ),
            (
                "EMPTYING",
                text("destroy.emptying", "Emptying bucket {bucket}").with("bucket", "${bucket}"),
            ),
            (
                "DELETING_BUCKET",
                text("destroy.bucket", "Deleting bucket {bucket}").with("bucket", "${bucket}"),
            ),
            (
                "SNAPSHOTS",
                text("destroy.snapshots", "Final snapshots of the database. They are billed until you delete each with: {command}")
                    .with("command", "aws rds delete-db-snapshot --region ${region} --db-snapshot-identifier NAME"),
            ),
            (
                "TEMPORARY",
                text("destroy.temporary", "NAT gateways and Elastic IPs in {region} that are left of the state machine of stack {stack}. What is not `deleting` costs: delete it by hand.")
                    .with("region", "${region}")
                    .with("stack", "${PREFIX}-${stack}"),
            ),
            (
                "TAGGED",
                text("destroy.tagged", "Everything in {region} that still has the tag project={prefix}. Deleted resources can stay in this list for some hours.")
                    .with("region", "${region}")
                    .with("prefix", "${PREFIX}"),
            ),
            ("DONE", text("destroy.done", "All stacks are deleted.").into()),
        ])
    }

    fn databases(&self) -> impl Iterator<Item = (&Node, &str, &str)> {
        self.placed(|node| DbInstance::of(&node.resource).is_some())
    }

    /// Every stack that a design can have, the last one first.
    fn delete_stacks(&self) -> String {
        let mut lines = String::new();
        for stack in self.topology.stacks.iter().rev() {
            lines += &self.shell.call(Task::DeleteLeft, &[stack.name]);
            for it in self.plan.stacks.iter().filter(|it| it.name == stack.name) {
                lines += &self.shell.call(Task::Delete, &[&it.region, &it.name]);
            }
        }
        lines
    }

    /// What outlives the stacks and is worth nothing without them.
    fn clean(&self) -> String {
        // A further Region holds copies of backups and no bucket; another deployment's may stand there.
        let home = self.plan.regions.first().into_iter();
        let buckets = home.map(|it| self.shell.call(Task::ClearBuckets, &[it]));
        let logs = self.databases().map(|(node, region, stack)| {
            let words = [region, stack, &physical(&node.name)];
            self.shell.call(Task::ForgetLogs, &words)
        });
        buckets.chain(logs).collect()
    }

    /// What a person should look at in the end.
    fn remaining(&self) -> String {
        let left = self
            .databases()
            .filter(|(node, ..)| node.keep == Some(Keep::Snapshot));
        let snapshots = left.map(|(node, region, stack)| {
            let words = [region, stack, &physical(&node.name)];
            self.shell.call(Task::Snapshots, &words)
        });
        let machines = machines(self.topology);
        let temporary = machines.iter().map(|stack| {
            let words = [stack.region.code(), stack.name];
            self.shell.call(Task::Temporary, &words)
        });
        let regions = self.plan.regions.iter();
        snapshots
            .chain(temporary)
            .chain(regions.map(|it| self.shell.call(Task::Remaining, &[it])))
            .collect()
    }
}

/// How the physical name of a resource goes on behind its stack's. A logical id from somebody's link is no shell word until
/// everything but letters and digits is gone.
fn physical(name: &str) -> String {
    let word = name.chars().filter(char::is_ascii_alphanumeric);
    word.map(|it| it.to_ascii_lowercase()).collect()
}
