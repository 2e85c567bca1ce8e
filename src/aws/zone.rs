//! Availability Zones and Regions.

use std::fmt;

use serde::{Serialize, Serializer};

/// An Availability Zone by its place in the Region's list, shown as a letter. The letter is ours: an account's own zone
/// names are shuffled, so a template never carries one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Zone(u8);

impl Zone {
    /// The largest number of zones that a Region has (us-east-1).
    pub const MAX: usize = 6;

    pub fn from_index(index: usize) -> Option<Self> {
        (index < Self::MAX).then_some(Self(index as u8))
    }

    /// The first `count` zones, at most [`Zone::MAX`].
    pub fn first(count: u32) -> impl Iterator<Item = Self> {
        (0..Self::MAX.min(count as usize)).map(|index| Self(index as u8))
    }

    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::first(Self::MAX as u32)
            .find(|zone| zone.letter().to_string() == letter.to_lowercase())
    }

    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// `a` to `f`.
    pub fn letter(self) -> char {
        char::from(b'a' + self.0)
    }

    /// `A` to `F`, for names of nodes.
    pub fn capital(self) -> char {
        char::from(b'A' + self.0)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A Region that the price table covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region(usize);

/// Code, city, and how many zones a new account can use. Zone counts: AWS global infrastructure page; an older account
/// may see fewer in Tokyo (three of four), so the smaller number stands.
const REGIONS: [(&str, &str, u32); 9] = [
    ("us-east-1", "N. Virginia", 6),
    ("us-west-2", "Oregon", 4),
    ("ap-northeast-1", "Tokyo", 3),
    ("ap-northeast-2", "Seoul", 4),
    ("ap-northeast-3", "Osaka", 3),
    ("ap-east-1", "Hong Kong", 3),
    ("ap-southeast-1", "Singapore", 3),
    ("eu-west-1", "Ireland", 3),
    ("eu-central-1", "Frankfurt", 3),
];

impl Region {
    pub const VIRGINIA: Self = Self(0);
    pub const OSAKA: Self = Self(4);
    pub const TOKYO: Self = Self(2);
    pub const IRELAND: Self = Self(7);
    /// Where CloudFront's certificates and web ACLs have to be (CloudFront and WAF developer guides).
    pub const EDGE: Self = Self::VIRGINIA;

    pub fn all() -> impl Iterator<Item = Self> {
        (0..REGIONS.len()).map(Self)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|region| region.code() == code)
    }

    pub fn code(self) -> &'static str {
        REGIONS[self.0].0
    }

    pub fn city(self) -> &'static str {
        REGIONS[self.0].1
    }

    /// How many zones an account can count on.
    pub fn zones(self) -> u32 {
        REGIONS[self.0].2
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Region;

    #[test]
    fn tokyo_is_tokyo() {
        assert_eq!(Region::TOKYO.code(), "ap-northeast-1");
    }
}
