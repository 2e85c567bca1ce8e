//! What a stack answers with: what later stacks take from it, and what the people in front of it need.

use super::parameters::what;
use super::ship::ADDRESS;
use super::wiring::{Wiring, handle};
use crate::aws::{
    ApiResource, ApiStage, AutoScalingGroup, BackupVault, Bucket, CacheGroup, Dashboard,
    DaxCluster, DbCluster, DbInstance, DbProxy, DeployApplication, DeploymentGroup, Describe,
    Distribution, ElasticIp, Function, GlobalTable, HealthCheck, Instance, Kind, Listener,
    LoadBalancer, LogGroup, Name, Queue, RecordSet, Repository, RestApi, Secret, StateMachine,
    Table, Value, Vpc, VpcPeeringConnection,
};
use crate::topology::traffic::distribution;
use crate::topology::{Node, Topology};

/// An entry of a template's `Outputs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    pub name: Name,
    pub description: String,
    pub value: Value,
    /// The condition that its node stands under.
    pub condition: Option<Name>,
}

/// The outputs of a stack: for other stacks first, each reference once.
pub fn outputs(topology: &Topology, wiring: &Wiring<'_>, stack: usize) -> Vec<Output> {
    let mut outputs: Vec<Output> = wiring
        .crossings
        .iter()
        .filter(|it| it.owner == stack)
        .map(|it| Output {
            name: it.name.clone(),
            description: what(topology, it),
            value: it.value(),
            condition: condition_of(topology, &it.node),
        })
        .collect();
    for node in topology.nodes().iter().filter(|it| it.stack == stack) {
        for output in of_interest(topology, node) {
            let there = |it: &Output| it.name == output.name || it.value == output.value;
            if !outputs.iter().any(there) {
                outputs.push(output);
            }
        }
    }
    outputs
}

fn condition_of(topology: &Topology, node: &str) -> Option<Name> {
    topology.node(node)?.condition.clone()
}

/// What a person looks for after the deployment: type, attribute (`None` for `Ref`), words.
const OF_INTEREST: [(&str, Option<&str>, &str); 30] = [
    (Vpc::KIND, None, "Identifier of the VPC"),
    (
        VpcPeeringConnection::KIND,
        None,
        "Identifier of the peering connection",
    ),
    (BackupVault::KIND, None, "Name of the backup vault"),
    (Instance::KIND, None, "Identifier of the bastion host"),
    (
        CacheGroup::KIND,
        Some("PrimaryEndPoint.Address"),
        "DNS name of the cache's primary, the same after a failover",
    ),
    (ElasticIp::KIND, None, "Address that the internet sees"),
    (Bucket::KIND, None, "Name of the bucket"),
    (HealthCheck::KIND, None, "Identifier of the health check"),
    (DbInstance::KIND, None, "Identifier of the database"),
    (
        DbInstance::KIND,
        Some(ENDPOINT),
        "DNS name of the database, the same after a failover",
    ),
    (
        DbProxy::KIND,
        Some("Endpoint"),
        "DNS name that the application connects to: RDS Proxy before the database",
    ),
    (
        DbInstance::KIND,
        Some(SECRET),
        "Secret that holds the master password",
    ),
    (Secret::KIND, None, "Secret that holds the master password"),
    (DbCluster::KIND, None, "Identifier of the Aurora cluster"),
    (
        DbCluster::KIND,
        Some(ENDPOINT),
        "DNS name of the Aurora cluster's writer, the same after a failover",
    ),
    (
        DbCluster::KIND,
        Some(READ_ENDPOINT),
        "DNS name of the Aurora cluster's readers, or of the writer where there is none",
    ),
    (
        DbCluster::KIND,
        Some(SECRET),
        "Secret that holds the master password",
    ),
    (
        AutoScalingGroup::KIND,
        None,
        "Name of the Auto Scaling group",
    ),
    (Dashboard::KIND, None, "Name of the dashboard"),
    (Function::KIND, None, "Name of the function"),
    (LogGroup::KIND, None, "Name of the log group"),
    (RestApi::KIND, None, "Identifier of the API"),
    (StateMachine::KIND, None, "ARN of the state machine"),
    (Table::KIND, None, "Name of the table"),
    (GlobalTable::KIND, None, "Name of the table"),
    (
        DaxCluster::KIND,
        Some("ClusterDiscoveryEndpoint"),
        "Address of DAX, by which its clients find its nodes",
    ),
    (Queue::KIND, None, "URL of the queue"),
    (
        Repository::KIND,
        Some(ADDRESS),
        "Address that images are pushed to",
    ),
    (
        DeployApplication::KIND,
        None,
        "Name of the CodeDeploy application",
    ),
    (DeploymentGroup::KIND, None, "Name of the deployment group"),
];

/// What people call an attribute of a type.
pub fn words_for(kind: &str, attribute: &str) -> Option<&'static str> {
    let mut all = OF_INTEREST.into_iter();
    let found = all.find(|it| it.0 == kind && it.1 == Some(attribute));
    found.map(|it| it.2)
}

const ENDPOINT: &str = "Endpoint.Address";
const READ_ENDPOINT: &str = "ReadEndpoint.Address";
const SECRET: &str = "MasterUserSecret.SecretArn";

fn of_interest(topology: &Topology, node: &Node) -> Vec<Output> {
    let resource = &node.resource;
    let managed = DbInstance::of(resource).is_some_and(DbInstance::has_secret)
        || DbCluster::of(resource).is_some_and(DbCluster::has_secret);
    // Who connects to an instance of a cluster is led astray by the next failover.
    let is_member = DbInstance::of(resource).is_some_and(DbInstance::is_member);
    // Whoever connects past the proxy waits for DNS after a failover: its name is the one to have.
    let proxied = topology.proxy_of(&node.name).is_some();
    // Others' secrets nobody looks for.
    let opens = |it: &DbInstance| {
        let password = it.password.as_ref();
        password.is_some_and(|it| Secret::is_named_by(it, &node.name))
    };
    let is_idle =
        Secret::of(resource).is_some() && !topology.all::<DbInstance>().any(|(_, it)| opens(it));
    let is_shown = |attribute: Option<&str>| match attribute {
        Some(SECRET) => managed,
        Some(ENDPOINT) => !proxied && !is_member,
        _ => !is_idle,
    };
    let shown = OF_INTEREST
        .into_iter()
        .filter(|(kind, attribute, _)| resource.kind() == *kind && is_shown(*attribute))
        .map(|(_, attribute, description)| Output {
            name: handle(&node.name, attribute.unwrap_or(resource.ref_word())).into(),
            description: description.to_owned(),
            value: Value::referring(&node.name, attribute),
            condition: node.condition.clone(),
        });
    let addresses = address(topology, node).into_iter();
    addresses
        .chain(public_api(topology, node))
        .chain(shown)
        .collect()
}

/// The address that a public API answers at: its stage's, with the path of its first resource.
fn public_api(topology: &Topology, node: &Node) -> Option<Output> {
    let stage = ApiStage::of(&node.resource)?;
    let api = &stage.api.name;
    topology.get(&stage.api).filter(|it| !it.is_private())?;
    let mut resources = topology.all::<ApiResource>();
    let (_, resource) = resources.find(|(_, it)| it.api.name == *api)?;
    let host = format!("${{{api}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}");
    let path = &resource.path;
    Some(Output {
        name: handle(api, "Url").into(),
        description: "Address of the public API".to_owned(),
        value: Value::sub(format!("https://{host}/${{{}}}/{path}", node.name)),
        condition: node.condition.clone(),
    })
}

/// The address of the application: the name that stands for it, else that of what faces the users.
pub fn address(topology: &Topology, node: &Node) -> Option<Output> {
    let url = |value: String| Output {
        name: handle(&node.name, "Url").into(),
        description: "Address of the application".to_owned(),
        value: Value::sub(value),
        condition: node.condition.clone(),
    };
    let is_named = |host: &Name| {
        let mut records = topology.all::<RecordSet>();
        records.any(|(_, it)| !is_inner(topology, it) && it.stands_for() == Some(host))
    };
    if let Some(record) = RecordSet::of(&node.resource) {
        let host = record
            .stands_for()
            .filter(|_| !is_inner(topology, record))?;
        let domain = match &record.domain {
            Value::Ref(name) => format!("${{{name}}}"),
            domain => domain.as_str()?.to_owned(),
        };
        return Some(url(format!("{}://{domain}", scheme(topology, host))));
    }
    if is_named(&node.name) {
        return None;
    }
    if Distribution::of(&node.resource).is_some() {
        return Some(url(format!("https://${{{}.DomainName}}", node.name)));
    }
    if distribution(topology, &node.name).is_some() {
        return None;
    }
    LoadBalancer::of(&node.resource).filter(|it| it.is_internet_facing())?;
    let scheme = scheme(topology, &node.name);
    Some(url(format!("{scheme}://${{{}.DNSName}}", node.name)))
}

/// Whether a record is for CloudFront to call, not for users.
fn is_inner(topology: &Topology, record: &RecordSet) -> bool {
    let mut all = topology.all::<Distribution>();
    all.any(|(_, it)| {
        it.origins()
            .any(|it| it.get("DomainName") == Some(&record.domain))
    })
}

fn scheme(topology: &Topology, host: &Name) -> &'static str {
    let secure = topology
        .all::<Listener>()
        .any(|(_, it)| it.load_balancer.name == *host && it.protocol == "HTTPS");
    if secure || topology.named::<Distribution>(host).is_some() {
        "https"
    } else {
        "http"
    }
}
