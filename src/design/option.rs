//! What a person can change: one declaration a field gives the struct, its default, its key, its words and its parser.
//!
//! The page's form, `azimuth options`, `--set`, the design file and the share link all work from the same list.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde_json::Value as Json;

use super::Design;
use crate::aws::Region;
use crate::text::{Message, Text, text};

/// What an option takes.
#[derive(Debug, Clone, PartialEq)]
pub enum OptionKind {
    Switch,
    Whole {
        min: u32,
        max: u32,
    },
    Choice(Vec<&'static str>),
    /// An IPv4 range.
    Range,
    /// One IPv4 range a zone; `auto` in a place leaves it to the address plan.
    Ranges,
    /// So many IPv4 ranges at most.
    Blocks {
        max: usize,
    },
    /// So many IPv4 ranges at most, each for what stands in its place of another list; `auto` leaves it to the address plan.
    Places {
        max: usize,
    },
    /// So many short names at most.
    Labels {
        max: usize,
    },
    /// So many public IPv4 addresses at most.
    Addresses {
        max: usize,
    },
    /// One to so many windows of a week.
    Windows {
        max: usize,
    },
    /// One to so many minutes with a factor.
    Curve {
        max: usize,
    },
    /// Free text of at most so many characters.
    Words {
        max: usize,
    },
}

impl OptionKind {
    /// The word in `azimuth options --json`.
    pub fn tag(&self) -> &'static str {
        match self {
            Self::Switch => "switch",
            Self::Whole { .. } => "integer",
            Self::Choice(_) => "choice",
            Self::Range => "cidr",
            Self::Ranges | Self::Blocks { .. } | Self::Places { .. } => "cidr-list",
            Self::Labels { .. } => "name-list",
            Self::Addresses { .. } => "address-list",
            Self::Windows { .. } => "window-list",
            Self::Curve { .. } => "curve",
            Self::Words { .. } => "text",
        }
    }

    /// What is allowed, for `azimuth options --json`.
    pub fn allowed(&self) -> Json {
        match self {
            Self::Switch => serde_json::json!([true, false]),
            Self::Whole { min, max } => serde_json::json!({"min": min, "max": max}),
            Self::Choice(values) => serde_json::json!(values),
            Self::Range => serde_json::json!("a.b.c.d/n"),
            Self::Ranges => serde_json::json!("a.b.c.d/n or auto, one a zone, with commas between"),
            Self::Blocks { max } => {
                serde_json::json!(format!("up to {max} of a.b.c.d/n, with commas between"))
            }
            Self::Places { max } => serde_json::json!(format!(
                "up to {max} of a.b.c.d/n or auto, with commas between"
            )),
            Self::Labels { max } => serde_json::json!(format!(
                "up to {max} names of a-z and 0-9, with commas between"
            )),
            Self::Addresses { max } => {
                serde_json::json!(format!("up to {max} of a.b.c.d, with commas between"))
            }
            Self::Windows { max } => serde_json::json!(format!(
                "1 to {max} of days HH:MM-HH:MM, with commas between; days as sat, mon-fri, mon+wed or daily"
            )),
            Self::Curve { max } => {
                serde_json::json!(format!("1 to {max} of minute:factor, with commas between"))
            }
            Self::Words { max } => serde_json::json!({"max_length": max}),
        }
    }

    /// A value in its JSON type.
    pub fn json(&self, shown: &str) -> Json {
        match self {
            Self::Switch => Json::Bool(shown == "true"),
            Self::Whole { .. } => shown.parse::<u32>().map_or(Json::Null, Json::from),
            Self::Choice(_)
            | Self::Range
            | Self::Ranges
            | Self::Blocks { .. }
            | Self::Places { .. }
            | Self::Labels { .. }
            | Self::Addresses { .. }
            | Self::Windows { .. }
            | Self::Curve { .. }
            | Self::Words { .. } => shown.into(),
        }
    }
}

/// A heading of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Network,
    Schedule,
    Vpcs,
    Endpoints,
    Batch,
    Api,
    Clients,
    LoadBalancer,
    Fleet,
    Database,
    Edge,
    Cache,
    Burst,
    Access,
    Protection,
    Observability,
    Delivery,
    Account,
    Assumptions,
    Sale,
}

impl Section {
    pub const ALL: [Self; 20] = [
        Self::Network,
        Self::Schedule,
        Self::Vpcs,
        Self::Endpoints,
        Self::Batch,
        Self::Api,
        Self::Clients,
        Self::LoadBalancer,
        Self::Fleet,
        Self::Database,
        Self::Edge,
        Self::Cache,
        Self::Burst,
        Self::Access,
        Self::Protection,
        Self::Observability,
        Self::Delivery,
        Self::Account,
        Self::Assumptions,
        Self::Sale,
    ];

    /// Whether all that it sets belongs to the web application.
    pub fn is_of_application(self) -> bool {
        match self {
            Self::LoadBalancer | Self::Fleet | Self::Database | Self::Cache | Self::Access => true,
            Self::Network
            | Self::Schedule
            | Self::Vpcs
            | Self::Endpoints
            | Self::Batch
            | Self::Api
            | Self::Clients
            | Self::Edge
            | Self::Burst
            | Self::Protection
            | Self::Observability
            | Self::Delivery
            | Self::Account
            | Self::Assumptions
            | Self::Sale => false,
        }
    }

    pub fn title(self) -> Text {
        match self {
            Self::Network => text("section.network", "Network"),
            Self::Schedule => text("section.schedule", "Schedule"),
            Self::Batch => text("section.batch", "Batch instances"),
            Self::Vpcs => text("section.vpcs", "Further VPCs"),
            Self::Endpoints => text("section.endpoints", "VPC endpoints"),
            Self::Api => text("section.api", "Private API"),
            Self::Clients => text("section.clients", "Clients in other Regions"),
            Self::LoadBalancer => text("section.balancer", "Load balancer"),
            Self::Fleet => text("section.fleet", "Web instances"),
            Self::Database => text("section.database", "Database"),
            Self::Edge => text("section.edge", "Edge"),
            Self::Access => text("section.access", "Administrator access"),
            Self::Cache => text("section.cache", "Cache"),
            Self::Burst => text("section.burst", "Burst path"),
            Self::Protection => text("section.protection", "Backup and protection"),
            Self::Observability => text("section.observability", "Observability"),
            Self::Delivery => text("section.delivery", "Delivery"),
            Self::Account => text("section.account", "Account"),
            Self::Assumptions => text("section.assumptions", "Assumptions"),
            Self::Sale => text("section.sale", "Flash sale"),
        }
    }
}

/// One option of a design.
#[derive(Debug)]
pub struct OptionSpec {
    /// Stable for ever: files and links carry it.
    pub key: &'static str,
    /// The key in short links; stable for ever too.
    pub short: &'static str,
    pub section: Section,
    pub label: Text,
    pub help: Text,
    pub kind: fn() -> OptionKind,
    pub get: fn(&Design) -> String,
    /// Sets the option from text.
    ///
    /// # Errors
    /// The text is not what the option takes; the design is as it was.
    pub set: fn(&mut Design, &str) -> Result<(), Message>,
}

/// A type that an option can hold.
pub trait Setting: Sized {
    fn kind() -> OptionKind;

    /// The text that [`Setting::parse`] reads back.
    fn show(&self) -> String;

    /// # Errors
    /// What is wrong with the text, in words.
    fn parse(given: &str) -> Result<Self, Message>;
}

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole<const MIN: u32, const MAX: u32>(u32);

impl<const MIN: u32, const MAX: u32> Whole<MIN, MAX> {
    /// The number, pulled into the range.
    pub fn new(number: u32) -> Self {
        Self(number.clamp(MIN, MAX))
    }

    pub fn get(self) -> u32 {
        self.0
    }
}

impl<const MIN: u32, const MAX: u32> Setting for Whole<MIN, MAX> {
    fn kind() -> OptionKind {
        OptionKind::Whole { min: MIN, max: MAX }
    }

    fn show(&self) -> String {
        self.0.to_string()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let number = given.trim().parse::<u32>().ok();
        number
            .filter(|number| (MIN..=MAX).contains(number))
            .map(Self)
            .ok_or_else(|| {
                text(
                    "option.not-whole",
                    "“{given}” is not a whole number from {min} to {max}",
                )
                .with("given", shorten(given))
                .with("min", MIN)
                .with("max", MAX)
            })
    }
}

impl Setting for bool {
    fn kind() -> OptionKind {
        OptionKind::Switch
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        match given.trim() {
            "true" | "on" | "yes" => Ok(true),
            "false" | "off" | "no" => Ok(false),
            _ => Err(
                text("option.not-switch", "“{given}” is neither true nor false")
                    .with("given", shorten(given)),
            ),
        }
    }
}

impl Setting for Ipv4Net {
    fn kind() -> OptionKind {
        OptionKind::Range
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        given.trim().parse().map_err(|_| {
            text(
                "option.not-range",
                "“{given}” is not an IPv4 range; one looks like 10.0.0.0/16",
            )
            .with("given", shorten(given))
        })
    }
}

/// IPv4 ranges by zone; `None` is left to the address plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranges(pub Vec<Option<Ipv4Net>>);

impl Ranges {
    /// The range given for a zone, by index.
    pub fn of(&self, zone: usize) -> Option<Ipv4Net> {
        self.0.get(zone).copied().flatten()
    }
}

const AUTO: &str = "auto";

impl Setting for Ranges {
    fn kind() -> OptionKind {
        OptionKind::Ranges
    }

    fn show(&self) -> String {
        show_places(&self.0)
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let ranges = parse_places(given)?;
        if ranges.len() > crate::aws::Zone::MAX {
            return Err(
                text("option.too-many-ranges", "at most {max} ranges, one a zone")
                    .with("max", crate::aws::Zone::MAX),
            );
        }
        Ok(Self(ranges))
    }
}

fn show_places(ranges: &[Option<Ipv4Net>]) -> String {
    if ranges.iter().all(Option::is_none) {
        return AUTO.to_owned();
    }
    let shown = ranges
        .iter()
        .map(|it| it.map_or(AUTO.to_owned(), |range| range.to_string()));
    shown.collect::<Vec<_>>().join(",")
}

fn parse_places(given: &str) -> Result<Vec<Option<Ipv4Net>>, Message> {
    let item = |item: &str| match item.trim() {
        "" | AUTO => Ok(None),
        range => Ipv4Net::parse(range).map(Some),
    };
    let mut ranges = given.split(',').map(item).collect::<Result<Vec<_>, _>>()?;
    while ranges.last() == Some(&None) {
        ranges.pop();
    }
    Ok(ranges)
}

/// At most `MAX` IPv4 ranges by place in another list; `None` is left to the address plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places<const MAX: usize>(pub Vec<Option<Ipv4Net>>);

impl<const MAX: usize> Places<MAX> {
    /// The range given for a place.
    pub fn of(&self, place: usize) -> Option<Ipv4Net> {
        self.0.get(place).copied().flatten()
    }
}

impl<const MAX: usize> Setting for Places<MAX> {
    fn kind() -> OptionKind {
        OptionKind::Places { max: MAX }
    }

    fn show(&self) -> String {
        show_places(&self.0)
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let ranges = parse_places(given)?;
        if ranges.len() > MAX {
            return Err(text("option.too-many-blocks", "at most {max} ranges").with("max", MAX));
        }
        Ok(Self(ranges))
    }
}

/// At most `MAX` different names, each a lowercase letter with letters and digits behind it, [`LONGEST`] in all: short
/// enough for the names of resources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels<const MAX: usize>(pub Vec<String>);

/// Characters of a name.
const LONGEST: usize = 12;

impl<const MAX: usize> Setting for Labels<MAX> {
    fn kind() -> OptionKind {
        OptionKind::Labels { max: MAX }
    }

    fn show(&self) -> String {
        self.0.join(",")
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let mut names: Vec<String> = Vec::new();
        for name in given.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
            let starts = name.starts_with(|it: char| it.is_ascii_lowercase());
            if !starts || name.len() > LONGEST || !name.bytes().all(plain) {
                return Err(text(
                    "option.not-label",
                    "“{given}” is no name of 1 to {max} lowercase letters and digits that starts with a letter",
                )
                .with("given", shorten(name))
                .with("max", LONGEST));
            }
            if names.iter().any(|it| it == name) {
                return Err(text("option.label-twice", "“{given}” is there twice")
                    .with("given", shorten(name)));
            }
            names.push(name.to_owned());
        }
        if names.len() > MAX {
            return Err(text("option.too-many-labels", "at most {max} names").with("max", MAX));
        }
        Ok(Self(names))
    }
}

/// At most `MAX` IPv4 ranges.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blocks<const MAX: usize>(pub Vec<Ipv4Net>);

impl<const MAX: usize> Setting for Blocks<MAX> {
    fn kind() -> OptionKind {
        OptionKind::Blocks { max: MAX }
    }

    fn show(&self) -> String {
        let shown: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        shown.join(",")
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let items = given.split(',').map(str::trim).filter(|it| !it.is_empty());
        let ranges = items.map(Ipv4Net::parse).collect::<Result<Vec<_>, _>>()?;
        if ranges.len() > MAX {
            return Err(text("option.too-many-blocks", "at most {max} ranges").with("max", MAX));
        }
        Ok(Self(ranges))
    }
}

/// At most `MAX` different IPv4 addresses of the internet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addresses<const MAX: usize>(pub Vec<Ipv4Addr>);

/// Whether a router on the internet can have the address (IANA IPv4 Special-Purpose Address Registry; the ranges of
/// examples are taken for what they show).
fn is_public(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_shared = first == 100 && (64..128).contains(&second);
    // Protocol assignments, and benchmarks of devices.
    let is_special = matches!(address.octets(), [192, 0, 0, _] | [198, 18 | 19, ..]);
    let is_local = address.is_private() || address.is_loopback() || address.is_link_local();
    (1..224).contains(&first) && !is_shared && !is_special && !is_local
}

impl<const MAX: usize> Setting for Addresses<MAX> {
    fn kind() -> OptionKind {
        OptionKind::Addresses { max: MAX }
    }

    fn show(&self) -> String {
        let shown: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        shown.join(",")
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let mut addresses: Vec<Ipv4Addr> = Vec::new();
        for item in given.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            let parsed = item.parse().ok().filter(|it| is_public(*it));
            let Some(address) = parsed else {
                return Err(text(
                    "option.not-address",
                    "“{given}” is no public IPv4 address; one looks like 203.0.113.10",
                )
                .with("given", shorten(item)));
            };
            if addresses.contains(&address) {
                return Err(text("option.label-twice", "“{given}” is there twice")
                    .with("given", shorten(item)));
            }
            addresses.push(address);
        }
        if addresses.len() > MAX {
            return Err(
                text("option.too-many-addresses", "at most {max} addresses").with("max", MAX)
            );
        }
        Ok(Self(addresses))
    }
}

impl Setting for Region {
    fn kind() -> OptionKind {
        OptionKind::Choice(Self::all().map(Self::code).collect())
    }

    fn show(&self) -> String {
        self.code().to_owned()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        Self::from_code(given.trim())
            .ok_or_else(|| not_one_of(given, &Self::all().map(Self::code).collect::<Vec<_>>()))
    }
}

/// Free text of at most `MAX` characters, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words<const MAX: usize>(String);

impl<const MAX: usize> Words<MAX> {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Setting for Words<MAX> {
    fn kind() -> OptionKind {
        OptionKind::Words { max: MAX }
    }

    fn show(&self) -> String {
        self.0.clone()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let given = given.trim();
        if given.chars().count() > MAX {
            return Err(text("option.too-long", "at most {max} characters").with("max", MAX));
        }
        if given.chars().any(char::is_control) {
            return Err(text(
                "option.control",
                "line breaks and control characters are not allowed",
            )
            .into());
        }
        Ok(Self(given.to_owned()))
    }
}

/// "Not one of": the message for a choice.
pub fn not_one_of(given: &str, allowed: &[&str]) -> Message {
    text("option.not-one-of", "“{given}” is not one of {allowed}")
        .with("given", shorten(given))
        .with("allowed", allowed.join(", "))
}

/// At most 40 characters of what a person gave, for a message.
pub fn shorten(given: &str) -> String {
    if given.chars().count() <= 40 {
        return given.to_owned();
    }
    given.chars().take(39).chain(['…']).collect()
}

/// Declares an enum that an option can hold.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $tag:literal, )* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )*
        }

        impl $crate::design::option::Setting for $name {
            fn kind() -> $crate::design::OptionKind {
                $crate::design::OptionKind::Choice(vec![$($tag),*])
            }

            fn show(&self) -> String {
                match self { $( Self::$variant => $tag, )* }.to_owned()
            }

            fn parse(given: &str) -> Result<Self, $crate::text::Message> {
                match given.trim() {
                    $( $tag => Ok(Self::$variant), )*
                    _ => Err($crate::design::option::not_one_of(given, &[$($tag),*])),
                }
            }
        }
    };
}

/// Declares a component of a design: fields with type, default, key, short key and words.
macro_rules! component {
    (
        $(#[$meta:meta])*
        $name:ident at $field:ident in $section:ident {
            $( $(#[$option_meta:meta])*
               $key:literal $short:literal $option:ident : $type:ty = $default:expr, $label:literal, $help:literal; )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $( $(#[$option_meta])* pub $option: $type, )*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $( $option: $default, )* }
            }
        }

        impl $name {
            pub const OPTIONS: &'static [$crate::design::OptionSpec] = &[$(
                $crate::design::OptionSpec {
                    key: $key,
                    short: $short,
                    section: $crate::design::Section::$section,
                    label: $crate::text::text(concat!("option.", $key), $label),
                    help: $crate::text::text(concat!("option.", $key, ".help"), $help),
                    kind: <$type as $crate::design::option::Setting>::kind,
                    get: |design| $crate::design::option::Setting::show(&design.$field.$option),
                    set: |design, given| {
                        design.$field.$option = $crate::design::option::Setting::parse(given)?;
                        Ok(())
                    },
                },
            )*];
        }
    };
}

pub(crate) use {choice, component};
