//! An RDS database. Multi-AZ: a synchronous standby in another zone takes over behind the same DNS name.

use super::{DbSubnetGroup, Describe, Figure, Glyph, Home, Id, Meter, Outage, SecurityGroup, Tags, typed};
use crate::text::{Text, text};

typed! {
    DbInstance {
        "Engine" engine: String,
        "EngineVersion" version: Option<String>,
        "DBInstanceClass" class: String,
        "AllocatedStorage" storage: String,
        "StorageType" storage_type: Option<String>,
        "Iops" iops: Option<u32>,
        "MultiAZ" multi_az: bool,
        "StorageEncrypted" encrypted: bool,
        "DBSubnetGroupName" subnets: Id<DbSubnetGroup>,
        "VPCSecurityGroups" security_groups: Vec<Id<SecurityGroup>>,
        "PubliclyAccessible" public: bool,
        /// Days; AWS's default is 1, and 0 turns backups off.
        "BackupRetentionPeriod" retention: Option<u32>,
        "DeletionProtection" protected: bool,
        /// Seconds between enhanced-monitoring samples; 0 is off.
        "MonitoringInterval" monitoring: Option<u32>,
        "ManageMasterUserPassword" managed_password: bool,
        "MasterUserPassword" password: Option<String>,
        "AvailabilityZone" zone: Option<super::Value>,
        "Tags" tags: Tags,
    }
}

impl DbInstance {
    /// The port that the engine listens on unless told otherwise.
    pub fn port(&self) -> u16 {
        if self.engine.contains("postgres") { 5432 } else { 3306 }
    }

    /// Allocated storage in GiB.
    pub fn gigabytes(&self) -> f64 {
        self.storage.parse().unwrap_or_default()
    }
}

impl Describe for DbInstance {
    const KIND: &'static str = "AWS::RDS::DBInstance";
    const TITLE: Text = text("aws.db-instance", "RDS database");

    fn home(&self) -> Home {
        Home::With(self.subnets.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Group(Glyph::DatabasePrimary)
    }

    fn outage(&self) -> Outage {
        if self.multi_az { Outage::FailsOver } else { Outage::Lost }
    }

    fn meters(&self) -> Vec<Meter> {
        let deployment = if self.multi_az { "Multi-AZ instance (1 standby)" } else { "Single-AZ" };
        let mode = if self.multi_az { "Multi-AZ instance" } else { "Single-AZ" };
        let storage = self.storage_type.as_deref().unwrap_or("gp2");
        let mut meters = vec![
            Meter::hours(
                text("meter.db-hours", "RDS instance"),
                "RDS",
                format!("{} {} {deployment}", self.engine, self.class),
                1.0,
            ),
            Meter::monthly(
                text("meter.db-storage", "RDS storage"),
                "RDS",
                format!("{storage}_storage {mode}"),
                self.gigabytes(),
            ),
        ];
        if let (Some(iops), true) = (self.iops, storage.starts_with("io")) {
            meters.push(Meter::monthly(
                text("meter.db-iops", "RDS provisioned IOPS"),
                "RDS",
                format!("{storage}_iops {mode}"),
                f64::from(iops),
            ));
        }
        if self.managed_password {
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
