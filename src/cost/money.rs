//! Money as whole numbers: a sum is exact, and rounding happens where a figure is shown.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// An amount of US dollars, in billionths of a thousandth (10⁻¹²): the finest list price has ten decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(i128);

/// Decimals of a dollar that are kept.
const DECIMALS: u32 = 12;

/// Parts of a unit that a quantity is counted in.
const PARTS: i128 = 1_000_000;

impl Money {
    pub const ZERO: Self = Self(0);

    /// A price as a table writes it, such as `0.0116`; `None` for what is no number or has more decimals than are kept.
    pub fn parse(figure: &str) -> Option<Self> {
        let (whole, part) = figure.split_once('.').unwrap_or((figure, "0"));
        let kept = DECIMALS as usize;
        let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > kept {
            return None;
        }
        format!("{whole}{part:0<kept$}").parse().ok().map(Self)
    }

    /// As much for a quantity of units, counted in millionths of a unit.
    #[must_use]
    pub fn times(self, quantity: f64) -> Self {
        // Saturates at what no bill reaches.
        let parts = (quantity * PARTS as f64).round() as i128;
        Self(divided(self.0.saturating_mul(parts), PARTS))
    }

    /// One part of so many.
    #[must_use]
    pub fn per(self, count: u32) -> Self {
        Self(divided(self.0, i128::from(count.max(1))))
    }

    /// Rounded to so many decimals, half away from zero.
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Self {
        let step = 10_i128.pow(DECIMALS.saturating_sub(decimals));
        Self(divided(self.0, step) * step)
    }

    /// The nearest floating number, to show and to compare with other figures; never to add up.
    pub fn dollars(self) -> f64 {
        self.0 as f64 / 10_f64.powi(DECIMALS as i32)
    }
}

/// Rounded half away from zero.
fn divided(number: i128, by: i128) -> i128 {
    let half = by / 2 * number.signum();
    (number + half) / by
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// Whole cents, `12.34`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.rounded(2).0 / 10_i128.pow(DECIMALS - 2);
        let sign = if cents < 0 { "-" } else { "" };
        let cents = cents.abs();
        f.pad(&format!("{sign}{}.{:02}", cents / 100, cents % 100))
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    fn money(figure: &str) -> Money {
        Money::parse(figure).unwrap()
    }

    #[test]
    fn a_thousand_times_a_tenth_of_a_cent_is_a_dollar_to_the_last_digit() {
        let sum: Money = std::iter::repeat_n(money("0.001"), 1_000).sum();
        assert_eq!(sum, money("1"));
        assert_eq!(money("0.0000166667").times(1_000_000.0), money("16.6667"));
        assert_eq!(money("0.062").times(730.0), money("45.26"));
        assert_eq!(money("45.26").per(730), money("0.062"));
    }

    #[test]
    fn half_a_cent_rounds_away_from_zero() {
        let debt = Money::ZERO - money("1.005");
        assert_eq!(
            (money("1.005").to_string(), debt.to_string()),
            ("1.01".into(), "-1.01".into())
        );
        assert_eq!(money("0.00444").rounded(3), money("0.004"));
        assert_eq!(format!("{:>8}", money("12.3")), "   12.30");
    }

    #[test]
    fn what_is_no_price_is_none() {
        for figure in ["", ".", "1.", ".5", "-1", "1e3", "0.0000000000001", "∞"] {
            assert_eq!(Money::parse(figure), None, "{figure}");
        }
    }
}
