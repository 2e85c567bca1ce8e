//! The cross-Region export against the public sample of the same pattern (serverless-patterns,
//! private-apigw-cross-region): each of the sample's weaknesses, and that no template of ours has it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use azimuth::blueprint;
use azimuth::cloudformation::{Format, Plan, plan, print};
use azimuth::design::Design;
use azimuth::text::Lang;
use serde_json::Value as Json;

/// The templates of a design, by stack, and the plan that deploys them.
struct Export {
    plan: Plan,
    templates: Vec<(&'static str, Json)>,
}

fn design(options: &[(&str, &str)]) -> Design {
    let mut design = blueprint::base("cross-region-private-api").unwrap();
    for (key, value) in options {
        design.set(key, value).unwrap();
    }
    design
}

fn export(options: &[(&str, &str)]) -> Export {
    let topology = design(options).expand();
    let templates = print(&topology, Format::Json, Lang::En).into_iter();
    Export {
        plan: plan(&topology, Format::Json),
        templates: templates
            .map(|it| (it.stack, serde_json::from_str(&it.text).unwrap()))
            .collect(),
    }
}

impl Export {
    /// Every resource of a type: its stack, its name, its properties.
    fn all(&self, kind: &str) -> Vec<(&str, &str, &Json)> {
        let mut all = Vec::new();
        for (stack, template) in &self.templates {
            for (name, resource) in template["Resources"].as_object().unwrap() {
                if resource["Type"] == kind {
                    all.push((*stack, name.as_str(), &resource["Properties"]));
                }
            }
        }
        all
    }

    fn one(&self, kind: &str) -> &Json {
        let all = self.all(kind);
        assert_eq!(all.len(), 1, "{kind}");
        all[0].2
    }
}

fn items(list: &Json) -> &[Json] {
    list.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn both_sides_stand_in_two_zones() {
    let export = export(&[]);
    for (kind, path) in [
        ("AWS::EC2::VPCEndpoint", "/SubnetIds"),
        ("AWS::Lambda::Function", "/VpcConfig/SubnetIds"),
    ] {
        let subnets = items(export.one(kind).pointer(path).unwrap());
        let zones: BTreeSet<String> = subnets
            .iter()
            .map(|it| {
                let name = it["Ref"].as_str().unwrap();
                let all = export.all("AWS::EC2::Subnet");
                let (.., subnet) = all.iter().find(|(_, it, _)| *it == name).unwrap();
                subnet["AvailabilityZone"].to_string()
            })
            .collect();
        assert_eq!(zones.len(), 2, "{kind}");
    }
}

#[test]
fn nothing_leads_to_the_internet() {
    let export = export(&[]);
    assert!(export.all("AWS::EC2::InternetGateway").is_empty());
    assert!(export.all("AWS::EC2::NatGateway").is_empty());
    let routes = export.all("AWS::EC2::Route");
    assert_eq!(routes.len(), 2);
    for (.., route) in routes {
        assert_ne!(route["DestinationCidrBlock"], "0.0.0.0/0");
    }
}

#[test]
fn the_private_zone_is_of_this_api_alone_and_its_alias_follows_the_endpoint() {
    let export = export(&[]);
    let zone = export.one("AWS::Route53::HostedZone");
    let name = zone["Name"]["Fn::Sub"].as_str().unwrap();
    assert!(name.starts_with("${PrivateApiId}.execute-api."), "{name}");
    let record = export.one("AWS::Route53::RecordSet");
    assert_eq!(
        (&record["Type"], &record["Name"]),
        (&"A".into(), &zone["Name"])
    );
    assert!(record.get("TTL").is_none());
    assert_eq!(record["AliasTarget"]["EvaluateTargetHealth"], true);
    // Both halves of the endpoint's DNS entry: its hosted zone and its name.
    for (half, place) in [("HostedZoneId", 0), ("DNSName", 1)] {
        assert_eq!(record["AliasTarget"][half]["Fn::Select"][0], place);
    }
}

#[test]
fn the_api_has_a_name_of_its_own_at_the_endpoint() {
    let export = export(&[]);
    let endpoint = &export.one("AWS::ApiGateway::RestApi")["EndpointConfiguration"];
    assert_eq!(endpoint["Types"], serde_json::json!(["PRIVATE"]));
    assert_eq!(items(&endpoint["VpcEndpointIds"]).len(), 1);
}

#[test]
fn the_endpoint_lets_in_the_client_and_nobody_else() {
    let export = export(&[]);
    for (.., group) in export.all("AWS::EC2::SecurityGroup") {
        assert!(!group.to_string().contains("0.0.0.0/0"), "{group}");
        assert!(!items(&group["SecurityGroupEgress"]).is_empty(), "{group}");
        assert!(items(&group["SecurityGroupIngress"]).is_empty(), "{group}");
    }
    let rule = export.one("AWS::EC2::SecurityGroupIngress");
    assert_eq!(
        (&rule["FromPort"], &rule["ToPort"]),
        (&443.into(), &443.into())
    );
    let client = export.all("AWS::EC2::VPC");
    let (.., client) = client
        .iter()
        .find(|(stack, ..)| *stack == "client")
        .unwrap();
    assert_eq!(rule["CidrIp"], client["CidrBlock"]);
    let policy = &export.one("AWS::EC2::VPCEndpoint")["PolicyDocument"];
    assert!(
        policy["Statement"][0].get("Condition").is_some(),
        "{policy}"
    );
}

#[test]
fn callers_sign_and_may_call_one_method_alone() {
    let export = export(&[]);
    assert_eq!(
        export.one("AWS::ApiGateway::Method")["AuthorizationType"],
        "AWS_IAM"
    );
    let roles = export.all("AWS::IAM::Role");
    let (.., role) = roles
        .iter()
        .find(|(_, name, _)| *name == "ClientFunctionRole")
        .unwrap();
    assert!(role.get("ManagedPolicyArns").is_none());
    let statements = items(&role["Policies"][0]["PolicyDocument"]["Statement"]);
    let invoke = statements
        .iter()
        .find(|it| it["Action"] == "execute-api:Invoke")
        .unwrap();
    let resource = invoke["Resource"]["Fn::Sub"].as_str().unwrap();
    assert!(
        resource.ends_with("${PrivateApiId}/v1/GET/hello"),
        "{resource}"
    );
}

#[test]
fn the_resource_policy_names_the_endpoint_in_every_statement() {
    let export = export(&[]);
    let statements = items(&export.one("AWS::ApiGateway::RestApi")["Policy"]["Statement"]);
    let effects: BTreeSet<&str> = statements
        .iter()
        .map(|it| {
            assert!(
                it["Condition"].to_string().contains("aws:SourceVpce"),
                "{it}"
            );
            it["Effect"].as_str().unwrap()
        })
        .collect();
    assert_eq!(effects, BTreeSet::from(["Allow", "Deny"]));
}

/// A resource policy that names everybody would let every identity of the account in, whatever its own policies say.
#[test]
fn who_signs_needs_a_policy_of_its_own_and_who_does_not_comes_over_the_endpoint() {
    for (authorization, everybody) in [("iam", false), ("none", true)] {
        let export = export(&[("api.authorization", authorization)]);
        let statements = items(&export.one("AWS::ApiGateway::RestApi")["Policy"]["Statement"]);
        let allowing = statements
            .iter()
            .find(|it| it["Effect"] == "Allow")
            .unwrap();
        assert_eq!(allowing["Principal"] == "*", everybody, "{authorization}");
    }
}

/// In whichever stacks they stand, the API and its alarms spell one name.
#[test]
fn alarms_find_the_api_by_its_name() {
    for grouping in ["layers", "regions"] {
        let export = export(&[("stacks.grouping", grouping)]);
        let name = export.one("AWS::ApiGateway::RestApi")["Name"]["Fn::Sub"]
            .as_str()
            .unwrap();
        assert!(!name.contains("AWS::StackName"), "{name}");
        let alarms = export.all("AWS::CloudWatch::Alarm");
        let of_api = alarms
            .iter()
            .filter(|(.., it)| it["Namespace"] == "AWS/ApiGateway");
        let mut count = 0;
        for (.., alarm) in of_api {
            let dimension = &alarm["Dimensions"][0];
            assert_eq!(dimension["Name"], "ApiName");
            let spelled = dimension["Value"]["Fn::Sub"].as_str().unwrap();
            // Another stack's VPC is a parameter there.
            assert_eq!(
                spelled.replace("${VpcId}", "${Vpc}"),
                name.replace("${VpcId}", "${Vpc}")
            );
            count += 1;
        }
        assert_eq!(count, 2, "{grouping}");
    }
}

#[test]
fn the_stage_is_throttled_logged_and_traced_and_takes_a_firewall() {
    let export = export(&[("edge.waf", "true")]);
    let stage = export.one("AWS::ApiGateway::Stage");
    let settings = &stage["MethodSettings"][0];
    for limit in ["ThrottlingRateLimit", "ThrottlingBurstLimit"] {
        assert!(!settings[limit].is_null(), "{limit}");
    }
    assert_eq!(stage["TracingEnabled"], true);
    assert!(
        stage["AccessLogSetting"]["Format"]
            .as_str()
            .unwrap()
            .contains("$context.status")
    );
    for (_, name, group) in export.all("AWS::Logs::LogGroup") {
        assert!(!group["RetentionInDays"].is_null(), "{name}");
    }
    let association = export.one("AWS::WAFv2::WebACLAssociation");
    assert!(
        association["ResourceArn"]
            .to_string()
            .contains("/restapis/${PrivateApi}/stages/")
    );
}

#[test]
fn no_name_is_fixed_so_that_two_copies_fit() {
    let export = export(&[("edge.waf", "true"), ("edge.waf_logs", "true")]);
    for (stack, template) in &export.templates {
        for (name, resource) in template["Resources"].as_object().unwrap() {
            let properties = resource["Properties"].as_object().unwrap();
            let kind = resource["Type"].as_str().unwrap();
            for key in [
                "Name",
                "FunctionName",
                "RoleName",
                "LogGroupName",
                "TopicName",
                "AlarmName",
            ] {
                let Some(given) = properties.get(key) else {
                    continue;
                };
                // DNS names are the API's own, which is new with every copy.
                let is_dns = kind.starts_with("AWS::Route53::");
                let text = given["Fn::Sub"].as_str().unwrap_or_default();
                let derived = ["${AWS::StackName}", "${Vpc}"]
                    .iter()
                    .any(|it| text.contains(it))
                    || is_dns && text.contains("${PrivateApiId}");
                assert!(derived, "{stack}: {name} has the fixed {key} {given}");
            }
        }
    }
}

#[test]
fn the_function_has_time_a_log_and_an_alarm() {
    let export = export(&[]);
    let function = export.one("AWS::Lambda::Function");
    assert!(function["Timeout"].as_u64().unwrap() > 3);
    let waits: u64 = function["Environment"]["Variables"]["WAIT_S"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(waits < function["Timeout"].as_u64().unwrap());
    assert!(!function["LoggingConfig"]["LogGroup"].is_null());
    let watched = |namespace: &str| {
        let alarms = export.all("AWS::CloudWatch::Alarm");
        alarms.iter().any(|(.., it)| it["Namespace"] == namespace)
    };
    for namespace in [
        "AWS/Lambda",
        "PrivateCall",
        "AWS/ApiGateway",
        "AWS/PrivateLinkEndpoints",
    ] {
        assert!(watched(namespace), "{namespace}");
    }
}

#[test]
fn nobody_copies_a_value_by_hand() {
    for handing in ["parameters", "stack-outputs"] {
        let export = export(&[("stacks.handing", handing), ("client.second", "true")]);
        let order: Vec<&str> = export
            .plan
            .stacks
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        assert_eq!(order, ["main", "client", "client2", "routes"]);
        for stack in &export.plan.stacks {
            assert!(stack.to_give.is_empty(), "{handing}: {:?}", stack.to_give);
            for (name, _) in &stack.parameters {
                assert!(stack.source(name).is_some(), "{handing}: {name}");
            }
        }
    }
}

#[test]
fn what_crosses_regions_is_of_a_type_that_cloudformation_takes_there() {
    let export = export(&[]);
    let (_, client) = &export.templates[1];
    let kind = |name: &str| client["Parameters"][name]["Type"].as_str().unwrap();
    assert_eq!(kind("VpcId"), "String");
    assert_eq!(kind("ExecuteApiEndpointDnsEntries"), "CommaDelimitedList");
    let (_, routes) = &export.templates[2];
    let published = &routes["Parameters"]["RouteTableIdsName"]["Type"];
    assert_eq!(published, "AWS::SSM::Parameter::Value<List<String>>");
}

#[test]
fn every_private_table_has_the_way_back_and_every_client_table_the_way_there() {
    for options in [
        &[][..],
        &[("client.second", "true"), ("network.zones", "3")],
        &[
            ("network.cidr", "10.8.0.0/24"),
            ("client.cidrs", "192.168.7.0/27"),
        ],
    ] {
        let export = export(options);
        let routes = export.all("AWS::EC2::Route");
        let vpcs = export.all("AWS::EC2::VPC");
        let (main, clients): (Vec<_>, Vec<_>) =
            vpcs.iter().partition(|(stack, ..)| *stack == "main");
        for (stack, _, client) in clients {
            let to = |range: &Json, from: &str| {
                routes.iter().any(|(stack, _, it)| {
                    *stack == from
                        && it["DestinationCidrBlock"] == *range
                        && !it["VpcPeeringConnectionId"].is_null()
                })
            };
            assert!(to(&client["CidrBlock"], "routes"), "{options:?}");
            assert!(to(&main[0].2["CidrBlock"], stack), "{options:?}");
        }
    }
}

/// The text of a file of the whole export.
fn file(path: &str, lang: Lang) -> String {
    let design = design(&[]);
    let files = azimuth::export::files(&design, "#1s2", Format::Yaml, lang);
    files.into_iter().find(|it| it.path == path).unwrap().text
}

#[test]
fn the_readme_holds_the_test_of_the_pattern() {
    for lang in Lang::ALL {
        let readme = file("README.md", lang);
        let mut from = 0;
        // In the order in which a class does it.
        for command in [
            "OutputKey=='ClientFunctionName'",
            "aws lambda invoke --region us-east-1 --function-name \"$function\" answer.json",
            "aws logs tail \"$log\" --region us-east-1 --since 15m",
            "aws logs tail \"$flow\" --region us-east-1 --filter-pattern '[version, account, interface, from, to, fromport, toport=443, ...]' --since 15m",
            "aws logs tail \"$calls\" --region ap-northeast-1 --since 15m",
            "aws cloudformation delete-stack --region ap-northeast-1 --stack-name \"$prefix-routes\"",
            "aws ec2 describe-route-tables --region us-east-1",
            "aws ec2 describe-route-tables --region ap-northeast-1",
        ] {
            let at = readme[from..].find(command);
            from += at.unwrap_or_else(|| panic!("{lang:?}: {command}"));
        }
        assert!(
            !readme.contains("{}") && !readme.contains("-network "),
            "{lang:?}"
        );
    }
}

/// Every output that a command of the readme asks for is one of the stack that it names.
#[test]
fn the_readme_asks_for_outputs_that_there_are() {
    let export = export(&[]);
    let readme = file("README.md", Lang::En);
    let mut asked = 0;
    for command in readme.split("aws cloudformation describe-stacks").skip(1) {
        let Some(stack) = command.split("--stack-name \"$prefix-").nth(1) else {
            continue;
        };
        let stack = stack.split('"').next().unwrap();
        let output = command
            .split("OutputKey=='")
            .nth(1)
            .unwrap()
            .split('\'')
            .next()
            .unwrap();
        let (_, template) = export
            .templates
            .iter()
            .find(|(it, _)| *it == stack)
            .unwrap();
        assert!(
            !template["Outputs"][output].is_null(),
            "{stack} has no output {output}"
        );
        asked += 1;
    }
    assert!(asked > 8, "{asked}");
}
