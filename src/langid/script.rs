//! Which script a text is in, and its language where the script leaves no other.

/// A script, or a group of them that one language writes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are what Unicode calls them")]
pub enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Greek,
    Armenian,
    Hebrew,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Burmese,
    Georgian,
    Hangul,
    Ethiopic,
    Khmer,
    Kana,
    Han,
}

/// All of them.
pub(super) const ALL: &[Script] = {
    #[allow(clippy::enum_glob_use, reason = "a table")]
    use Script::*;
    &[
        Latin, Cyrillic, Arabic, Devanagari, Greek, Armenian, Hebrew, Bengali, Gurmukhi, Gujarati, Oriya,
        Tamil, Telugu, Kannada, Malayalam, Sinhala, Thai, Lao, Tibetan, Burmese, Georgian, Hangul, Ethiopic,
        Khmer, Kana, Han,
    ]
};

/// Letters by code point, in order; between the stretches stands what says nothing of a script. The marks of Arabic are
/// left out, as texts have them or not; the vowel signs of the scripts of India are in.
const LETTERS: &[(u32, u32, Script)] = {
    #[allow(clippy::enum_glob_use, reason = "a table")]
    use Script::*;
    &[
        (0x41, 0x5A, Latin),
        (0x61, 0x7A, Latin),
        (0xAA, 0xAA, Latin),
        (0xBA, 0xBA, Latin),
        (0xC0, 0xD6, Latin),
        (0xD8, 0xF6, Latin),
        (0xF8, 0x2AF, Latin),
        (0x370, 0x373, Greek),
        (0x376, 0x37D, Greek),
        (0x386, 0x3FF, Greek),
        (0x400, 0x481, Cyrillic),
        (0x48A, 0x52F, Cyrillic),
        (0x531, 0x556, Armenian),
        (0x560, 0x588, Armenian),
        (0x5B0, 0x5F2, Hebrew),
        (0x620, 0x63F, Arabic),
        (0x641, 0x64A, Arabic),
        (0x66E, 0x66F, Arabic),
        (0x671, 0x6D3, Arabic),
        (0x6D5, 0x6D5, Arabic),
        (0x6EE, 0x6EF, Arabic),
        (0x6FA, 0x6FC, Arabic),
        (0x6FF, 0x6FF, Arabic),
        (0x750, 0x77F, Arabic),
        (0x900, 0x963, Devanagari),
        (0x971, 0x97F, Devanagari),
        (0x980, 0x9E3, Bengali),
        (0x9F0, 0x9F1, Bengali),
        (0xA00, 0xA5F, Gurmukhi),
        (0xA70, 0xA7F, Gurmukhi),
        (0xA80, 0xAE3, Gujarati),
        (0xB00, 0xB63, Oriya),
        (0xB80, 0xBE3, Tamil),
        (0xC00, 0xC63, Telugu),
        (0xC80, 0xCE3, Kannada),
        (0xD00, 0xD63, Malayalam),
        (0xD80, 0xDE3, Sinhala),
        (0xE01, 0xE4E, Thai),
        (0xE81, 0xECF, Lao),
        (0xEDC, 0xEDF, Lao),
        (0xF40, 0xFBC, Tibetan),
        (0x1000, 0x103F, Burmese),
        (0x1050, 0x108F, Burmese),
        (0x10A0, 0x10FF, Georgian),
        (0x1100, 0x11FF, Hangul),
        (0x1200, 0x135F, Ethiopic),
        (0x1380, 0x139F, Ethiopic),
        (0x1780, 0x17D3, Khmer),
        (0x1C90, 0x1CBF, Georgian),
        (0x1E00, 0x1EFF, Latin),
        (0x1F00, 0x1FFF, Greek),
        (0x2D00, 0x2D2F, Georgian),
        (0x3041, 0x30FF, Kana),
        (0x3131, 0x318E, Hangul),
        (0x31F0, 0x31FF, Kana),
        (0x3400, 0x4DBF, Han),
        (0x4E00, 0x9FFF, Han),
        (0xAC00, 0xD7A3, Hangul),
        (0xF900, 0xFAFF, Han),
        (0xFB50, 0xFBB1, Arabic),
        (0xFBD3, 0xFDFB, Arabic),
        (0xFE70, 0xFEFC, Arabic),
        (0x20000, 0x3FFFF, Han),
    ]
};

/// The script of a letter; `None` for all else.
pub fn script_of(letter: char) -> Option<Script> {
    if letter.is_ascii() {
        return letter.is_ascii_alphabetic().then_some(Script::Latin);
    }
    let point = u32::from(letter);
    let at = LETTERS.partition_point(|row| row.1 < point);
    LETTERS.get(at).filter(|row| row.0 <= point).map(|row| row.2)
}

/// How much of a text is in which script, in bytes: a letter of a script that needs few of them to a word has more.
#[derive(Debug, Default)]
pub(super) struct Shares([usize; ALL.len()]);

impl Shares {
    pub(super) fn add(&mut self, text: &str) {
        let mut last = (1, 0, None);
        for letter in text.chars() {
            if letter.is_ascii() {
                self.0[Script::Latin as usize] += usize::from(letter.is_ascii_alphabetic());
                continue;
            }
            let point = u32::from(letter);
            if point < last.0 || point > last.1 {
                last = stretch(letter);
            }
            if let Some(script) = last.2 {
                self.0[script as usize] += letter.len_utf8();
            }
        }
    }

    fn bytes(&self, script: Script) -> usize {
        self.0[script as usize]
    }

    /// The script most of the text is in; `None` without letters. Han with kana, in any share that is no quotation, is
    /// [`Script::Kana`].
    pub(super) fn most(&self) -> Option<Script> {
        let (han, kana) = (self.bytes(Script::Han), self.bytes(Script::Kana));
        let japanese = KANA_SHARE * kana >= han && kana > 0;
        let with = |script| match script {
            Script::Kana if japanese => han + kana,
            Script::Han if japanese => 0,
            _ => self.bytes(script),
        };
        let mut best = (None, 0);
        for &script in ALL {
            if with(script) > best.1 {
                best = (Some(script), with(script));
            }
        }
        best.0
    }
}

/// Japanese has at least one kana to this many Han characters. Chinese text quotes a name in kana now and then.
const KANA_SHARE: usize = 6;

/// The stretch of code points around a letter that are in one script, or in none.
fn stretch(letter: char) -> (u32, u32, Option<Script>) {
    let point = u32::from(letter);
    let at = LETTERS.partition_point(|row| row.1 < point);
    let after = at.checked_sub(1).map_or(0, |before| LETTERS[before].1 + 1);
    match LETTERS.get(at) {
        Some(&(first, last, script)) if first <= point => (first, last, Some(script)),
        Some(&(first, ..)) => (after, first - 1, None),
        None => (after, u32::MAX, None),
    }
}

/// Languages that a script is enough to tell, of those it writes most text of.
pub(super) fn languages(script: Script) -> &'static [&'static str] {
    match script {
        Script::Latin | Script::Cyrillic | Script::Arabic | Script::Devanagari => &[],
        Script::Greek => &["el"],
        Script::Armenian => &["hy"],
        Script::Hebrew => &["he", "yi"],
        Script::Bengali => &["bn", "as"],
        Script::Gurmukhi => &["pa"],
        Script::Gujarati => &["gu"],
        Script::Oriya => &["or"],
        Script::Tamil => &["ta"],
        Script::Telugu => &["te"],
        Script::Kannada => &["kn"],
        Script::Malayalam => &["ml"],
        Script::Sinhala => &["si"],
        Script::Thai => &["th"],
        Script::Lao => &["lo"],
        Script::Tibetan => &["bo"],
        Script::Burmese => &["my"],
        Script::Georgian => &["ka"],
        Script::Hangul => &["ko"],
        Script::Ethiopic => &["am", "ti"],
        Script::Khmer => &["km"],
        Script::Kana => &["ja"],
        Script::Han => &["zh"],
    }
}

/// Which of two languages of one script, the usual one first, by letters that the other alone has or has more of.
pub(super) fn second_of_two(script: Script, text: &str) -> bool {
    let count = |letters: &[char]| text.chars().filter(|c| letters.contains(c)).count();
    match script {
        // Ligatures, and alef with its vowel below: Hebrew prints neither.
        Script::Hebrew => {
            let signs = count(&['\u{5F0}', '\u{5F1}', '\u{5F2}']);
            signs + text.matches("\u{5D0}\u{5B7}").count() + text.matches("\u{5D0}\u{5B8}").count() > 1
        }
        // Ra and va of Assamese against ra of Bengali.
        Script::Bengali => count(&['\u{9F0}', '\u{9F1}']) > count(&['\u{9B0}']),
        // The alef and the he that Tigrinya begins words with against those of Amharic.
        Script::Ethiopic => {
            count(&['\u{12A3}', '\u{12BD}', '\u{1295}']) > 2 * count(&['\u{12A0}', '\u{12CD}'])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_disjoint() {
        for pair in LETTERS.windows(2) {
            assert!(pair[0].0 <= pair[0].1 && pair[0].1 < pair[1].0, "{pair:x?}");
        }
    }

    #[test]
    fn digits_and_marks_have_no_script() {
        for c in "7.-— ×٣०/\u{640}\u{1F600}".chars() {
            assert_eq!(script_of(c), None, "{c:?}");
        }
        assert_eq!(script_of('é'), Some(Script::Latin));
        assert_eq!(script_of('Ж'), Some(Script::Cyrillic));
    }

    fn most(text: &str) -> Option<Script> {
        let mut shares = Shares::default();
        shares.add(text);
        shares.most()
    }

    #[test]
    fn a_name_in_another_script_does_not_decide() {
        assert_eq!(most("Фирма Microsoft открыла отдел"), Some(Script::Cyrillic));
        assert_eq!(
            most("东京的书店叫さくら，每天上午十点开门，晚上八点关门，周日休息，欢迎各位读者光临选购图书。"),
            Some(Script::Han)
        );
        assert_eq!(most("橋は月曜日に閉鎖された"), Some(Script::Kana));
        assert_eq!(most("2024 — 7"), None);
    }
}
