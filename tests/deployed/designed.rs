//! The facts of a topology, one line each.

use azimuth::aws::{
    AutoScalingGroup, Cidr, DbInstance, DbSubnetGroup, FlowLog, GatewayAttachment, Id,
    LaunchTemplate, Listener, LoadBalancer, NatGateway, Properties, Route, RouteTableAssociation,
    Rule, SecurityGroup, SecurityGroupEgress, SecurityGroupIngress, Subnet, TargetGroup, Vpc,
    VpcEndpoint, VpcPeeringConnection, VpnConnection, lookup,
};
use azimuth::topology::Topology;
use ipnet::Ipv4Net;

pub fn facts(topology: &Topology) -> Vec<String> {
    let mut facts = network(topology);
    facts.extend(security(topology));
    facts.extend(application(topology));
    facts.extend(data(topology));
    facts
}

fn names<T>(ids: &[Id<T>]) -> String {
    let mut names: Vec<&str> = ids.iter().map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    names.join("+")
}

fn network(topology: &Topology) -> Vec<String> {
    let mut facts = Vec::new();
    for (name, it) in topology.all::<Vpc>() {
        facts.push(format!(
            "vpc {name} {} dns {} {}",
            it.cidr, it.dns_support, it.dns_hostnames
        ));
    }
    for (name, it) in topology.all::<Subnet>() {
        facts.push(format!(
            "subnet {name} {} of {} zone {} public addresses {}",
            it.cidr.trunc(),
            it.vpc.name,
            it.zone.index(),
            it.public_addresses
        ));
    }
    for (_, it) in topology.all::<GatewayAttachment>() {
        let vpn = it.vpn.as_ref().map(|it| it.name.as_str());
        let gateway = it.gateway.as_ref().map(|it| it.name.as_str());
        let gateway = gateway.or(vpn).unwrap_or_default();
        facts.push(format!("gateway {gateway} on {}", it.vpc.name));
    }
    for (_, it) in topology.all::<VpnConnection>() {
        let gateway = it.gateway.as_ref().map_or("", |it| it.name.as_str());
        facts.push(format!("vpn {} to {gateway}", it.customer.name));
    }
    for (_, it) in topology.all::<RouteTableAssociation>() {
        facts.push(format!("table {} for {}", it.table.name, it.subnet.name));
    }
    for (_, it) in topology.all::<Route>() {
        let destination = it.destination.map(|it| it.to_string()).unwrap_or_default();
        let target = it.target().map_or("", |it| it.as_str());
        facts.push(format!("route {} {destination} to {target}", it.table.name));
    }
    for (name, it) in topology.all::<NatGateway>() {
        let address = it.address.as_ref().map_or("", |it| it.name.as_str());
        let Some(subnet) = &it.subnet else {
            facts.push(format!("nat {name} regional"));
            continue;
        };
        facts.push(format!(
            "nat {name} {} in {} with {address}",
            it.connectivity, subnet.name
        ));
    }
    for (name, it) in topology.all::<VpcEndpoint>() {
        facts.push(format!(
            "endpoint {name} {} in {} on {} behind {}",
            it.service_code().unwrap_or_default(),
            names(&it.subnets),
            names(&it.tables),
            names(&it.security_groups)
        ));
    }
    for (name, it) in topology.all::<VpcPeeringConnection>() {
        facts.push(format!(
            "peering {name} from {} to {} active",
            it.vpc.name, it.peer.name
        ));
    }
    for (_, it) in topology.all::<FlowLog>() {
        facts.push(format!("flow log {} {}", it.vpc.name, it.traffic));
    }
    facts
}

/// One security-group rule; `peer` is a range or the name of a group.
pub fn rule(
    way: &str,
    group: &str,
    protocol: &str,
    ports: (Option<u64>, Option<u64>),
    peer: &str,
) -> String {
    match ports {
        (Some(from), Some(to)) => format!("{way} {group} {protocol} {from}-{to} {peer}"),
        _ => format!("{way} {group} {protocol} all {peer}"),
    }
}

fn security(topology: &Topology) -> Vec<String> {
    let mut facts = Vec::new();
    let inline = |way: &str, group: &str, it: &Rule| {
        let group_peer = it.source.as_ref().or(it.destination.as_ref());
        let peer = peer(it.cidr, group_peer, &it.rest);
        rule(
            way,
            group,
            &it.protocol,
            (it.from_port.map(u64::from), it.to_port.map(u64::from)),
            &peer,
        )
    };
    for (name, it) in topology.all::<SecurityGroup>() {
        facts.push(format!("security group {name} of {}", it.vpc.name));
        facts.extend(it.ingress.iter().map(|it| inline("in", name, it)));
        facts.extend(it.egress.iter().map(|it| inline("out", name, it)));
        let own = topology
            .all::<SecurityGroupEgress>()
            .any(|(_, it)| it.group.name == *name);
        if it.egress.is_empty() && !own {
            facts.push(rule("out", name, "-1", (None, None), "0.0.0.0/0"));
        }
    }
    for (_, it) in topology.all::<SecurityGroupIngress>() {
        let ports = (it.from_port.map(u64::from), it.to_port.map(u64::from));
        facts.push(rule(
            "in",
            &it.group.name,
            &it.protocol,
            ports,
            &peer(
                range(topology, it.cidr.as_ref()),
                it.source.as_ref(),
                &it.rest,
            ),
        ));
    }
    for (_, it) in topology.all::<SecurityGroupEgress>() {
        let ports = (it.from_port.map(u64::from), it.to_port.map(u64::from));
        facts.push(rule(
            "out",
            &it.group.name,
            &it.protocol,
            ports,
            &peer(
                range(topology, it.cidr.as_ref()),
                it.destination.as_ref(),
                &it.rest,
            ),
        ));
    }
    facts
}

/// What is deployed where a person gives the range: the parameter's default, else its example.
fn range(topology: &Topology, cidr: Option<&Cidr>) -> Option<Ipv4Net> {
    let Some(Cidr::Given(name)) = cidr else {
        return cidr.and_then(Cidr::range);
    };
    let mut all = topology.stacks.iter().flat_map(|it| &it.parameters);
    let parameter = all.find(|it| it.name == *name)?;
    let given = parameter.default.as_deref().or(parameter.example)?;
    given.parse().ok()
}

fn peer(cidr: Option<Ipv4Net>, group: Option<&Id<SecurityGroup>>, rest: &Properties) -> String {
    match (cidr, group) {
        (Some(cidr), _) => cidr.to_string(),
        (None, Some(group)) => group.name.to_string(),
        (None, None) if lookup(rest, "SourcePrefixListId").is_some() => "prefix list".to_owned(),
        (None, None) => String::new(),
    }
}

fn application(topology: &Topology) -> Vec<String> {
    let mut facts = Vec::new();
    for (name, it) in topology.all::<LoadBalancer>() {
        facts.push(format!(
            "load balancer {name} {} {} over {} behind {}",
            it.kind,
            it.scheme,
            names(&it.subnets),
            names(&it.security_groups)
        ));
    }
    for (_, it) in topology.all::<Listener>() {
        let does = match it.forwards_to() {
            Some(target) => format!("forward {target}"),
            None if it.redirects_to_https() => "redirect HTTPS".to_owned(),
            None => "fixed-response".to_owned(),
        };
        let policy = it.ssl_policy.as_deref().unwrap_or("plain");
        let certificates = it.certificates.len();
        facts.push(format!(
            "listener {} {} {} {does} {policy} {certificates}",
            it.load_balancer.name, it.protocol, it.port
        ));
    }
    for (name, it) in topology.all::<TargetGroup>() {
        let (interval, timeout, healthy, unhealthy) = it.health_check();
        facts.push(format!(
            "target group {name} {} {} {} of {} checks {} every {interval} within {timeout} {healthy}/{unhealthy}",
            it.protocol, it.port, it.target_type, it.vpc.name, it.path.as_deref().unwrap_or("/")
        ));
    }
    for (name, it) in topology.all::<AutoScalingGroup>() {
        // moto takes 0 for nothing given and fills in the console's 300 s; AWS keeps 0.
        let grace = it.grace.filter(|it| *it > 0).unwrap_or(300);
        facts.push(format!(
            "group {name} {}/{}/{} over {} from {} to {} health {} after {}",
            it.min.0,
            it.desired(),
            it.max.0,
            names(&it.subnets),
            it.template().map_or("", |it| it.as_str()),
            names(&it.target_groups),
            it.health_check.as_deref().unwrap_or("EC2"),
            grace
        ));
    }
    for (name, it) in topology.all::<LaunchTemplate>() {
        let disks: Vec<String> = it
            .disks()
            .map(|(kind, size, encrypted)| format!("{kind} {size} {encrypted}"))
            .collect();
        let profile = it
            .data
            .profile
            .as_ref()
            .map_or("", |it| it.arn.name.as_str());
        facts.push(format!(
            "launch template {name} {} behind {} as {profile} tokens {} disks {}",
            it.data.instance_type,
            names(&it.data.security_groups),
            it.requires_session_tokens(),
            disks.join(", ")
        ));
    }
    facts
}

fn data(topology: &Topology) -> Vec<String> {
    let mut facts = Vec::new();
    for (name, it) in topology.all::<DbInstance>() {
        // A read replica has the engine and the subnets of its source.
        let source = it
            .source_name()
            .and_then(|it| topology.named(it))
            .unwrap_or(it);
        let group = source.subnets.as_ref();
        let subnets = group
            .and_then(|it| topology.get::<DbSubnetGroup>(it))
            .expect("a subnet group");
        facts.push(format!(
            "database {name} {} {} {} over {} behind {}",
            it.engine,
            it.version
                .as_ref()
                .or(source.version.as_ref())
                .map_or("", String::as_str),
            it.class,
            names(&subnets.subnets),
            names(&it.security_groups)
        ));
        facts.push(format!(
            "database {name} storage {} GiB {} {} encrypted {}",
            it.storage.as_deref().unwrap_or_default(),
            it.storage_type.as_deref().unwrap_or("gp2"),
            it.iops.unwrap_or_default(),
            source.encrypted.unwrap_or_default()
        ));
        // moto copies the days of the source to a replica that says none; AWS backs such a replica up only where it is told to.
        let retention = it.retention.or(source.retention);
        facts.push(format!(
            "database {name} multi-az {} public {} backups {} protected {} monitoring {}",
            it.has_standby(),
            it.public,
            retention.unwrap_or(1),
            it.protected.unwrap_or_default(),
            it.monitoring.unwrap_or_default()
        ));
    }
    facts
}
