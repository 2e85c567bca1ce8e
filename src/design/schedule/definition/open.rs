//! Opens one gateway: what is there is used again, and whatever goes wrong falls into closing, which cleans up.

use super::Settings;
use super::bounds::{LOOKS, create_looks};
use super::calls::{Call, Ec2};
use super::state::{
    Then, absent, all_of, any_of, caught, choice, copy, count, each, is, note, only, pass, place,
    present, task, text_is, troubled, wait, when,
};
use crate::aws::{Properties, Value, map, properties};

use Then::{End, Next};

const FAILED: &str = "$.failed";

pub(super) fn states(settings: &Settings) -> Properties {
    let close = is("$.action", "StringEquals", "close");
    let mut states = properties([(
        "Direction",
        choice("", vec![when(close, "FindGateways")], "FindGateway"),
    )]);
    states.extend(finding(settings));
    states.extend(creating(settings));
    states.extend(waiting(settings));
    states.extend(routing(settings));
    states
}

/// A call of which trouble ends the opening.
fn step(settings: &Settings, comment: &str, call: Call, path: &str, next: &'static str) -> Value {
    let catch = vec![caught(FAILED, "OpenFailed")];
    task(settings, comment, call, path, catch, Next(next))
}

fn finding(settings: &Settings) -> Properties {
    let find = Ec2::FindGateways(&["pending", "available"]).call(settings.calls);
    let there = present("$.found.gateways[0]");
    properties([
        (
            "FindGateway",
            step(
                settings,
                "Only what carries the stack's tag, in this subnet.",
                find,
                "$.found",
                "HasGateway",
            ),
        ),
        (
            "HasGateway",
            choice("", vec![when(there, "Adopt")], "KeepsAddress"),
        ),
        (
            "Adopt",
            copy(
                "A repeated or overlapping opening makes no second gateway.",
                "$.found.gateways[0]",
                "$.gateway",
                "CheckAvailable",
            ),
        ),
    ])
}

fn creating(settings: &Settings) -> Properties {
    let kept = present("$.plan.allocation");
    let address = map([("AllocationId.$", "$.plan.allocation".into())]);
    properties([
        (
            "KeepsAddress",
            choice("", vec![when(kept, "UseKeptAddress")], "AllocateAddress"),
        ),
        (
            "UseKeptAddress",
            pass(
                "The address belongs to the stack and is never released here.",
                address,
                "$.address",
                "CreateGateway",
            ),
        ),
        (
            "AllocateAddress",
            step(
                settings,
                "An answer that gets lost leaves an address too many, which ReleaseAddresses finds by its tags.",
                Ec2::AllocateAddress.call(settings.calls),
                "$.address",
                "CreateGateway",
            ),
        ),
        (
            "CreateGateway",
            step(
                settings,
                "With the same client token, another attempt is answered with the same gateway.",
                Ec2::CreateGateway.call(settings.calls),
                "$.gateway",
                "WaitAvailable",
            ),
        ),
    ])
}

fn waiting(settings: &Settings) -> Properties {
    let state = "$.seen.gateways[0].State";
    let lost = all_of([
        present(state),
        any_of([
            is(state, "StringEquals", "failed"),
            is(state, "StringEquals", "deleting"),
            is(state, "StringEquals", "deleted"),
        ]),
    ]);
    let looks = create_looks(settings);
    let over = is("$.pending.looks", "NumericGreaterThanEquals", looks);
    let rules = vec![
        when(text_is(state, "available"), "AddRoutes"),
        when(lost, "NotAvailable"),
        when(over, "NotAvailable"),
    ];
    let failed = trouble(
        "NotAvailable",
        "States.Format('The NAT gateway is not available in time: {}', States.JsonToString($.seen))",
    );
    properties([
        ("WaitAvailable", wait(settings.poll_s, "CountAvailable")),
        (
            "CountAvailable",
            count("$.pending", "looks", "CheckAvailable"),
        ),
        (
            "CheckAvailable",
            task(
                settings,
                "",
                Ec2::CheckGateway.call(settings.calls),
                "$.seen",
                vec![caught("$.seen", "IsAvailable")],
                Next("IsAvailable"),
            ),
        ),
        (
            "IsAvailable",
            choice(
                "A look that fails is followed by another, as long as there is time.",
                rules,
                "WaitAvailable",
            ),
        ),
        ("NotAvailable", pass("", failed, FAILED, "OpenFailed")),
        (
            "OpenFailed",
            place("What has been made is taken back.", "FindGateways"),
        ),
    ])
}

/// An error in the form that a caught one has.
pub(super) fn trouble(error: &str, cause: &str) -> Value {
    map([("Error", error.into()), ("Cause.$", cause.into())])
}

fn routing(settings: &Settings) -> Properties {
    let item = map([
        ("table.$", "$$.Map.Item.Value".into()),
        ("gateway.$", "$.gateway.NatGatewayId".into()),
        ("tries", map([("count", 0.into())])),
    ]);
    let machine = map([
        ("StartAt", "ReadTable".into()),
        ("States", Value::Map(route(settings))),
    ]);
    let bad = present("$.routed.bad[0]");
    properties([
        (
            "AddRoutes",
            each(
                "",
                "$.plan.tables",
                item,
                machine,
                (troubled(), "$.routed"),
                "AllRouted",
            ),
        ),
        (
            "AllRouted",
            choice("", vec![when(bad, "NotRouted")], "RoutesAdded"),
        ),
        (
            "NotRouted",
            copy("", "$.routed.bad[0].error", FAILED, "OpenFailed"),
        ),
        ("RoutesAdded", note("", "$.opened", "FindAddresses")),
    ])
}

/// The default route of one table.
fn route(settings: &Settings) -> Properties {
    let calls = settings.calls;
    let target = "$.read.routes[0].NatGatewayId";
    let ours = all_of([present(target), is(target, "StringEqualsPath", "$.gateway")]);
    let over = is("$.tries.count", "NumericGreaterThanEquals", LOOKS);
    // A route whose gateway is gone carries nothing; any other target is somebody's choice.
    let dead = all_of([
        present(target),
        is("$.read.routes[0].State", "StringEquals", "blackhole"),
    ]);
    let rules = vec![
        when(ours, "RouteAdded"),
        when(over, "RouteFailed"),
        when(absent("$.read.routes[0]"), "CreateRoute"),
        when(dead, "ReplaceRoute"),
    ];
    let table = || ("table.$", Value::from("$.table"));
    let taken = map([
        ("Error", "RouteTaken".into()),
        (
            "Cause",
            "The table has a default route that leads elsewhere, and it stays as it is.".into(),
        ),
    ]);
    let failed = || map([table(), ("error.$", "$.error".into())]);
    let change = |call: Ec2| {
        let again = vec![caught("$.error", "CountTry")];
        let added = Next("RouteAdded");
        task(settings, "", call.call(calls), "$.changed", again, added)
    };
    properties([
        (
            "ReadTable",
            task(
                settings,
                "",
                Ec2::ReadTable.call(calls),
                "$.read",
                vec![caught("$.error", "RouteFailed")],
                Next("HasRoute"),
            ),
        ),
        (
            "HasRoute",
            choice(
                "After trouble the table itself tells whether the route is there.",
                rules,
                "RouteTaken",
            ),
        ),
        ("CreateRoute", change(Ec2::CreateRoute)),
        ("ReplaceRoute", change(Ec2::ReplaceRoute)),
        ("CountTry", count("$.tries", "count", "ReadTable")),
        ("RouteAdded", only("", map([table()]), End)),
        (
            "RouteTaken",
            only("", map([table(), ("error", taken)]), End),
        ),
        ("RouteFailed", only("", failed(), End)),
    ])
}
