//! `README.md` of an export: what the class does, in order, in its own language.

use std::fmt::Write;

use super::outputs::address;
use super::page::Page;
use super::shell::variable;
use super::wiring::handle;
use super::{Bundle, Plan};
use crate::aws::{AutoScalingGroup, DbInstance, Kind, LoadBalancer, NatGateway, Region};
use crate::text::{Message, Text, counted, text};
use crate::topology::{Node, Parameter, Topology};

/// Hours of a month, as AWS's price pages count them.
const HOURS: f64 = 730.0;

/// What the file is made of.
pub struct Readme<'a> {
    pub bundle: &'a Bundle<'a>,
    pub plan: &'a Plan,
    /// Parameters that deploy.sh asks for.
    pub asked: &'a [&'a Parameter],
}

impl Readme<'_> {
    pub fn write(&self) -> String {
        let mut page = Page {
            text: String::new(),
            lang: self.bundle.lang,
        };
        self.introduction(&mut page);
        self.cost(&mut page);
        self.deploy(&mut page);
        self.see(&mut page);
        self.fail_over(&mut page);
        self.delete(&mut page);
        self.files(&mut page);
        page.text
    }

    fn introduction(&self, page: &mut Page) {
        let Bundle { topology, link, .. } = self.bundle;
        let title = self.bundle.title.replace(char::is_control, " ");
        page.heading("#", &title);
        page.say(
            text(
                "readme.about",
                "{resources} in {stacks}, over {zones} of {region}.",
            )
            .with(
                "resources",
                counted(
                    topology.nodes().len(),
                    text("readme.resource", "{count} resource"),
                    text("readme.resources", "{count} resources"),
                ),
            )
            .with(
                "stacks",
                counted(
                    self.plan.stacks.len(),
                    text("readme.stack", "{count} CloudFormation stack"),
                    text("readme.stacks", "{count} CloudFormation stacks"),
                ),
            )
            .with(
                "zones",
                counted(
                    topology.zones().len(),
                    text("readme.zone", "{count} Availability Zone"),
                    text("readme.zones", "{count} Availability Zones"),
                ),
            )
            .with("region", self.regions()),
        );
        page.raw("![diagram](diagram.svg)");
        if let Some(way) = way_back(link) {
            page.say(way);
        }
    }

    /// `Tokyo (ap-northeast-1)`.
    fn regions(&self) -> String {
        let regions = self.plan.regions.iter();
        let named = regions.map(|code| match Region::from_code(code) {
            Some(region) => format!("{} ({code})", region.city()),
            None => code.clone(),
        });
        named.collect::<Vec<_>>().join(", ")
    }

    fn cost(&self, page: &mut Page) {
        let monthly = self.bundle.monthly;
        page.title(text("readme.cost", "What it costs"));
        page.say(
            text(
                "readme.cost.sum",
                "About {monthly} US dollars a month, or {hourly} an hour, at the list prices of {date}: without tax, free tier, discounts, and the ingestion and storage of logs. It costs from the first stack until the last one is deleted.",
            )
            .with("monthly", format!("{monthly:.2}"))
            .with("hourly", format!("{:.3}", monthly / HOURS))
            .with("date", self.bundle.as_of),
        );
    }

    fn deploy(&self, page: &mut Page) {
        page.title(text("readme.deploy", "Deploy"));
        page.say(text(
            "readme.deploy.where",
            "In AWS CloudShell (console, icon at the bottom left): upload the zip with Actions, Upload file. Any other machine with bash and an AWS CLI that is signed in does as well.",
        ));
        let mut command = String::from("unzip -o *.zip\n");
        for parameter in self.asked {
            let _ = writeln!(command, "export {}=…", variable(&parameter.name));
        }
        command.push_str("./deploy.sh");
        page.code(&command);
        for parameter in self.asked {
            page.say(
                text("readme.deploy.asked", "{variable} is the {label}. {help}.")
                    .with("variable", format!("`{}`", variable(&parameter.name)))
                    .with("label", parameter.label)
                    .with("help", parameter.description),
            );
        }
        page.say(
            text(
                "readme.deploy.prefix",
                "The stacks are named {prefix}-network and so on. Several teams in one account each give a prefix of their own: {command}",
            )
            .with("prefix", self.bundle.blueprint)
            .with("command", "`./deploy.sh team-1`"),
        );
        self.table(page);
        page.say(text(
            "readme.deploy.again",
            "If a stack fails, its events in the CloudFormation console say why. Run the script again: it goes on where it stopped.",
        ));
        page.say(text(
            "readme.deploy.fewer",
            "To deploy the design with fewer zones or other subnet ranges over these stacks, run `./destroy.sh` first and deploy anew: the network stack is updated before the others and cannot delete subnets that they still use, which would then be left over.",
        ));
    }

    fn table(&self, page: &mut Page) {
        let lang = page.lang;
        let topology = self.bundle.topology;
        let header = [
            text("readme.table.number", "No."),
            text("readme.table.template", "Template"),
            text("readme.table.holds", "Holds"),
            text("readme.table.resources", "Resources"),
            text("readme.table.minutes", "Minutes (estimate)"),
        ];
        page.row(header.map(|it| it.render(lang).to_owned()));
        page.row(["--:", "---", "---", "--:", "--:"].map(str::to_owned));
        let (mut resources, mut minutes) = (0, 0);
        for (place, planned) in self.plan.stacks.iter().enumerate() {
            let stack = topology
                .stacks
                .iter()
                .position(|it| it.name == planned.name);
            let nodes = || topology.nodes().iter().filter(|it| Some(it.stack) == stack);
            let words = stack.and_then(|it| topology.stacks.get(it));
            let takes = 1 + nodes().map(minutes_of).max().unwrap_or_default();
            resources += nodes().count();
            minutes += takes;
            page.row([
                (place + 1).to_string(),
                format!("`{}`", planned.template),
                words
                    .map_or("", |it| it.description.render(lang))
                    .to_owned(),
                nodes().count().to_string(),
                takes.to_string(),
            ]);
        }
        let sum = text("readme.table.sum", "All").render(lang).to_owned();
        page.row([
            String::new(),
            sum,
            String::new(),
            resources.to_string(),
            minutes.to_string(),
        ]);
        page.text.push('\n');
        page.say(text(
            "readme.table.note",
            "The minutes are estimates, not measurements: the database takes the longest, and its first backup can double it.",
        ));
    }

    fn see(&self, page: &mut Page) {
        let addresses = outputs(self.bundle.topology, |node| {
            address(self.bundle.topology, node).map(|it| it.name.to_string())
        });
        if addresses.is_empty() {
            return;
        }
        page.title(text("readme.see", "See it work"));
        let steps = [
            text(
                "readme.see.open",
                "Open the address that deploy.sh printed (output {output}). Reload several times: the page says which zone and which instance answer, and whether the database does.",
            )
            .with("output", addresses.iter().map(|(_, it)| format!("`{it}`")).collect::<Vec<_>>().join(", ")),
            text(
                "readme.see.targets",
                "Console, EC2, Target groups, Targets: one healthy line for each instance, spread over the zones.",
            )
            .into(),
            text(
                "readme.see.terminate",
                "Console, EC2, Instances: terminate one of them. The page goes on answering from the other instances, and the Auto Scaling group's Activity tab shows the replacement.",
            )
            .into(),
            text(
                "readme.see.dashboard",
                "Console, CloudWatch, Dashboards and Alarms: requests, healthy hosts, CPU and the database in one view.",
            )
            .into(),
        ];
        page.steps(steps);
    }

    fn fail_over(&self, page: &mut Page) {
        let topology = self.bundle.topology;
        let standby = outputs(topology, |node| {
            DbInstance::of(&node.resource).filter(|it| it.multi_az)?;
            Some(handle(&node.name, node.resource.ref_word()))
        });
        let Some((node, output)) = standby.first() else {
            return;
        };
        let Some(stack) = topology.stacks.get(node.stack) else {
            return;
        };
        let region = stack.region.code();
        page.title(text("readme.failover", "Fail over the database for real"));
        page.say(text(
            "readme.failover.what",
            "This makes the standby the primary, as the loss of the primary's zone would. Keep the page open and reload it: for 60 to 120 seconds it says that the database does not answer. The DNS name stays the same and no committed data is lost.",
        ));
        page.code(&format!(
            "prefix={}\ndatabase=$(aws cloudformation describe-stacks --region {region} --stack-name \"$prefix-{}\" \\\n  --query \"Stacks[0].Outputs[?OutputKey=='{output}'].OutputValue\" --output text)\naws rds reboot-db-instance --region {region} --db-instance-identifier \"$database\" --force-failover\naws rds describe-events --region {region} --source-type db-instance --source-identifier \"$database\" --duration 30",
            self.bundle.blueprint, stack.name,
        ));
        page.say(text(
            "readme.failover.events",
            "The events give the exact times of its start and its end.",
        ));
    }

    fn delete(&self, page: &mut Page) {
        page.title(text("readme.delete", "Delete everything"));
        page.code("./destroy.sh");
        page.say(text(
            "readme.delete.what",
            "It deletes the stacks in the reverse order, switches off the database's deletion protection if it is on, and empties and deletes the log bucket. Give it the same prefix as deploy.sh.",
        ));
        page.say(text(
            "readme.delete.left",
            "What it leaves, because it may hold data that you want: the final snapshot of the database. The script prints its name and the command that deletes it.",
        ));
        page.say(
            text(
                "readme.delete.check",
                "To check that nothing else is left, and nothing costs any more: {command} (deleted resources can stay in that list for some hours), and Billing, Bills in the console a day later.",
            )
            .with(
                "command",
                format!(
                    "`aws resourcegroupstaggingapi get-resources --region {} --tag-filters Key=project,Values={}`",
                    self.plan.regions.first().map_or("", String::as_str),
                    self.bundle.blueprint
                ),
            ),
        );
    }

    fn files(&self, page: &mut Page) {
        page.title(text("readme.files", "The other files"));
        let item = |name: &str, what: Text| {
            text("readme.files.item", "{name}: {what}")
                .with("name", format!("`{name}`"))
                .with("what", what)
        };
        page.list([
            item(
                "plan.json",
                text(
                    "readme.files.plan",
                    "the order of the stacks and their parameters, for other tools",
                ),
            ),
            item(
                "design.azimuth.json",
                text("readme.files.design", "the design itself; Azimuth opens it"),
            ),
            item("diagram.svg", text("readme.files.diagram", "the drawing")),
        ]);
    }
}

/// How to open the design again: by its address, or by what stands behind an address that is not known here.
fn way_back(link: &str) -> Option<Message> {
    if link.is_empty() {
        return None;
    }
    if link.starts_with('#') {
        return Some(
            text(
                "readme.fragment",
                "To open, change and break the same design in Azimuth, paste this behind the address of its page: {fragment}",
            )
            .with("fragment", format!("`{link}`")),
        );
    }
    let words = text(
        "readme.link",
        "Open, change and break the same design in Azimuth: {link}",
    );
    Some(words.with("link", format!("<{link}>")))
}

/// Nodes for which a function names an output.
fn outputs(topology: &Topology, name: impl Fn(&Node) -> Option<String>) -> Vec<(&Node, String)> {
    let nodes = topology.nodes().iter();
    nodes
        .filter_map(|node| name(node).map(|it| (node, it)))
        .collect()
}

/// How long CloudFormation waits for a resource, in minutes, where it is long. Modelled from experience: AWS publishes no
/// such times.
fn minutes_of(node: &Node) -> u32 {
    let resource = &node.resource;
    if let Some(database) = DbInstance::of(resource) {
        return if database.multi_az { 15 } else { 8 };
    }
    if NatGateway::of(resource).is_some() || LoadBalancer::of(resource).is_some() {
        return 3;
    }
    u32::from(AutoScalingGroup::of(resource).is_some())
}
