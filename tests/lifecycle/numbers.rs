//! Numbers for values, and sets of numbers: what makes millions of states quick to tell apart.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

/// A set of keys, as plain as it can be: most of the time goes here.
pub struct Seen {
    slots: Vec<u128>,
    count: usize,
}

impl Seen {
    pub fn new() -> Self {
        Self {
            slots: vec![u128::MAX; 1 << 16],
            count: 0,
        }
    }

    /// Whether the key is new.
    pub fn insert(&mut self, key: u128) -> bool {
        let mask = self.slots.len() - 1;
        let mixed = (key ^ key >> 61).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        let mut at = (mixed >> 64) as usize & mask;
        while self.slots[at] != u128::MAX {
            if self.slots[at] == key {
                return false;
            }
            at = (at + 1) & mask;
        }
        self.slots[at] = key;
        self.count += 1;
        if self.count * 2 > self.slots.len() {
            let before = std::mem::take(&mut self.slots);
            self.slots = vec![u128::MAX; before.len() * 4];
            self.count = 0;
            for key in before.into_iter().filter(|it| *it != u128::MAX) {
                self.insert(key);
            }
        }
        true
    }
}

/// Mixes a number: keys are numbers already.
#[derive(Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only numbers are hashed")
    }

    fn write_u64(&mut self, it: u64) {
        self.0 = (self.0 ^ it)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(29);
    }

    fn write_u128(&mut self, it: u128) {
        self.write_u64((it >> 64) as u64);
        self.write_u64(it as u64);
        self.0 ^= self.0 >> 32;
    }
}

/// Values by numbers.
pub type Keyed<T> = HashMap<u128, T, BuildHasherDefault<Mix>>;

/// Numbers for values.
pub struct Numbered<T> {
    pub all: Vec<Arc<T>>,
    by_value: HashMap<Arc<T>, u32>,
}

impl<T: Eq + Hash> Numbered<T> {
    pub fn new() -> Self {
        Self {
            all: Vec::new(),
            by_value: HashMap::new(),
        }
    }

    pub fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.by_value.get(&value) {
            return *number;
        }
        let number = u32::try_from(self.all.len()).unwrap();
        let value = Arc::new(value);
        self.all.push(Arc::clone(&value));
        self.by_value.insert(value, number);
        number
    }

    pub fn at(&self, number: u32) -> &Arc<T> {
        &self.all[number as usize]
    }
}
