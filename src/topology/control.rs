//! What watches or steers without carrying requests: alarms, health checks, records of traffic, filters, backups.

use super::{Link, LinkKind, Node, Topology};
use crate::aws::{
    Alarm, AutoScalingGroup, BackupPlan, BackupSelection, Bucket, ConfigChannel, ConfigRecorder,
    DbCluster, DbInstance, DeploymentGroup, Distribution, FlowLog, Function, GuardDutyDetector,
    HealthCheck, Kind, LoadBalancer, LogGroup, MacieSession, Name, Queue, ScalingPolicy, Schedule,
    SecurityHub, SsmParameter, StateMachine, Table, Topic, Trail, Value, WafLogging, WebAcl,
    WebAclAssociation,
};

/// Every such connection, in a stable order.
pub fn controls(topology: &Topology) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (from, to) in pairs(topology) {
        let link = Link {
            from,
            to,
            kind: LinkKind::Control,
            label: None,
        };
        if !links.contains(&link) && topology.node(&link.to).is_some() {
            links.push(link);
        }
    }
    links
}

fn pairs(topology: &Topology) -> Vec<(Name, Name)> {
    let mut pairs = Vec::new();
    for node in topology.nodes() {
        let found = match &node.resource {
            it if Alarm::of(it).is_some() => alarm(topology, node),
            it if HealthCheck::of(it).is_some() => {
                let checked = named::<LoadBalancer>(topology, node);
                from(node, [checked, named::<Distribution>(topology, node)])
            }
            it if FlowLog::of(it).is_some() || Trail::of(it).is_some() => {
                let written = named::<Bucket>(topology, node);
                from(node, [written, named::<LogGroup>(topology, node)])
            }
            it if SecurityHub::of(it).is_some() => sources(topology, node),
            it if ConfigRecorder::of(it).is_some() => kept_in(topology, node),
            it if DeploymentGroup::of(it).is_some() => {
                let alarms = named::<Alarm>(topology, node).into_iter();
                let stopped = alarms.map(|it| (it, node.name.clone()));
                let changed = from(node, [named::<AutoScalingGroup>(topology, node)]);
                stopped.chain(changed).collect()
            }
            it if WafLogging::of(it).is_some() => {
                let written = named::<LogGroup>(topology, node);
                let acls = named::<WebAcl>(topology, node).into_iter();
                acls.flat_map(|acl| written.iter().map(move |it| (acl.clone(), it.clone())))
                    .collect()
            }
            it if StateMachine::of(it).is_some() => {
                let functions = named::<Function>(topology, node);
                let tables = named::<Table>(topology, node);
                from(node, [functions, tables, named::<Topic>(topology, node)])
            }
            it if Schedule::of(it).is_some() => from(node, [named::<Queue>(topology, node)]),
            it if Distribution::of(it).is_some() => {
                let acls = named::<WebAcl>(topology, node).into_iter();
                acls.map(|acl| (acl, node.name.clone())).collect()
            }
            it => filtered(it)
                .into_iter()
                .chain(backed_up(topology, it))
                .collect(),
        };
        pairs.extend(found);
    }
    pairs
}

/// The nodes of a type that a node names.
fn named<T: Kind>(topology: &Topology, node: &Node) -> Vec<Name> {
    let mut names = node.references();
    names.retain(|it| topology.named::<T>(it).is_some());
    names
}

/// What sends its findings to a hub: every such service of its Region, once it is enabled there.
fn sources(topology: &Topology, hub: &Node) -> Vec<(Name, Name)> {
    let region = topology.region_of(&hub.name);
    let is_source = |it: &&Node| {
        let resource = &it.resource;
        GuardDutyDetector::of(resource).is_some_and(|it| it.enabled)
            || MacieSession::of(resource).is_some()
            || ConfigRecorder::of(resource).is_some()
            || SsmParameter::of(resource).is_some_and(SsmParameter::is_inspector)
    };
    let all = topology.nodes().iter().filter(is_source);
    let near = all.filter(|it| topology.region_of(&it.name) == region);
    near.map(|it| (it.name.clone(), hub.name.clone())).collect()
}

/// Where AWS Config puts what it records: the bucket of the Region's delivery channel.
fn kept_in(topology: &Topology, recorder: &Node) -> Vec<(Name, Name)> {
    let region = topology.region_of(&recorder.name);
    let channels = topology.all::<ConfigChannel>();
    let near = channels.filter(|(name, _)| topology.region_of(name) == region);
    near.map(|(_, it)| (recorder.name.clone(), it.bucket.name.clone()))
        .collect()
}

fn from<const N: usize>(node: &Node, to: [Vec<Name>; N]) -> Vec<(Name, Name)> {
    let to = to.into_iter().flatten();
    to.map(|it| (node.name.clone(), it)).collect()
}

/// Whom an alarm tells, and the group that it grows or shrinks.
fn alarm(topology: &Topology, node: &Node) -> Vec<(Name, Name)> {
    let actions = Alarm::of(&node.resource).map_or(&[][..], |it| &it.actions);
    let told = actions.iter().filter_map(Value::named).filter_map(|it| {
        let policy = topology.named::<ScalingPolicy>(it);
        let topic = topology.named::<Topic>(it).map(|_| it);
        policy.map(|it| &it.group.name).or(topic)
    });
    told.map(|it| (node.name.clone(), it.clone())).collect()
}

fn filtered(resource: &crate::aws::Resource) -> Option<(Name, Name)> {
    let it = WebAclAssociation::of(resource)?;
    Some((it.by()?.clone(), it.protects()?.clone()))
}

/// From the vault that a plan fills to each database that it covers.
fn backed_up(topology: &Topology, resource: &crate::aws::Resource) -> Vec<(Name, Name)> {
    let Some(selection) = BackupSelection::of(resource) else {
        return Vec::new();
    };
    let plan = topology.get::<BackupPlan>(&selection.plan);
    let vaults = plan.into_iter().flat_map(BackupPlan::vaults);
    let covered = || {
        let alone = topology.all::<DbInstance>().map(|(name, _)| name);
        let all = alone.chain(topology.all::<DbCluster>().map(|(name, _)| name));
        all.filter(|name| selection.covers(name))
    };
    vaults
        .flat_map(|vault| covered().map(move |name| (vault.clone(), name.clone())))
        .collect()
}
