//! Batch instances: a small group in the private subnets that nobody calls, and that fetches from outside by itself.

use ipnet::Ipv4Net;

use super::Edit;
use super::fleet::InstanceType;
use super::network::{Tier, VPC, subnets};
use super::option::{Whole, component};
use super::pattern::{self, Pattern};
use super::policy::trust;
use super::{APP, Design, Expansion, SECURITY};
use crate::aws::{
    AutoScalingGroup, InstanceProfile, LaunchTemplateReference, Quoted, Role, Rule, SecurityGroup,
    Value, list, map, properties,
};
use crate::text::text;
use crate::topology::Parameter;
use crate::topology::traffic::HTTPS;

component! {
    /// Instances that work by the clock.
    Batch at batch in Batch {
        "batch.enabled" "qe" enabled: bool = false, "Batch instances", "Instances in the private subnets that fetch from an external source by themselves, such as a nightly sync";
        "batch.instance_type" "qt" instance_type: InstanceType = InstanceType::SMALL_GRAVITON, "Batch instance type", "EC2 instance type of the batch instances";
        "batch.instances" "qn" instances: Whole<1, 20> = Whole::new(1), "Number of batch instances", "How many batch instances the group keeps; one that is lost is replaced in another zone";
    }
}

pub const GROUP: &str = "BatchGroup";
const SECURITY_GROUP: &str = "BatchSecurityGroup";
const ROLE: &str = "BatchRole";
const PROFILE: &str = "BatchInstanceProfile";
const TEMPLATE: &str = "BatchLaunchTemplate";
const IMAGE: &str = "BatchImageId";
const SOURCE: &str = "BatchSource";

/// Fetches from the source again and again, until it has what it needs for the day.
const USER_DATA: &str = include_str!("batch.sh");

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !design.batch.enabled || subnets(design, Tier::Private).is_empty() {
        return;
    }
    identity(to);
    security_group(to);
    let kind = design.batch.instance_type;
    let label = text(
        "parameter.batch-image",
        "Machine image of the batch instances",
    );
    pattern::image(to, APP, IMAGE, label, kind);
    to.parameter(
        APP,
        Parameter {
            name: SOURCE.into(),
            kind: "String",
            default: Some("https://checkip.amazonaws.com/".to_owned()),
            // Nothing that a shell or systemd would read as more than an address.
            pattern: Some("https://[A-Za-z0-9.-]+(/[A-Za-z0-9._~/-]*)?"),
            label: text("parameter.batch-source", "External source"),
            description: text(
                "parameter.batch-source.help",
                "What the batch instances fetch: an HTTPS address on the internet",
            ),
            example: None,
        },
    );
    to.add(
        APP,
        TEMPLATE,
        pattern::launch_template(Pattern {
            image: IMAGE,
            instance_type: kind,
            profile: PROFILE,
            security_group: SECURITY_GROUP,
            session_tokens: true,
            volume_gb: 8,
            user_data: USER_DATA.to_owned(),
            monitored: false,
            tag: "batch",
        }),
    );
    to.add(APP, GROUP, group(design)).comment(text(
        "comment.batch-group",
        "Nobody calls these instances: no load balancer, no port open, and EC2's own status checks alone.",
    ));
}

fn identity(to: &mut Expansion<'_>) {
    let tags = to.tags("batch");
    to.add(
        SECURITY,
        ROLE,
        Role {
            trust: trust("ec2.amazonaws.com", []),
            managed_policies: Vec::new(),
            tags,
            rest: properties([("Description", "Batch instances: no AWS call at all".into())]),
        },
    );
    to.add(
        SECURITY,
        PROFILE,
        InstanceProfile {
            roles: vec![Value::reference(ROLE)],
            rest: Vec::new(),
        },
    );
}

fn security_group(to: &mut Expansion<'_>) {
    let tags = to.tags("batch");
    to.add(
        SECURITY,
        SECURITY_GROUP,
        SecurityGroup {
            vpc: VPC.into(),
            description: "Batch instances: nothing in, HTTPS out".into(),
            ingress: Vec::new(),
            egress: vec![Rule::range(
                HTTPS,
                Ipv4Net::default(),
                "HTTPS to the external source",
            )],
            tags,
            rest: Vec::new(),
        },
    );
}

fn group(design: &Design) -> AutoScalingGroup {
    let count = design.batch.instances.get();
    AutoScalingGroup {
        // Room for the replacement of one in a zone that is lost.
        min: Quoted(count),
        max: Quoted(count + 1),
        desired: Some(Quoted(count)),
        subnets: subnets(design, Tier::Private),
        target_groups: Vec::new(),
        health_check: Some("EC2".to_owned()),
        grace: Some(120),
        launch_template: Some(LaunchTemplateReference {
            template: TEMPLATE.into(),
            version: Value::att(TEMPLATE, "LatestVersionNumber"),
            rest: Vec::new(),
        }),
        mixed: None,
        rebalances: None,
        distribution: None,
        impairment: None,
        rest: properties([(
            "Tags",
            list([map([
                ("Key", "Name".into()),
                ("Value", Value::sub("${AWS::StackName}-batch")),
                ("PropagateAtLaunch", true.into()),
            ])]),
        )]),
    }
}
