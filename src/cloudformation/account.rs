//! What the scripts do about services that an account has once in a Region: the stack with them is deployed only when
//! somebody asks for it, and leaves alone what is there already. CloudFormation has no type for Inspector: the scripts enable
//! and disable it, by a parameter of that stack. And objects under a lock stay, with their bucket.

use super::PlannedStack;
use super::page::Page;
use super::readme::Readme;
use super::script::{Script, fill};
use super::shell::{Shell, Task};
use crate::aws::{Bucket, INSPECTOR, SsmParameter, lookup};
use crate::text::{Message, text};
use crate::topology::Topology;

/// The stack that is asked for by a flag.
const STACK: &str = "account";

/// What finds a service that is there already, by the parameter of its switch: resource of the stack, AWS CLI command, and
/// what of its answer says so.
const FOUND: [(&str, &str, &str, &str); 5] = [
    (
        "EnableGuardDuty",
        "GuardDutyDetector",
        "guardduty list-detectors",
        "DetectorIds[0]",
    ),
    (
        "EnableMacie",
        "MacieSession",
        "macie2 get-macie-session",
        "status",
    ),
    (
        "EnableInspector",
        "Inspector",
        "inspector2 batch-get-account-status",
        "accounts[?state.status=='ENABLED'].accountId | [0]",
    ),
    (
        "EnableConfig",
        "ConfigRecorder",
        "configservice describe-configuration-recorders",
        "ConfigurationRecorders[0].name",
    ),
    (
        "EnableSecurityHub",
        "SecurityHub",
        "securityhub describe-hub",
        "HubArn",
    ),
];

/// Whether a bucket keeps its objects from being deleted.
pub(super) fn is_locked(bucket: &Bucket) -> bool {
    lookup(&bucket.rest, "ObjectLockConfiguration").is_some()
}

fn unscanning() -> Message {
    let words = text(
        "account.unscanning",
        "Disabling Amazon Inspector in {region}, which the deploy script enabled",
    );
    words.with("region", "${region}")
}

/// The name and what is scanned, of a design with Inspector.
fn has_inspector(topology: &Topology) -> bool {
    let mut all = topology.all::<SsmParameter>();
    all.any(|(_, it)| it.is_inspector())
}

impl Script<'_> {
    /// Whether the plan has the stack.
    fn has_account(&self) -> bool {
        self.plan.stacks.iter().any(|it| it.name == STACK)
    }

    /// The word that asks for the stack.
    pub(super) fn account_word(&self) -> Option<&'static str> {
        self.has_account().then(|| flag(self.shell))
    }

    pub(super) fn account_help(&self) -> Option<(&'static str, Message)> {
        let words = text(
            "deploy.help.account",
            "Deploys the account stack, too: services that an account has once in a Region",
        );
        self.account_word().map(|it| (it, words.into()))
    }

    /// What the deploy script has for it.
    pub(super) fn account_marks(&self) -> Vec<(&'static str, String)> {
        let (variable, parameter, word, tasks) = match (self.has_account(), self.shell) {
            (false, _) => Default::default(),
            (true, Shell::Bash) => (
                "WITH_ACCOUNT=\n",
                "",
                "    --with-account) WITH_ACCOUNT=yes ;;\n",
                include_str!("account.sh"),
            ),
            (true, Shell::PowerShell) => (
                "",
                ", [switch] $WithAccount",
                "  } elseif ($word -ceq '--with-account') {\n    $WithAccount = $true\n",
                include_str!("account.ps1"),
            ),
        };
        let mut marks = vec![("INSPECTOR", INSPECTOR.to_owned())];
        marks.extend(self.quoted([
            (
                "SPARED",
                text("account.spared", "{parameter}=false: the account has it in {region} already, and not from this stack. It stays as it is.")
                    .with("parameter", "${parameter}")
                    .with("region", "${region}"),
            ),
            (
                "SCANNING",
                text("account.scanning", "Enabling Amazon Inspector in {region} for {scanned}")
                    .with("region", "${region}")
                    .with("scanned", "${scanned}"),
            ),
            ("UNSCANNING", unscanning()),
            (
                "UNWANTED",
                text(
                    "account.unwanted",
                    "The account stack is left out: there is no service left for it to enable.",
                )
                .into(),
            ),
        ]));
        vec![
            ("WITH_ACCOUNT", variable.to_owned()),
            ("ACCOUNT_PARAMETER", parameter.to_owned()),
            ("ACCOUNT_WORD", word.to_owned()),
            ("ACCOUNT_TASKS", fill(tasks, &marks)),
        ]
    }

    /// Lines that are for the stack alone, where it was asked for.
    pub(super) fn asked_for(&self, stack: &PlannedStack, lines: String, says: bool) -> String {
        if stack.name != STACK {
            return lines;
        }
        let skipped = text(
            "account.skipped",
            "The account stack is left out: an account has its services once in a Region. {word} deploys it, and spares what is there already.",
        );
        let skipped = skipped.with("word", self.account_word().unwrap_or_default());
        let skipped = self.shell.in_quotes(&skipped.render(self.lang));
        match (self.shell, says) {
            (Shell::Bash, true) => format!(
                "if [ -n \"$WITH_ACCOUNT\" ]; then\n{lines}else\nprintf '\\n%s\\n' \"{skipped}\"\nfi\n"
            ),
            (Shell::Bash, false) => format!("if [ -n \"$WITH_ACCOUNT\" ]; then\n{lines}fi\n"),
            (Shell::PowerShell, true) => {
                format!("if ($WithAccount) {{\n{lines}}} else {{\nWrite-Host \"`n{skipped}\"\n}}\n")
            }
            (Shell::PowerShell, false) => format!("if ($WithAccount) {{\n{lines}}}\n"),
        }
    }

    /// Looks for each service of the stack before it is deployed.
    pub(super) fn spared(&self, stack: &PlannedStack) -> String {
        let given = self.by_stack.iter().find(|it| it.0 == stack.name);
        let given = given.map_or(&[][..], |it| it.1);
        let mut lines = String::new();
        for (parameter, resource, command, query) in FOUND {
            let is_there = stack.name == STACK && given.iter().any(|it| *it.name == *parameter);
            if !is_there {
                continue;
            }
            let found = match self.shell {
                Shell::Bash => format!(
                    "\"$(aws {command} --region {} \\\n  --query \"{query}\" --output text 2>/dev/null || true)\"",
                    stack.region
                ),
                Shell::PowerShell => format!(
                    "(Find-Answer {} --region {} `\n  --query \"{query}\" --output text)",
                    command, stack.region
                ),
            };
            let words = [
                stack.region.as_str(),
                &stack.name,
                resource,
                parameter,
                &found,
            ];
            lines += &self.shell.call(Task::Spare, &words);
        }
        lines
    }

    /// The lines that deploy a stack: this one where there is something to enable, since CloudFormation refuses a stack
    /// without any resource; and with them what CloudFormation cannot do.
    pub(super) fn wanted(&self, stack: &PlannedStack, deployed: String) -> String {
        if stack.name != STACK {
            return deployed;
        }
        let (region, name) = (&stack.region, &stack.name);
        let mut lines = self.shell.call(Task::Unscan, &[region, name]) + &deployed;
        if has_inspector(self.topology) {
            lines += &self.shell.call(Task::Scan, &[region, name]);
        }
        match self.shell {
            Shell::Bash => {
                format!("if is_wanted {region} {name}; then\n{lines}else\nWITH_ACCOUNT=\nfi\n")
            }
            Shell::PowerShell => format!(
                "if (Test-Wanted {region} {name}) {{\n{lines}}} else {{\n$WithAccount = $false\n}}\n"
            ),
        }
    }

    /// What the destroy script does beside deleting stacks: nothing where the design has neither Inspector nor a lock.
    pub(super) fn undoing(&self) -> Vec<(&'static str, String)> {
        let mut buckets = self.topology.all::<Bucket>();
        let has_lock = buckets.any(|(_, it)| is_locked(it));
        let only = |has: bool, lines: &str| if has { lines.to_owned() } else { String::new() };
        let kept = text(
            "account.kept",
            "Bucket {bucket} stays, with the records of API calls in it: they are locked. README.md says who can delete it all the same, and how.",
        );
        let mut marks: Vec<(&'static str, String)> = self
            .quoted([
                ("UNSCANNING", unscanning()),
                ("KEPT", kept.with("bucket", "${bucket}")),
            ])
            .collect();
        marks.push(("INSPECTOR", INSPECTOR.to_owned()));
        let filled = |has, lines| fill(&only(has, lines), &marks);
        let has_inspector = has_inspector(self.topology);
        let pieces = match self.shell {
            Shell::Bash => BASH,
            Shell::PowerShell => POWERSHELL,
        };
        let [unscan, held, locked, leave, keep] = pieces;
        vec![
            ("UNSCAN", filled(has_inspector, unscan)),
            ("HELD_INSPECTOR", filled(has_inspector, held)),
            ("LOCKED", filled(has_lock, locked)),
            ("LEAVE_LOCKED", filled(has_lock, leave)),
            ("KEEP_LOCKED", filled(has_lock, keep)),
        ]
    }
}

impl Readme<'_> {
    /// How the stack is deployed that an account has once.
    pub(super) fn account(&self, page: &mut Page) {
        if self.plan.stacks.iter().all(|it| it.name != STACK) {
            return;
        }
        let commands = Shell::ALL.map(|it| format!("`./{} {}`", it.deploy_file(), flag(it)));
        page.say(
            text(
                "readme.account",
                "The account stack is left out unless you ask for it: {commands}. An account has its services once in a Region, and they watch everything in it. In an account that a class shares, one team deploys it, or nobody. The script looks for each service first, and leaves alone what somebody else has enabled: that parameter becomes `false`. Each can be left out by hand, too, as with `EnableMacie=false`.",
            )
            .with("commands", commands.join(", ")),
        );
        if has_inspector(self.bundle.topology) {
            page.say(text(
                "readme.account.inspector",
                "CloudFormation has no type that enables Amazon Inspector. The deploy script enables it, for what the parameter in Systems Manager under the stack's name says, and the destroy script disables it again, but only where this stack had it enabled.",
            ));
        }
    }

    /// What becomes of a bucket whose objects are locked.
    pub(super) fn locked(&self, page: &mut Page, name: &str) {
        page.say(
            text(
                "readme.delete.locked",
                "{bucket} stays: the records of API calls in it are under Object Lock, and nobody deletes them before their time. It is locked in governance mode, so that a workshop can clean up all the same: whoever is granted `s3:BypassGovernanceRetention` and `s3:DeleteObjectVersion`, as administrators are, repeats the first two commands until nothing is listed, then deletes the bucket.",
            )
            .with("bucket", format!("`{name}`")),
        );
        page.code(
            Shell::Bash,
            "bucket=NAME\naws s3api list-object-versions --bucket \"$bucket\" --max-items 500 --output json --query '{Objects: [Versions, DeleteMarkers][] | [].{Key: Key, VersionId: VersionId}}' >locked.json\naws s3api delete-objects --bucket \"$bucket\" --bypass-governance-retention --delete file://locked.json\naws s3api delete-bucket --bucket \"$bucket\"",
        );
    }
}

/// The word that asks for the stack.
fn flag(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => "--with-account",
        Shell::PowerShell => "-WithAccount",
    }
}

/// Pieces of `destroy.sh`: how Inspector is disabled, when, whether a bucket is locked, and where such a one is left alone.
const BASH: [&str; 5] = [
    r#"# unscan REGION PARAMETER: disables Inspector for what the parameter says.
unscan() {
  local region=$1 scanned
  scanned=$(aws ssm get-parameter --region "$region" --name "$2" --query Parameter.Value --output text 2>/dev/null) || return 0
  printf '%s\n' "@UNSCANNING@"
  # shellcheck disable=SC2086
  aws inspector2 disable --region "$region" --resource-types $scanned >/dev/null || true
}

"#,
    "      'AWS::SSM::Parameter '*@INSPECTOR@) unscan \"$1\" \"$id\" ;;\n",
    r#"# is_locked REGION BUCKET: whether objects of the bucket cannot be deleted before their time.
is_locked() {
  aws s3api get-object-lock-configuration --region "$1" --bucket "$2" >/dev/null 2>&1
}

"#,
    "  if is_locked \"$region\" \"$bucket\"; then return 0; fi\n",
    "      if is_locked \"$1\" \"$bucket\"; then\n        printf '%s\\n' \"@KEPT@\"\n        break\n      fi\n",
];

/// The same of `destroy.ps1`.
const POWERSHELL: [&str; 5] = [
    r#"# Disables Inspector for what a parameter says.
function Disable-Scan([string] $Region, [string] $Parameter) {
  $scanned = Find-Answer ssm get-parameter --region $Region --name $Parameter --query Parameter.Value --output text
  if (-not $scanned) { return }
  Write-Host "@UNSCANNING@"
  $types = $scanned -split ' '
  $null = Find-Answer inspector2 disable --region $Region --resource-types @types
}

"#,
    "    if ($kind -ceq 'AWS::SSM::Parameter' -and $id.EndsWith('@INSPECTOR@')) { Disable-Scan $Region $id }\n",
    r#"# Whether objects of a bucket cannot be deleted before their time.
function Test-Locked([string] $Region, [string] $Bucket) {
  $null = Find-Answer s3api get-object-lock-configuration --region $Region --bucket $Bucket
  return $LASTEXITCODE -eq 0
}

"#,
    "  if (Test-Locked $Region $Bucket) { return }\n",
    "    if (Test-Locked $Region $bucket) {\n      Write-Host \"@KEPT@\"\n      continue\n    }\n",
];
