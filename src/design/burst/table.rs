//! The table of orders: on demand, so that a burst finds no provisioned limit. With a replica it is a global table.

use super::{Design, Expansion, RECOVERY_DAYS};
use crate::aws::{GlobalTable, Region, Resource, Table, Value, list, map};
use crate::design::{DATA, Edit};
use crate::text::text;
use crate::topology::Keep;

const TABLE: &str = "OrdersTable";
/// CloudFormation refuses a resource whose type changes under the same logical ID.
const GLOBAL_TABLE: &str = "OrdersGlobalTable";
/// The index by which a customer's orders are found.
const INDEX: &str = "customer";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !design.orders_to_table() {
        return;
    }
    let node = to.add(DATA, name(design), table(design, to));
    node.keep = Some(if design.protection.is_production() {
        Keep::Retain
    } else {
        Keep::Delete
    });
    node.comment(text(
        "comment.orders-table",
        "A write asks that the order is not there yet, so that a message which comes twice is written once. On demand takes twice the last peak at once; a sale that is larger is announced by warming the table up.",
    ));
}

/// The table's node.
pub(super) fn name(design: &Design) -> &'static str {
    match design.replica() {
        Some(_) => GLOBAL_TABLE,
        None => TABLE,
    }
}

impl Design {
    /// The Region of the table's replica.
    fn replica(&self) -> Option<Region> {
        let other = self.burst.table_replica.0;
        other.filter(|it| *it != self.network.region)
    }
}

fn table(design: &Design, to: &Expansion<'_>) -> Resource {
    let keys = vec![key("pk", "HASH")];
    let attributes = ["pk", "customer", "placed"].map(attribute).to_vec();
    let billing = Some("PAY_PER_REQUEST".to_owned());
    let indexes = vec![map([
        ("IndexName", INDEX.into()),
        (
            "KeySchema",
            list([key("customer", "HASH"), key("placed", "RANGE")]),
        ),
        ("Projection", map([("ProjectionType", "ALL".into())])),
    ])];
    let ttl = (design.burst.ttl_days.get() > 0).then(|| {
        map([
            ("AttributeName", "expires".into()),
            ("Enabled", true.into()),
        ])
    });
    let recovery = design.burst.recovery.then(recovery);
    let protected = design.protection.is_production();
    let Some(other) = design.replica() else {
        let table = Table {
            keys,
            attributes,
            billing,
            recovery,
            encryption: Some(map([("SSEEnabled", true.into())])),
            protected: Some(protected),
            ttl,
            indexes,
            tags: to.tags("orders"),
            rest: Vec::new(),
        };
        return table.into();
    };
    let replica = |region: Value| {
        let mut entries = vec![
            ("Region".into(), region),
            ("DeletionProtectionEnabled".into(), protected.into()),
        ];
        let recovery = recovery.clone();
        entries.extend(recovery.map(|it| ("PointInTimeRecoverySpecification".into(), it)));
        Value::Map(entries)
    };
    let table = GlobalTable {
        keys,
        attributes,
        billing,
        indexes,
        ttl,
        stream: Some(map([("StreamViewType", "NEW_AND_OLD_IMAGES".into())])),
        encryption: Some(map([("SSEEnabled", false.into())])),
        replicas: vec![
            replica(Value::reference("AWS::Region")),
            replica(other.code().into()),
        ],
        rest: Vec::new(),
    };
    table.into()
}

fn key(name: &str, kind: &str) -> Value {
    map([("AttributeName", name.into()), ("KeyType", kind.into())])
}

fn attribute(name: &str) -> Value {
    map([
        ("AttributeName", name.into()),
        ("AttributeType", "S".into()),
    ])
}

fn recovery() -> Value {
    map([
        ("PointInTimeRecoveryEnabled", true.into()),
        ("RecoveryPeriodInDays", RECOVERY_DAYS.into()),
    ])
}
