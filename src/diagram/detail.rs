//! How much a drawing tells.

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
