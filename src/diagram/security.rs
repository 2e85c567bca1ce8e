//! Security groups as tags on what carries them: each with its name and what it lets in.

use super::caption::humanize;
use super::drawing::Style;
use super::measure;
use super::plan::Tag;
use super::source::Source;
use crate::aws::{Cidr, Glyph, Home, Name, SecurityGroup, SecurityGroupIngress};
use crate::text::{Text, text};
use crate::topology::traffic::{self, Grant, Peer};

const RULE: Text = text("diagram.security.rule", "{ports} from {source}");
const TITLED: Text = text("diagram.security.titled", "Security group {rules}");
const ITSELF: Text = text("diagram.security.itself", "itself");
const ELSEWHERE: Text = text("diagram.security.elsewhere", "elsewhere");
const EVERYTHING: Text = text("diagram.security.everything", "all traffic");
const ALL_PORTS: Text = text("diagram.security.all-ports", "all TCP ports");
const NOTHING: Text = text("diagram.security.nothing", "lets nothing in");
const MORE: Text = text("diagram.security.more", "+{count} more");

/// The width that a tag's lines are broken to, beside and under an icon.
pub(super) const NARROW: f64 = 130.0;
/// The same in a group of one column.
const COLUMN: f64 = 180.0;
/// The same in a group of several columns.
const WIDE: f64 = 300.0;
/// At most as many rules can be read; the accessible name has all.
const MOST: usize = 4;

/// The width that lines in a group are broken to.
pub(super) fn limit(first: usize, last: usize) -> f64 {
    if first < last { WIDE } else { COLUMN }
}

/// The tags of what carries security groups; none where the drawing shows no layers.
pub(super) fn on(source: &Source<'_>, hosts: &[&str], limit: f64) -> Vec<Tag> {
    let mut names: Vec<&Name> = Vec::new();
    for host in hosts.iter().filter(|_| source.words.detail.has_layers()) {
        for name in source.topology.security_groups_of(host) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let there = |it: &&Name| source.topology.named::<SecurityGroup>(it).is_some();
    let names = names.into_iter().filter(there);
    names.map(|it| tag(source, it, limit)).collect()
}

/// The tags of a VPC's groups that nothing carries.
pub(super) fn loose(source: &Source<'_>, vpc: &str) -> Vec<Tag> {
    if !source.words.detail.has_layers() {
        return Vec::new();
    }
    let nodes = || source.topology.nodes().iter();
    let carried: Vec<&Name> = nodes()
        .flat_map(|it| source.topology.security_groups_of(&it.name))
        .collect();
    let groups = nodes().filter(|it| {
        let is_here = matches!(it.resource.home(), Home::Vpc(it) if *it == *vpc);
        let is_group = source.topology.named::<SecurityGroup>(&it.name).is_some();
        is_here && is_group && !carried.contains(&&it.name)
    });
    groups.map(|it| tag(source, &it.name, WIDE)).collect()
}

/// On one line where that is narrow enough, else a line a rule.
fn tag(source: &Source<'_>, name: &Name, limit: f64) -> Tag {
    let words = source.words;
    let (title, mut rules) = (short(name), rules(source, name));
    if rules.is_empty() {
        rules.push(words.say(NOTHING));
    }
    let shown = if rules.len() > MOST { MOST - 1 } else { MOST };
    let hidden = rules.split_off(shown.min(rules.len()));
    let mut said = rules.clone();
    if !hidden.is_empty() {
        let more = MORE.with("count", hidden.len()).render(words.lang);
        said.push(format!("{more}: {}", hidden.join("; ")));
        rules.push(more);
    }
    let line = format!("{title} · {}", rules.join("; "));
    let says = format!("{title} · {}", said.join("; "));
    let lines = if measure::width(&line, Style::Detail) <= limit {
        vec![line]
    } else {
        let all = [title].into_iter().chain(rules);
        all.flat_map(|it| measure::wrap(&it, Style::Detail, limit))
            .collect()
    };
    Tag {
        says: TITLED.with("rules", says).render(words.lang),
        ..Tag::new(name.clone(), Glyph::SecurityGroup, lines)
    }
}

/// What a group lets in, a rule for each source.
fn rules(source: &Source<'_>, group: &str) -> Vec<String> {
    let mut sources: Vec<(String, Vec<String>)> = Vec::new();
    for grant in traffic::ingress(source.topology, group) {
        let (from, ports) = (peer(source, &grant, group), ports(source, &grant));
        match sources.iter_mut().find(|(it, _)| *it == from) {
            Some((_, all)) => all.push(ports),
            None => sources.push((from, vec![ports])),
        }
    }
    let rules = sources.into_iter().map(|(from, ports)| {
        RULE.with("ports", ports.join(", "))
            .with("source", from)
            .render(source.words.lang)
    });
    rules.collect()
}

/// Ports as architects say them: TCP goes without saying.
fn ports(source: &Source<'_>, grant: &Grant<'_>) -> String {
    let range = match (grant.from_port, grant.to_port) {
        (Some(from), Some(to)) if from == to => Some(from.to_string()),
        (Some(0), Some(u16::MAX)) => None,
        (Some(from), Some(to)) => Some(format!("{from}-{to}")),
        (Some(port), None) | (None, Some(port)) => Some(port.to_string()),
        (None, None) => None,
    };
    match (grant.protocol, range) {
        ("-1", _) => source.words.say(EVERYTHING),
        ("tcp" | "6", Some(range)) => range,
        ("tcp" | "6", None) => source.words.say(ALL_PORTS),
        (other, Some(range)) => format!("{} {range}", other.to_uppercase()),
        (other, None) => other.to_uppercase(),
    }
}

fn peer(source: &Source<'_>, grant: &Grant<'_>, group: &str) -> String {
    match grant.peer {
        Some(Peer::Range(range)) => range.to_string(),
        Some(Peer::Group(name)) if *name == *group => source.words.say(ITSELF),
        Some(Peer::Group(name)) => short(name),
        Some(Peer::PrefixList) => "CloudFront".to_owned(),
        None => {
            let rule = source.topology.named::<SecurityGroupIngress>(grant.at);
            match rule.and_then(|it| it.cidr.as_ref()) {
                // What is given at deployment goes by its parameter's name.
                Some(Cidr::Given(name)) => humanize(name),
                Some(Cidr::Range(_)) | None => source.words.say(ELSEWHERE),
            }
        }
    }
}

/// A group's own name, without what the shield says.
fn short(name: &str) -> String {
    let stem = name.strip_suffix("SecurityGroup").unwrap_or(name);
    humanize(if stem.is_empty() { name } else { stem })
}
