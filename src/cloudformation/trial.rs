//! The readme's second part: see it work, and break it for real. Every command stands there for both shells.

use super::outputs::address;
use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::wiring::handle;
use crate::aws::{
    AutoScalingGroup, DbCluster, DbInstance, DbProxy, Distribution, Kind, Listener, NatGateway,
    RecordSet, Role, Value, VpcEndpoint,
};
use crate::design::SESSION_POLICY;
use crate::text::text;
use crate::topology::traffic::password_withheld;
use crate::topology::{Node, Stack};

/// An output that a person looks up: of which node, in which stack, under which name.
pub(super) struct Found<'a> {
    pub stack: &'a Stack,
    pub output: String,
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
                "Open the address that the deploy script printed (output {output}). Reload several times: the page says which zone and which instance answer, whether the database does and its password was read, and which public address the internet sees.",
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
        let has_gateway = self.has(|it| NatGateway::of(&it.resource).is_some());
        page.say(if has_gateway {
            text(
                "readme.see.way-out",
                "The way out: each instance asks checkip.amazonaws.com every 30 seconds which address the internet sees. That is the one of the NAT gateway that its route leads to, and never the instance's own; when the gateway is lost, the page says that the internet does not answer.",
            )
        } else {
            text(
                "readme.see.no-way-out",
                "No way out: the instances have none to the internet, so the page says that the internet does not answer. That is how this design is meant; the page itself does not need it.",
            )
        });
        if self.withholds_password() {
            page.say(text(
                "readme.see.no-password",
                "The instances cannot reach Secrets Manager, so the page says that the database's password cannot be read: an application could not sign in. An interface endpoint for Secrets Manager, or any way out, mends it.",
            ));
        }
        // Session Manager needs its service within reach, and a role that it knows.
        let has_endpoint = self.has(|it| {
            let endpoint = VpcEndpoint::of(&it.resource);
            endpoint.and_then(VpcEndpoint::service_code) == Some("ssmmessages")
        });
        if !(has_gateway || has_endpoint) || !self.has(is_managed) {
            return;
        }
        page.say(
            text(
                "readme.see.shell",
                "The same from a shell on an instance (Console, EC2, Instances, Connect, Session Manager): {command}",
            )
            .with("command", "`curl --max-time 3 https://checkip.amazonaws.com`"),
        );
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
            let topology = self.bundle.topology;
            let has_standby = DbInstance::of(&node.resource).is_some_and(DbInstance::has_standby)
                || topology.members(&node.name).count() > 1;
            has_standby.then(|| handle(&node.name, node.resource.ref_word()))
        });
        let is_cluster = self.has(|it| DbCluster::of(&it.resource).is_some());
        let Some(database) = standbys.first() else {
            return;
        };
        let region = database.stack.region;
        page.title(text("readme.failover", "Fail over the database for real"));
        let proxied = self.has(|it| DbProxy::of(&it.resource).is_some());
        page.say(if is_cluster && !proxied {
            text(
                "readme.failover.cluster",
                "This makes a reader the writer, as the loss of the writer's zone would. Keep the page open and reload it: for less than a minute it says that the database does not answer. The DNS name stays the same and no committed data is lost.",
            )
        } else if proxied {
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
            lines += &if is_cluster {
                format!(
                    "aws rds failover-db-cluster --region {region} --db-cluster-identifier \"$database\"\n\
                     aws rds describe-events --region {region} --source-type db-cluster --source-identifier \"$database\" --duration 30"
                )
            } else {
                format!(
                    "aws rds reboot-db-instance --region {region} --db-instance-identifier \"$database\" --force-failover\n\
                 aws rds describe-events --region {region} --source-type db-instance --source-identifier \"$database\" --duration 30"
                )
            };
            page.code(shell, &lines);
        }
        page.say(text(
            "readme.failover.events",
            "The events give the exact times of its start and its end.",
        ));
    }

    /// Whether no instance can sign in to a database.
    fn withholds_password(&self) -> bool {
        let topology = self.bundle.topology;
        let groups = topology.all::<AutoScalingGroup>();
        let mut pairs = groups.flat_map(|(group, _)| {
            let databases = topology.stores();
            databases.map(move |(database, _)| (group, database))
        });
        pairs.any(|(group, database)| password_withheld(topology, group, database).is_some())
    }

    pub(super) fn has(&self, wanted: fn(&Node) -> bool) -> bool {
        self.bundle.topology.nodes().iter().any(wanted)
    }
}

/// Whether it is a role with what the agent of Systems Manager needs.
fn is_managed(node: &Node) -> bool {
    let role = Role::of(&node.resource);
    let mut policies = role.into_iter().flat_map(|it| &it.managed_policies);
    policies.any(|it| matches!(it, Value::Fn(_, arn) if arn.as_str().is_some_and(|it| it.ends_with(SESSION_POLICY))))
}
