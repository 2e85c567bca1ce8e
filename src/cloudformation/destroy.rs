//! `destroy.sh` and `destroy.ps1`: every stack in the reverse order, then what outlives them.

use super::leftovers::machines;
use super::script::{Script, fill, of_a_stack};
use super::shell::{Shell, Task};
use crate::aws::{DbCluster, DbInstance, GlobalTable, Kind, Table};
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
        marks.extend(self.undoing());
        marks.extend(self.destroy_words());
        let (program, cluster, call) = match self.shell {
            Shell::Bash => (
                include_str!("destroy.sh"),
                include_str!("cluster.sh"),
                "      'AWS::RDS::DBCluster '*) unprotect_cluster \"$1\" \"$id\" ;;\n",
            ),
            Shell::PowerShell => (
                include_str!("destroy.ps1"),
                include_str!("cluster.ps1"),
                "    if ($kind -ceq 'AWS::RDS::DBCluster') { Unprotect-Cluster $Region $id }\n",
            ),
        };
        let has_cluster = self.topology.all::<DbCluster>().next().is_some();
        let of_cluster = |it: &str| {
            if has_cluster {
                it.to_owned()
            } else {
                String::new()
            }
        };
        let cluster = fill(&of_cluster(cluster), &marks);
        marks.extend([("CLUSTER", cluster), ("CLUSTER_CALL", of_cluster(call))]);
        let table = match self.shell {
            Shell::Bash => include_str!("table.sh"),
            Shell::PowerShell => include_str!("table.ps1"),
        };
        let stays = self.placed(is_kept_table).next().is_some();
        let table = if stays {
            fill(table, &marks)
        } else {
            String::new()
        };
        marks.push(("TABLE", table));
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
                "CLUSTER_SNAPSHOTS",
                text("destroy.snapshots", "Final snapshots of the database. They are billed until you delete each with: {command}")
                    .with("command", "aws rds delete-db-cluster-snapshot --region ${region} --db-cluster-snapshot-identifier NAME"),
            ),
            (
                "TABLES",
                text("destroy.tables", "Tables that stay with their orders, under deletion protection. Each is billed until you delete it with: {unprotect}, then: {delete}")
                    .with("unprotect", "aws dynamodb update-table --no-deletion-protection-enabled --region ${region} --table-name NAME")
                    .with("delete", "aws dynamodb delete-table --region ${region} --table-name NAME"),
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

    /// What RDS keeps logs and snapshots of.
    fn databases(&self) -> impl Iterator<Item = (&Node, &str, &str)> {
        let members = self.placed(|node| {
            DbInstance::of(&node.resource).is_some() || DbCluster::of(&node.resource).is_some()
        });
        members.filter(|(node, ..)| {
            // A cluster's instances have both in its name.
            DbInstance::of(&node.resource).is_none_or(|it| !it.is_member())
        })
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
            let task = if DbCluster::of(&node.resource).is_some() {
                Task::ForgetClusterLogs
            } else {
                Task::ForgetLogs
            };
            self.shell.call(task, &words)
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
            let task = if DbCluster::of(&node.resource).is_some() {
                Task::ClusterSnapshots
            } else {
                Task::Snapshots
            };
            self.shell.call(task, &words)
        });
        let tables = self.placed(is_kept_table).map(|(node, region, stack)| {
            // CloudFormation keeps the case of a table's name.
            let name: String = node
                .name
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect();
            self.shell.call(Task::Tables, &[region, stack, &name])
        });
        let machines = machines(self.topology);
        let temporary = machines.iter().map(|stack| {
            let words = [stack.region.code(), stack.name];
            self.shell.call(Task::Temporary, &words)
        });
        let regions = self.plan.regions.iter();
        snapshots
            .chain(tables)
            .chain(temporary)
            .chain(regions.map(|it| self.shell.call(Task::Remaining, &[it])))
            .collect()
    }
}

/// A table that outlives its stack.
pub(super) fn is_kept_table(node: &Node) -> bool {
    let is_table = Table::of(&node.resource).is_some() || GlobalTable::of(&node.resource).is_some();
    is_table && node.keep == Some(Keep::Retain)
}

/// How the physical name of a resource goes on behind its stack's. A logical id from somebody's link is no shell word until
/// everything but letters and digits is gone.
fn physical(name: &str) -> String {
    let word = name.chars().filter(char::is_ascii_alphanumeric);
    word.map(|it| it.to_ascii_lowercase()).collect()
}
