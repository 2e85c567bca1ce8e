//! The hardware of an RDS instance class (RDS user guide, hardware specifications for DB instance classes).

use super::{DbCluster, DbInstance, ServerlessCapacity};

/// What an instance class has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DbClass {
    /// GiB.
    pub memory: u32,
    pub processors: u32,
}

/// Memory of each family at `large`, in GiB; each size further has twice as much of everything.
const FAMILIES: [(&str, u32); 5] = [("t3", 8), ("t4g", 8), ("m6g", 8), ("m6i", 8), ("r6g", 16)];

impl DbClass {
    /// The hardware of a class such as `db.t3.micro`; `None` for a family or a size that is not known here.
    pub fn of(class: &str) -> Option<Self> {
        let (family, size) = class.strip_prefix("db.")?.split_once('.')?;
        let (_, large) = FAMILIES.iter().find(|(it, _)| *it == family)?;
        let (memory, processors) = match size {
            "micro" => (large / 8, 2),
            "small" => (large / 4, 2),
            "medium" => (large / 2, 2),
            "large" => (*large, 2),
            "xlarge" => (large * 2, 4),
            "2xlarge" => (large * 4, 8),
            _ => return None,
        };
        Some(Self { memory, processors })
    }
}

/// The classes of MySQL without Database Insights (RDS user guide, instance class support for Database Insights).
const WITHOUT_INSIGHTS: [&str; 4] = ["db.t3.micro", "db.t3.small", "db.t4g.micro", "db.t4g.small"];

/// Bytes of memory for each connection in the engines' default parameter groups, and the most connections (RDS user guide,
/// maximum number of database connections).
const MYSQL_BYTES: u64 = 12_582_880;
const POSTGRES_BYTES: u64 = 9_531_392;
const POSTGRES_MOST: u64 = 5_000;

/// `max_connections` of Aurora MySQL by class, and of either engine by the most ACUs of a Serverless instance (Aurora user
/// guide, maximum connections).
const AURORA_MYSQL: [(&str, u64); 5] = [
    ("db.t3.medium", 90),
    ("db.t4g.medium", 90),
    ("db.t4g.large", 135),
    ("db.r6g.large", 1_000),
    ("db.r6g.xlarge", 2_000),
];
const SERVERLESS_MYSQL: [(f64, u64); 7] = [
    (1.0, 90),
    (4.0, 135),
    (8.0, 1_000),
    (16.0, 2_000),
    (32.0, 3_000),
    (64.0, 4_000),
    (128.0, 5_000),
];
const SERVERLESS_POSTGRES: [(f64, u64); 5] = [
    (1.0, 189),
    (4.0, 823),
    (8.0, 1_669),
    (16.0, 3_360),
    (32.0, 5_000),
];
/// The most with PostgreSQL where the least capacity is half an ACU.
const SERVERLESS_POSTGRES_SMALL: u64 = 2_000;

/// `max_connections` of an instance, or of its cluster where that is Aurora Serverless; `None` where it is not known.
pub fn most_connections(database: Option<&DbInstance>, cluster: Option<&DbCluster>) -> Option<u64> {
    let limits = cluster.and_then(|it| it.capacity.as_ref());
    let is_postgres = cluster.is_some_and(|it| it.engine.contains("postgres"));
    match limits.map(ServerlessCapacity::limits) {
        Some(it) => serverless_connections(is_postgres, it),
        None => database.and_then(DbInstance::default_connections),
    }
}

/// `max_connections` of instances of Aurora Serverless between two capacities.
fn serverless_connections(is_postgres: bool, (min, max): (f64, f64)) -> Option<u64> {
    let steps: &[(f64, u64)] = if is_postgres {
        &SERVERLESS_POSTGRES
    } else {
        &SERVERLESS_MYSQL
    };
    let (_, most) = steps.iter().rfind(|(capacity, _)| *capacity <= max)?;
    let is_small = is_postgres && min < 1.0;
    Some(if is_small {
        (*most).min(SERVERLESS_POSTGRES_SMALL)
    } else {
        *most
    })
}

impl DbInstance {
    /// Whether an engine can have Database Insights on a class.
    pub fn has_insights(engine: &str, class: &str) -> bool {
        match engine {
            "mysql" => !WITHOUT_INSIGHTS.contains(&class),
            // Aurora user guide, instance class support for Performance Insights.
            "aurora-mysql" => !class.starts_with("db.t3."),
            _ => true,
        }
    }

    /// Whether Aurora comes on a class (Aurora user guide, DB instance classes).
    pub fn is_for_aurora(class: &str) -> bool {
        let small = class.ends_with(".micro") || class.ends_with(".small");
        class == Self::SERVERLESS
            || (!small
                && ["db.t3.", "db.t4g.", "db.r"]
                    .iter()
                    .any(|it| class.starts_with(it)))
    }

    /// `max_connections` that the engine's default formula gives for all of the class's memory. RDS takes what it needs for
    /// itself off that memory first: what is left is about 75 % on 1 GiB, and 95 % on 8 GiB.
    pub fn default_connections(&self) -> Option<u64> {
        let bytes = u64::from(DbClass::of(&self.class)?.memory) << 30;
        match self.engine.as_str() {
            "mysql" => Some(bytes / MYSQL_BYTES),
            "postgres" | "aurora-postgresql" => Some((bytes / POSTGRES_BYTES).min(POSTGRES_MOST)),
            "aurora-mysql" => AURORA_MYSQL
                .iter()
                .find(|(it, _)| *it == self.class)
                .map(|(_, it)| *it),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DbClass, DbInstance};

    #[test]
    fn memory_and_processors_are_those_of_the_guide() {
        for (class, memory, processors) in [
            ("db.t3.micro", 1, 2),
            ("db.t4g.small", 2, 2),
            ("db.t3.medium", 4, 2),
            ("db.t4g.large", 8, 2),
            ("db.m6g.xlarge", 16, 4),
            ("db.r6g.large", 16, 2),
            ("db.r6g.xlarge", 32, 4),
        ] {
            assert_eq!(DbClass::of(class), Some(DbClass { memory, processors }));
        }
        assert_eq!(DbClass::of("db.x2iedn.32xlarge"), None);
    }

    #[test]
    fn connections_follow_engine_and_memory() {
        let of = |engine: &str, class: &str| {
            let it = DbInstance {
                engine: engine.to_owned(),
                class: class.to_owned(),
                ..DbInstance::default()
            };
            it.default_connections()
        };
        assert_eq!(of("mysql", "db.t3.micro"), Some(85));
        assert_eq!(of("postgres", "db.t3.micro"), Some(112));
        assert_eq!(of("mysql", "db.r6g.xlarge"), Some(2_730));
        assert_eq!(of("oracle-ee", "db.m6i.large"), None);
    }
}
