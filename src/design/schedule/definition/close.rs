//! Closes one gateway, and cleans up after an opening that failed: first the routes, then the gateway, then its address.
//!
//! It goes round, from what is there to what should be, until nothing is left or the time is over: so a gateway that shows up
//! late, a route that could not be removed at once and an attempt without an answer need no states of their own.

use super::Settings;
use super::bounds::delete_looks;
use super::calls::Ec2;
use super::open::trouble;
use super::state::{
    Then, absent, all_of, caught, choice, count, each, is, only, pass, present, task, text_is,
    troubled, wait, when,
};
use crate::aws::{Properties, Value, map, properties};

use Then::{End, Next};

pub(super) const STUCK: &str = "$.stuck";

pub(super) fn states(settings: &Settings) -> Properties {
    let mut states = finding(settings);
    states.extend(deleting(settings));
    states.extend(waiting(settings));
    states
}

fn finding(settings: &Settings) -> Properties {
    let find = Ec2::FindGateways(&["pending", "available", "deleting", "failed"]);
    let item = map([
        ("table.$", "$$.Map.Item.Value".into()),
        ("ids.$", "$.found.ids".into()),
    ]);
    let machine = map([
        ("StartAt", "ReadRoute".into()),
        ("States", Value::Map(route(settings))),
    ]);
    properties([
        (
            "FindGateways",
            task(
                settings,
                "Only what carries the stack's tag, in this subnet.",
                find.call(settings.calls),
                "$.found",
                vec![caught("$.found", "WaitDeleted")],
                Next("RemoveRoutes"),
            ),
        ),
        (
            "RemoveRoutes",
            each(
                "Before their gateway, so that nothing is sent to where nobody answers.",
                "$.plan.tables",
                item,
                machine,
                (troubled(), "$.cleared"),
                "DeleteGateways",
            ),
        ),
    ])
}

/// The default route of one table.
fn route(settings: &Settings) -> Properties {
    let calls = settings.calls;
    let target = "$.read.routes[0].NatGatewayId";
    let dead = is("$.read.routes[0].State", "StringEquals", "blackhole");
    let rules = vec![
        when(absent(target), "RouteStays"),
        when(dead, "DeleteRoute"),
    ];
    let ours = format!("States.ArrayContains($.ids, {target})");
    let ours = map([("ours.$", ours.into())]);
    let is_ours = is("$.compared.ours", "BooleanEquals", true);
    let table = || ("table.$", Value::from("$.table"));
    let left = || vec![caught("$.error", "RouteLeft")];
    properties([
        (
            "ReadRoute",
            task(
                settings,
                "",
                Ec2::ReadTable.call(calls),
                "$.read",
                left(),
                Next("RouteToNat"),
            ),
        ),
        (
            "RouteToNat",
            choice(
                "No route, or one to something other than a NAT gateway, is none of ours.",
                rules,
                "Compare",
            ),
        ),
        ("Compare", pass("", ours, "$.compared", "IsOurs")),
        (
            "IsOurs",
            choice("", vec![when(is_ours, "DeleteRoute")], "RouteStays"),
        ),
        (
            "DeleteRoute",
            task(
                settings,
                "",
                Ec2::DeleteRoute.call(calls),
                "$.changed",
                left(),
                End,
            ),
        ),
        ("RouteStays", only("", map([table()]), End)),
        (
            "RouteLeft",
            only("", map([table(), ("error.$", "$.error".into())]), End),
        ),
    ])
}

fn deleting(settings: &Settings) -> Properties {
    let state = "$.gateway.State";
    let standing = vec![
        when(is(state, "StringEquals", "pending"), "DeleteGateway"),
        when(is(state, "StringEquals", "available"), "DeleteGateway"),
    ];
    let id = ("gateway.$", Value::from("$.gateway.NatGatewayId"));
    let states = properties([
        ("Stands", choice("", standing, "NotDeleting")),
        (
            "DeleteGateway",
            task(
                settings,
                "",
                Ec2::DeleteGateway.call(settings.calls),
                "$.changed",
                vec![caught("$.error", "NotDeleting")],
                End,
            ),
        ),
        (
            "NotDeleting",
            only("CheckDeleted tells what is left to do.", map([id]), End),
        ),
    ]);
    let machine = map([("StartAt", "Stands".into()), ("States", Value::Map(states))]);
    properties([(
        "DeleteGateways",
        each(
            "Even where a route could not be removed: a gateway that nobody needs costs money.",
            "$.found.gateways",
            map([("gateway.$", "$$.Map.Item.Value".into())]),
            machine,
            (map([("done", true.into())]), "$.ordered"),
            "WaitDeleted",
        ),
    )])
}

fn waiting(settings: &Settings) -> Properties {
    let find = Ec2::FindGateways(&["pending", "available", "deleting"]);
    let routes_left = "$.cleared.bad[0]";
    let gone = all_of([
        present("$.left.gateways"),
        absent("$.left.gateways[0]"),
        absent(routes_left),
    ]);
    let looks = delete_looks(settings);
    let over = is("$.deleting.looks", "NumericGreaterThanEquals", looks);
    let going = all_of([
        text_is("$.left.gateways[0].State", "deleting"),
        absent(routes_left),
    ]);
    let rules = vec![
        when(gone, "FindAddresses"),
        when(over, "NotDeleted"),
        when(going, "WaitDeleted"),
    ];
    let stuck = trouble(
        "NotDeleted",
        "States.Format('Not deleted in time. Gateways: {} Routes: {}', States.JsonToString($.left), States.JsonToString($.cleared))",
    );
    properties([
        ("WaitDeleted", wait(settings.poll_s, "CountDeleted")),
        ("CountDeleted", count("$.deleting", "looks", "CheckDeleted")),
        (
            "CheckDeleted",
            task(
                settings,
                "After a wait even where nothing was found: a gateway shows up a little after its creation.",
                find.call(settings.calls),
                "$.left",
                vec![caught("$.left", "IsDeleted")],
                Next("IsDeleted"),
            ),
        ),
        (
            "IsDeleted",
            choice(
                "What still stands is found and deleted once more.",
                rules,
                "FindGateways",
            ),
        ),
        ("NotDeleted", pass("", stuck, STUCK, "FindAddresses")),
    ])
}
