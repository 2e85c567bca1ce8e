//! `destroy.sh`: every stack in the reverse order, then what outlives them.

use super::script::{Script, fill};
use super::wiring::handle;
use crate::aws::{Bucket, DbInstance, Kind};
use crate::text::text;
use crate::topology::{Keep, Node};

impl Script<'_> {
    pub fn destroy(&self) -> String {
        let mut marks = self.common(text(
            "destroy.about",
            "Deletes all stacks in the reverse order, then the log bucket with everything in it. It can be run again at any time.",
        ));
        marks.extend([
            ("UNPROTECT", self.unprotect()),
            ("STACKS", self.delete_stacks()),
            ("CLEAN", self.clean()),
            ("REMAINING", self.remaining()),
        ]);
        marks.extend(self.destroy_words());
        fill(include_str!("destroy.sh"), &marks)
    }

    fn destroy_words(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.quoted([
            (
                "START",
                text("destroy.start", "Deleting every stack of {prefix} in account {account}, its logs included.")
                    .with("prefix", "${PREFIX}")
                    .with("account", "${account}"),
            ),
            (
                "CONFIRM",
                text("destroy.confirm", "Type {prefix} to go on:").with("prefix", "${PREFIX}"),
            ),
            ("STOPPED", text("destroy.stopped", "Nothing was deleted.").into()),
            (
                "UNPROTECTING",
                text("destroy.unprotecting", "Switching off the deletion protection of {database}")
                    .with("database", "$2"),
            ),
            (
                "DELETING",
                text("destroy.stack", "Deleting stack {stack}").with("stack", "${PREFIX}-$2"),
            ),
            (
                "FAILED",
                text("destroy.failed", "Stack {stack} was not deleted. Its events in the CloudFormation console say why; run this script again afterwards.")
                    .with("stack", "${PREFIX}-$2"),
            ),
            (
                "EMPTYING",
                text("destroy.emptying", "Emptying and deleting bucket {bucket}").with("bucket", "$2"),
            ),
            (
                "SNAPSHOTS",
                text("destroy.snapshots", "Final snapshots of the database. They are billed until you delete each with: {command}")
                    .with("command", "aws rds delete-db-snapshot --region $1 --db-snapshot-identifier NAME"),
            ),
            (
                "TAGGED",
                text("destroy.tagged", "Everything in {region} that still has the tag project={prefix}. Deleted resources can stay in this list for some hours.")
                    .with("region", "$1")
                    .with("prefix", "${PREFIX}"),
            ),
            ("DONE", text("destroy.done", "All stacks are deleted.").into()),
        ])
    }

    fn databases(&self) -> impl Iterator<Item = (&Node, &str, &str)> {
        self.placed(|node| DbInstance::of(&node.resource).is_some())
    }

    fn kept_buckets(&self) -> impl Iterator<Item = (&Node, &str, &str)> {
        self.placed(|node| Bucket::of(&node.resource).is_some() && node.keep == Some(Keep::Retain))
    }

    /// What would keep a stack from being deleted.
    fn unprotect(&self) -> String {
        let mut lines = String::new();
        for (node, region, stack) in self.databases() {
            let output = handle(&node.name, node.resource.ref_word());
            lines.push_str(&format!(
                "database=$(output {region} {stack} {output})\n[ -z \"$database\" ] || unprotect {region} \"$database\"\n"
            ));
        }
        lines
    }

    fn delete_stacks(&self) -> String {
        let stacks = self.plan.stacks.iter().rev();
        stacks
            .map(|it| format!("delete {} {}\n", it.region, it.name))
            .collect()
    }

    /// What outlives the stacks and is worth nothing without them.
    fn clean(&self) -> String {
        let mut lines = String::new();
        for (node, region, stack) in self.kept_buckets() {
            let name = physical(&node.name);
            lines.push_str(&format!(
                "found=$(buckets {stack} {name})\nfor bucket in $found; do\n  empty_and_delete {region} \"$bucket\"\ndone\n"
            ));
        }
        for (node, region, stack) in self.databases() {
            let name = physical(&node.name);
            lines.push_str(&format!("forget_logs {region} {stack} {name}\n"));
        }
        lines
    }

    /// What a person should look at in the end.
    fn remaining(&self) -> String {
        let mut lines = String::new();
        for (node, region, stack) in self.databases() {
            let name = physical(&node.name);
            if node.keep == Some(Keep::Snapshot) {
                lines.push_str(&format!("snapshots {region} {stack} {name}\n"));
            }
        }
        for region in &self.plan.regions {
            lines.push_str(&format!("remaining {region}\n"));
        }
        lines
    }
}

/// How the physical name of a resource goes on behind its stack's. A logical id from somebody's link is no shell word until
/// everything but letters and digits is gone.
fn physical(name: &str) -> String {
    let word = name.chars().filter(char::is_ascii_alphanumeric);
    word.map(|it| it.to_ascii_lowercase()).collect()
}
