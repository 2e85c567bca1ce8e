//! What holds the data of a database: an RDS instance that follows no other, or an Aurora cluster.

use crate::aws::{DbCluster, DbInstance, Name, Properties, Value};
use crate::topology::Topology;

/// What both have.
pub(super) struct Holder<'a> {
    pub name: &'a Name,
    pub engine: &'a str,
    pub version: Option<&'a str>,
    pub encrypted: bool,
    /// Days; `None`: AWS's default.
    pub retention: Option<u32>,
    pub protected: bool,
    pub password: Option<&'a Value>,
    pub has_secret: bool,
    pub rest: &'a Properties,
}

/// Every one, instances first.
pub(super) fn holders(topology: &Topology) -> impl Iterator<Item = Holder<'_>> {
    let instances = topology.all::<DbInstance>();
    let alone = instances.filter(|(_, it)| it.stands_alone());
    let clusters = topology.all::<DbCluster>();
    alone.map(of_instance).chain(clusters.map(of_cluster))
}

fn of_instance<'a>((name, it): (&'a Name, &'a DbInstance)) -> Holder<'a> {
    Holder {
        name,
        engine: &it.engine,
        version: it.version.as_deref(),
        encrypted: it.encrypted == Some(true),
        retention: it.retention,
        protected: it.protected == Some(true),
        password: it.password.as_ref(),
        has_secret: it.has_secret(),
        rest: &it.rest,
    }
}

fn of_cluster<'a>((name, it): (&'a Name, &'a DbCluster)) -> Holder<'a> {
    Holder {
        name,
        engine: &it.engine,
        version: it.version.as_deref(),
        encrypted: it.encrypted,
        retention: it.retention,
        protected: it.protected,
        password: it.password.as_ref(),
        has_secret: it.has_secret(),
        rest: &it.rest,
    }
}
