//! A frozen table of document frequencies by 64-bit key.

use crate::base::span::position;

/// Keys sorted, each with its document frequency, and an index over their leading bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frequencies {
    keys: Vec<u64>,
    df: Vec<u32>,
    /// Where the keys with each value of the leading `bits` bits begin; one more at the end.
    index: Vec<u32>,
    bits: u32,
}

/// Keys per place of the index, about: one cache line of keys is read for a look-up.
const KEYS_PER_PLACE: usize = 4;

#[expect(clippy::cast_possible_truncation, reason = "there are fewer places than keys in memory")]
fn place(key: u64, bits: u32) -> usize {
    (key >> (64 - bits)) as usize
}

impl Default for Frequencies {
    fn default() -> Self {
        Self::new(Vec::new(), Vec::new())
    }
}

impl Frequencies {
    /// A table of these keys, which must be strictly rising, and their document frequencies.
    pub fn new(keys: Vec<u64>, df: Vec<u32>) -> Self {
        debug_assert!(keys.len() == df.len() && keys.is_sorted_by(|a, b| a < b));
        let bits = (keys.len() / KEYS_PER_PLACE).max(2).ilog2();
        let mut index = Vec::with_capacity((1 << bits) + 1);
        for (at, &key) in keys.iter().enumerate() {
            while index.len() <= place(key, bits) {
                index.push(position(at));
            }
        }
        index.resize((1 << bits) + 1, position(keys.len()));
        Self { keys, df, index, bits }
    }

    /// Freezes sorted counts; one above 4,294,967,295 stands as that.
    pub fn from_sorted(counts: &[(u64, u64)]) -> Self {
        let keys = counts.iter().map(|&(key, _)| key).collect();
        Self::new(keys, counts.iter().map(|&(_, df)| u32::try_from(df).unwrap_or(u32::MAX)).collect())
    }

    /// How many different keys it holds.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// How many documents hold what this key stands for; 0 for a key never counted.
    pub fn df(&self, key: u64) -> u64 {
        let place = place(key, self.bits);
        let (from, to) = (self.index[place] as usize, self.index[place + 1] as usize);
        let found = self.keys[from..to].iter().position(|&k| k == key);
        found.map_or(0, |at| u64::from(self.df[from + at]))
    }

    /// Keys and document frequencies, by rising key.
    pub fn entries(&self) -> impl Iterator<Item = (u64, u32)> {
        self.keys.iter().copied().zip(self.df.iter().copied())
    }

    /// The sum of both tables; the same whichever comes first.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.entries().peekable(), other.entries().peekable());
        let mut keys = Vec::with_capacity(self.len().max(other.len()));
        let mut counts = Vec::with_capacity(keys.capacity());
        while let Some(key) = left.peek().into_iter().chain(right.peek()).map(|&(key, _)| key).min() {
            let df = |entry: Option<(u64, u32)>| entry.map_or(0, |(_, df)| df);
            let sum = df(left.next_if(|e| e.0 == key)).saturating_add(df(right.next_if(|e| e.0 == key)));
            keys.push(key);
            counts.push(sum);
        }
        Self::new(keys, counts)
    }
}
