//! The readme's third part: delete it, and look that nothing is left. What is the same in both shells stands once.

use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use crate::aws::{
    BackupVault, Bucket, CacheGroup, DbInstance, ElasticIp, Kind, LogGroup, NatGateway, Region,
    Value, lookup,
};
use crate::text::text;
use crate::topology::Keep;

impl Readme<'_> {
    pub(super) fn delete(&self, page: &mut Page) {
        page.title(text("readme.delete", "Delete everything"));
        for shell in Shell::ALL {
            page.code(shell, &format!("./{}", shell.destroy_file()));
        }
        page.say(text(
            "readme.delete.what",
            "It deletes the stacks in the reverse order, those too that an earlier design has left under this prefix, and switches off the database's deletion protection if it is on. What does not go at once it tries again, and in the end it says what still stands and why. Give it the same prefix as the deploy script.",
        ));
        self.buckets(page);
        if self.keeps_snapshots() {
            page.say(text(
                "readme.delete.left",
                "What it leaves, because it may hold data that you want: the final snapshot of the database. The script prints its name and the command that deletes it.",
            ));
        }
        if self.keeps_cache() {
            page.say(text(
                "readme.delete.cache",
                "It leaves the final snapshot of the cache, too, which the script does not list: Console, ElastiCache, Backups.",
            ));
        }
        page.say(text(
            "readme.delete.check",
            "To check that nothing is left and nothing costs any more: each of these commands, the same in both shells, should answer with an empty list: stacks, gateways, addresses, databases, snapshots, buckets, log groups, then whatever else has the tag. Exchange the prefix if you gave one of your own. Look at Billing, Bills in the console a day later, too.",
        ));
        page.code(Shell::Bash, &self.checks().join("\n"));
        page.say(text(
            "readme.delete.tags",
            "Deleted resources can stay in the answer about tags for some hours.",
        ));
    }

    /// What the script empties.
    fn buckets(&self, page: &mut Page) {
        let names = self.bundle.topology.all::<Bucket>();
        let names: Vec<String> = names.map(|(name, _)| format!("`{name}`")).collect();
        if names.is_empty() {
            return;
        }
        page.say(
            text(
                "readme.delete.buckets",
                "It empties and deletes every bucket of the design, whatever somebody has put there: {buckets}.",
            )
            .with("buckets", names.join(", ")),
        );
    }

    /// Names of buckets that do not begin with their stack's, where the design says them.
    fn own_names(&self) -> Vec<String> {
        let topology = self.bundle.topology;
        let names = topology.all::<Bucket>().filter_map(|(node, bucket)| {
            let stack = topology.stacks.get(topology.node(node)?.stack)?;
            let name = match lookup(&bucket.rest, "BucketName")? {
                Value::Ref(name) => {
                    let parameter = stack.parameters.iter().find(|it| it.name == *name)?;
                    parameter.default.as_deref()?
                }
                name => name.as_str()?,
            };
            // Whatever else a link brings would be no name, but might be a command.
            let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-');
            name.chars().all(is_name).then(|| name.to_owned())
        });
        names.collect()
    }

    fn keeps_snapshots(&self) -> bool {
        self.has(|it| DbInstance::of(&it.resource).is_some() && it.keep == Some(Keep::Snapshot))
    }

    fn keeps_cache(&self) -> bool {
        self.has(|it| CacheGroup::of(&it.resource).is_some() && it.keep == Some(Keep::Snapshot))
    }

    /// Commands that find what costs or stays.
    fn checks(&self) -> Vec<String> {
        let prefix = self.bundle.blueprint;
        let mut commands = Vec::new();
        for region in self
            .plan
            .regions
            .iter()
            .filter_map(|it| Region::from_code(it))
        {
            let mut ask =
                |what: &str| commands.push(format!("aws {what} --output text --region {region}"));
            let tagged = format!("Name=tag:project,Values={prefix}");
            ask(&format!(
                "cloudformation describe-stacks --query \"Stacks[?starts_with(StackName, '{prefix}-')].[StackName,StackStatus]\""
            ));
            if self.has(|it| NatGateway::of(&it.resource).is_some()) {
                ask(&format!(
                    "ec2 describe-nat-gateways --filter {tagged} Name=state,Values=pending,available --query \"NatGateways[].NatGatewayId\""
                ));
            }
            if self.has(|it| ElasticIp::of(&it.resource).is_some()) {
                ask(&format!(
                    "ec2 describe-addresses --filters {tagged} --query \"Addresses[].PublicIp\""
                ));
            }
            if self.has(|it| DbInstance::of(&it.resource).is_some()) {
                let starts = format!("starts_with(DBInstanceIdentifier, '{prefix}-')");
                ask(&format!(
                    "rds describe-db-instances --query \"DBInstances[?{starts}].DBInstanceIdentifier\""
                ));
                ask(&format!(
                    "rds describe-db-snapshots --snapshot-type manual --query \"DBSnapshots[?{starts}].DBSnapshotIdentifier\""
                ));
            }
            if self.has(|it| CacheGroup::of(&it.resource).is_some()) {
                ask(&format!(
                    "elasticache describe-snapshots --snapshot-source user --query \"Snapshots[?starts_with(SnapshotName, '{prefix}-')].SnapshotName\""
                ));
            }
            if self.has(|it| BackupVault::of(&it.resource).is_some()) {
                ask(&format!(
                    "backup list-backup-vaults --query \"BackupVaultList[?starts_with(BackupVaultName, '{prefix}-')].BackupVaultName\""
                ));
            }
            if self.has(|it| Bucket::of(&it.resource).is_some()) {
                let mut which = format!("starts_with(Name, '{prefix}-')");
                for name in self.own_names() {
                    which += &format!(" || Name == '{name}'");
                }
                ask(&format!(
                    "s3api list-buckets --query \"Buckets[?{which}].Name\""
                ));
            }
            if self.has(|it| {
                DbInstance::of(&it.resource).is_some() || LogGroup::of(&it.resource).is_some()
            }) {
                ask(&format!(
                    "logs describe-log-groups --query \"logGroups[?contains(logGroupName, '{prefix}-')].logGroupName\""
                ));
            }
            ask(&format!(
                "resourcegroupstaggingapi get-resources --tag-filters Key=project,Values={prefix} --query \"ResourceTagMappingList[].ResourceARN\""
            ));
        }
        commands
    }
}
