//! Seconds of the player's clock, which begins with the year 2026, as AWS writes times.

/// `2026-01-01T00:00:00Z` for 0.
pub fn iso(seconds: u64) -> String {
    let (mut days, rest) = (seconds / 86_400, seconds % 86_400);
    let mut year = 2026_u64;
    loop {
        let in_year = if is_leap(year) { 366 } else { 365 };
        if days < in_year {
            break;
        }
        days -= in_year;
        year += 1;
    }
    let mut month = 1;
    for length in months(year) {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    let day = days + 1;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn months(year: u64) -> [u64; 12] {
    let february = if is_leap(year) { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

#[cfg(test)]
mod tests {
    #[test]
    fn seconds_become_dates() {
        for (seconds, expected) in [
            (0, "2026-01-01T00:00:00Z"),
            (86_399, "2026-01-01T23:59:59Z"),
            (59 * 86_400, "2026-03-01T00:00:00Z"),
            ((365 + 365 + 59) * 86_400, "2028-02-29T00:00:00Z"),
        ] {
            assert_eq!(super::iso(seconds), expected);
        }
    }
}
