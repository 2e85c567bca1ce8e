//! Instances sign in to a database with a password that they read from Secrets Manager.

use super::{HTTPS, Reason, Topology, all_up, service, trace};
use crate::aws::{AutoScalingGroup, DbInstance};

/// Why a group's instances cannot read the password of a database, or of the databases behind a proxy, which RDS keeps in
/// Secrets Manager; `None`: they can, or they ask for none.
pub fn password_withheld(topology: &Topology, group: &str, database: &str) -> Option<Reason> {
    let instances = topology.named::<AutoScalingGroup>(group)?;
    // Who has no role reads no secret, whatever the network lets through.
    let template = topology.get(&instances.launch_template.template)?;
    template.data.profile.as_ref()?;
    let own = topology.named::<DbInstance>(database).into_iter();
    let mut databases = own.chain(topology.behind(database));
    let is_kept = |it: &DbInstance| {
        let source = it.source_name().and_then(|it| topology.named(it));
        source.unwrap_or(it).managed_password == Some(true)
    };
    databases.any(is_kept).then_some(())?;
    let keeper = service("secretsmanager");
    trace(topology, group, &keeper, HTTPS, &all_up).reason
}
