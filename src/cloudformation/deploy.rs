//! `deploy.sh`: every stack in order, each with what the ones before it hand on.

use std::collections::BTreeMap;

use super::PlannedStack;
use super::outputs::address;
use super::script::{Script, fill, in_quotes, variable};
use crate::text::text;

impl Script<'_> {
    pub fn deploy(&self) -> String {
        let (usage, through) = match self.needs_bucket {
            true => ("./deploy.sh PREFIX S3_BUCKET", " --s3-bucket \"$BUCKET\""),
            false => ("./deploy.sh [PREFIX]", ""),
        };
        let mut marks = self.common(text(
            "deploy.about",
            "Deploys all stacks in order. It can be run again at any time: what has not changed stays as it is.",
        ));
        marks.extend([
            ("USAGE", usage.to_owned()),
            ("BUCKET", self.bucket()),
            ("S3", through.to_owned()),
            ("ASKED", self.questions()),
            ("EXTENSION", self.format.extension().to_owned()),
            ("STACKS", self.deploy_stacks()),
            ("SHOW", self.show()),
        ]);
        marks.extend(self.deploy_words());
        fill(include_str!("deploy.sh"), &marks)
    }

    fn deploy_words(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.quoted([
            (
                "START",
                text("deploy.start", "Deploying {prefix} to account {account}.")
                    .with("prefix", "${PREFIX}")
                    .with("account", "${account}"),
            ),
            (
                "DEPLOYING",
                text("deploy.stack", "Stack {stack} in {region}")
                    .with("stack", "${PREFIX}-${stack}")
                    .with("region", "${region}"),
            ),
            (
                "FAILED",
                text("deploy.failed", "Stack {stack} was not deployed. Its events in the CloudFormation console say why; run this script again afterwards.")
                    .with("stack", "${PREFIX}-${stack}"),
            ),
            (
                "NO_OUTPUT",
                text("deploy.no-output", "Stack {stack} has no output {output}.")
                    .with("stack", "${PREFIX}-$2")
                    .with("output", "$3"),
            ),
            (
                "WAITING",
                text("deploy.waiting", "Waiting for the first answer of {address}")
                    .with("address", "$1"),
            ),
            (
                "SILENT",
                text("deploy.silent", "No answer yet. The target group in the EC2 console shows the health of the instances.").into(),
            ),
            (
                "READY",
                text("deploy.ready", "It answers. Open {address}").with("address", "$1"),
            ),
        ])
    }

    fn bucket(&self) -> String {
        if !self.needs_bucket {
            return String::new();
        }
        let message = text(
            "deploy.no-bucket",
            "A template is larger than 51,200 bytes. Give a bucket of this Region as the second argument.",
        );
        let message = in_quotes(message.render(self.lang));
        format!("BUCKET=${{2:?\"{message}\"}}\n")
    }

    /// What has no default is asked for before anything is deployed.
    fn questions(&self) -> String {
        let mut lines = String::new();
        for parameter in self.asked {
            let variable = variable(&parameter.name);
            let message = text(
                "deploy.asked",
                "Set the environment variable {variable} first. {label}: {help}.",
            )
            .with("variable", variable.as_str())
            .with("label", parameter.label)
            .with("help", parameter.description);
            let message = in_quotes(&message.render(self.lang));
            lines.push_str(&format!(
                "[ -n \"${{{variable}:-}}\" ] || fail \"{message}\"\n"
            ));
        }
        lines
    }

    fn deploy_stacks(&self) -> String {
        let mut lines = String::new();
        for (place, stack) in self.plan.stacks.iter().enumerate() {
            let (name, region) = (&stack.name, &stack.region);
            let defaults = self.defaults(name);
            for (variable, default) in defaults.values() {
                let default = default.replace('\'', "'\\''");
                lines.push_str(&format!("default_{variable}='{default}'\n"));
            }
            lines.push_str(&format!("deploy {region} {name}"));
            // A stack that exists keeps its old values of what is not given: a new default counts only when it is said.
            for (parameter, (variable, _)) in &defaults {
                lines.push_str(&format!(
                    " \\\n  \"{parameter}=${{{variable}:-$default_{variable}}}\""
                ));
            }
            for (parameter, _) in &stack.parameters {
                let value = match stack.source(parameter) {
                    Some((_, output)) => format!("out_{output}"),
                    None => variable(parameter),
                };
                lines.push_str(&format!(" \\\n  \"{parameter}=${{{value}}}\""));
            }
            lines.push('\n');
            for output in self.handed_on(place, stack) {
                lines.push_str(&format!(
                    "out_{output}=$(output {region} {name} {output})\n"
                ));
            }
            lines.push('\n');
        }
        lines
    }

    /// Parameters of a stack that have a default: their variable in the environment and the default.
    fn defaults(&self, stack: &str) -> BTreeMap<&str, (String, &str)> {
        let found = self.topology.stacks.iter().find(|it| it.name == stack);
        let parameters = found.map(|it| it.parameters.as_slice()).unwrap_or_default();
        parameters
            .iter()
            .filter_map(|it| {
                let default = it.default.as_deref()?;
                Some((it.name.as_str(), (variable(&it.name), default)))
            })
            .collect()
    }

    /// Outputs of a stack that later ones take.
    fn handed_on(&self, place: usize, stack: &PlannedStack) -> Vec<&str> {
        let mut outputs = Vec::new();
        for later in self.plan.stacks.iter().skip(place + 1) {
            for (parameter, _) in &later.parameters {
                if let Some((owner, output)) = later.source(parameter)
                    && owner == stack.name
                    && !outputs.contains(&output)
                {
                    outputs.push(output);
                }
            }
        }
        outputs
    }

    fn show(&self) -> String {
        let mut lines = String::new();
        for stack in &self.plan.stacks {
            lines.push_str(&format!("show {} {}\n", stack.region, stack.name));
        }
        for node in self.topology.nodes() {
            if let (Some(url), Some((region, stack))) =
                (address(self.topology, node), self.home(node))
            {
                lines.push_str(&format!(
                    "address=$(output {region} {stack} {})\n",
                    url.name
                ));
                lines.push_str("wait_for \"$address\"\n");
            }
        }
        lines
    }
}
