//! The API's throttle: a token bucket, and clients that try again.

use std::collections::VecDeque;

use super::capacities::{Gate, Rate};
use super::figure::{AGAIN_S, GATE_BURST, GATE_RATE, TRIES};
use super::trickle::Trickle;

/// Orders by how often they have been refused.
type Tries = [u64; TRIES];

/// The gate with its tokens.
pub struct Door {
    rate: Rate,
    burst: u64,
    tokens: u64,
    flow: Trickle,
    retry: bool,
    /// Who comes again, by the seconds until then.
    later: VecDeque<Tries>,
}

/// What a second brought.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entered {
    /// Let in.
    pub taken: u64,
    /// Told 429 for the last time.
    pub refused: u64,
    /// Told 429 in this second, whether they come again or not.
    pub throttled: u64,
}

impl Door {
    pub fn new(gate: Option<Gate>, retry: bool) -> Self {
        let most = GATE_RATE * 1000;
        let rate = gate.map_or(most, |it| it.rate.min(most));
        let burst = gate.map_or(GATE_BURST, |it| it.burst.min(GATE_BURST));
        Self {
            rate,
            burst,
            tokens: burst,
            flow: Trickle::default(),
            retry,
            later: (0..AGAIN_S).map(|_| Tries::default()).collect(),
        }
    }

    /// Clients that come again.
    pub fn waiting(&self) -> u64 {
        self.later.iter().flatten().sum()
    }

    /// Those who come again are first: they have waited longest.
    pub fn second(&mut self, arrived: u64) -> Entered {
        // A second's tokens come as its orders do.
        let fresh = self.flow.take(self.rate);
        let room = self.tokens + fresh;
        let mut again = self.later.pop_front().unwrap_or_default();
        again.rotate_right(1);
        let mut asking = again;
        if let Some(first) = asking.first_mut() {
            // Nobody is there who was refused as often as that.
            *first = arrived;
        }
        let mut entered = Entered::default();
        let mut refused = Tries::default();
        for (place, count) in asking.iter().enumerate().rev() {
            let taken = (*count).min(room - entered.taken);
            entered.taken += taken;
            if let Some(it) = refused.get_mut(place) {
                *it = count - taken;
            }
        }
        self.tokens = (room - entered.taken).min(self.burst);
        entered.throttled = refused.iter().sum();
        let last = if self.retry { TRIES - 1 } else { 0 };
        for it in refused.iter_mut().skip(last) {
            entered.refused += std::mem::take(it);
        }
        self.later.push_back(refused);
        entered
    }
}

#[cfg(test)]
mod tests {
    use super::{Door, Gate};

    fn door(retry: bool) -> Door {
        let gate = Gate {
            rate: 10_000,
            burst: 20,
        };
        Door::new(Some(gate), retry)
    }

    /// 20 tokens and 10 a second: of 30 a second, the first second takes 30, each other one 10.
    #[test]
    fn a_bucket_takes_its_fill_and_then_its_rate() {
        let mut door = door(false);
        let all: Vec<_> = (0..3).map(|_| door.second(30)).collect();
        let taken: Vec<u64> = all.iter().map(|it| it.taken).collect();
        let refused: Vec<u64> = all.iter().map(|it| it.refused).collect();
        assert_eq!(taken, [30, 10, 10]);
        assert_eq!(refused, [0, 20, 20]);
        assert_eq!(door.waiting(), 0);
    }

    #[test]
    fn who_tries_again_gets_in_once_there_is_room() {
        let mut door = door(true);
        let (mut taken, mut refused) = (0, 0);
        for second in 0..60 {
            let entered = door.second(if second < 3 { 30 } else { 0 });
            taken += entered.taken;
            refused += entered.refused;
            assert_eq!(taken + refused + door.waiting(), 30 * (second + 1).min(3));
        }
        assert_eq!((taken, refused), (90, 0));
    }
}
