//! The systems that ship with the product: each is a value of the design model, with its words.

mod cross_region_private_api;
mod ecommerce_burst;
mod multi_tier_web;
mod scheduled_nat;
mod three_tier_ha;

use crate::design::Design;
use crate::design::link::{self, Shared};
use crate::text::{Message, Text};

/// A complete design to start from.
pub struct Blueprint {
    /// Stable for ever: files carry it.
    pub id: &'static str,
    /// What stands for it in links; stable for ever too.
    pub code: &'static str,
    pub title: Text,
    pub summary: Text,
    pub design: fn() -> Design,
}

/// Every blueprint, in the order in which they are offered.
pub const ALL: &[Blueprint] = &[
    multi_tier_web::BLUEPRINT,
    three_tier_ha::BLUEPRINT,
    cross_region_private_api::BLUEPRINT,
    ecommerce_burst::BLUEPRINT,
    scheduled_nat::BLUEPRINT,
];

/// A blueprint by its id.
pub fn find(id: &str) -> Option<&'static Blueprint> {
    ALL.iter().find(|it| it.id == id)
}

/// The design of a blueprint by its id.
pub fn base(id: &str) -> Option<Design> {
    find(id).map(|it| (it.design)())
}

/// The payload of a share link, without `#`.
pub fn link(shared: &Shared) -> String {
    with_codes(|codes| link::encode(shared, codes))
}

/// Reads a share link: a whole address, or what stands behind its `#`.
///
/// # Errors
/// What is wrong with it, in words.
pub fn open_link(link: &str) -> Result<Shared, Message> {
    with_codes(|codes| link::decode(link, codes))
}

fn with_codes<T>(run: impl FnOnce(&link::Codes<'_>) -> T) -> T {
    run(&link::Codes {
        base: &base,
        code: &|id| find(id).map(|it| it.code),
        id: &|code| ALL.iter().find(|it| it.code == code).map(|it| it.id),
    })
}
