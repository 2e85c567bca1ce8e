//! Instances sign in to a database with a password that they read from Secrets Manager.

use super::{HTTPS, Reason, Topology, all_up, service, trace};
use crate::aws::{AutoScalingGroup, DbCluster, DbInstance, LaunchTemplate};

/// Why a group's instances cannot read the password of a database, or of the databases behind a proxy, which Secrets
/// Manager keeps; `None`: they can, or they ask for none.
pub fn password_withheld(topology: &Topology, group: &str, database: &str) -> Option<Reason> {
    let instances = topology.named::<AutoScalingGroup>(group)?;
    // Who has no role reads no secret, whatever the network lets through.
    let template = topology.named::<LaunchTemplate>(instances.template()?)?;
    template.data.profile.as_ref()?;
    let cluster = topology.named::<DbCluster>(database);
    let own = topology.named::<DbInstance>(database).into_iter();
    let mut databases = own.chain(topology.behind(database));
    let is_kept = |it: &DbInstance| {
        if let Some((_, cluster)) = topology.cluster_of(it) {
            return cluster.has_secret();
        }
        let source = it.source_name().and_then(|it| topology.named(it));
        source.unwrap_or(it).keeps_password()
    };
    let has_secret = cluster.is_some_and(DbCluster::has_secret) || databases.any(is_kept);
    has_secret.then_some(())?;
    let keeper = service("secretsmanager");
    trace(topology, group, &keeper, HTTPS, &all_up).reason
}
