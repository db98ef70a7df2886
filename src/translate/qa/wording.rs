//! Terms, what is not translated, acronyms, and whether something is denied.

use super::terms::holds;
use super::{Kind, Severity, Unit, listed, missing_and_new, words};

/// Checks words.
pub(super) fn check(unit: &mut Unit<'_>) {
    term(unit);
    dnt(unit);
    acronym(unit);
    negation(unit);
}

fn term(unit: &mut Unit<'_>) {
    for term in &unit.settings.terms {
        if holds(unit.source, &term.source, term.case)
            && !term.targets.iter().any(|t| holds(unit.target, t, false))
        {
            let targets: Vec<_> = term.targets.iter().map(String::as_str).collect();
            let message = format!("{} should be {}", term.source, listed(&targets));
            unit.say(Kind::Term, Severity::Warning, message);
        }
    }
}

fn dnt(unit: &mut Unit<'_>) {
    let stands = |text: &str, term: &str| {
        text.match_indices(term).any(|(at, _)| {
            let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            let behind = text[at + term.len()..].chars().next().is_some_and(char::is_alphanumeric);
            !before && !behind
        })
    };
    let terms = unit.settings.dnt.iter().filter(|term| !term.is_empty() && stands(unit.source, term));
    // In the target an ending may follow, and scripts without blanks go on.
    let missing: Vec<_> = terms.map(String::as_str).filter(|term| !unit.target.contains(*term)).collect();
    if !missing.is_empty() {
        unit.say(Kind::Dnt, Severity::Error, missing_and_new(&missing, &[]));
    }
}

fn acronym(unit: &mut Unit<'_>) {
    let is_acronym = |word: &str| {
        let letters = word.chars().count();
        (2..=6).contains(&letters) && word.chars().all(|c| c.is_ascii_uppercase())
    };
    let shouts = unit.source.chars().all(|c| !c.is_lowercase());
    if shouts || !unit.target.chars().any(|c| c.is_ascii_alphabetic()) {
        return;
    }
    let found = words(unit.source).map(|(_, word)| word).filter(|word| is_acronym(word));
    let missing: Vec<_> = found.filter(|word| !unit.target.contains(*word)).collect();
    if !missing.is_empty() {
        unit.say(Kind::Acronym, Severity::Info, missing_and_new(&missing, &[]));
    }
}

/// Words that deny, by language; beginnings end with `*`.
const NEGATIONS: &[(&str, &str)] = &[
    (
        "en",
        "no not never none nobody nothing nor neither without cannot isn't aren't wasn't weren't don't doesn't didn't won't can't couldn't wouldn't shouldn't haven't hasn't hadn't un* in* im* dis* non* fail* refus* den* lack* hardly",
    ),
    ("fr", "ne n pas jamais rien aucun* personne ni sans non in* im* dé* refus* faute manqu*"),
    ("de", "nicht kein* nie niemals nichts niemand weder ohne nein un* ver* ablehn* fehl* kaum"),
    ("es", "no nunca jamás nada nadie ningún* ninguna* ni sin tampoco in* im* des* neg* falta*"),
    ("it", "non mai nulla niente nessun* né senza no in* im* dis* neg* manc*"),
    ("pt", "não nunca jamais nada ninguém nenhum* nem sem in* im* des* neg* falta*"),
    ("nl", "niet geen nooit niets niemand noch zonder nee on* wei* ontb*"),
    ("sv", "inte ej aldrig ingen inget inga ingenting utan nej o* sakna*"),
    ("ru", "не нет ни никогда ничего никто без нельзя не* бес* без* отказ*"),
    ("uk", "не ні ніколи нічого ніхто без нема немає не* без* відмов*"),
    ("pl", "nie nigdy nic nikt żad* bez ani brak* nie* odm*"),
    ("hu", "nem ne soha sem se semmi senki sincs nincs nincsen anélkül nélkül *tlan *tlen sose sohase"),
    ("ro", "nu n nici niciodată nimic nimeni fără niciun* ne* in* im*"),
    ("is", "ekki aldrei ekkert enginn engin engan engum engu engar engir hvorki án né ó* neit*"),
];

fn negation(unit: &mut Unit<'_>) {
    let of = |lang: &str| NEGATIONS.iter().find(|(tag, _)| *tag == lang).map(|(_, words)| *words);
    let (Some(ours), Some(theirs)) = (of(unit.source_lang()), of(unit.target_lang())) else { return };
    // Only the plain words deny for sure; prefixes count as a denial kept.
    let plain = |word: &str, list: &str| list.split(' ').any(|entry| entry == word);
    let loose = |word: &str, list: &str| {
        list.split(' ').any(|entry| match (entry.strip_suffix('*'), entry.strip_prefix('*')) {
            (Some(stem), _) => word.starts_with(stem),
            (_, Some(tail)) => word.ends_with(tail),
            _ => word == entry,
        })
    };
    let all = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase().replace('’', "'");
        let whole = words(&lower).map(|(_, word)| word.to_owned());
        whole
            .flat_map(|word| {
                word.split('\'').map(ToOwned::to_owned).chain([word.clone()]).collect::<Vec<_>>()
            })
            .collect()
    };
    let denied = all(unit.source).into_iter().find(|word| plain(word, ours));
    if let Some(word) = denied.filter(|_| !all(unit.target).iter().any(|word| loose(word, theirs))) {
        unit.say(
            Kind::Negation,
            Severity::Info,
            format!("the source has {word}, and the target seems not to deny anything"),
        );
    }
}
