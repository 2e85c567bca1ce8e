//! `README.md` of an export: what the class does, in order, in its own language.

use super::declared::Declared;
use super::page::Page;
use super::shell::Shell;
use super::{Bundle, Plan};
use crate::aws::{
    AutoScalingGroup, DbCluster, DbInstance, ElasticIp, Function, GlobalTable, Kind, LoadBalancer,
    NatGateway, Region, Trail, Vpc, VpcEndpoint,
};
use crate::text::{Message, Text, counted, text};
use crate::topology::Node;

/// What the file is made of.
pub struct Readme<'a> {
    pub bundle: &'a Bundle<'a>,
    pub plan: &'a Plan,
    /// Parameters that a person may fill, each name once.
    pub given: &'a [&'a Declared],
    /// Whether a template is too large to be sent directly.
    pub needs_bucket: bool,
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
        self.call(&mut page);
        self.peering(&mut page);
        self.site(&mut page);
        self.clock(&mut page);
        self.ship(&mut page);
        self.lose_an_instance(&mut page);
        self.fail_over(&mut page);
        self.fail_over_by_dns(&mut page);
        self.delete(&mut page);
        self.files(&mut page);
        format!("{}\n", page.text.trim_end())
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
                    topology.sites().len(),
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
        page.title(text("readme.cost", "What it costs"));
        page.say(
            text(
                "readme.cost.sum",
                "A month of {hours} hours costs {monthly} US dollars, an hour {hourly}, at the list prices of {date}: without tax, free tier and discounts, and with as much traffic and as many logs as the design assumes. It costs from the first stack until the last one is deleted.",
            )
            .with("monthly", &self.bundle.monthly)
            .with("hours", self.bundle.hours)
            .with("hourly", &self.bundle.hourly)
            .with("date", self.bundle.as_of),
        );
        if let Some(lacks) = &self.bundle.lacks {
            page.raw(lacks);
        }
        let topology = self.bundle.topology;
        let of_region = |region: &Region| {
            let vpcs = topology.all::<Vpc>();
            vpcs.filter(|(name, _)| topology.region_of(name) == Some(*region))
                .count()
        };
        let vpcs = topology
            .regions()
            .iter()
            .map(of_region)
            .max()
            .unwrap_or_default();
        if vpcs > 1 {
            page.say(
                text(
                    "readme.cost.vpcs",
                    "The design has {count} VPCs in one Region, which starts with a quota of 5, which its default VPC counts towards.",
                )
                .with("count", vpcs),
            );
        }
        // What a design without addresses and trail takes is said above.
        if !self
            .has(|it| ElasticIp::of(&it.resource).is_some() || Trail::of(&it.resource).is_some())
        {
            return;
        }
        page.say(text(
            "readme.cost.quotas",
            "Every copy takes a VPC, its Elastic IP addresses and, with the API trail, one of the five trails of a Region: a class in one account needs higher quotas, or designs without the trail.",
        ));
    }

    fn deploy(&self, page: &mut Page) {
        page.title(text("readme.deploy", "Deploy"));
        page.say(text(
            "readme.deploy.where",
            "In AWS CloudShell (console, icon at the bottom left): upload the zip with Actions, Upload file. Any other machine with bash and an AWS CLI that is signed in does as well.",
        ));
        self.start(page);
        self.through_a_bucket(page);
        for parameter in self.needed() {
            page.say(
                text(
                    "readme.deploy.needed",
                    "{parameter} is the {label}. {help}.",
                )
                .with("parameter", format!("`{}`", parameter.name))
                .with("label", parameter.label)
                .with("help", parameter.description),
            );
        }
        page.say(
            text(
                "readme.deploy.prefix",
                "The stacks are named {prefix}-{stack} and so on. Several teams in one account each give a prefix of their own: {command}",
            )
            .with("prefix", self.bundle.blueprint)
            .with("stack", self.plan.stacks.first().map_or("", |it| it.name.as_str()))
            .with("command", format!("`./deploy.sh {}`", self.named("team-1"))),
        );
        self.choices(page);
        self.account(page);
        self.table(page);
        page.say(text(
            "readme.deploy.again",
            "If a stack fails, its events in the CloudFormation console say why. Run the script again: it goes on where it stopped.",
        ));
        page.say(text(
            "readme.deploy.fewer",
            "To deploy the design with fewer zones, other subnet ranges or other further VPCs over these stacks, run `./destroy.sh` first and deploy anew: the stack with the network is updated before the others and cannot delete subnets that they still use, which would then be left over.",
        ));
        self.started_empty(page);
    }

    /// Stores that take another's place where they are deployed over a design without them.
    fn started_empty(&self, page: &mut Page) {
        if self.has(|it| DbCluster::of(&it.resource).is_some()) {
            page.say(text(
                "readme.deploy.empty-cluster",
                "Over a design whose database is an RDS instance, the Aurora cluster is a new database and starts empty, and the instance is deleted at the end of the same deployment: take a snapshot of it or copy its data first, then restore or migrate them into the cluster.",
            ));
        }
        if self.has(|it| GlobalTable::of(&it.resource).is_some()) {
            page.say(text(
                "readme.deploy.empty-table",
                "Over a design whose orders are in a table of one Region, the global table is a new one and starts empty, and the old table leaves the stack at the end of the same deployment: export or back up its orders first, then copy them into the global table.",
            ));
        }
    }

    /// The first commands, in either shell.
    fn start(&self, page: &mut Page) {
        let needed = self.needed().map(|it| format!(" {}=…", it.name));
        let mut needed: String = needed.collect();
        if self.needs_bucket {
            needed = format!(" {}{needed}", self.named(self.bundle.blueprint));
        }
        let bash = format!("unzip -o *.zip\n./deploy.sh{needed}");
        page.code(Shell::Bash, &bash);
        page.say(text(
            "readme.deploy.powershell",
            "Or in PowerShell, in the unzipped folder. Windows must be told once a window that it may run downloaded scripts: `Set-ExecutionPolicy -Scope Process Bypass`",
        ));
        let powershell = format!("./deploy.ps1{needed}");
        page.code(Shell::PowerShell, &powershell);
    }

    /// What stands behind the deploy script where the stacks get a prefix.
    pub(super) fn named(&self, prefix: &str) -> String {
        let bucket = if self.needs_bucket { " S3_BUCKET" } else { "" };
        format!("{prefix}{bucket}")
    }

    fn through_a_bucket(&self, page: &mut Page) {
        if !self.needs_bucket {
            return;
        }
        let region = self.plan.regions.first().map_or("", String::as_str);
        page.say(
            text(
                "readme.deploy.bucket",
                "{word} is the name of a bucket of yours in {region}, behind the prefix: a template is larger than the 51,200 bytes that CloudFormation takes directly, and goes through there. It stays yours, and no script here deletes it. If you have none: {command}",
            )
            .with("word", "`S3_BUCKET`")
            .with("region", region)
            .with("command", format!("`aws s3 mb s3://S3_BUCKET --region {region}`")),
        );
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
            text("readme.table.dollars", "USD a month"),
        ];
        page.row(header.map(|it| it.render(lang).to_owned()));
        page.row(["--:", "---", "---", "--:", "--:", "--:"].map(str::to_owned));
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
                stack
                    .and_then(|it| self.bundle.by_stack.get(it))
                    .cloned()
                    .unwrap_or_default(),
            ]);
        }
        let sum = text("readme.table.sum", "All").render(lang).to_owned();
        page.row([
            String::new(),
            sum,
            String::new(),
            resources.to_string(),
            minutes.to_string(),
            self.bundle.monthly.clone(),
        ]);
        page.text.push('\n');
        let has_database = self.bundle.topology.all::<DbInstance>().next().is_some();
        page.say(if has_database {
            text(
                "readme.table.note",
                "The minutes are estimates, not measurements: the database takes the longest, and its first backup can double it.",
            )
        } else {
            text("readme.table.note.plain", "The minutes are estimates, not measurements.")
        });
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

/// How long CloudFormation waits for a resource, in minutes, where it is long. Modelled from experience: AWS publishes no
/// such times.
fn minutes_of(node: &Node) -> u32 {
    let resource = &node.resource;
    if DbCluster::of(resource).is_some() {
        return 2;
    }
    if let Some(database) = DbInstance::of(resource) {
        return if database.has_standby() { 15 } else { 8 };
    }
    if NatGateway::of(resource).is_some() || LoadBalancer::of(resource).is_some() {
        return 3;
    }
    if VpcEndpoint::of(resource).is_some_and(VpcEndpoint::is_interface)
        || Function::of(resource).is_some()
    {
        return 2;
    }
    u32::from(AutoScalingGroup::of(resource).is_some())
}
