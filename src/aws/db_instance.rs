//! An RDS database. Multi-AZ: a synchronous standby in another zone takes over behind the same DNS name. With a source it
//! is a read replica: a single instance in one zone that follows the source asynchronously. With a cluster it is one of
//! Aurora's instances, which hold no data themselves: the cluster has storage, backups, password and security groups.

use super::{
    DbCluster, DbSubnetGroup, Describe, Field, Figure, Glyph, Home, Id, Meter, Name, Outage, Quantity, Secret, SecurityGroup, Tags, Value, Zone, typed,
};
use crate::text::{Text, text};

typed! {
    DbInstance {
        "Engine" engine: String,
        "EngineVersion" version: Option<String>,
        "DBInstanceClass" class: String,
        /// Of an instance of Aurora: the cluster that it works for.
        "DBClusterIdentifier" cluster: Option<Id<DbCluster>>,
        /// Of an instance of Aurora: who takes over first, 0 before 15; 1 unless given.
        "PromotionTier" tier: Option<u32>,
        /// Of a read replica: the database that it follows.
        "SourceDBInstanceIdentifier" source: Option<Value>,
        "AllocatedStorage" storage: Option<String>,
        /// GiB that storage grows to by itself; without it, storage stays as it is.
        "MaxAllocatedStorage" max_storage: Option<u32>,
        "StorageType" storage_type: Option<String>,
        "Iops" iops: Option<u32>,
        "MultiAZ" multi_az: Option<bool>,
        /// A read replica inherits it.
        "StorageEncrypted" encrypted: Option<bool>,
        /// A read replica in the Region of its source inherits it; RDS refuses one that is given.
        "DBSubnetGroupName" subnets: Option<Id<DbSubnetGroup>>,
        "VPCSecurityGroups" security_groups: Vec<Id<SecurityGroup>>,
        "PubliclyAccessible" public: bool,
        /// Days; AWS's default is 1, and 0 turns backups off.
        "BackupRetentionPeriod" retention: Option<u32>,
        "DeletionProtection" protected: Option<bool>,
        /// Seconds between enhanced-monitoring samples; 0 is off.
        "MonitoringInterval" monitoring: Option<u32>,
        "ManageMasterUserPassword" managed_password: Option<bool>,
        "MasterUserPassword" password: Option<Value>,
        "AvailabilityZone" zone: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl DbInstance {
    /// The port that the engine listens on unless told otherwise.
    pub fn port(&self) -> u16 {
        if self.engine.contains("postgres") { 5432 } else { 3306 }
    }

    /// Whether it follows another database.
    pub fn is_replica(&self) -> bool {
        self.source.is_some()
    }

    /// Whether it is one of the instances of an Aurora cluster.
    pub fn is_member(&self) -> bool {
        self.cluster.is_some()
    }

    /// Whether it holds data of its own, which no other database has.
    pub fn stands_alone(&self) -> bool {
        !self.is_replica() && !self.is_member()
    }

    /// Whether its capacity follows the load.
    pub fn is_serverless(&self) -> bool {
        self.class == Self::SERVERLESS
    }

    /// Class of the instances whose capacity follows the load (Aurora Serverless v2).
    pub const SERVERLESS: &'static str = "db.serverless";

    /// Promotion tier of an instance that gives none (RDS API reference, CreateDBInstance).
    pub const USUAL_TIER: u32 = 1;

    /// Whether a synchronous standby in another zone takes over.
    pub fn has_standby(&self) -> bool {
        self.multi_az == Some(true)
    }

    /// The node that it follows; `None` too for a source that is no node of this topology.
    pub fn source_name(&self) -> Option<&Name> {
        self.source.as_ref()?.named()
    }

    /// Whether RDS keeps the master password in Secrets Manager.
    pub fn has_secret(&self) -> bool {
        self.managed_password == Some(true)
    }

    /// Whether Secrets Manager keeps the master password: RDS's own secret, or one that the template makes.
    pub fn keeps_password(&self) -> bool {
        self.has_secret() || self.password.as_ref().is_some_and(Secret::is_read_by)
    }

    /// The only zone that it may be in, where one is given.
    pub fn pinned(&self) -> Option<Zone> {
        let zone = self.zone.as_ref().filter(|_| !self.has_standby())?;
        Zone::read(Some(zone)).ok()
    }

    fn member_hours(&self) -> Meter {
        if self.is_serverless() {
            return Meter {
                item: text("meter.aurora-acu", "Aurora Serverless capacity (ACU)"),
                service: "Aurora",
                dimension: "acu".to_owned(),
                quantity: Quantity::Capacity,
            };
        }
        Meter::hours(
            text("meter.aurora-hours", "Aurora instance"),
            "Aurora",
            format!("{} {}", self.engine, self.class),
            1.0,
        )
    }

    /// Allocated storage in GiB.
    pub fn gigabytes(&self) -> f64 {
        self.storage.as_ref().and_then(|it| it.parse().ok()).unwrap_or_default()
    }
}

impl Describe for DbInstance {
    const KIND: &'static str = "AWS::RDS::DBInstance";
    const TITLE: Text = text("aws.db-instance", "RDS database");

    fn home(&self) -> Home {
        let subnets = self.subnets.as_ref().map(|it| &it.name);
        let cluster = self.cluster.as_ref().map(|it| &it.name);
        match (cluster.or(subnets).or(self.source_name()), self.pinned()) {
            (Some(place), Some(zone)) => Home::Within(place.clone(), zone),
            (Some(place), None) => Home::With(place.clone()),
            (None, _) => Home::Region,
        }
    }

    fn figure(&self) -> Figure {
        if self.is_member() {
            // Its cluster's group shows it.
            return Figure::Hidden;
        }
        if self.is_replica() {
            return Figure::Icon(Glyph::DatabaseReplica);
        }
        Figure::Group(Glyph::DatabasePrimary)
    }

    fn outage(&self) -> Outage {
        if self.is_member() {
            // Its cluster's store plays it.
            return Outage::Unaffected;
        }
        if self.has_standby() { Outage::FailsOver } else { Outage::Lost }
    }

    fn meters(&self) -> Vec<Meter> {
        if self.is_member() {
            return vec![self.member_hours()];
        }
        let deployment = if self.has_standby() { "Multi-AZ instance (1 standby)" } else { "Single-AZ" };
        let mode = if self.has_standby() { "Multi-AZ instance" } else { "Single-AZ" };
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
        // As much as the storage itself is free, which the first full copy takes up (RDS pricing, backup storage).
        let days = self.retention.filter(|_| !self.is_replica()).unwrap_or(0);
        if days > 0 {
            meters.push(Meter {
                item: text("meter.db-backups", "RDS backups beyond the allowance"),
                service: "RDS",
                dimension: "backup_beyond_free".to_owned(),
                quantity: Quantity::Changed(self.gigabytes() * f64::from(days)),
            });
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
