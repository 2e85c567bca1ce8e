//! Whole numbers out of rates and shares: what is left over is carried into the next second, so nothing is made or lost.

/// Carries what is less than one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trickle {
    /// Thousandths.
    left: u64,
}

impl Trickle {
    /// The whole ones of so many thousandths more.
    pub fn take(&mut self, thousandths: u64) -> u64 {
        let all = self.left.saturating_add(thousandths);
        self.left = all % 1000;
        all / 1000
    }

    /// A share of a number, at most the number itself.
    pub fn share(&mut self, number: u64, part: u64, whole: u64) -> u64 {
        if whole == 0 {
            return 0;
        }
        let thousandths =
            u128::from(number) * 1000 * u128::from(part.min(whole)) / u128::from(whole);
        let taken = self.take(u64::try_from(thousandths).unwrap_or(u64::MAX));
        let over = taken.saturating_sub(number);
        self.left += over * 1000;
        taken - over
    }
}

#[cfg(test)]
mod tests {
    use super::Trickle;

    #[test]
    fn a_rate_comes_to_what_it_says_over_time() {
        let mut trickle = Trickle::default();
        let all: Vec<u64> = (0..4).map(|_| trickle.take(1_750)).collect();
        assert_eq!(all, [1, 2, 2, 2]);
        assert_eq!(all.iter().sum::<u64>(), 7);
    }

    #[test]
    fn a_share_is_never_more_than_the_whole() {
        let mut trickle = Trickle::default();
        let thirds: u64 = (0..9).map(|_| trickle.share(1, 1, 3)).sum();
        assert_eq!(thirds, 2, "three thirds of a thousand are 999");
        assert_eq!(trickle.share(5, 9, 3), 5);
        assert_eq!(trickle.share(5, 1, 0), 0);
    }
}
