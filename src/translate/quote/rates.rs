//! What a translation costs and how long it takes, from a file of rates.
//!
//! Sums are whole numbers of millionths of the currency; nothing is rounded before it is shown.

use std::collections::BTreeMap;
use std::iter::successors;
use std::ops::AddAssign;

use serde::Deserialize;

use super::category::{Category, Counts};

/// Millionths in one.
const MICRO: u128 = 1_000_000;

/// Most places after the point of an amount that is read.
const PLACES: usize = 6;

/// An amount of money or of hours, in millionths. Never negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub u128);

impl Amount {
    /// Reads a decimal number: digits, and after a point up to six more.
    ///
    /// ```
    /// # use nutgraf::translate::quote::rates::Amount;
    /// assert_eq!(Amount::parse("0.115"), Some(Amount(115_000)));
    /// assert_eq!(Amount::parse("-1"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_number(part) || part.len() > PLACES || whole.len() > 12 {
            return None;
        }
        let part: u128 = format!("{part:0<PLACES$}").parse().ok()?;
        Some(Self(whole.parse::<u128>().ok()? * MICRO + part))
    }

    /// The amount with `places` digits after the point, at most six; half a unit of the last place is rounded up.
    ///
    /// ```
    /// # use nutgraf::translate::quote::rates::Amount;
    /// assert_eq!(Amount(1_005_000).rounded(2), "1.01");
    /// assert_eq!(Amount(999_999).rounded(0), "1");
    /// ```
    pub fn rounded(self, places: usize) -> String {
        let places = places.min(PLACES);
        let unit = (places..PLACES).fold(1, |unit, _| unit * 10);
        let shown = (self.0 + unit / 2) / unit;
        let scale = MICRO / unit;
        match places {
            0 => shown.to_string(),
            _ => format!("{}.{:0places$}", shown / scale, shown % scale),
        }
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// Money and time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Money, in millionths of the currency.
    pub price: Amount,
    /// Hours, in millionths.
    pub hours: Amount,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.price += other.price;
        self.hours += other.hours;
    }
}

/// Which words are paid for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counted {
    /// Those of [`super::volume::count_words`].
    #[default]
    Words,
    /// Those that blanks part.
    Blanks,
}

/// Rates of a translator: prices and speeds by category.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Table")]
pub struct Rates {
    /// What prices are in, as it is shown: `EUR`.
    pub currency: String,
    /// Digits after the point when an amount of money is shown, 0 to 6.
    pub places: usize,
    /// Which words are paid for.
    pub counted: Counted,
    /// The least that the whole costs.
    pub minimum: Amount,
    prices: BTreeMap<&'static str, Amount>,
    speeds: BTreeMap<&'static str, u64>,
}

/// A file of rates as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    currency: String,
    #[serde(default = "two")]
    decimals: usize,
    #[serde(default)]
    count: Counted,
    minimum: Option<toml::Value>,
    price_per_word: BTreeMap<String, toml::Value>,
    #[serde(default)]
    words_per_hour: BTreeMap<String, u64>,
}

fn two() -> usize {
    2
}

impl TryFrom<Table> for Rates {
    type Error = String;

    fn try_from(table: Table) -> Result<Self, String> {
        if table.decimals > PLACES {
            return Err(format!("decimals: {}, more than {PLACES}", table.decimals));
        }
        let mut prices = BTreeMap::new();
        for (name, value) in &table.price_per_word {
            prices.insert(known("price_per_word", name)?, amount(&format!("price_per_word.{name}"), value)?);
        }
        let mut speeds = BTreeMap::new();
        for (name, &words) in &table.words_per_hour {
            if words == 0 {
                return Err(format!("words_per_hour.{name}: 0 words never end"));
            }
            speeds.insert(known("words_per_hour", name)?, words);
        }
        if !prices.contains_key(Category::New.name()) {
            return Err("price_per_word: `new` is missing".to_owned());
        }
        if !speeds.is_empty() && !speeds.contains_key(Category::New.name()) {
            return Err("words_per_hour: `new` is missing".to_owned());
        }
        let minimum = table.minimum.as_ref().map(|value| amount("minimum", value)).transpose()?;
        Ok(Self {
            currency: table.currency,
            places: table.decimals,
            counted: table.count,
            minimum: minimum.unwrap_or_default(),
            prices,
            speeds,
        })
    }
}

/// The category called `name`, by its own name.
fn known(table: &str, name: &str) -> Result<&'static str, String> {
    let names = Category::ALL.map(Category::name);
    names
        .into_iter()
        .find(|&known| known == name)
        .ok_or_else(|| format!("{table}: unknown category `{name}`; known categories: {}", names.join(", ")))
}

/// A decimal number as it was written: whole, in quotes, or bare, where the shortest number that is the same is what stood there.
fn amount(key: &str, value: &toml::Value) -> Result<Amount, String> {
    let text = match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        other => other.to_string(),
    };
    Amount::parse(text.trim())
        .ok_or_else(|| format!("{key}: `{text}` is no amount; give digits with up to {PLACES} after a point"))
}

impl Rates {
    /// Reads rates from TOML.
    ///
    /// # Errors
    /// Names the key that is missing, unknown or has no usable value.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| crate::base::stage::one_line(&e))
    }

    /// Whether hours can be told.
    pub fn has_hours(&self) -> bool {
        !self.speeds.is_empty()
    }

    /// The price of a word. A category without a price of its own costs what the next worse match does, see
    /// `docs/quotes.md`.
    pub fn price(&self, category: Category) -> Amount {
        nearest(&self.prices, category).unwrap_or_default()
    }

    /// Words that are paid for.
    pub fn words(&self, volume: super::Volume) -> u64 {
        match self.counted {
            Counted::Words => volume.words,
            Counted::Blanks => volume.blank_words,
        }
    }

    /// What the words of a category cost. Money is exact; hours are rounded to the millionth.
    pub fn cost(&self, category: Category, volume: super::Volume) -> Cost {
        let words = u128::from(self.words(volume));
        let hours = nearest(&self.speeds, category).map_or(0, |speed| {
            let speed = u128::from(speed);
            (words * MICRO + speed / 2) / speed
        });
        Cost { price: Amount(words * self.price(category).0), hours: Amount(hours) }
    }

    /// What all categories cost together, before the minimum.
    pub fn total(&self, counts: &Counts) -> Cost {
        let mut total = Cost::default();
        for (category, volume) in counts.rows() {
            total += self.cost(category, volume);
        }
        total
    }

    /// What is charged for a whole that costs `price`: at least the minimum.
    pub fn charge(&self, price: Amount) -> Amount {
        price.max(self.minimum)
    }
}

fn nearest<T: Copy>(values: &BTreeMap<&'static str, T>, category: Category) -> Option<T> {
    successors(Some(category), |category| category.stands_for()).find_map(|at| values.get(at.name()).copied())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::category::Band;
    use super::super::{Placeable, Volume};
    use super::*;

    const RATES: &str = "
        currency = 'EUR'
        minimum = '35'
        [price_per_word]
        new = 0.115
        '75-84' = '0.08'
        100 = 0.02
        numeric = 0
        [words_per_hour]
        new = 300
        100 = 1500
    ";

    fn words(words: u64) -> Volume {
        Volume { segments: 1, words, ..Volume::default() }
    }

    #[test]
    fn a_band_without_a_price_costs_what_the_next_worse_one_does() {
        let rates = Rates::parse(RATES).expect("rates");
        let price = |category| rates.price(category).rounded(3);
        assert_eq!(price(Category::Memory(Band::From95)), "0.080");
        assert_eq!(price(Category::Internal(Band::From85)), "0.080");
        assert_eq!(price(Category::Memory(Band::From50)), "0.115");
        assert_eq!(price(Category::RepetitionAcross), "0.020");
        assert_eq!(price(Category::Placeable(Placeable::Numeric)), "0.000");
        assert_eq!(price(Category::Placeable(Placeable::Alphanumeric)), "0.020");
    }

    #[test]
    fn cents_are_exact_and_the_minimum_holds_for_the_whole() {
        let rates = Rates::parse(RATES).expect("rates");
        let mut counts = Counts::default();
        counts.add(Category::New, words(101));
        counts.add(Category::Exact, words(7));
        let total = rates.total(&counts);
        assert_eq!(
            (total.price.rounded(3), total.hours.rounded(2)),
            ("11.755".to_owned(), "0.34".to_owned())
        );
        assert_eq!(rates.charge(total.price).rounded(2), "35.00");
        assert_eq!(rates.charge(Amount(40 * MICRO)).rounded(2), "40.00");
    }

    #[test]
    fn mistakes_name_the_key_and_the_choices() {
        let refusal = |text: &str| Rates::parse(text).expect_err("a mistake");
        for (table, told) in [
            ("[price_per_word]\n100 = 0.1", "price_per_word: `new` is missing"),
            (
                "[price_per_word]\nnew = -1",
                "price_per_word.new: `-1` is no amount; give digits with up to 6 after a point",
            ),
            ("[price_per_word]\nnew = 0.0000001", "price_per_word.new: `0.0000001` is no amount"),
            (
                "[price_per_word]\nnews = 1",
                "price_per_word: unknown category `news`; known categories: 101, 100, ",
            ),
            (
                "minimun = 3\n[price_per_word]\nnew = 1",
                "unknown field `minimun`, expected one of `currency`, ",
            ),
            ("[price_per_word]\nnew = 1\n[words_per_hour]\nnew = 0", "words_per_hour.new: 0 words never end"),
        ] {
            let refused = refusal(&format!("currency = 'EUR'\n{table}"));
            assert!(refused.starts_with(told), "{refused}");
        }
    }

    proptest! {
        /// What was read shows as it was written.
        #[test]
        fn amounts_come_back(whole in 0_u64..1_000_000, part in "[0-9]{6}") {
            let text = format!("{whole}.{part}");
            prop_assert_eq!(Amount::parse(&text).expect("an amount").rounded(6), text);
        }

        /// A bare number in TOML is the number that stands there, to the last digit.
        #[test]
        fn bare_numbers_are_exact(whole in 0_u64..10_000, part in "[0-9]{1,6}") {
            let rates = Rates::parse(&format!("currency = 'X'\n[price_per_word]\nnew = {whole}.{part}"));
            prop_assert_eq!(rates.expect("rates").price(Category::New), Amount::parse(&format!("{whole}.{part}")).expect("an amount"));
        }
    }
}
