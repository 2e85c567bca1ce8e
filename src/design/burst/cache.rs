//! DAX before the table of orders: three nodes over the zones, encrypted at rest and on the way.

use super::table;
use super::{Design, Expansion, allow, inline};
use crate::aws::{
    DaxCluster, DaxSubnetGroup, Role, RolePolicy, SecurityGroup, Value, list, map, properties,
};
use crate::design::network::{VPC, subnets};
use crate::design::option::{OptionKind, Setting, not_one_of};
use crate::design::policy::{policy, trust};
use crate::design::security::{connect, connect_in, nowhere};
use crate::design::{DATA, Edit, SECURITY, fleet};
use crate::text::{Message, text};

/// A DAX node type that the price table covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeType(&'static str);

const NODE_TYPES: [&str; 3] = ["dax.t3.small", "dax.t3.medium", "dax.r5.large"];

impl NodeType {
    /// The smallest.
    pub(super) const SMALL: Self = Self("dax.t3.small");
}

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

pub const CACHE: &str = "OrdersCache";
const GROUP: &str = "OrdersCacheSecurityGroup";
const SUBNETS: &str = "OrdersCacheSubnetGroup";
const ROLE: &str = "OrdersCacheRole";
/// The port of a cluster that asks for TLS (DynamoDB developer guide, DAX encryption in transit).
const PORT: u16 = 9111;

/// What a cache does to its table for those who ask it: who writes, writes to the table.
const OF_TABLE: [&str; 4] = ["DescribeTable", "GetItem", "BatchGetItem", "Query"];

/// What those who read ask of the cache.
const READS: [&str; 3] = ["dax:GetItem", "dax:BatchGetItem", "dax:Query"];

/// The cache's own group, which the consumers and the web instances reach.
pub(super) fn expand_group(design: &Design, to: &mut Expansion<'_>) {
    if !design.has_dax() {
        return;
    }
    let tags = to.tags("orders-cache");
    to.add(
        SECURITY,
        GROUP,
        SecurityGroup {
            description: "DAX: from consumers and web instances only".into(),
            vpc: VPC.into(),
            ingress: Vec::new(),
            egress: vec![nowhere()],
            tags,
            rest: Vec::new(),
        },
    );
    connect(to, "OrdersToCache", super::SECURITY_GROUP, GROUP, PORT);
    if design.has_application() {
        connect_in(to, "WebToOrdersCache", fleet::SECURITY_GROUP, GROUP, PORT);
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !design.has_dax() {
        return;
    }
    to.add(
        DATA,
        SUBNETS,
        DaxSubnetGroup {
            description: Some("Private subnets of DAX".into()),
            subnets: subnets(design, design.network.data_tier()),
            rest: Vec::new(),
        },
    );
    let actions = OF_TABLE.map(|it| format!("dynamodb:{it}"));
    let name = table::name(design);
    let table = Value::att(name, "Arn");
    let on_table = allow(
        list(actions),
        list([table, Value::sub(format!("${{{name}.Arn}}/index/*"))]),
    );
    let tags = to.tags("orders-cache");
    to.add(
        DATA,
        ROLE,
        Role {
            trust: trust("dax.amazonaws.com", []),
            managed_policies: Vec::new(),
            tags,
            rest: properties([("Policies", inline("table", vec![on_table]))]),
        },
    );
    to.add(DATA, CACHE, cluster(design)).comment(text(
        "comment.orders-cache",
        "DAX spreads its nodes over the zones of the subnet group by itself. Those who read need DAX's client library; what they read is as old as the cache lets it be.",
    ));
    if design.has_application() {
        to.add(
            DATA,
            "WebOrdersCachePolicy",
            RolePolicy {
                name: "orders-cache".into(),
                role: Value::reference(fleet::ROLE),
                document: policy([allow(list(READS), Value::att(CACHE, "Arn"))]),
                rest: Vec::new(),
            },
        );
    }
}

fn cluster(design: &Design) -> DaxCluster {
    DaxCluster {
        node_type: design.burst.dax_node_type.show(),
        nodes: design.burst.dax_nodes.get(),
        role: Value::att(ROLE, "Arn"),
        subnets: Some(SUBNETS.into()),
        security_groups: vec![GROUP.into()],
        encryption: Some(map([("SSEEnabled", true.into())])),
        transit: Some("TLS".into()),
        rest: properties([(
            "Tags",
            map([("Name", Value::sub("${AWS::StackName}-orders-cache"))]),
        )]),
    }
}
