//! The database over the private subnets: an RDS instance here, an Aurora cluster in `cluster`.

use super::Edit;
use super::cluster;
use super::credentials;
use super::fleet::ROLE as WEB_ROLE;
use super::network::subnets;
use super::option::{OptionKind, Section, Setting, Whole, choice, component, not_one_of};
use super::policy::{policy, trust};
use super::{DATA, Design, Expansion, SECURITY};
use crate::aws::{
    DbInstance, DbParameterGroup, DbSubnetGroup, Field, Properties, Role, RolePolicy, Value, Zone,
    list, map, properties,
};
use crate::text::{Message, Text, text};
use crate::topology::{Keep, Takes};

choice! {
    /// Database engine.
    Engine {
        MySql = "mysql",
        Postgres = "postgres",
    }
}

choice! {
    /// What runs the engine.
    DatabaseKind {
        /// One RDS instance, with a standby where asked for.
        Rds = "rds",
        /// An Aurora cluster of instances of one class.
        Aurora = "aurora",
        /// An Aurora cluster whose instances follow the load (Serverless v2).
        AuroraServerless = "aurora-serverless",
    }
}

impl DatabaseKind {
    pub fn is_aurora(self) -> bool {
        match self {
            Self::Rds => false,
            Self::Aurora | Self::AuroraServerless => true,
        }
    }
}

/// Aurora capacity units (ACU) of a Serverless instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity(&'static str);

/// Half an ACU to 256, in the steps that make a difference: Aurora itself takes every half.
const CAPACITIES: [&str; 18] = [
    "0.5", "1", "1.5", "2", "3", "4", "6", "8", "12", "16", "24", "32", "48", "64", "96", "128",
    "192", "256",
];

impl Capacity {
    /// In ACUs.
    pub fn units(self) -> f64 {
        self.0.parse().unwrap_or_default()
    }
}

impl Setting for Capacity {
    fn kind() -> OptionKind {
        OptionKind::Choice(CAPACITIES.to_vec())
    }

    fn show(&self) -> String {
        self.0.to_owned()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let found = CAPACITIES.iter().find(|it| **it == given.trim());
        found
            .map(|it| Self(it))
            .ok_or_else(|| not_one_of(given, &CAPACITIES))
    }
}

choice! {
    /// EBS type under the database.
    Storage {
        /// General purpose: 3,000 IOPS included below 400 GiB.
        Gp3 = "gp3",
        /// Provisioned IOPS.
        Io1 = "io1",
    }
}

/// An RDS instance class that the price table covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class(&'static str);

pub(super) const CLASSES: [&str; 12] = [
    "db.t3.micro",
    "db.t3.small",
    "db.t3.medium",
    "db.t4g.micro",
    "db.t4g.small",
    "db.t4g.medium",
    "db.t4g.large",
    "db.m6g.large",
    "db.m6g.xlarge",
    "db.m6i.large",
    "db.r6g.large",
    "db.r6g.xlarge",
];

impl Setting for Class {
    fn kind() -> OptionKind {
        OptionKind::Choice(CLASSES.to_vec())
    }

    fn show(&self) -> String {
        self.0.to_owned()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let found = CLASSES.iter().find(|it| **it == given.trim());
        found
            .map(|it| Self(it))
            .ok_or_else(|| not_one_of(given, &CLASSES))
    }
}

/// Seconds between samples of enhanced monitoring: the values that RDS takes, 0 for off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonitoringInterval(pub(super) u32);

const INTERVALS: [&str; 7] = ["0", "1", "5", "10", "15", "30", "60"];

impl Setting for MonitoringInterval {
    fn kind() -> OptionKind {
        OptionKind::Choice(INTERVALS.to_vec())
    }

    fn show(&self) -> String {
        self.0.to_string()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let found = INTERVALS.iter().find(|it| **it == given.trim());
        found
            .and_then(|it| it.parse().ok())
            .map(Self)
            .ok_or_else(|| not_one_of(given, &INTERVALS))
    }
}

component! {
    /// The database.
    Database at database in Database {
        "database.engine" "de" engine: Engine = Engine::MySql, "Engine", "MySQL (port 3306) or PostgreSQL (port 5432)";
        "database.kind" "dl" kind: DatabaseKind = DatabaseKind::Rds, "Service", "rds is one instance with its own disk; aurora is a cluster of instances over one volume in three zones; aurora-serverless is the same with a capacity that follows the load. Aurora has no storage size, type, IOPS or limit of its own to set: the volume grows as it is filled";
        "database.min_acu" "dy" min_capacity: Capacity = Capacity("0.5"), "Least capacity (ACU)", "What an instance of Aurora Serverless never goes below; an ACU is about 2 GiB of memory with processors and network to match";
        "database.max_acu" "dz" max_capacity: Capacity = Capacity("8"), "Most capacity (ACU)", "What an instance of Aurora Serverless never goes above: the ceiling of its cost";
        "database.class" "dc" class: Class = Class("db.t3.micro"), "Instance class", "Instance class of the primary, the standby and the replicas; Aurora takes medium ones and larger of the t3, t4g and r families, and Aurora Serverless none";
        "database.multi_az" "dm" multi_az: bool = true, "Multi-AZ", "A synchronous standby in another zone takes over in 60 to 120 s; with Aurora, a reader in another zone that takes over in less than 60 s";
        "database.storage_gb" "ds" storage: Whole<20, 65536> = Whole::new(20), "Storage (GiB)", "Allocated storage";
        "database.storage_type" "dt" storage_type: Storage = Storage::Gp3, "Storage type", "gp3 with included IOPS, or io1 with provisioned ones";
        "database.iops" "di" iops: Whole<1000, 80000> = Whole::new(1000), "Provisioned IOPS", "IOPS of io1 storage; gp3 ignores it";
        "database.max_storage_gb" "dg" max_storage: Whole<0, 65536> = Whole::new(0), "Storage grows to (GiB)", "RDS adds storage by itself up to this; 0 keeps it as it is";
        "database.read_replicas" "da" replicas: Whole<0, 5> = Whole::new(0), "Read replicas", "Asynchronous copies that answer reads, spread over the zones; each has its own endpoint. With Aurora they are further readers behind one endpoint, and any of them may take over";
        "database.proxy" "dx" proxy: bool = false, "RDS Proxy", "Shares a pool of connections among the instances, and keeps theirs through a failover; they connect to it instead of to the database";
        "database.retention_days" "dr" retention: Whole<0, 35> = Whole::new(7), "Backup retention (days)", "Days that automatic backups are kept; 0 turns them off";
        "database.encrypted" "dk" encrypted: bool = true, "Encryption at rest", "Cannot be switched on later";
        "database.deletion_protection" "dp" protected: bool = false, "Deletion protection", "Refuses to delete the database until it is switched off";
        "database.monitoring_seconds" "do" monitoring: MonitoringInterval = MonitoringInterval(60), "Enhanced monitoring (s)", "Seconds between samples of the operating system; 0 is off";
        "database.insights" "dn" insights: bool = true, "Database Insights", "Load, waits and slow statements of the last 7 days, at no charge (standard mode); MySQL has it on medium classes and larger ones";
        "database.public" "du" public: bool = false, "Publicly accessible", "Gives the database a public address; it never needs one";
    }
}

impl Engine {
    /// The engine's port.
    pub fn port(self) -> u16 {
        match self {
            Self::MySql => 3306,
            Self::Postgres => 5432,
        }
    }

    /// The newest minor version (cfn-lint's list of 2026-10-20), and its parameter family. RDS refuses new databases of
    /// minor versions that it has retired, so a template with the newest one stays deployable for longest.
    fn version(self) -> (&'static str, &'static str) {
        match self {
            Self::MySql => ("8.4.11", "mysql8.4"),
            Self::Postgres => ("17.11", "postgres17"),
        }
    }

    pub(super) fn log_exports(self) -> Value {
        match self {
            Self::MySql => list(["error", "slowquery"]),
            Self::Postgres => list(["postgresql", "upgrade"]),
        }
    }

    /// Settings without which the log files stay empty or connections stay unencrypted.
    pub(super) fn parameters(self) -> Value {
        match self {
            Self::MySql => map([
                ("require_secure_transport", "1".into()),
                ("slow_query_log", "1".into()),
                ("log_output", "FILE".into()),
            ]),
            Self::Postgres => map([
                ("rds.force_ssl", "1".into()),
                ("log_min_duration_statement", "1000".into()),
            ]),
        }
    }
}

pub const DATABASE: &str = "Database";
pub const SECURITY_GROUP: &str = "DatabaseSecurityGroup";
pub(super) const SUBNETS: &str = "DatabaseSubnetGroup";
const PARAMETERS: &str = "DatabaseParameterGroup";
pub(super) const MONITORING_ROLE: &str = "DatabaseMonitoringRole";

pub(super) fn expand_roles(design: &Design, to: &mut Expansion<'_>) {
    if design.database.monitoring.0 == 0 {
        return;
    }
    // The service acts for every account: without the condition, anybody's database could take the role on.
    let own = map([("aws:SourceAccount", Value::reference("AWS::AccountId"))]);
    let own = map([("StringEquals", own)]);
    to.add(SECURITY, MONITORING_ROLE, Role {
        trust: trust("monitoring.rds.amazonaws.com", [("Condition", own)]),
        managed_policies: vec![Value::sub(
            "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        )],
        tags: to.tags("database-monitoring"),
        rest: Vec::new(),
    });
}

/// The instance that writes.
pub(super) fn primary(design: &Design) -> &'static str {
    if design.database.kind.is_aurora() {
        cluster::WRITER
    } else {
        DATABASE
    }
}

/// The node with the password, the endpoint and the data.
pub(super) fn holder(design: &Design) -> &'static str {
    if design.database.kind.is_aurora() {
        cluster::CLUSTER
    } else {
        DATABASE
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    to.add(
        DATA,
        SUBNETS,
        DbSubnetGroup {
            description: "Private subnets of the database".into(),
            subnets: subnets(design, design.network.data_tier()),
            tags: to.tags("database"),
            rest: Vec::new(),
        },
    );
    if design.database.kind.is_aurora() {
        cluster::expand(design, to);
    } else {
        expand_instance(design, to);
    }
    to.add(
        DATA,
        "WebDatabaseSecretPolicy",
        RolePolicy {
            name: "database-secret".into(),
            role: Value::reference(WEB_ROLE),
            document: policy([map([
                ("Effect", "Allow".into()),
                ("Action", "secretsmanager:GetSecretValue".into()),
                ("Resource", credentials::arn(design)),
            ])]),
            rest: Vec::new(),
        },
    );
}

fn expand_instance(design: &Design, to: &mut Expansion<'_>) {
    let engine = design.database.engine;
    to.add(
        DATA,
        PARAMETERS,
        DbParameterGroup {
            family: engine.version().1.into(),
            description: "Encrypted connections and slow-query log".into(),
            tags: to.tags("database"),
            rest: properties([("Parameters", engine.parameters())]),
        },
    );
    let node = to.add(DATA, DATABASE, instance(design, to));
    node.keep = Some(design.protection.keep());
    node.comment(comment(design));
    credentials::expand(design, to);
    replicas(design, to);
    adjustables(design, to);
}

fn comment(design: &Design) -> Text {
    match (
        design.protection.is_production(),
        credentials::has_own(design),
    ) {
        (true, false) => text(
            "comment.database",
            "RDS makes the password and keeps it in Secrets Manager; a deleted or replaced database leaves a snapshot.",
        ),
        (false, false) => text(
            "comment.database-workshop",
            "RDS makes the password and keeps it in Secrets Manager; the database goes with its stack and leaves no snapshot to pay for.",
        ),
        (true, true) => text(
            "comment.database-replicated",
            "Its password is in Secrets Manager; a deleted or replaced database leaves a snapshot.",
        ),
        (false, true) => text(
            "comment.database-replicated-workshop",
            "Its password is in Secrets Manager; the database goes with its stack and leaves no snapshot to pay for.",
        ),
    }
}

fn adjustables(design: &Design, to: &mut Expansion<'_>) {
    let database = &design.database;
    let replicas = (1..=database.replicas.get()).map(replica_name);
    let all = |path: &'static str| {
        let primary = std::iter::once((DATABASE.into(), path));
        let replicas = replicas.clone().map(move |it| (it.into(), path));
        primary.chain(replicas).collect()
    };
    let shown = insights(database);
    if let Some(it) = to.adjust(DATA, "DatabaseClass", "database.class", []) {
        it.description = text(
            "parameter.class.help",
            "RDS instance class of the primary and of the standby",
        );
        if !shown.is_empty() {
            // RDS would refuse the others.
            let engine = database.engine.show();
            let fits = |it: &&str| DbInstance::has_insights(&engine, it);
            it.takes = Takes::OneOf(CLASSES.into_iter().filter(fits).collect());
        }
        it.places = all("DBInstanceClass");
    }
    if let Some(it) = to.adjust(DATA, "DatabaseStorage", "database.storage_gb", []) {
        it.description = text(
            "parameter.storage.help",
            "Allocated storage in GiB; it can grow later, never shrink",
        );
        it.places = all("AllocatedStorage");
        let least = match database.storage_type {
            Storage::Io1 => 100.min(database.storage.get()),
            Storage::Gp3 => 20,
        };
        // Where it grows by itself, RDS wants the limit at least a tenth above it.
        let most = match database.max_storage.get() {
            0 => 65_536,
            limit => (limit * 10 / 11).max(least),
        };
        it.takes = Takes::Whole {
            min: least,
            max: most,
        };
    }
    to.adjust_as(
        DATA,
        "DatabaseVersion",
        Section::Database.title(),
        (
            text("parameter.version", "Engine version"),
            text(
                "parameter.version.help",
                "Version of the engine, with the same major number: RDS makes no new databases of minor versions that it has retired",
            ),
        ),
        Takes::Like("[0-9]+([.][0-9]+){1,2}"),
        [(DATABASE, "EngineVersion")],
    );
    if database.retention.get() == 0 {
        // Switching backups on or off restarts the database, and replicas need them: a change of the design.
        return;
    }
    let path = [(DATABASE, "BackupRetentionPeriod")];
    if let Some(it) = to.adjust(
        DATA,
        "DatabaseBackupRetentionDays",
        "database.retention_days",
        path,
    ) {
        it.takes = Takes::Whole { min: 1, max: 35 };
        it.description = text(
            "parameter.backup-days.help",
            "Days that automatic backups are kept",
        );
    }
}

/// Name of a read replica, counted from 1.
pub fn replica_name(number: u32) -> String {
    format!("DatabaseReplica{number}")
}

/// The first stands in another zone than the primary, so that reads outlive it.
fn replicas(design: &Design, to: &mut Expansion<'_>) {
    let zones: Vec<Zone> = design.network.zones().collect();
    let others = zones.iter().cycle().skip(1);
    for (number, zone) in (1..=design.database.replicas.get()).zip(others) {
        let replica = replica(design, *zone, number, to);
        let node = to.add(DATA, replica_name(number), replica);
        // RDS makes no final snapshot of a replica, and refuses to be asked for one.
        node.keep = Some(Keep::Delete);
        node.comment(text(
            "comment.replica",
            "A replica inherits engine version, encryption and subnet group from its source, and RDS refuses most of them here; it lags behind and never takes over by itself.",
        ));
    }
}

fn replica(design: &Design, zone: Zone, number: u32, to: &Expansion<'_>) -> DbInstance {
    let own = instance(design, to);
    let inherited = [
        "MasterUsername",
        "DBName",
        "DBParameterGroupName",
        "EngineLifecycleSupport",
    ];
    let rest = own.rest.into_iter();
    DbInstance {
        version: None,
        source: Some(Value::reference(DATABASE)),
        multi_az: Some(false),
        encrypted: None,
        subnets: None,
        retention: None,
        managed_password: None,
        password: None,
        zone: zone.print(),
        tags: to.tags(&format!("database-replica-{number}")),
        rest: rest
            .filter(|(key, _)| !inherited.contains(&key.as_ref()))
            .collect(),
        ..own
    }
}

/// Seven days are free of charge (CloudWatch pricing, Database Insights). RDS refuses it on the smallest classes of MySQL.
fn insights(database: &Database) -> Properties {
    let (engine, class) = (database.engine.show(), database.class.show());
    if !database.insights || !DbInstance::has_insights(&engine, &class) {
        return Properties::new();
    }
    properties([
        ("EnablePerformanceInsights", true.into()),
        ("PerformanceInsightsRetentionPeriod", 7.into()),
        ("DatabaseInsightsMode", "standard".into()),
    ])
}

fn instance(design: &Design, to: &Expansion<'_>) -> DbInstance {
    let database = &design.database;
    let interval = database.monitoring.0;
    let provisioned = database.storage_type == Storage::Io1;
    let mut rest = properties([
        ("MasterUsername", credentials::USER.into()),
        ("DBName", "app".into()),
        ("DBParameterGroupName", Value::reference(PARAMETERS)),
        ("EnableCloudwatchLogsExports", database.engine.log_exports()),
        ("CopyTagsToSnapshot", true.into()),
        ("AutoMinorVersionUpgrade", true.into()),
        // Left out, AWS would enroll the database in paid Extended Support once its version ages.
        (
            "EngineLifecycleSupport",
            "open-source-rds-extended-support-disabled".into(),
        ),
    ]);
    if interval > 0 {
        rest.push((
            "MonitoringRoleArn".into(),
            Value::att(MONITORING_ROLE, "Arn"),
        ));
    }
    rest.extend(insights(database));
    DbInstance {
        engine: database.engine.show(),
        version: Some(database.engine.version().0.into()),
        class: database.class.show(),
        cluster: None,
        tier: None,
        source: None,
        storage: Some(database.storage.show()),
        max_storage: (database.max_storage.get() > 0).then(|| database.max_storage.get()),
        storage_type: Some(database.storage_type.show()),
        iops: provisioned.then(|| database.iops.get()),
        multi_az: Some(database.multi_az),
        encrypted: Some(database.encrypted),
        subnets: Some(SUBNETS.into()),
        security_groups: vec![SECURITY_GROUP.into()],
        public: database.public,
        retention: Some(database.retention.get()),
        protected: Some(database.protected || design.protection.is_production()),
        monitoring: Some(interval),
        // Said where it is off, too: a database that was made before has it on.
        managed_password: Some(!credentials::has_own(design)),
        password: credentials::password(design),
        zone: None,
        tags: to.tags("database"),
        rest,
    }
}
