//! NAT gateways that exist only inside windows of the week: schedules start a state machine at opening and closing time.

pub mod definition;
mod machine;
pub mod permissions;
mod program;
mod rest;
mod start;
mod watch;
mod window;
mod zone;

pub use definition::Calls;
pub use window::{Window, Windows};
pub use zone::TimeZone;

use definition::{Parts, Planned, Settings};
use program::{ADDRESSES, GATEWAYS, Program, ROUTES, ZONAL};

use super::network::{ATTACHMENT, Nat, Tier, subnet_name};
use super::observability::{Told, topic};
use super::option::{Whole, choice, component};
use super::policy::trust;
use super::routes::{self, NAT_ADDRESS};
use super::{Design, Edit, Expansion, NETWORK, SCHEDULE};
use crate::aws::week::Days;
use crate::aws::{ElasticIp, LogGroup, Name, Role, Table, Value, Zone, list, map, properties};
use crate::text::text;
use crate::topology::Keep;

choice! {
    /// How many gateways a window has.
    Gateways {
        /// One in zone a for all private subnets.
        One = "one",
        /// One in each zone.
        PerZone = "per-az",
    }
}

/// So many windows can be given.
pub const MOST: usize = 4;

component! {
    /// The windows of the NAT gateways, and how they are opened and closed.
    Schedules at schedule in Schedule {
        "schedule.windows" "yw" windows: Windows<MOST> = saturday(), "Windows", "When the NAT gateways are there: days and times with commas between, as sat 01:00-03:00, mon-fri 22:00-02:00 or daily 01:30-02:30. One that ends before it begins ends on the day after";
        "schedule.timezone" "yz" timezone: TimeZone = TimeZone::UTC, "Time zone", "Time zone of the windows; its daylight saving time is followed";
        "schedule.gateways" "yg" gateways: Gateways = Gateways::One, "Gateways in a window", "One NAT gateway in zone a for all zones, or one in each zone";
        "schedule.keep_address" "ya" keep_address: bool = false, "Keep the Elastic IP", "The same public address in every window, for the allow-lists of partners; it is billed outside of the windows too";
        "schedule.calls" "yc" calls: Calls = Calls::Functions, "Who calls EC2", "Lambda functions, or the state machine itself by its AWS SDK integrations";
        "schedule.attempts" "yt" attempts: Whole<0, 3> = Whole::new(3), "Further attempts of a call", "How often a call that failed is tried again, before the run takes back what it did and tells";
        "schedule.interval_seconds" "yi" interval: Whole<1, 30> = Whole::new(5), "First pause between attempts (s)", "Seconds before a call is tried again; each further pause is twice as long, up to eight times this";
        "schedule.poll_seconds" "yp" poll: Whole<10, 60> = Whole::new(15), "Look every (s)", "Seconds between two looks at a gateway that is being made or taken away; more of them where many gateways would fill the history of a run";
        "schedule.create_minutes" "yo" create: Whole<3, 30> = Whole::new(10), "Give up making after (min)", "Minutes of looking after which a gateway that is still pending is taken back; calls that fail take their time on top";
        "schedule.delete_minutes" "yd" delete: Whole<3, 30> = Whole::new(15), "Give up deleting after (min)", "Minutes of looking after which a gateway that is still there is told as stuck; calls that fail take their time on top";
        "schedule.flexible_minutes" "yf" flexible: Whole<0, 60> = Whole::new(0), "Flexible window (min)", "Minutes after the time within which EventBridge Scheduler may start; 0 starts on the minute";
        "schedule.delivery_minutes" "ym" delivery: Whole<1, 60> = Whole::new(10), "Deliver within (min)", "Minutes in which EventBridge Scheduler tries to start a run; then the start goes to the dead-letter queue";
        "schedule.delivery_attempts" "yr" deliveries: Whole<0, 185> = Whole::new(5), "Attempts of delivery", "How often EventBridge Scheduler tries again to start a run, within those minutes";
        "schedule.sweep_minutes" "ys" sweep: Whole<0, 1440> = Whole::new(60), "Sweep every (min)", "Minutes between two looks for what was left behind, which is then taken away; 0 never looks";
        "schedule.rest" "yb" rest: bool = false, "Let instances and database rest", "Outside of the windows the instances are scaled to none, and the database is stopped";
    }
}

fn saturday() -> Windows<MOST> {
    Windows(vec![Window {
        days: Days::one(5),
        open: 60,
        minutes: 120,
    }])
}

impl Schedules {
    /// Hours after which a gateway has outlived its window: the longest one, and an hour for what goes slowly.
    fn overdue_hours(&self) -> u32 {
        self.windows.longest().div_ceil(60) + 1
    }

    fn settings(&self) -> Settings {
        Settings {
            calls: self.calls,
            attempts: self.attempts.get(),
            interval_s: self.interval.get(),
            poll_s: self.poll.get(),
            create_minutes: self.create.get(),
            delete_minutes: self.delete.get(),
        }
    }
}

pub const MACHINE: &str = "NatSchedule";
const HOLDER_POLICY: &str = "NatScheduleHolderPolicy";
pub const LEDGER: &str = "NatLedger";
pub const TOPIC: &str = "ScheduleTopic";
const EMAIL: &str = "ScheduleEmail";
const DEAD_LETTERS: &str = "NatDeadLetters";
const TEARDOWN: &str = "NatTeardown";
const LOG_DAYS: u32 = 30;

const TOLD: Told<'static> = Told {
    stack: SCHEDULE,
    topic: TOPIC,
    email: EMAIL,
};

/// Whether NAT gateways come and go by the clock.
pub(super) fn is_wanted(design: &Design) -> bool {
    design.network.nat == Nat::Scheduled && design.network.is_public()
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let gateways = planned(design, to);
    if !is_wanted(design) || gateways.is_empty() {
        return;
    }
    topic(design, &TOLD, to);
    ledger(to);
    if design.schedule.calls == Calls::Functions {
        for program in ZONAL {
            program::expand(&program, &gateways, design, to);
        }
    }
    machine::machine(design, &gateways, to);
    machine::holder(&gateways, to);
    if design.schedule.sweep.get() > 0 {
        program::expand(&Program::SWEEPER, &gateways, design, to);
    }
    program::expand(&Program::TEARDOWN, &gateways, design, to);
    machine::teardown(design, to);
    start::schedules(design, to);
    if design.schedule.rest {
        rest::expand(design, to);
    }
    if design.observability.alarms {
        watch::expand(design, to);
    }
}

/// The gateways of a window, each with the tables that lead to it; a kept address is made here.
fn planned(design: &Design, to: &mut Expansion<'_>) -> Vec<Planned> {
    if !is_wanted(design) {
        return Vec::new();
    }
    let tables = routes::private_tables(design);
    let network = &design.network;
    let zones: Vec<Zone> = network
        .zones()
        .filter(|it| network.range(Tier::Public, *it).is_some())
        .collect();
    let plan = |zone: Zone, tables: &[String], to: &mut Expansion<'_>| Planned {
        zone: zone.to_string(),
        subnet: subnet_name(Tier::Public, zone).into(),
        tables: tables.iter().map(Name::from).collect(),
        allocation: design.schedule.keep_address.then(|| kept(to, zone)),
    };
    match design.schedule.gateways {
        Gateways::One => zones
            .into_iter()
            .take(1)
            .map(|zone| plan(zone, &tables, to))
            .collect(),
        Gateways::PerZone => zones
            .into_iter()
            .filter_map(|zone| Some((zone, tables.get(zone.index())?)))
            .map(|(zone, table)| plan(zone, std::slice::from_ref(table), to))
            .collect(),
    }
}

/// The address that a gateway has in every window.
fn kept(to: &mut Expansion<'_>, zone: Zone) -> Name {
    let name = format!("{NAT_ADDRESS}{}", zone.capital());
    let tags = to.tags(&format!("nat-{zone}"));
    to.add(
        NETWORK,
        name.as_str(),
        ElasticIp {
            domain: "vpc".into(),
            tags,
            rest: Vec::new(),
        },
    )
    .after(ATTACHMENT)
    .comment(text(
        "comment.kept-address",
        "The address stays between the windows, so that partners can allow it; it is billed all the time.",
    ));
    name.into()
}

/// Whose turn it is: runs wait for one another here, and one that comes too late sees it.
fn ledger(to: &mut Expansion<'_>) {
    let tags = to.tags("nat-ledger");
    let key = |kind: &'static str, word: &'static str| {
        list([map([("AttributeName", "id".into()), (kind, word.into())])])
    };
    let items = |value: Value| value.as_list().unwrap_or_default().to_vec();
    let node = to.add(
        SCHEDULE,
        LEDGER,
        Table {
            keys: items(key("KeyType", "HASH")),
            attributes: items(key("AttributeType", "S")),
            billing: Some("PAY_PER_REQUEST".into()),
            recovery: Some(map([("PointInTimeRecoveryEnabled", true.into())])),
            encryption: Some(map([("SSEEnabled", true.into())])),
            protected: None,
            ttl: None,
            indexes: Vec::new(),
            tags,
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
    node.comment(text(
        "comment.ledger",
        "One item: which run has its turn, and what was asked for last. Two runs never work at once, and an opening that arrives after its closing does nothing.",
    ));
}

fn log_group(to: &mut Expansion<'_>, name: &str, tag: &str, path: Option<Value>) {
    let tags = to.tags(tag);
    let node = to.add(
        SCHEDULE,
        name,
        LogGroup {
            name: path,
            retention: Some(LOG_DAYS),
            tags,
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
}

/// A role that one service takes on, for this account alone, with one policy.
fn role(to: &mut Expansion<'_>, name: &str, service: &str, tag: &str, statements: Vec<Value>) {
    let account = map([(
        "StringEquals",
        map([("aws:SourceAccount", Value::reference("AWS::AccountId"))]),
    )]);
    let own = map([
        ("PolicyName", "own".into()),
        (
            "PolicyDocument",
            map([
                ("Version", "2012-10-17".into()),
                ("Statement", Value::List(statements)),
            ]),
        ),
    ]);
    // Lambda does not say for which account it takes a role on.
    let trust = match service {
        "lambda.amazonaws.com" => trust(service, []),
        _ => trust(service, [("Condition", account)]),
    };
    let tags = to.tags(tag);
    to.add(
        SCHEDULE,
        name,
        Role {
            trust,
            managed_policies: Vec::new(),
            tags,
            rest: properties([("Policies", list([own]))]),
        },
    );
}

/// The nodes that the machine works with.
fn parts() -> Parts {
    Parts {
        ledger: LEDGER.into(),
        topic: TOPIC.into(),
        addresses: ADDRESSES.node().into(),
        gateways: GATEWAYS.node().into(),
        routes: ROUTES.node().into(),
    }
}
