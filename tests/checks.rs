//! Every rule is provoked by a line of `checks.txt`, every fix mends what it says, and names of nodes mean nothing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use azimuth::aws::{Name, Piece, Resource, Value, sub_pieces};
use azimuth::blueprint::{self, base};
use azimuth::checks::{ALL, Finding, Severity, Subject, at_option, check};
use azimuth::design::{Design, OptionKind, Override, options};
use azimuth::text::{Lang, Message};
use azimuth::topology::Topology;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A line of the table: the rule and the design that provokes it.
struct Row {
    line: &'static str,
    code: &'static str,
    design: Design,
}

fn usual() -> Design {
    base("multi-tier-web").unwrap()
}

fn rows() -> Vec<Row> {
    let lines = include_str!("checks.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .map(row)
        .collect()
}

fn row(line: &'static str) -> Row {
    let (head, edits) = match line.find('[') {
        Some(start) => line.split_at(start),
        None => (line, "[]"),
    };
    let mut words = head.split_whitespace();
    let code = words.next().unwrap();
    let mut design = usual();
    for setting in words {
        let (key, value) = setting.split_once('=').unwrap();
        design.set(key, &value.replace('~', " ")).unwrap();
    }
    design.overrides = serde_json::from_str(edits).unwrap();
    Row { line, code, design }
}

fn findings(design: &Design) -> Vec<Finding> {
    check(&Subject::new(Some(design), &design.expand()))
}

/// What a finding is about: its rule and the node to look at.
fn key(finding: &Finding) -> (&'static str, Option<Name>) {
    (finding.check.code, finding.at.first().cloned())
}

fn errors(findings: &[Finding]) -> Errors {
    let errors = findings
        .iter()
        .filter(|it| it.check.severity == Severity::Error);
    errors.map(key).collect()
}

type Errors = BTreeSet<(&'static str, Option<Name>)>;

/// What is wrong with the fixes of a design's findings. Errors that are known may come to light.
fn broken_fixes(design: &Design, known: &Errors) -> Vec<String> {
    let before = findings(design);
    let mut broken = Vec::new();
    for finding in &before {
        for fix in &finding.fixes {
            let after = findings(&fix.design);
            let stays = after.iter().any(|it| key(it) == key(finding));
            let added: Vec<_> = errors(&after)
                .difference(&errors(&before))
                .filter(|it| !known.contains(it))
                .cloned()
                .collect();
            if stays || !added.is_empty() {
                let code = finding.check.code;
                broken.push(format!(
                    "{code} {}: {}, stays: {stays}, adds: {added:?}",
                    finding.message, fix.title
                ));
            }
        }
    }
    broken
}

#[test]
fn codes_are_unique_and_in_order() {
    let codes: Vec<&str> = ALL.iter().map(|it| it.code).collect();
    let sorted: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes, sorted.into_iter().collect::<Vec<_>>());
}

#[test]
fn every_rule_has_a_line_that_provokes_it() {
    let rows = rows();
    let provoked: BTreeSet<&str> = rows.iter().map(|it| it.code).collect();
    assert_eq!(provoked, ALL.iter().map(|it| it.code).collect());
    for row in rows {
        let found = findings(&row.design);
        assert!(
            found.iter().any(|it| it.check.code == row.code),
            "{}",
            row.line
        );
    }
}

#[test]
fn every_fix_silences_its_finding_and_adds_no_error() {
    for row in rows() {
        assert_eq!(
            broken_fixes(&row.design, &Errors::new()),
            Vec::<String>::new(),
            "{}",
            row.line
        );
    }
}

#[test]
fn most_rules_offer_a_fix() {
    let rows = rows();
    let fixable: BTreeSet<&str> = rows
        .iter()
        .flat_map(|it| findings(&it.design))
        .filter(|it| !it.fixes.is_empty())
        .map(|it| it.check.code)
        .collect();
    let all: BTreeSet<&str> = ALL.iter().map(|it| it.code).collect();
    let without: Vec<&&str> = all.difference(&fixable).collect();
    // A certificate, a subscriber, a stack in another Region, a router, the size of packets: what no option of this design
    // stands for, or what nobody else can name.
    assert_eq!(
        without,
        [
            &"DNS-004", &"ED-005", &"LB-013", &"OB-005", &"PE-006", &"RT-019"
        ]
    );
}

#[test]
fn every_sentence_is_whole_in_every_language() {
    let whole = |message: &Message, line: &str| {
        for lang in Lang::ALL {
            let sentence = message.render(lang);
            let is_whole = !sentence.is_empty() && !sentence.contains(['{', '}']);
            assert!(is_whole, "{line}: {sentence}");
        }
    };
    for it in ALL {
        for words in [it.title, it.why, it.advice] {
            whole(&words.into(), it.code);
        }
        assert!(!it.reference.is_empty(), "{}", it.code);
    }
    for row in rows() {
        for finding in findings(&row.design) {
            whole(&finding.message, row.line);
            for fix in &finding.fixes {
                whole(&fix.title, row.line);
            }
        }
    }
}

#[test]
fn a_template_of_somebody_else_gets_findings_without_fixes() {
    for row in rows() {
        let topology = row.design.expand();
        let subject = Subject::new(None, &topology);
        assert!(check(&subject).iter().all(|it| it.fixes.is_empty()));
    }
}

/// The topology with every node under another name.
fn renamed(topology: &Topology) -> Topology {
    let mut other = Topology::default();
    other.stacks.clone_from(&topology.stacks);
    other.notes.clone_from(&topology.notes);
    let new_name = |name: &str| match topology.node(name) {
        Some(_) => format!(
            "Z{}",
            name.bytes().rev().map(char::from).collect::<String>()
        ),
        None => name.to_owned(),
    };
    for node in topology.nodes() {
        let properties = match rewritten(&Value::Map(node.resource.properties()), &new_name) {
            Value::Map(properties) => properties,
            _ => Vec::new(),
        };
        let resource = Resource::read(node.resource.kind(), &properties).unwrap();
        let added = other.add(node.stack, new_name(&node.name), resource);
        added.depends_on = node
            .depends_on
            .iter()
            .map(|it| new_name(it).into())
            .collect();
        added.keep = node.keep;
        added.made_by = node.made_by.as_ref().map(|it| new_name(it).into());
    }
    other
}

fn rewritten(value: &Value, new_name: &dyn Fn(&str) -> String) -> Value {
    let again = |it: &Value| rewritten(it, new_name);
    match value {
        Value::Ref(name) => Value::reference(new_name(name)),
        Value::Att(name, attribute) => Value::att(new_name(name), attribute.clone()),
        Value::List(items) => Value::List(items.iter().map(again).collect()),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, it)| (key.clone(), again(it)));
            Value::Map(entries.collect())
        }
        Value::Fn(function, argument) => match (function.as_ref(), argument.as_str()) {
            ("Sub", Some(text)) => Value::sub(sub_renamed(text, new_name)),
            _ => Value::Fn(function.clone(), Box::new(again(argument))),
        },
        Value::Bool(_) | Value::Int(_) | Value::Num(_) | Value::Str(_) => value.clone(),
    }
}

fn sub_renamed(text: &str, new_name: &dyn Fn(&str) -> String) -> String {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Reference(name, None) => format!("${{{}}}", new_name(name)),
        Piece::Reference(name, Some(attribute)) => format!("${{{}.{attribute}}}", new_name(name)),
    };
    sub_pieces(text).into_iter().map(piece).collect()
}

#[test]
fn names_of_nodes_mean_nothing() {
    let codes = |topology: &Topology| -> Vec<&str> {
        let subject = Subject::new(None, topology);
        check(&subject).iter().map(|it| it.check.code).collect()
    };
    for row in rows() {
        let topology = row.design.expand();
        assert_eq!(codes(&renamed(&topology)), codes(&topology), "{}", row.line);
    }
}

#[test]
fn the_cause_comes_before_what_follows_from_it() {
    for (settings, first) in [
        ("network.cidr=10.0.0.0/28 network.zones=3", "NET-015"),
        ("network.cidr=10.0.0.0/27 fleet.min=8", "NET-015"),
        ("network.zones=1", "DB-003"),
        ("fleet.min=8", "ASG-010"),
    ] {
        let mut design = usual();
        for (key, value) in settings.split(' ').filter_map(|it| it.split_once('=')) {
            design.set(key, value).unwrap();
        }
        let found = findings(&design);
        assert_eq!(found[0].check.code, first, "{settings}");
        assert!(found.is_sorted_by_key(|it| it.check.severity));
    }
}

#[test]
fn a_wrong_value_is_told_at_its_option() {
    for (settings, keys) in [
        ("network.cidr=10.0.0.0/8", &["network.cidr"][..]),
        ("network.cidr=10.0.0.5/16", &["network.cidr"]),
        ("network.cidr=8.8.0.0/16", &["network.cidr"]),
        (
            "network.public_cidrs=10.0.1.0/24",
            &["network.public_cidrs"],
        ),
        (
            "network.private_cidrs=192.168.0.0/24",
            &["network.private_cidrs"],
        ),
        (
            "network.private_cidrs=10.0.1.0/29",
            &["network.private_cidrs"],
        ),
        ("network.zones=4", &["network.zones"]),
        (
            "network.cidr=10.0.0.0/27",
            &["network.cidr", "network.zones"],
        ),
        ("fleet.desired=9", &["fleet.desired", "fleet.max"]),
        ("fleet.min=5", &["fleet.min", "fleet.desired"]),
        (
            "fleet.scaling=step fleet.scale_in_cpu=80",
            &["fleet.scale_out_cpu", "fleet.scale_in_cpu"],
        ),
        (
            "balancer.health_interval=5",
            &["balancer.health_interval", "balancer.health_timeout"],
        ),
        (
            "balancer.https=true balancer.certificate=mine",
            &["balancer.certificate"],
        ),
        ("balancer.health_path=healthz", &["balancer.health_path"]),
        ("observability.email=ops", &["observability.email"]),
        (
            "client.enabled=true client.cidrs=10.0.128.0/17",
            &["client.cidrs"],
        ),
        (
            "client.enabled=true client.cidrs=10.9.0.0/30 client.flow_logs=false",
            &["client.cidrs"],
        ),
        (
            "client.enabled=true client.region=eu-west-1 client.zones=4",
            &["client.zones"],
        ),
        (
            "client.enabled=true client.return_routes=false",
            &["client.return_routes"],
        ),
        (
            "client.enabled=true api.enabled=true client.hosted_zone=false",
            &["client.hosted_zone"],
        ),
        ("", &[]),
    ] {
        let mut design = usual();
        for (key, value) in settings.split(' ').filter_map(|it| it.split_once('=')) {
            design.set(key, value).unwrap();
        }
        let found = findings(&design);
        let told: Vec<&str> = options()
            .map(|it| it.key)
            .filter(|key| at_option(&found, key).next().is_some())
            .collect();
        assert_eq!(told, keys, "{settings}");
    }
}

#[test]
fn what_an_edit_made_wrong_is_no_options_fault() {
    for row in rows() {
        let wrong_by_edit = !row.design.overrides.is_empty();
        let found = findings(&row.design);
        let about = found.iter().filter(|it| it.check.code == row.code);
        if wrong_by_edit {
            assert!(
                about.clone().all(|it| it.options.is_empty()),
                "{}",
                row.line
            );
        }
        for key in about.flat_map(|it| &it.options) {
            assert!(options().any(|it| it.key == *key), "{key}");
        }
    }
}

#[test]
fn the_blueprint_reads_as_advice() {
    let design = usual();
    let found = findings(&design);
    assert_eq!(errors(&found), BTreeSet::new());
    let shown: Vec<String> = found.iter().map(shown).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn the_cross_region_blueprint_reads_as_advice() {
    let found = findings(&base("cross-region-private-api").unwrap());
    let told: Vec<String> = found
        .iter()
        .map(|it| format!("{} {}", it.check.code, it.message))
        .collect();
    assert_eq!(
        told,
        [
            "OB-005 3 alarms go to AlarmTopic, which nobody subscribes to.",
            "OB-005 3 alarms go to ClientAlarmTopic, which nobody subscribes to.",
        ]
    );
}

#[test]
fn the_scheduled_blueprint_reads_as_advice() {
    for settings in [
        &[][..],
        &[("schedule.calls", "sdk")],
        &[("schedule.keep_address", "true")],
    ] {
        let mut design = base("scheduled-nat").unwrap();
        for (key, value) in settings {
            design.set(key, value).unwrap();
        }
        let found = findings(&design);
        let told: Vec<String> = found
            .iter()
            .map(|it| format!("{} {}", it.check.code, it.message))
            .collect();
        assert_eq!(
            told,
            [
                "NET-016 Every subnet stands in zone a: its loss is the loss of everything.",
                "OB-002 None of the stacks has a CloudTrail trail that is logging.",
                "RT-014 Instances in PrivateSubnetA reach S3 through a NAT gateway.",
                "OB-005 7 alarms go to ScheduleTopic, which nobody subscribes to.",
            ],
            "{settings:?}"
        );
    }
}

#[test]
fn every_blueprint_is_sound_as_it_is_and_without_its_application_and_with_a_client() {
    let alone = [("application.enabled", "false")];
    let called = [("client.enabled", "true"), ("api.enabled", "true")];
    let private = [("network.tiers", "1")];
    for blueprint in blueprint::ALL {
        for settings in [&[][..], &alone, &called, &private] {
            let mut design = (blueprint.design)();
            // An endpoint wants two zones.
            if settings == called && design.network.zones.get() < 2 {
                continue;
            }
            for (key, value) in settings {
                design.set(key, value).unwrap();
            }
            let found = errors(&findings(&design));
            assert_eq!(found, Errors::new(), "{} {settings:?}", blueprint.id);
        }
    }
}

/// A finding in every language.
fn shown(finding: &Finding) -> String {
    let it = finding.check;
    let at: Vec<&str> = finding.at.iter().map(|it| it.as_str()).collect();
    let mut lines = vec![format!(
        "{} {} ({}) [{}]",
        it.code,
        it.severity.tag(),
        at.join(", "),
        it.reference
    )];
    for lang in Lang::ALL {
        lines.push(format!("  {}", it.title.render(lang)));
        lines.push(format!("  {}", finding.message.render(lang)));
        lines.push(format!("  {}", it.why.render(lang)));
        lines.push(format!("  {}", it.advice.render(lang)));
        let fixes = finding.fixes.iter();
        lines.extend(fixes.map(|fix| format!("  > {}", fix.title.render(lang))));
    }
    lines.join("\n") + "\n"
}

#[test]
fn a_file_full_of_edits_is_checked_without_fixes() {
    let mut design = usual();
    let edit = serde_json::from_str(r#"[{"remove": {"resource": "Nothing"}}]"#);
    let edits: Vec<_> = edit.unwrap();
    design.overrides = edits.into_iter().cycle().take(3_000).collect();
    let found = findings(&design);
    let notes = found.iter().filter(|it| it.check.code == "DS-001").count();
    assert_eq!(notes, 21);
    assert!(found.iter().all(|it| it.fixes.is_empty()));
}

#[test]
fn numbers_beyond_all_measure_are_no_panic() {
    let most = u32::MAX.to_string();
    for (resource, property) in [
        ("WebGroup", "MinSize"),
        ("WebGroup", "DesiredCapacity"),
        ("WebGroup", "MaxSize"),
        ("WebGroup", "HealthCheckGracePeriod"),
        ("WebTargetGroup", "HealthCheckIntervalSeconds"),
        ("WebTargetGroup", "UnhealthyThresholdCount"),
        ("Database", "AllocatedStorage"),
        ("Database", "Iops"),
        ("WebCpuPolicy", "TargetTrackingConfiguration.TargetValue"),
    ] {
        let mut design = usual();
        design.overrides = vec![Override::Set {
            resource: resource.to_owned(),
            property: property.to_owned(),
            value: most.as_str().into(),
        }];
        assert_eq!(design.expand().notes, [], "{property}");
        assert!(!findings(&design).is_empty());
    }
}

/// The blueprint with the settings and edits of two lines.
fn mixed() -> impl Strategy<Value = (&'static str, &'static str, Design)> {
    let lines = || {
        let all: Vec<&'static str> = rows().iter().map(|it| it.line).collect();
        proptest::sample::select(all)
    };
    (lines(), lines()).prop_map(|(one, other)| {
        let second = row(other).design;
        let mut design = row(one).design;
        for (spec, shown) in second.differences(&usual()) {
            design.set(spec.key, &shown).unwrap();
        }
        design.overrides.extend(second.overrides);
        (one, other, design)
    })
}

/// A text that an option takes, rather one that makes trouble.
fn value(kind: OptionKind) -> BoxedStrategy<String> {
    let range = (0_u8..4, 0_u8..9, 7_u8..=30).prop_map(|(net, third, length)| {
        let net = ["10.0", "172.17", "192.168", "8.8"][usize::from(net)];
        format!("{net}.{third}.0/{length}")
    });
    let words = [
        "",
        "x",
        "/y",
        "ops@example.com",
        "arn:aws:acm:us-east-1:111122223333:certificate/x",
    ];
    match kind {
        OptionKind::Switch => any::<bool>().prop_map(|it| it.to_string()).boxed(),
        OptionKind::Whole { min, max } => prop_oneof![min..=max, min..=max.min(min + 12)]
            .prop_map(|it| it.to_string())
            .boxed(),
        OptionKind::Choice(values) => proptest::sample::select(values)
            .prop_map(str::to_owned)
            .boxed(),
        OptionKind::Range => range.boxed(),
        OptionKind::Ranges => {
            let one = prop_oneof![Just("auto".to_owned()), range];
            let all = proptest::collection::vec(one, 1..4);
            all.prop_map(|it| it.join(",")).boxed()
        }
        OptionKind::Blocks { max } => proptest::collection::vec(range, 0..=max)
            .prop_map(|it| it.join(","))
            .boxed(),
        OptionKind::Places { max } => {
            let one = prop_oneof![Just("auto".to_owned()), range];
            let all = proptest::collection::vec(one, 1..=max.min(3));
            all.prop_map(|it| it.join(",")).boxed()
        }
        OptionKind::Labels { .. } => {
            let lists = ["", "shared", "a,b", "a,b,c,d", "a,b,c,d,e,f"];
            proptest::sample::select(lists.to_vec())
                .prop_map(str::to_owned)
                .boxed()
        }
        OptionKind::Addresses { .. } => {
            let lists = ["", "203.0.113.10", "203.0.113.10,198.51.100.20"];
            proptest::sample::select(lists.to_vec())
                .prop_map(str::to_owned)
                .boxed()
        }
        OptionKind::Windows { .. } => {
            let lists = [
                "daily 00:00-00:00",
                "sat 01:00-03:00",
                "mon-fri 22:00-02:00, sun 03:00-04:00",
            ];
            proptest::sample::select(lists.to_vec())
                .prop_map(str::to_owned)
                .boxed()
        }
        OptionKind::Curve { .. } => Just("0:1, 2:30".to_owned()).boxed(),
        OptionKind::Words { .. } => proptest::sample::select(words.to_vec())
            .prop_map(str::to_owned)
            .boxed(),
    }
}

/// Settings in the order in which they are made.
fn settings() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let all: Vec<_> = options().collect();
    let one = proptest::sample::select(all)
        .prop_flat_map(|spec| value((spec.kind)()).prop_map(move |given| (spec.key, given)));
    proptest::collection::vec(one, 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        cases: 40,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn fixes_hold_where_two_things_are_wrong((one, other, design) in mixed()) {
        let known = [one, other].map(|it| errors(&findings(&row(it).design)));
        let known = known.into_iter().flatten().collect();
        prop_assert_eq!(broken_fixes(&design, &known), Vec::<String>::new(), "{}\n{}", one, other);
    }

    #[test]
    fn fixes_hold_for_any_options(settings in settings()) {
        let (mut design, mut roomy) = (usual(), usual());
        for (key, given) in &settings {
            design.set(key, given).unwrap();
            if !key.contains("cidr") {
                roomy.set(key, given).unwrap();
            }
        }
        // What has no room cannot be wrong yet.
        let known = errors(&findings(&roomy));
        prop_assert_eq!(broken_fixes(&design, &known), Vec::<String>::new(), "{:?}", settings);
    }
}
