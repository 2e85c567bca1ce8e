//! Windows on the round of a week: whether they meet, and what they are together.

use crate::aws::week::{DAY, DAY_NAMES, Days, WEEK};
use crate::design::{MOST_WINDOWS, Window, Windows};
use crate::topology::Opening;

/// Whether one window begins while another is open, or in the minute in which it closes.
pub fn meet(openings: &[Opening]) -> Option<(Opening, Opening)> {
    let pairs = openings
        .iter()
        .flat_map(|one| openings.iter().map(move |other| (*one, *other)));
    let mut meeting = pairs.filter(|(one, other)| {
        let later = (other.start + WEEK - one.start) % WEEK;
        match one == other {
            true => one.minutes >= WEEK,
            false => later <= one.minutes,
        }
    });
    meeting.next()
}

/// `MON 01:00`.
pub fn shown(minute: u32) -> String {
    let day = usize::try_from(minute / DAY % 7).unwrap_or_default();
    let name = DAY_NAMES.get(day).copied().unwrap_or_default();
    format!("{name} {:02}:{:02}", minute % DAY / 60, minute % 60)
}

/// Windows as openings of the week, each as long as it is by itself.
pub fn spread<const MAX: usize>(windows: &Windows<MAX>) -> Vec<Opening> {
    let each = windows.0.iter().flat_map(|it| {
        it.days
            .places()
            .filter_map(|day| u32::try_from(day).ok())
            .map(|day| Opening {
                start: day * DAY + it.open,
                minutes: it.minutes,
            })
    });
    let mut all: Vec<Opening> = each.collect();
    all.sort();
    all
}

/// Windows that meet as one; `None` where that is longer than a day, or takes more windows than there can be.
pub fn merged<const MAX: usize>(windows: &Windows<MAX>) -> Option<Windows<MOST_WINDOWS>> {
    let mut parts = spread(windows);
    while let Some((one, other)) = meet(&parts) {
        let until = (other.start + WEEK - one.start) % WEEK + other.minutes;
        let whole = Opening {
            start: one.start,
            minutes: one.minutes.max(until),
        };
        if whole.minutes > DAY {
            return None;
        }
        parts.retain(|it| *it != one && *it != other);
        parts.push(whole);
        parts.sort();
    }
    let mut found: Vec<Window> = Vec::new();
    for it in parts {
        let (open, days) = (
            it.start % DAY,
            Days::one(usize::try_from(it.start / DAY).ok()?),
        );
        match found
            .iter_mut()
            .find(|one| one.open == open && one.minutes == it.minutes)
        {
            Some(one) => one.days = one.days.with(days),
            None => found.push(Window {
                days,
                open,
                minutes: it.minutes,
            }),
        }
    }
    (found.len() <= MOST_WINDOWS).then_some(Windows(found))
}

#[cfg(test)]
mod tests {
    use super::{meet, merged, shown, spread};
    use crate::design::{Setting, Windows};

    fn read(given: &str) -> Windows<4> {
        Windows::parse(given).unwrap()
    }

    #[test]
    fn windows_meet_where_one_begins_before_another_is_over() {
        for (given, expected) in [
            ("sat 01:00-03:00, sat 02:00-04:00", true),
            ("sat 01:00-03:00, sat 03:00-04:00", true),
            ("sun 23:00-01:30, mon 01:00-02:00", true),
            ("daily 00:00-00:00", true),
            ("sat 01:00-03:00, sat 03:01-04:00", false),
            ("daily 01:00-03:00", false),
        ] {
            assert_eq!(meet(&spread(&read(given))).is_some(), expected, "{given}");
        }
    }

    #[test]
    fn windows_that_meet_become_one_unless_that_is_too_long() {
        let joined = |given: &str| merged(&read(given)).map(|it| it.show());
        let weekend = joined("sat+sun 01:00-03:00, sat+sun 02:00-04:00");
        assert_eq!(weekend.as_deref(), Some("sat-sun 01:00-04:00"));
        let night = joined("sun 23:00-01:30, mon 01:00-02:00, wed 05:00-06:00");
        assert_eq!(night.as_deref(), Some("wed 05:00-06:00, sun 23:00-02:00"));
        assert_eq!(joined("daily 00:00-00:00"), None);
        assert_eq!(joined("sat 01:00-23:00, sat 22:00-05:00"), None);
    }

    #[test]
    fn a_minute_of_the_week_has_a_day_and_a_time() {
        assert_eq!(shown(0), "MON 00:00");
        assert_eq!(shown(5 * 1440 + 61), "SAT 01:01");
    }
}
