//! All zones at once, and after them: the turn is given back, and the outcome is told.

use super::Settings;
use super::calls::{self, Call};
use super::state::{Then, catching, caught, choice, each, fail, present, succeed, task, when};
use crate::aws::{Properties, Value, list, map, properties};

use Then::Next;

/// Trouble of one zone is a result like another, so that the other zones go on.
pub(super) fn gateways(settings: &Settings) -> Value {
    let looks = || map([("looks", 0.into())]);
    let item = map([
        ("action.$", "$.action".into()),
        ("scheduled.$", "$.scheduled".into()),
        ("plan.$", "$$.Map.Item.Value".into()),
        ("opened", false.into()),
        ("pending", looks()),
        ("deleting", looks()),
        ("releases", looks()),
        // Until the routes have been looked at, they count as left.
        ("cleared", map([("bad", list(["not looked at"]))])),
    ]);
    let selector = map([("zones.$", "$".into()), ("bad.$", "$[?(@.error)]".into())]);
    let all = each(
        "",
        "$.gateways",
        item,
        super::gateway(settings),
        (selector, "$.run"),
        "Unlock",
    );
    catching(all, &[caught("$.broken", "Unlock")])
}

pub(super) fn states(settings: &Settings) -> Properties {
    let rules = vec![
        when(present("$.broken"), "TellFailure"),
        when(present("$.run.bad[0]"), "TellFailure"),
    ];
    properties([
        (
            "Unlock",
            task(
                settings,
                "If this fails, the next run sees that the holder has ended.",
                calls::update(
                    "REMOVE holder",
                    "holder = :me",
                    [(":me", "$$.Execution.Id")],
                ),
                "$.unlocked",
                vec![caught("$.unlocked", "Judge")],
                Next("Judge"),
            ),
        ),
        ("Judge", choice("", rules, "Tell")),
        (
            "Tell",
            tell(
                settings,
                "Scheduled NAT: done",
                "States.Format('Stack ${Stack}: {} of {} is done. {}', $.action, $.scheduled, States.JsonToString($.run.zones))",
                "Done",
            ),
        ),
        ("Done", succeed("")),
        (
            "TellFailure",
            tell(
                settings,
                "Scheduled NAT: failed",
                "States.Format('Stack ${Stack}: {} of {} failed. Where a result is stuck, something is left that costs money. {}', $.action, $.scheduled, States.JsonToString($))",
                "Failed",
            ),
        ),
        (
            "Failed",
            fail(
                "ScheduledNatFailed",
                "The message on the topic, or the last states of this run, say why.",
            ),
        ),
    ])
}

/// An outcome that cannot be told is a failure, which the alarm on failed runs tells.
fn tell(settings: &Settings, subject: &str, message: &str, next: &'static str) -> Value {
    let call: Call = calls::publish(subject, message);
    let catch = vec![caught("$.untold", "Failed")];
    task(settings, "", call, "$.told", catch, Next(next))
}
