//! Flow logs record who talked to whom.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{FlowLog, Vpc};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "OB-001",
    severity: Severity::Medium,
    title: text("check.ob-001.title", "VPC without flow logs"),
    why: text(
        "check.ob-001.why",
        "After an incident nobody can say which connections were made, and a rejected packet leaves no trace.",
    ),
    advice: text(
        "check.ob-001.advice",
        "Write flow logs of the VPC to S3 or CloudWatch Logs.",
    ),
    reference: "SEC04-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<Vpc>() {
        if topology
            .all::<FlowLog>()
            .any(|(_, it)| it.vpc.name == *name)
        {
            continue;
        }
        let message = text(
            "check.ob-001.message",
            "No flow log records the connections of {vpc}.",
        )
        .with("vpc", name.as_str());
        let title = text("check.ob-001.fix", "Turn VPC Flow Logs on");
        let option = if subject.is_client(name) {
            "client.flow_logs"
        } else {
            "observability.flow_logs"
        };
        let fix = subject.fix(&[(name, "")], title, &[(option, &true)]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_vpc_without() {
        assert_eq!(
            findings(&CHECK, "observability.flow_logs=false", &[]),
            "Vpc: No flow log records the connections of Vpc."
        );
    }

    #[test]
    fn accepts_a_vpc_with() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
