//! A reader outlives its writer in another zone.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbCluster, Name};
use crate::text::text;
use crate::topology::parts;

pub static CHECK: Check = Check {
    code: "DB-025",
    severity: Severity::High,
    title: text("check.db-025.title", "Every reader in the writer's zone"),
    why: text(
        "check.db-025.why",
        "The zone takes the writer and all that could take over from it; Aurora makes the writer anew in the same zone, and not while that zone is lost.",
    ),
    advice: text(
        "check.db-025.advice",
        "Put one reader in another zone at least.",
    ),
    reference: "REL10-BP01; Aurora user guide, high availability",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let parts = parts(subject.topology);
    for (name, _) in subject.topology.all::<DbCluster>() {
        let members: Vec<_> = parts.iter().filter(|it| it.of == *name).collect();
        let Some((writer, readers)) = members.split_first() else {
            continue;
        };
        if readers.is_empty() || readers.iter().any(|it| it.zone != writer.zone) {
            continue;
        }
        let readers: Vec<&Name> = readers.iter().map(|it| &it.name).collect();
        let message = text(
            "check.db-025.message",
            "{writer} and {readers} stand in zone {zone}: nothing of {cluster} is elsewhere.",
        )
        .with("writer", writer.name.as_str())
        .with("readers", list(&readers))
        .with("zone", writer.zone.letter())
        .with("cluster", name.as_str());
        let mut claims = vec![(&writer.name, "AvailabilityZone")];
        claims.extend(readers.iter().map(|it| (*it, "AvailabilityZone")));
        let fix = subject.release(&claims);
        let at = [name, &writer.name].into_iter().chain(readers);
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const AURORA: &str = "database.kind=aurora database.class=db.r6g.large";

    #[test]
    fn flags_a_reader_beside_its_writer() {
        let moved = set(
            "DatabaseReader1",
            "AvailabilityZone",
            json!({"Fn::Select": [0, {"Fn::GetAZs": ""}]}),
        );
        assert_eq!(
            findings(&CHECK, AURORA, std::slice::from_ref(&moved)),
            "DatabaseCluster, DatabaseWriter, DatabaseReader1: DatabaseWriter and DatabaseReader1 stand in zone a: nothing of DatabaseCluster is elsewhere."
        );
        let more = format!("{AURORA} database.read_replicas=2");
        assert_eq!(findings(&CHECK, &more, &[moved]), "");
    }

    #[test]
    fn accepts_a_reader_elsewhere_and_leaves_a_single_writer_to_its_own_rule() {
        assert_eq!(findings(&CHECK, AURORA, &[]), "");
        let single = format!("{AURORA} database.multi_az=false");
        assert_eq!(findings(&CHECK, &single, &[]), "");
    }
}
