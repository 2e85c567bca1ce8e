//! How an administrator gets a shell on the web instances: not at all, over Systems Manager, or over a bastion host.

use super::network::{ATTACHMENT, Tier, subnets};
use super::option::{Words, choice, component};
use super::{APP, Design, Edit, Expansion, SECURITY};
use crate::aws::{Cidr, EipAssociation, ElasticIp, Instance, SecurityGroupIngress, Value, map};
use crate::text::text;
use crate::topology::Parameter;
use crate::topology::traffic::SSH;

choice! {
    /// How an administrator gets in.
    Access {
        None = "none",
        /// No open port: the instances call Systems Manager.
        SessionManager = "session-manager",
        /// An instance in a public subnet that takes SSH and passes it on.
        Bastion = "bastion",
    }
}

component! {
    /// The way in for administrators.
    Admin at admin in Access {
        "access.kind" "sk" kind: Access = Access::None, "Administrator access", "session-manager opens no port; bastion is a host in a public subnet that takes SSH";
        "access.ssh_cidr" "sc" source: Words<60> = Words::default(), "SSH from", "Range that the bastion takes SSH from, as 203.0.113.7/32; empty asks for it at deployment";
    }
}

/// Managed policy with what the agent of Systems Manager needs, and nothing else.
pub const SESSION_POLICY: &str = "AmazonSSMManagedInstanceCore";
pub const BASTION: &str = "Bastion";
pub const SECURITY_GROUP: &str = "BastionSecurityGroup";
/// The parameter with the range that SSH comes from.
pub const SOURCE: &str = "BastionSource";
const IMAGE: &str = "BastionImageId";

impl Admin {
    pub(super) fn has_bastion(&self) -> bool {
        match self.kind {
            Access::Bastion => true,
            Access::None | Access::SessionManager => false,
        }
    }

    /// Whether administrators come in over Session Manager.
    pub(super) fn has_sessions(&self) -> bool {
        match self.kind {
            Access::SessionManager => true,
            Access::None | Access::Bastion => false,
        }
    }

    /// Managed policies that the instances need for it.
    pub(super) fn managed_policies(&self) -> Vec<Value> {
        match self.kind {
            Access::SessionManager => vec![Value::sub(format!(
                "arn:${{AWS::Partition}}:iam::aws:policy/{SESSION_POLICY}"
            ))],
            Access::None | Access::Bastion => Vec::new(),
        }
    }
}

/// The rule that lets SSH in from where the administrators are, and the parameter that says where.
pub(super) fn expand_rule(design: &Design, to: &mut Expansion<'_>) {
    let given = design.admin.source.as_str();
    to.parameter(
        SECURITY,
        Parameter {
            name: SOURCE.into(),
            kind: "String",
            default: (!given.is_empty()).then(|| given.to_owned()),
            // No wider than /8: the whole internet is no place to administer from.
            pattern: Some("([0-9]{1,3}[.]){3}[0-9]{1,3}/([89]|[12][0-9]|3[0-2])"),
            label: text("parameter.bastion-source", "SSH from"),
            description: text(
                "parameter.bastion-source.help",
                "IPv4 range that the bastion takes SSH from, such as your own address with /32",
            ),
            example: Some("203.0.113.7/32"),
        },
    );
    to.add(
        SECURITY,
        "BastionSshIngress",
        SecurityGroupIngress {
            group: SECURITY_GROUP.into(),
            protocol: "tcp".into(),
            from_port: Some(SSH),
            to_port: Some(SSH),
            cidr: Some(Cidr::Given(SOURCE.into())),
            source: None,
            description: Some("SSH of the administrators".into()),
            rest: Vec::new(),
        },
    );
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !design.admin.has_bastion() {
        return;
    }
    let places = subnets(design, Tier::Public);
    let Some(place) = places.first() else {
        return;
    };
    to.parameter(
        APP,
        Parameter {
            name: IMAGE.into(),
            kind: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
            default: Some(
                "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64".into(),
            ),
            pattern: None,
            label: text("parameter.bastion-image", "Machine image of the bastion"),
            description: text(
                "parameter.bastion-image.help",
                "Public SSM parameter that names the newest Amazon Linux 2023 image for Graviton",
            ),
            example: None,
        },
    );
    let volume = map([
        ("DeviceName", "/dev/xvda".into()),
        (
            "Ebs",
            map([
                ("VolumeSize", 8.into()),
                ("VolumeType", "gp3".into()),
                ("Encrypted", true.into()),
            ]),
        ),
    ]);
    let node = to.add(
        APP,
        BASTION,
        Instance {
            image: Value::reference(IMAGE),
            instance_type: "t4g.nano".into(),
            subnet: Some(place.clone()),
            security_groups: vec![SECURITY_GROUP.into()],
            volumes: vec![volume],
            metadata: Some(map([
                ("HttpTokens", "required".into()),
                ("HttpPutResponseHopLimit", 1.into()),
            ])),
            tags: to.tags("bastion"),
            rest: Vec::new(),
        },
    );
    node.comment(text(
        "comment.bastion",
        "No key pair: EC2 Instance Connect puts a key in place for 60 seconds, for whom IAM lets.",
    ));
    to.add(
        APP,
        "BastionAddress",
        ElasticIp {
            domain: "vpc".into(),
            tags: to.tags("bastion"),
            rest: Vec::new(),
        },
    )
    .after(ATTACHMENT);
    to.add(
        APP,
        "BastionAddressAssociation",
        EipAssociation {
            address: "BastionAddress".into(),
            instance: Some(BASTION.into()),
            rest: Vec::new(),
        },
    );
}
