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

    /// Whether security groups, every route, and what watches and steers are.
    pub fn has_layers(self) -> bool {
        match self {
            Self::Simple | Self::Network => false,
            Self::Full => true,
        }
    }

    /// Whether what stands in no network is shown though no wire leads to it. What answers requests and what holds data
    /// stays at every level; what watches, proves or permits does not.
    pub(super) fn keeps(self, glyph: Glyph) -> bool {
        match glyph {
            Glyph::ElasticIp
            | Glyph::RouteTable
            | Glyph::NetworkAcl
            | Glyph::Peering
            | Glyph::TargetGroup
            | Glyph::HealthCheck
            | Glyph::LaunchTemplate
            | Glyph::Registry
            | Glyph::Deployment
            | Glyph::Topic
            | Glyph::Alarm
            | Glyph::Dashboard
            | Glyph::LogGroup
            | Glyph::FlowLog
            | Glyph::Trail
            | Glyph::Configuration
            | Glyph::Parameter
            | Glyph::Session
            | Glyph::Stack
            | Glyph::SecurityGroup
            | Glyph::Certificate
            | Glyph::Role
            | Glyph::Key
            | Glyph::Secret
            | Glyph::ThreatDetector
            | Glyph::DataScanner
            | Glyph::VulnerabilityScanner
            | Glyph::SecurityHub => self.has_figures(),
            Glyph::Users
            | Glyph::Client
            | Glyph::Internet
            | Glyph::InternetGateway
            | Glyph::NatGateway
            | Glyph::Endpoint
            | Glyph::TransitGateway
            | Glyph::VpnGateway
            | Glyph::CustomerGateway
            | Glyph::LoadBalancer
            | Glyph::Distribution
            | Glyph::Api
            | Glyph::Dns
            | Glyph::AutoScalingGroup
            | Glyph::Instance
            | Glyph::Function
            | Glyph::Container
            | Glyph::DatabasePrimary
            | Glyph::DatabaseStandby
            | Glyph::DatabaseReplica
            | Glyph::DatabaseProxy
            | Glyph::Table
            | Glyph::TableCache
            | Glyph::CachePrimary
            | Glyph::CacheReplica
            | Glyph::Bucket
            | Glyph::Volume
            | Glyph::FileSystem
            | Glyph::Vault
            | Glyph::Backup
            | Glyph::Queue
            | Glyph::EventRule
            | Glyph::Schedule
            | Glyph::StateMachine
            | Glyph::Firewall
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
