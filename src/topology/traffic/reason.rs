//! Why a path ends: explanation codes of VPC Reachability Analyzer, and what they mean in words. The analyzer looks at the
//! network alone; what it has no code for, names and policies, has one of our own in the same style.

use crate::text::{Text, text};

/// Why a path ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    BadState,
    BadStateAttachment,
    BadStateRoute,
    NoRoute,
    PublicAddressForEgress,
    PublicAddressForIngress,
    SecurityGroupRules,
    ListenerPort,
    ListenerHasNoTargetGroup,
    /// The way back is missing: the analyzer follows it too.
    NoRouteBack,
    PeeringNotTransitive,
    /// AWS lets no peering connection between overlapping ranges become active.
    RangesOverlap,
    DisconnectedVpcs,
    NoPath,
    /// The source's security groups keep the connection in; the analyzer has one code for either end's.
    GroupsOfSource,
    /// The destination's security groups keep the connection out.
    GroupsOfDestination,
    /// No private zone and no private DNS of an endpoint has the name. Code of our own.
    NameUnresolved,
    /// A private zone has the name, but answers in other VPCs. Code of our own.
    ZoneNotAssociated,
    /// The VPC's resolver does not answer private names without both of its DNS attributes. Code of our own.
    NamesOff,
    /// The endpoint's policy lets nobody, or nobody who does not sign, call the API. Code of our own.
    EndpointPolicy,
    /// A private API without a resource policy answers nobody. Code of our own.
    NoResourcePolicy,
    /// The API's resource policy does not let callers in over the endpoint. Code of our own.
    ResourcePolicy,
    /// The bucket answers those alone whom its policy names. Code of our own.
    BucketPolicy,
}

impl Reason {
    /// Whether the packets arrive, and a policy turns the request down.
    pub fn is_refusal(self) -> bool {
        matches!(
            self,
            Self::EndpointPolicy
                | Self::NoResourcePolicy
                | Self::ResourcePolicy
                | Self::BucketPolicy
        )
    }

    /// Reachability Analyzer's explanation code, or one of our own where it has none.
    pub fn code(self) -> &'static str {
        match self {
            Self::BadState | Self::RangesOverlap => "BAD_STATE",
            Self::BadStateAttachment => "BAD_STATE_ATTACHMENT",
            Self::BadStateRoute => "BAD_STATE_ROUTE",
            Self::NoRoute | Self::NoRouteBack => "NO_ROUTE_TO_DESTINATION",
            Self::PublicAddressForEgress => "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
            Self::PublicAddressForIngress => "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS",
            Self::SecurityGroupRules | Self::GroupsOfSource | Self::GroupsOfDestination => {
                "ENI_SG_RULES_MISMATCH"
            }
            Self::ListenerPort => "ELBV2_LISTENER_PORT_RESTRICTION",
            Self::ListenerHasNoTargetGroup => "ELBV2_LISTENER_HAS_NO_TG",
            Self::PeeringNotTransitive => "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
            Self::DisconnectedVpcs => "DISCONNECTED_VPCS",
            Self::NoPath => "NO_PATH",
            Self::NameUnresolved => "DNS_NAME_NOT_RESOLVED",
            Self::ZoneNotAssociated => "DNS_ZONE_NOT_ASSOCIATED",
            Self::NamesOff => "DNS_ATTRIBUTES_OFF",
            Self::EndpointPolicy => "VPCE_POLICY_DENIES",
            Self::NoResourcePolicy => "API_RESOURCE_POLICY_MISSING",
            Self::ResourcePolicy => "API_RESOURCE_POLICY_DENIES",
            Self::BucketPolicy => "BUCKET_POLICY_DENIES",
        }
    }

    /// What it means, in words.
    pub fn words(self) -> Text {
        match self {
            Self::BadState => text("reason.bad-state", "something on the way is down"),
            Self::BadStateAttachment => text(
                "reason.attachment",
                "the internet gateway is not attached to the VPC",
            ),
            Self::BadStateRoute => text("reason.blackhole", "the route's target does not exist"),
            Self::NoRoute => text("reason.no-route", "no route leads to the destination"),
            Self::PublicAddressForEgress => text(
                "reason.public-egress",
                "the source has no public address, and its route leads straight to the internet gateway",
            ),
            Self::PublicAddressForIngress => text(
                "reason.public-ingress",
                "the destination has no public address",
            ),
            Self::SecurityGroupRules => text(
                "reason.security-groups",
                "no security group rule lets the connection through",
            ),
            Self::ListenerPort => text("reason.listener-port", "no listener answers on the port"),
            Self::ListenerHasNoTargetGroup => text(
                "reason.no-target-group",
                "the listener forwards to no group that holds the destination",
            ),
            Self::NoRouteBack => text(
                "reason.no-route-back",
                "the packet arrives, but no route leads the answer back to the source",
            ),
            Self::PeeringNotTransitive => text(
                "reason.transitive",
                "a peering connection carries packets between its own two VPCs alone",
            ),
            Self::RangesOverlap => text(
                "reason.overlap",
                "AWS refuses the peering connection, since the ranges of the two VPCs overlap",
            ),
            Self::DisconnectedVpcs => text(
                "reason.disconnected",
                "the two stand in different VPCs, which no peering connection joins",
            ),
            Self::NoPath => text("reason.no-path", "there is no path between the two"),
            Self::GroupsOfSource => text(
                "reason.groups-of-source",
                "no rule of the source's security groups lets the connection out",
            ),
            Self::GroupsOfDestination => text(
                "reason.groups-of-destination",
                "no rule of the destination's security groups lets the connection in",
            ),
            Self::NameUnresolved => text(
                "reason.name-unresolved",
                "the API's name does not resolve in the VPC: no private hosted zone there has it, and no endpoint with private DNS",
            ),
            Self::ZoneNotAssociated => text(
                "reason.zone-not-associated",
                "the API's name does not resolve: its private hosted zone is not associated with the VPC",
            ),
            Self::NamesOff => text(
                "reason.names-off",
                "the API's name does not resolve: the VPC's DNS support or DNS hostnames are off",
            ),
            Self::EndpointPolicy => text(
                "reason.endpoint-policy",
                "403: the endpoint's policy does not let the call through",
            ),
            Self::NoResourcePolicy => text(
                "reason.no-resource-policy",
                "403: a private API without a resource policy answers nobody",
            ),
            Self::BucketPolicy => text(
                "reason.bucket-policy",
                "the bucket is private, and its policy does not let the request in",
            ),
            Self::ResourcePolicy => text(
                "reason.resource-policy",
                "403: the API's resource policy does not let callers in over this endpoint",
            ),
        }
    }
}
