//! An account starts with quotas; a deployment that exceeds one fails half way.

use std::collections::BTreeSet;

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{
    ElasticIp, Name, NatGateway, Region, Route, RouteTable, Subnet, Vpc, VpcEndpoint,
};
use crate::design::{Nat, Setting};
use crate::text::{Text, text};
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "NET-018",
    severity: Severity::Error,
    title: text("check.net-018.title", "More than the default quota"),
    why: text(
        "check.net-018.why",
        "A new account may have so many and no more; the deployment fails at the first one above.",
    ),
    advice: text(
        "check.net-018.advice",
        "Use fewer, or ask for more in Service Quotas before the deployment.",
    ),
    reference: "REL01-BP01; VPC user guide, Amazon VPC quotas",
    run,
};

/// Elastic IP addresses of a Region.
pub const ADDRESSES: usize = 5;
/// Of a Region; every Region starts with a default VPC, which counts.
const VPCS: usize = 5;
const GATEWAYS_OF_A_ZONE: usize = 5;
const SUBNETS_OF_A_VPC: usize = 200;
const ROUTES_OF_A_TABLE: usize = 500;
const REGIONAL_GATEWAYS_OF_A_VPC: usize = 5;
/// AWS PrivateLink guide, quotas.
const INTERFACES_OF_A_VPC: usize = 50;
const GATEWAY_ENDPOINTS: usize = 20;

const ADDRESSES_TEXT: Text = text(
    "check.net-018.addresses",
    "Elastic IP addresses in a Region",
);
const VPCS_TEXT: Text = text(
    "check.net-018.vpcs",
    "VPCs in a Region, the default one included",
);
const GATEWAYS_TEXT: Text = text("check.net-018.gateways", "NAT gateways in a zone");
const SUBNETS_TEXT: Text = text("check.net-018.subnets", "subnets in a VPC");
const ROUTES_TEXT: Text = text("check.net-018.routes", "routes in a table");
const REGIONAL_TEXT: Text = text(
    "check.net-018.regional-nat",
    "regional NAT gateways in a VPC",
);
const INTERFACES_TEXT: Text = text("check.net-018.interfaces", "interface endpoints in a VPC");
const GATEWAY_ENDPOINTS_TEXT: Text = text(
    "check.net-018.gateway-endpoints",
    "gateway endpoints in a Region",
);

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut held: Vec<(Text, usize, Vec<&Name>)> = Vec::new();
    let regions: BTreeSet<Region> = topology.stacks.iter().map(|it| it.region).collect();
    for region in regions {
        let here = |name: &&Name| topology.region_of(name) == Some(region);
        let addresses = topology.all::<ElasticIp>().map(|(name, _)| name);
        let addresses = addresses.filter(here).collect();
        held.push((ADDRESSES_TEXT, ADDRESSES, addresses));
        let routed = endpoints(topology, |it| !it.is_interface());
        let routed = routed.into_iter().filter(here).collect();
        held.push((GATEWAY_ENDPOINTS_TEXT, GATEWAY_ENDPOINTS, routed));
        let vpcs = topology.all::<Vpc>().map(|(name, _)| name);
        held.push((VPCS_TEXT, VPCS, vpcs.filter(here).collect()));
    }
    for site in topology.sites() {
        let gateways = topology.all::<NatGateway>();
        let inside = gateways.filter(|(_, it)| {
            let subnet = it.subnet.as_ref();
            subnet.and_then(|it| topology.site_of(&it.name)) == Some(site)
        });
        let inside = inside.map(|(name, _)| name).collect();
        held.push((GATEWAYS_TEXT, GATEWAYS_OF_A_ZONE, inside));
    }
    for (vpc, _) in topology.all::<Vpc>() {
        let subnets = topology
            .all::<Subnet>()
            .filter(|(_, it)| it.vpc.name == *vpc);
        held.push((
            SUBNETS_TEXT,
            SUBNETS_OF_A_VPC,
            subnets.map(|(name, _)| name).collect(),
        ));
        let gateways = topology.all::<NatGateway>();
        let regional = gateways.filter(|(_, it)| {
            it.is_regional() && it.vpc.as_ref().is_some_and(|it| it.name == *vpc)
        });
        held.push((
            REGIONAL_TEXT,
            REGIONAL_GATEWAYS_OF_A_VPC,
            regional.map(|(name, _)| name).collect(),
        ));
        held.push((
            INTERFACES_TEXT,
            INTERFACES_OF_A_VPC,
            endpoints(topology, |it| it.is_interface() && it.vpc.name == *vpc),
        ));
    }
    for (table, _) in topology.all::<RouteTable>() {
        let routes = topology
            .all::<Route>()
            .filter(|(_, it)| it.table.name == *table);
        held.push((
            ROUTES_TEXT,
            ROUTES_OF_A_TABLE,
            routes.map(|(name, _)| name).collect(),
        ));
    }
    for (what, quota, names) in held {
        if names.len() + by_default(what) > quota {
            findings.push(finding(subject, what, quota, &names));
        }
    }
}

/// How many an account has before anything is deployed.
fn by_default(what: Text) -> usize {
    usize::from(what == VPCS_TEXT)
}

fn endpoints(topology: &Topology, which: impl Fn(&VpcEndpoint) -> bool) -> Vec<&Name> {
    let all = topology.all::<VpcEndpoint>();
    all.filter(|(_, it)| which(it))
        .map(|(name, _)| name)
        .collect()
}

fn finding(subject: &Subject<'_>, what: Text, quota: usize, names: &[&Name]) -> Finding {
    let message = text(
        "check.net-018.message",
        "{count} {what}, where the default quota is {quota}: {names}.",
    )
    .with("count", names.len() + by_default(what))
    .with("what", what)
    .with("quota", quota)
    .with("names", list(names.iter().take(8)));
    let finding = Finding::new(&CHECK, names.iter().copied(), message);
    let in_each = subject
        .design
        .is_some_and(|it| it.network.nat == Nat::PerZone);
    if what == VPCS_TEXT {
        // Beside the main VPC and the clients of its Region.
        let clients = names.iter().filter(|it| subject.is_client(it)).count();
        let kept = quota.saturating_sub(by_default(what) + 1 + clients);
        let vpcs = subject.design.map(|it| it.vpcs.first(kept));
        let fix = vpcs.and_then(|it| {
            subject.fix(
                &[],
                text("check.net-018.vpcs-fix", "Keep {count} further VPCs").with("count", kept),
                &[
                    ("vpcs.names", &it.names.show()),
                    ("vpcs.cidrs", &it.cidrs.show()),
                ],
            )
        });
        return finding.with_fix(fix);
    }
    if what != ADDRESSES_TEXT || !in_each {
        return finding;
    }
    finding
        .with_fix(subject.fix(
            &[],
            text("check.net-018.fewer", "Use {zones} zones").with("zones", quota),
            &[("network.zones", &quota)],
        ))
        .with_fix(subject.fix(
            &[],
            text("check.net-018.regional", "Use a regional NAT gateway"),
            &[("network.nat", &"regional")],
        ))
        .with_fix(subject.fix(
            &[],
            text("check.net-018.single", "Use a single NAT gateway"),
            &[("network.nat", &"single")],
        ))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    #[test]
    fn flags_regional_gateways_and_endpoints_above_the_quota_of_a_vpc() {
        let many = |count: usize, kind: &str, properties: serde_json::Value| {
            let named = |number: usize| {
                add(
                    &format!("More{number}"),
                    "network",
                    kind,
                    properties.clone(),
                )
            };
            let edits: Vec<_> = (1..=count).map(named).collect();
            findings(&CHECK, "network.nat=regional", &edits)
        };
        let vpc = json!({"Ref": "Vpc"});
        let gateway =
            json!({"VpcId": vpc, "AvailabilityMode": "regional", "ConnectivityType": "public"});
        let of = |count| many(count, "AWS::EC2::NatGateway", gateway.clone());
        assert!(of(5).contains("6 regional NAT gateways in a VPC, where the default quota is 5"));
        assert_eq!(of(4), "");
        let endpoint =
            |kind: &str| json!({"VpcId": vpc, "VpcEndpointType": kind, "ServiceName": "x"});
        let of = |count, kind| many(count, "AWS::EC2::VPCEndpoint", endpoint(kind));
        assert!(
            of(51, "Interface")
                .contains("51 interface endpoints in a VPC, where the default quota is 50")
        );
        assert_eq!(of(50, "Interface"), "");
        assert!(
            of(21, "Gateway")
                .contains("21 gateway endpoints in a Region, where the default quota is 20")
        );
    }

    #[test]
    fn flags_six_addresses() {
        assert_eq!(
            findings(
                &CHECK,
                "region=us-east-1 network.zones=6 network.nat=per-az",
                &[]
            ),
            "NatGatewayAddressA, NatGatewayAddressB, NatGatewayAddressC, NatGatewayAddressD, NatGatewayAddressE, NatGatewayAddressF: 6 Elastic IP addresses in a Region, where the default quota is 5: NatGatewayAddressA, NatGatewayAddressB, NatGatewayAddressC, NatGatewayAddressD, NatGatewayAddressE, NatGatewayAddressF."
        );
    }

    #[test]
    fn flags_five_vpcs_beside_the_default_one() {
        assert_eq!(
            findings(&CHECK, "vpcs.names=a,b,c,d", &[]),
            "Vpc, VpcA, VpcB, VpcC, VpcD: 6 VPCs in a Region, the default one included, where the default quota is 5: Vpc, VpcA, VpcB, VpcC, VpcD."
        );
        assert_eq!(findings(&CHECK, "vpcs.names=a,b,c", &[]), "");
        // A client counts where it stands.
        let beside = "vpcs.names=a,b,c client.enabled=true";
        assert_eq!(findings(&CHECK, beside, &[]), "");
        let together = format!("{beside} client.region=ap-northeast-1");
        assert!(findings(&CHECK, &together, &[]).contains("6 VPCs in a Region"));
    }

    #[test]
    fn accepts_five() {
        assert_eq!(
            findings(
                &CHECK,
                "region=us-east-1 network.zones=5 network.nat=per-az",
                &[]
            ),
            ""
        );
    }
}
