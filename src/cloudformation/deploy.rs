//! `deploy.sh` and `deploy.ps1`: every stack in order, each with what the ones before it hand on.

use super::PlannedStack;
use super::outputs::address;
use super::script::{Script, fill, of_a_stack};
use super::shell::{Shell, Task};
use crate::text::{Message, text};

/// The stack of what makes NAT gateways by the clock. Left alone, it would go on doing so beside those of another design.
const CLOCK: &str = "schedule";

impl Script<'_> {
    pub fn deploy(&self) -> String {
        let words = match self.needs_bucket() {
            true => "PREFIX S3_BUCKET",
            false => "[PREFIX]",
        };
        let flag = self.account_word();
        let flag = flag.map_or_else(String::new, |it| format!(" [{it}]"));
        let mut marks = self.common(text(
            "deploy.about",
            "Deploys all stacks in order. It can be run again at any time: what has not changed stays as it is.",
        ));
        let usage = format!(
            "./{} {words}{flag} [PARAMETER=VALUE]...",
            self.shell.deploy_file()
        );
        marks.extend([
            ("LEFT", self.left(&marks)),
            ("HELP", self.deploy_help(&usage)),
            ("USAGE", usage),
            ("S3", self.through_a_bucket()),
            ("KNOWN", self.known()),
            ("NEEDED", self.needed()),
            ("EXTENSION", self.format.extension().to_owned()),
            ("STACKS", self.deploy_stacks()),
            ("SHOW", self.show()),
        ]);
        marks.extend(self.bucket());
        marks.extend(self.account_marks());
        marks.extend(self.deploy_words());
        let program = match self.shell {
            Shell::Bash => include_str!("deploy.sh"),
            Shell::PowerShell => include_str!("deploy.ps1"),
        };
        self.shell.start().to_owned() + &fill(program, &marks)
    }

    fn deploy_help(&self, usage: &str) -> String {
        let prefix = ("PREFIX", self.prefix_help());
        let bucket = self.needs_bucket().then(|| {
            let words = text(
                "deploy.help.bucket",
                "Bucket of this Region that a template above 51,200 bytes goes through",
            );
            ("S3_BUCKET", words.into())
        });
        let parameters = self.given.iter().map(|it| {
            let words = match it.default_text().as_deref() {
                Some("") => text("deploy.help.empty", "{title}; empty in the design").into(),
                Some(default) => text("deploy.help.default", "{title}; {default} in the design")
                    .with("default", default),
                None => Message::from(text("deploy.help.needed", "{title}; has to be given once")),
            };
            (it.name.as_str(), words.with("title", it.title()))
        });
        let account = self.account_help();
        let words = [prefix].into_iter().chain(bucket).chain(account);
        self.help(usage, words.chain(parameters))
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
                "FORMER",
                of_a_stack(text("deploy.former", "Stack {stack} in {region} is of an earlier design under this prefix and no part of this one. It stays, and may cost, until {destroy} {prefix} deletes it with all the others."))
                    .with("destroy", format!("./{}", self.shell.destroy_file()))
                    .with("prefix", "${PREFIX}"),
            ),
            (
                "CLOSING",
                of_a_stack(text("deploy.closing", "Stack {stack} in {region} is of an earlier design under this prefix, and would go on making NAT gateways by the clock: deleting it, which closes its window first")),
            ),
            (
                "OPEN",
                text("deploy.open", "Stack {stack} was not deleted, and nothing was deployed. Its events in the CloudFormation console say why; run this script again afterwards.")
                    .with("stack", "${PREFIX}-${stack}"),
            ),
            (
                "TAKEN",
                of_a_stack(text("deploy.taken", "Stack {stack} in {region} is of a deployment under the same prefix for another Region than this design's. Give this one another prefix.")),
            ),
            ("UNKNOWN", self.unknown(self.shell.deploy_file())),
            (
                "STAYS",
                text("deploy.stays", "{parameter} stays “{value}”, as it was given before.")
                    .with("parameter", "${parameter}")
                    .with("value", "${value}"),
            ),
            (
                "CLEARING",
                text("deploy.clearing", "The first try of stack {stack} failed and was rolled back: deleting what is left of it")
                    .with("stack", "${PREFIX}-${stack}"),
            ),
            (
                "STUCK",
                text("deploy.stuck", "An earlier try has left stack {stack} in a state that takes no deployment. Run {destroy} {prefix} first, which says what keeps it; then run this script again.")
                    .with("stack", "${PREFIX}-${stack}")
                    .with("destroy", format!("./{}", self.shell.destroy_file()))
                    .with("prefix", "${PREFIX}"),
            ),
            (
                "HALFWAY",
                text("deploy.halfway", "The last update of stack {stack} failed halfway. In the CloudFormation console, choose Stack actions, Continue update rollback; then run this script again.")
                    .with("stack", "${PREFIX}-${stack}"),
            ),
            (
                "BUSY",
                text("deploy.busy", "Stack {stack} is busy ({status}). Wait until it is done, then run this script again.")
                    .with("stack", "${PREFIX}-${stack}")
                    .with("status", "${status}"),
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

    fn needs_bucket(&self) -> bool {
        !self.large.is_empty()
    }

    /// Gives the bucket along with those templates that cannot do without.
    fn through_a_bucket(&self) -> String {
        if !self.needs_bucket() {
            return String::new();
        }
        match self.shell {
            Shell::Bash => format!(
                "  case $stack in\n    {}) set -- --s3-bucket \"$BUCKET\" \"$@\" ;;\n  esac\n",
                self.large.join(" | ")
            ),
            Shell::PowerShell => format!(
                "  if ('{}' -ccontains $Stack) {{ $options += @('--s3-bucket', $Bucket) }}\n",
                self.large.join("', '")
            ),
        }
    }

    /// How the bucket that large templates go through is taken from the arguments.
    fn bucket(&self) -> [(&'static str, String); 3] {
        let (variable, take, need) = match (self.needs_bucket(), self.shell) {
            (false, _) => ("", "", String::new()),
            (true, Shell::Bash) => (
                "BUCKET=\n",
                "      elif [ -z \"$BUCKET\" ]; then\n        BUCKET=$word\n",
                format!("[ -n \"$BUCKET\" ] || fail \"{}\"\n", self.no_bucket()),
            ),
            (true, Shell::PowerShell) => (
                "$Bucket = ''\n",
                "  } elseif (-not $Bucket) {\n    $Bucket = $word\n",
                format!(
                    "if (-not $Bucket) {{ Stop-Script \"{}\" }}\n",
                    self.no_bucket()
                ),
            ),
        };
        [
            ("BUCKET", variable.to_owned()),
            ("TAKE_BUCKET", take.to_owned()),
            ("NEED_BUCKET", need),
        ]
    }

    fn no_bucket(&self) -> String {
        let message = text(
            "deploy.no-bucket",
            "A template is larger than 51,200 bytes. Give a bucket of this Region as the second argument.",
        );
        self.shell.in_quotes(message.render(self.lang))
    }

    /// The parameters that may be given, as the shell compares them.
    fn known(&self) -> String {
        let names = self.given.iter().map(|it| match self.shell {
            Shell::Bash => format!("{}=*", it.name),
            Shell::PowerShell => format!("'{}'", it.name),
        });
        let names: Vec<String> = names.collect();
        match self.shell {
            Shell::Bash if names.is_empty() => String::new(),
            Shell::Bash => {
                let rows: Vec<String> = names.chunks(4).map(|it| it.join(" | ")).collect();
                let all = rows.join(" | \\\n      ");
                format!("    {all}) SETTINGS+=(\"$word\") ;;\n")
            }
            Shell::PowerShell => names.join(", "),
        }
    }

    /// What has no default is asked for before anything is deployed.
    fn needed(&self) -> String {
        let mut lines = String::new();
        for it in self.given.iter().filter(|it| it.default.is_none()) {
            let mut stacks = self.plan.stacks.iter();
            let Some(stack) =
                stacks.find(|stack| stack.to_give.iter().any(|name| *it.name == **name))
            else {
                continue;
            };
            let message = text(
                "deploy.needed",
                "Give {parameter}=… behind the prefix. {label}: {help}.",
            )
            .with("parameter", it.name.as_str())
            .with("label", it.label)
            .with("help", it.description);
            let message = self.shell.in_quotes(&message.render(self.lang));
            let message = format!("\"{message}\"");
            let words = [stack.region.as_str(), &stack.name, &it.name, &message];
            lines.push_str(&self.shell.call(Task::Need, &words));
        }
        lines
    }

    fn deploy_stacks(&self) -> String {
        let mut lines = String::new();
        if self.plan.stacks.iter().all(|it| it.name != CLOCK) {
            lines += &self.shell.call(Task::CloseWindows, &[CLOCK]);
            lines.push('\n');
        }
        for (place, stack) in self.plan.stacks.iter().enumerate() {
            let chosen = self.choices(stack);
            let handed = stack.parameters.iter().filter_map(|(name, _)| {
                let (_, output) = stack.source(name)?;
                Some((name.as_str(), output))
            });
            let handed: Vec<(&str, &str)> = handed.collect();
            let deployed = match self.shell {
                Shell::Bash => in_bash(stack, !chosen.is_empty(), &handed),
                Shell::PowerShell => in_powershell(stack, !chosen.is_empty(), &handed),
            };
            let whole = chosen + &self.spared(stack) + &self.wanted(stack, deployed);
            lines.push_str(&self.asked_for(stack, whole, true));
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

    /// What fills the parameters of a stack that a person may fill. A stack that exists keeps its old values of what is not
    /// said (AWS CLI reference, cloudformation deploy), even where it was the default of a template that has a new one now:
    /// the scripts tell what somebody gave from what was the default, and say both.
    fn choices(&self, stack: &PlannedStack) -> String {
        let Some(given) = self.by_stack.iter().find(|it| it.0 == stack.name) else {
            return String::new();
        };
        let mut lines = String::new();
        for it in given.1 {
            let default = it.default_text().map(|it| self.shell.literal(&it));
            let words = [it.name.as_str(), default.as_deref().unwrap_or_default()];
            let words = words.into_iter().filter(|it| !it.is_empty());
            lines.push_str(&self.shell.call(Task::Choose, &words.collect::<Vec<_>>()));
        }
        if lines.is_empty() {
            return lines;
        }
        self.shell.call(Task::Recall, &[&stack.region, &stack.name]) + &lines
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
            let shown = self.shell.call(Task::Show, &words);
            lines.push_str(&self.asked_for(stack, shown, false));
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

fn in_bash(stack: &PlannedStack, has_choices: bool, handed: &[(&str, &str)]) -> String {
    let call = Shell::Bash.call(Task::Deploy, &[&stack.region, &stack.name]);
    let mut line = call.trim_end().to_owned();
    if has_choices {
        line.push_str(" \"${chosen[@]}\"");
    }
    for (name, output) in handed {
        line.push_str(&format!(" \\\n  \"{name}=${{out_{output}}}\""));
    }
    line + "\n"
}

fn in_powershell(stack: &PlannedStack, has_choices: bool, handed: &[(&str, &str)]) -> String {
    let call = Shell::PowerShell.call(Task::Deploy, &[&stack.region, &stack.name]);
    if handed.is_empty() {
        let chosen = if has_choices { " $chosen" } else { "" };
        return format!("{}{chosen}\n", call.trim_end());
    }
    let mut lines = format!("{} @(\n", call.trim_end());
    if has_choices {
        lines.push_str("  $chosen\n");
    }
    for (name, output) in handed {
        lines.push_str(&format!("  \"{name}=$($out['{output}'])\"\n"));
    }
    lines + ")\n"
}
