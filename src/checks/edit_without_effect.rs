//! An edit of a resource that is gone does nothing, and must say so.

use super::Fix;
use super::{Check, Finding, Severity, Subject};
use crate::text::{Message, counted, text};

pub static CHECK: Check = Check {
    code: "DS-001",
    severity: Severity::Medium,
    title: text("check.ds-001.title", "Edit that no longer fits"),
    why: text(
        "check.ds-001.why",
        "The design was changed under the edit: it does nothing now, and may come back to life with the next change.",
    ),
    advice: text("check.ds-001.advice", "Take the edit out, or make it anew."),
    reference: "This design's overrides",
    run,
};

/// More notes than this are counted instead.
const MOST: usize = 20;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let notes = &subject.topology.notes;
    let fix = fix(subject);
    for note in notes.iter().take(MOST) {
        findings.push(Finding::new(&CHECK, [], sentence(note)).with_fix(fix.clone()));
    }
    if notes.len() > MOST {
        let message = counted(
            notes.len() - MOST,
            text("check.ds-001.one-more", "{count} more edit does not fit."),
            text("check.ds-001.more", "{count} more edits do not fit."),
        );
        findings.push(Finding::new(&CHECK, [], message).with_fix(fix));
    }
}

fn sentence(note: &Message) -> Message {
    text("check.ds-001.message", "Without effect: {note}.").with("note", note.clone())
}

/// The design without the edits that fail, found by making them one after the other.
fn fix(subject: &Subject<'_>) -> Option<Fix> {
    if subject.topology.notes.is_empty() {
        return None;
    }
    let mut changed = subject.editable()?.clone();
    let edits = std::mem::take(&mut changed.overrides);
    let mut topology = changed.expand();
    changed.overrides = edits;
    changed
        .overrides
        .retain(|it| it.apply(&mut topology).is_ok());
    let title = text("check.ds-001.fix", "Take out the edits that do not fit");
    subject.way(title, changed)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_an_edit_of_what_is_not_there() {
        assert_eq!(
            findings(
                &CHECK,
                "network.nat=none",
                &[set(
                    "NatGatewayA",
                    "SubnetId",
                    json!({"Ref": "PrivateSubnetA"})
                )]
            ),
            ": Without effect: an override names “NatGatewayA”, which the design does not have."
        );
    }

    #[test]
    fn accepts_edits_that_fit() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "NatGatewayA",
                    "SubnetId",
                    json!({"Ref": "PublicSubnetB"})
                )]
            ),
            ""
        );
    }
}
