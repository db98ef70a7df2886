//! A linear model over hashed n-grams of letters, one a script: multinomial logistic regression with weights of 8 bits,
//! in the shape of `whichlang`. Sums are of whole numbers, so every machine gives the same.
//!
//! `tools/train_langid.py` makes the weights; what it was given stands in `data/SOURCES.md`.

use std::sync::LazyLock;

use crate::base::span::position;
use crate::langid::script::{Script, script_of};

static DATA: &[u8] = include_bytes!("data/ngrams.bin");

/// The models by script.
static MODELS: LazyLock<Vec<Model>> =
    LazyLock::new(|| read(DATA).expect("the file that ships is whole: a test reads it"));

/// The class of text in no language: letters in any order, addresses, codes.
const NO_LANGUAGE: &str = "und";

/// What stands for the edge of a word among its letters.
const EDGE: u32 = 1;

/// Keys of n-grams are numbers in this base; that of the FNV hash.
const PRIME: u32 = 0x0100_0193;

/// What spreads keys over buckets, by the letters of the n-gram.
const SPREAD: [u32; 4] = [0x9E37_79B1, 0x85EB_CA6B, 0xC2B2_AE35, 0x27D4_EB2F];

/// The same for whole words.
const SPREAD_WORD: u32 = 0xD3A2_646D;

/// Added to the key of a word, which would be that of an n-gram.
const WORD_SALT: u32 = 0x5BD1_E995;

/// Bytes of a row are a multiple of this.
const ROW: usize = 16;

/// Weights that are added at once, as many as fill a number.
const EIGHT: usize = 8;

/// Buckets that are summed at once: as many bytes as fit 16 bits.
const AT_ONCE: usize = 256;

/// Classes of a model, at most.
pub(super) const CLASSES: usize = 64;

/// The weights of one script.
#[derive(Debug)]
pub(super) struct Model {
    script: Script,
    bits: u32,
    /// Steps of a weight to a nat.
    steps: f64,
    tags: Vec<&'static str>,
    /// Bytes of a bucket's row: the classes, filled up to a multiple of [`ROW`].
    stride: usize,
    weights: &'static [u8],
}

/// The model of a script that several languages share.
pub(super) fn model(script: Script) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.script == script)
}

/// The tags of all models, in the order of their classes.
pub(super) fn tags() -> impl Iterator<Item = &'static str> {
    MODELS.iter().flat_map(|model| model.tags.iter().copied()).filter(|&tag| tag != NO_LANGUAGE)
}

impl Model {
    /// The tag of each class; `und` is text in no language.
    pub(super) fn tags(&self) -> &[&'static str] {
        &self.tags
    }

    /// Nats by which one sum is over another, as if n-grams were independent.
    pub(super) fn nats(&self, difference: i32) -> f64 {
        f64::from(difference) / self.steps
    }

    /// Adds the weights of a text's n-grams: 1 to 4 letters within a word, its edges among them, and the word.
    pub(super) fn add(&self, text: &str, sums: &mut [i32; CLASSES]) {
        let mut adder = Adder { model: self, buckets: [0; AT_ONCE], filled: 0, sums };
        let mut word = Word::default();
        for letter in text.chars() {
            match self.fold(letter) {
                Some(folded) => word.add(folded, &mut adder),
                None if word.letters > 0 => word.end(&mut adder),
                None => {}
            }
        }
        if word.letters > 0 {
            word.end(&mut adder);
        }
        adder.flush();
    }

    /// A letter of the script in lower case.
    #[inline]
    fn fold(&self, letter: char) -> Option<u32> {
        if letter.is_ascii() {
            let in_script = self.script == Script::Latin && letter.is_ascii_alphabetic();
            return in_script.then(|| u32::from(letter.to_ascii_lowercase()));
        }
        let in_script = script_of(letter) == Some(self.script);
        in_script.then(|| u32::from(letter.to_lowercase().next().unwrap_or(letter)))
    }
}

/// The keys of the n-grams that end at the letter read last.
#[derive(Debug)]
struct Word {
    keys: [u32; 4],
    whole: u32,
    letters: u32,
}

impl Default for Word {
    fn default() -> Self {
        Self { keys: [EDGE, 0, 0, 0], whole: 0, letters: 0 }
    }
}

impl Word {
    #[inline]
    fn add(&mut self, letter: u32, adder: &mut Adder<'_, '_>) {
        self.shift(letter);
        self.whole = self.whole.wrapping_mul(PRIME).wrapping_add(letter);
        self.letters += 1;
        adder.add(self.keys[0], SPREAD[0]);
        self.longer(adder);
    }

    fn end(&mut self, adder: &mut Adder<'_, '_>) {
        self.shift(EDGE);
        self.letters += 1;
        self.longer(adder);
        adder.add(self.whole.wrapping_add(WORD_SALT), SPREAD_WORD);
        *self = Self::default();
    }

    #[inline]
    fn shift(&mut self, symbol: u32) {
        let [one, two, three, _] = self.keys;
        let with = |key: u32| key.wrapping_mul(PRIME).wrapping_add(symbol);
        self.keys = [symbol, with(one), with(two), with(three)];
    }

    /// The n-grams of two to four symbols that are within the word and its edges.
    #[inline]
    fn longer(&self, adder: &mut Adder<'_, '_>) {
        adder.add(self.keys[1], SPREAD[1]);
        if self.letters >= 2 {
            adder.add(self.keys[2], SPREAD[2]);
        }
        if self.letters >= 3 {
            adder.add(self.keys[3], SPREAD[3]);
        }
    }
}

struct Adder<'m, 's> {
    model: &'m Model,
    buckets: [u32; AT_ONCE],
    filled: usize,
    sums: &'s mut [i32; CLASSES],
}

impl Adder<'_, '_> {
    #[inline]
    fn add(&mut self, key: u32, spread: u32) {
        self.buckets[self.filled] = key.wrapping_mul(spread) >> (32 - self.model.bits);
        self.filled += 1;
        if self.filled == AT_ONCE {
            self.flush();
        }
    }

    /// Adds the rows of the buckets, eight classes at a time: as numbers, each byte in sixteen bits of its own, since whether the
    /// compiler makes vectors of bytes depends on what stands around them.
    fn flush(&mut self) {
        const LOW: u64 = 0x00FF_00FF_00FF_00FF;
        const SIGNS: u64 = 0x8080_8080_8080_8080;
        let Model { stride, weights, .. } = *self.model;
        let (eights, _) = weights.as_chunks::<EIGHT>();
        for first in 0..stride / EIGHT {
            let [mut even, mut odd] = [0; 2];
            for &bucket in &self.buckets[..self.filled] {
                // With its sign turned, a byte is a weight and 128.
                let eight = u64::from_le_bytes(eights[bucket as usize * (stride / EIGHT) + first]) ^ SIGNS;
                even += eight & LOW;
                odd += eight >> 8 & LOW;
            }
            let over = i32::from(i8::MIN) * position(self.filled).cast_signed();
            for (at, sum) in self.sums[first * EIGHT..][..EIGHT].iter_mut().enumerate() {
                let of = [even, odd][at % 2].to_le_bytes();
                *sum += i32::from(u16::from_le_bytes([of[at & 6], of[at | 1]])) + over;
            }
        }
        self.filled = 0;
    }
}

/// Reads the models; `None` when the bytes are not what the script in `tools/` writes.
fn read(data: &'static [u8]) -> Option<Vec<Model>> {
    let (&count, mut rest) = data.strip_prefix(b"NGLI")?.split_first()?;
    let mut models = Vec::new();
    for _ in 0..count {
        let (head, after) = rest.split_at_checked(8)?;
        let script = match &head[..4] {
            b"Latn" => Script::Latin,
            b"Cyrl" => Script::Cyrillic,
            b"Arab" => Script::Arabic,
            b"Deva" => Script::Devanagari,
            _ => return None,
        };
        let (bits, classes) = (u32::from(head[4]), usize::from(head[5]));
        let stride = classes.next_multiple_of(ROW);
        if !(1..=24).contains(&bits) || !(1..=CLASSES).contains(&classes) {
            return None;
        }
        let (names, after) = after.split_at_checked(8 * classes)?;
        let tag = |name: &'static [u8]| str::from_utf8(name).ok().map(|name| name.trim_end_matches('\0'));
        let tags = names.chunks(8).map(tag).collect::<Option<_>>()?;
        let (weights, after) = after.split_at_checked(stride << bits)?;
        let steps = f64::from(u16::from_le_bytes([head[6], head[7]])) / 256.0;
        models.push(Model { script, bits, steps, tags, stride, weights });
        rest = after;
    }
    rest.is_empty().then_some(models)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_ships_can_be_read() {
        assert_eq!(read(DATA).expect("whole").len(), 4);
        assert!(read(&DATA[..DATA.len() - 1]).is_none());
    }

    fn sums(text: &str) -> [i32; CLASSES] {
        let mut sums = [0; CLASSES];
        model(Script::Latin).expect("there").add(text, &mut sums);
        sums
    }

    #[test]
    fn sums_are_those_of_the_words_whatever_stands_between() {
        assert_eq!(sums("the bridge was closed"), sums(" THE bridge, was 42 (closed)"));
        assert_ne!(sums("the bridge was closed"), sums("thebridge was closed"));
    }

    #[test]
    fn rows_are_added_as_one_by_one() {
        for model in read(DATA).expect("whole") {
            let last = position(model.weights.len() / model.stride) - 1;
            for count in [1, 7, AT_ONCE] {
                let buckets: [u32; AT_ONCE] = std::array::from_fn(|at| position(at) * 40_503 % last);
                let mut sums = [5; CLASSES];
                Adder { model: &model, buckets, filled: count, sums: &mut sums }.flush();
                for (class, &sum) in sums[..model.stride].iter().enumerate() {
                    let weight = |&bucket: &u32| model.weights[bucket as usize * model.stride + class];
                    let added = buckets[..count].iter().map(|b| i32::from(weight(b).cast_signed()));
                    assert_eq!(sum, 5 + added.sum::<i32>(), "class {class} of {:?}", model.script);
                }
            }
        }
    }

    #[test]
    fn long_texts_overflow_nothing() {
        let (once, often) = (sums("aaaa "), sums(&"aaaa ".repeat(5000)));
        assert!(once.iter().zip(often).all(|(once, often)| once * 5000 == often));
    }
}
