//! How demand rises and falls: minutes with a factor, in words such as `0:1, 5:1, 6:10, 21:10, 22:1`.

use super::option::{OptionKind, Setting, shorten};
use crate::text::{Message, text};

/// Where the line bends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bend {
    /// Minutes from the start, 0 to [`LAST`].
    pub minute: u32,
    /// Tenths of the demand before the sale, 0 to 10 times [`MOST`].
    pub tenths: u32,
}

/// Minute of the last bend at the latest.
pub const LAST: u32 = 90;
/// Times the demand before the sale at the most.
pub const MOST: u32 = 1000;

/// One to `MAX` bends, in the order of time, with straight lines between them. The demand is level before the first and
/// after the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve<const MAX: usize>(pub Vec<Bend>);

impl<const MAX: usize> Curve<MAX> {
    /// Thousandths of the demand before the sale, in a second.
    pub fn at(&self, second: u32) -> u64 {
        let thousandths = |it: &Bend| u64::from(it.tenths) * 100;
        let after = self.0.iter().position(|it| it.minute * 60 > second);
        let (before, after) = match after {
            Some(0) => (None, self.0.first()),
            Some(place) => (self.0.get(place - 1), self.0.get(place)),
            None => (self.0.last(), None),
        };
        match (before, after) {
            (Some(one), Some(other)) => {
                let span = u64::from(other.minute - one.minute) * 60;
                let past = u64::from(second - one.minute * 60);
                let left = span - past;
                (thousandths(one) * left + thousandths(other) * past) / span
            }
            (Some(it), None) | (None, Some(it)) => thousandths(it),
            (None, None) => 0,
        }
    }

    /// Second of the last bend.
    pub fn end(&self) -> u32 {
        self.0.last().map_or(0, |it| it.minute * 60)
    }
}

impl Bend {
    /// The factor as people write it.
    pub fn factor(self) -> String {
        match self.tenths % 10 {
            0 => (self.tenths / 10).to_string(),
            rest => format!("{}.{rest}", self.tenths / 10),
        }
    }
}

impl<const MAX: usize> Setting for Curve<MAX> {
    fn kind() -> OptionKind {
        OptionKind::Curve { max: MAX }
    }

    fn show(&self) -> String {
        let shown = self
            .0
            .iter()
            .map(|it| format!("{}:{}", it.minute, it.factor()));
        shown.collect::<Vec<_>>().join(", ")
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let items = given.split([',', ';']).map(str::trim);
        let items = items.filter(|it| !it.is_empty());
        let bends = items
            .map(|item| bend(item).ok_or_else(|| not_a_bend(item)))
            .collect::<Result<Vec<_>, _>>()?;
        if bends.is_empty() {
            return Err(
                text("option.no-bend", "at least one point, such as {example}")
                    .with("example", EXAMPLE),
            );
        }
        if bends.len() > MAX {
            return Err(text("option.too-many-bends", "at most {max} points").with("max", MAX));
        }
        let late = bends.windows(2).find_map(|pair| match pair {
            [one, other] if other.minute <= one.minute => Some(other.minute),
            _ => None,
        });
        match late {
            Some(minute) => Err(text(
                "option.bend-order",
                "each point comes later than the one before it; minute {minute} does not",
            )
            .with("minute", minute)),
            None => Ok(Self(bends)),
        }
    }
}

const EXAMPLE: &str = "6:10";

fn not_a_bend(given: &str) -> Message {
    text(
        "option.not-bend",
        "“{given}” is no point: a minute from 0 to {last} and a factor from 0 to {most}, such as {example} or 7.5 after the colon",
    )
    .with("given", shorten(given))
    .with("last", LAST)
    .with("most", MOST)
    .with("example", EXAMPLE)
}

fn bend(given: &str) -> Option<Bend> {
    let (minute, factor) = given.split_once(':')?;
    let (minute, tenths) = (whole(minute.trim())?, tenths(factor.trim())?);
    (minute <= LAST && tenths <= MOST * 10).then_some(Bend { minute, tenths })
}

fn whole(given: &str) -> Option<u32> {
    let plain = (1..=4).contains(&given.len()) && given.bytes().all(|it| it.is_ascii_digit());
    plain.then(|| given.parse().ok()).flatten()
}

fn tenths(given: &str) -> Option<u32> {
    let (units, rest) = given.split_once('.').unwrap_or((given, "0"));
    let rest = whole(rest).filter(|it| *it < 10)?;
    Some(whole(units)? * 10 + rest)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Curve, Setting};

    fn curve(given: &str) -> Curve<8> {
        Curve::parse(given).unwrap()
    }

    #[test]
    fn points_are_read_as_people_write_them_and_shown_in_one_way() {
        for (given, shown) in [
            ("0:1,5:1,6:10,21:10,22:1", "0:1, 5:1, 6:10, 21:10, 22:1"),
            ("0:1.5; 90:1000", "0:1.5, 90:1000"),
            (" 3 : 2.0 ", "3:2"),
        ] {
            assert_eq!(curve(given).show(), shown);
            assert_eq!(curve(shown).show(), shown);
        }
    }

    #[test]
    fn what_is_no_curve_is_refused() {
        for given in [
            "",
            "5",
            "5:",
            ":5",
            "5:1,5:2",
            "6:1,5:2",
            "91:1",
            "1:1001",
            "1:-1",
            "1:1.55",
            "a:b",
            "0:1,1:1,2:1,3:1,4:1,5:1,6:1,7:1,8:1",
        ] {
            assert!(Curve::<8>::parse(given).is_err(), "{given}");
        }
    }

    #[test]
    fn the_line_is_straight_between_its_bends_and_level_outside() {
        let curve = curve("1:1, 2:10, 3:0");
        let at = [0, 60, 90, 119, 120, 150, 180, 9_999].map(|it| curve.at(it));
        assert_eq!(at, [1_000, 1_000, 5_500, 9_850, 10_000, 5_000, 0, 0]);
        assert_eq!(curve.end(), 180);
    }
}
