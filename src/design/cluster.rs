//! The database as an Aurora cluster: a writer, a reader in another zone that takes over, and further readers.

use super::Edit;
use super::credentials::USER;
use super::database::{
    CLASSES, Capacity, DatabaseKind, Engine, MONITORING_ROLE, SECURITY_GROUP, SUBNETS,
};
use super::option::{Section, Setting};
use super::{DATA, Design, Expansion};
use crate::aws::{
    DbCluster, DbClusterParameterGroup, DbInstance, Field, Properties, ServerlessCapacity, Value,
    Zone, list, map, properties,
};
use crate::text::text;
use crate::topology::{Keep, Takes};

pub const CLUSTER: &str = "DatabaseCluster";
// CloudFormation refuses a resource whose type changes under the same logical ID: the names are not those of RDS.
pub(super) const WRITER: &str = "DatabaseWriter";
const PARAMETERS: &str = "DatabaseClusterParameterGroup";

impl Engine {
    /// As Aurora calls it, with the newest minor version (cfn-lint's list of 2026-10-20) and its parameter family.
    fn aurora(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::MySql => ("aurora-mysql", "8.0.mysql_aurora.3.13.0", "aurora-mysql8.0"),
            Self::Postgres => ("aurora-postgresql", "17.11", "aurora-postgresql17"),
        }
    }

    /// Aurora MySQL knows the setting for encrypted connections as a word, RDS for MySQL as a number (cluster parameters of
    /// Aurora MySQL, Aurora user guide).
    fn aurora_parameters(self) -> Value {
        match self {
            Self::MySql => map([
                ("require_secure_transport", "ON".into()),
                ("slow_query_log", "1".into()),
                ("log_output", "FILE".into()),
            ]),
            Self::Postgres => self.parameters(),
        }
    }

    /// Aurora PostgreSQL writes upgrades into the same log.
    fn aurora_log_exports(self) -> Value {
        match self {
            Self::MySql => self.log_exports(),
            Self::Postgres => list(["postgresql"]),
        }
    }
}

/// Name of a reader, counted from 1.
pub fn reader_name(number: u32) -> String {
    format!("DatabaseReader{number}")
}

/// One for Multi-AZ, and one for each read replica.
fn readers(design: &Design) -> u32 {
    u32::from(design.database.multi_az) + design.database.replicas.get()
}

/// Names of all instances, the writer's first.
pub(super) fn members(design: &Design) -> impl Iterator<Item = String> {
    std::iter::once(WRITER.to_owned()).chain((1..=readers(design)).map(reader_name))
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let engine = design.database.engine;
    to.add(
        DATA,
        PARAMETERS,
        DbClusterParameterGroup {
            family: engine.aurora().2.into(),
            description: "Encrypted connections and slow-query log".into(),
            tags: to.tags("database"),
            rest: properties([("Parameters", engine.aurora_parameters())]),
        },
    );
    let node = to.add(DATA, CLUSTER, cluster(design, to));
    node.keep = Some(design.protection.keep());
    node.comment(if design.protection.is_production() {
        text(
            "comment.cluster",
            "The volume holds six copies in three zones, however few instances work on it; a deleted or replaced cluster leaves a snapshot.",
        )
    } else {
        text(
            "comment.cluster-workshop",
            "The volume holds six copies in three zones, however few instances work on it; the cluster goes with its stack and leaves no snapshot to pay for.",
        )
    });
    let zones: Vec<Zone> = design.network.zones().collect();
    // The writer comes first, and the reader that takes over stands in another zone.
    for (name, zone) in members(design).zip(zones.iter().cycle()) {
        let member = member(design, *zone, &name, to);
        let node = to.add(DATA, name.as_str(), member);
        // Its data is the cluster's: there is nothing to keep.
        node.keep = Some(Keep::Delete);
        if name != WRITER {
            // Whoever comes first writes.
            node.depends_on.push(WRITER.into());
        }
    }
    adjustables(design, to);
}

fn cluster(design: &Design, to: &Expansion<'_>) -> DbCluster {
    let database = &design.database;
    let (engine, version, _) = database.engine.aurora();
    let capacity = ServerlessCapacity {
        min: units(database.min_capacity),
        max: units(database.max_capacity),
        rest: Vec::new(),
    };
    DbCluster {
        engine: engine.into(),
        version: Some(version.into()),
        subnets: SUBNETS.into(),
        security_groups: vec![SECURITY_GROUP.into()],
        encrypted: database.encrypted,
        // Aurora keeps a day at least.
        retention: Some(database.retention.get().max(1)),
        protected: database.protected || design.protection.is_production(),
        managed_password: Some(true),
        password: None,
        capacity: (database.kind == DatabaseKind::AuroraServerless).then_some(capacity),
        tags: to.tags("database"),
        rest: properties([
            ("MasterUsername", USER.into()),
            ("DatabaseName", "app".into()),
            ("DBClusterParameterGroupName", Value::reference(PARAMETERS)),
            (
                "EnableCloudwatchLogsExports",
                database.engine.aurora_log_exports(),
            ),
            ("CopyTagsToSnapshot", true.into()),
            // Left out, AWS would enroll the database in paid Extended Support once its version ages.
            (
                "EngineLifecycleSupport",
                "open-source-rds-extended-support-disabled".into(),
            ),
        ]),
    }
}

/// Whole ACUs as CloudFormation's examples write them.
fn units(capacity: Capacity) -> Value {
    let units = capacity.units();
    if units.fract() == 0.0 {
        Value::Int(units as i64)
    } else {
        Value::Num(units)
    }
}

fn member(design: &Design, zone: Zone, name: &str, to: &Expansion<'_>) -> DbInstance {
    let database = &design.database;
    let interval = database.monitoring.0;
    let (engine, ..) = database.engine.aurora();
    let class = match database.kind {
        DatabaseKind::AuroraServerless => DbInstance::SERVERLESS.to_owned(),
        DatabaseKind::Aurora | DatabaseKind::Rds => database.class.show(),
    };
    let mut rest = properties([("AutoMinorVersionUpgrade", true.into())]);
    if interval > 0 {
        rest.extend(properties([(
            "MonitoringRoleArn",
            Value::att(MONITORING_ROLE, "Arn"),
        )]));
    }
    rest.extend(insights(database.insights, engine, &class));
    // The reader in another zone comes first, and with Serverless it keeps the writer's capacity (tiers 0 and 1).
    let is_first = name == WRITER || name == reader_name(1);
    DbInstance {
        engine: engine.into(),
        class,
        cluster: Some(CLUSTER.into()),
        tier: Some(if is_first { 0 } else { 2 }),
        public: database.public,
        monitoring: Some(interval),
        zone: zone.print(),
        tags: to.tags(if name == WRITER {
            "database"
        } else {
            "database-reader"
        }),
        rest,
        ..DbInstance::default()
    }
}

fn insights(wanted: bool, engine: &str, class: &str) -> Properties {
    if !wanted || !DbInstance::has_insights(engine, class) {
        return Properties::new();
    }
    properties([
        ("EnablePerformanceInsights", true.into()),
        ("PerformanceInsightsRetentionPeriod", 7.into()),
    ])
}

fn adjustables(design: &Design, to: &mut Expansion<'_>) {
    let database = &design.database;
    if database.kind == DatabaseKind::Aurora
        && let Some(it) = to.adjust(DATA, "DatabaseClass", "database.class", [])
    {
        let (engine, ..) = database.engine.aurora();
        let shown = database.insights && DbInstance::has_insights(engine, &database.class.show());
        let fits = |it: &&str| {
            DbInstance::is_for_aurora(it) && (!shown || DbInstance::has_insights(engine, it))
        };
        it.takes = Takes::OneOf(CLASSES.into_iter().filter(fits).collect());
        it.description = text(
            "parameter.class.cluster",
            "Instance class of the writer and of the readers",
        );
        it.places = members(design)
            .map(|it| (it.into(), "DBInstanceClass"))
            .collect();
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
        Takes::Like("[0-9]+([.][0-9a-z_]+){1,6}"),
        [(CLUSTER, "EngineVersion")],
    );
    let path = [(CLUSTER, "BackupRetentionPeriod")];
    let days = to.adjust(
        DATA,
        "DatabaseBackupRetentionDays",
        "database.retention_days",
        path,
    );
    if let Some(it) = days {
        it.takes = Takes::Whole { min: 1, max: 35 };
        it.description = text(
            "parameter.backup-days.help",
            "Days that automatic backups are kept",
        );
    }
}
