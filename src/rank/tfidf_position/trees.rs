//! A sum of small decision trees over the features of segments.
//!
//! Every tree has at most eight leaves, so that the leaves a segment can still reach are one byte: a test that fails takes
//! the leaves of its left branch away, and the lowest that is left is the one reached (Lucchese et al. 2015, `QuickScorer`).
//! Up to 64 segments go through a tree at once, and the values of two trees are looked up as one. They are whole numbers,
//! so that a sum is exact in any order.

use crate::base::math;
use crate::base::span::position;

const MAGIC: &[u8; 8] = b"nutgrafT";
const VERSION: u32 = 1;

/// Leaves of a tree, at most.
const LEAVES: usize = 8;

/// Leaves of two trees, each of the one with each of the other.
const PAIR: usize = LEAVES * LEAVES;

/// A leaf of the second tree of a pair counts by so many.
const SECOND: u8 = 8;

/// Segments that a vector instruction compares, one a byte, on every processor.
const VECTOR: usize = 16;

/// Tests of a tree, at most.
const TESTS: usize = LEAVES - 1;

/// Features, at most: more than there are, and few enough that what is known of a block of segments stays near the processor.
const FEATURES: usize = 64;

/// Segments that go through a tree together, at most.
const BLOCK: usize = 4 * VECTOR;

/// Pairs of trees whose leaves are found before the values of any are looked up: what is found goes through memory, since a
/// byte of it is quicker to read there than to take out of a vector.
const AHEAD: usize = 10;

/// Values of leaves to a unit of salience: 2²⁰.
const SCALE: f64 = 1_048_576.0;

/// A byte for each segment of a vector instruction.
type Lanes = [u8; VECTOR];

/// How many bounds of each feature each segment passes, as [`ordered`] has them.
type Bins = [[[i8; VECTOR]; BLOCK / VECTOR]; FEATURES];

/// A test of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Test {
    feature: u8,
    /// It fails for a feature that passes more than this many of its bounds, as [`ordered`] has them; the same in all lanes, which
    /// is quicker to read than to make.
    most: [i8; VECTOR],
    /// Leaves that are taken away when it fails, likewise.
    left: Lanes,
}

impl Test {
    /// One that always holds, in the place of a test that a tree does not have.
    const NONE: Self = Self { feature: 0, most: [i8::MAX; VECTOR], left: [0; VECTOR] };
}

/// A count of bounds as a number with a sign and in the same order: processors compare such bytes in one step.
fn ordered(count: u8) -> i8 {
    (count ^ 0x80).cast_signed()
}

/// What only an explanation asks of a test: where it leads and what its segments score on average.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Branch {
    /// The tests that follow when it holds and when it fails, or `!leaf`.
    next: [i8; 2],
    mean: i32,
}

/// A model: bounds of every feature, and trees.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trees {
    /// By feature.
    bounds: Vec<Bounds>,
    /// By tree.
    tests: Vec<[Test; TESTS]>,
    /// Those of all trees in turn.
    branches: Vec<Branch>,
    leaves: Vec<[i32; LEAVES]>,
    /// Sums of a leaf of one tree and one of the next, by their numbers, the first tree's in the low bits.
    pairs: Vec<[i32; PAIR]>,
    /// Where the branches of each tree begin; one more at the end.
    begins: Vec<u32>,
}

impl Trees {
    /// The model in `bytes`, which must be about these features.
    ///
    /// # Errors
    /// What does not fit: another file, version or features, or a file cut off or changed.
    pub(super) fn read(bytes: &[u8], features: &[&str]) -> Result<Self, String> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else { return Err("not a model of trees".to_owned()) };
        let mut bytes = Bytes(rest);
        let version = u32::from_le_bytes(bytes.take()?);
        if version != VERSION {
            return Err(format!("trees of version {version}; this release reads version {VERSION}"));
        }
        let mut bounds = Vec::new();
        for number in 0..bytes.u8()? {
            let name = bytes.name()?;
            match features.get(usize::from(number)) {
                Some(&expected) if name == expected.as_bytes() => {}
                _ => return Err(format!("trees over other features: `{}`", String::from_utf8_lossy(name))),
            }
            let count = bytes.u8()?;
            let of_feature = (0..count).map(|_| bytes.take().map(f64::from_le_bytes));
            bounds.push(Bounds::new(&of_feature.collect::<Result<Vec<_>, _>>()?));
        }
        let mut model = Self {
            bounds,
            tests: Vec::new(),
            branches: Vec::new(),
            leaves: Vec::new(),
            pairs: Vec::new(),
            begins: vec![0],
        };
        for _ in 0..u16::from_le_bytes(bytes.take()?) {
            model.read_tree(&mut bytes)?;
        }
        let largest = |leaves: &[i32; LEAVES]| leaves.iter().map(|&leaf| i64::from(leaf).abs()).max();
        let bounded = i32::try_from(model.leaves.iter().filter_map(largest).sum::<i64>()).is_ok();
        let all = model.bounds.len() == features.len() && features.len() <= FEATURES;
        let whole = bounded && bytes.0.is_empty() && all;
        let rising = model.bounds.iter().all(|bounds| bounds.values().is_sorted_by(|a, b| a < b));
        if !(whole && rising) {
            return Err(DAMAGED.to_owned());
        }
        let pair = |pair: &[[i32; LEAVES]]| {
            let second = pair.get(1).unwrap_or(&[0; LEAVES]);
            std::array::from_fn(|both| pair[0][both % LEAVES] + second[both / LEAVES])
        };
        model.pairs = model.leaves.chunks(2).map(pair).collect();
        Ok(model)
    }

    fn read_tree(&mut self, bytes: &mut Bytes<'_>) -> Result<(), String> {
        let tests = usize::from(bytes.u8()?);
        let from = self.branches.len();
        let mut padded = [Test::NONE; TESTS];
        for test in 0..tests {
            let (feature, most) = (bytes.u8()?, bytes.u8()?);
            let next = [bytes.u8()?.cast_signed(), bytes.u8()?.cast_signed()];
            let known = self.bounds.get(usize::from(feature)).is_some_and(|b| most < b.count);
            let Some(slot) = padded.get_mut(test).filter(|_| known) else { return Err(DAMAGED.to_owned()) };
            *slot = Test { feature, most: [ordered(most); VECTOR], ..Test::NONE };
            self.branches.push(Branch { next, mean: i32::from_le_bytes(bytes.take()?) });
        }
        self.tests.push(padded);
        let mut leaves = [0; LEAVES];
        for leaf in &mut leaves[..=tests] {
            *leaf = i32::from_le_bytes(bytes.take()?);
        }
        self.leaves.push(leaves);
        self.begins.push(position(self.branches.len()));
        let mut reached = 0;
        if tests > 0 {
            self.lay(from, 0, 0, &mut reached)?;
        }
        if usize::from(reached) == tests + usize::from(tests > 0) { Ok(()) } else { Err(DAMAGED.to_owned()) }
    }

    /// Sets which leaves each test takes away; `reached` counts leaves, which must come in order from the left.
    fn lay(&mut self, from: usize, test: usize, depth: usize, reached: &mut u8) -> Result<(), String> {
        if depth >= LEAVES || from + test >= self.branches.len() {
            return Err(DAMAGED.to_owned());
        }
        let first = *reached;
        for (side, next) in self.branches[from + test].next.into_iter().enumerate() {
            match usize::try_from(next) {
                Ok(next) => self.lay(from, next, depth + 1, reached)?,
                Err(_) if !next == reached.cast_signed() => *reached += 1,
                Err(_) => return Err(DAMAGED.to_owned()),
            }
            if side == 0 {
                let left = (first..*reached).fold(0, |leaves, leaf| leaves | 1 << leaf);
                self.tests.last_mut().expect("the tree that is read")[test].left = [left; VECTOR];
            }
        }
        Ok(())
    }

    /// The sum of the trees for each of `rows` segments, whose features stand column by column in `features`.
    pub(super) fn score(&self, features: &[f64], rows: usize, scores: &mut [f64]) {
        let mut bins = [[[0; VECTOR]; BLOCK / VECTOR]; FEATURES];
        for (block, scores) in scores[..rows].chunks_mut(BLOCK).enumerate() {
            for (number, (bins, bounds)) in bins.iter_mut().zip(&self.bounds).enumerate() {
                let column = &features[number * rows..(number + 1) * rows][block * BLOCK..];
                bounds.passed_by(&column[..scores.len()], bins.as_flattened_mut());
            }
            let mut sums = [0; BLOCK];
            // Lanes that no segment is in are work for nothing, but whole vectors are less.
            match scores.len().div_ceil(VECTOR) {
                1 => self.add::<1>(&bins, &mut sums[..scores.len()]),
                2 => self.add::<2>(&bins, &mut sums[..scores.len()]),
                3 => self.add::<3>(&bins, &mut sums[..scores.len()]),
                _ => self.add::<{ BLOCK / VECTOR }>(&bins, &mut sums[..scores.len()]),
            }
            for (score, sum) in scores.iter_mut().zip(sums) {
                *score = f64::from(sum) / SCALE;
            }
        }
    }

    /// Adds to `sums` the values of the leaves that the segments of `N` vectors reach.
    fn add<const N: usize>(&self, bins: &Bins, sums: &mut [i32]) {
        for (trees, values) in self.tests.chunks(2 * AHEAD).zip(self.pairs.chunks(AHEAD)) {
            let mut reached = [[[0; VECTOR]; N]; AHEAD];
            for (trees, reached) in trees.chunks(2).zip(&mut reached) {
                reach::<N, 1>(&trees[0], bins, reached);
                if let Some(second) = trees.get(1) {
                    reach::<N, SECOND>(second, bins, reached);
                }
            }
            for (reached, values) in reached.iter().zip(values) {
                for (sum, &leaf) in sums.iter_mut().zip(reached.as_flattened()) {
                    *sum += values[usize::from(leaf) % PAIR];
                }
            }
        }
    }

    /// Adds to `parts` what each feature, and after them the average segment, has in the score of the segment with these
    /// features: at every test on its way through a tree, the change of the mean is the part of the feature tested.
    pub(super) fn explain(&self, features: impl Fn(usize) -> f64, parts: &mut [f64]) {
        let (bias, tested) = parts.split_last_mut().expect("a part for the average segment");
        for ((tree, leaves), tests) in self.begins.windows(2).zip(&self.leaves).zip(&self.tests) {
            let branches = &self.branches[tree[0] as usize..tree[1] as usize];
            let mean_at = |next: i8| match usize::try_from(next) {
                Ok(test) => branches[test].mean,
                Err(_) => leaves[usize::from((!next).unsigned_abs())],
            };
            let mut at: i8 = if branches.is_empty() { !0 } else { 0 };
            *bias += f64::from(mean_at(at)) / SCALE;
            while let Ok(test) = usize::try_from(at) {
                let Test { feature, most, .. } = tests[test];
                let feature = usize::from(feature);
                let fails = ordered(self.bounds[feature].passed(features(feature))) > most[0];
                let next = branches[test].next[usize::from(fails)];
                tested[feature] += f64::from(mean_at(next) - mean_at(at)) / SCALE;
                at = next;
            }
        }
    }
}

/// Adds to `reached` the leaf of a tree that each segment of `N` vectors reaches, times `UNIT`. There is no branch on a segment, so
/// that all are compared at once.
#[inline]
fn reach<const N: usize, const UNIT: u8>(tests: &[Test; TESTS], bins: &Bins, reached: &mut [Lanes; N]) {
    let mut gone = [[0; VECTOR]; N];
    for Test { feature, most, left } in tests {
        let bins = &bins[usize::from(*feature) % FEATURES];
        for (gone, bins) in gone.iter_mut().zip(bins) {
            for lane in 0..VECTOR {
                let fails = u8::from(bins[lane] > most[lane]).wrapping_neg();
                gone[lane] |= left[lane] & fails;
            }
        }
    }
    for (reached, gone) in reached.iter_mut().zip(&gone) {
        for lane in 0..VECTOR {
            // The number of the lowest bit that is left, bit by bit.
            let lowest = !gone[lane] & gone[lane].wrapping_add(1);
            let bit = |of: u8, value: u8| if lowest & of == 0 { 0 } else { value };
            reached[lane] |= bit(0xAA, UNIT) | bit(0xCC, 2 * UNIT) | bit(0xF0, 4 * UNIT);
        }
    }
}

/// Stretches of equal length that the bounds of a feature are looked up by, as many as a byte counts.
const STRETCHES: usize = 256;

/// Bounds of a feature, at most, and one more.
const BOUNDS: usize = 256;

/// The bounds of a feature and where to begin to look among them.
#[derive(Debug, Clone, PartialEq)]
struct Bounds {
    /// Rising; behind them nothing but infinity, which no value passes.
    padded: Box<[f64; 2 * BOUNDS]>,
    count: u8,
    low: f64,
    /// Stretches to a unit.
    scale: f64,
    /// By stretch, how many bounds lie in stretches before it.
    before: [u8; STRETCHES],
    /// Bounds of a stretch, at most.
    most: u8,
}

impl Bounds {
    #[expect(clippy::cast_possible_truncation, reason = "bounds are counted by a byte")]
    fn new(values: &[f64]) -> Self {
        let (low, high) = values.first().zip(values.last()).map_or((0.0, 0.0), |(&low, &high)| (low, high));
        let scale = if high > low { math::count(STRETCHES - 1) / (high - low) } else { 0.0 };
        let mut padded = Box::new([f64::INFINITY; 2 * BOUNDS]);
        padded[..values.len()].copy_from_slice(values);
        let mut bounds =
            Self { padded, count: values.len() as u8, low, scale, before: [0; STRETCHES], most: 0 };
        for stretch in 0..STRETCHES {
            let till =
                |end: usize| values.iter().filter(|&&bound| usize::from(bounds.stretch(bound)) < end).count();
            let (before, after) = (till(stretch), till(stretch + 1));
            bounds.before[stretch] = before as u8;
            bounds.most = bounds.most.max((after - before) as u8);
        }
        bounds
    }

    fn values(&self) -> &[f64] {
        &self.padded[..usize::from(self.count)]
    }

    /// Grows with the value, so that bounds of stretches before the value's own are below it.
    #[inline]
    fn stretch(&self, value: f64) -> u8 {
        // From 2⁵² on the last bits of a number count units.
        const UNITS: f64 = 4_503_599_627_370_496.0;
        let stretches = ((value - self.low) * self.scale).clamp(0.0, math::count(STRETCHES - 1));
        (stretches + UNITS).to_le_bytes()[0]
    }

    /// How many bounds each of the values is greater than.
    fn passed_by(&self, values: &[f64], passed: &mut [i8]) {
        // Some features are the same all over the document.
        let same = values.windows(2).all(|pair| pair[0].to_bits() == pair[1].to_bits());
        if let Some(&value) = values.first().filter(|_| same) {
            passed.fill(ordered(self.passed(value)));
            return;
        }
        // Stretches first: the processor finds many at once.
        let mut stretches = [0; BLOCK];
        for (stretch, &value) in stretches.iter_mut().zip(values) {
            *stretch = self.stretch(value);
        }
        let mut among = |most: usize| {
            for ((passed, &value), stretch) in passed.iter_mut().zip(values).zip(stretches) {
                *passed = ordered(self.passed_in(stretch, value, most));
            }
        };
        // Nearly all features have one or two bounds in a stretch, which are compared without a loop.
        match self.most {
            0 | 1 => among(1),
            2 => among(2),
            most => among(usize::from(most)),
        }
    }

    /// How many bounds the value is greater than.
    fn passed(&self, value: f64) -> u8 {
        self.passed_in(self.stretch(value), value, usize::from(self.most))
    }

    /// The same for a value of this stretch, which holds no more than `most` bounds; those of later ones are not passed.
    #[inline]
    fn passed_in(&self, stretch: u8, value: f64, most: usize) -> u8 {
        let before = self.before[usize::from(stretch)];
        let next = &self.padded[usize::from(before)..][..most];
        next.iter().fold(before, |passed, &bound| passed + u8::from(bound < value))
    }
}

const DAMAGED: &str = "the file of trees is damaged";

/// What is left of a file.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (head, rest) = self.0.split_first_chunk().ok_or(DAMAGED)?;
        self.0 = rest;
        Ok(*head)
    }

    fn u8(&mut self) -> Result<u8, String> {
        Ok(u8::from_le_bytes(self.take()?))
    }

    fn name(&mut self) -> Result<&'b [u8], String> {
        let length = usize::from(self.u8()?);
        let (name, rest) = self.0.split_at_checked(length).ok_or(DAMAGED)?;
        self.0 = rest;
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURES: [&str; 2] = ["a", "b"];

    /// Two trees: `a` at most 0.5 gives 1, else `b` at most 2.5 gives 2 and more gives 4; and one leaf of −1.
    fn file() -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        file.extend(VERSION.to_le_bytes());
        file.push(2);
        for (name, bound) in [(b'a', 0.5_f64), (b'b', 2.5)] {
            file.extend([1, name, 1]);
            file.extend(bound.to_le_bytes());
        }
        file.extend(2_u16.to_le_bytes());
        let unit = |value: i32| (value << 20).to_le_bytes();
        file.push(2);
        file.extend([0, 0, 0xFF, 1]);
        file.extend(unit(2));
        file.extend([1, 0, 0xFE, 0xFD]);
        file.extend(unit(3));
        file.extend([1, 2, 4].map(unit).concat());
        file.push(0);
        file.extend(unit(-1));
        file
    }

    #[test]
    fn a_number_that_equals_a_bound_goes_left_whichever_lane_it_has() {
        let model = Trees::read(&file(), &FEATURES).expect("reads");
        for rows in [1, 15, 16, 17, 33, 40, 49, 64, 65, 130] {
            let value = |row: usize| [(0.5, 9.0, 0.0), (0.6, 2.5, 1.0), (0.6, 2.6, 3.0)][row % 3];
            let columns: Vec<f64> =
                (0..rows).map(|r| value(r).0).chain((0..rows).map(|r| value(r).1)).collect();
            let mut scores = vec![0.0; rows];
            model.score(&columns, rows, &mut scores);
            for (row, score) in scores.into_iter().enumerate() {
                assert!((score - value(row).2).abs() < 1e-12, "row {row} of {rows}: {score}");
                let mut parts = [0.0; 3];
                model.explain(|feature| columns[feature * rows + row], &mut parts);
                assert!((parts.iter().sum::<f64>() - score).abs() < 1e-12, "{parts:?}");
                assert!((parts[2] - 1.0).abs() < 1e-12, "the average of both trees: {parts:?}");
            }
        }
    }

    #[test]
    fn bounds_are_counted_as_one_by_one() {
        let sets =
            [vec![], vec![0.5], vec![-3.0, -2.9, 0.0, 1e-9, 7.0, 1e6], (0..255).map(f64::from).collect()];
        for values in sets {
            let bounds = Bounds::new(&values);
            let near = values.iter().flat_map(|&v| [v, v.next_up(), v.next_down(), v + 0.3]);
            for value in near.chain([f64::MIN, -1.0, 0.0, 1e-12, 1e300, f64::INFINITY]) {
                let counted = values.iter().filter(|&&bound| bound < value).count();
                assert_eq!(usize::from(bounds.passed(value)), counted, "{value} among {values:?}");
            }
        }
    }

    #[test]
    fn a_file_cut_off_or_of_other_features_is_refused() {
        let file = file();
        for end in 0..file.len() {
            assert!(Trees::read(&file[..end], &FEATURES).is_err(), "cut at {end}");
        }
        let refusal = |features: &[&str]| Trees::read(&file, features).expect_err("other features");
        assert_eq!(refusal(&["a", "c"]), "trees over other features: `b`");
        assert_eq!(refusal(&["a"]), "trees over other features: `b`");
        assert_eq!(refusal(&["a", "b", "c"]), DAMAGED);
        assert_eq!(Trees::read(b"PK", &FEATURES).expect_err("another file"), "not a model of trees");
    }

    #[test]
    fn a_changed_byte_is_refused_or_scores() {
        for at in 0..file().len() {
            for byte in [0, 1, 0x7F, 0xFF] {
                let mut file = file();
                file[at] = byte;
                if let Ok(model) = Trees::read(&file, &FEATURES) {
                    model.score(&[0.0, 1.0, 2.0, 3.0], 2, &mut [0.0; 2]);
                    model.explain(|_| 1.0, &mut [0.0; 3]);
                }
            }
        }
    }
}
