//! An Aurora cluster: one volume of storage over three zones, and the instances that work on it. One of them writes; the
//! others read, and one of those takes over from it.

use super::{
    DbSubnetGroup, Describe, Figure, Flow, Glyph, Home, Id, Meter, Outage, SecurityGroup, Tags, Value, typed,
};
use crate::text::{Text, text};

typed! {
    DbCluster {
        "Engine" engine: String,
        "EngineVersion" version: Option<String>,
        "DBSubnetGroupName" subnets: Id<DbSubnetGroup>,
        "VpcSecurityGroupIds" security_groups: Vec<Id<SecurityGroup>>,
        "StorageEncrypted" encrypted: bool,
        /// Days; AWS's default is 1, which is also the least.
        "BackupRetentionPeriod" retention: Option<u32>,
        "DeletionProtection" protected: bool,
        "ManageMasterUserPassword" managed_password: Option<bool>,
        "MasterUserPassword" password: Option<Value>,
        "ServerlessV2ScalingConfiguration" capacity: Option<ServerlessCapacity>,
        "Tags" tags: Tags,
    }
}

typed! {
    /// In Aurora capacity units (ACU), each about 2 GiB of memory with its processors and network.
    ServerlessCapacity {
        "MinCapacity" min: Value,
        "MaxCapacity" max: Value,
    }
}

impl ServerlessCapacity {
    /// Least and most ACUs of an instance.
    pub fn limits(&self) -> (f64, f64) {
        let number = |it: &Value| it.as_number().unwrap_or_default();
        (number(&self.min), number(&self.max))
    }
}

impl DbCluster {
    /// The port that the engine listens on unless told otherwise.
    pub fn port(&self) -> u16 {
        if self.engine.contains("postgres") { 5432 } else { 3306 }
    }

    /// Whether RDS keeps the master password in Secrets Manager.
    pub fn has_secret(&self) -> bool {
        self.managed_password == Some(true)
    }
}

impl Describe for DbCluster {
    const KIND: &'static str = "AWS::RDS::DBCluster";
    const TITLE: Text = text("aws.db-cluster", "Aurora cluster");

    fn home(&self) -> Home {
        Home::With(self.subnets.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Group(Glyph::DatabasePrimary)
    }

    fn outage(&self) -> Outage {
        Outage::FailsOver
    }

    fn meters(&self) -> Vec<Meter> {
        const SERVICE: &str = "Aurora";
        let mut meters = vec![
            Meter::flow(
                text("meter.aurora-storage", "Aurora storage"),
                SERVICE,
                "storage",
                Flow::AuroraStored,
            ),
            Meter::flow(
                text("meter.aurora-io", "Aurora I/O requests (millions)"),
                SERVICE,
                "io_requests_million",
                Flow::AuroraRequests,
            ),
        ];
        // One day, and as much as the volume itself, are free (Aurora pricing, backup storage).
        if self.retention.is_some_and(|it| it > 1) {
            meters.push(Meter::flow(
                text("meter.aurora-backups", "Aurora backups beyond the allowance"),
                SERVICE,
                "backup_beyond_free",
                Flow::AuroraChanged,
            ));
        }
        if self.has_secret() {
            meters.push(Meter::monthly(
                text("meter.secret", "Secret (master password)"),
                "SecretsManager",
                "secret",
                1.0,
            ));
        }
        meters
    }
}
