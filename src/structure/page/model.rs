//! Boosted trees over the rows of `features`: how surely a block belongs to the article.
//!
//! Two models stand in one file. The first sees a block and what stands around it, the second also what the first
//! said of its neighbours (stacking, Wolpert 1992). `tools/train_page.py` makes the file with `LightGBM` (Ke et al. 2017).

use std::sync::LazyLock;

use crate::base::math;

static TREES: &[u8] = include_bytes!("data/trees.bin");

/// The two models.
pub(super) static MODELS: LazyLock<[Model; 2]> = LazyLock::new(|| {
    let mut bytes = Bytes(TREES);
    [Model::read(&mut bytes), Model::read(&mut bytes)]
});

/// A sum of trees, in log odds.
#[derive(Debug)]
pub(super) struct Model {
    forks: Vec<Fork>,
    leaves: Vec<f32>,
    /// Where each tree begins among `forks` and `leaves`.
    trees: Vec<(u32, u32)>,
}

/// A question of a tree.
#[derive(Debug, Clone, Copy)]
struct Fork {
    number: u16,
    /// Where to go when the number is at most `most`, and when it is greater: a fork, or a leaf less than zero.
    next: [i8; 2],
    most: f32,
}

impl Model {
    fn read(bytes: &mut Bytes) -> Self {
        let count = bytes.u16();
        let (mut forks, mut leaves, mut trees) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..count {
            let begins =
                (crate::base::span::position(forks.len()), crate::base::span::position(leaves.len()));
            trees.push(begins);
            let questions = bytes.u8();
            for _ in 0..questions {
                let number = bytes.u16();
                let next = [bytes.u8().cast_signed(), bytes.u8().cast_signed()];
                forks.push(Fork { number, next, most: bytes.f32() });
            }
            leaves.extend((0..=questions).map(|_| bytes.f32()));
        }
        Self { forks, leaves, trees }
    }

    /// How many numbers of a row it may ask for.
    #[cfg(test)]
    pub(super) fn width(&self) -> usize {
        self.forks.iter().map(|fork| usize::from(fork.number) + 1).max().unwrap_or_default()
    }

    /// The share of such rows that belong to the article, in `0.0..=1.0`.
    pub(super) fn score(&self, row: &[f32]) -> f32 {
        let mut odds = 0.0;
        for &(forks, leaves) in &self.trees {
            let mut at = 0;
            while let Ok(fork) = usize::try_from(at) {
                let fork = self.forks[forks as usize + fork];
                at = fork.next[usize::from(row[usize::from(fork.number)] > fork.most)];
            }
            odds += f64::from(self.leaves[leaves as usize + usize::from((!at).unsigned_abs())]);
        }
        #[expect(clippy::cast_possible_truncation, reason = "a score needs few digits")]
        let score = (1.0 / (1.0 + math::exp(-odds))) as f32;
        score
    }
}

/// What is left of the file, which is whole because it is shipped.
struct Bytes(&'static [u8]);

impl Bytes {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (head, rest) = self.0.split_first_chunk().expect("the file of trees is whole");
        self.0 = rest;
        *head
    }

    fn u8(&mut self) -> u8 {
        u8::from_le_bytes(self.take())
    }

    fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.take())
    }

    fn f32(&mut self) -> f32 {
        f32::from_le_bytes(self.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_is_two_models_and_nothing_more() {
        let mut bytes = Bytes(TREES);
        let models = [Model::read(&mut bytes), Model::read(&mut bytes)];
        assert!(bytes.0.is_empty(), "{} bytes are left", bytes.0.len());
        assert!(models.iter().all(|model| !model.trees.is_empty()));
    }

    #[test]
    fn a_number_that_equals_the_bound_goes_left() {
        // One tree: at most 2.5 gives odds of -1, more gives 3.
        let file = [
            &[1_u8, 0, 1, 0, 0, 0xFF, 0xFE][..],
            &2.5_f32.to_le_bytes(),
            &(-1.0_f32).to_le_bytes(),
            &3.0_f32.to_le_bytes(),
        ];
        let model = Model::read(&mut Bytes(file.concat().leak()));
        let score = |number: f32| (model.score(&[number]) * 1000.0).round();
        assert_eq!([score(2.5), score(2.6)].map(f32::to_bits), [269.0_f32, 953.0].map(f32::to_bits));
    }
}
