//! Names in what is known to name authors: labels, posts, dates and addresses around them fall away.

/// Names of one text, and how sure it is that they are people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Named {
    pub(super) names: Vec<String>,
    pub(super) sure: Sure,
}

/// How sure it is that a name is a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Sure {
    /// A desk, an agency, a firm.
    #[default]
    Body,
    /// One word: a pen name, or anything.
    Handle,
    /// A name of several words, each with a capital, where the script has them.
    Person,
}

/// Bytes of a text that can be nothing but names.
const LONGEST: usize = 200;

/// The names in `text`, bodies left out where there are people.
pub(super) fn read(text: &str) -> Named {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST || text.contains("://") || text.starts_with("www.") {
        return Named::default();
    }
    // Where a part says that it names authors, the other parts say other things.
    let said = text.split(['|', '•', '·']).map(str::trim).find(|part| unintroduced(part) != *part);
    let Some(bare) = unlabelled(said.unwrap_or(text)) else { return Named::default() };
    let mut found: Vec<(Sure, String)> = Vec::new();
    for (number, piece) in pieces(bare).into_iter().enumerate() {
        let Some(name) = name(piece) else { continue };
        let sure = sure(&name);
        // What follows a comma is a post or a place unless it looks like another name.
        let post = [" der ", " des ", " of ", " für ", " for "].iter().any(|word| name.contains(word));
        if number == 0 || sure == Sure::Person && !post || found.is_empty() {
            found.push((sure, name));
        }
    }
    let best = found.iter().map(|(sure, _)| *sure).max().unwrap_or_default();
    let kept = found.into_iter().filter(|(sure, _)| *sure >= best.min(Sure::Handle));
    Named { names: kept.map(|(_, name)| name).collect(), sure: best }
}

/// Words before a name that say it wrote something.
const VERBS: &str = "erstellt|geschrieben|veröffentlicht|verfasst|posted|written|published|created|submitted|gespeichert|\
    eingestellt|eingereicht|bereitgestellt|pressemitteilung|beitrag|artikel|text|alle|zeige|show|all|\
    view|more|ein|eine|blog|publié|écrit|proposé|escrito|publicado|scritto|pubblicato|geplaatst|\
    geschreven|skrevet|gepostet|im|kommentar|article|articles|posts|story|interview";
/// Words that stand between them and the name.
const BY: &str = "von|vom|by|par|por|di|da|door|av|af|of|przez|tarafından|od|от|yazan|oleh";
/// Words with a colon after them that say that a name follows.
const NOUNS: &str = "autor|autorin|autoren|autor*in|autor/in|author|authors|text|texte|interview|und|and|&|fotos|foto|\
    redaktion|redakteur|redakteurin|von|by|bericht|story|auteur|auteurs|autore|autores|autora|yazar|\
    автор|редактор|kirjoittaja|skribent|journalist|forfatter|writer|reporter|par|por|texto|redacción|\
    reportage|words|penulis|ผู้เขียน|记者|作者";
/// Those of pictures and translations, which name nobody who wrote it.
const OTHERS: &str = "foto|fotos|photo|photos|bild|bilder|image|images|illustration|übersetzung|kamera|video|grafik|\
    credit|translation|photography|picture|fotograf|titelbild|symbolbild";

/// Whether `word` is one of a list.
fn is_of(list: &str, word: &str) -> bool {
    list.split('|').any(|known| known == word)
}

/// A text without the words that say it names authors; `None` where it names somebody else.
pub(super) fn unlabelled(text: &str) -> Option<&str> {
    let mut left = text.trim();
    for _ in 0..3 {
        let before = left;
        if let Some((label, rest)) = left.split_once([':', '：']) {
            let words =
                || label.split_whitespace().map(|word| word.trim_matches(['.', ',', '*']).to_lowercase());
            if words().count() > 0 && words().all(|word| is_of(OTHERS, &word) || word == "und" || word == "&")
            {
                return None;
            }
            let known = |word: String| is_of(NOUNS, &word) || is_of(VERBS, &word);
            left = if words().all(known) { rest.trim() } else { label.trim() };
        }
        left = unintroduced(left);
        if left == before {
            break;
        }
    }
    Some(left)
}

/// A text without `By`, `Written by` and the like at its front.
fn unintroduced(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..4 {
        let Some((first, after)) = rest.split_once(char::is_whitespace) else { return text };
        let first = first.to_lowercase();
        let noun = matches!(first.as_str(), "autor" | "autorin" | "autoren" | "author" | "auteur" | "autore");
        if noun || is_of(BY, &first) {
            return after.trim_start();
        }
        if !is_of(VERBS, &first) && !matches!(first.as_str(), "beiträge" | "wortlaut" | "artikelvon") {
            return text;
        }
        rest = after.trim_start();
    }
    text
}

/// The parts of a list of names.
fn pieces(text: &str) -> Vec<&str> {
    const AND: [&str; 11] =
        [" and ", " AND ", " und ", " UND ", " et ", " y ", " e ", " og ", " och ", " en ", " / "];
    let mut pieces: Vec<&str> = text.split([',', ';', '|', '•', '·', '&', '、', '—']).collect();
    for and in AND {
        if text.contains(and) {
            pieces = pieces.into_iter().flat_map(|piece| piece.split(and)).collect();
        }
    }
    pieces
}

/// A piece as a name; `None` for what cannot be one: an address, a date, a sentence.
fn name(piece: &str) -> Option<String> {
    let bare = piece.split(['(', '[', '<']).next().unwrap_or_default();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let end = words.iter().enumerate().position(|(at, word)| at > 0 && is_after(word));
    let kept = words.get(..end.unwrap_or(words.len()))?.join(" ");
    let edge = |c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | ':' | '"' | '“' | '”' | '„' | '@' | '*' | '/' | '»')
    };
    let mut name = kept.trim_matches(edge);
    if name.ends_with('.') && name.rsplit(' ').next().is_some_and(|last| last.chars().count() > 4) {
        name = name.trim_end_matches('.');
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let count = name.split(' ').count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let sentence = count > 6 || name.contains(['?', '!', '=', '{']) || name.chars().count() > 60;
    if letters < 2 || sentence || name.contains('@') || digits > letters || name.starts_with("http") {
        return None;
    }
    (!is_of(NOBODY, &name.to_lowercase())).then(|| name.to_owned())
}

/// Whether a word after a name begins something else: a date, a place, a link.
fn is_after(word: &str) -> bool {
    const WORDS: &str = "am|at|on|um|in|le|il|den|||–|-|—|alle|more|follow|published|updated|veröffentlicht|aktualisiert|\
    says|sagt|schreibt|für|for|ist|is";
    word.starts_with(|c: char| c.is_ascii_digit()) || is_of(WORDS, &word.to_lowercase())
}

/// How sure it is that a name is a person's.
pub(super) fn sure(name: &str) -> Sure {
    const BODIES: &str = "gmbh|ag|ev|e.v|eg|inc|ltd|llc|stiftung|verein|verlag|institut|institute|redaktion|newsroom|team|\
    desk|staff|editor|editors|magazin|magazine|media|medien|online|press|presse|news|agentur|agency|dpa|\
    afp|apa|ap|reuters|sid|efe|ansa|ministerium|university|universität|redacción|rédaction|redazione|\
    redactie|zeitung|admin|redaction";
    let lower = name.to_lowercase();
    let body = lower.split([' ', '/', '-']).any(|word| is_of(BODIES, word.trim_end_matches('.')));
    let address = lower.rsplit_once('.').is_some_and(|(_, end)| {
        (2..=4).contains(&end.len()) && !lower.contains(' ') && end.bytes().all(|b| b.is_ascii_lowercase())
    });
    if body || address {
        return Sure::Body;
    }
    let words: Vec<&str> = name.split(' ').collect();
    let cased = name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    if !cased {
        return if name.chars().count() >= 2 && (words.len() > 1 || name.chars().count() <= 5) {
            Sure::Person
        } else {
            Sure::Handle
        };
    }
    let capitals = words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
    if words.len() >= 2 && capitals >= 2 && !name.contains(['_', '#']) { Sure::Person } else { Sure::Handle }
}

/// What stands for nobody.
const NOBODY: &str = "admin|administrator|wordpressadmin|editor|webmaster|guest|gast|gastautor|anonymous|unknown|autor|\
    author|website|home|user|super user|wordpress.com|wordpress|impressum|kontakt|comments|kommentare|\
    kommentar|zur artikelübersicht|null|undefined|none|n/a|name|auteur|cc by|cc-by|paid content|\
    die redaktion";

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        read(text).names.join("; ")
    }

    #[test]
    fn what_stands_around_names_falls_away() {
        for (text, names) in [
            ("By Mara Ellison", "Mara Ellison"),
            ("VON MARA ELLISON am 21. April 2020", "MARA ELLISON"),
            ("Posted by Mara Ellison at 18:52", "Mara Ellison"),
            ("Text und Interview: Mara Ellison", "Mara Ellison"),
            ("Alle Beiträge von Mara Ellison", "Mara Ellison"),
            ("Mara Ellison, Tom Arden and Ann Lee", "Mara Ellison; Tom Arden; Ann Lee"),
            ("Mara Ellison, Redakteurin", "Mara Ellison"),
            ("Mara Ellison / dpa", "Mara Ellison"),
            ("Author: mara2 am 29.12.2010, 13:36 Uhr", "mara2"),
            ("von der Brücke", "der Brücke"),
            ("Fotos: Tom Arden", ""),
            ("https://example.org/mara", ""),
            ("admin", ""),
        ] {
            assert_eq!(of(text), names, "{text}");
        }
    }

    #[test]
    fn people_are_told_from_bodies_and_pen_names() {
        for (name, wanted) in [
            ("Mara Ellison", Sure::Person),
            ("焦鹏", Sure::Person),
            ("mara_e", Sure::Handle),
            ("Redaktion Tidewater", Sure::Body),
            ("Bridge Builders e.V.", Sure::Body),
            ("tidewater.de", Sure::Body),
        ] {
            assert_eq!(sure(name), wanted, "{name}");
        }
    }
}
