//! The days and minutes of a week, as cron expressions of EventBridge Scheduler tell them.

/// Minutes of a day.
pub const DAY: u32 = 24 * 60;
/// Minutes of a week, which begins on Monday at 00:00.
pub const WEEK: u32 = 7 * DAY;

/// The days as cron expressions name them, Monday first.
pub const DAY_NAMES: [&str; 7] = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

/// A choice of the days of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(u8);

impl Days {
    pub const ALL: Self = Self(0b111_1111);
    pub const FRIDAY: Self = Self(1 << 4);

    /// One day by its place, Monday at 0.
    pub fn one(day: usize) -> Self {
        Self(1 << (day % 7))
    }

    /// Every day from the first to the last; over the end of the week where the last comes before the first.
    pub fn span(first: usize, last: usize) -> Self {
        let length = (last + 7 - first) % 7;
        (0..=length).fold(Self(0), |all, step| all.with(Self::one(first + step)))
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The day after each.
    #[must_use]
    pub fn next(self) -> Self {
        Self(((self.0 << 1) | (self.0 >> 6)) & Self::ALL.0)
    }

    /// Their places, Monday at 0.
    pub fn places(self) -> impl Iterator<Item = usize> {
        (0..7).filter(move |day| self.0 & (1 << day) != 0)
    }

    /// First and last day of each run of days, in the order of the week.
    pub fn runs(self) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for day in self.places() {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == day => *last = day,
                Some(_) | None => runs.push((day, day)),
            }
        }
        runs
    }
}

/// A cron expression that fires at a minute of each of the days, as EventBridge Scheduler reads it: minutes, hours, day of
/// the month, month, day of the week, year.
pub fn cron(days: Days, minute: u32) -> String {
    let named = |(first, last): (usize, usize)| match last - first {
        0 => DAY_NAMES[first].to_owned(),
        1 => format!("{},{}", DAY_NAMES[first], DAY_NAMES[last]),
        _ => format!("{}-{}", DAY_NAMES[first], DAY_NAMES[last]),
    };
    let list: Vec<String> = days.runs().into_iter().map(named).collect();
    let list = if days == Days::ALL {
        "*".to_owned()
    } else {
        list.join(",")
    };
    format!("cron({} {} ? * {list} *)", minute % 60, minute / 60)
}

/// The minutes of the week at which an expression fires, in order; `None` for one that does not fire at the same minutes of
/// every week, or says so in a way that is not read here (steps, lists of hours).
pub fn weekly(expression: &str) -> Option<Vec<u32>> {
    let inner = expression.strip_prefix("cron(")?.strip_suffix(')')?;
    let fields: Vec<&str> = inner.split_whitespace().collect();
    let &[minute, hour, of_month, month, days, year] = fields.as_slice() else {
        return None;
    };
    let every = |it: &str| it == "*" || it == "?";
    if !every(of_month) || month != "*" || year != "*" {
        return None;
    }
    let minute = minute.parse().ok().filter(|it: &u32| *it < 60)?;
    let hour = hour.parse().ok().filter(|it: &u32| *it < 24)?;
    let days = if every(days) {
        Days::ALL
    } else {
        days_of(days)?
    };
    Some(
        days.places()
            .map(|day| day as u32 * DAY + hour * 60 + minute)
            .collect(),
    )
}

/// Minutes between two starts of an expression such as `rate(60 minutes)`.
pub fn rate_minutes(expression: &str) -> Option<u32> {
    let inner = expression.strip_prefix("rate(")?.strip_suffix(')')?;
    let (number, unit) = inner.split_once(' ')?;
    let number: u32 = number.parse().ok().filter(|it| *it > 0)?;
    let minutes = match unit.trim_end_matches('s') {
        "minute" => 1,
        "hour" => 60,
        "day" => DAY,
        _ => return None,
    };
    number.checked_mul(minutes)
}

fn days_of(list: &str) -> Option<Days> {
    list.split(',').try_fold(Days(0), |all, item| {
        let (first, last) = item.split_once('-').unwrap_or((item, item));
        Some(all.with(Days::span(day(first)?, day(last)?)))
    })
}

/// Place of a day by its English name or its beginning, whatever the case; in cron's numbers Sunday is 1.
pub fn day(name: &str) -> Option<usize> {
    if let Ok(number) = name.parse::<usize>() {
        return (1..=7).contains(&number).then(|| (number + 5) % 7);
    }
    let short = name.get(..3)?.to_ascii_uppercase();
    let place = DAY_NAMES.iter().position(|it| *it == short)?;
    let long = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ][place];
    long.starts_with(&name.to_ascii_lowercase())
        .then_some(place)
}

#[cfg(test)]
mod tests {
    use super::{DAY, Days, WEEK, cron, day, rate_minutes, weekly};

    #[test]
    fn what_is_written_is_read_back() {
        for bits in 1..=127_u8 {
            for minute in [0, 61, 23 * 60 + 59] {
                let days = Days(bits);
                let fires = weekly(&cron(days, minute)).unwrap();
                let expected: Vec<u32> = days.places().map(|it| it as u32 * DAY + minute).collect();
                assert_eq!(fires, expected, "{}", cron(days, minute));
                assert!(fires.iter().all(|it| *it < WEEK));
            }
        }
    }

    #[test]
    fn cron_is_written_as_people_write_it() {
        let weekdays = Days::span(0, 4);
        assert_eq!(cron(weekdays, 60), "cron(0 1 ? * MON-FRI *)");
        assert_eq!(cron(Days::ALL, 90), "cron(30 1 ? * * *)");
        assert_eq!(cron(Days::span(5, 6), 0), "cron(0 0 ? * SAT,SUN *)");
        assert_eq!(cron(weekdays.next(), 0), "cron(0 0 ? * TUE-SAT *)");
        assert_eq!(Days::one(6).next(), Days::one(0));
    }

    #[test]
    fn days_have_names_and_numbers() {
        assert_eq!(day("sat"), Some(5));
        assert_eq!(day("Thursday"), Some(3));
        assert_eq!(day("thurs"), Some(3));
        assert_eq!(day("1"), Some(6));
        assert_eq!(day("mo"), None);
        assert_eq!(day("monkey"), None);
        assert_eq!(day("8"), None);
    }

    #[test]
    fn what_does_not_repeat_each_week_is_not_read() {
        for it in [
            "rate(1 hour)",
            "cron(0 1 1 * ? *)",
            "cron(0 1 ? 3 SAT *)",
            "cron(0/5 1 ? * SAT *)",
            "cron(0 25 ? * SAT *)",
            "cron(0 1 ? * SAT 2026)",
            "cron(0 1 ? * XYZ *)",
            "at(2026-01-01T00:00:00)",
        ] {
            assert_eq!(weekly(it), None, "{it}");
        }
    }

    #[test]
    fn rates_are_read_in_minutes() {
        assert_eq!(rate_minutes("rate(60 minutes)"), Some(60));
        assert_eq!(rate_minutes("rate(1 hour)"), Some(60));
        assert_eq!(rate_minutes("rate(2 days)"), Some(2_880));
        assert_eq!(rate_minutes("rate(0 minutes)"), None);
        assert_eq!(rate_minutes("cron(0 1 ? * SAT *)"), None);
    }
}
