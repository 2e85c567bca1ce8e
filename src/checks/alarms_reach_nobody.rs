//! A topic passes alarms on to those who subscribe.

use super::site::has_kind;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Alarm, Name, StateMachine, Topic, Value, lookup};
use crate::text::{counted, text};
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "OB-005",
    severity: Severity::Low,
    title: text("check.ob-005.title", "Alarms that nobody gets"),
    why: text(
        "check.ob-005.why",
        "The alarms go to a topic without a subscription: they turn red where nobody looks.",
    ),
    advice: text(
        "check.ob-005.advice",
        "Enter an e-mail address, or subscribe a chat channel or a pager to the topic.",
    ),
    reference: "REL06-BP03",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    if has_kind(topology, "AWS::SNS::Subscription") {
        return;
    }
    for (name, topic) in topology.all::<Topic>() {
        let action = Value::Ref(name.clone());
        let alarms = topology
            .all::<Alarm>()
            .filter(|(_, it)| it.actions.contains(&action));
        let count = alarms.count();
        if lookup(&topic.rest, "Subscription").is_some() {
            continue;
        }
        if count == 0 {
            findings.extend(untold(topology, name));
            continue;
        }
        let message = counted(
            count,
            text(
                "check.ob-005.one",
                "{count} alarm goes to {topic}, which nobody subscribes to.",
            ),
            text(
                "check.ob-005.message",
                "{count} alarms go to {topic}, which nobody subscribes to.",
            ),
        )
        .with("topic", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message));
    }
}

/// A state machine that tells a topic of its runs, without alarms beside it.
fn untold(topology: &Topology, topic: &Name) -> Option<Finding> {
    let mut machines = topology.all::<StateMachine>().map(|(name, _)| name);
    let tells = |it: &&Name| {
        topology
            .node(it)
            .is_some_and(|it| it.references().contains(topic))
    };
    let machine = machines.find(tells)?;
    let message = text(
        "check.ob-005.runs",
        "{machine} tells {topic} how its runs end, which nobody subscribes to.",
    )
    .with("machine", machine.as_str())
    .with("topic", topic.as_str());
    Some(Finding::new(&CHECK, [topic], message))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    #[test]
    fn flags_a_topic_without_subscribers() {
        assert_eq!(
            findings(&CHECK, "", &[]),
            "AlarmTopic: 8 alarms go to AlarmTopic, which nobody subscribes to."
        );
    }

    #[test]
    fn accepts_an_address_another_subscription_and_no_alarms() {
        assert_eq!(
            findings(&CHECK, "observability.email=ops@example.com", &[]),
            ""
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[add(
                    "Pager",
                    "observability",
                    "AWS::SNS::Subscription",
                    json!({"TopicArn": {"Ref": "AlarmTopic"}, "Protocol": "https", "Endpoint": "https://example.com/pager"})
                )]
            ),
            ""
        );
        assert_eq!(findings(&CHECK, "observability.alarms=false", &[]), "");
    }

    #[test]
    fn flags_a_machine_that_tells_nobody() {
        let settings = "network.nat=scheduled observability.alarms=false";
        assert_eq!(
            findings(&CHECK, settings, &[]),
            "ScheduleTopic: NatSchedule tells ScheduleTopic how its runs end, which nobody subscribes to."
        );
        let told = format!("{settings} observability.email=ops@example.com");
        assert_eq!(findings(&CHECK, &told, &[]), "");
    }
}
