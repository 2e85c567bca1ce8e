//! Later steps of a system, each a switch: what it changes in the drawing, in the losses, in the findings and on the bill.

use super::candidate::shown;
use super::standing::{Redrawn, Shift, Standing, Turn, found, redrawn, shifts};
use crate::blueprint;
use crate::checks::Check;
use crate::cost::{Money, Total};
use crate::design::{Design, OptionKind, option};
use crate::text::{Text, text};
use crate::topology::Topology;

/// A step, and whether the design has taken it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Stable, as `third-zone`.
    pub id: &'static str,
    pub title: Text,
    /// What it is for.
    pub about: Text,
    pub is_on: bool,
    /// The design with the switch turned over.
    pub turned: Design,
}

/// A step with what it changes.
#[derive(Clone)]
pub struct Step {
    pub stage: Stage,
    pub effect: Effect,
}

/// What turning a step's switch changes.
#[derive(Clone)]
pub struct Effect {
    pub redrawn: Redrawn,
    /// Journeys that fare otherwise, by fault.
    pub shifts: Vec<Shift>,
    /// Rules that no longer find what they did.
    pub resolved: Vec<&'static Check>,
    /// Rules that find more.
    pub found: Vec<&'static Check>,
    /// US dollars a month.
    pub before: Total,
    pub after: Total,
    /// `None` where what has no price is not the same in both.
    pub change: Option<Money>,
}

impl Effect {
    /// Journeys that fare so, by fault.
    pub fn turned(&self, turn: Turn) -> impl Iterator<Item = &Shift> {
        self.shifts.iter().filter(move |it| it.turn() == turn)
    }
}

/// A step: option, its value when it is taken, its value when it is not. The first option says whether it is.
struct Row {
    id: &'static str,
    title: Text,
    about: Text,
    settings: &'static [(&'static str, &'static str, &'static str)],
}

const ROWS: &[Row] = &[
    Row {
        id: "nat-per-zone",
        title: text("growth.nat-per-zone", "A NAT gateway in each zone"),
        about: text(
            "growth.nat-per-zone.about",
            "The loss of one zone no longer takes the way out of the others.",
        ),
        settings: &[("network.nat", "per-az", "single")],
    },
    Row {
        id: "cdn",
        title: text("growth.cdn", "CloudFront and AWS WAF"),
        about: text(
            "growth.cdn.about",
            "Answers from near the users, and a firewall before the load balancer.",
        ),
        settings: &[
            ("edge.cloudfront", "true", "false"),
            ("edge.waf", "true", "false"),
        ],
    },
    Row {
        id: "read-replicas",
        title: text("growth.read-replicas", "Two read replicas"),
        about: text(
            "growth.read-replicas.about",
            "Reads leave the primary; each copy lags behind by a little.",
        ),
        settings: &[("database.read_replicas", "2", "0")],
    },
    Row {
        id: "cache",
        title: text("growth.cache", "ElastiCache"),
        about: text(
            "growth.cache.about",
            "What is read often comes from memory, and the database is spared.",
        ),
        settings: &[("cache.enabled", "true", "false")],
    },
    Row {
        id: "proxy",
        title: text("growth.proxy", "RDS Proxy"),
        about: text(
            "growth.proxy.about",
            "Connections are pooled, and outlive a failover.",
        ),
        settings: &[("database.proxy", "true", "false")],
    },
    Row {
        id: "aurora",
        title: text("growth.aurora", "Aurora"),
        about: text(
            "growth.aurora.about",
            "A volume in three zones, and a reader that takes over in less than 60 s. It starts empty: restore a snapshot of the instance, or migrate.",
        ),
        settings: &[
            ("database.kind", "aurora", "rds"),
            ("database.class", "db.t4g.medium", "db.t3.micro"),
        ],
    },
    Row {
        id: "aurora-serverless",
        title: text("growth.aurora-serverless", "Aurora Serverless v2"),
        about: text(
            "growth.aurora-serverless.about",
            "The same, with a capacity that follows the load. It starts empty: restore a snapshot of the instance, or migrate.",
        ),
        settings: &[("database.kind", "aurora-serverless", "rds")],
    },
    Row {
        id: "dax",
        title: text("growth.dax", "DAX"),
        about: text(
            "growth.dax.about",
            "Reads of the orders' table come from memory.",
        ),
        settings: &[("burst.dax", "true", "false")],
    },
    Row {
        id: "pre-warming",
        title: text("growth.pre-warming", "Warm pool and predictive scaling"),
        about: text(
            "growth.pre-warming.about",
            "Instances that were started before wait for a rush, and the group grows before one that comes every day.",
        ),
        settings: &[
            ("fleet.warm_pool", "2", "0"),
            ("fleet.predictive", "true", "false"),
        ],
    },
    Row {
        id: "third-zone",
        title: text("growth.third-zone", "A third zone"),
        about: text(
            "growth.third-zone.about",
            "The loss of a zone takes a third, not half; an instance stands in each.",
        ),
        settings: &[
            ("network.zones", "3", "2"),
            ("fleet.min", "3", "2"),
            ("fleet.desired", "3", "2"),
        ],
    },
    Row {
        id: "backup-copy",
        title: text("growth.backup-copy", "Backups in another Region"),
        about: text(
            "growth.backup-copy.about",
            "A recovery point every day, and a copy that outlives the Region.",
        ),
        settings: &[
            ("backup.enabled", "true", "false"),
            ("backup.copy", "true", "false"),
        ],
    },
    Row {
        id: "global-table",
        title: text("growth.global-table", "DynamoDB global table"),
        about: text(
            "growth.global-table.about",
            "The orders' table is copied to another Region, which can write too. It starts empty: copy the orders, or restore them from a backup.",
        ),
        settings: &[("burst.table_replica", "us-west-2", "none")],
    },
    Row {
        id: "latency-routing",
        title: text(
            "growth.latency-routing",
            "Latency routing to a second Region",
        ),
        about: text(
            "growth.latency-routing.about",
            "Users reach the nearer of two Regions, and the other one while that fails. Names of example.com stand in for a domain and for what answers there, where the design has none.",
        ),
        settings: &[
            ("dns.routing", "latency", "failover"),
            ("balancer.domain", "shop.example.com", ""),
            ("dns.second_target", "shop.eu.example.com", ""),
        ],
    },
];

/// The steps that a design with its topology can take, or take back, in the order in which systems usually grow.
pub fn stages(design: &Design, topology: &Topology) -> Vec<Stage> {
    let rows = ROWS.iter();
    rows.filter_map(|it| stage(design, topology, it)).collect()
}

/// What turning a step's switch changes in the design that stands.
pub fn effect(present: &Standing, stage: &Stage) -> Effect {
    let next = Standing::of(&stage.turned);
    Effect {
        redrawn: redrawn(&present.topology, &next.topology),
        shifts: shifts(&present.sweep, &next.sweep),
        resolved: found(&next.findings, &present.findings),
        found: found(&present.findings, &next.findings),
        before: present.bill.monthly,
        after: next.bill.monthly,
        change: next.bill.since(&present.bill),
    }
}

/// Every step with what it changes.
pub fn growth(design: &Design) -> Vec<Step> {
    let present = Standing::of(design);
    let stages = stages(design, &present.topology).into_iter();
    stages
        .map(|stage| Step {
            effect: effect(&present, &stage),
            stage,
        })
        .collect()
}

/// `None` for a step whose options the design has no use for.
fn stage(design: &Design, topology: &Topology, row: &Row) -> Option<Stage> {
    let is_on = is_taken(design, row);
    let mut turned = design.clone();
    for setting in row.settings {
        let (key, ..) = setting;
        let given = if is_on {
            back(design, row, setting)
        } else {
            onward(design, setting)?
        };
        turned.set(key, &given).ok()?;
    }
    let stage = Stage {
        id: row.id,
        title: row.title,
        about: row.about,
        is_on,
        turned,
    };
    (stage.turned.expand() != *topology).then_some(stage)
}

/// What an option is set to when the step is taken: a larger number, a name or a larger class of its own stays.
fn onward(design: &Design, (key, taken, _): &(&str, &str, &str)) -> Option<String> {
    let own = shown(design, key);
    let stays = match (option(key)?.kind)() {
        OptionKind::Whole { .. } => own.parse::<u32>().ok() > taken.parse::<u32>().ok(),
        OptionKind::Words { .. } => !own.is_empty(),
        OptionKind::Choice(values) if *key == CLASS => {
            let place = |it: &str| values.iter().position(|value| *value == it);
            place(&own) > place(taken)
        }
        OptionKind::Switch
        | OptionKind::Choice(_)
        | OptionKind::Range
        | OptionKind::Ranges
        | OptionKind::Blocks { .. }
        | OptionKind::Places { .. }
        | OptionKind::Labels { .. }
        | OptionKind::Addresses { .. }
        | OptionKind::Windows { .. }
        | OptionKind::Curve { .. } => false,
    };
    Some(if stays { own } else { (*taken).to_owned() })
}

/// What an option is set to when the step is taken back: what the blueprint opens with, where that has not taken the step
/// itself; a value that the step has not set stays.
fn back(design: &Design, row: &Row, (key, taken, without): &(&str, &str, &str)) -> String {
    let own = shown(design, key);
    if own != *taken && *key != REPLICA {
        return own;
    }
    let base = blueprint::base(&design.blueprint).filter(|it| !is_taken(it, row));
    base.map_or_else(|| (*without).to_owned(), |it| shown(&it, key))
}

fn is_taken(design: &Design, row: &Row) -> bool {
    let first = row.settings.first();
    first.is_some_and(|(key, taken, without)| {
        let own = shown(design, key);
        if *key == REPLICA {
            own != *without
        } else {
            own == *taken
        }
    })
}

/// Any Region but none takes the step.
const REPLICA: &str = "burst.table_replica";

/// Its values stand in the order of their size, the small families first.
const CLASS: &str = "database.class";

#[cfg(test)]
mod tests {
    use super::{growth, stages};
    use crate::blueprint;
    use crate::compare::Turn;
    use crate::cost::bill;
    use crate::design::Design;

    const DESIGNS: [&str; 3] = ["multi-tier-web", "three-tier-ha", "ecommerce-burst"];

    fn base(id: &str) -> Design {
        blueprint::base(id).unwrap()
    }

    #[test]
    fn a_step_changes_what_it_says() {
        for id in DESIGNS {
            let design = base(id);
            let before = design.expand();
            for step in growth(&design) {
                let (stage, effect) = (&step.stage, &step.effect);
                let after = stage.turned.expand();
                let own = |topology, design: &Design| bill(topology, &design.assumptions).monthly;
                assert_eq!(effect.before, own(&before, &design), "{}", stage.id);
                assert_eq!(effect.after, own(&after, &stage.turned), "{}", stage.id);
                let drawn = &effect.redrawn;
                for name in &drawn.added {
                    assert!(before.node(name).is_none() && after.node(name).is_some());
                }
                for name in &drawn.removed {
                    assert!(before.node(name).is_some() && after.node(name).is_none());
                }
                let grown = after.nodes().len() as i64 - before.nodes().len() as i64;
                let told = drawn.added.len() as i64 - drawn.removed.len() as i64;
                assert_eq!(grown, told, "{}", stage.id);
            }
        }
    }

    #[test]
    fn a_step_that_is_taken_can_be_taken_back() {
        for id in DESIGNS {
            let design = base(id);
            for stage in stages(&design, &design.expand())
                .iter()
                .filter(|it| !it.is_on)
            {
                let now = stages(&stage.turned, &stage.turned.expand());
                let back = now.iter().find(|it| it.id == stage.id).unwrap();
                assert!(back.is_on, "{id} {}", stage.id);
                assert_eq!(back.turned, design, "{id} {}", stage.id);
            }
        }
    }

    #[test]
    fn a_replica_in_any_region_is_a_global_table() {
        let design = base("ecommerce-burst").with("burst.table_replica", "eu-west-1");
        let all = stages(&design, &design.expand());
        let stage = all.iter().find(|it| it.id == "global-table").unwrap();
        assert!(stage.is_on);
        assert_eq!(stage.turned, base("ecommerce-burst"));
    }

    #[test]
    fn a_gateway_in_each_zone_keeps_the_way_out_of_the_others() {
        let design = base("multi-tier-web");
        let steps = growth(&design);
        let step = steps
            .iter()
            .find(|it| it.stage.id == "nat-per-zone")
            .unwrap();
        let mut better = step.effect.turned(Turn::Better);
        assert!(better.any(|it| it.id == "outbound" && it.fault.to_string() == "az:a"));
        assert!(step.effect.resolved.iter().any(|it| it.code == "RT-006"));
        assert_eq!(step.effect.turned(Turn::Broken).count(), 0);
    }
}
