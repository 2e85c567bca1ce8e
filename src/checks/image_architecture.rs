//! An image is built for one kind of processor.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Instance, LaunchTemplate, Name, Value};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "EC2-009",
    severity: Severity::Error,
    title: text("check.ec2-009.title", "Image for another processor"),
    why: text(
        "check.ec2-009.why",
        "EC2 refuses to launch an arm64 image on an x86 instance and the other way round; the group never gets an instance.",
    ),
    advice: text(
        "check.ec2-009.advice",
        "Change the instance type and the image together: the type with a g after its generation is Graviton, arm64.",
    ),
    reference: "EC2 user guide, AMI characteristics; EC2 API reference, InvalidParameterValue",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let templates = topology.all::<LaunchTemplate>();
    let templates = templates.map(|(name, it)| {
        let property = "LaunchTemplateData.InstanceType";
        (name, property, &it.data.image, &it.data.instance_type)
    });
    let hosts = topology.all::<Instance>();
    let hosts = hosts.map(|(name, it)| (name, "InstanceType", &it.image, &it.instance_type));
    for (name, property, image, kind) in templates.chain(hosts) {
        let built = if is_graviton(kind) { "x86_64" } else { "arm64" };
        if !default_of(topology, image).is_some_and(|it| it.contains(built)) {
            continue;
        }
        let message = text(
            "check.ec2-009.message",
            "{resource} launches {type} from an image for {built}.",
        )
        .with("resource", name.as_str())
        .with("type", kind)
        .with("built", built);
        let fix = subject.release(&[(name, property)]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// What a parameter that names an image stands for until somebody says otherwise.
pub fn default_of<'a>(topology: &'a Topology, image: &Value) -> Option<&'a str> {
    let Value::Ref(name) = image else {
        return None;
    };
    let is_it = |it: &Name| it == name;
    let mut parameters = topology.stacks.iter().flat_map(|it| &it.parameters);
    parameters.find(|it| is_it(&it.name))?.default.as_deref()
}

/// Whether a type has a Graviton processor: a g after the generation, or the first family of them.
fn is_graviton(kind: &str) -> bool {
    let family = kind.split('.').next().unwrap_or(kind);
    let after = family.trim_start_matches(|it: char| it.is_ascii_alphabetic());
    let after = after.trim_start_matches(|it: char| it.is_ascii_digit());
    after.starts_with('g') || family == "a1"
}

#[cfg(test)]
mod tests {
    use super::{CHECK, is_graviton};
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_type_that_the_image_is_not_for() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebLaunchTemplate",
                    "LaunchTemplateData.InstanceType",
                    json!("m7gd.large")
                )]
            ),
            "WebLaunchTemplate: WebLaunchTemplate launches m7gd.large from an image for x86_64."
        );
        assert_eq!(
            findings(
                &CHECK,
                "access.kind=bastion",
                &[set("Bastion", "InstanceType", json!("t3.nano"))]
            ),
            "Bastion: Bastion launches t3.nano from an image for arm64."
        );
    }

    #[test]
    fn accepts_every_type_with_the_image_that_comes_with_it() {
        for settings in ["", "fleet.instance_type=t4g.small access.kind=bastion"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }

    #[test]
    fn graviton_is_told_by_the_letter_after_the_generation() {
        let known = ["t4g.nano", "m7gd.large", "im4gn.large", "a1.large"];
        assert!(known.iter().all(|it| is_graviton(it)));
        let others = ["g4dn.xlarge", "m6i.large", "c6gx", "t3.micro"];
        assert_eq!(others.map(is_graviton), [false, false, true, false]);
    }
}
