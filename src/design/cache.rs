//! An ElastiCache replication group over the private subnets, beside the database.

use super::Edit;
use super::fleet::ROLE as WEB_ROLE;
use super::network::subnets;
use super::option::{OptionKind, Setting, Whole, choice, component, not_one_of};
use super::policy::policy;
use super::{DATA, Design, Expansion};
use crate::aws::{CacheGroup, CacheSubnetGroup, RolePolicy, Secret, Value, map, properties};
use crate::text::{Message, text};
use crate::topology::Keep;

choice! {
    /// Engine of the cache.
    CacheEngine {
        /// The open fork of Redis, a fifth cheaper.
        Valkey = "valkey",
        Redis = "redis",
    }
}

/// An ElastiCache node type that the price table covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeType(&'static str);

const NODE_TYPES: [&str; 9] = [
    "cache.t3.micro",
    "cache.t3.small",
    "cache.t4g.micro",
    "cache.t4g.small",
    "cache.t4g.medium",
    "cache.m6g.large",
    "cache.m7g.large",
    "cache.r6g.large",
    "cache.r7g.large",
];

impl Setting for NodeType {
    fn kind() -> OptionKind {
        OptionKind::Choice(NODE_TYPES.to_vec())
    }

    fn show(&self) -> String {
        self.0.to_owned()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let found = NODE_TYPES.iter().find(|it| **it == given.trim());
        found
            .map(|it| Self(it))
            .ok_or_else(|| not_one_of(given, &NODE_TYPES))
    }
}

component! {
    /// The cache in front of the database.
    Cache at cache in Cache {
        "cache.enabled" "ke" enabled: bool = false, "ElastiCache", "An in-memory cache beside the database, reached by the web instances alone";
        "cache.engine" "kg" engine: CacheEngine = CacheEngine::Valkey, "Engine", "Valkey or Redis; both speak the same protocol on port 6379";
        "cache.node_type" "kt" node_type: NodeType = NodeType("cache.t4g.micro"), "Node type", "ElastiCache type of the primary and of each replica";
        "cache.replicas" "kr" replicas: Whole<0, 5> = Whole::new(1), "Replicas", "Asynchronous copies; the first that is in step takes over when the primary is lost";
        "cache.multi_az" "km" multi_az: bool = true, "Multi-AZ", "Primary and replicas stand in different zones; needs a replica";
        "cache.snapshot_days" "kd" snapshots: Whole<0, 35> = Whole::new(0), "Snapshots (days)", "Days that daily snapshots are kept; 0 makes none";
    }
}

impl CacheEngine {
    /// The newest version that ElastiCache has in every Region (cfn-lint's list of 2026-10-20).
    fn version(self) -> &'static str {
        match self {
            Self::Valkey => "8.1",
            Self::Redis => "7.1",
        }
    }
}

/// What Valkey and Redis listen on.
pub const PORT: u16 = 6379;
pub const CACHE: &str = "Cache";
pub const SECURITY_GROUP: &str = "CacheSecurityGroup";
const SUBNETS: &str = "CacheSubnetGroup";
const SECRET: &str = "CacheSecret";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !design.cache.enabled {
        return;
    }
    to.add(
        DATA,
        SUBNETS,
        CacheSubnetGroup {
            description: "Private subnets of the cache".into(),
            subnets: subnets(design, design.network.data_tier()),
            tags: to.tags("cache"),
            rest: Vec::new(),
        },
    );
    secret(to);
    let node_type = [(CACHE, "CacheNodeType")];
    to.adjust(DATA, "CacheNodeType", "cache.node_type", node_type);
    let keep = design.protection.keep();
    let node = to.add(DATA, CACHE, group(design, to));
    node.keep = Some(keep);
    node.comment(text(
        "comment.cache",
        "Encrypted at rest and on the way, and closed to whoever does not know the token; a replica takes over without a change of the endpoint.",
    ));
    to.add(
        DATA,
        "WebCacheSecretPolicy",
        RolePolicy {
            name: "cache-secret".into(),
            role: Value::reference(WEB_ROLE),
            document: policy([map([
                ("Effect", "Allow".into()),
                ("Action", "secretsmanager:GetSecretValue".into()),
                ("Resource", Value::reference(SECRET)),
            ])]),
            rest: Vec::new(),
        },
    );
}

/// ElastiCache takes 16 to 128 characters, of the special ones a few alone (ElastiCache user guide, AUTH).
fn secret(to: &mut Expansion<'_>) {
    let node = to.add(
        DATA,
        SECRET,
        Secret {
            description: Some("Token of the cache".into()),
            generated: Some(map([
                ("PasswordLength", 64.into()),
                ("ExcludePunctuation", true.into()),
            ])),
            tags: to.tags("cache"),
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
}

fn group(design: &Design, to: &Expansion<'_>) -> CacheGroup {
    let cache = &design.cache;
    let replicas = cache.replicas.get();
    let subnets = subnets(design, design.network.data_tier()).len();
    CacheGroup {
        description: "Cache of the web instances".into(),
        engine: cache.engine.show(),
        version: Some(cache.engine.version().into()),
        node_type: cache.node_type.show(),
        nodes: Some(replicas + 1),
        fails_over: replicas > 0,
        // ElastiCache refuses it without a replica, and without a second zone.
        multi_az: cache.multi_az && replicas > 0 && subnets > 1,
        subnets: SUBNETS.into(),
        security_groups: vec![SECURITY_GROUP.into()],
        port: Some(PORT),
        encrypted_at_rest: true,
        encrypted_in_transit: true,
        token: Some(Value::sub(format!(
            "{{{{resolve:secretsmanager:${{{SECRET}}}}}}}"
        ))),
        snapshots: Some(cache.snapshots.get()),
        tags: to.tags("cache"),
        rest: properties([("AutoMinorVersionUpgrade", true.into())]),
    }
}
