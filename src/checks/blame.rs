//! Which options a finding is about: those whose own value is wrong, so that it can be said beside their fields.

use ipnet::Ipv4Net;

use super::remedy::{Claim, adds, sets};
use super::{Finding, Subject};
use crate::design::{Design, Network};

impl Subject<'_> {
    /// Options that give properties of nodes; none where an edit of a single resource gives one of them instead.
    pub(super) fn blame(
        &self,
        claims: &[Claim<'_>],
        options: &[&'static str],
    ) -> Vec<&'static str> {
        let edits = self.design.map(|it| &it.overrides);
        let is_edited = edits.into_iter().flatten().any(|edit| {
            let concerns = |claim: &Claim<'_>| sets(edit, *claim) || adds(edit, claim.0);
            claims.iter().any(concerns)
        });
        if self.design.is_none() || is_edited {
            return Vec::new();
        }
        options.to_vec()
    }

    /// Options that give one of some ranges; none where the ranges come from the address plan or from edits.
    pub(super) fn blame_ranges(&self, ranges: &[Ipv4Net]) -> Vec<&'static str> {
        let Some(Design {
            network,
            vpcs,
            clients,
            ..
        }) = self.design
        else {
            return Vec::new();
        };
        let Network {
            cidr,
            public,
            private,
            isolated,
            secondary,
            ..
        } = network;
        let is_wrong = |range: &Ipv4Net| ranges.contains(range);
        [
            ("network.cidr", is_wrong(cidr)),
            (
                "network.public_cidrs",
                public.0.iter().flatten().any(is_wrong),
            ),
            (
                "network.private_cidrs",
                private.0.iter().flatten().any(is_wrong),
            ),
            (
                "network.isolated_cidrs",
                isolated.0.iter().flatten().any(is_wrong),
            ),
            ("network.secondary_cidrs", secondary.0.iter().any(is_wrong)),
            ("vpcs.cidrs", vpcs.cidrs.0.iter().flatten().any(is_wrong)),
            (
                "client.cidrs",
                clients.cidrs.0.iter().flatten().any(is_wrong),
            ),
        ]
        .into_iter()
        .filter_map(|(key, wrong)| wrong.then_some(key))
        .collect()
    }
}

/// What is wrong with the value of an option, by its key: the worst first.
pub fn at_option<'a>(findings: &'a [Finding], key: &str) -> impl Iterator<Item = &'a Finding> {
    findings.iter().filter(move |it| it.options.contains(&key))
}
