//! What a group is set to, in full detail: what an architect would look for in its properties.

use super::caption::Words;
use super::drawing::Style;
use super::measure;
use crate::aws::{
    AutoScalingGroup, CacheGroup, DbCluster, DbInstance, LaunchTemplate, Listener, ListenerRule,
    LoadBalancer,
};
use crate::text::{Text, text};
use crate::topology::targets_of;

const HEALTH_CHECK: Text = text(
    "diagram.facts.health-check",
    "health check {path} every {seconds} s",
);
const GIGABYTES: Text = text("diagram.facts.gigabytes", "{kind} {count} GB");
const ENCRYPTED: Text = text("diagram.facts.encrypted", "encrypted");
const VOLUME: Text = text("diagram.facts.volume", "6 copies over 3 zones");
const AT_REST: Text = text("diagram.facts.at-rest", "encrypted at rest");
const IN_TRANSIT: Text = text("diagram.facts.in-transit", "encrypted in transit");
const BOTH_WAYS: Text = text(
    "diagram.facts.both-ways",
    "encrypted at rest and in transit",
);
const BACKUPS: Text = text("diagram.facts.backups", "backups kept {days} days");
const SNAPSHOTS: Text = text("diagram.facts.snapshots", "snapshots kept {days} days");

/// AWS's own, where a target group names none (ALB user guide, target group health checks).
const HEALTH_INTERVAL_S: u32 = 30;
const HEALTH_PATH: &str = "/";

/// The lines under a group's label; none where the drawing shows no layers.
pub(super) fn lines(words: Words<'_>, name: &str, limit: f64) -> Vec<String> {
    if !words.detail.has_layers() {
        return Vec::new();
    }
    let facts = [balancer, fleet, database, cluster, cache].map(|it| it(words, name));
    let mut lines: Vec<String> = Vec::new();
    for fact in facts.into_iter().flatten() {
        let longer = lines.last().map(|it| format!("{it} · {fact}"));
        let fits = longer.filter(|it| measure::width(it, Style::Detail) <= limit);
        match (fits, lines.last_mut()) {
            (Some(longer), Some(line)) => *line = longer,
            (None, _) | (Some(_), None) => {
                lines.extend(measure::wrap(&fact, Style::Detail, limit));
            }
        }
    }
    lines
}

fn balancer(words: Words<'_>, name: &str) -> Vec<String> {
    if words.topology.named::<LoadBalancer>(name).is_none() {
        return Vec::new();
    }
    let targets = targets_of(words.topology, name);
    let target = targets.first().map(|(_, it)| *it);
    let all = words.topology.all::<Listener>();
    let own = all.filter(|(_, it)| *it.load_balancer.name == *name);
    let mut facts: Vec<String> = own
        .map(|(listener, it)| {
            let mut rules = words.topology.all::<ListenerRule>();
            let forwards = it.forwards_to().is_some()
                || rules.any(|(_, it)| it.listener.name == *listener && it.forwards_to().is_some());
            let asked = format!("{} {}", it.protocol, it.port);
            match target.filter(|_| forwards) {
                _ if it.redirects_to_https() => format!("{asked} → HTTPS"),
                Some(target) => format!("{asked} → {} {}", target.protocol, target.port),
                None => asked,
            }
        })
        .collect();
    facts.extend(target.map(|it| {
        HEALTH_CHECK
            .with("path", it.path.as_deref().unwrap_or(HEALTH_PATH))
            .with("seconds", it.interval.unwrap_or(HEALTH_INTERVAL_S))
            .render(words.lang)
    }));
    facts
}

fn fleet(words: Words<'_>, name: &str) -> Vec<String> {
    let group = words.topology.named::<AutoScalingGroup>(name);
    let template = group.and_then(AutoScalingGroup::template);
    let template = template.and_then(|it| words.topology.named::<LaunchTemplate>(it));
    let Some(template) = template else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    for (kind, size, encrypted) in template.disks() {
        facts.push(gigabytes(words, kind, &size.to_string()));
        facts.extend(encrypted.then(|| words.say(ENCRYPTED)));
    }
    facts.extend(
        template
            .requires_session_tokens()
            .then(|| "IMDSv2".to_owned()),
    );
    facts
}

fn database(words: Words<'_>, name: &str) -> Vec<String> {
    let Some(it) = words.topology.named::<DbInstance>(name) else {
        return Vec::new();
    };
    let kind = it.storage_type.as_deref().unwrap_or_default();
    let storage = it.storage.as_deref().unwrap_or_default();
    let mut facts = vec![gigabytes(words, kind, storage)];
    facts.extend((it.encrypted == Some(true)).then(|| words.say(ENCRYPTED)));
    facts.extend(kept(words, BACKUPS, it.retention));
    facts
}

/// What all instances of an Aurora cluster work on.
fn cluster(words: Words<'_>, name: &str) -> Vec<String> {
    let Some(it) = words.topology.named::<DbCluster>(name) else {
        return Vec::new();
    };
    let mut facts = vec![words.say(VOLUME)];
    facts.extend(it.encrypted.then(|| words.say(ENCRYPTED)));
    facts.extend(kept(words, BACKUPS, it.retention));
    facts
}

fn cache(words: Words<'_>, name: &str) -> Vec<String> {
    let Some(it) = words.topology.named::<CacheGroup>(name) else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    facts.extend(match (it.encrypted_at_rest, it.encrypted_in_transit) {
        (true, true) => Some(words.say(BOTH_WAYS)),
        (true, false) => Some(words.say(AT_REST)),
        (false, true) => Some(words.say(IN_TRANSIT)),
        (false, false) => None,
    });
    facts.extend(kept(words, SNAPSHOTS, it.snapshots));
    facts
}

fn gigabytes(words: Words<'_>, kind: &str, count: &str) -> String {
    let said = GIGABYTES.with("kind", kind).with("count", count);
    said.render(words.lang).trim_start().to_owned()
}

/// How long copies are kept; nothing is said of none.
fn kept(words: Words<'_>, text: Text, days: Option<u32>) -> Option<String> {
    let days = days.filter(|it| *it > 0)?;
    Some(text.with("days", days).render(words.lang))
}
