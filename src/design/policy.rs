//! IAM policy documents as the components write them.

use crate::aws::{Value, list, map, properties};

/// The statement that lets one AWS service take a role on.
pub(super) fn trust<const N: usize>(
    service: &str,
    conditions: [(&'static str, Value); N],
) -> Value {
    let mut statement = properties([
        ("Effect", "Allow".into()),
        ("Principal", map([("Service", service.into())])),
        ("Action", "sts:AssumeRole".into()),
    ]);
    statement.extend(properties(conditions));
    policy([Value::Map(statement)])
}

/// A policy document.
pub(super) fn policy<const N: usize>(statements: [Value; N]) -> Value {
    map([
        ("Version", "2012-10-17".into()),
        ("Statement", list(statements)),
    ])
}
