//! Line and column of a key in a TOML text, for messages.

use toml::de::{DeTable, DeValue};

/// The line and column, from 1, of the value at the dotted path `key`; `None` where it does not stand in the text.
pub fn locate(text: &str, key: &str) -> Option<(usize, usize)> {
    let root = DeTable::parse(text).ok()?;
    let at = offset(root.get_ref(), key)?;
    let before = text.get(..at)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some((line, column))
}

fn offset(table: &DeTable<'_>, key: &str) -> Option<usize> {
    let (first, rest) = key.split_once('.').map_or((key, None), |(first, rest)| (first, Some(rest)));
    let (found, value) = table.iter().find(|(name, _)| name.get_ref() == first)?;
    match (rest, value.get_ref()) {
        (None, _) => Some(found.span().start),
        (Some(rest), DeValue::Table(inner)) => offset(inner, rest).or(Some(found.span().start)),
        (Some(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_its_table() {
        let text = "version = 1\n[pipeline]\nrank = \"lead\"\n\n[stage.lead]\n  decay = 0.5\n";
        assert_eq!(locate(text, "pipeline.rank"), Some((3, 1)));
        assert_eq!(locate(text, "stage.lead.decay"), Some((6, 3)));
        assert_eq!(locate(text, "stage.mmr"), Some((5, 2)));
        assert_eq!(locate(text, "budget.words"), None);
    }
}
