//! How much a drawing tells.

use crate::aws::Glyph;

/// A detail level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// What serves requests and holds data, for a projector.
    Simple,
    /// With address ranges, routes, sizes, and everything that watches and protects.
    #[default]
    Network,
    /// With security groups and every route.
    Full,
}

impl Detail {
    pub const ALL: [Self; 3] = [Self::Simple, Self::Network, Self::Full];

    /// In addresses and commands.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Network => "network",
            Self::Full => "full",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.tag() == tag)
    }

    /// Whether ranges, routes, addresses, sizes and classes are written down.
    pub(super) fn has_figures(self) -> bool {
        match self {
            Self::Simple => false,
            Self::Network | Self::Full => true,
        }
    }

    /// Whether security groups and every route are.
    pub(super) fn has_layers(self) -> bool {
        match self {
            Self::Simple | Self::Network => false,
            Self::Full => true,
        }
    }

    /// Whether what stands in no network is shown though no wire leads to it. What answers requests and what holds data
    /// stays at every level; what watches, proves or permits does not.
    pub(super) fn keeps(self, glyph: Glyph) -> bool {
        match glyph {
            Glyph::Alarm
            | Glyph::Dashboard
            | Glyph::Topic
            | Glyph::Trail
            | Glyph::FlowLog
            | Glyph::Certificate
            | Glyph::HealthCheck
            | Glyph::Role
            | Glyph::SecurityGroup
            | Glyph::ElasticIp
            | Glyph::RouteTable => self.has_figures(),
            Glyph::Users
            | Glyph::Internet
            | Glyph::InternetGateway
            | Glyph::NatGateway
            | Glyph::Endpoint
            | Glyph::LoadBalancer
            | Glyph::AutoScalingGroup
            | Glyph::Instance
            | Glyph::DatabasePrimary
            | Glyph::DatabaseStandby
            | Glyph::DatabaseReplica
            | Glyph::DatabaseProxy
            | Glyph::CachePrimary
            | Glyph::CacheReplica
            | Glyph::Vault
            | Glyph::Bucket
            | Glyph::Firewall
            | Glyph::Distribution
            | Glyph::Dns
            | Glyph::Generic => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Detail;

    #[test]
    fn every_level_is_found_by_its_tag() {
        for it in Detail::ALL {
            assert_eq!(Detail::from_tag(it.tag()), Some(it));
        }
        assert_eq!(Detail::from_tag("Full"), None);
    }
}
