//! The exported files: what is printed, that it comes back, that it stays inside CloudFormation's limits, that the scripts
//! do what they say.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "templates/defaults.rs"]
mod defaults;
#[path = "templates/reader.rs"]
mod reader;
#[path = "templates/scripts.rs"]
mod scripts;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use azimuth::aws::{Region, Value, sub_pieces};
use azimuth::blueprint;
use azimuth::cloudformation::{Bundle, File, Format, Plan, Template, plan, print, read, zip};
use azimuth::design::{Design, Override, Routing};
use azimuth::text::Lang;
use azimuth::topology::{Keep, Node, Topology};
use proptest::prelude::*;
use serde_json::Value as Json;

const FORMATS: [Format; 2] = [Format::Yaml, Format::Json];

/// The designs of `variants.txt` with their lines.
fn variants() -> Vec<(&'static str, Design)> {
    include_str!("variants.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.strip_prefix("lint ").unwrap_or(line))
        .map(|line| (line, design(line)))
        .collect()
}

fn design(line: &str) -> Design {
    let mut words = line.split(' ');
    let mut design = blueprint::base(words.next().unwrap()).expect(line);
    for (key, value) in words.map(|it| it.split_once('=').expect(line)) {
        design.set(key, value).expect(line);
    }
    design
}

fn s1() -> Topology {
    design("multi-tier-web").expand()
}

/// Files of an export whose figures do not move with the price table.
fn bundle(topology: &Topology, lang: Lang) -> Vec<File> {
    Bundle {
        topology,
        blueprint: "multi-tier-web",
        title: "Multi-tier web application".to_owned(),
        svg: "<svg/>".to_owned(),
        design: "{}".to_owned(),
        link: "https://azimuth.example/#s1".to_owned(),
        lacks: None,
        monthly: "146.00".to_owned(),
        hourly: "0.200".to_owned(),
        hours: 730,
        by_stack: ["50.00", "0.00", "0.00", "60.00", "36.00"]
            .into_iter()
            .chain(std::iter::repeat("0.00"))
            .take(topology.stacks.len())
            .map(str::to_owned)
            .collect(),
        as_of: "2026-11",
        format: Format::Yaml,
        lang,
    }
    .files()
}

fn text_of<'a>(files: &'a [File], path: &str) -> &'a str {
    let file = files.iter().find(|it| it.path == path);
    &file.unwrap_or_else(|| panic!("no {path}")).text
}

fn document(template: &Template) -> Json {
    match template.file.ends_with(".yaml") {
        true => reader::read(&template.text),
        false => serde_json::from_str(&template.text).unwrap(),
    }
}

fn entries<'a>(document: &'a Json, section: &str) -> Vec<(&'a String, &'a Json)> {
    let section = document.get(section).and_then(Json::as_object);
    section.into_iter().flatten().collect()
}

#[test]
fn the_blueprints_files_read_as_a_person_would_write_them() {
    let files = bundle(&s1(), Lang::En);
    for file in files.iter().filter(|it| it.text.len() > 10) {
        insta::assert_snapshot!(file.path.clone(), file.text);
    }
    let paths: Vec<&str> = files.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "network.yaml",
            "security.yaml",
            "data.yaml",
            "app.yaml",
            "observability.yaml",
            "plan.json",
            "deploy.sh",
            "destroy.sh",
            "deploy.ps1",
            "destroy.ps1",
            "README.md",
            "diagram.svg",
            "design.azimuth.json"
        ]
    );
}

#[test]
fn the_readme_speaks_the_readers_language_and_leaves_no_place_empty() {
    let japanese = bundle(&s1(), Lang::Ja);
    let readme = text_of(&japanese, "README.md");
    assert!(readme.contains("## すべて削除する"), "{readme}");
    for files in [bundle(&s1(), Lang::En), japanese] {
        // Every other piece is a block of commands, where braces have a meaning.
        for words in text_of(&files, "README.md").split("```").step_by(2) {
            assert!(!words.contains(['{', '}']), "{words}");
        }
    }
}

#[test]
fn the_readme_fills_the_page_that_dns_fails_over_to_and_looks_for_it_afterwards() {
    let failover = "multi-tier-web dns.failover=true balancer.domain=www.example.com";
    let readme = |line: &str| {
        let files = bundle(&design(line).expand(), Lang::En);
        text_of(&files, "README.md").to_owned()
    };
    let upload = "aws s3 cp - \"s3://$page/index.html\" --content-type text/html --region ";
    let page = [
        upload,
        "OutputKey=='MaintenancePageName'",
        "`LogBucket`, `MaintenancePage`.",
        "|| Name == 'www.example.com'].Name",
    ];
    let check = [
        "OutputKey=='HealthCheckId'",
        " --inverted",
        " --no-inverted",
        "Test record",
    ];
    let insecure = ["has no HTTPS"];
    // A dot or a dash before the Region, as S3 has it there.
    for (more, website) in [
        (
            "",
            "http://${page}.s3-website-ap-northeast-1.amazonaws.com/",
        ),
        (
            " region=eu-central-1",
            "http://${page}.s3-website.eu-central-1.amazonaws.com/",
        ),
    ] {
        let readme = readme(&format!("{failover}{more}"));
        for words in page.iter().chain(&check).chain([&website]) {
            assert!(readme.contains(words), "{words}: {readme}");
        }
        // The upload for both shells.
        assert_eq!(readme.matches(upload).count(), 2);
        assert!(!readme.contains(insecure[0]));
    }
    assert!(readme(&format!("{failover} balancer.https=true")).contains(insecure[0]));
    let elsewhere = readme(&format!(
        "{failover} balancer.https=true dns.secondary=203.0.113.10"
    ));
    assert!(check.iter().all(|it| elsewhere.contains(it)), "{elsewhere}");
    assert!(
        page.iter()
            .chain(&insecure)
            .all(|it| !elsewhere.contains(it)),
        "{elsewhere}"
    );
    let plain = readme("multi-tier-web balancer.domain=www.example.com");
    assert!(
        page.iter().chain(&check).all(|it| !plain.contains(it)),
        "{plain}"
    );
}

#[test]
fn comments_speak_the_readers_language_and_nothing_else_leaves_ascii() {
    for template in print(&s1(), Format::Yaml, Lang::Ja) {
        let (comments, rest): (Vec<&str>, Vec<&str>) = template
            .text
            .lines()
            .partition(|it| it.trim_start().starts_with("# "));
        assert!(
            comments.iter().any(|it| !it.is_ascii()),
            "{}",
            template.file
        );
        assert!(rest.iter().all(|it| it.is_ascii()), "{}", template.file);
    }
}

#[test]
fn yaml_and_json_say_the_same() {
    for (line, design) in variants() {
        let topology = design.expand();
        let yaml = print(&topology, Format::Yaml, Lang::Ja);
        let json = print(&topology, Format::Json, Lang::En);
        assert_eq!(yaml.len(), json.len(), "{line}");
        for (yaml, json) in yaml.iter().zip(&json) {
            assert_eq!(document(yaml), document(json), "{line}: {}", yaml.file);
        }
    }
}

#[test]
fn what_was_printed_comes_back() {
    for (line, design) in variants() {
        assert_comes_back(line, &design.expand());
    }
}

fn assert_comes_back(line: &str, topology: &Topology) {
    let templates = print(topology, Format::Json, Lang::En);
    let plan = plan(topology, Format::Json);
    let written = serde_json::to_string(&plan).unwrap();
    let plan: Plan = serde_json::from_str(&written).unwrap();
    let back = read(&templates, &plan).expect(line);
    assert_eq!(back.nodes().len(), topology.nodes().len(), "{line}");
    for node in topology.nodes() {
        let other = back.node(&node.name).expect(&node.name);
        let resource = defaults::of(topology, node);
        assert_eq!(other.resource, resource, "{line}: {}", node.name);
        assert_eq!(
            (other.keep, &other.attributes, &other.condition),
            (node.keep, &node.attributes, &node.condition),
            "{line}"
        );
        let stack = |topology: &Topology, node: &Node| topology.stacks[node.stack].name;
        assert_eq!(
            stack(&back, other),
            stack(topology, node),
            "{line}: {}",
            node.name
        );
        let inside = node
            .depends_on
            .iter()
            .filter(|it| topology.node(it).is_some_and(|it| it.stack == node.stack));
        assert!(other.depends_on.iter().eq(inside), "{line}: {}", node.name);
    }
}

#[test]
fn what_the_defaults_leave_out_is_not_there() {
    let line = "multi-tier-web account.macie=true account.config=true";
    let topology = design(line).expand();
    let mut templates = print(&topology, Format::Json, Lang::En);
    let account = templates.iter_mut().find(|it| it.stack == "account");
    let account = account.unwrap();
    let document = document(account);
    let conditions = &document["Conditions"];
    assert_eq!(
        conditions["MacieEnabled"],
        serde_json::json!({"Fn::Equals": [{"Ref": "EnableMacie"}, "true"]})
    );
    assert_eq!(
        document["Outputs"]["ConfigBucketName"]["Condition"],
        "ConfigEnabled"
    );
    let start = account
        .text
        .find("\"EnableMacie\": {\n      \"Type\"")
        .unwrap();
    let (before, after) = account.text.split_at(start);
    account.text = format!(
        "{before}{}",
        after.replacen("\"Default\": \"true\"", "\"Default\": \"false\"", 1)
    );
    let back = read(&templates, &plan(&topology, Format::Json)).unwrap();
    assert!(back.node("MacieSession").is_none());
    assert!(back.node("ConfigRecorder").is_some());
}

/// The blueprint with a type, a property and references that the product knows nothing of.
fn foreign() -> Topology {
    let mut design = design("multi-tier-web");
    design.overrides = serde_json::from_value(serde_json::json!([
        {"add": {"resource": "Banner", "stack": "app", "type": "AWS::SSM::Parameter", "properties": {
            "Type": "String",
            "Value": {"Fn::Join": [",", [{"Ref": "Vpc"}, {"Fn::Sub": "${Database.Endpoint.Address}:${AWS::Region}"}]]},
            "Tags": {"on": "010", "key: #1": "2010-09-09"},
        }}},
        {"set": {"resource": "Vpc", "property": "InstanceTenancy", "value": "default"}},
        {"set": {"resource": "Database", "property": "Future", "value": {"Deep": [1, 2.5, true, {"Ref": "AWS::NoValue"}]}}},
    ]))
    .unwrap();
    let topology = design.expand();
    assert_eq!(topology.notes, []);
    topology
}

#[test]
fn what_the_product_does_not_model_survives() {
    let topology = foreign();
    assert_comes_back("foreign", &topology);
    let templates = print(&topology, Format::Yaml, Lang::En);
    let app = document(templates.iter().find(|it| it.stack == "app").unwrap());
    let banner = serde_json::to_string_pretty(&app["Resources"]["Banner"]).unwrap();
    insta::assert_snapshot!("foreign", banner);
}

#[test]
fn templates_that_cannot_be_read_say_why() {
    let topology = s1();
    let plan = plan(&topology, Format::Json);
    let good = print(&topology, Format::Json, Lang::En);
    let broken = |change: &dyn Fn(&mut Vec<Template>, &mut Plan)| {
        let (mut templates, mut plan) = (good.clone(), plan.clone());
        change(&mut templates, &mut plan);
        read(&templates, &plan).unwrap_err().to_string()
    };
    let replace = |templates: &mut Vec<Template>, from: &str, to: &str| {
        templates[0].text = templates[0].text.replace(from, to);
    };
    let cases = [
        broken(&|templates, _| templates[0].text.truncate(40)),
        broken(&|templates, _| templates[1].text = "{}".to_owned()),
        broken(&|templates, _| drop(templates.pop())),
        broken(&|_, plan| plan.stacks[2].region = "mars-1".to_owned()),
        broken(&|_, plan| plan.stacks[2].name = "other".to_owned()),
        broken(&|templates, _| replace(templates, "10.0.0.0/16", "10.0.0.0/99")),
        broken(&|templates, _| replace(templates, "\"Type\": \"AWS::EC2::VPC\",", "")),
    ];
    insta::assert_snapshot!("refusals", cases.join("\n"));
}

#[test]
fn templates_stay_inside_cloudformations_limits() {
    for (line, design) in variants() {
        for template in FORMATS
            .map(|it| print(&design.expand(), it, Lang::Ja))
            .concat()
        {
            let at = format!("{line}: {}", template.file);
            let document = document(&template);
            // What is larger goes through a bucket, which nobody should need who has not put all layers into one stack, and
            // who asks for no state machine, whose definition alone takes most of that.
            let most = if line.contains("grouping=regions") || template.stack == "schedule" {
                1_000_000
            } else {
                51_200
            };
            let size = template.text.len();
            assert!(size <= most, "{at}: {size} bytes");
            assert!(
                document["Description"].as_str().unwrap().len() <= 1024,
                "{at}"
            );
            assert_eq!(document["AWSTemplateFormatVersion"], "2010-09-09", "{at}");
            for (section, most) in [("Resources", 500), ("Parameters", 200), ("Outputs", 200)] {
                let entries = entries(&document, section);
                assert!(entries.len() <= most, "{at}: {} {section}", entries.len());
                for (name, entry) in entries {
                    let simple = name.chars().all(|it| it.is_ascii_alphanumeric());
                    assert!(simple && name.len() <= 255, "{at}: {name}");
                    let described = entry.get("Description").and_then(Json::as_str);
                    let longest = described.map_or(0, str::len);
                    assert!(
                        section == "Resources" || (1..=1024).contains(&longest),
                        "{at}: {name}"
                    );
                }
            }
        }
    }
}

/// What `deploy.sh` passes to a stack: the names that it chooses values of, and those on the lines of its `deploy` command.
fn passed<'a>(script: &'a str, stack: &str) -> BTreeSet<&'a str> {
    let end = format!(" {stack}");
    let chosen = script
        .lines()
        .skip_while(|it| !(it.starts_with("recall ") && it.ends_with(&end)))
        .skip(1)
        .map_while(|it| it.strip_prefix("choose ")?.split(' ').next());
    let end = [end.clone(), format!("{end} \"${{chosen[@]}}\"")];
    let mut lines = script.lines().skip_while(|line| {
        let command = line.trim_end_matches(" \\");
        !(command.starts_with("deploy ") && end.iter().any(|it| command.ends_with(it)))
    });
    let mut goes_on = lines.next().is_some_and(|it| it.ends_with('\\'));
    let mut names: BTreeSet<&str> = chosen.collect();
    while goes_on {
        let line = lines.next().unwrap();
        names.insert(line.trim().split_once('=').unwrap().0.trim_matches('"'));
        goes_on = line.ends_with('\\');
    }
    names
}

#[test]
fn every_parameter_of_a_template_is_passed_in_its_deploy_line_and_no_other() {
    let mut count = 0;
    for (line, design) in variants() {
        let topology = design.expand();
        let files = bundle(&topology, Lang::En);
        let script = text_of(&files, "deploy.sh");
        for template in print(&topology, Format::Yaml, Lang::En) {
            let document = document(&template);
            let declared = entries(&document, "Parameters");
            let declared: BTreeSet<&str> = declared.iter().map(|(it, _)| it.as_str()).collect();
            let stack = template.file.trim_end_matches(".yaml");
            assert_eq!(passed(script, stack), declared, "{line}: {stack}");
            count += declared.len();
        }
    }
    assert!(count > 100, "{count} parameters");
}

#[test]
fn every_parameter_is_used_and_every_reference_resolves() {
    for (line, design) in variants() {
        for template in print(&design.expand(), Format::Json, Lang::En) {
            let at = format!("{line}: {}", template.file);
            let document = document(&template);
            let mut used = BTreeSet::new();
            for section in ["Conditions", "Resources", "Outputs"] {
                Value::from(&document[section]).rewire(&mut |it, _| {
                    used.insert(it.to_owned());
                    None
                });
            }
            let declared: BTreeSet<&String> = ["Parameters", "Resources"]
                .into_iter()
                .flat_map(|it| entries(&document, it))
                .map(|(name, _)| name)
                .collect();
            for name in used.iter().filter(|it| !it.starts_with("AWS::")) {
                assert!(declared.contains(name), "{at}: {name} is not declared");
            }
            let interface = &document["Metadata"]["AWS::CloudFormation::Interface"];
            let labels = &interface["ParameterLabels"];
            let groups = interface["ParameterGroups"]
                .as_array()
                .into_iter()
                .flatten();
            let grouped: Vec<&Json> = groups
                .flat_map(|it| it["Parameters"].as_array().unwrap())
                .collect();
            for (name, _) in entries(&document, "Parameters") {
                assert!(used.contains(name), "{at}: {name} is not used");
                assert!(labels.get(name).is_some(), "{at}: {name} has no label");
                let groups = grouped.iter().filter(|it| **it == name);
                assert_eq!(groups.count(), 1, "{at}: {name} is in one group");
            }
            for (name, resource) in entries(&document, "Resources") {
                let waits = &resource["DependsOn"];
                let waits = waits.as_array().cloned().unwrap_or(vec![waits.clone()]);
                for other in waits.iter().filter_map(Json::as_str) {
                    assert!(
                        document["Resources"].get(other).is_some(),
                        "{at}: {name} waits for {other}"
                    );
                }
                let policies = ["DeletionPolicy", "UpdateReplacePolicy"].map(|it| resource.get(it));
                assert_eq!(policies[0], policies[1], "{at}: {name}");
            }
        }
    }
}

/// Whether a value lies within what its parameter takes.
fn is_within(parameter: &Json, value: &Json) -> bool {
    let limit = |key: &str| parameter.get(key).and_then(Json::as_i64);
    let number = value.as_i64();
    let fits =
        |it: i64| limit("MinValue") <= Some(it) && limit("MaxValue").is_none_or(|most| it <= most);
    let among = parameter.get("AllowedValues").and_then(Json::as_array);
    (parameter["Type"] == "Number") == number.is_some()
        && number.is_none_or(fits)
        && among.is_none_or(|it| it.contains(value))
}

#[test]
fn what_stays_changeable_starts_at_what_the_design_says() {
    let mut design = design("multi-tier-web");
    design.overrides = serde_json::from_value(serde_json::json!([
        {"set": {"resource": "WebLaunchTemplate", "property": "LaunchTemplateData.InstanceType", "value": "z1d.large"}},
        {"set": {"resource": "WebGroup", "property": "MaxSize", "value": "500"}},
        {"set": {"resource": "Database", "property": "AllocatedStorage", "value": "many"}},
        {"set": {"resource": "AlarmTopic", "property": "Subscription", "value": [{"Protocol": "sms", "Endpoint": "+49123"}]}},
        {"remove": {"resource": "LogBucket"}},
    ]))
    .unwrap();
    let edited = ("edited", design);
    let mut adjustable = BTreeSet::new();
    for (line, design) in variants().into_iter().chain([edited.clone()]) {
        for template in print(&design.expand(), Format::Json, Lang::En) {
            let document = document(&template);
            for (name, parameter) in entries(&document, "Parameters") {
                let default = parameter.get("Default");
                assert!(
                    default.is_none_or(|it| is_within(parameter, it)),
                    "{line}: {name} {parameter}"
                );
                if default.is_some() {
                    adjustable.insert(name.clone());
                }
            }
        }
    }
    assert!(adjustable.len() > 20, "{adjustable:?}");
    let topology = edited.1.expand();
    assert_comes_back("edited", &topology);
    let templates = print(&topology, Format::Json, Lang::En);
    let parameter = |stack: &str, name: &str| {
        let template = templates.iter().find(|it| it.stack == stack).unwrap();
        document(template)["Parameters"][name]["Default"].clone()
    };
    let found = [
        parameter("app", "InstanceType"),
        parameter("app", "MaxSize"),
        parameter("data", "DatabaseStorage"),
        parameter("observability", "AlarmEmail"),
        parameter("security", "LogRetentionDays"),
    ];
    assert_eq!(
        serde_json::json!(found),
        serde_json::json!(["z1d.large", 500, null, null, null])
    );
}

/// AWS's schema knows `arch`, `must`, `ref` and `owner` at this level and nothing else; cfn-lint holds the shapes.
#[test]
fn every_template_says_what_its_change_must_respect() {
    for (line, design) in variants() {
        let topology = design.expand();
        for template in print(&topology, Format::Json, Lang::Ja) {
            let at = format!("{line}: {}", template.file);
            let document = document(&template);
            let context = &document["Metadata"]["com.aws.cloudformation.Context"];
            let arch = context["arch"].as_str().expect(&at);
            assert!(arch.split(" -> ").any(|it| it == template.stack), "{at}");
            let stack = topology
                .stacks
                .iter()
                .position(|it| it.name == template.stack);
            for node in topology.nodes().iter().filter(|it| Some(it.stack) == stack) {
                let keeps_data = matches!(node.keep, Some(Keep::Retain | Keep::Snapshot));
                let own = &document["Resources"][node.name.as_str()]["Metadata"]["com.aws.cloudformation.Context"];
                let says = own["must"].to_string().contains("holds data");
                assert_eq!(says, keeps_data, "{at}: {}", node.name);
                assert!(own.is_null() || !own["why"].as_str().unwrap().is_empty());
                for (property, _) in entries(own, "mutability") {
                    let properties = &document["Resources"][node.name.as_str()]["Properties"];
                    assert!(properties.get(property).is_some(), "{at}: {property}");
                }
            }
            assert_eq!(context["ref"][1]["at"], "plan.json", "{at}");
        }
    }
}

#[test]
fn no_template_names_a_region_a_zone_or_a_partition() {
    for (line, design) in variants() {
        // A certificate that the design names, and the Region of a table's replica, are a person's own.
        if line.contains(".certificate=") || line.contains(".table_replica=") {
            continue;
        }
        let topology = design.expand();
        let plan = plan(&topology, Format::Yaml);
        for template in print(&topology, Format::Yaml, Lang::En) {
            // Another Region of the design has no other name than its own.
            let own = plan.stacks.iter().find(|it| it.name == template.stack);
            let far = |it: &&str| {
                let is_own = own.is_some_and(|own| own.region == **it);
                let is_second = design.dns.routing == Routing::Latency
                    && design.dns.second_region.code() == *it;
                is_second || !is_own && plan.regions.iter().any(|region| region == it)
            };
            for region in Region::all().map(Region::code).filter(|it| !far(it)) {
                assert!(
                    !template.text.contains(region),
                    "{line}: {} in {}",
                    region,
                    template.file
                );
            }
            // What a state machine calls is named so in its definition, which no reference reaches into; all Regions that
            // are offered are of this partition.
            let others = template.text.replace("arn:aws:states:::", "");
            assert!(!others.contains("arn:aws:"), "{line}: {}", template.file);
        }
    }
}

#[test]
fn the_plan_fills_every_parameter_from_an_earlier_stack_or_says_that_a_person_gives_it() {
    let mut asked = BTreeSet::new();
    for (line, design) in variants() {
        let topology = design.expand();
        for format in FORMATS {
            let templates = print(&topology, format, Lang::En);
            let plan = plan(&topology, format);
            let home = design.network.region.code();
            assert_eq!(plan.regions.first().unwrap(), home, "{line}");
            let files: Vec<&str> = plan.stacks.iter().map(|it| it.template.as_str()).collect();
            assert!(
                templates.iter().map(|it| it.file.as_str()).eq(files),
                "{line}"
            );
            let mut outputs: BTreeSet<String> = BTreeSet::new();
            for (planned, template) in plan.stacks.iter().zip(&templates) {
                let document = document(template);
                let given: Vec<&String> = planned.parameters.iter().map(|(it, _)| it).collect();
                for (name, parameter) in entries(&document, "Parameters") {
                    let filled = parameter.get("Default").is_some() || given.contains(&name);
                    assert!(filled, "{line}: {name} of {}", planned.name);
                }
                // Whatever the plan makes up is said to be an example.
                let made_up: Vec<&String> = given
                    .iter()
                    .copied()
                    .filter(|it| planned.source(it).is_none())
                    .collect();
                assert!(
                    planned.to_give.iter().eq(made_up),
                    "{line}: {}",
                    planned.name
                );
                for name in &planned.to_give {
                    let parameter = &document["Parameters"][name];
                    assert!(parameter.get("Default").is_none(), "{line}: {name}");
                    asked.insert(name.clone());
                }
                for (name, value) in &planned.parameters {
                    assert!(document["Parameters"].get(name).is_some(), "{line}: {name}");
                    match value.strip_prefix("${") {
                        Some(output) => assert!(
                            outputs.contains(output.trim_end_matches('}')),
                            "{line}: {value}"
                        ),
                        None => assert!(
                            !value.starts_with("arn:") || value.contains(&planned.region),
                            "{line}: {value}"
                        ),
                    }
                }
                for (output, _) in entries(&document, "Outputs") {
                    outputs.insert(format!("{}.{output}", planned.name));
                }
            }
        }
    }
    assert!(
        asked.contains("CertificateArn") && asked.contains("HostedZoneId"),
        "{asked:?}"
    );
}

/// Every state that one removed resource can leave prints, and waits for nothing that is not there.
#[test]
fn a_design_with_a_hole_still_prints() {
    let design = design("multi-tier-web network.nat=per-az");
    for node in design.expand().nodes() {
        let mut holed = design.clone();
        let resource = node.name.to_string();
        holed.overrides.push(Override::Remove { resource });
        let topology = holed.expand();
        let files = bundle(&topology, Lang::En);
        for file in files.iter().filter(|it| it.path.ends_with(".yaml")) {
            let document = reader::read(&file.text);
            for (name, resource) in entries(&document, "Resources") {
                assert_ne!(
                    resource["DependsOn"],
                    Json::from(node.name.as_str()),
                    "{name}"
                );
            }
        }
        plan(&topology, Format::Json);
    }
}

#[test]
fn a_stack_without_resources_is_left_out() {
    let all_off = "multi-tier-web observability.alarms=false observability.dashboard=false \
                   observability.flow_logs=false observability.trail=false";
    let topology = design(all_off).expand();
    let stacks: Vec<&str> = print(&topology, Format::Yaml, Lang::En)
        .iter()
        .map(|it| it.stack)
        .collect();
    assert_eq!(stacks, ["network", "security", "data", "app"]);
}

#[test]
fn the_archive_is_the_same_for_the_same_files_and_reads_back() {
    let files = bundle(&s1(), Lang::Ja);
    let bytes = zip(&files);
    assert_eq!(bytes, zip(&files));
    let archive = rawzip::ZipArchive::from_slice(&bytes).unwrap();
    let mut entries = archive.entries();
    for file in &files {
        let entry = entries.next_entry().unwrap().unwrap();
        assert_eq!(
            entry.file_path().try_normalize().unwrap().as_ref(),
            file.path
        );
        let executable = entry.mode().permissions() & 0o111 != 0;
        assert_eq!(executable, file.executable, "{}", file.path);
        let local = archive.get_entry(entry.wayfinder()).unwrap();
        let text = miniz_oxide::inflate::decompress_to_vec(local.data()).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), file.text);
        assert_eq!(rawzip::crc32(file.text.as_bytes()), entry.crc32());
    }
    assert!(entries.next_entry().unwrap().is_none());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export.zip");
    fs::write(&path, &bytes).unwrap();
    for (program, arguments) in [
        ("python3", ["-m", "zipfile", "-t"].as_slice()),
        ("unzip", &["-tq"]),
    ] {
        let run = std::process::Command::new(program)
            .args(arguments)
            .arg(&path)
            .output();
        // A machine without the program is no fault of the archive.
        if let Ok(run) = run {
            assert!(run.status.success(), "{program}: {run:?}");
        }
    }
}

fn leaf() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        any::<String>(),
        "[ -~]{0,12}",
        "[-+.0-9eExX_:,]{1,8}",
        "[a\n\t #:-]{0,12}",
        "[ab ]{0,4}(\n[ab#: ]{0,6}){1,4}\n{0,2}",
        prop::sample::select(vec![
            "yes",
            "No",
            "on",
            "OFF",
            "~",
            "null",
            "010",
            "0o7",
            "1e3",
            "1_000",
            "2010-09-09",
            "12:30:00",
            ".inf",
            "10.0.0.0/16",
            "1/2",
            "- a",
            "? a",
            "a: b",
            "a #b",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "[a",
            "{a",
            "a,b",
            "${A}",
            "${A.B}${!C}",
            "${",
            "${}",
            "é",
            "日本語",
            "\u{feff}",
            "\u{2028}",
            "\u{85}",
            "\r\n",
            "\u{0}",
        ])
        .prop_map(str::to_owned),
    ];
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-1e15..1e15).prop_map(Value::Num),
        word.clone().prop_map(Value::Str),
        word.clone().prop_map(Value::reference),
        (word.clone(), word).prop_map(|(name, attribute)| Value::att(name, attribute)),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(5, 48, 5, |inner| {
        let function = prop::sample::select(vec![
            "Sub",
            "Select",
            "GetAZs",
            "Base64",
            "Join",
            "If",
            "Cidr",
            "FindInMap",
            "Transform",
            "GetStackOutput",
            "a b",
        ]);
        let key = prop_oneof!["[A-Za-z:]{1,6}", any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::btree_map(key, inner.clone(), 0..5).prop_map(|it| Value::Map(
                it.into_iter().map(|(key, it)| (key.into(), it)).collect()
            )),
            (function, inner).prop_map(|(name, it)| Value::Fn(name.into(), Box::new(it))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_property_holds_yaml_carries_it(value in value()) {
        let wanted = serde_json::to_value(&value).unwrap();
        let mut topology = Topology::default();
        topology.stacks.extend(azimuth::design::stack("network", Region::TOKYO));
        Override::Add {
            resource: "Probe".to_owned(),
            stack: "network".to_owned(),
            kind: "Custom::Probe".to_owned(),
            properties: [("It".to_owned(), wanted.clone())].into_iter().collect(),
        }
        .apply(&mut topology)
        .unwrap();
        let templates = print(&topology, Format::Yaml, Lang::En);
        let document = reader::read(&templates[0].text);
        prop_assert_eq!(&document["Resources"]["Probe"]["Properties"]["It"], &wanted);
    }

    #[test]
    fn a_sub_text_is_the_sum_of_its_pieces(text in "([a$!{}.]|\\$\\{A\\}){0,12}") {
        let pieces = sub_pieces(&text);
        let length: usize = pieces.iter().map(|it| match it {
            azimuth::aws::Piece::Text(it) => it.len(),
            azimuth::aws::Piece::Reference(name, None) => name.len() + 3,
            azimuth::aws::Piece::Reference(name, Some(attribute)) => name.len() + attribute.len() + 4,
        }).sum();
        prop_assert_eq!(length, text.len());
    }
}
