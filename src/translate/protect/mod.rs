//! Protected items: what must come through a translation unchanged, or changed in form and equal in value.
//!
//! To add a kind: its variant and row in [`Kind`], and a reader that [`items`] asks, in a file of its own.

mod date;
mod digits;
mod fixed;
mod names;
mod number;
mod value;
mod words;

use std::ops::Range;

use crate::base::lang::Lang;

pub use names::{Name, names};
pub use value::{Day, Quantity, Time, Value};
pub use words::number_words;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An address of a page.
    Url,
    /// An address of a mailbox.
    Email,
    /// An account: `@name`.
    Handle,
    /// A label: `#name`.
    Hashtag,
    /// A number without a unit.
    Number,
    /// A day, a month of a year or a day of a month, in figures or with the month's name.
    Date,
    /// A time of day.
    Time,
    /// A number with its unit, currency or percent sign.
    Measure,
    /// What stands between backquotes.
    Code,
    /// What a program fills in or reads: `{name}`, `%s`, `${x}`, `<b>`.
    Placeholder,
    /// A term that a list names.
    Term,
}

impl Kind {
    /// The name in notes and findings; never changes once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Email => "email",
            Self::Handle => "handle",
            Self::Hashtag => "hashtag",
            Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            Self::Measure => "measure",
            Self::Code => "code",
            Self::Placeholder => "placeholder",
            Self::Term => "term",
        }
    }

    /// Whether it must come back character by character; the others may change their form and keep their value.
    pub fn is_verbatim(self) -> bool {
        !matches!(self, Self::Number | Self::Date | Self::Time | Self::Measure | Self::Term)
    }
}

/// A protected item and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'t> {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// The text of these bytes.
    pub text: &'t str,
    /// What must be equal in a translation.
    pub value: Value<'t>,
}

/// Items of `text`, in order and disjoint.
///
/// `lang` decides between the ways to write numbers (`1,234` is read both ways, its own first), knows the names of
/// months first by itself, and whether a blank groups digits. Takes time linear in the text. Terms are not looked for:
/// only lists know them. A range (`9–4`) is two numbers; a sign belongs to a number that nothing stands before.
///
/// ```
/// use nutgraf::Lang;
/// use nutgraf::translate::protect::{Kind, items};
///
/// let (en, fr) = (Lang::parse("en").expect("a tag"), Lang::parse("fr").expect("a tag"));
/// let (ours, theirs) = (items("12,500 people on 3 May 2023", &en), items("le 3 mai 2023, 12 500 personnes", &fr));
/// assert_eq!(ours[1].kind, Kind::Date);
/// assert!(ours[0].value.agrees(&theirs[1].value) && ours[1].value.agrees(&theirs[0].value));
/// ```
pub fn items<'t>(text: &'t str, lang: &Lang) -> Vec<Item<'t>> {
    let scan = Scan { text, lang };
    let mut found: Vec<Item<'t>> = Vec::new();
    let mut at = 0;
    while let Some(c) = scan.char_at(at) {
        let next = if let Some(item) = scan.item(at, c, &found) {
            let end = item.span.end;
            while found.last().is_some_and(|last| last.span.end > item.span.start) {
                found.pop();
            }
            found.push(item);
            end
        } else {
            at + c.len_utf8()
        };
        at = next.max(at + c.len_utf8());
    }
    found
}

/// A text under reading.
#[derive(Debug, Clone, Copy)]
struct Scan<'t, 'l> {
    text: &'t str,
    lang: &'l Lang,
}

impl<'t> Scan<'t, '_> {
    /// The item that begins at `at`, where `c` stands; an e-mail address may begin before.
    fn item(&self, at: usize, c: char, found: &[Item<'t>]) -> Option<Item<'t>> {
        let least = found.last().map_or(0, |last| if last.kind.is_verbatim() { last.span.end } else { 0 });
        match c {
            '{' | '%' | '$' | '<' | '&' | '`' => self.placeholder(at).or_else(|| self.number(at)),
            '@' => self.email(at, least).or_else(|| self.handle(at)),
            '#' | '＃' => self.hashtag(at),
            _ if c.is_alphabetic() && !self.char_before(at).is_some_and(char::is_alphanumeric) => {
                self.url(at).or_else(|| self.month_first(at)).or_else(|| self.number(at))
            }
            _ if c.is_alphabetic() || c.is_whitespace() => None,
            _ => self.date(at).or_else(|| self.time(at)).or_else(|| self.number(at)),
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    fn made(&self, kind: Kind, span: Range<usize>, value: Value<'t>) -> Item<'t> {
        let text = self.text.get(span.clone()).unwrap_or_default();
        Item { kind, span, text, value }
    }

    fn verbatim(&self, kind: Kind, span: Range<usize>) -> Item<'t> {
        let text = self.text.get(span.clone()).unwrap_or_default();
        Item { kind, span, text, value: Value::Text(text) }
    }

    /// The end of the blanks at `at`, at most `most` of them.
    fn after_blanks(&self, at: usize, most: usize) -> usize {
        let blanks = self.rest(at).chars().take(most).take_while(|c| c.is_whitespace());
        at + blanks.map(char::len_utf8).sum::<usize>()
    }

    /// The word (letters and marks, at most 24) that begins at `at`, and its end; empty where none does.
    fn word(&self, at: usize) -> &'t str {
        let rest = self.rest(at);
        let letters = rest.char_indices().take(24).find(|(_, c)| !is_letter(*c));
        let end =
            letters.map_or_else(|| rest.char_indices().nth(24).map_or(rest.len(), |(i, _)| i), |(i, _)| i);
        &rest[..end]
    }
}

/// Whether words are made of it: letters and the marks that combine with them.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93c}' | '\u{94d}' | '\u{9cd}' | '\u{bcd}')
}

#[cfg(test)]
mod tests;
