//! The end of opening and of closing: no address stays that no gateway uses, and the result says what came of it.

use super::Settings;
use super::bounds::LOOKS;
use super::calls::Ec2;
use super::close::STUCK;
use super::state::{
    Then, all_of, caught, choice, copy, count, each, is, only, present, task, troubled, when,
};
use crate::aws::{Properties, Value, map, properties};

use Then::{End, Next};

pub(super) fn states(settings: &Settings) -> Properties {
    let mut states = releasing(settings);
    states.extend(ending());
    states
}

fn releasing(settings: &Settings) -> Properties {
    let item = map([
        ("address.$", "$$.Map.Item.Value".into()),
        ("opened.$", "$.opened".into()),
    ]);
    let machine = map([
        ("StartAt", "InUse".into()),
        ("States", Value::Map(address(settings))),
    ]);
    let bad = "$.released.bad[0]";
    let over = is("$.releases.looks", "NumericGreaterThanEquals", LOOKS);
    let rules = vec![
        when(all_of([present(bad), over]), "NotReleased"),
        when(present(bad), "CountRelease"),
    ];
    properties([
        (
            "FindAddresses",
            task(
                settings,
                "By the tags of the stack and the zone, which a kept address has not.",
                Ec2::FindAddresses.call(settings.calls),
                "$.held",
                vec![caught(STUCK, "HowItEnded")],
                Next("ReleaseAddresses"),
            ),
        ),
        (
            "ReleaseAddresses",
            each(
                "",
                "$.held.addresses",
                item,
                machine,
                (troubled(), "$.released"),
                "AllReleased",
            ),
        ),
        (
            "AllReleased",
            choice(
                "After trouble, another look tells whether the address is gone.",
                rules,
                "HowItEnded",
            ),
        ),
        (
            "CountRelease",
            count("$.releases", "looks", "FindAddresses"),
        ),
        (
            "NotReleased",
            copy("", "$.released.bad[0].error", STUCK, "HowItEnded"),
        ),
    ])
}

/// One address.
fn address(settings: &Settings) -> Properties {
    let used = all_of([
        is("$.opened", "BooleanEquals", true),
        present("$.address.AssociationId"),
    ]);
    let id = || ("address.$", Value::from("$.address.AllocationId"));
    properties([
        (
            "InUse",
            choice(
                "After closing no address is in use: what AWS refuses to release is told.",
                vec![when(used, "AddressStays")],
                "ReleaseAddress",
            ),
        ),
        (
            "ReleaseAddress",
            task(
                settings,
                "",
                Ec2::ReleaseAddress.call(settings.calls),
                "$.changed",
                vec![caught("$.error", "AddressLeft")],
                End,
            ),
        ),
        ("AddressStays", only("", map([id()]), End)),
        (
            "AddressLeft",
            only("", map([id(), ("error.$", "$.error".into())]), End),
        ),
    ])
}

fn ending() -> Properties {
    let rules = vec![
        when(present(STUCK), "Stuck"),
        when(present("$.failed"), "RolledBack"),
        when(is("$.opened", "BooleanEquals", true), "Opened"),
    ];
    properties([
        ("HowItEnded", choice("", rules, "Closed")),
        (
            "Stuck",
            result("Something may be left behind.", "stuck", Some(STUCK)),
        ),
        (
            "RolledBack",
            result(
                "Nothing is left of the opening.",
                "failed",
                Some("$.failed"),
            ),
        ),
        ("Opened", result("", "opened", None)),
        ("Closed", result("", "closed", None)),
    ])
}

/// What the zone's machine hands back: with an error where somebody must know.
fn result(comment: &str, outcome: &str, error: Option<&str>) -> Value {
    let mut result = properties([
        ("zone.$", "$.plan.zone".into()),
        ("outcome", outcome.into()),
    ]);
    if let Some(error) = error {
        result.push(("error.$".into(), error.into()));
    }
    only(comment, Value::Map(result), End)
}
