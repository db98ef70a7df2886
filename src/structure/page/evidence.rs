//! What a page's head says of its article: title, description, and the article itself where it stands there for machines.

use rustc_hash::FxHashSet;

use crate::doc::page::Page;
use crate::lex::fold::fold;
use crate::markup::entity;
use crate::markup::tag::Tag;
use crate::structure::page::words;

/// Most words of a block that is compared with the title or the description.
const WORDS: usize = 100;
/// Bytes of a block that are compared.
const LOOKED_AT: usize = 2000;
/// Words that make a shingle.
const SHINGLE: usize = 4;
/// Bytes of a script that is read.
const SCRIPT: usize = 1 << 20;
/// Scripts that are read.
const SCRIPTS: usize = 64;

/// What the head says.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Words of the title as it stands over the page, of that given to others, and of the description.
    pub(super) title: FxHashSet<u64>,
    pub(super) given: FxHashSet<u64>,
    description: FxHashSet<u64>,
    /// Four words in a row of the article, where it is given apart.
    shingles: FxHashSet<u64>,
}

/// How a block compares with it; −1 where there is nothing to compare.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    /// Share of the block's words that stand in the title, and of the title's that stand in the block.
    pub(super) of_title: f32,
    pub(super) title_of: f32,
    pub(super) of_description: f32,
    pub(super) description_of: f32,
    /// Share of the block that stands in the article given apart.
    pub(super) given: f32,
}

impl Evidence {
    pub(super) fn of(page: &Page) -> Self {
        let mut found = Self::default();
        let mut scripts = 0;
        for node in &page.nodes {
            match node.tag {
                Tag::Title if found.title.is_empty() => found.title = set(&page.text(node)),
                Tag::Meta => {
                    let name = page.attribute(node, "property").or_else(|| page.attribute(node, "name"));
                    let slot = match name.as_deref() {
                        Some("og:title" | "twitter:title") => &mut found.given,
                        Some("og:description" | "description" | "twitter:description") => {
                            &mut found.description
                        }
                        _ => continue,
                    };
                    if let Some(content) = page.attribute(node, "content").filter(|_| slot.is_empty()) {
                        *slot = set(&content);
                    }
                }
                Tag::Script if scripts < SCRIPTS => {
                    let content = page.content(node);
                    let has = memchr::memmem::find(content.as_bytes(), b"\"articleBody\"").is_some();
                    if has && content.len() <= SCRIPT {
                        scripts += 1;
                        found.article(content);
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Takes the article out of a script of linked data.
    fn article(&mut self, script: &str) {
        let Ok(json) = serde_json::from_str::<serde_json::Value>(script.trim()) else { return };
        let mut left = vec![&json];
        while let Some(value) = left.pop() {
            match value {
                serde_json::Value::Array(items) => left.extend(items),
                serde_json::Value::Object(fields) => {
                    for (name, value) in fields {
                        match value {
                            serde_json::Value::String(text) if name == "articleBody" => {
                                let text = crate::doc::page::plain(&entity::decode(text));
                                let words = hashes(&text);
                                self.shingles.extend(words.windows(SHINGLE).map(joined));
                            }
                            serde_json::Value::Array(_) | serde_json::Value::Object(_) => left.push(value),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Compares a block.
    pub(super) fn matches(&self, text: &str) -> Match {
        let words = hashes(words::start(text, LOOKED_AT));
        let short = words.len() <= WORDS;
        let share = |of: &FxHashSet<u64>, back: bool| {
            if of.is_empty() || !short || words.is_empty() {
                return -1.0;
            }
            let known = words.iter().filter(|word| of.contains(word)).count();
            ratio(known, if back { of.len() } else { words.len() })
        };
        let title = if self.given.is_empty() { &self.title } else { &self.given };
        let given = if self.shingles.is_empty() || words.is_empty() {
            -1.0
        } else if words.len() < SHINGLE {
            0.5
        } else {
            let known =
                words.windows(SHINGLE).filter(|shingle| self.shingles.contains(&joined(shingle))).count();
            ratio(known, words.len() + 1 - SHINGLE)
        };
        Match {
            of_title: share(title, false),
            title_of: share(title, true),
            of_description: share(&self.description, false),
            description_of: share(&self.description, true),
            given,
        }
    }
}

fn ratio(of: usize, all: usize) -> f32 {
    words::number(of) / words::number(all.max(1))
}

fn set(text: &str) -> FxHashSet<u64> {
    hashes(text).into_iter().collect()
}

/// The words of a text, as numbers.
fn hashes(text: &str) -> Vec<u64> {
    let mut folded = String::new();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            fold(word, "und", &mut folded);
            xxhash_rust::xxh3::xxh3_64(folded.as_bytes())
        })
        .collect()
}

fn joined(words: &[u64]) -> u64 {
    words.iter().fold(0, |sum: u64, word| (sum.rotate_left(17) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::page::testing;

    fn evidence(html: &str) -> Evidence {
        Evidence::of(testing::read(html).page.as_deref().unwrap())
    }

    #[test]
    fn an_article_given_to_machines_names_its_blocks() {
        let html = "<script type=application/ld+json>{\"@graph\":[{\"articleBody\":\"<p>Eels swim at night, mostly.<\\/p> And home.\"}]}</script>x";
        let found = evidence(html);
        let given = |text: &str| found.matches(text).given.to_bits();
        assert_eq!(given("Eels swim at night — mostly!"), 1.0_f32.to_bits());
        assert_eq!(given("Crabs walk by day and rest."), 0.0_f32.to_bits());
        assert_eq!(evidence("x").matches("x").given.to_bits(), (-1.0_f32).to_bits());
        assert_eq!(
            evidence("<script>{\"articleBody\": oops</script>x").matches("x").given.to_bits(),
            (-1.0_f32).to_bits()
        );
    }

    #[test]
    fn a_heading_is_compared_with_the_title_given_to_others() {
        let found =
            evidence("<title>Eels | Post</title><meta property=og:title content='Eels &amp; crabs'>x");
        let matches = found.matches("EELS and crabs");
        assert!(matches.title_of > 0.99 && (matches.of_title - 2.0 / 3.0).abs() < 1e-6, "{matches:?}");
    }
}
