//! VPC endpoints: private ways to AWS services, past the NAT gateways.
//!
//! Gateway endpoints are routes and free; interface endpoints are network interfaces in the private subnets, behind one
//! security group that lets the web instances in and nobody else.

use super::network::{Nat, Tier, VPC, subnets};
use super::option::{choice, component};
use super::policy::policy;
use super::routes::private_tables;
use super::security::connect_in;
use super::{Design, Edit, Expansion, NETWORK, SECURITY, fleet};
use crate::aws::{Id, RouteTable, SecurityGroup, Subnet, Value, VpcEndpoint, map, properties};
use crate::text::text;

choice! {
    /// In which zones interface endpoints have a network interface.
    Spread {
        /// In every zone.
        All = "all",
        /// In zone a, for every zone: cheaper, and gone with it.
        First = "a",
    }
}

component! {
    /// Which AWS services have an endpoint in the VPC.
    Endpoints at endpoints in Endpoints {
        "endpoints.s3" "vs" s3: bool = false, "S3 (gateway)", "A route to S3 past the NAT gateways; free of charge";
        "endpoints.dynamodb" "vd" dynamodb: bool = false, "DynamoDB (gateway)", "A route to DynamoDB past the NAT gateways; free of charge";
        "endpoints.logs" "vl" logs: bool = false, "CloudWatch Logs", "Interface endpoint for CloudWatch Logs";
        "endpoints.monitoring" "vm" monitoring: bool = false, "CloudWatch metrics", "Interface endpoint for the metrics of CloudWatch";
        "endpoints.ssm" "vx" ssm: bool = false, "Systems Manager (3)", "Interface endpoints for ssm, ssmmessages and ec2messages: what Session Manager needs";
        "endpoints.ecr" "ve" ecr: bool = false, "ECR (2)", "Interface endpoints for the API and the registry of ECR; image layers come from S3";
        "endpoints.secretsmanager" "vk" secrets: bool = false, "Secrets Manager", "Interface endpoint for Secrets Manager, where the database's password is";
        "endpoints.sts" "vt" sts: bool = false, "STS", "Interface endpoint for the security token service";
        "endpoints.sqs" "vq" sqs: bool = false, "SQS", "Interface endpoint for SQS";
        "endpoints.execute_api" "va" execute_api: bool = false, "API Gateway", "Interface endpoint for private APIs of API Gateway; public ones are out of reach from the VPC with it";
        "endpoints.zones" "vz" zones: Spread = Spread::All, "Zones of the endpoints", "A network interface of each interface endpoint in every zone, or in zone a alone";
    }
}

/// What an endpoint leads to: the service's code, and how its node is called.
type Service = (&'static str, &'static str);

pub(super) const SECURITY_GROUP: &str = "EndpointSecurityGroup";
/// The interface endpoint of private APIs.
pub(super) const EXECUTE_API: &str = "ExecuteApiEndpoint";

impl Endpoints {
    /// Gateway endpoints that a design has.
    fn gateways(design: &Design) -> Vec<Service> {
        let it = &design.endpoints;
        let needed = design.network.nat == Nat::EndpointsOnly && design.has_application();
        chosen([
            (it.s3 || needed, &[("s3", "S3Endpoint")]),
            (it.dynamodb || needed, &[("dynamodb", "DynamoDbEndpoint")]),
        ])
    }

    /// Interface endpoints that a design has: those switched on, and without a NAT gateway what the instances call, which is
    /// Systems Manager too where administrators come in over it.
    fn interfaces(design: &Design) -> Vec<Service> {
        let it = &design.endpoints;
        let needed = design.network.nat == Nat::EndpointsOnly && design.has_application();
        chosen([
            (it.logs || needed, &[("logs", "LogsEndpoint")]),
            (
                it.monitoring || needed,
                &[("monitoring", "MonitoringEndpoint")],
            ),
            (
                it.ssm || needed && design.admin.has_sessions(),
                &[
                    ("ssm", "SsmEndpoint"),
                    ("ssmmessages", "SsmMessagesEndpoint"),
                    ("ec2messages", "Ec2MessagesEndpoint"),
                ],
            ),
            (
                it.ecr,
                &[
                    ("ecr.api", "EcrApiEndpoint"),
                    ("ecr.dkr", "EcrRegistryEndpoint"),
                ],
            ),
            (
                it.secrets || needed,
                &[("secretsmanager", "SecretsManagerEndpoint")],
            ),
            (it.sts, &[("sts", "StsEndpoint")]),
            (it.sqs, &[("sqs", "SqsEndpoint")]),
            (
                it.execute_api || design.api.enabled,
                &[("execute-api", EXECUTE_API)],
            ),
        ])
    }
}

fn chosen<const N: usize>(groups: [(bool, &'static [Service]); N]) -> Vec<Service> {
    let on = groups.into_iter().filter(|(on, _)| *on);
    on.flat_map(|(_, services)| services).copied().collect()
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let tables = private_tables(design);
    for (code, name) in Endpoints::gateways(design) {
        let tables: Vec<Id<RouteTable>> = tables.iter().map(|it| it.as_str().into()).collect();
        let endpoint = VpcEndpoint {
            tables,
            ..endpoint(design, to, code, "Gateway")
        };
        to.add(NETWORK, name, endpoint).comment(text(
            "comment.endpoint-gateway",
            "A gateway endpoint is a route: traffic to the service leaves the NAT gateway alone, and costs nothing.",
        ));
    }
    let interfaces = Endpoints::interfaces(design);
    if interfaces.is_empty() {
        return;
    }
    if let Some(stack) = to.topology.stacks.get_mut(SECURITY) {
        stack.description = text(
            "stack.security.endpoints",
            "Security groups, roles, the log bucket and interface endpoints",
        );
    }
    security_group(design, to);
    for (code, name) in interfaces {
        let endpoint = VpcEndpoint {
            subnets: places(design),
            security_groups: vec![SECURITY_GROUP.into()],
            private_dns: Some(true),
            ..endpoint(design, to, code, "Interface")
        };
        to.add(SECURITY, name, endpoint);
    }
}

/// Private subnets that get a network interface of each endpoint.
fn places(design: &Design) -> Vec<Id<Subnet>> {
    let all = subnets(design, Tier::Private);
    let count = match design.endpoints.zones {
        Spread::All => all.len(),
        Spread::First => 1,
    };
    all.into_iter().take(count).collect()
}

fn security_group(design: &Design, to: &mut Expansion<'_>) {
    let callers = match (design.has_application(), design.clients.enabled) {
        (true, false) => "from the web instances only",
        (true, true) => "from the web instances and the client VPCs only",
        (false, true) => "from the client VPCs only",
        (false, false) => "from nobody yet",
    };
    let group = SecurityGroup {
        description: format!("Interface endpoints: HTTPS {callers}"),
        vpc: VPC.into(),
        ingress: Vec::new(),
        // An endpoint opens no connection, so what may leave it matters to nobody; a rule of its own says so.
        egress: vec![super::security::nowhere()],
        tags: to.tags("endpoints"),
        rest: Vec::new(),
    };
    to.add(SECURITY, SECURITY_GROUP, group);
    if !design.has_application() {
        return;
    }
    connect_in(
        to,
        "WebToEndpoints",
        fleet::SECURITY_GROUP,
        SECURITY_GROUP,
        443,
    );
}

fn endpoint(design: &Design, to: &Expansion<'_>, code: &str, kind: &str) -> VpcEndpoint {
    VpcEndpoint {
        vpc: VPC.into(),
        service: Value::sub(format!("com.amazonaws.${{AWS::Region}}.{code}")),
        kind: Some(kind.into()),
        tables: Vec::new(),
        subnets: Vec::new(),
        security_groups: Vec::new(),
        private_dns: None,
        policy: Some(
            if code == "execute-api" && design.api.enabled && !design.api.is_signed() {
                unsigned()
            } else {
                document(code, design)
            },
        ),
        tags: to.tags(&format!("endpoint-{}", code.replace('.', "-"))),
        rest: Vec::new(),
    }
}

/// The endpoint's policy: this account's identities and no others, so that stolen keys of another account carry nothing
/// out. Beside it what AWS keeps in buckets of its own: no key of this account's signs for that.
fn document(code: &str, design: &Design) -> Value {
    let account = map([(
        "StringEquals",
        map([("aws:PrincipalAccount", Value::reference("AWS::AccountId"))]),
    )]);
    let own = properties([
        ("Sid", "OwnAccount".into()),
        ("Effect", "Allow".into()),
        ("Principal", "*".into()),
        ("Action", "*".into()),
        ("Resource", "*".into()),
        ("Condition", account),
    ]);
    if code != "s3" {
        return policy([Value::Map(own)]);
    }
    let packages = map([
        ("Sid", "AmazonLinuxPackages".into()),
        ("Effect", "Allow".into()),
        ("Principal", "*".into()),
        ("Action", "s3:GetObject".into()),
        ("Resource", Value::List(buckets_of_aws(design))),
    ]);
    policy([Value::Map(own), packages])
}

/// Packages of Amazon Linux and CodeDeploy's installer are read without signing in; ECR signs the addresses of image layers
/// itself (ECR user guide, minimum S3 bucket permissions; CodeDeploy user guide, resource kit bucket names).
fn buckets_of_aws(design: &Design) -> Vec<Value> {
    let delivery = &design.delivery;
    let buckets = [
        (true, "al2023-repos-${AWS::Region}-*"),
        (delivery.codedeploy, "aws-codedeploy-${AWS::Region}"),
        (
            design.endpoints.ecr || delivery.registry,
            "prod-${AWS::Region}-starport-layer-bucket",
        ),
    ];
    let read = buckets.into_iter().filter(|(is_read, _)| *is_read);
    read.map(|(_, it)| Value::sub(format!("arn:${{AWS::Partition}}:s3:::{it}/*")))
        .collect()
}

/// The policy of an endpoint whose API takes calls that nobody has signed: a condition on who calls would refuse them all
/// (API Gateway developer guide, VPC endpoint policies for private APIs), so it is held to this account's APIs.
fn unsigned() -> Value {
    let apis = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*";
    policy([map([
        ("Sid", "OwnApis".into()),
        ("Effect", "Allow".into()),
        ("Principal", "*".into()),
        ("Action", "execute-api:Invoke".into()),
        ("Resource", Value::sub(apis)),
    ])])
}

#[cfg(test)]
mod tests {
    use crate::aws::VpcEndpoint;
    use crate::design::Design;

    fn names(settings: &[(&str, &str)]) -> Vec<String> {
        let mut design = Design::new("test");
        for (key, given) in settings {
            design = design.with(key, given);
        }
        let topology = design.expand();
        let endpoints = topology.all::<VpcEndpoint>();
        endpoints
            .map(|(_, it)| format!("{} ×{}", it.service_code().unwrap_or("?"), it.subnets.len()))
            .collect()
    }

    #[test]
    fn endpoints_only_brings_what_the_instances_call() {
        assert_eq!(
            names(&[("network.nat", "endpoints-only")]),
            [
                "s3 ×0",
                "dynamodb ×0",
                "logs ×2",
                "monitoring ×2",
                "secretsmanager ×2"
            ]
        );
        let sessions = [
            ("network.nat", "endpoints-only"),
            ("access.kind", "session-manager"),
        ];
        let codes = ["ssm ×2", "ssmmessages ×2", "ec2messages ×2"];
        assert!(
            codes
                .iter()
                .all(|it| names(&sessions).contains(&(*it).to_owned()))
        );
    }

    #[test]
    fn the_way_to_s3_is_open_to_the_buckets_of_aws_that_are_read() {
        let cases: [(&[&str], &[&str]); 4] = [
            (&[], &["al2023-repos-"]),
            (
                &["delivery.codedeploy"],
                &["al2023-repos-", "aws-codedeploy-"],
            ),
            (&["delivery.registry"], &["al2023-repos-", "prod-"]),
            (&["endpoints.ecr"], &["al2023-repos-", "prod-"]),
        ];
        for (switches, expected) in cases {
            let mut design = Design::new("test").with("endpoints.s3", "true");
            for key in switches {
                design = design.with(key, "true");
            }
            let read = super::buckets_of_aws(&design);
            let arns = read.iter().map(|it| match it {
                crate::aws::Value::Fn(_, arn) => arn.as_str().unwrap_or_default(),
                _ => "",
            });
            let starts = expected
                .iter()
                .map(|it| format!("arn:${{AWS::Partition}}:s3:::{it}"));
            assert_eq!(read.len(), expected.len(), "{switches:?}");
            assert!(
                arns.zip(starts).all(|(arn, start)| arn.starts_with(&start)),
                "{switches:?}: {read:?}"
            );
        }
    }

    #[test]
    fn each_group_has_its_switch_and_all_of_them_one_choice_of_zones() {
        assert!(names(&[]).is_empty());
        assert_eq!(
            names(&[("endpoints.ssm", "true"), ("endpoints.zones", "a")]),
            ["ssm ×1", "ssmmessages ×1", "ec2messages ×1"]
        );
        assert_eq!(
            names(&[("endpoints.ecr", "true"), ("network.zones", "3")]),
            ["ecr.api ×3", "ecr.dkr ×3"]
        );
    }
}
