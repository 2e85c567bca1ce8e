//! The Lambda functions of the burst path: a program of several parts, a role of its own, and a log.

use super::{Expansion, inline, places, store_variables};
use crate::aws::{
    Function, FunctionNetwork, LogGroup, Properties, Role, Value, list, map, properties,
};
use crate::design::policy::trust;
use crate::design::rest_api::LOG_DAYS;
use crate::design::{BURST, Design};
use crate::text::text;
use crate::topology::{Keep, Parameter};

pub(super) const ORDER: &str = include_str!("order.py");
const STORE_TABLE: &str = include_str!("store_table.py");
const STORE_DATABASE: &str = include_str!("store_database.py");

/// Parameter with the layer that holds the database's driver.
const LAYER: &str = "OrdersDriverLayerArn";

/// A function of the burst path.
pub(super) struct Program {
    /// `OrdersConsumer`
    pub name: &'static str,
    pub tag: &'static str,
    /// Its parts, one behind the other.
    pub parts: Vec<&'static str>,
    /// What its role may do beside writing its own log.
    pub allowed: Vec<Value>,
    pub variables: Properties,
    /// Whether it writes to the store.
    pub writes: bool,
}

impl Program {
    /// Whether it has to be in the VPC: the consumers are, so that what they send stays on private ways; what only hands
    /// on is not, and starts without network interfaces.
    fn is_inside(&self, design: &Design) -> bool {
        self.writes && !places(design).is_empty()
    }

    fn needs_driver(&self, design: &Design) -> bool {
        self.writes && !design.orders_to_table()
    }
}

/// The part that writes to the store.
pub(super) fn store(design: &Design) -> &'static str {
    if design.orders_to_table() {
        STORE_TABLE
    } else {
        STORE_DATABASE
    }
}

/// What Lambda does with the role for its network interfaces, whose ids nobody knows before (Lambda developer guide, required
/// IAM permissions of functions in a VPC).
const INTERFACES: &str =
    "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaENIManagementAccess";

pub(super) fn expand(it: Program, design: &Design, to: &mut Expansion<'_>) {
    let (log, role) = (format!("{}LogGroup", it.name), format!("{}Role", it.name));
    let tags = to.tags(it.tag);
    let node = to.add(
        BURST,
        log.as_str(),
        LogGroup {
            name: None,
            retention: Some(LOG_DAYS),
            tags,
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
    let mut allowed = it.allowed.clone();
    allowed.push(super::allow(
        list(["logs:CreateLogStream", "logs:PutLogEvents"]),
        Value::att(log.as_str(), "Arn"),
    ));
    allowed.push(super::allow(
        list(["xray:PutTraceSegments", "xray:PutTelemetryRecords"]),
        "*".into(),
    ));
    let is_inside = it.is_inside(design);
    let tags = to.tags(it.tag);
    to.add(
        BURST,
        role.as_str(),
        Role {
            trust: trust("lambda.amazonaws.com", []),
            managed_policies: is_inside
                .then(|| Value::sub(INTERFACES))
                .into_iter()
                .collect(),
            tags,
            rest: properties([("Policies", inline("orders", allowed))]),
        },
    );
    if it.needs_driver(design) {
        layer(to);
    }
    let function = function(&it, &log, &role, design, to);
    to.add(BURST, it.name, function);
}

fn function(it: &Program, log: &str, role: &str, design: &Design, to: &Expansion<'_>) -> Function {
    let mut variables = it.variables.clone();
    if it.writes {
        let store = store_variables(design).into_iter();
        variables.extend(store.map(|(name, value)| (name.into(), value)));
    }
    let mut rest = properties([("TracingConfig", map([("Mode", "Active".into())]))]);
    if it.needs_driver(design) {
        rest.push(("Layers".into(), list([Value::reference(LAYER)])));
    }
    Function {
        handler: Some("index.handler".into()),
        runtime: Some("python3.14".into()),
        code: map([("ZipFile", it.parts.concat().into())]),
        role: Value::att(role, "Arn"),
        timeout: Some(design.burst.function_seconds.get()),
        memory: Some(256),
        concurrency: None,
        network: it.is_inside(design).then(|| FunctionNetwork {
            subnets: places(design),
            security_groups: vec![super::SECURITY_GROUP.into()],
            rest: Vec::new(),
        }),
        logging: Some(map([
            ("LogGroup", Value::reference(log)),
            ("LogFormat", "JSON".into()),
        ])),
        environment: Some(map([("Variables", Value::Map(variables))])),
        architectures: vec!["arm64".into()],
        tags: to.tags(it.tag),
        rest,
    }
}

fn layer(to: &mut Expansion<'_>) {
    to.parameter(
        BURST,
        Parameter {
            name: LAYER.into(),
            kind: "String",
            default: None,
            pattern: Some("arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+"),
            label: text("parameter.orders-layer", "Layer with the database driver"),
            description: text(
                "parameter.orders-layer.help",
                "ARN of a Lambda layer version with python/pymysql or python/pg8000, and, where there is no RDS Proxy, RDS's certificates as rds.pem",
            ),
            example: Some("arn:aws:lambda:us-east-1:123456789012:layer:database-driver:1"),
        },
    );
}
