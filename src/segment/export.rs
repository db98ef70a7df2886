//! The rules by structure as an SRX file says them, for tools that read no other: what is listed of each language, and
//! what holds in all of them. What is learned cannot be said so and is left out.
//!
//! The expressions keep to what ICU and Java read alike. Of the rules that hold at a place the first decides, so what ends
//! nothing stands before what ends a sentence, and a language's own rules before those of all.

use std::collections::BTreeSet;

use super::abbreviations::{self, Behaviour};
use super::learned::writes_ordinals_with_a_stop;
use super::srx::file::{LanguageMap, RuleFile, RuleList, RuleText};
use super::starters;
use crate::base::lang::Lang;
use crate::lex::stop;

/// White space, no-break spaces too, which are none to Java's `\s`.
const SPACE: &str = r"[\s\u00a0\u202f\u3000]";
/// What closes behind a mark.
const CLOSERS: &str = r#"["'”’“‘»«›‹」』`〞″)\]}）】》〉］*_]*"#;
/// What opens before a word, and the white space before it. A bullet is none: behind it a small letter begins an item.
const OPENERS: &str = r#"[\s\u00a0\u202f\u3000"'“‘„‚«»‹›”’`「『(\[{（【《\-–—―−¿¡]*"#;
/// What closes behind a mark and white space.
const SPACED: &str = r#"[\s\u00a0\u202f\u3000]+(?:[”›»)\]}"]|'{1,2})"#;
/// Marks that end sentences before white space.
const MARKS: &str = "[.!?…‥‽⁇⁈⁉]";
/// Marks that end sentences whatever follows, in Chinese and Japanese.
const FULL: &str = "[。！．？｡]";
/// Marks that scripts use for nothing else.
const SCRIPT: &str = r"[؟۔।॥։།။።፧፨។៕]";
/// A number or a Roman numeral of two letters and more.
const NUMERAL: &str = r"(?:\d|[IVXL]{2,}\b)";
/// Short parts with full stops between them, or a capital alone, before the last full stop.
const DOTTED: &str = r"\b(?:\p{L}{1,4}\.)+\p{L}{1,4}|\b\p{Lu}";

/// The languages with rules of their own, by primary subtag, sorted.
pub fn languages() -> BTreeSet<&'static str> {
    abbreviations::languages().chain(stop::languages()).filter(|&lang| lang != "und").collect()
}

/// Which of [`languages`] has the rules of `lang`; `None` where there are only those of every language.
pub fn language(lang: &Lang) -> Option<&'static str> {
    let own = match lang.primary() {
        "bs" => "hr",
        "ms" => "id",
        own => own,
    };
    languages().into_iter().find(|&known| known == own)
}

/// The rules of `langs`, which are some of [`languages`], and those of every language.
///
/// ```
/// # use nutgraf::segment::{export, srx};
/// let file = export::rules(["de"]);
/// let names: Vec<_> = file.lists.iter().map(|list| list.name.as_str()).collect();
/// assert_eq!(names, ["de", "Default"]);
/// assert!(srx::write(&file).contains(r#"cascade="yes""#));
/// ```
pub fn rules<'l>(langs: impl IntoIterator<Item = &'l str>) -> RuleFile {
    let mut file = RuleFile { cascade: true, subflows: true, ..RuleFile::default() };
    for lang in langs.into_iter().collect::<BTreeSet<_>>() {
        let rules = of_language(lang);
        if !rules.is_empty() {
            file.lists.push(RuleList { name: lang.to_owned(), rules });
            file.maps.push(LanguageMap { pattern: pattern(lang), list: lang.to_owned(), line: 0 });
        }
    }
    let list = "Default".to_owned();
    file.lists.push(RuleList { name: list.clone(), rules: of_all() });
    file.maps.push(LanguageMap { pattern: ".*".to_owned(), list, line: 0 });
    file
}

/// What the code of a language matches, its regions too, in capitals or not.
fn pattern(lang: &str) -> String {
    let codes: &[&str] = match lang {
        "he" => &["he", "iw"],
        "hr" => &["hr", "bs"],
        "id" => &["id", "in", "ms"],
        "nb" => &["nb", "nn", "no"],
        own => &[own],
    };
    let codes: Vec<String> = codes.iter().map(|code| format!("{code}|{}", code.to_uppercase())).collect();
    format!("(?:{})(?:[-_].*)?", codes.join("|"))
}

fn rule(breaks: bool, before: impl Into<String>, after: impl Into<String>) -> RuleText {
    RuleText { breaks, before: before.into(), after: after.into(), line: 0 }
}

/// The abbreviations of a language by how they behave, as one expression each.
struct Listed {
    never: Vec<&'static str>,
    number: Vec<&'static str>,
    either: Vec<&'static str>,
}

impl Listed {
    fn of(lang: &str) -> Self {
        let kind = |kind| -> Vec<&str> {
            abbreviations::entries(lang).filter(|&(_, own)| own == kind).map(|(entry, _)| entry).collect()
        };
        Self {
            never: kind(Behaviour::Never),
            number: kind(Behaviour::BeforeNumber),
            either: kind(Behaviour::Either),
        }
    }

    /// Those that end nothing, whatever follows.
    fn unconditional(&self) -> Option<RuleText> {
        Some(rule(false, format!(r"{}\.", any(&self.never)?), ""))
    }

    /// Those that end nothing before a number.
    fn before_number(&self) -> Option<RuleText> {
        let both = [self.number.as_slice(), &self.either].concat();
        Some(rule(false, format!(r"{}\.", any(&both)?), format!("{SPACE}*{NUMERAL}")))
    }

    /// Those that end nothing unless a word follows that opens sentences, which rules before this one say.
    fn otherwise(&self) -> Option<RuleText> {
        Some(rule(false, format!(r"{}\.", any(&self.either)?), ""))
    }
}

/// One of `entries`, case aside; `None` where there are none.
fn any(entries: &[&str]) -> Option<String> {
    let entries: Vec<String> = entries.iter().map(|entry| any_case(entry)).collect();
    (!entries.is_empty()).then(|| format!(r"\b(?i:{})", entries.join("|")))
}

/// `entry` as an expression that takes it in any case, where `(?i)` has ASCII alone too.
fn any_case(entry: &str) -> String {
    let mut written = String::with_capacity(entry.len());
    for c in entry.chars() {
        let capital = c.to_uppercase().next().filter(|_| c.to_uppercase().count() == 1).unwrap_or(c);
        match c {
            ' ' => written.push_str(SPACE),
            _ if !c.is_ascii() && capital != c => written.extend(['[', c, capital, ']']),
            _ if c.is_ascii_punctuation() => written.extend(['\\', c]),
            _ => written.push(c),
        }
    }
    written
}

/// White space and a word that opens sentences in a language; `None` where none is listed.
fn starter(lang: &str) -> Option<String> {
    let (mut whole, mut single, mut elided) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for word in starters::words(lang) {
        let stem = word.strip_suffix('\'').unwrap_or(word);
        let mut chars = stem.chars();
        let Some(first) = chars.next().filter(|_| stem.chars().all(char::is_alphabetic)) else { continue };
        // Georgian has capitals that nobody writes sentences with.
        let capital: String = match first {
            'i' if matches!(lang, "az" | "tr") => "İ".to_owned(),
            '\u{10D0}'..='\u{10FF}' => first.to_string(),
            _ => first.to_uppercase().collect(),
        };
        let written = format!("{capital}{}", chars.as_str());
        _ = match (stem.len() < word.len(), chars.as_str()) {
            (true, _) => elided.insert(written),
            (false, "") => single.insert(written),
            (false, _) => whole.insert(written),
        };
    }
    let join = |words: BTreeSet<String>, end: &str| {
        let words = words.into_iter().collect::<Vec<_>>().join("|");
        (!words.is_empty()).then(|| format!("(?:{words}){end}"))
    };
    // A letter with a full stop is an initial.
    let ways = [join(whole, r"\b"), join(single, SPACE), join(elided, "['’]")];
    let ways: Vec<String> = ways.into_iter().flatten().collect();
    (!ways.is_empty()).then(|| format!("{SPACE}{OPENERS}(?:{})", ways.join("|")))
}

/// The rules that a language has for itself.
fn of_language(lang: &str) -> Vec<RuleText> {
    let (own, shared) = (Listed::of(lang), Listed::of("und"));
    let mut rules: Vec<RuleText> = own.unconditional().into_iter().chain(own.before_number()).collect();
    rules.extend(units(&own));
    let ordinal = r"\b(?:\d{1,2}|[IVXL]{2,})";
    let ordinals = writes_ordinals_with_a_stop(lang);
    if let Some(starter) = starter(lang) {
        let mut either = [own.either.as_slice(), &shared.either].concat();
        either.retain(|entry| !own.never.contains(entry));
        let either = any(&either).map(|either| format!("{either}|")).unwrap_or_default();
        let ordinal = if ordinals { format!("|{ordinal}") } else { String::new() };
        // What is listed of all languages comes behind a language's own rules, so what may never end is kept whole here.
        rules.extend(shared.unconditional());
        rules.push(rule(true, format!(r"(?:{either}{DOTTED}{ordinal})\."), starter));
    }
    rules.extend(own.otherwise());
    if ordinals {
        rules.push(rule(false, format!(r"{ordinal}\."), SPACE));
    }
    rules.extend(marks_of(lang));
    rules
}

/// Units of measure behind a number, which end a sentence before a capital: `5 km. The`.
fn units(own: &Listed) -> Option<RuleText> {
    let units: Vec<&str> =
        own.either.iter().copied().filter(|unit| unit.chars().all(char::is_alphabetic)).collect();
    (!units.is_empty()).then(|| {
        rule(true, format!(r"\d{SPACE}(?:{})\.", units.join("|")), format!(r"{SPACE}{OPENERS}\p{{Lu}}"))
    })
}

/// Marks and letters that one language alone has, or uses in its own way.
fn marks_of(lang: &str) -> Vec<RuleText> {
    match lang {
        // A full stop is a lesser pause there, after long words too.
        "hy" => {
            let pause = rule(false, format!(r"\.{CLOSERS}"), format!(r"{SPACE}{OPENERS}\p{{Ll}}"));
            [vec![pause], ends_with(":")].concat()
        }
        "el" => ends_with("[;\u{37e}]"),
        // Small letters by name, but there are no others.
        "ka" => vec![
            rule(false, r"\b[ა-ჿ]\.", SPACE),
            rule(true, format!("{MARKS}{CLOSERS}"), format!("{SPACE}{OPENERS}[ა-ჿ]")),
        ],
        _ => Vec::new(),
    }
}

/// Where sentences end with `marks`: before white space, behind what closes.
fn ends_with(marks: &str) -> Vec<RuleText> {
    let end = format!("{marks}{CLOSERS}");
    let behind = format!(r"{SPACED}|{SPACE}+[:;]-?[)(DP]|\[\d{{1,3}}\]");
    vec![
        rule(false, &*end, format!(r"{SPACE}*[.!?…,;:№)\]}}%،؛、，|/]")),
        rule(false, &*end, format!("{SPACED}(?:{SPACE}|$)")),
        rule(true, format!("{end}(?:{behind})?"), SPACE),
    ]
}

/// The rules that hold in every language.
fn of_all() -> Vec<RuleText> {
    let shared = Listed::of("und");
    let item = r"(?:\d{1,3}|\p{L}|[ivx]+)";
    let mut rules = vec![rule(false, format!(r"^{SPACE}*{OPENERS}{item}[.)]"), SPACE)];
    rules.extend([shared.unconditional(), shared.before_number(), shared.otherwise()].into_iter().flatten());
    rules.extend(that_end_nothing());
    rules.extend(ends_with(MARKS));
    // A space that is missing: a word of small letters before the mark, one with a capital behind it.
    rules.push(rule(true, r"\p{Ll}{3}[.!?]", r"\p{Lu}\p{Ll}+(?:[\s,;!?]|$)"));
    rules.extend(of_other_scripts());
    rules
}

/// Marks after which a sentence goes on, by what stands beside them.
fn that_end_nothing() -> Vec<RuleText> {
    let end = format!("{MARKS}{CLOSERS}");
    vec![
        rule(false, format!(r"(?:{DOTTED}|\b[\u0900-\u0dff]{{1,3}}|\b\p{{Lo}})\."), SPACE),
        // Parts with spaces between them: `z. B.`
        rule(false, r"\b\p{L}\.", format!(r"{SPACE}\p{{L}}\.")),
        rule(false, r"\b(?:Haikyu|Jeopardy|Joomla|Kahoot|Wham|Yahoo)!", SPACE),
        rule(false, format!(r#"["“„«(\[‘'（]{MARKS}+["”“»)\]’'）]"#), ""),
        rule(false, r#"^["“„«(\[]?(?:\.\.+|…)"#, ""),
        // What two commas open, and an ellipsis that opens what follows.
        rule(true, &*end, format!(r"{SPACE},,{SPACE}?\p{{L}}")),
        rule(true, format!("[.!?]{CLOSERS}"), format!(r"{SPACE}(?:\.\.+{SPACE}?|…)\p{{L}}")),
        // Careless writing, which small letters after a long word are.
        rule(true, r"\p{Ll}{5,}\.", format!(r"{SPACE}\p{{Ll}}")),
        rule(false, format!("{end}(?:{SPACED})?"), format!(r"{SPACE}+(?:[\-–—―−]+{SPACE}*)?\p{{Ll}}")),
        rule(false, format!(r"(?:\.\.|…){CLOSERS}"), format!(r"{SPACE}+\d")),
    ]
}

/// Marks that one script alone has; those of Chinese and Japanese, after which no space stands.
fn of_other_scripts() -> Vec<RuleText> {
    vec![
        rule(false, format!("{SCRIPT}{CLOSERS}"), format!(r"{SPACE}*(?:[,.)\]،:»”]|{SCRIPT})")),
        rule(true, format!("{SCRIPT}{CLOSERS}"), ""),
        rule(false, format!("{FULL}{CLOSERS}"), format!("{SPACE}*(?:[、，,…—～：；」』）)】》”’!?]|{FULL})")),
        rule(false, format!("{FULL}[」』）”’]+"), format!("{SPACE}*[とはがをのでにも]")),
        rule(false, format!(r"\d{FULL}"), r"\d"),
        rule(true, format!("{FULL}{CLOSERS}"), ""),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::{BlockText, Cuts, Learned, Segmenter, Srx, srx};

    fn shown(segmenter: &dyn Segmenter, lang: &str, text: &str) -> String {
        let (lang, mut cuts) = (Lang::parse(lang).expect("a tag"), Cuts::new(false));
        segmenter.cut(&BlockText::paragraph(text, &lang), &mut cuts);
        let pieces = cuts.pieces(text.len()).map(|(from, to)| text[from..to].trim());
        pieces.collect::<Vec<_>>().join(" | ")
    }

    fn written(langs: &[&str]) -> String {
        srx::write(&rules(langs.iter().copied()))
    }

    #[test]
    fn a_file_read_again_cuts_as_the_rules_and_weights_do() {
        let file = RuleFile::parse(&written(&languages().into_iter().collect::<Vec<_>>())).expect("a file");
        let (srx, learned) = (Srx::new(&file, None, "").expect("rules"), Learned::default());
        for (lang, text) in [
            ("en", "Mr. Arden met Dr. Pryce. It rained (a lot!). She left at 6 p.m. The boat sank."),
            (
                "en-GB",
                "J. R. Arden paid 3.50 on No. 5 and left... for good. “So?” he asked. “No.” They went.",
            ),
            ("de", "Am 3. Oktober kam z. B. Herr Dr. Arden. Er blieb bis zum 4. November. Das war alles."),
            ("fr", "M. Arden est arrivé. «Vraiment ?» Oui ! L’art. 5 le dit. Elle reste."),
            ("cs", "Dne 5. května přijel. Odjel 6. června."),
            ("ru", "В 1990 г. он уехал. Дома, сады и т. д. стояли пустыми. «Нет!» Она осталась."),
            ("el", "Πού είναι; Δεν ξέρω. Ο κ. Άρντεν έφυγε."),
            ("hy", "Նա եկավ։ Նա գնաց: Վերջ։"),
            ("ja", "雨が降った。「終わり。」と言った。本当？はい！"),
            ("zh", "下雨了。他说：“走吧！”我们走了。"),
            ("hi", "वह आया। वह गया। क्या हुआ? कुछ नहीं।"),
            ("ar", "هل جاء؟ نعم. ذهب."),
            ("ka", "ის მოვიდა. ის წავიდა."),
            ("xx", "It rained. Dr. Arden slept. It stopped."),
        ] {
            assert_eq!(shown(&srx, lang, text), shown(&learned, lang, text), "{lang}");
        }
    }

    #[test]
    fn a_language_matches_its_codes_alone() {
        let file = rules(["de", "nb"]);
        let patterns: Vec<&str> = file.maps.iter().map(|map| map.pattern.as_str()).collect();
        assert_eq!(patterns, ["(?:de|DE)(?:[-_].*)?", "(?:nb|NB|nn|NN|no|NO)(?:[-_].*)?", ".*"]);
        let of = |tag| Lang::parse(tag).as_ref().and_then(language);
        assert_eq!(
            [of("bs"), of("nn-NO"), of("pt-BR"), of("tlh")],
            [Some("hr"), Some("nb"), Some("pt"), None]
        );
    }

    #[test]
    fn the_order_in_which_languages_are_named_changes_nothing() {
        assert_eq!(written(&["fr", "de", "fr"]), written(&["de", "fr"]));
    }

    #[test]
    fn every_rule_is_read_alike_by_engines_of_java() {
        let file = rules(languages());
        assert!(Srx::new(&file, Some(srx::Dialect::Java), "").is_ok());
    }

    #[test]
    fn rules_of_one_language_stand_before_those_of_all() {
        let xml = written(&["my"]);
        let start: Vec<&str> = xml.lines().take(40).collect();
        insta::assert_snapshot!(start.join("\n"), @r##"
        <?xml version="1.0" encoding="UTF-8"?>
        <srx xmlns="http://www.lisa.org/srx20" version="2.0">
        <header segmentsubflows="yes" cascade="yes">
        <formathandle type="start" include="no"/>
        <formathandle type="end" include="yes"/>
        <formathandle type="isolated" include="no"/>
        </header>
        <body>
        <languagerules>
        <languagerule languagerulename="my">
        <rule break="no">
        <beforebreak>\b(?i:a\.m|co|dr|etc|ltd|mr|mrs|ms|p\.m|prof|u\.k|u\.s|ပီ\.အိတ်ချ်\.ဒီ|ဘီ\.စီ|ဘီ\.အက်စ်စီ|ဘီ\.အေ|ယူ\.ကေ|ယူ\.အက်စ်|အမ်\.ဘီ\.ဘီ\.အက်စ်|အမ်\.အေ|အေ\.ဒီ)\.</beforebreak>
        <afterbreak></afterbreak>
        </rule>
        <rule break="no">
        <beforebreak>\b(?i:no)\.</beforebreak>
        <afterbreak>[\s\u00a0\u202f\u3000]*(?:\d|[IVXL]{2,}\b)</afterbreak>
        </rule>
        </languagerule>
        <languagerule languagerulename="Default">
        <rule break="no">
        <beforebreak>^[\s\u00a0\u202f\u3000]*[\s\u00a0\u202f\u3000&quot;'“‘„‚«»‹›”’`「『(\[{（【《\-–—―−¿¡]*(?:\d{1,3}|\p{L}|[ivx]+)[.)]</beforebreak>
        <afterbreak>[\s\u00a0\u202f\u3000]</afterbreak>
        </rule>
        <rule break="no">
        <beforebreak>\b(?i:cf|col|dr|e\.g|gen|hon|i\.e|lt|mme|mr|mrs|ms|mt|prof|rev|st|vs)\.</beforebreak>
        <afterbreak></afterbreak>
        </rule>
        <rule break="no">
        <beforebreak>\b(?i:fig|no|nr|p|pp|rs|sec|vol|a\.m|co|corp|etc|inc|jr|ltd|p\.m|sr|u\.k|u\.s|u\.s\.a)\.</beforebreak>
        <afterbreak>[\s\u00a0\u202f\u3000]*(?:\d|[IVXL]{2,}\b)</afterbreak>
        </rule>
        <rule break="no">
        <beforebreak>\b(?i:a\.m|co|corp|etc|inc|jr|ltd|p\.m|sr|u\.k|u\.s|u\.s\.a)\.</beforebreak>
        <afterbreak></afterbreak>
        </rule>
        <rule break="no">
        <beforebreak>(?:\b(?:\p{L}{1,4}\.)+\p{L}{1,4}|\b\p{Lu}|\b[\u0900-\u0dff]{1,3}|\b\p{Lo})\.</beforebreak>
        <afterbreak>[\s\u00a0\u202f\u3000]</afterbreak>
        </rule>
        "##);
    }
}
