//! `deploy.sh` and `deploy.ps1`: every stack in order, each with what the ones before it hand on.

use std::collections::BTreeMap;

use super::PlannedStack;
use super::outputs::address;
use super::script::{Script, fill};
use super::shell::{Shell, Task, variable};
use crate::text::{Message, text};

impl Script<'_> {
    pub fn deploy(&self) -> String {
        let words = match self.needs_bucket {
            true => "PREFIX S3_BUCKET",
            false => "[PREFIX]",
        };
        let through = match (self.needs_bucket, self.shell) {
            (false, _) => "",
            (true, Shell::Bash) => " --s3-bucket \"$BUCKET\"",
            (true, Shell::PowerShell) => ", '--s3-bucket', $Bucket",
        };
        let mut marks = self.common(text(
            "deploy.about",
            "Deploys all stacks in order. It can be run again at any time: what has not changed stays as it is.",
        ));
        marks.extend([
            ("USAGE", format!("./{} {words}", self.shell.deploy_file())),
            ("BUCKET", self.bucket()),
            ("S3", through.to_owned()),
            ("ASKED", self.questions()),
            ("EXTENSION", self.format.extension().to_owned()),
            ("STACKS", self.deploy_stacks()),
            ("SHOW", self.show()),
        ]);
        marks.extend(self.deploy_words());
        let program = match self.shell {
            Shell::Bash => include_str!("deploy.sh"),
            Shell::PowerShell => include_str!("deploy.ps1"),
        };
        self.shell.start().to_owned() + &fill(program, &marks)
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
                    .with("stack", "${PREFIX}-${stack}")
                    .with("output", "${output}"),
            ),
            (
                "WAITING",
                text("deploy.waiting", "Waiting for the first answer of {address}")
                    .with("address", "${address}"),
            ),
            (
                "SILENT",
                text("deploy.silent", "No answer yet. The target group in the EC2 console shows the health of the instances.").into(),
            ),
            (
                "READY",
                text("deploy.ready", "It answers. Open {address}").with("address", "${address}"),
            ),
        ])
    }

    fn bucket(&self) -> String {
        match (self.needs_bucket, self.shell) {
            (false, _) => String::new(),
            (true, Shell::Bash) => "BUCKET=${2:-}\n".to_owned(),
            (true, Shell::PowerShell) => ", [string] $Bucket = ''".to_owned(),
        }
    }

    /// What has no default is asked for before anything is deployed.
    fn questions(&self) -> String {
        let mut lines = String::new();
        if self.needs_bucket {
            let message = text(
                "deploy.no-bucket",
                "A template is larger than 51,200 bytes. Give a bucket of this Region as the second argument.",
            );
            lines.push_str(&self.stop_without("BUCKET", message.into()));
        }
        for parameter in self.asked {
            let variable = variable(&parameter.name);
            let message = text(
                "deploy.asked",
                "Set the environment variable {variable} first. {label}: {help}.",
            )
            .with("variable", variable.as_str())
            .with("label", parameter.label)
            .with("help", parameter.description);
            let place = match self.shell {
                Shell::Bash => variable,
                Shell::PowerShell => format!("env:{variable}"),
            };
            lines.push_str(&self.stop_without(&place, message));
        }
        lines
    }

    fn stop_without(&self, variable: &str, message: Message) -> String {
        let message = self.shell.in_quotes(&message.render(self.lang));
        match self.shell {
            Shell::Bash => format!("[ -n \"${{{variable}:-}}\" ] || fail \"{message}\"\n"),
            Shell::PowerShell => {
                format!("if (-not ${variable}) {{ Stop-Script \"{message}\" }}\n")
            }
        }
    }

    fn deploy_stacks(&self) -> String {
        let mut lines = String::new();
        for (place, stack) in self.plan.stacks.iter().enumerate() {
            let given = self.parameters(stack);
            lines.push_str(&match self.shell {
                Shell::Bash => in_bash(stack, &given),
                Shell::PowerShell => in_powershell(stack, &given),
            });
            for output in self.handed_on(place, stack) {
                let (region, name) = (&stack.region, &stack.name);
                lines.push_str(&match self.shell {
                    Shell::Bash => format!("out_{output}=$(output {region} {name} {output})\n"),
                    Shell::PowerShell => {
                        format!("$out['{output}'] = Get-Output {region} {name} {output}\n")
                    }
                });
            }
            lines.push('\n');
        }
        lines
    }

    /// Every parameter of a stack and what fills it. A stack that exists keeps its old values of what is not given: a new
    /// default counts only when it is said.
    fn parameters<'b>(&'b self, stack: &'b PlannedStack) -> Vec<(&'b str, Filling<'b>)> {
        let defaults = self.defaults(&stack.name).into_iter();
        let rest = stack.parameters.iter().map(|(name, _)| {
            let filling = match stack.source(name) {
                Some((_, output)) => Filling::Output(output),
                None => Filling::Asked,
            };
            (name.as_str(), filling)
        });
        defaults
            .map(|(name, default)| (name, Filling::Default(default)))
            .chain(rest)
            .collect()
    }

    /// Parameters of a stack that have a default.
    fn defaults(&self, stack: &str) -> BTreeMap<&str, &str> {
        let found = self.topology.stacks.iter().find(|it| it.name == stack);
        let parameters = found.map(|it| it.parameters.as_slice()).unwrap_or_default();
        parameters
            .iter()
            .filter_map(|it| Some((it.name.as_str(), it.default.as_deref()?)))
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
            let words = [stack.region.as_str(), &stack.name];
            lines.push_str(&self.shell.call(Task::Show, &words));
        }
        for node in self.topology.nodes() {
            if let (Some(url), Some((region, stack))) =
                (address(self.topology, node), self.home(node))
            {
                let words = [region, stack, &url.name];
                lines.push_str(&self.shell.call(Task::WaitFor, &words));
            }
        }
        lines
    }
}

/// What fills a parameter.
enum Filling<'a> {
    /// The environment, or else this.
    Default(&'a str),
    /// The environment: it was asked for.
    Asked,
    /// The output of an earlier stack.
    Output(&'a str),
}

fn in_bash(stack: &PlannedStack, given: &[(&str, Filling<'_>)]) -> String {
    let (mut lines, mut words) = (String::new(), String::new());
    for (name, filling) in given {
        let variable = variable(name);
        let value = match filling {
            Filling::Default(default) => {
                let default = Shell::Bash.literal(default);
                lines.push_str(&format!("default_{variable}={default}\n"));
                format!("{variable}:-$default_{variable}")
            }
            Filling::Asked => variable,
            Filling::Output(output) => format!("out_{output}"),
        };
        words.push_str(&format!(" \\\n  \"{name}=${{{value}}}\""));
    }
    let call = Shell::Bash.call(Task::Deploy, &[&stack.region, &stack.name]);
    lines.push_str(call.trim_end());
    lines + &words + "\n"
}

fn in_powershell(stack: &PlannedStack, given: &[(&str, Filling<'_>)]) -> String {
    let call = Shell::PowerShell.call(Task::Deploy, &[&stack.region, &stack.name]);
    if given.is_empty() {
        return call;
    }
    let mut lines = format!("{} @(\n", call.trim_end());
    for (name, filling) in given {
        let variable = variable(name);
        let value = match filling {
            Filling::Default(default) => {
                let default = Shell::PowerShell.literal(default);
                format!("$(Get-Setting '{variable}' {default})")
            }
            Filling::Asked => format!("$env:{variable}"),
            Filling::Output(output) => format!("$($out['{output}'])"),
        };
        lines.push_str(&format!("  \"{name}={value}\"\n"));
    }
    lines + ")\n"
}
