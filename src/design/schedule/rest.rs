//! What rests outside of the windows beside the NAT gateways: groups without instances, a database that is stopped.

use super::start::schedule;
use crate::aws::{AutoScalingGroup, DbInstance, Value, list, map};
use crate::design::{Design, Expansion, batch, database, fleet};

/// The groups that rest, with what they wake up to.
fn groups(to: &Expansion<'_>) -> Vec<(&'static str, u32, u32)> {
    [fleet::GROUP, batch::GROUP]
        .into_iter()
        .filter_map(|name| {
            let group = to.topology.named::<AutoScalingGroup>(name)?;
            Some((name, group.min.0, group.desired.as_ref()?.0))
        })
        .collect()
}

/// What the scheduler may do for it.
pub(super) fn statements(design: &Design) -> Vec<Value> {
    if !design.schedule.rest {
        return Vec::new();
    }
    let group = |name: &str| {
        Value::sub(format!(
            "arn:${{AWS::Partition}}:autoscaling:${{AWS::Region}}:${{AWS::AccountId}}:autoScalingGroup:*:autoScalingGroupName/${{{name}}}"
        ))
    };
    let mut groups = Vec::new();
    if design.has_application() {
        groups.push(group(fleet::GROUP));
    }
    if design.batch.enabled {
        groups.push(group(batch::GROUP));
    }
    let mut statements = Vec::new();
    if !groups.is_empty() {
        statements.push(map([
            ("Effect", "Allow".into()),
            ("Action", "autoscaling:UpdateAutoScalingGroup".into()),
            ("Resource", Value::List(groups)),
        ]));
    }
    if stops_database(design) {
        let (thing, kind) = called(design);
        let actions = ["Start", "Stop"].map(|it| format!("rds:{it}DB{thing}"));
        statements.push(map([
            ("Effect", "Allow".into()),
            ("Action", list(actions)),
            (
                "Resource",
                Value::sub(format!(
                    "arn:${{AWS::Partition}}:rds:${{AWS::Region}}:${{AWS::AccountId}}:{kind}:${{{}}}",
                    database::holder(design)
                )),
            ),
        ]));
    }
    statements
}

/// A database with read replicas cannot be stopped (RDS user guide, stopping a DB instance); an Aurora cluster is, with all of
/// its instances.
fn stops_database(design: &Design) -> bool {
    let database = &design.database;
    design.has_application() && (database.kind.is_aurora() || database.replicas.get() == 0)
}

/// The database in the names of RDS's actions and in ARNs.
fn called(design: &Design) -> (&'static str, &'static str) {
    if design.database.kind.is_aurora() {
        ("Cluster", "cluster")
    } else {
        ("Instance", "db")
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let groups = groups(to);
    let has_database = to
        .topology
        .named::<DbInstance>(database::primary(design))
        .is_some();
    for (place, window) in design.schedule.windows.0.iter().enumerate() {
        let number = place + 1;
        for (word, is_open, expression) in [
            ("Wake", true, window.opening()),
            ("Rest", false, window.closing()),
        ] {
            for (name, min, desired) in &groups {
                let (min, desired) = if is_open { (*min, *desired) } else { (0, 0) };
                let input = Value::sub(format!(
                    "{{\"AutoScalingGroupName\":\"${{{name}}}\",\"MinSize\":{min},\"DesiredCapacity\":{desired}}}"
                ));
                let target = call("autoscaling:updateAutoScalingGroup");
                let its = format!("{word}{name}{number}");
                schedule(design, to, &its, expression.clone(), target, input);
            }
            if has_database && stops_database(design) {
                let verb = if is_open { "start" } else { "stop" };
                let (thing, _) = called(design);
                let input = Value::sub(format!(
                    "{{\"Db{thing}Identifier\":\"${{{}}}\"}}",
                    database::holder(design)
                ));
                let target = call(&format!("rds:{verb}DB{thing}"));
                let its = format!("{word}Database{number}");
                schedule(design, to, &its, expression.clone(), target, input);
            }
        }
    }
}

/// A universal target: Scheduler makes the call by itself (EventBridge Scheduler user guide, universal targets).
fn call(action: &str) -> Value {
    Value::sub(format!(
        "arn:${{AWS::Partition}}:scheduler:::aws-sdk:{action}"
    ))
}
