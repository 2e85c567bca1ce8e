//! Security groups as tags on what carries them: each with its name and what it lets in.

use super::caption::{Words, humanize};
use super::drawing::Style;
use super::plan::Tag;
use super::source::Source;
use super::{measure, theme};
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

/// At most as many rules can be read; the accessible name has all.
const MOST: usize = 4;
/// At most as many sources in one rule.
const FEW: usize = 3;

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
    groups
        .map(|it| tag(source, &it.name, theme::WIDE_TEXT))
        .collect()
}

/// On one line where that is narrow enough, else a line a rule.
fn tag(source: &Source<'_>, name: &Name, limit: f64) -> Tag {
    let words = source.words;
    let (title, mut rules) = (short(name), rules(source, name));
    let shown = if rules.len() > MOST { MOST - 1 } else { MOST };
    let hidden = rules.split_off(shown.min(rules.len()));
    let mut read: Vec<String> = rules.iter().map(|it| it.words(words)).collect();
    let mut said = read.clone();
    if !hidden.is_empty() {
        let count: usize = hidden.iter().map(|it| it.sources.len()).sum();
        let more = MORE.with("count", count).render(words.lang);
        let hidden: Vec<String> = hidden.iter().map(|it| it.words(words)).collect();
        said.push(format!("{more}: {}", hidden.join("; ")));
        read.push(more);
    } else if read.is_empty() {
        read.push(words.say(NOTHING));
        said.clone_from(&read);
    }
    let line = format!("{title} · {}", read.join("; "));
    let says = format!("{title} · {}", said.join("; "));
    let lines = if measure::width(&line, Style::Detail) <= limit {
        vec![line]
    } else {
        let all = [title].into_iter().chain(read);
        all.flat_map(|it| measure::wrap(&it, Style::Detail, limit))
            .collect()
    };
    Tag {
        says: TITLED.with("rules", says).render(words.lang),
        ..Tag::new(name.clone(), Glyph::SecurityGroup, lines)
    }
}

/// What some sources may ask.
struct Rule {
    ports: String,
    sources: Vec<String>,
}

impl Rule {
    fn words(&self, words: Words<'_>) -> String {
        RULE.with("ports", &self.ports)
            .with("source", self.sources.join(", "))
            .render(words.lang)
    }
}

/// What a group lets in: the ports of one source are one rule, and so are a few sources of the same ports.
fn rules(source: &Source<'_>, group: &str) -> Vec<Rule> {
    let mut peers: Vec<(String, String)> = Vec::new();
    for grant in traffic::ingress(source.topology, group) {
        let (from, ports) = (peer(source, &grant, group), ports(source, &grant));
        match peers.iter_mut().find(|(it, _)| *it == from) {
            Some((_, all)) => *all += &format!(", {ports}"),
            None => peers.push((from, ports)),
        }
    }
    let mut rules: Vec<Rule> = Vec::new();
    for (from, ports) in peers {
        let mut open = rules.iter_mut();
        match open.find(|it| it.ports == ports && it.sources.len() < FEW) {
            Some(rule) => rule.sources.push(from),
            None => rules.push(Rule {
                ports,
                sources: vec![from],
            }),
        }
    }
    rules
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
