//! Time zones in which a schedule can be read.

use crate::design::option::{OptionKind, Setting, not_one_of};
use crate::text::Message;

/// A time zone of the IANA database, daylight saving included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeZone(&'static str);

/// One for every offset and rule that people near an AWS Region live by.
const ZONES: [&str; 44] = [
    "UTC",
    "America/Anchorage",
    "America/Bogota",
    "America/Buenos_Aires",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Phoenix",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Toronto",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Asia/Bangkok",
    "Asia/Dhaka",
    "Asia/Dubai",
    "Asia/Hong_Kong",
    "Asia/Jakarta",
    "Asia/Jerusalem",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Kuala_Lumpur",
    "Asia/Manila",
    "Asia/Riyadh",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Taipei",
    "Asia/Tokyo",
    "Australia/Melbourne",
    "Australia/Perth",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Paris",
    "Pacific/Auckland",
];

impl TimeZone {
    pub const UTC: Self = Self("UTC");
    pub const TOKYO: Self = Self("Asia/Tokyo");

    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl Setting for TimeZone {
    fn kind() -> OptionKind {
        OptionKind::Choice(ZONES.to_vec())
    }

    fn show(&self) -> String {
        self.0.to_owned()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let found = ZONES.iter().find(|it| **it == given.trim());
        found
            .map(|it| Self(it))
            .ok_or_else(|| not_one_of(given, &ZONES))
    }
}
