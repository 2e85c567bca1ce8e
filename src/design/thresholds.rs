//! When an alarm of the database goes off: what follows from its class and its size.

use crate::aws::{DbCluster, DbInstance, most_connections};

/// Connections where the class's memory is not known: a default that fits the smallest classes.
const CONNECTIONS: i64 = 50;

/// Of the connections that the engine's formula gives for the whole memory: RDS leaves it about 75 % on the smallest classes.
const CONNECTIONS_PERCENT: u64 = 60;

/// Connections at which a database is to be looked at.
pub fn connections(database: Option<&DbInstance>, cluster: Option<&DbCluster>) -> i64 {
    let most = most_connections(database, cluster);
    let some = most.and_then(|it| i64::try_from(it * CONNECTIONS_PERCENT / 100).ok());
    some.unwrap_or(CONNECTIONS)
}

/// Description and bytes of free storage at which a database is to be looked at: a tenth of what is allocated. Where
/// storage grows by itself RDS does so at a tenth (RDS user guide, storage autoscaling), so that half of that is the sign
/// that it did not.
pub fn free_storage(database: Option<&DbInstance>) -> (&'static str, i64) {
    let gigabytes = database.map_or(0.0, DbInstance::gigabytes) as i64;
    let bytes = gigabytes << 30;
    if database.is_some_and(|it| it.max_storage.is_some()) {
        return (
            "The database has less than 5 % of its storage left, and did not grow",
            bytes / 20,
        );
    }
    (
        "The database has less than 10 % of its storage left",
        bytes / 10,
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{connections, free_storage};
    use crate::aws::DbInstance;
    use crate::design::Design;

    fn database(settings: &[(&str, &str)]) -> DbInstance {
        let mut design = Design::new("test");
        for (key, given) in settings {
            design.set(key, given).unwrap();
        }
        let topology = design.expand();
        topology.named::<DbInstance>("Database").unwrap().clone()
    }

    #[test]
    fn connections_follow_the_class_and_the_engine() {
        let of = |settings: &[(&str, &str)]| connections(Some(&database(settings)), None);
        assert_eq!(of(&[]), 51);
        assert_eq!(of(&[("database.engine", "postgres")]), 67);
        assert_eq!(of(&[("database.class", "db.r6g.xlarge")]), 1_638);
        let unknown = DbInstance {
            class: "db.x9.huge".into(),
            ..database(&[])
        };
        assert_eq!(
            (connections(Some(&unknown), None), connections(None, None)),
            (50, 50)
        );
    }

    #[test]
    fn free_storage_follows_the_size_and_whether_it_grows() {
        let of = |settings: &[(&str, &str)]| free_storage(Some(&database(settings))).1 >> 30;
        assert_eq!(of(&[]), 2);
        assert_eq!(of(&[("database.storage_gb", "500")]), 50);
        let growing = [
            ("database.storage_gb", "500"),
            ("database.max_storage_gb", "1000"),
        ];
        assert_eq!(of(&growing), 25);
    }
}
