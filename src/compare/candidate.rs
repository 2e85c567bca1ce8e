//! Changes of one step each that could make a design cheaper.

use crate::design::{Design, OptionKind, option};
use crate::text::{Message, text};

/// A change, not yet priced or played.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub title: Message,
    /// Options and what they are set to.
    pub settings: Vec<(&'static str, String)>,
    /// The design with them.
    pub design: Design,
}

/// Switches of interface endpoints.
pub(super) const INTERFACES: [&str; 8] = [
    "endpoints.logs",
    "endpoints.monitoring",
    "endpoints.ssm",
    "endpoints.ecr",
    "endpoints.secretsmanager",
    "endpoints.sts",
    "endpoints.sqs",
    "endpoints.execute_api",
];

/// What costs nothing.
const GATEWAYS: [&str; 2] = ["endpoints.s3", "endpoints.dynamodb"];

/// Option and value that may be cheaper, where they are not there yet. What protects the system is not among them: neither
/// the firewall, nor alarms, nor the queue, whose worth a sale shows.
const VALUES: &[(&str, &str)] = &[
    ("endpoints.zones", "a"),
    ("database.storage_type", "gp3"),
    ("database.multi_az", "false"),
    ("database.proxy", "false"),
    ("cache.enabled", "false"),
    ("observability.dashboard", "false"),
    ("observability.log_days", "7"),
    ("assume.log_sample_percent", "10"),
    ("observability.archive_days", "30"),
    ("assume.savings_plan_percent", "70"),
    ("edge.origin_shield", "false"),
    ("edge.logs", "false"),
    ("burst.integration", "direct"),
    ("burst.consumer", "functions"),
    ("burst.consumer", "instances"),
    ("burst.store", "database"),
    ("burst.dax", "false"),
    ("burst.spot_percent", "100"),
    ("database.kind", "rds"),
    ("database.kind", "aurora"),
    ("database.kind", "aurora-serverless"),
    ("fleet.warm_pool", "0"),
];

/// Numbers that may be one less.
const COUNTS: [&str; 5] = [
    "database.read_replicas",
    "cache.replicas",
    "network.zones",
    "burst.workers",
    "burst.dax_nodes",
];

/// Types with a sibling on Graviton.
const TYPES: [&str; 3] = ["fleet.instance_type", "database.class", "cache.node_type"];

/// Families and their siblings (EC2, RDS and ElastiCache user guides, instance types).
const SIBLINGS: [(&str, &str); 6] = [
    ("t3", "t4g"),
    ("m5", "m6g"),
    ("m6i", "m6g"),
    ("c6i", "c6g"),
    ("r5", "r6g"),
    ("r6i", "r6g"),
];

/// Every change of one step that a design has room for.
pub fn candidates(design: &Design) -> Vec<Candidate> {
    let mut all = Vec::new();
    for strategy in ["single", "regional", "per-az", "endpoints-only", "none"] {
        all.extend(set(design, "network.nat", strategy));
    }
    for key in INTERFACES.iter().chain(&GATEWAYS) {
        let other = if shown(design, key) == "true" {
            "false"
        } else {
            "true"
        };
        all.extend(set(design, key, other));
    }
    all.extend(
        VALUES
            .iter()
            .filter_map(|(key, value)| set(design, key, value)),
    );
    for key in COUNTS {
        let fewer = shown(design, key).parse::<u32>().ok();
        let fewer = fewer.and_then(|it| it.checked_sub(1));
        all.extend(fewer.and_then(|it| set(design, key, &it.to_string())));
    }
    for key in TYPES {
        let sibling = sibling(&shown(design, key));
        all.extend(sibling.and_then(|it| set(design, key, &it)));
    }
    all.extend(fewer_instances(design));
    all.extend(smaller_instances(design));
    all.extend(one_gateway(design));
    all
}

pub(super) fn shown(design: &Design, key: &str) -> String {
    option(key).map(|it| (it.get)(design)).unwrap_or_default()
}

/// A change of one option; `None` where the option takes no such value, or has it.
fn set(design: &Design, key: &'static str, value: &str) -> Option<Candidate> {
    let spec = option(key)?;
    let words = match ((spec.kind)(), value) {
        (OptionKind::Switch, "true") => text("levers.on", "{section}, {option}: on").into(),
        (OptionKind::Switch, _) => text("levers.off", "{section}, {option}: off").into(),
        (_, _) => text(
            "levers.to",
            "{section}, {option}: {value} instead of {present}",
        )
        .with("value", value)
        .with("present", shown(design, key)),
    };
    make(
        design,
        Message::with(words, "option", spec.label).with("section", spec.section.title()),
        vec![(key, value.to_owned())],
    )
}

fn make(
    design: &Design,
    title: Message,
    settings: Vec<(&'static str, String)>,
) -> Option<Candidate> {
    let mut changed = design.clone();
    for (key, value) in &settings {
        changed.set(key, value).ok()?;
    }
    (changed != *design).then_some(Candidate {
        title,
        settings,
        design: changed,
    })
}

/// The same size of the sibling family: `db.t3.micro`, `db.t4g.micro`.
fn sibling(own: &str) -> Option<String> {
    let mut parts: Vec<&str> = own.split('.').collect();
    let place = parts.len().checked_sub(2)?;
    let family = parts.get_mut(place)?;
    let (_, sibling) = SIBLINGS.iter().find(|(it, _)| it == family)?;
    *family = sibling;
    Some(parts.join("."))
}

/// One instance less, which leaves its work to the others: where those then stay below what the group grows at.
fn fewer_instances(design: &Design) -> Option<Candidate> {
    let count = design.fleet.desired.get();
    let left = count.checked_sub(1).filter(|it| *it > 0)?;
    let cpu = busier(design, f64::from(count) / f64::from(left))?;
    let title = text(
        "levers.fewer-instances",
        "Web instances: {left} instead of {count}, at {cpu} % CPU each",
    )
    .with("left", left)
    .with("count", count)
    .with("cpu", cpu);
    let least = design.fleet.min.get().min(left);
    let settings = vec![
        ("fleet.min", least.to_string()),
        ("fleet.desired", left.to_string()),
        ("assume.cpu_percent", cpu.to_string()),
    ];
    design.has_application().then_some(())?;
    make(design, title, settings)
}

/// The next smaller type of the family, taken for half as strong: where it then stays below what the group grows at.
fn smaller_instances(design: &Design) -> Option<Candidate> {
    let key = "fleet.instance_type";
    let own = shown(design, key);
    let Some(OptionKind::Choice(types)) = option(key).map(|it| (it.kind)()) else {
        return None;
    };
    let place = types.iter().position(|it| *it == own)?;
    let smaller = types.get(place.checked_sub(1)?)?;
    let family = |it: &str| it.split('.').next().map(str::to_owned);
    if family(smaller) != family(&own) || !design.has_application() {
        return None;
    }
    let cpu = busier(design, 2.0)?;
    let title = text(
        "levers.smaller-instances",
        "Instance type: {smaller} instead of {own}, taken for half as strong: {cpu} % CPU",
    )
    .with("smaller", *smaller)
    .with("own", own)
    .with("cpu", cpu);
    let settings = vec![
        (key, (*smaller).to_owned()),
        ("assume.cpu_percent", cpu.to_string()),
    ];
    make(design, title, settings)
}

/// The CPU load times a factor; `None` where the group would grow again.
fn busier(design: &Design, factor: f64) -> Option<u32> {
    let cpu = (f64::from(design.assumptions.cpu.get()) * factor).ceil() as u32;
    (cpu < design.fleet.scale_out.get()).then_some(cpu)
}

/// The first customer gateway alone.
fn one_gateway(design: &Design) -> Option<Candidate> {
    let key = "vpn.customer_gateways";
    let own = shown(design, key);
    let (first, _) = own.split_once(',')?;
    let title = text(
        "levers.one-gateway",
        "VPN: one customer gateway instead of several",
    );
    make(design, title.into(), vec![(key, first.trim().to_owned())])
}
