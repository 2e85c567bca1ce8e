//! A sum, and whether something in it has no price. Whoever shows a sum of a bill gets its words here.

use super::{Line, Money};
use crate::text::{Arg, text};

/// What lines of a bill add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// US dollars that are known.
    pub known: Money,
    /// Whether every line has a price; else the sum is at least what is known.
    pub is_complete: bool,
}

impl Total {
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let nothing = Self {
            known: Money::ZERO,
            is_complete: true,
        };
        lines.into_iter().fold(nothing, |sum, line| Self {
            known: sum.known + line.amount.unwrap_or(Money::ZERO),
            is_complete: sum.is_complete && line.amount.is_some(),
        })
    }

    /// One part of so many.
    #[must_use]
    pub fn per(self, count: u32) -> Self {
        let known = self.known.per(count);
        Self { known, ..self }
    }

    /// The figure, as it is written there, for a sentence: `12.00`, `at least 12.00`.
    pub fn words(self, written: fn(Money) -> String) -> Arg {
        let figure = written(self.known);
        if self.is_complete {
            return figure.into();
        }
        let words = text("cost.least", "at least {amount}");
        words.with("amount", figure).into()
    }

    /// The figure where there is no room for words: `12.00`, `≥ 12.00`.
    pub fn mark(self, written: fn(Money) -> String) -> String {
        let sign = if self.is_complete { "" } else { "≥ " };
        format!("{sign}{}", written(self.known))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::cost::{Bill, Money, bill};
    use crate::design::Design;
    use crate::text::Lang;

    fn bill_of(settings: &[(&str, &str)]) -> Bill {
        let mut design = Design::new("multi-tier-web");
        for (key, value) in settings {
            design.set(key, value).unwrap();
        }
        bill(&design.expand(), &design.assumptions)
    }

    /// RDS Proxy has a price in us-east-1, and none in Tokyo.
    fn proxy(region: &str) -> Bill {
        bill_of(&[("region", region), ("database.proxy", "true")])
    }

    fn cents(it: Money) -> String {
        it.to_string()
    }

    #[test]
    fn a_sum_that_lacks_a_price_says_so_in_every_form() {
        let (whole, least) = (proxy("us-east-1").monthly, proxy("ap-northeast-1").monthly);
        assert!(whole.is_complete && !least.is_complete);
        let figure = cents(least.known);
        assert_eq!(whole.words(cents).render(Lang::En), cents(whole.known));
        assert_eq!(whole.mark(cents), cents(whole.known));
        assert_eq!(
            least.words(cents).render(Lang::En),
            format!("at least {figure}")
        );
        assert_eq!(
            least.words(cents).render(Lang::Ja),
            format!("少なくとも {figure}")
        );
        assert_eq!(least.mark(cents), format!("≥ {figure}"));
    }

    #[test]
    fn a_part_lacks_what_is_missing_in_it_and_nothing_else() {
        let bill = proxy("ap-northeast-1");
        assert!(!bill.of("DatabaseProxy").is_complete);
        assert!(bill.of("Database").is_complete);
        assert!(!bill.hourly().is_complete);
    }

    #[test]
    fn a_change_is_known_where_nothing_without_a_price_comes_or_goes() {
        let plain = bill_of(&[("region", "ap-northeast-1")]);
        let with = proxy("ap-northeast-1");
        assert_eq!(with.since(&plain), None);
        assert_eq!(plain.since(&with), None);
        assert_eq!(with.since(&with), Some(Money::ZERO));
    }
}
