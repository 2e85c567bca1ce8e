//! Why a path ends: explanation codes of VPC Reachability Analyzer, and what they mean in words.

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
    DisconnectedVpcs,
    NoPath,
}

impl Reason {
    /// Reachability Analyzer's explanation code.
    pub fn code(self) -> &'static str {
        match self {
            Self::BadState => "BAD_STATE",
            Self::BadStateAttachment => "BAD_STATE_ATTACHMENT",
            Self::BadStateRoute => "BAD_STATE_ROUTE",
            Self::NoRoute | Self::NoRouteBack => "NO_ROUTE_TO_DESTINATION",
            Self::PublicAddressForEgress => "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
            Self::PublicAddressForIngress => "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS",
            Self::SecurityGroupRules => "ENI_SG_RULES_MISMATCH",
            Self::ListenerPort => "ELBV2_LISTENER_PORT_RESTRICTION",
            Self::ListenerHasNoTargetGroup => "ELBV2_LISTENER_HAS_NO_TG",
            Self::PeeringNotTransitive => "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
            Self::DisconnectedVpcs => "DISCONNECTED_VPCS",
            Self::NoPath => "NO_PATH",
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
            Self::DisconnectedVpcs => text(
                "reason.disconnected",
                "the two stand in different VPCs, which no peering connection joins",
            ),
            Self::NoPath => text("reason.no-path", "there is no path between the two"),
        }
    }
}
