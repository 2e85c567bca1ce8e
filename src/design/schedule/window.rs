//! When something temporary is there: days with an opening and a closing time, in words such as `mon-fri 22:00-02:00`.

use crate::aws::week::{DAY, DAY_NAMES, Days, cron, day};
use crate::design::option::{OptionKind, Setting, shorten};
use crate::text::{Message, text};

/// Days with an opening and a closing time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The days on which it opens.
    pub days: Days,
    /// Minute of the day at which it opens.
    pub open: u32,
    /// Minutes that it is open, 1 to 1,440.
    pub minutes: u32,
}

impl Window {
    /// When many sales begin.
    pub const FRIDAY_EVENING: Self = Self {
        days: Days::FRIDAY,
        open: 19 * 60 + 30,
        minutes: 150,
    };

    /// When it opens, as a cron expression.
    pub fn opening(&self) -> String {
        cron(self.days, self.open)
    }

    /// When it closes, which may be on the day after.
    pub fn closing(&self) -> String {
        let end = self.open + self.minutes;
        let days = if end >= DAY {
            self.days.next()
        } else {
            self.days
        };
        cron(days, end % DAY)
    }

    fn show(&self) -> String {
        let end = (self.open + self.minutes) % DAY;
        format!(
            "{} {}-{}",
            days_shown(self.days),
            time(self.open),
            time(end)
        )
    }
}

fn time(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

const DAILY: &str = "daily";

fn days_shown(days: Days) -> String {
    if days == Days::ALL {
        return DAILY.to_owned();
    }
    let named = |(first, last): (usize, usize)| {
        let (first, last) = (
            DAY_NAMES[first].to_lowercase(),
            DAY_NAMES[last].to_lowercase(),
        );
        if first == last {
            first
        } else {
            format!("{first}-{last}")
        }
    };
    let runs: Vec<String> = days.runs().into_iter().map(named).collect();
    runs.join("+")
}

/// One to `MAX` windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Windows<const MAX: usize>(pub Vec<Window>);

impl<const MAX: usize> Windows<MAX> {
    /// Minutes of the longest.
    pub fn longest(&self) -> u32 {
        self.0.iter().map(|it| it.minutes).max().unwrap_or_default()
    }
}

impl<const MAX: usize> Setting for Windows<MAX> {
    fn kind() -> OptionKind {
        OptionKind::Windows { max: MAX }
    }

    fn show(&self) -> String {
        let shown: Vec<String> = self.0.iter().map(Window::show).collect();
        shown.join(", ")
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let items = given
            .split([',', ';'])
            .map(str::trim)
            .filter(|it| !it.is_empty());
        let windows = items
            .map(|item| window(item).ok_or_else(|| not_a_window(item)))
            .collect::<Result<Vec<_>, _>>()?;
        if windows.is_empty() {
            return Err(
                text("option.no-window", "at least one window, such as {example}")
                    .with("example", EXAMPLE),
            );
        }
        if windows.len() > MAX {
            return Err(text("option.too-many-windows", "at most {max} windows").with("max", MAX));
        }
        Ok(Self(windows))
    }
}

const EXAMPLE: &str = "sat 01:00-03:00";

fn not_a_window(given: &str) -> Message {
    text(
        "option.not-window",
        "“{given}” is no window: days and times, such as {example}, mon-fri 22:00-02:00 or daily 01:30-02:30",
    )
    .with("given", shorten(given))
    .with("example", EXAMPLE)
}

fn window(given: &str) -> Option<Window> {
    // `@` spares quotes on a command line.
    let (days, times) = given.rsplit_once(|it: char| it.is_whitespace() || it == '@')?;
    let (open, close) = times.split_once('-')?;
    let (open, close) = (minute_of(open)?, minute_of(close)?);
    // One that ends where it begins is open for a whole day.
    let minutes = if close > open {
        close - open
    } else {
        close + DAY - open
    };
    Some(Window {
        days: days_of(days.trim())?,
        open: open % DAY,
        minutes,
    })
}

/// `HH:MM`; `24:00` is the end of the day.
fn minute_of(given: &str) -> Option<u32> {
    let (hours, minutes) = given.trim().split_once(':')?;
    let plain = |it: &str| (1..=2).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    if !plain(hours) || !plain(minutes) {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= DAY).then_some(minute)
}

fn days_of(given: &str) -> Option<Days> {
    if given.eq_ignore_ascii_case(DAILY) {
        return Some(Days::ALL);
    }
    let mut items = given.split('+').map(|item| {
        let (first, last) = item.split_once('-').unwrap_or((item, item));
        // Days have names here: numbers mean one day to cron and another to people.
        let named = |it: &str| day(it.trim()).filter(|_| it.trim().parse::<u32>().is_err());
        Some(Days::span(named(first)?, named(last)?))
    });
    let first = items.next()??;
    items.try_fold(first, |all, it| Some(all.with(it?)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Setting, Windows};

    fn shown(given: &str) -> String {
        Windows::<4>::parse(given).unwrap().show()
    }

    #[test]
    fn windows_are_read_as_people_write_them_and_shown_in_one_way() {
        for (given, expected) in [
            ("sat 01:00-03:00", "sat 01:00-03:00"),
            ("Saturday 1:00-3:00", "sat 01:00-03:00"),
            ("sat@01:00-03:00", "sat 01:00-03:00"),
            ("mon-fri 22:00-02:00", "mon-fri 22:00-02:00"),
            ("mon+wed+fri 09:00-10:00", "mon+wed+fri 09:00-10:00"),
            ("mon-sun 00:00-01:00", "daily 00:00-01:00"),
            ("fri-mon 20:00-24:00", "mon+fri-sun 20:00-00:00"),
            (
                "daily 01:00-02:00; sat 05:00-06:00",
                "daily 01:00-02:00, sat 05:00-06:00",
            ),
        ] {
            assert_eq!(shown(given), expected);
            assert_eq!(shown(expected), expected);
        }
    }

    #[test]
    fn what_is_no_window_is_refused() {
        for given in [
            "",
            "sat",
            "01:00-02:00",
            "sat 1-2",
            "sat 25:00-26:00",
            "xyz 01:00-02:00",
            "sat 01:60-02:00",
            "1-5 01:00-02:00",
            "sat 01:00",
            "sat +1:00-02:00",
        ] {
            assert!(Windows::<4>::parse(given).is_err(), "{given}");
        }
        assert!(Windows::<1>::parse("sat 01:00-02:00, sun 01:00-02:00").is_err());
    }

    #[test]
    fn a_window_over_midnight_closes_on_the_day_after() {
        let windows = Windows::<4>::parse("sun 23:00-01:30").unwrap();
        let window = windows.0[0];
        assert_eq!(window.opening(), "cron(0 23 ? * SUN *)");
        assert_eq!(window.closing(), "cron(30 1 ? * MON *)");
        assert_eq!(windows.longest(), 150);
    }
}
