//! What is looked up by name, and never gone through: nothing can come to depend on the order in which it is kept.

use std::borrow::Borrow;
use std::fmt;
use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

/// Values by key.
#[derive(Clone, PartialEq)]
pub struct Lookup<K: Hash + Eq, V>(FxHashMap<K, V>);

impl<K: Hash + Eq, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<K: Hash + Eq, V> Lookup<K, V> {
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// The value of a key, which is the given one if it has none yet.
    pub fn or_insert(&mut self, key: K, value: V) -> &mut V {
        self.0.entry(key).or_insert(value)
    }

    pub fn remove<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.0.remove(key)
    }

    /// Changes every value by itself.
    pub fn change(&mut self, change: impl Fn(&mut V)) {
        self.0.values_mut().for_each(change);
    }
}

impl<K: Hash + Eq, T> Lookup<K, Vec<T>> {
    /// The values of a key, to add to.
    pub fn values(&mut self, key: K) -> &mut Vec<T> {
        self.0.entry(key).or_default()
    }

    /// The values of a key, in the order in which they were added.
    pub fn all<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> &[T]
    where
        K: Borrow<Q>,
    {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }
}

impl<K: Hash + Eq, V> fmt::Debug for Lookup<K, V> {
    /// How many there are: written one by one, they would show their order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} values", self.0.len())
    }
}

/// Keys that are in, or not.
#[derive(Clone)]
pub struct Among<K: Hash + Eq>(FxHashSet<K>);

impl<K: Hash + Eq> Default for Among<K> {
    fn default() -> Self {
        Self(FxHashSet::default())
    }
}

impl<K: Hash + Eq> Among<K> {
    pub fn contains<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains(key)
    }
}

impl<K: Hash + Eq> Extend<K> for Among<K> {
    fn extend<T: IntoIterator<Item = K>>(&mut self, keys: T) {
        self.0.extend(keys);
    }
}

impl<K: Hash + Eq> FromIterator<K> for Among<K> {
    fn from_iter<T: IntoIterator<Item = K>>(keys: T) -> Self {
        Self(keys.into_iter().collect())
    }
}
