//! The databases that an RDS Proxy stands before, and how many of their connections it takes.

use super::{DbCluster, DbInstance, DbProxy, Describe, Figure, Home, Id, typed};
use crate::text::{Text, text};

typed! {
    DbProxyTargets {
        "DBProxyName" proxy: Id<DbProxy>,
        "TargetGroupName" name: String,
        "DBInstanceIdentifiers" databases: Vec<Id<DbInstance>>,
        /// An Aurora cluster with all of its instances.
        "DBClusterIdentifiers" clusters: Vec<Id<DbCluster>>,
    }
}

impl Describe for DbProxyTargets {
    const KIND: &'static str = "AWS::RDS::DBProxyTargetGroup";
    const TITLE: Text = text("aws.db-proxy-targets", "Targets of RDS Proxy");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::With(self.proxy.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
