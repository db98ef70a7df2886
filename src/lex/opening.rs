//! How a sentence opens: with a word that points back to a sentence before it, or not.
//!
//! To add a language: write `src/lex/data/openings/<tag>.txt` (`SOURCES.md` beside it has the format), then its row in
//! `LISTS`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::span::position;
use crate::lex::words::letters_and_digits;

/// What the first words of a sentence are, where they point back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opening {
    /// *He*, *it*, *their*; not an expletive *it*, as in “It is unclear”.
    Pronoun,
    /// *This*, *those shares*; no date, as in “This week”, and not “those who”.
    Demonstrative,
    /// *But*, *however*, *as a result*.
    Connective,
}

/// How `sentence` opens; `None` for one that stands alone, and in a language without lists.
///
/// `lang` is a primary subtag. Quotation marks, brackets and dashes before the first word play no part. `sentence` is
/// taken to be in NFC, as normalizing leaves it; otherwise words with accents are not known.
///
/// ```
/// use nutgraf::lex::opening::{Opening, opening};
/// assert_eq!(opening("“But he left,” she said.", "en"), Some(Opening::Connective));
/// assert_eq!(opening("This week, markets fell.", "en"), None);
/// ```
pub fn opening(sentence: &str, lang: &str) -> Option<Opening> {
    openings(lang)?.of(sentence)
}

/// Whether the language given by its primary subtag has lists.
pub fn has_lists(lang: &str) -> bool {
    openings(lang).is_some()
}

/// The lists of a language given by its primary subtag.
pub fn openings(lang: &str) -> Option<&'static Openings> {
    let tag = match lang {
        "ms" => "id",
        "nn" | "no" => "nb",
        other => other,
    };
    let tag: [u8; 2] = tag.as_bytes().try_into().ok()?;
    PARSED.binary_search_by_key(&tag, |&(known, _)| known).ok().map(|at| &PARSED[at].1)
}

/// The languages that have lists, by primary subtag.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LISTS.iter().map(|&(tag, _)| tag)
}

/// The openings of a language.
#[derive(Debug, Default)]
pub struct Openings {
    /// Whether `I` and `i` are two letters, as in Turkish.
    dotless: bool,
    /// Phrases as they are compared, rising, where words are not set apart by spaces.
    prefixes: Vec<(Box<str>, Option<Opening>)>,
    /// First words as they are compared, each with what may follow; the first rule that fits decides.
    heads: FxHashMap<Box<[u8]>, Vec<Rule>>,
    /// What [`first_letters`] gives of them: most sentences open with none of these.
    beginnings: FxHashSet<u64>,
}

impl Openings {
    /// How `sentence` opens, see [`opening`].
    pub fn of(&self, sentence: &str) -> Option<Opening> {
        let text = sentence.trim_start_matches(is_skipped);
        if !self.prefixes.is_empty() {
            return self.of_prefix(text);
        }
        let (mut buffer, letters);
        let (head, after) = match first_letters(text).filter(|_| !self.dotless) {
            Some((first, _)) if !self.beginnings.contains(&first) => return None,
            Some((first, whole @ ..WHOLE)) => {
                letters = first.to_le_bytes();
                (&letters[..whole], &text[whole..])
            }
            _ => {
                buffer = [0; LONGEST];
                self.head(text, &mut buffer)?
            }
        };
        let rules = self.heads.get(head)?;
        if after.starts_with('.') && std::str::from_utf8(head).is_ok_and(|head| head.chars().nth(1).is_none())
        {
            return None; // an initial, as in "A. Nowak"
        }
        rules.iter().find(|rule| rule.fits(after, self.dotless)).and_then(|rule| rule.opening)
    }

    /// The first word as first words are compared, and what follows it; `None` for one longer than any that is known.
    fn head<'b, 't>(&self, text: &'t str, buffer: &'b mut [u8; LONGEST]) -> Option<(&'b [u8], &'t str)> {
        let mut end = 0;
        let mut rest = text.chars();
        loop {
            let after = rest.as_str();
            match rest.next() {
                Some(c) if is_inside(c) => {
                    let c = lower(c, self.dotless);
                    end += c.encode_utf8(buffer.get_mut(end..end + c.len_utf8())?).len();
                }
                _ => return Some((&buffer[..end], after)),
            }
        }
    }

    /// The longest phrase that `text` starts with.
    fn of_prefix(&self, text: &str) -> Option<Opening> {
        let mut found = None;
        let first = text.chars().next()?;
        let from = self.prefixes.partition_point(|(known, _)| known.chars().next() < Some(first));
        for (known, opening) in &self.prefixes[from..] {
            if !known.starts_with(first) {
                break;
            }
            // A longer phrase stands behind the shorter ones that it starts with.
            if text.starts_with(&**known) {
                found = *opening;
            }
        }
        found
    }
}

/// Letters behind which a word may go on for [`first_letters`].
const WHOLE: usize = 8;

/// The first letters and digits of a text in lower case, as a number, and how many they are: those of the first word, or [`WHOLE`].
/// `None` where there is none, or where something else may go on with the word, as an apostrophe or a letter outside ASCII does.
fn first_letters(text: &str) -> Option<(u64, usize)> {
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let first: [u8; WHOLE] = *text.as_bytes().first_chunk()?;
    let end = letters_and_digits(&first, 0);
    let ends = first.get(end).is_none_or(|end| matches!(end, b' ' | b',' | b'.'));
    let letters = u64::MAX.checked_shr(position(8 * (WHOLE - end)))?;
    ends.then(|| ((u64::from_le_bytes(first) | LOWER) & letters, end))
}

/// Longest first word that is looked up, in bytes; a test holds the lists to it.
const LONGEST: usize = 40;

/// What may follow a first word.
#[derive(Debug, Clone)]
struct Rule {
    /// What the sentence opens with; `None` for what stands alone after all.
    opening: Option<Opening>,
    /// Whether a comma has to follow the first word at once.
    comma: bool,
    rest: Vec<Part>,
}

impl Rule {
    /// How many words it names behind the first: a rule of more words is tried before one of fewer, and what stands alone
    /// before what points back.
    fn words(&self) -> usize {
        self.rest.iter().filter(|part| matches!(part, Part::Word(_))).count()
    }

    /// Whether it fits what follows the first word.
    fn fits(&self, after: &str, dotless: bool) -> bool {
        let after = if self.comma { after.strip_prefix([',', '،']) } else { Some(after) };
        let Some(after) = after else { return false };
        self.rest.is_empty() || after.starts_with(char::is_whitespace) && fit(&self.rest, after, dotless)
    }
}

/// A word of a rule behind the first.
#[derive(Debug, Clone)]
enum Part {
    /// One of these.
    Word(Forms),
    /// Any number of these.
    Any(Forms),
    /// Up to [`GAP`] words of the same clause.
    Gap,
}

/// Most words that `…` stands for.
const GAP: usize = 7;

/// Whether the words of `text` are as `parts` says. All but the last have to stand free of punctuation.
fn fit(parts: &[Part], text: &str, dotless: bool) -> bool {
    let Some((part, rest)) = parts.split_first() else { return true };
    let mut text = text.trim_start();
    match part {
        Part::Word(forms) => {
            let (word, after) = cut(text);
            forms.fit(word, !rest.is_empty(), dotless) && fit(rest, after, dotless)
        }
        Part::Any(forms) => {
            if fit(rest, text, dotless) {
                return true;
            }
            let (word, after) = cut(text);
            forms.fit(word, true, dotless) && fit(parts, after, dotless)
        }
        Part::Gap => {
            for _ in 0..GAP {
                let (word, after) = cut(text);
                if fit(rest, text, dotless) {
                    return true;
                }
                if word.is_empty() || word.contains(CLAUSE_ENDS) {
                    return false;
                }
                text = after.trim_start();
            }
            fit(rest, text, dotless)
        }
    }
}

/// Marks that end a clause.
const CLAUSE_ENDS: [char; 8] = ['.', ';', ':', '!', '?', '؟', '؛', '।'];

/// What stands before the first white space, and what after.
fn cut(text: &str) -> (&str, &str) {
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Words or kinds of words.
#[derive(Debug, Clone)]
struct Forms {
    all: Vec<Form>,
    /// The first letters of all of them, where they are ASCII letters: most words begin with none of these.
    firsts: Option<u32>,
}

impl Forms {
    fn new(all: Vec<Form>) -> Self {
        let first = |form: &Form| match form {
            Form::Whole(form) | Form::Prefix(form) => form.bytes().next().and_then(letter),
            Form::Suffix(_) | Form::Number | Form::Capital => None,
        };
        let firsts = all.iter().map(first).try_fold(0, |firsts, first| Some(firsts | first?));
        Self { all, firsts }
    }

    /// Whether `word` is of one of the forms, see [`Form::fits`].
    fn fit(&self, word: &str, free: bool, dotless: bool) -> bool {
        let apart = |firsts: u32| match word.bytes().next() {
            Some(first) if first.is_ascii() => letter(first).is_none_or(|first| firsts & first == 0),
            first => first.is_none(),
        };
        !self.firsts.is_some_and(apart) && self.all.iter().any(|form| form.fits(word, free, dotless))
    }
}

/// The bit of an ASCII letter, in either case.
fn letter(byte: u8) -> Option<u32> {
    byte.is_ascii_alphabetic().then(|| 1 << (byte & 0x1F))
}

/// A word, or a kind of word.
#[derive(Debug, Clone)]
enum Form {
    /// This word.
    Whole(Box<str>),
    /// Words that start so.
    Prefix(Box<str>),
    /// Longer words that end so.
    Suffix(Box<str>),
    /// What starts with a digit.
    Number,
    /// What starts with a capital, as a surname does.
    Capital,
}

impl Form {
    /// Whether `word`, which may have punctuation behind it unless it has to stand `free`, is of this form.
    fn fits(&self, word: &str, free: bool, dotless: bool) -> bool {
        match self {
            Self::Whole(form) => strip(word, form, dotless)
                .is_some_and(|rest| rest.is_empty() || !free && !rest.starts_with(is_word)),
            Self::Prefix(form) => strip(word, form, dotless).is_some(),
            Self::Suffix(form) => {
                let end = word.find(|c| !is_word(c)).unwrap_or(word.len());
                let lowered: String = word[..end].chars().map(|c| lower(c, dotless)).collect();
                lowered.len() > form.len() && lowered.ends_with(&**form) && (!free || end == word.len())
            }
            Self::Number => word.starts_with(char::is_numeric),
            Self::Capital => word.starts_with(char::is_uppercase),
        }
    }
}

/// What is left of `word` behind the letters of `form`, if it starts with them in any case.
#[inline]
fn strip<'w>(word: &'w str, form: &str, dotless: bool) -> Option<&'w str> {
    if begin_apart(word, form) { None } else { rest_behind(word, form, dotless) }
}

/// Whether the first bytes are letters that are told apart without a closer look, as those of most words are.
fn begin_apart(word: &str, form: &str) -> bool {
    let first = |text: &str| text.bytes().next().unwrap_or_default();
    let (word, form) = (first(word), first(form));
    (word | form).is_ascii() && word.to_ascii_lowercase() != form
}

fn rest_behind<'w>(word: &'w str, form: &str, dotless: bool) -> Option<&'w str> {
    let mut rest = word.chars();
    for wanted in form.chars() {
        if lower(rest.next()?, dotless) != wanted {
            return None;
        }
    }
    Some(rest.as_str())
}

/// A character as it is compared: lower case, apostrophes straight.
fn lower(c: char, dotless: bool) -> char {
    match c {
        'I' if dotless => 'ı',
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        '’' | 'ʼ' | '＇' => '\'',
        'İ' => 'i',
        // Scripts without case, whose letters need not be looked up.
        '\u{590}'..='\u{109f}' | '\u{3040}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' => c,
        other => other.to_lowercase().next().unwrap_or(other),
    }
}

/// Whether a character belongs to a word: a letter, mark, digit, joiner or underscore, and what is none of these but rare.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    !is_mark(c)
}

/// Whether a character that is not ASCII is white space or stands between words: a few ranges, since the standard library
/// takes a tenth of a microsecond to tell a letter of an Indian script.
#[rustfmt::skip]
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{b6}'..='\u{b9}' | '\u{bb}'..='\u{bf}' | '×' | '÷'
            | '\u{37e}' | '\u{387}' | '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5c0}' | '\u{5c3}'
            | '\u{600}'..='\u{60f}' | '\u{61b}'..='\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{964}' | '\u{965}'
            | '\u{e3f}' | '\u{1680}' | '\u{2000}'..='\u{200b}' | '\u{200e}'..='\u{206f}' | '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{245f}'
            | '\u{2500}'..='\u{2bff}' | '\u{2e00}'..='\u{2e2e}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}'
            | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{feff}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
            | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '\u{1f000}'..='\u{1faff}'
    )
}

/// Whether a character goes on with a first word.
fn is_inside(c: char) -> bool {
    is_word(c) || matches!(c, '\'' | '’' | '-')
}

/// Whether a character may stand before the first word: white space, quotation marks, brackets, dashes and dots.
fn is_skipped(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_alphanumeric() && (c.is_ascii_whitespace() || "\"'`()[]{}-.".contains(c));
    }
    "“”‘’«»„‟‹›´–—−…¿¡「『《〈（【［\u{200b}\u{200e}\u{200f}\u{feff}".contains(c) || c.is_whitespace()
}

macro_rules! lists {
    ($($tag:literal)*) => {
        &[$(($tag, include_str!(concat!("data/openings/", $tag, ".txt")))),*]
    };
}

/// Lists by primary subtag, rising.
const LISTS: &[(&str, &str)] = lists!(
    "ar" "bn" "cs" "da" "de" "el" "en" "es" "fi" "fr" "he" "hi" "id" "it" "ja" "ko" "nb" "nl" "pl" "pt" "ro" "ru" "sv"
    "tr" "uk" "vi" "zh"
);

/// The lists by the two letters of their language.
static PARSED: LazyLock<Vec<([u8; 2], Openings)>> = LazyLock::new(|| {
    let parsed =
        |&(tag, text): &(&str, &'static str)| Some((tag.as_bytes().try_into().ok()?, parse(tag, text)));
    LISTS.iter().filter_map(parsed).collect()
});

/// The lines of a list that say something.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Reads a list; a line that says nothing known is left out, which a test forbids.
fn parse(tag: &str, text: &'static str) -> Openings {
    let mut lists = Openings { dotless: matches!(tag, "tr" | "az"), ..Openings::default() };
    let mut sets = BTreeMap::new();
    let mut heads: BTreeMap<&str, Vec<Rule>> = BTreeMap::new();
    for line in lines_of(text) {
        let Some((kind, phrase)) = line.split_once(' ') else { continue };
        let opening = match kind {
            "pronoun" => Some(Opening::Pronoun),
            "demonstrative" => Some(Opening::Demonstrative),
            "connective" => Some(Opening::Connective),
            "alone" => None,
            "set" => {
                sets.extend(phrase.split_once(' '));
                continue;
            }
            _ => continue,
        };
        if matches!(tag, "ja" | "zh") {
            lists.prefixes.extend(phrase.split(' ').map(|phrase| (phrase.into(), opening)));
            continue;
        }
        let mut words = phrase
            .split(' ')
            .map(|word| word.strip_prefix('@').map_or(word, |set| sets.get(set).copied().unwrap_or(word)));
        let Some(first) = words.next() else { continue };
        let rest: Vec<Part> = words.map(part).collect();
        for head in first.split('|') {
            let (head, comma) = head.strip_suffix(',').map_or((head, false), |head| (head, true));
            heads.entry(head).or_default().push(Rule { opening, comma, rest: rest.clone() });
        }
    }
    for rules in heads.values_mut() {
        rules.sort_by_key(|rule| (Reverse(rule.words()), rule.opening.is_some()));
    }
    let letters = |head: &&str| first_letters(&format!("{head}        ")).map(|(letters, _)| letters);
    lists.beginnings = heads.keys().filter_map(letters).collect();
    lists.heads = heads.into_iter().map(|(head, rules)| (head.as_bytes().into(), rules)).collect();
    lists.prefixes.sort();
    lists
}

/// A word of a rule behind the first, as it is written.
fn part(word: &str) -> Part {
    let forms = |word: &str| Forms::new(word.split('|').map(form).collect());
    match word.strip_prefix('[').and_then(|word| word.strip_suffix(']')) {
        Some(word) => Part::Any(forms(word)),
        None if word == "…" => Part::Gap,
        None => Part::Word(forms(word)),
    }
}

fn form(word: &str) -> Form {
    match (word.strip_prefix('*'), word.strip_suffix('*')) {
        _ if word == "#" => Form::Number,
        _ if word == "^" => Form::Capital,
        (Some(end), _) => Form::Suffix(end.into()),
        (_, Some(start)) => Form::Prefix(start.into()),
        _ => Form::Whole(word.into()),
    }
}

#[cfg(test)]
mod tests;
