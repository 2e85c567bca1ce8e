//! Ways out: the design with options set, or with edits of single resources taken back.

use std::fmt::Display;

use super::site::list;
use super::{ALL, Check, Finding, Fix, Severity, Subject};
use crate::aws::Name;
use crate::design::{Design, Override, shorten};
use crate::text::{Message, Text, text};
use crate::topology::Topology;

/// More edits than this, and a design gets no fixes: each fix is a whole design, each finding has some, and a file may
/// carry thousands of edits.
const MOST_EDITS: usize = 100;

const UNDO: Text = text("check.fix.undo", "Take back the edit of {resources}");

/// A property of a node that a fix needs for itself, so that an edit of it has to go. An empty property is any.
pub type Claim<'a> = (&'a Name, &'a str);

impl Subject<'_> {
    /// The design, where fixes are to be had.
    pub(super) fn editable(&self) -> Option<&Design> {
        self.design
            .filter(|design| design.overrides.len() <= MOST_EDITS)
    }

    /// A way out, unless it leads to where one is.
    pub(super) fn way(&self, title: impl Into<Message>, design: Design) -> Option<Fix> {
        (Some(&design) != self.design).then(|| Fix {
            title: title.into(),
            design,
        })
    }

    /// The design with options set, and without the edits that would hide them. What an edit has added no option
    /// governs: there the edit itself goes.
    pub(super) fn fix(
        &self,
        claims: &[Claim<'_>],
        title: impl Into<Message>,
        options: &[(&str, &dyn Display)],
    ) -> Option<Fix> {
        let design = self.editable()?;
        let mut added = claims.iter().map(|(node, _)| *node);
        if added.any(|node| design.overrides.iter().any(|it| adds(it, node))) {
            return self.undo(claims.iter().map(|(node, _)| *node));
        }
        let mut changed = design.clone();
        for (key, value) in options {
            changed.set(key, &value.to_string()).ok()?;
        }
        let hides = |edit: &Override| claims.iter().any(|claim| sets(edit, *claim));
        changed.overrides.retain(|edit| !hides(edit));
        self.way(title, changed)
    }

    /// The design without the edits of certain properties.
    pub(super) fn release(&self, claims: &[Claim<'_>]) -> Option<Fix> {
        let edits = &self.editable()?.overrides;
        let hiding = edits
            .iter()
            .filter(|edit| claims.iter().any(|claim| sets(edit, *claim)));
        let mut names: Vec<&str> = hiding.map(resource).collect();
        names.sort_unstable();
        names.dedup();
        self.fix(claims, UNDO.with("resources", shorten(&list(names))), &[])
    }

    /// The design without the edits of certain nodes, and with what edits have removed that referred to them.
    pub(super) fn undo<'n>(&self, names: impl IntoIterator<Item = &'n Name>) -> Option<Fix> {
        let design = self.editable()?;
        if design.overrides.is_empty() {
            return None;
        }
        let names: Vec<&Name> = names.into_iter().collect();
        let means = |name: &str| names.iter().any(|it| ***it == *name);
        let mut changed = design.clone();
        changed.overrides.clear();
        let removes = |edit: &Override| matches!(edit, Override::Remove { .. });
        let unedited = if design.overrides.iter().any(removes) {
            changed.expand()
        } else {
            Topology::default()
        };
        let leans = |edit: &Override| {
            let removed = unedited.node(resource(edit)).filter(|_| removes(edit));
            removed.is_some_and(|it| it.references().iter().any(|it| means(it)))
        };
        let (gone, kept): (Vec<_>, Vec<_>) = design
            .overrides
            .iter()
            .cloned()
            .partition(|it| means(resource(it)) || leans(it));
        changed.overrides = kept;
        let mut resources: Vec<&str> = gone.iter().map(resource).collect();
        resources.sort_unstable();
        resources.dedup();
        self.way(UNDO.with("resources", shorten(&list(resources))), changed)
    }
}

/// Takes out the fixes that leave their finding as it is, or bring an error to light.
///
/// Options alone are right by construction, and the tests hold them to it. Edits of single resources can hide anything,
/// so that with them each fix is tried that changes an edit, the network or an endpoint.
pub fn keep_what_holds(design: &Design, findings: &mut [Finding]) {
    if design.overrides.is_empty() {
        return;
    }
    let errors: Vec<Key> = findings
        .iter()
        .filter(|it| it.is_error())
        .map(key)
        .collect();
    for finding in findings {
        let (check, key) = (finding.check, key(finding));
        finding.fixes.retain(|fix| {
            let harmless = fix.design.overrides == design.overrides
                && fix.design.network == design.network
                && fix.design.endpoints == design.endpoints;
            harmless || holds(&fix.design, check, &key, &errors)
        });
    }
}

/// What a finding is about: its rule and the node to look at.
type Key = (&'static str, Option<Name>);

fn key(finding: &Finding) -> Key {
    (finding.check.code, finding.at.first().cloned())
}

fn holds(design: &Design, check: &'static Check, mended: &Key, errors: &[Key]) -> bool {
    let topology = &design.expand();
    // Without the design no fixes are made, which here would only be thrown away.
    let subject = Subject::new(None, topology);
    let found = |check: &'static Check| {
        let mut findings = Vec::new();
        (check.run)(&subject, &mut findings);
        findings.into_iter().map(|it| key(&it)).collect::<Vec<_>>()
    };
    let strict = ALL.iter().filter(|it| it.severity == Severity::Error);
    !found(check).contains(mended)
        && strict
            .flat_map(|it| found(it))
            .all(|it| errors.contains(&it))
}

/// The resource that an edit is about.
fn resource(edit: &Override) -> &str {
    match edit {
        Override::Remove { resource }
        | Override::Set { resource, .. }
        | Override::Add { resource, .. } => resource,
    }
}

/// Whether an edit adds a node.
pub fn adds(edit: &Override, node: &str) -> bool {
    matches!(edit, Override::Add { resource, .. } if resource == node)
}

/// Whether an edit sets a property, a part of it, or what it is a part of.
pub fn sets(edit: &Override, (node, claimed): Claim<'_>) -> bool {
    let Override::Set {
        resource, property, ..
    } = edit
    else {
        return false;
    };
    let shared = property
        .split('.')
        .zip(claimed.split('.'))
        .all(|(one, other)| one == other);
    *resource == **node && (claimed.is_empty() || shared)
}
