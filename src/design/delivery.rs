//! How the application gets onto its instances: an image repository, and CodeDeploy.

use super::option::component;
use super::policy::{policy, trust};
use super::{DELIVERY, Design, Edit, Expansion, balancer, bucket, fleet};
use crate::aws::{
    Alarm, DeployApplication, DeploymentGroup, Repository, Role, RolePolicy, Value, list, map,
    properties,
};
use crate::text::text;
use crate::topology::Keep;

component! {
    /// Ways to bring a new version to the instances.
    Delivery at delivery in Delivery {
        "delivery.registry" "zr" registry: bool = false, "Image repository", "A private ECR repository: images are scanned when they are pushed, tags stay with their image, and old images go";
        "delivery.codedeploy" "zc" codedeploy: bool = false, "CodeDeploy", "Brings a revision from a bucket to the web instances, half of them at once and out of the load balancer meanwhile; takes it back when it fails or an alarm goes off";
    }
}

const REPOSITORY: &str = "Repository";
const BUCKET: &str = "ReleaseBucket";
const ROLE: &str = "CodeDeployRole";
const APPLICATION: &str = "DeployApplication";
const GROUP: &str = "DeploymentGroup";
const ALARM: &str = "DeploymentAlarm";

impl Delivery {
    /// What an instance runs at its first start, to have CodeDeploy's agent (CodeDeploy user guide, install the agent).
    pub(super) fn user_data(&self) -> &'static str {
        if self.codedeploy {
            include_str!("codedeploy.sh")
        } else {
            ""
        }
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if design.delivery.registry {
        registry(design, to);
    }
    if design.delivery.codedeploy && design.has_application() {
        releases(to);
        codedeploy(to);
    }
}

/// Rules of the repository: images without a tag are leftovers of builds.
const KEPT: &str = r#"{"rules":[{"rulePriority":1,"description":"Untagged images go after 14 days","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":14},"action":{"type":"expire"}},{"rulePriority":2,"description":"The last 30 images stay","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":30},"action":{"type":"expire"}}]}"#;

fn registry(design: &Design, to: &mut Expansion<'_>) {
    let is_production = design.protection.is_production();
    let mut rest = Vec::new();
    if !is_production {
        rest = properties([("EmptyOnDelete", true.into())]);
    }
    let repository = Repository {
        mutability: Some("IMMUTABLE".into()),
        scanning: Some(map([("ScanOnPush", true.into())])),
        encryption: Some(map([("EncryptionType", "AES256".into())])),
        lifecycle: Some(map([("LifecyclePolicyText", KEPT.into())])),
        tags: to.tags("images"),
        rest,
    };
    let node = to.add(DELIVERY, REPOSITORY, repository);
    node.keep = Some(if is_production {
        Keep::Retain
    } else {
        Keep::Delete
    });
    node.comment(text(
        "comment.repository",
        "A tag that could be given anew would let another image run under a name that was tested.",
    ));
    if design.has_application() {
        let token = statement(["ecr:GetAuthorizationToken"], "*".into());
        let pull = statement(
            [
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer",
            ],
            Value::att(REPOSITORY, "Arn"),
        );
        grant(to, "RepositoryPolicy", "pull-images", [token, pull]);
    }
}

fn statement<const N: usize>(actions: [&str; N], resource: Value) -> Value {
    map([
        ("Effect", "Allow".into()),
        ("Action", list(actions)),
        ("Resource", resource),
    ])
}

/// Lets the web instances do more.
fn grant(to: &mut Expansion<'_>, name: &str, policy_name: &str, statements: [Value; 2]) {
    let grant = RolePolicy {
        name: policy_name.into(),
        role: Value::reference(fleet::ROLE),
        document: policy(statements),
        rest: Vec::new(),
    };
    to.add(DELIVERY, name, grant);
}

/// Days that a revision is kept.
const RELEASE_DAYS: u32 = 365;

/// Where revisions lie, and who may read them.
fn releases(to: &mut Expansion<'_>) {
    let store = bucket::private(to.tags("releases"), vec![bucket::expire(RELEASE_DAYS)]);
    let node = to.add(DELIVERY, BUCKET, store);
    node.keep = Some(Keep::Retain);
    node.comment(text(
        "comment.release-bucket",
        "Revisions that can be deployed again. The bucket outlives its stack: the destroy script empties it.",
    ));
    to.add(
        DELIVERY,
        "ReleaseBucketPolicy",
        bucket::policy_of(BUCKET, vec![bucket::tls_only(BUCKET)]),
    );
    let read = statement(
        ["s3:GetObject", "s3:GetObjectVersion"],
        Value::sub(format!("${{{BUCKET}.Arn}}/*")),
    );
    let find = statement(["s3:ListBucket"], Value::att(BUCKET, "Arn"));
    grant(to, "ReleasePolicy", "read-releases", [read, find]);
}

/// CodeDeploy for this account and for no other (CodeDeploy user guide, cross-service confused deputy prevention).
fn own_account() -> Value {
    let account = Value::reference("AWS::AccountId");
    map([("StringEquals", map([("aws:SourceAccount", account)]))])
}

fn codedeploy(to: &mut Expansion<'_>) {
    let role = Role {
        trust: trust("codedeploy.amazonaws.com", [("Condition", own_account())]),
        managed_policies: vec![Value::sub(
            "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRole",
        )],
        tags: to.tags("codedeploy"),
        rest: Vec::new(),
    };
    to.add(DELIVERY, ROLE, role);
    let application = DeployApplication {
        platform: Some("Server".into()),
        tags: to.tags("application"),
        rest: Vec::new(),
    };
    to.add(DELIVERY, APPLICATION, application);
    alarm(to);
    let group = DeploymentGroup {
        application: APPLICATION.into(),
        role: Value::att(ROLE, "Arn"),
        groups: vec![fleet::GROUP.into()],
        pace: Some("CodeDeployDefault.HalfAtATime".into()),
        style: Some(map([
            ("DeploymentType", "IN_PLACE".into()),
            ("DeploymentOption", "WITH_TRAFFIC_CONTROL".into()),
        ])),
        balancer: Some(map([(
            "TargetGroupInfoList",
            list([map([(
                "Name",
                Value::att(balancer::TARGETS, "TargetGroupName"),
            )])]),
        )])),
        rollback: Some(map([
            ("Enabled", true.into()),
            (
                "Events",
                list(["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]),
            ),
        ])),
        alarms: Some(map([
            ("Enabled", true.into()),
            ("Alarms", list([map([("Name", Value::reference(ALARM))])])),
        ])),
        tags: to.tags("deployment"),
        rest: Vec::new(),
    };
    to.add(DELIVERY, GROUP, group).comment(text(
        "comment.deployment-group",
        "Half of the instances at once, each out of the load balancer while it is changed. A deployment that fails, or that the alarm stops, is taken back.",
    ));
}

/// Answers with 5xx of the instances in a minute that stop a deployment.
const ERRORS: i64 = 10;

/// It tells CodeDeploy, and nobody else: the observability stack has the alarms for people.
fn alarm(to: &mut Expansion<'_>) {
    let dimension = |name: &str, value: Value| map([("Name", name.into()), ("Value", value)]);
    let alarm = Alarm {
        description: Some("Instances answer with 5xx while a deployment runs".into()),
        namespace: Some("AWS/ApplicationELB".into()),
        metric: Some("HTTPCode_Target_5XX_Count".into()),
        actions: Vec::new(),
        tags: to.tags(ALARM),
        rest: properties([
            ("Statistic", "Sum".into()),
            ("Period", 60.into()),
            ("EvaluationPeriods", 1.into()),
            ("ComparisonOperator", "GreaterThanOrEqualToThreshold".into()),
            ("Threshold", ERRORS.into()),
            ("TreatMissingData", "notBreaching".into()),
            (
                "Dimensions",
                list([
                    dimension(
                        "LoadBalancer",
                        Value::att(balancer::BALANCER, "LoadBalancerFullName"),
                    ),
                    dimension(
                        "TargetGroup",
                        Value::att(balancer::TARGETS, "TargetGroupFullName"),
                    ),
                ]),
            ),
        ]),
    };
    to.add(DELIVERY, ALARM, alarm);
}
