//! The readme's third part: delete it, and look that nothing is left. What is the same in both shells stands once.

use super::account::is_locked;
use super::destroy::is_kept_table;
use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use crate::aws::{
    BackupVault, Bucket, CacheGroup, DbCluster, DbInstance, ElasticIp, Kind, LogGroup, NatGateway,
    Region, Value, lookup,
};
use crate::text::{Lang, Text, text};
use crate::topology::{Keep, Stack, Topology, temporaries};

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
        if self.has(is_kept_table) {
            page.say(text(
                "readme.delete.table",
                "It leaves the table of orders, too, under deletion protection. Where you want the orders no more, in each Region that has the table:",
            ));
            page.code(
                Shell::Bash,
                "aws dynamodb update-table --no-deletion-protection-enabled --region REGION --table-name NAME\naws dynamodb delete-table --region REGION --table-name NAME",
            );
        }
        let checks = self.checks();
        page.say(
            text(
                "readme.delete.check",
                "To check that nothing is left and nothing costs any more: each of these commands, the same in both shells, should answer with an empty list: {kinds}, then whatever else has the tag. Exchange the prefix if you gave one of your own. Look at Billing, Bills in the console a day later, too.",
            )
            .with("kinds", kinds(&checks, page.lang)),
        );
        let commands: Vec<String> = checks.into_iter().map(|(_, command)| command).collect();
        page.code(Shell::Bash, &commands.join("\n"));
        page.say(text(
            "readme.delete.tags",
            "Deleted resources can stay in the answer about tags for some hours.",
        ));
    }

    /// What the script empties.
    fn buckets(&self, page: &mut Page) {
        let names = self.bundle.topology.all::<Bucket>();
        let (locked, emptied): (Vec<_>, Vec<_>) = names.partition(|(_, it)| is_locked(it));
        for (name, _) in locked {
            self.locked(page, name);
        }
        let names: Vec<String> = emptied.iter().map(|it| format!("`{}`", it.0)).collect();
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
        self.has(|it| {
            let is_database =
                DbInstance::of(&it.resource).is_some() || DbCluster::of(&it.resource).is_some();
            is_database && it.keep == Some(Keep::Snapshot)
        })
    }

    fn keeps_cache(&self) -> bool {
        self.has(|it| CacheGroup::of(&it.resource).is_some() && it.keep == Some(Keep::Snapshot))
    }

    /// Commands that find what costs or stays, each with the kind of thing that it lists; the last one asks for all kinds.
    fn checks(&self) -> Vec<(Option<Text>, String)> {
        let regions = self.plan.regions.iter();
        let regions = regions.filter_map(|it| Region::from_code(it));
        regions
            .flat_map(|region| {
                let asked = self.checks_in(region).into_iter();
                asked.map(move |(kind, what)| {
                    (kind, format!("aws {what} --output text --region {region}"))
                })
            })
            .collect()
    }

    fn checks_in(&self, region: Region) -> Vec<(Option<Text>, String)> {
        let prefix = self.bundle.blueprint;
        let mut asked = vec![(
            Some(STACKS),
            format!(
                "cloudformation describe-stacks --query \"Stacks[?starts_with(StackName, '{prefix}-')].[StackName,StackStatus]\""
            ),
        )];
        asked.extend(self.gateways(region));
        asked.extend(self.stores());
        asked.push((
            None,
            format!(
                "resourcegroupstaggingapi get-resources --tag-filters Key=project,Values={prefix} --query \"ResourceTagMappingList[].ResourceARN\""
            ),
        ));
        asked
    }

    /// Gateways and addresses: those of the templates, and those that a state machine makes, which have its stack's tag
    /// alone.
    fn gateways(&self, region: Region) -> Vec<(Option<Text>, String)> {
        let prefix = self.bundle.blueprint;
        let tagged = format!("Name=tag:project,Values={prefix}");
        let machines = machines(self.bundle.topology).into_iter();
        let made = machines.filter(|it| it.region == region);
        let made = made.map(|it| {
            format!(
                "Name=tag:azimuth:stack,Values={prefix}-{name}",
                name = it.name
            )
        });
        let made: Vec<String> = made.collect();
        let own = |is_there: bool| is_there.then(|| tagged.clone()).into_iter();
        let has_gateways = self.has(|it| NatGateway::of(&it.resource).is_some());
        let has_addresses = self.has(|it| ElasticIp::of(&it.resource).is_some());
        let gateways = own(has_gateways).chain(made.iter().cloned()).map(|filter| {
            (
                Some(GATEWAYS),
                format!(
                    "ec2 describe-nat-gateways --filter {filter} Name=state,Values=pending,available,deleting --query \"NatGateways[].NatGatewayId\""
                ),
            )
        });
        let addresses = own(has_addresses)
            .chain(made.iter().cloned())
            .map(|filter| {
                (
                    Some(ADDRESSES),
                    format!(
                        "ec2 describe-addresses --filters {filter} --query \"Addresses[].PublicIp\""
                    ),
                )
            });
        gateways.chain(addresses).collect()
    }

    /// What holds data.
    fn stores(&self) -> Vec<(Option<Text>, String)> {
        let prefix = self.bundle.blueprint;
        let mut asked = Vec::new();
        let has_database = self.has(|it| DbInstance::of(&it.resource).is_some());
        if has_database {
            let starts = format!("starts_with(DBInstanceIdentifier, '{prefix}-')");
            asked.push((
                Some(DATABASES),
                format!("rds describe-db-instances --query \"DBInstances[?{starts}].DBInstanceIdentifier\""),
            ));
            asked.push((
                Some(SNAPSHOTS),
                format!("rds describe-db-snapshots --snapshot-type manual --query \"DBSnapshots[?{starts}].DBSnapshotIdentifier\""),
            ));
        }
        if self.has(|it| DbCluster::of(&it.resource).is_some()) {
            let starts = format!("starts_with(DBClusterIdentifier, '{prefix}-')");
            asked.push((
                Some(DATABASES),
                format!(
                    "rds describe-db-clusters --query \"DBClusters[?{starts}].DBClusterIdentifier\""
                ),
            ));
            asked.push((
                Some(SNAPSHOTS),
                format!("rds describe-db-cluster-snapshots --snapshot-type manual --query \"DBClusterSnapshots[?{starts}].DBClusterSnapshotIdentifier\""),
            ));
        }
        if self.has(|it| CacheGroup::of(&it.resource).is_some()) {
            asked.push((
                Some(CACHE_SNAPSHOTS),
                format!("elasticache describe-snapshots --snapshot-source user --query \"Snapshots[?starts_with(SnapshotName, '{prefix}-')].SnapshotName\""),
            ));
        }
        if self.has(|it| BackupVault::of(&it.resource).is_some()) {
            asked.push((
                Some(VAULTS),
                format!("backup list-backup-vaults --query \"BackupVaultList[?starts_with(BackupVaultName, '{prefix}-')].BackupVaultName\""),
            ));
        }
        if self.has(|it| Bucket::of(&it.resource).is_some()) {
            let mut which = format!("starts_with(Name, '{prefix}-')");
            for name in self.own_names() {
                which += &format!(" || Name == '{name}'");
            }
            asked.push((
                Some(BUCKETS),
                format!("s3api list-buckets --query \"Buckets[?{which}].Name\""),
            ));
        }
        if has_database || self.has(|it| LogGroup::of(&it.resource).is_some()) {
            asked.push((
                Some(LOG_GROUPS),
                format!("logs describe-log-groups --query \"logGroups[?contains(logGroupName, '{prefix}-')].logGroupName\""),
            ));
        }
        asked
    }
}

const STACKS: Text = text("readme.left.stacks", "stacks");
const GATEWAYS: Text = text("readme.left.gateways", "NAT gateways");
const ADDRESSES: Text = text("readme.left.addresses", "addresses");
const DATABASES: Text = text("readme.left.databases", "databases");
const SNAPSHOTS: Text = text("readme.left.snapshots", "snapshots");
const CACHE_SNAPSHOTS: Text = text("readme.left.cache-snapshots", "snapshots of the cache");
const VAULTS: Text = text("readme.left.vaults", "backup vaults");
const BUCKETS: Text = text("readme.left.buckets", "buckets");
const LOG_GROUPS: Text = text("readme.left.log-groups", "log groups");

/// What the commands list, each kind once, as a sentence has it.
fn kinds(checks: &[(Option<Text>, String)], lang: Lang) -> String {
    let mut named: Vec<&str> = Vec::new();
    for (kind, _) in checks {
        let Some(kind) = kind.map(|it| it.render(lang)) else {
            continue;
        };
        if !named.contains(&kind) {
            named.push(kind);
        }
    }
    named.join(text("readme.left.and", ", ").render(lang))
}

/// The stacks whose state machines make NAT gateways, each once.
pub(super) fn machines(topology: &Topology) -> Vec<&Stack> {
    let mut places: Vec<usize> = temporaries(topology)
        .iter()
        .filter_map(|it| Some(topology.node(&it.machine)?.stack))
        .collect();
    places.sort_unstable();
    places.dedup();
    let stacks = places.into_iter();
    stacks
        .filter_map(|place| topology.stacks.get(place))
        .collect()
}
