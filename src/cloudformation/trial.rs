//! The readme's second half: see it work, break it for real, delete it and look that nothing is left. Every command stands
//! there for both shells; what is the same in both stands once.

use super::outputs::address;
use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::wiring::handle;
use crate::aws::{
    AutoScalingGroup, BackupVault, Bucket, CacheGroup, DbInstance, DbProxy, Distribution,
    ElasticIp, Kind, Listener, LogGroup, NatGateway, RecordSet, Region, Role, Value,
};
use crate::design::SESSION_POLICY;
use crate::text::text;
use crate::topology::{Keep, Node, Stack};

/// An output that a person looks up: of which node, in which stack, under which name.
pub(super) struct Found<'a> {
    pub stack: &'a Stack,
    output: String,
}

impl Readme<'_> {
    pub(super) fn found(&self, output: impl Fn(&Node) -> Option<String>) -> Vec<Found<'_>> {
        let topology = self.bundle.topology;
        let nodes = topology.nodes().iter();
        nodes
            .filter_map(|node| {
                let stack = topology.stacks.get(node.stack)?;
                output(node).map(|output| Found { stack, output })
            })
            .collect()
    }

    fn addresses(&self) -> Vec<Found<'_>> {
        self.found(|node| address(self.bundle.topology, node).map(|it| it.name.to_string()))
    }

    /// Lines that keep an output in a variable.
    pub(super) fn look_up(&self, shell: Shell, variable: &str, found: &Found<'_>) -> String {
        let Found { stack, output } = found;
        let command = format!(
            "aws cloudformation describe-stacks --region {} --stack-name \"$prefix-{}\"",
            stack.region, stack.name
        );
        let options = format!(
            "--query \"Stacks[0].Outputs[?OutputKey=='{output}'].OutputValue\" --output text"
        );
        shell.keep(variable, &command, &options)
    }

    pub(super) fn see(&self, page: &mut Page) {
        let addresses = self.addresses();
        let Some(first) = addresses.first() else {
            return;
        };
        let names = addresses.iter().map(|it| format!("`{}`", it.output));
        page.title(text("readme.see", "See it work"));
        page.steps([
            text(
                "readme.see.open",
                "Open the address that the deploy script printed (output {output}). Reload several times: the page says which zone and which instance answer, whether the database does, and which public address the internet sees.",
            )
            .with("output", names.collect::<Vec<_>>().join(", ")),
            text(
                "readme.see.targets",
                "Console, EC2, Target groups, Targets: one healthy line for each instance, spread over the zones.",
            )
            .into(),
            text(
                "readme.see.dashboard",
                "Console, CloudWatch, Dashboards and Alarms: requests, healthy hosts, CPU and the database in one view.",
            )
            .into(),
        ]);
        self.certificate(page, first);
        self.way_out(page);
        page.say(text(
            "readme.see.watch",
            "From a second window, one answer a second; keep it running while you break things:",
        ));
        for shell in Shell::ALL {
            let lines =
                shell.set("prefix", self.bundle.blueprint) + &self.look_up(shell, "url", first);
            // A certificate is of another name than the load balancer's.
            let watch = match shell {
                Shell::Bash => {
                    "while sleep 1; do date +%T; curl --silent --insecure --max-time 2 \"$url\"; done"
                }
                Shell::PowerShell => {
                    "while ($true) { Get-Date -Format T; curl.exe --silent --insecure --max-time 2 $url; Start-Sleep 1 }"
                }
            };
            page.code(shell, &(lines + watch));
        }
    }

    /// What a browser says of a certificate while its name does not lead here.
    fn certificate(&self, page: &mut Page, address: &Found<'_>) {
        let is_secure = self.has(|it| {
            Listener::of(&it.resource).is_some_and(|listener| listener.protocol == "HTTPS")
        });
        let is_named = self.has(|it| RecordSet::of(&it.resource).is_some());
        if !is_secure || is_named || self.has(|it| Distribution::of(&it.resource).is_some()) {
            return;
        }
        page.say(
            text(
                "readme.see.certificate",
                "A browser warns of this address, because the certificate is for your own name: go on all the same, or let the name lead here. In Route 53, make an alias record of type A whose target is this load balancer; with any other DNS, a CNAME record to the host in output {output}. The warning is gone under that name.",
            )
            .with("output", format!("`{}`", address.output)),
        );
    }

    /// How a class sees that instances reach the internet, and from which address.
    fn way_out(&self, page: &mut Page) {
        if !self.has(|it| AutoScalingGroup::of(&it.resource).is_some()) {
            return;
        }
        let says = if self.has(|it| NatGateway::of(&it.resource).is_some()) {
            text(
                "readme.see.way-out",
                "The way out: each instance asks checkip.amazonaws.com every 30 seconds which address the internet sees. That is the one of the NAT gateway that its route leads to, and never the instance's own; when the gateway is lost, the page says that the internet does not answer.",
            )
        } else {
            text(
                "readme.see.no-way-out",
                "No way out: the instances have none to the internet, so the page says that the internet does not answer. That is how this design is meant; the page itself does not need it.",
            )
        };
        page.say(says);
        let has_shell = self.has(|it| {
            Role::of(&it.resource).is_some_and(|role| {
                let mut policies = role.managed_policies.iter();
                policies.any(|it| matches!(it, Value::Fn(_, text) if text.as_str().is_some_and(|it| it.ends_with(SESSION_POLICY))))
            })
        });
        if has_shell {
            page.say(
                text(
                    "readme.see.shell",
                    "The same from a shell on an instance (Console, EC2, Instances, Connect, Session Manager): {command}",
                )
                .with("command", "`curl --max-time 3 https://checkip.amazonaws.com`"),
            );
        }
    }

    pub(super) fn lose_an_instance(&self, page: &mut Page) {
        let groups = self.found(|node| {
            AutoScalingGroup::of(&node.resource)?;
            Some(handle(&node.name, node.resource.ref_word()))
        });
        let Some(group) = groups.first() else {
            return;
        };
        let region = group.stack.region;
        page.title(text("readme.instance", "Lose an instance for real"));
        page.say(text(
            "readme.instance.what",
            "One instance goes as if it had failed. The page goes on answering from the other ones, and the group starts a new one: its activities say when.",
        ));
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "group", group);
            lines += &shell.keep(
                "instance",
                &format!("aws autoscaling describe-auto-scaling-groups --region {region} --auto-scaling-group-names \"$group\""),
                "--query 'AutoScalingGroups[0].Instances[0].InstanceId' --output text",
            );
            lines += &format!(
                "aws ec2 terminate-instances --region {region} --instance-ids \"$instance\"\n\
                 aws autoscaling describe-scaling-activities --region {region} --auto-scaling-group-name \"$group\" --max-items 5"
            );
            page.code(shell, &lines);
        }
    }

    pub(super) fn fail_over(&self, page: &mut Page) {
        let standbys = self.found(|node| {
            DbInstance::of(&node.resource).filter(|it| it.multi_az)?;
            Some(handle(&node.name, node.resource.ref_word()))
        });
        let Some(database) = standbys.first() else {
            return;
        };
        let region = database.stack.region;
        page.title(text("readme.failover", "Fail over the database for real"));
        let proxied = self.has(|it| DbProxy::of(&it.resource).is_some());
        page.say(if proxied {
            text(
                "readme.failover.proxy",
                "This makes the standby the primary, as the loss of the primary's zone would. The page goes on saying that the proxy answers: RDS Proxy keeps the connections and holds statements back until the new primary takes them. No committed data is lost.",
            )
        } else { text(
            "readme.failover.what",
            "This makes the standby the primary, as the loss of the primary's zone would. Keep the page open and reload it: for 60 to 120 seconds it says that the database does not answer. The DNS name stays the same and no committed data is lost.",
        ) });
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "database", database);
            lines += &format!(
                "aws rds reboot-db-instance --region {region} --db-instance-identifier \"$database\" --force-failover\n\
                 aws rds describe-events --region {region} --source-type db-instance --source-identifier \"$database\" --duration 30"
            );
            page.code(shell, &lines);
        }
        page.say(text(
            "readme.failover.events",
            "The events give the exact times of its start and its end.",
        ));
    }

    pub(super) fn delete(&self, page: &mut Page) {
        page.title(text("readme.delete", "Delete everything"));
        for shell in Shell::ALL {
            page.code(shell, &format!("./{}", shell.destroy_file()));
        }
        page.say(text(
            "readme.delete.what",
            "It deletes the stacks in the reverse order, switches off the database's deletion protection if it is on, and empties and deletes the log bucket. Give it the same prefix as the deploy script.",
        ));
        if self.keeps_cache() {
            page.say(text(
                "readme.delete.cache",
                "The cache leaves a final snapshot, too: Console, ElastiCache, Backups.",
            ));
        }
        if self.keeps_snapshots() {
            page.say(text(
                "readme.delete.left",
                "What it leaves, because it may hold data that you want: the final snapshot of the database. The script prints its name and the command that deletes it.",
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

    fn has(&self, wanted: fn(&Node) -> bool) -> bool {
        self.bundle.topology.nodes().iter().any(wanted)
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
                ask(&format!(
                    "s3api list-buckets --query \"Buckets[?starts_with(Name, '{prefix}-')].Name\""
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
