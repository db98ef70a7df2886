//! Lists whose items run on in one line: `1) Flour 2) Salt 3) Yeast`, `• one • two`.

use crate::base::letters::is_letter;
use memchr::memmem;

/// The places where the text before each next item of a list ends, for a block that begins with an item.
#[derive(Debug)]
pub(super) struct Items<'t> {
    text: &'t str,
    kind: Kind,
    /// Where the search goes on.
    from: usize,
}

/// How the items are marked.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// There is no list.
    None,
    /// A bullet before each item.
    Bullet(char),
    /// A number and what closes it.
    Number(u32, &'static str),
    /// A letter and what closes it.
    Letter(u8, &'static str),
}

/// What may close the number of an item.
const CLOSERS: [&str; 3] = [".)", ")", "."];

impl<'t> Items<'t> {
    /// The items of `text` after its first.
    pub(super) fn of(text: &'t str) -> Self {
        let mut items = Self { text, kind: Kind::None, from: 0 };
        // Most texts begin with a word.
        if let [b'A'..=b'Z' | b'a'..=b'z', second, ..] = text.as_bytes()
            && !matches!(second, b'.' | b')')
        {
            return items;
        }
        let Some(first) = text.chars().next() else { return items };
        items.kind = match first {
            '•' | '⁃' | '‣' | '◦' | '▪' | '●' | '■' => Kind::Bullet(first),
            '0'..='9' => {
                let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
                let number = text[..digits].parse().unwrap_or(0);
                closer(&text[digits..]).map_or(Kind::None, |closer| Kind::Number(number, closer))
            }
            'a'..='x' | 'A'..='X' if text[1..].starts_with(['.', ')']) => match closer(&text[1..]) {
                // Anything but a first letter with a full stop may be an initial.
                Some(closer) if closer != "." || matches!(first, 'a' | 'A') => {
                    Kind::Letter(first as u8, closer)
                }
                _ => Kind::None,
            },
            _ => Kind::None,
        };
        items.from = first.len_utf8();
        items
    }

    /// Whether there may be more items than the first.
    pub(super) fn is_list(&self) -> bool {
        !matches!(self.kind, Kind::None)
    }

    /// Where the text before the next item ends.
    fn find(&mut self) -> Option<usize> {
        let mut buffer = [0; 16];
        let mark = match self.kind {
            Kind::None => return None,
            Kind::Bullet(bullet) => spaced(&mut buffer, bullet.encode_utf8(&mut [0; 4]), ""),
            Kind::Number(number, closer) => {
                let mut digits = [0; 10];
                spaced(&mut buffer, decimal(number + 1, &mut digits), closer)
            }
            Kind::Letter(letter, closer) => {
                let next = [letter + 1];
                spaced(&mut buffer, std::str::from_utf8(&next).unwrap_or_default(), closer)
            }
        };
        // A list of bullets may have an item every few bytes, and to make a finder for each would take longer than to find it.
        let finder = if let Kind::Bullet(_) = self.kind { None } else { Some(memmem::Finder::new(mark)) };
        loop {
            let rest = &self.text.as_bytes()[self.from..];
            let found = finder.as_ref().map_or_else(|| find_spaced(rest, mark), |finder| finder.find(rest));
            let at = self.from + found?;
            let after = at + mark.len();
            self.from = after;
            if self.is_item(at, after) {
                return Some(self.text[..at].trim_end().len());
            }
        }
    }

    /// Whether an item begins behind the mark that ends at `after`: a space and a capital or digit where a full stop
    /// closes it, since a number with a full stop is much else; anything but a digit otherwise.
    fn is_item(&self, at: usize, after: usize) -> bool {
        let rest = &self.text[after..];
        let next = rest.trim_start().chars().next();
        match self.kind {
            Kind::None => false,
            Kind::Bullet(_) => next.is_some(),
            Kind::Number(_, ".") | Kind::Letter(_, ".") => {
                let ended = self.text[..at].trim_end().ends_with(['.', '!', '?', ';']);
                rest.starts_with(' ') && next.is_some_and(|c| c.is_uppercase() || ended && is_letter(c))
            }
            Kind::Number(..) | Kind::Letter(..) => rest.starts_with(' ') && next.is_some(),
        }
    }
}

impl Iterator for Items<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let place = self.find();
        match (&mut self.kind, place) {
            (kind, None) => *kind = Kind::None,
            (Kind::Number(number, _), _) => *number += 1,
            (Kind::Letter(letter, _), _) => *letter += 1,
            _ => {}
        }
        if matches!(self.kind, Kind::Letter(b'y' | b'Y', _)) {
            self.kind = Kind::None;
        }
        place
    }
}

/// What closes the number at the start of `text`, when a space and more follow.
fn closer(text: &str) -> Option<&'static str> {
    CLOSERS.into_iter().find(|closer| text.strip_prefix(closer).is_some_and(|rest| rest.starts_with(' ')))
}

/// Where `mark`, a space and more, first stands.
fn find_spaced(rest: &[u8], mark: &[u8]) -> Option<usize> {
    let [_, lead, ..] = *mark else { return None };
    let mut places = memchr::memchr_iter(lead, rest).filter_map(|at| at.checked_sub(1));
    places.find(|&at| rest[at..].starts_with(mark))
}

/// ` ` + `word` + `closer` in `buffer`.
fn spaced<'b>(buffer: &'b mut [u8; 16], word: &str, closer: &str) -> &'b [u8] {
    let mut len = 0;
    for &b in b" ".iter().chain(word.as_bytes()).chain(closer.as_bytes()) {
        buffer[len] = b;
        len += 1;
    }
    &buffer[..len]
}

/// The decimal digits of `number`.
fn decimal(mut number: u32, digits: &mut [u8; 10]) -> &str {
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return std::str::from_utf8(&digits[at..]).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<&str> {
        let places: Vec<_> = [0].into_iter().chain(Items::of(text)).chain([text.len()]).collect();
        places.windows(2).map(|w| text[w[0]..w[1]].trim()).collect()
    }

    #[test]
    fn items_in_one_line_are_found_by_the_next_number_letter_or_bullet() {
        assert_eq!(items("1) Flour 2) Salt 3) Yeast").len(), 3);
        assert_eq!(items("9. Flour of 10 kinds 10. Salt").len(), 2);
        assert_eq!(items("a. Flour b. Salt c. Yeast").len(), 3);
        assert_eq!(items("• Flour • Salt"), ["• Flour", "• Salt"]);
    }

    #[test]
    fn a_text_that_begins_with_no_item_has_none() {
        assert_eq!(items("Buy 1) flour 2) salt").len(), 1);
        assert_eq!(items("3.5 litres 4.5 litres").len(), 1);
        assert_eq!(items("1. ").len(), 1);
    }
}
