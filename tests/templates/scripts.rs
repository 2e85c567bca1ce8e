//! The scripts of an export, run by bash against a stand-in for the AWS CLI that writes down what it is asked.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use azimuth::cloudformation::Format;
use azimuth::design::{Design, Override};
use azimuth::export;
use azimuth::text::Lang;

use super::{design, variants};

/// Answers what the scripts ask: every output is `<its name>-value`, protection is on, one bucket with one object is left.
/// STANDING has lines of a Region, a stack and its tag `home`; HELD those of a stack, a type and an identifier.
const AWS: &str = r#"#!/usr/bin/env bash
printf '%s\n' "$*" >> "$LOG"
case "$*" in
  'sts get-caller-identity'*) echo 111122223333 ;;
  *OutputKey==*) printf '%s-value\n' "$(printf '%s' "$*" | sed "s/.*OutputKey=='\([^']*\)'.*/\1/")" ;;
  *ParameterKey,ParameterValue*) printf '%b' "${VALUES:-}" ;;
  *ParameterKey,DefaultValue*) printf '%b' "${DEFAULTS:-}" ;;
  *"Key=='project' &&"*) printf '%b' "${STANDING:-}" | sed -n "s/^$4 //p" ;;
  'cloudformation list-stack-resources'*) printf '%b' "${HELD:-}" | sed -n "s/^$6 //p" ;;
  *StackStatus*) echo "${STATUS:-CREATE_COMPLETE}" ;;
  'cloudformation wait'*) if [ "$(grep -c 'cloudformation wait' "$LOG")" -le "${WAITS:-0}" ]; then exit 255; fi ;;
  *DeletionProtection*) echo True ;;
  *DBInstanceStatus*) if grep -q start-db-instance "$LOG"; then echo available; else echo "${DATABASE:-available}"; fi ;;
  'guardduty list-detectors'*) echo "${DETECTOR:-None}" ;;
  'macie2 get-macie-session'*) exit 254 ;;
  'inspector2 batch-get'*) echo None ;;
  'cloudformation describe-stacks'*-account*) exit "${GONE:-0}" ;;
  'ssm get-parameter'*) if [ -n "${SCANS:-}" ]; then echo "$SCANS"; else exit 254; fi ;;
  's3api list-buckets'*) echo "${BUCKET:-team-1-security-logbucket-x}" ;;
  's3api get-bucket-location'*) echo "${LOCATION:-ap-northeast-1}" ;;
  's3api get-bucket-tagging'*) echo "${OWNER:-multi-tier-web}" ;;
  's3api list-object-versions'*) if grep -q delete-objects "$LOG"; then echo '{"Objects": []}'; else echo '{"Objects": [{"Key": "a b"}]}'; fi ;;
  's3api delete-objects'*) cat >> "$LOG"; echo None ;;
  'cloudformation deploy'*) exit "${DEPLOY:-0}" ;;
esac
"#;

/// An export in a folder of its own, with the stand-ins on the path.
struct Stage {
    folder: PathBuf,
}

impl Stage {
    fn new(name: &str, line: &str) -> Self {
        Self::of(name, &design(line))
    }

    fn of(name: &str, design: &Design) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("bin")).unwrap();
        for (program, text) in [
            ("aws", AWS),
            ("curl", "#!/bin/sh\n"),
            ("sleep", "#!/bin/sh\n"),
        ] {
            let path = folder.join("bin").join(program);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        for file in export::files(design, "", Format::Yaml, Lang::Ja) {
            fs::write(folder.join(file.path), file.text).unwrap();
        }
        Self { folder }
    }

    /// Runs a script; answers how it went and what the AWS CLI was asked.
    fn run(
        &self,
        script: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> (Output, Vec<String>) {
        let log = self.folder.join("log");
        fs::write(&log, "").unwrap();
        let path = format!(
            "{}:{}",
            self.folder.join("bin").display(),
            std::env::var("PATH").unwrap()
        );
        let output = Command::new("bash")
            .arg(self.folder.join(script))
            .args(arguments)
            .env("PATH", path)
            .env("LOG", &log)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        let asked = fs::read_to_string(log).unwrap();
        (output, asked.lines().map(str::to_owned).collect())
    }
}

fn asked<'a>(log: &'a [String], start: &str) -> Vec<&'a str> {
    log.iter()
        .map(String::as_str)
        .filter(|it| it.starts_with(start))
        .collect()
}

#[test]
fn deploy_goes_through_the_stacks_in_order_and_hands_outputs_on() {
    let stage = Stage::new("deploy", "multi-tier-web");
    let (output, log) = stage.run("deploy.sh", &["team-1"], &[]);
    assert!(output.status.success(), "{output:?}");
    let deployed = asked(&log, "cloudformation deploy");
    let stacks: Vec<&str> = deployed
        .iter()
        .map(|it| {
            it.split("--stack-name team-1-")
                .nth(1)
                .unwrap()
                .split(' ')
                .next()
                .unwrap()
        })
        .collect();
    assert_eq!(
        stacks,
        ["network", "security", "data", "app", "observability"]
    );
    let end = "tier=security home=ap-northeast-1 --parameter-overrides LogRetentionDays=90 VpcId=VpcId-value";
    assert!(deployed[1].ends_with(end), "{}", deployed[1]);
    assert!(deployed[3].contains(" LogBucketName=LogBucketName-value"));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("LoadBalancerUrl-value"), "{said}");
}

#[test]
fn deploy_stops_at_the_first_stack_that_fails() {
    let stage = Stage::new("deploy-fails", "multi-tier-web");
    let (output, log) = stage.run("deploy.sh", &[], &[("DEPLOY", "255")]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(asked(&log, "cloudformation deploy").len(), 1);
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("multi-tier-web-network")
    );
}

#[test]
fn deploy_clears_a_stack_whose_first_deployment_failed() {
    let stage = Stage::new("deploy-again", "multi-tier-web");
    let (output, log) = stage.run("deploy.sh", &[], &[("STATUS", "ROLLBACK_COMPLETE")]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(asked(&log, "cloudformation delete-stack").len(), 5);
}

#[test]
fn deploy_asks_for_the_certificate_before_anything_else() {
    let stage = Stage::new("deploy-https", "multi-tier-web balancer.https=true");
    let (output, log) = stage.run("deploy.sh", &[], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(asked(&log, "cloudformation deploy").is_empty(), "{log:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("CertificateArn=…"), "{said}");
    let (output, log) = stage.run("deploy.sh", &["CertificateArn=arn:x y"], &[]);
    assert!(output.status.success(), "{output:?}");
    assert!(asked(&log, "cloudformation deploy")[3].contains(" CertificateArn=arn:x y "));
    // Once given, it stays.
    let before = [
        ("VALUES", "CertificateArn\tarn:x\n"),
        ("DEFAULTS", "CertificateArn\tNone\n"),
    ];
    let (output, log) = stage.run("deploy.sh", &[], &before);
    assert!(output.status.success(), "{output:?}");
    assert!(asked(&log, "cloudformation deploy")[3].contains(" CertificateArn=arn:x "));
}

#[test]
fn deploy_takes_what_is_given_then_what_was_given_then_what_the_design_says() {
    let stage = Stage::new("deploy-given", "multi-tier-web");
    // Instance type and e-mail were given; the minimum was the default of an older design, and the volume was given to one
    // that said something else.
    let before = [
        (
            "VALUES",
            "InstanceType\tt3.small\nMinSize\t1\nMaxSize\t6\nVolumeSize\t20\nAlarmEmail\tme@example.com\n",
        ),
        (
            "DEFAULTS",
            "InstanceType\tt3.micro\nMinSize\t1\nMaxSize\t6\nVolumeSize\t10\nAlarmEmail\t\n",
        ),
    ];
    let words = ["MaxSize=4", "team-1", "HealthCheckPath=/a b=c"];
    let (output, log) = stage.run("deploy.sh", &words, &before);
    assert!(output.status.success(), "{output:?}");
    let deployed = asked(&log, "cloudformation deploy");
    let app = deployed[3];
    for given in [
        "team-1-app",
        " InstanceType=t3.small ",
        " MinSize=2 ",
        " VolumeSize=8 ",
        " MaxSize=4 ",
        " HealthCheckPath=/a b=c ",
    ] {
        assert!(app.contains(given), "{given}: {app}");
    }
    assert!(
        deployed[4].contains(" AlarmEmail=me@example.com "),
        "{}",
        deployed[4]
    );
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.matches("のままです").count(), 2, "{said}");
}

#[test]
fn arguments_that_are_not_understood_change_nothing() {
    let stage = Stage::new("arguments", "multi-tier-web");
    for (script, words) in [
        ("deploy.sh", &["a", "b"][..]),
        ("deploy.sh", &["Instancetype=t3.small"]),
        ("deploy.sh", &["a", "VpcId=vpc-1"]),
        ("deploy.sh", &["--yes"]),
        ("deploy.sh", &[""]),
        ("destroy.sh", &["a", "b"]),
        ("destroy.sh", &["a", "--force"]),
        ("destroy.sh", &["InstanceType=t3.small"]),
    ] {
        let (output, log) = stage.run(script, words, &[]);
        assert_eq!(
            (output.status.code(), log.len()),
            (Some(1), 0),
            "{script} {words:?}"
        );
        let said = String::from_utf8(output.stderr).unwrap();
        let last = *words.last().unwrap();
        assert!(said.contains(last) && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn help_lists_every_parameter_and_asks_nobody() {
    let stage = Stage::new("help", "multi-tier-web balancer.https=true");
    for (script, word, lists) in [
        (
            "deploy.sh",
            "--help",
            &["InstanceType", "t3.micro", "CertificateArn"][..],
        ),
        ("destroy.sh", "-h", &["--yes", "PREFIX"]),
    ] {
        let (output, log) = stage.run(script, &["a", word], &[]);
        assert!(output.status.success() && log.is_empty(), "{output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(lists.iter().all(|it| said.contains(it)), "{said}");
    }
}

#[test]
fn destroy_takes_its_words_in_any_order_and_without_a_prefix() {
    let stage = Stage::new("destroy-words", "multi-tier-web");
    for (words, prefix) in [
        (&["--yes"][..], "multi-tier-web"),
        (&["--yes", "team-1"], "team-1"),
        (&["team-1", "-y"], "team-1"),
    ] {
        let (output, log) = stage.run("destroy.sh", words, &[]);
        assert!(output.status.success(), "{output:?}");
        let deleted = asked(&log, "cloudformation delete-stack");
        let end = format!("{prefix}-network");
        assert!(deleted.last().unwrap().ends_with(&end), "{deleted:?}");
    }
}

#[test]
fn deploy_says_what_to_do_with_a_stack_that_takes_no_deployment() {
    let stage = Stage::new("deploy-states", "multi-tier-web");
    for (status, words) in [
        ("ROLLBACK_FAILED", "destroy.sh"),
        ("DELETE_FAILED", "destroy.sh"),
        ("CREATE_FAILED", "destroy.sh"),
        ("UPDATE_ROLLBACK_FAILED", "CloudFormation"),
        ("UPDATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"),
    ] {
        let (output, log) = stage.run("deploy.sh", &["a"], &[("STATUS", status)]);
        assert_eq!(output.status.code(), Some(1), "{status}");
        let changed = ["cloudformation deploy", "cloudformation delete"];
        assert!(changed.iter().all(|it| asked(&log, it).is_empty()));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("a-network") && said.contains(words), "{said}");
    }
    for status in ["REVIEW_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE", ""] {
        let (output, _) = stage.run("deploy.sh", &["a"], &[("STATUS", status)]);
        assert!(output.status.success(), "{status}: {output:?}");
    }
}

#[test]
fn deploy_stops_where_a_failed_first_try_cannot_be_cleared() {
    let stage = Stage::new("deploy-stuck", "multi-tier-web");
    let environment = [("STATUS", "ROLLBACK_COMPLETE"), ("WAITS", "1")];
    let (output, log) = stage.run("deploy.sh", &["a"], &environment);
    assert_eq!(output.status.code(), Some(1));
    assert!(asked(&log, "cloudformation deploy").is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("destroy.sh a"), "{said}");
}

#[test]
fn destroy_tries_again_and_says_what_still_stands() {
    let stage = Stage::new("destroy-again", "multi-tier-web");
    let words = ["a", "--yes"];
    let (output, log) = stage.run("destroy.sh", &words, &[("WAITS", "2")]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(asked(&log, "cloudformation delete-stack").len(), 5 + 2);
    let (output, log) = stage.run("destroy.sh", &words, &[("WAITS", "3")]);
    assert_eq!(output.status.code(), Some(1));
    let deleted = asked(&log, "cloudformation delete-stack");
    assert!(deleted.len() == 3 && deleted[2].ends_with("a-observability"));
    let standing = asked(&log, "cloudformation describe-stack-resources");
    assert_eq!(standing.len(), 1, "{log:?}");
}

#[test]
fn destroy_goes_backwards_and_leaves_the_snapshot_alone() {
    let stage = Stage::new("destroy", "multi-tier-web");
    let environment = [
        ("OWNER", "team-1"),
        ("HELD", "team-1-data AWS::RDS::DBInstance\tthe-database\n"),
    ];
    let (output, log) = stage.run("destroy.sh", &["team-1", "--yes"], &environment);
    assert!(output.status.success(), "{output:?}");
    let deleted: Vec<&str> = asked(&log, "cloudformation delete-stack")
        .iter()
        .map(|it| it.rsplit("team-1-").next().unwrap())
        .collect();
    assert_eq!(
        deleted,
        ["observability", "app", "data", "security", "network"]
    );
    let place = |start: &str| {
        log.iter()
            .position(|it| it.starts_with(start))
            .expect(start)
    };
    let data = "cloudformation delete-stack --region ap-northeast-1 --stack-name team-1-data";
    assert!(place("rds modify-db-instance") < place(data));
    let network = "cloudformation delete-stack --region ap-northeast-1 --stack-name team-1-network";
    assert!(place(network) < place("s3api delete-objects"));
    assert!(place("s3api delete-objects") < place("s3api delete-bucket"));
    assert!(asked(&log, "rds delete").is_empty());
}

/// Of what takes a database's protection away, what the AWS CLI is asked while the database is in a state.
fn unprotecting(stage: &Stage, state: &str) -> Vec<String> {
    let environment = [
        ("HELD", "team-1-data AWS::RDS::DBInstance\tthe-database\n"),
        ("DATABASE", state),
    ];
    let (output, log) = stage.run("destroy.sh", &["team-1", "--yes"], &environment);
    assert!(output.status.success(), "{state}: {output:?}");
    let asked = log.iter().filter_map(|it| it.strip_prefix("rds "));
    let changes = asked.filter(|it| !it.starts_with("describe"));
    let words = changes.filter_map(|it| it.split(' ').next());
    words
        .take_while(|it| *it != "describe-db-snapshots")
        .map(str::to_owned)
        .collect()
}

#[test]
fn destroy_starts_a_database_that_is_stopped_before_it_changes_it() {
    let stage = Stage::new("destroy-stopped", "multi-tier-web");
    let change = ["modify-db-instance", "wait"];
    assert_eq!(unprotecting(&stage, "available"), change);
    let started = ["start-db-instance", "wait", "modify-db-instance", "wait"];
    assert_eq!(unprotecting(&stage, "stopped"), started);
}

#[test]
fn what_a_state_machine_left_is_looked_for_by_its_own_tag() {
    let filter = "Name=tag:azimuth:stack,Values=";
    for (line, stack) in [
        ("multi-tier-web", None),
        ("scheduled-nat", Some("schedule")),
        (
            "multi-tier-web network.nat=scheduled stacks.grouping=regions",
            Some("schedule"),
        ),
    ] {
        let stage = Stage::new("destroy-temporary", line);
        let (output, log) = stage.run("destroy.sh", &["team-1", "--yes"], &[]);
        assert!(output.status.success(), "{output:?}");
        let tagged: Vec<&String> = log.iter().filter(|it| it.contains(filter)).collect();
        let readme = fs::read_to_string(stage.folder.join("README.md")).unwrap();
        let readme = readme.split("## すべて削除する").nth(1).unwrap();
        let Some(stack) = stack else {
            assert!(tagged.is_empty() && !readme.contains(filter), "{line}");
            continue;
        };
        let of = |prefix: &str| format!("{filter}{prefix}-{stack} ");
        assert_eq!(tagged.len(), 2, "{tagged:?}");
        assert!(
            tagged.iter().all(|it| it.contains(&of("team-1"))),
            "{tagged:?}"
        );
        assert!(tagged[0].contains("Values=pending,available,deleting"));
        let blueprint = line.split(' ').next().unwrap();
        assert_eq!(readme.matches(&of(blueprint)).count(), 2, "{readme}");
    }
}

/// The readme's sentence names the kinds of things that its commands list, and no other.
#[test]
fn the_readme_names_what_its_last_commands_list() {
    for (line, kinds) in [
        (
            "scheduled-nat",
            "stacks, NAT gateways, addresses, buckets, log groups, then whatever else has the tag",
        ),
        (
            "multi-tier-web",
            "stacks, NAT gateways, addresses, databases, snapshots, buckets, log groups, then whatever else has the tag",
        ),
    ] {
        let files = export::files(&design(line), "", Format::Yaml, Lang::En);
        let readme = super::text_of(&files, "README.md");
        assert!(readme.contains(kinds), "{readme}");
    }
}

#[test]
fn the_readme_says_what_each_schedule_calls_and_when() {
    let readme = |line: &str| {
        let files = export::files(&design(line), "", Format::Yaml, Lang::En);
        super::text_of(&files, "README.md").to_owned()
    };
    let plain = readme("scheduled-nat");
    let list = "These are the schedules:\n\n\
                - `OpenWindow1Schedule`: `cron(0 1 ? * * *)`, Asia/Tokyo; calls `NatSchedule`\n\
                - `CloseWindow1Schedule`: `cron(0 3 ? * * *)`, Asia/Tokyo; calls `NatSchedule`\n\
                - `SweepSchedule`: `rate(60 minutes)`; calls `NatSweeperFunction`\n\nA run can be started";
    assert!(plain.contains(list), "{plain}");
    assert!(!plain.contains("\n\n```\n"), "{plain}");
    assert!(!plain.contains(" rest outside"), "{plain}");
    assert!(plain.contains("`./deploy.sh team-1 S3_BUCKET LogRetentionDays=…`"));
    let batch = readme("scheduled-nat schedule.rest=true");
    assert!(batch.contains("; calls `autoscaling:updateAutoScalingGroup`\n"));
    assert!(batch.contains("The instances rest outside"), "{batch}");
    let database = readme("multi-tier-web network.nat=scheduled schedule.rest=true");
    assert!(
        database.contains("; calls `rds:stopDBInstance`\n"),
        "{database}"
    );
    assert!(database.contains("Instances and database rest outside"));
}

const ACCOUNT: &str =
    "multi-tier-web account.guardduty=true account.macie=true account.inspector=true";

#[test]
fn the_account_stack_is_deployed_when_it_is_asked_for_and_spares_what_is_there() {
    let stage = Stage::new("account", ACCOUNT);
    let of_account = |log: &[String]| -> Vec<String> {
        let all = asked(log, "cloudformation deploy").into_iter();
        let own = all.filter(|it| it.contains("-account "));
        own.map(str::to_owned).collect()
    };
    let (output, log) = stage.run("deploy.sh", &["team-1"], &[]);
    assert!(output.status.success(), "{output:?}");
    assert!(of_account(&log).is_empty(), "{log:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("--with-account"), "{said}");

    let scans = [("SCANS", "EC2 ECR LAMBDA")];
    let (output, log) = stage.run("deploy.sh", &["--with-account", "team-1"], &scans);
    assert!(output.status.success(), "{output:?}");
    let words = "EnableGuardDuty=true EnableMacie=true EnableInspector=true";
    assert!(of_account(&log)[0].ends_with(words), "{log:?}");
    let enabled = "inspector2 enable --region ap-northeast-1 --resource-types EC2 ECR LAMBDA";
    assert_eq!(asked(&log, "inspector2 enable"), [enabled]);

    let there = [("DETECTOR", "12abc34d567e8fa901bc2d34e56789f0")];
    let (output, log) = stage.run("deploy.sh", &["--with-account"], &there);
    assert!(output.status.success(), "{output:?}");
    let words = "EnableMacie=true EnableInspector=true EnableGuardDuty=false";
    assert!(of_account(&log)[0].ends_with(words), "{log:?}");
    assert!(asked(&log, "inspector2 enable").is_empty());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("EnableGuardDuty=false"), "{said}");
}

#[test]
fn a_later_run_without_inspector_disables_it_before_its_parameter_goes() {
    let stage = Stage::new("account-later", ACCOUNT);
    let scans = [("SCANS", "EC2 ECR LAMBDA")];
    let without = ["--with-account", "EnableInspector=false"];
    let (output, log) = stage.run("deploy.sh", &without, &scans);
    assert!(output.status.success(), "{output:?}");
    let disabled = log
        .iter()
        .position(|it| it.starts_with("inspector2 disable --region ap-northeast-1"));
    let deployed = log
        .iter()
        .position(|it| it.starts_with("cloudformation deploy") && it.contains("-account "));
    assert!(disabled.unwrap() < deployed.unwrap(), "{log:?}");
    let (_, log) = stage.run("deploy.sh", &without, &[]);
    assert!(asked(&log, "inspector2 disable").is_empty(), "{log:?}");
}

#[test]
fn an_account_stack_with_nothing_to_enable_is_not_deployed() {
    let stage = Stage::new("account-empty", "multi-tier-web account.guardduty=true");
    let there = [
        ("DETECTOR", "12abc34d567e8fa901bc2d34e56789f0"),
        ("GONE", "254"),
    ];
    let (output, log) = stage.run("deploy.sh", &["--with-account"], &there);
    assert!(output.status.success(), "{output:?}");
    let deployed = asked(&log, "cloudformation deploy");
    assert!(
        deployed.iter().all(|it| !it.contains("-account ")),
        "{log:?}"
    );
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("有効にするサービスが残っていません"),
        "{said}"
    );
}

#[test]
fn destroy_disables_what_the_deploy_script_enabled() {
    let stage = Stage::new("account-gone", ACCOUNT);
    let held = "multi-tier-web-account AWS::SSM::Parameter\t/multi-tier-web-account/inspector\n";
    let scans = [("SCANS", "EC2 ECR LAMBDA"), ("HELD", held)];
    let (output, log) = stage.run("destroy.sh", &["--yes"], &scans);
    assert!(output.status.success(), "{output:?}");
    let disabled = log
        .iter()
        .position(|it| it.starts_with("inspector2 disable"));
    let deleted = log
        .iter()
        .position(|it| it.starts_with("cloudformation delete-stack") && it.contains("-account"));
    assert!(disabled.unwrap() < deleted.unwrap(), "{log:?}");
    let (_, log) = stage.run("destroy.sh", &["--yes"], &[]);
    assert!(asked(&log, "inspector2 disable").is_empty());
}

#[test]
fn destroy_leaves_a_locked_bucket_and_says_so() {
    let stage = Stage::new("locked", "multi-tier-web observability.trail_lock_days=7");
    let bucket = [("BUCKET", "multi-tier-web-security-trailbucket-x")];
    let (output, log) = stage.run("destroy.sh", &["--yes"], &bucket);
    assert!(output.status.success(), "{output:?}");
    assert!(asked(&log, "s3api get-object-lock-configuration").len() == 1);
    assert!(asked(&log, "s3api delete-").is_empty(), "{log:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("multi-tier-web-security-trailbucket-x"),
        "{said}"
    );
}

#[test]
fn destroy_leaves_the_bucket_of_another_deployment_or_region_alone() {
    let stage = Stage::new("destroy-others", "multi-tier-web");
    for other in [
        ("OWNER", "team-2"),
        ("LOCATION", "eu-west-1"),
        ("BUCKET", "team-1-uploads"),
    ] {
        let environment = [("OWNER", "team-1"), other];
        let (output, log) = stage.run("destroy.sh", &["team-1", "--yes"], &environment);
        assert!(output.status.success(), "{output:?}");
        assert!(asked(&log, "s3api delete").is_empty(), "{other:?}: {log:?}");
    }
}

#[test]
fn destroy_empties_what_a_stack_holds_before_the_stack() {
    let failover = "multi-tier-web dns.failover=true balancer.domain=www.example.com \
                    balancer.hosted_zone_id=Z0123456789ABCDEFGHIJ backup.enabled=true";
    let bucket = "s3api list-object-versions --region ap-northeast-1 --bucket www.example.com";
    let vault = "backup list-recovery-points-by-backup-vault --region ap-northeast-1 --backup-vault-name the-vault";
    // What the design says does not matter: the stacks may be of an earlier one.
    for (name, line) in [
        ("destroy-held", failover),
        ("destroy-held-before", "multi-tier-web"),
    ] {
        let stage = Stage::new(name, line);
        let environment = [
            ("OWNER", "team-1"),
            ("STANDING", "ap-northeast-1 team-1-edge\tNone\n"),
            (
                "HELD",
                "team-1-edge AWS::S3::BucketPolicy\twww.example.com\nteam-1-edge AWS::S3::Bucket\twww.example.com\n\
                 team-1-edge AWS::S3::Bucket\tNone\nteam-1-data AWS::Backup::BackupVault\tthe-vault\n",
            ),
        ];
        let (output, log) = stage.run("destroy.sh", &["team-1", "--yes"], &environment);
        assert!(output.status.success(), "{output:?}");
        for (first, stack) in [(bucket, "edge"), (vault, "data")] {
            let place = |end: &str| log.iter().position(|it| it.contains(end)).expect(end);
            assert!(
                place(first)
                    < place(&format!(
                        "delete-stack --region ap-northeast-1 --stack-name team-1-{stack}"
                    ))
            );
        }
        let deleted = asked(&log, "s3api delete-bucket");
        assert!(
            deleted.len() == 1 && deleted[0].ends_with("team-1-security-logbucket-x"),
            "{deleted:?}"
        );
    }
}

/// Stacks of the prefix that an earlier design had; one of its further Region; and what is none of this design's: another
/// Region's deployment, one whose prefix only begins the same, and names that no design has.
const STANDING: &str = "ap-northeast-1 team-1-vpcs\tap-northeast-1\nap-northeast-1 team-1-network\tap-northeast-1\n\
                        ap-northeast-1 team-1-edge\tNone\nap-northeast-3 team-1-copy\tap-northeast-1\n\
                        eu-west-1 team-1-app\tNone\nus-east-1 team-1-copy\teu-west-1\n\
                        ap-northeast-1 team-1-edge-vpcs\tNone\nap-northeast-1 vpcs\tNone\nap-northeast-1 team-1-\tNone\n";

#[test]
fn destroy_deletes_what_an_earlier_design_left_and_nothing_of_others() {
    let stage = Stage::new("destroy-left", "multi-tier-web");
    let environment = [("OWNER", "team-1"), ("STANDING", STANDING)];
    let (output, log) = stage.run("destroy.sh", &["team-1", "--yes"], &environment);
    assert!(output.status.success(), "{output:?}");
    let deleted: Vec<String> = asked(&log, "cloudformation delete-stack")
        .iter()
        .map(|it| {
            it.replace("cloudformation delete-stack --region ", "")
                .replace(" --stack-name team-1-", " ")
        })
        .collect();
    let expected = [
        "ap-northeast-1 vpcs",
        "ap-northeast-1 observability",
        "ap-northeast-1 edge",
        "ap-northeast-1 app",
        "ap-northeast-1 data",
        "ap-northeast-3 copy",
        "ap-northeast-1 security",
        "ap-northeast-1 network",
    ];
    assert_eq!(deleted, expected);
    let said = String::from_utf8(output.stdout).unwrap();
    let (before, after) = said.split_once("ap-northeast-1 の").unwrap();
    assert!(
        !before.contains("team-1-vpcs") && after.contains("team-1-vpcs"),
        "{said}"
    );
    for (region, stack) in [("eu-west-1", "app"), ("us-east-1", "copy")] {
        let sentence = format!("{region} のスタック team-1-{stack} は");
        assert_eq!(said.matches(&sentence).count(), 1, "{said}");
    }
}

/// A further Region's stack of one name may be another deployment's: a copy of backups that two Regions send to a third.
#[test]
fn a_stack_of_another_deployment_is_neither_deployed_nor_deleted() {
    let stage = Stage::new("taken", "multi-tier-web");
    let taken = "ap-northeast-1 team-1-app\teu-west-1\nap-northeast-1 team-1-data\tNone\n";
    let environment = [("OWNER", "team-1"), ("STANDING", taken)];
    let (output, log) = stage.run("deploy.sh", &["team-1"], &environment);
    assert_eq!(output.status.code(), Some(1));
    assert!(asked(&log, "cloudformation deploy").is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("team-1-app") && !said.contains("team-1-data"),
        "{said}"
    );
    let (output, log) = stage.run("destroy.sh", &["team-1", "--yes"], &environment);
    assert!(output.status.success(), "{output:?}");
    let deleted = asked(&log, "cloudformation delete-stack");
    assert!(deleted.iter().all(|it| !it.contains("team-1-app")));
    assert!(deleted.iter().any(|it| it.contains("team-1-data")));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.matches("team-1-app").count(), 1, "{said}");
}

#[test]
fn deploy_says_what_an_earlier_design_left_and_deletes_nothing() {
    let stage = Stage::new("deploy-left", "multi-tier-web");
    let (output, log) = stage.run("deploy.sh", &["team-1"], &[("STANDING", STANDING)]);
    assert!(output.status.success(), "{output:?}");
    assert!(asked(&log, "cloudformation delete").is_empty());
    let deployed = asked(&log, "cloudformation deploy");
    assert!(
        deployed
            .iter()
            .all(|it| it.contains(" home=ap-northeast-1"))
    );
    let said = String::from_utf8(output.stdout).unwrap();
    let former: Vec<&str> = said
        .lines()
        .filter(|it| it.contains("destroy.sh team-1"))
        .collect();
    assert_eq!(former.len(), 3, "{said}");
    for (line, stack) in former
        .iter()
        .zip(["team-1-vpcs", "team-1-edge", "team-1-copy"])
    {
        assert!(line.contains(&format!(" {stack} ")), "{line}");
    }
    assert_eq!(said.matches("別のリージョン向け").count(), 2, "{said}");
    let (output, _) = stage.run("deploy.sh", &["team-1"], &[]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!said.contains("destroy"), "{said}");
}

/// It would open a second gateway each night, and a window that is open has routes where the new ones shall be.
#[test]
fn deploy_deletes_the_schedule_of_an_earlier_design_before_anything_else() {
    let standing =
        "ap-northeast-1 team-1-schedule\tap-northeast-1\nap-northeast-1 team-1-edge\tNone\n";
    let environment = [("STANDING", standing)];
    let stage = Stage::new("deploy-schedule", "multi-tier-web");
    let (output, log) = stage.run("deploy.sh", &["team-1"], &environment);
    assert!(output.status.success(), "{output:?}");
    let deleted = asked(&log, "cloudformation delete-stack");
    let schedule =
        "cloudformation delete-stack --region ap-northeast-1 --stack-name team-1-schedule";
    assert_eq!(deleted, [schedule]);
    let place = |start: &str| {
        log.iter()
            .position(|it| it.starts_with(start))
            .expect(start)
    };
    let waits = place("cloudformation wait stack-delete-complete");
    assert!(place(schedule) < waits && waits < place("cloudformation deploy"));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.matches("team-1-schedule").count(), 1, "{said}");
    assert_eq!(said.matches("destroy.sh team-1").count(), 1, "{said}");

    let fails = [environment[0], ("WAITS", "1")];
    let (output, log) = stage.run("deploy.sh", &["team-1"], &fails);
    assert_eq!(output.status.code(), Some(1));
    assert!(asked(&log, "cloudformation deploy").is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("team-1-schedule"), "{said}");

    // Its own, and that of a deployment in another Region.
    for (line, standing) in [
        ("multi-tier-web network.nat=scheduled", standing),
        ("multi-tier-web", "eu-west-1 team-1-schedule\teu-west-1\n"),
    ] {
        let stage = Stage::new("deploy-schedule-kept", line);
        let words = ["team-1", "store"];
        let words = if line.contains("scheduled") {
            &words[..]
        } else {
            &words[..1]
        };
        let (output, log) = stage.run("deploy.sh", words, &[("STANDING", standing)]);
        assert!(output.status.success(), "{output:?}");
        assert!(asked(&log, "cloudformation delete").is_empty(), "{line}");
    }
}

#[test]
fn destroy_changes_nothing_without_a_yes() {
    let stage = Stage::new("destroy-no", "multi-tier-web");
    let (output, log) = stage.run("destroy.sh", &[], &[]);
    assert_eq!(output.status.code(), Some(1));
    let reads = ["sts get-caller-identity", "cloudformation describe-stacks"];
    assert!(
        log.iter()
            .all(|it| reads.iter().any(|read| it.starts_with(read))),
        "{log:?}"
    );
}

#[test]
fn a_prefix_that_cannot_name_a_stack_is_refused() {
    let stage = Stage::new("prefix", "multi-tier-web");
    for script in ["deploy.sh", "destroy.sh"] {
        for prefix in ["1a", "a b", "a_b", "-", "ä", &"a".repeat(31)] {
            let (output, log) = stage.run(script, &[prefix], &[]);
            assert_eq!(
                (output.status.code(), log.len()),
                (Some(1), 0),
                "{script} {prefix}"
            );
        }
    }
}

#[test]
fn a_template_too_large_to_send_goes_through_a_bucket() {
    let mut design = design("multi-tier-web");
    design.overrides.push(Override::Set {
        resource: "Vpc".to_owned(),
        property: "Tags.0.Value".to_owned(),
        value: "x".repeat(51_200).into(),
    });
    let files = export::files(&design, "", Format::Yaml, Lang::En);
    let script = super::text_of(&files, "deploy.sh");
    assert!(script.contains("--s3-bucket \"$BUCKET\""));
    assert!(script.contains("[ -n \"$BUCKET\" ] || fail"));
    let script = super::text_of(&files, "deploy.ps1");
    assert!(script.contains("'--s3-bucket', $Bucket"));
    assert!(script.contains("if (-not $Bucket) { Stop-Script"));
    let readme = super::text_of(&files, "README.md");
    for words in [
        "\n./deploy.sh multi-tier-web S3_BUCKET\n",
        "\n./deploy.ps1 multi-tier-web S3_BUCKET\n",
        "`./deploy.sh team-1 S3_BUCKET`",
        "`./deploy.sh team-1 S3_BUCKET InstanceType=t3.small`",
        "`aws s3 mb s3://S3_BUCKET --region ap-northeast-1`",
    ] {
        assert!(readme.contains(words), "{words}: {readme}");
    }
    let stage = Stage::of("bucket", &design);
    let (output, log) = stage.run("deploy.sh", &["a"], &[]);
    assert_eq!((output.status.code(), log.len()), (Some(1), 0));
    let (output, log) = stage.run("deploy.sh", &["a", "store", "MaxSize=4"], &[]);
    assert!(output.status.success(), "{output:?}");
    let deployed = asked(&log, "cloudformation deploy");
    assert!(deployed[0].contains(" --s3-bucket store"), "{deployed:?}");
    assert!(!deployed[3].contains("--s3-bucket") && deployed[3].contains(" MaxSize=4 "));
}

#[test]
fn a_name_from_a_link_never_becomes_a_command() {
    let mut design = design("multi-tier-web");
    design.title = azimuth::design::Setting::parse("$(touch pwned) @STACKS@ `id`").unwrap();
    let ends_the_help = "5\nTEXT\ntouch pwned\n'; touch pwned";
    design.overrides = serde_json::from_value(serde_json::json!([
        {"add": {"resource": "x; touch pwned #", "stack": "data", "type": "AWS::RDS::DBInstance", "properties": {
            "Engine": "mysql", "DBInstanceClass": "db.t3.micro", "AllocatedStorage": "20",
            "DBSubnetGroupName": {"Ref": "DatabaseSubnetGroup"}, "MultiAZ": true,
        }}},
        {"add": {"resource": "$(touch pwned)", "stack": "app", "type": "AWS::SSM::Parameter", "properties": {
            "Value": {"Ref": "x; touch pwned #"},
        }}},
        {"set": {"resource": "Database", "property": "EngineVersion", "value": ends_the_help}},
    ]))
    .unwrap();
    let stage = Stage::of("hostile", &design);
    for (script, arguments) in [
        ("deploy.sh", &["a"][..]),
        ("deploy.sh", &["--help"]),
        ("destroy.sh", &["a", "--yes"]),
    ] {
        let (output, _) = stage.run(script, arguments, &[]);
        assert!(output.status.success(), "{output:?}");
        assert!(!Path::new("pwned").exists() && !stage.folder.join("pwned").exists());
    }
}

#[test]
fn every_script_is_bash_in_every_language() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("syntax.sh");
    for (line, design) in variants() {
        for lang in Lang::ALL {
            for file in export::files(&design, "", Format::Json, lang) {
                if !file.executable {
                    continue;
                }
                assert!(
                    !file.text.contains('@') || !marks_left(&file.text),
                    "{line}: {}",
                    file.path
                );
                fs::write(&path, &file.text).unwrap();
                let checked = Command::new("bash").arg("-n").arg(&path).output().unwrap();
                assert!(
                    checked.status.success(),
                    "{line}: {} {checked:?}",
                    file.path
                );
            }
        }
    }
}

/// Whether a mark such as `@STACKS@` was not filled.
fn marks_left(text: &str) -> bool {
    let mut parts = text.split('@').skip(1).step_by(2);
    parts.any(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
}

/// Lines of a PowerShell script that call one of its functions, outside of the functions.
fn calls<'a>(script: &'a str, function: &str) -> Vec<&'a str> {
    script
        .lines()
        .filter(|it| it.split(' ').next() == Some(function))
        .collect()
}

#[test]
fn powershell_does_the_same_in_the_same_order_as_bash() {
    for (line, design) in variants() {
        let files = export::files(&design, "", Format::Yaml, Lang::En);
        let text = |path: &str| super::text_of(&files, path).to_owned();
        for (bash, powershell, pairs) in [
            (
                text("deploy.sh"),
                text("deploy.ps1"),
                [
                    ("need", "Assert-Choice"),
                    ("recall", "Find-Setting"),
                    ("choose", "Add-Choice"),
                    ("close_windows", "Close-Window"),
                    ("spare", "Skip-Service"),
                    ("deploy", "Deploy-Stack"),
                    ("scan", "Enable-Scan"),
                    ("show", "Show-Output"),
                    ("wait_for", "Wait-Answer"),
                ]
                .as_slice(),
            ),
            (
                text("destroy.sh"),
                text("destroy.ps1"),
                &[
                    ("delete_left", "Remove-Left"),
                    ("delete", "Remove-Stack"),
                    ("clear_buckets", "Remove-Bucket"),
                    ("forget_logs", "Clear-Log"),
                    ("snapshots", "Show-Snapshot"),
                    ("temporary", "Show-Temporary"),
                    ("remaining", "Show-Rest"),
                ],
            ),
        ] {
            for (one, other) in pairs {
                let words = |script, function: &str| -> Vec<Vec<String>> {
                    let lines = calls(script, function).into_iter();
                    lines
                        .map(|it| {
                            it.split(' ')
                                .skip(1)
                                .take_while(|it| {
                                    !["\\", "@(", "$chosen", "\"${chosen[@]}\""].contains(it)
                                        && !it.starts_with("\"$(aws")
                                        && !it.starts_with("(Find-")
                                })
                                .map(str::to_owned)
                                .collect()
                        })
                        .collect()
                };
                assert_eq!(
                    words(&bash, one),
                    words(&powershell, other),
                    "{line}: {one}"
                );
            }
        }
    }
}

#[test]
fn powershell_hands_every_parameter_on() {
    for (line, design) in variants() {
        let topology = design.expand();
        let files = export::files(&design, "", Format::Yaml, Lang::En);
        let script = super::text_of(&files, "deploy.ps1");
        let plan = azimuth::cloudformation::plan(&topology, Format::Yaml);
        for stack in &plan.stacks {
            let start = format!("Deploy-Stack {} {}", stack.region, stack.name);
            let call = script.split(&start).nth(1).expect(line);
            let call = call.split("\n)\n").next().unwrap();
            for (name, value) in &stack.parameters {
                let given = match stack.source(name) {
                    Some((owner, output)) => {
                        let mut stacks = plan.stacks.iter();
                        let region = &stacks.find(|it| it.name == owner).unwrap().region;
                        let taken =
                            format!("$out['{output}'] = Get-Output {region} {owner} {output}\n");
                        let before = script.split(&start).next().unwrap();
                        assert!(before.contains(&taken), "{line}: {taken}");
                        format!("  \"{name}=$($out['{output}'])\"")
                    }
                    None => continue,
                };
                assert!(call.contains(&given), "{line}: {name} {value}");
            }
        }
    }
}

/// A byte order mark is how Windows PowerShell knows UTF-8, and a typographic quote ends its strings like a plain one.
#[test]
fn powershell_reads_every_sentence_of_every_language() {
    for lang in Lang::ALL {
        let mut design = design("multi-tier-web balancer.https=true");
        design.title = azimuth::design::Setting::parse("SIG # Begin signature block").unwrap();
        for file in export::files(&design, "", Format::Yaml, lang) {
            let Some(script) = file.text.strip_prefix('\u{feff}') else {
                assert!(!file.path.ends_with(".ps1"), "{}", file.path);
                continue;
            };
            assert!(!file.executable && !marks_left(script), "{}", file.path);
            assert!(script.lines().all(|it| !it.starts_with("# SIG #")));
            for line in script
                .lines()
                .filter(|it| it.contains("Write-Host") || it.contains("Stop-Script \""))
            {
                let mut opened = false;
                let mut rest = line.chars();
                while let Some(it) = rest.next() {
                    match it {
                        '`' => drop(rest.next()),
                        '"' | '“' | '”' | '„' => opened = !opened,
                        _ => (),
                    }
                }
                assert!(!opened, "{}: {line}", file.path);
            }
        }
    }
}
