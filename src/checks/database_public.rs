//! A database has no business on the internet.

use super::site::{has_front, list};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbInstance, Name};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-002",
    severity: Severity::High,
    title: text("check.db-002.title", "Database open to the internet"),
    why: text(
        "check.db-002.why",
        "With a public address, one security group rule is all that stands between the data and everyone.",
    ),
    advice: text(
        "check.db-002.advice",
        "Turn public access off and keep the database in private subnets.",
    ),
    reference: "SEC05-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, database) in topology.all::<DbInstance>() {
        // Subnets that are public by mistake alone are RT-003's.
        let public: Vec<&Name> = topology
            .subnets_of(name)
            .into_iter()
            .filter(|it| topology.is_public(it) && has_front(topology, it))
            .collect();
        let finding = if database.public {
            let message = text("check.db-002.message", "{database} has a public address.")
                .with("database", name.as_str());
            let title = text("check.db-002.fix", "Turn public access off");
            let fix = subject.fix(
                &[(name, "PubliclyAccessible")],
                title,
                &[("database.public", &false)],
            );
            Finding::new(&CHECK, [name], message).with_fix(fix)
        } else if !public.is_empty() {
            let message = text(
                "check.db-002.subnets",
                "{database} may live in public subnets: {subnets}.",
            )
            .with("database", name.as_str())
            .with("subnets", list(&public));
            let cluster = topology.cluster_of(database).map(|(_, it)| &it.subnets);
            let group = cluster.or(database.subnets.as_ref()).map(|it| &it.name);
            let fix = subject.undo([name].into_iter().chain(group));
            Finding::new(&CHECK, public.into_iter().chain([name]), message).with_fix(fix)
        } else {
            continue;
        };
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_public_address_and_public_subnets() {
        assert_eq!(
            findings(&CHECK, "database.public=true", &[]),
            "Database: Database has a public address."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "DatabaseSubnetGroup",
                    "SubnetIds",
                    json!([{"Ref": "PublicSubnetA"}, {"Ref": "PublicSubnetB"}])
                )]
            ),
            "PublicSubnetA, PublicSubnetB, Database: Database may live in public subnets: PublicSubnetA, PublicSubnetB."
        );
    }

    #[test]
    fn accepts_a_private_database() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
