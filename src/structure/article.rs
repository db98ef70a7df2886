//! Finds the article in a page of lines: header grammar before it, furniture inside and after it.
//!
//! Where the text is all or nearly all prose, simple signs do: length and end of each line, its wording, its place between
//! the first and last prose. Where many lines are none, evidence is weighed (see [`crate::structure::weigh`]).

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::base::lang::Lang;
use crate::base::span::{Span, Txt, position};
use crate::doc::block::{Block, BlockKind, Role};
use crate::doc::document::{Document, FieldName, Mark, Meta};
use crate::structure::about::About;
use crate::structure::fold::{self, Letters};
use crate::structure::header::{self, Cx, Header, Verdict};
use crate::structure::lines::{self, Ending, Line};
use crate::structure::page::{self, Judged};
use crate::structure::patterns::{self, Hit, OwnLines};
use crate::structure::weigh::{self, Weighed, Weights};
use crate::structure::{StructureCx, Structured, Structurer, about, blocks, dateline, evidence, menu, tail};

/// Gives every line a role: the `structure` of `--clean auto`.
///
/// A document in which no body would be left is all body, as [`blocks::Blocks`] has it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(try_from = "Settings")]
pub struct Article {
    furniture: OwnLines,
    /// Other weights than those that ship.
    weights: Option<Box<Weights>>,
}

/// Most bytes of a file of settings.
const FILE: u64 = 1 << 22;

fn read(path: &Path) -> Result<String, String> {
    let refuse = |reason: &dyn std::fmt::Display| format!("{}: {reason}", path.to_string_lossy());
    let file = File::open(path).map_err(|e| refuse(&e))?;
    let mut text = String::new();
    let length = file.take(FILE + 1).read_to_string(&mut text).map_err(|e| refuse(&e))?;
    if length as u64 > FILE { Err(refuse(&format!("more than {FILE} bytes"))) } else { Ok(text) }
}

/// The `[stage.article]` table.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// Lines of furniture of your own sources; `*` at either end stands for anything, `0` for any number.
    furniture: Vec<String>,
    /// A file of such lines, one a line; `#` opens a remark.
    furniture_file: Option<PathBuf>,
    /// A file of weights that `tools/train_lines.py` made.
    weights: Option<PathBuf>,
}

impl TryFrom<Settings> for Article {
    type Error = String;

    fn try_from(settings: Settings) -> Result<Self, String> {
        let mut lines = settings.furniture;
        if let Some(path) = &settings.furniture_file {
            let text = read(path)?;
            lines.extend(text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned));
        }
        let weights = match &settings.weights {
            None => None,
            Some(path) => {
                let parsed = Weights::parse(&read(path)?);
                Some(Box::new(parsed.map_err(|e| format!("{}: {e}", path.to_string_lossy()))?))
            }
        };
        Ok(Self { furniture: OwnLines::from(lines), weights })
    }
}

/// Fewest words of a standfirst that can repeat a sentence; shorter ones repeat by chance.
const REPEATED: usize = 5;
/// Words from which a repetition is none by chance, even inside a sentence.
const SURELY_REPEATED: usize = 8;

impl Structurer for Article {
    fn structure(&self, document: &Document, cx: &StructureCx<'_>) -> Structured {
        let mut structured = Structured { blocks: blocks::given(document), ..Structured::default() };
        if document.lines {
            structured.blocks.extend(blocks::body(document));
            return structured;
        }
        if document.extracted.is_some() {
            structured.blocks.extend(blocks::cleaned(document));
            return structured;
        }
        if let Some(page) = document.page.as_deref()
            && let Some(judged) = page::judge(document, page, &self.furniture)
        {
            of_page(document, judged, about::about(document, page), &mut structured);
            return structured;
        }
        let lang = document.lang_or_unknown();
        let lines = blocks::cut(&document.text);
        let mut hits = patterns::hits(&lines, &lang, &self.furniture);
        let elsewhere = evidence::elsewhere(&lines, cx.model.map(|model| &model.lines));
        let kept = weigh::article(&lines, &hits, &lang, elsewhere.as_deref(), self.weights.as_deref());
        weigh::frequent(&lines, cx.model.map(|model| &model.lines), elsewhere.as_deref(), &mut hits);
        let page = Page { lines: &lines, hits: &hits, lang: &lang, kept: kept.as_deref() };
        let (mut verdicts, head) = roles(document, &page, &mut structured.found);
        let body = |v: &Option<Verdict>| v.is_some_and(|(role, _)| role == Role::Body);
        if !lines.iter().zip(&verdicts).any(|(line, v)| body(v) && line.text.contains(char::is_alphabetic)) {
            structured.found = Meta::default();
            structured.blocks.extend(blocks::body(document));
            return structured;
        }
        repeated_dek(document, &lines, &head, &mut verdicts, &mut structured);
        push_blocks(&lines, &verdicts, &lang, &mut structured.blocks);
        structured
    }
}

/// A document's lines with what is known of them.
#[derive(Debug)]
struct Page<'p, 't> {
    lines: &'p [Line<'t>],
    hits: &'p [Option<Hit>],
    lang: &'p Lang,
    /// What weighing said of each line, where there was need of it.
    kept: Option<&'p [Weighed]>,
}

/// Most words of a label over a headline.
const KICKER: usize = 5;

/// Takes labels over a page's headline (its section, its kind) out of the article that follows it.
fn kickers(lines: &[Line<'_>], title: Option<usize>, verdicts: &mut [Option<Verdict>]) {
    let Some((before, after)) = title.map(|title| verdicts.split_at_mut(title)) else { return };
    if !after.iter().flatten().any(|(role, _)| *role == Role::Body) {
        return;
    }
    for (line, verdict) in lines.iter().zip(before) {
        if let Some((role @ (Role::Body | Role::Heading), _)) = verdict
            && line.words <= KICKER
            && line.ending == Ending::Open
        {
            *role = Role::Furniture;
        }
    }
}

/// Makes the blocks of a page; all of them body where none would be.
fn of_page(document: &Document, judged: Judged, about: About, structured: &mut Structured) {
    let text = document.text.text.as_str();
    let line =
        |mark: &Mark| Some(Line::new(text, blocks::trimmed(text, mark.span.range())?, mark.kind, true));
    let kept = document.text.marks.iter().map(line).zip(judged.verdicts);
    let (lines, mut verdicts): (Vec<_>, Vec<_>) =
        kept.filter_map(|(line, verdict)| Some((line?, Some(verdict)))).unzip();
    let has = |role: Role, verdicts: &[Option<Verdict>]| {
        verdicts.iter().position(|verdict| verdict.is_some_and(|(found, _)| found == role))
    };
    if has(Role::Body, &verdicts).is_none() {
        structured.found = about.meta;
        structured.blocks.extend(blocks::body(document));
        return;
    }
    let title = judged.title.map(|title| document.text.marks[title].span.of(text).trim().replace('\n', " "));
    structured.found.title = title.filter(|title| !title.is_empty());
    about::apply(about, document, &lines, &mut verdicts, structured);
    kickers(&lines, has(Role::Title, &verdicts), &mut verdicts);
    let end = has(Role::Body, &verdicts).unwrap_or(0);
    let head = Header { title: has(Role::Title, &verdicts).filter(|title| *title < end), end };
    repeated_dek(document, &lines, &head, &mut verdicts, structured);
    push_blocks(&lines, &verdicts, &document.lang_or_unknown(), &mut structured.blocks);
}

/// Lines before the article among which its headline, date and author are sought on a page of many lines.
const HEADER: usize = 24;

/// The role of every line, and where the header ends.
fn roles(document: &Document, page: &Page<'_, '_>, found: &mut Meta) -> (Vec<Option<Verdict>>, Header) {
    let mut verdicts = vec![None; page.lines.len()];
    let run = page.kept.and_then(weigh::extent);
    let mut part = menu::article(page.lines, page.hits);
    if let Some(run) = &run {
        part = part.start.min(run.start).max(run.start.saturating_sub(HEADER))..part.end.max(run.end);
    }
    menu::outside(page.hits, &part, &mut verdicts);
    let (lines, hits) = (&page.lines[part.clone()], &page.hits[part.clone()]);
    let inner = &mut verdicts[part.clone()];
    let given = document.title.as_ref().map(|field| field.text.as_str());
    let first = run.as_ref().map(|run| run.start - part.start);
    let Some(first) = first.or_else(|| first_prose(lines, hits)) else {
        for (verdict, hit) in inner.iter_mut().zip(hits) {
            *verdict = Some(hit.map_or((Role::Body, 0.5), |hit| (hit.role, 0.7)));
        }
        return (verdicts, Header::default());
    };
    let cx = Cx { lines, hits, lang: page.lang, given };
    let head = header::header(&cx, first, found, inner);
    let end = run.map_or_else(|| tail::end(lines, hits, head.end), |run| run.end - part.start).max(head.end);
    tail::inside(lines, hits, head.end..end, inner);
    tail::after(lines, hits, end, page.lang, inner);
    let head = Header { title: head.title.map(|title| title + part.start), end: head.end + part.start };
    if let Some(kept) = page.kept {
        weigh::settle(page.lines, page.hits, kept, &mut verdicts);
    }
    (verdicts, head)
}

/// The first line of prose; where there is none, the first sentence.
fn first_prose(lines: &[Line<'_>], hits: &[Option<Hit>]) -> Option<usize> {
    let open = |i: &usize| hits[*i].is_none();
    let prose = (0..lines.len()).filter(open).find(|i| lines[*i].is_prose());
    prose.or_else(|| (0..lines.len()).filter(open).find(|i| lines[*i].is_sentence() && lines[*i].words >= 4))
}

/// Finds the standfirst that repeats a sentence of the body, given apart or in the header, and its copy.
fn repeated_dek(
    document: &Document,
    lines: &[Line<'_>],
    head: &Header,
    verdicts: &mut [Option<Verdict>],
    structured: &mut Structured,
) {
    let is_body =
        |verdicts: &[Option<Verdict>], i: usize| verdicts[i].is_some_and(|(role, _)| role == Role::Body);
    if let Some(dek) = document.dek.as_ref().map(|field| field.text.as_str()) {
        let bodies = (0..lines.len()).filter(|i| is_body(verdicts, *i)).map(|i| &lines[i]);
        structured.dek_copy = copy(dek, bodies);
        if structured.dek_copy.is_some() {
            for block in structured.blocks.iter_mut().filter(|block| block.field == FieldName::Dek) {
                block.role = Role::RepeatedDek;
            }
        }
        return;
    }
    if head.title.is_none() && document.title.is_none() {
        return;
    }
    for i in head.title.map_or(0, |title| title + 1)..(head.end + 1).min(lines.len()) {
        let able = matches!(verdicts[i], Some((Role::Dek | Role::Body, _)));
        if !able || !(REPEATED..=60).contains(&lines[i].words) {
            continue;
        }
        let later = (i + 1..lines.len()).filter(|j| is_body(verdicts, *j)).map(|j| &lines[j]);
        if let Some(found) = copy(lines[i].text, later) {
            verdicts[i] = Some((Role::RepeatedDek, 0.95));
            structured.found.dek = Some(lines[i].text.replace('\n', " "));
            structured.dek_copy = Some(found);
            return;
        }
    }
}

/// Where one of `lines` holds the words of `dek`, whatever its quotes, dashes and case.
fn copy<'l, 't: 'l>(dek: &str, lines: impl Iterator<Item = &'l Line<'t>>) -> Option<Span<Txt>> {
    let rare = memchr::memmem::Finder::new(fold::landmark(dek));
    let chance = lines::words(dek) < SURELY_REPEATED;
    let mut wanted: Option<Letters> = None;
    let mut folded = String::new();
    lines.filter(|line| rare.find(line.text.as_bytes()).is_some()).find_map(|line| {
        let wanted = wanted.get_or_insert_with(|| Letters::of(dek));
        fold::letters(line.text, &mut folded);
        // Most lines hold the landmark and not the standfirst: only one that may is folded with its places.
        if !folded.contains(wanted.key.as_str()) {
            return None;
        }
        let (start, end) = Letters::of(line.text).find(line.text, wanted)?;
        if chance && !opens_sentence(&line.text[..start]) {
            return None;
        }
        Some(Span::new(line.span.start + position(start), line.span.start + position(end)))
    })
}

/// Whether a sentence begins after `before`.
fn opens_sentence(before: &str) -> bool {
    let quotes =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '„' | '«' | '‘' | '「' | '—' | '–');
    let before = before.trim_end_matches(quotes);
    before.is_empty() || matches!(lines::ending(before), Ending::Stop | Ending::Ask)
}

/// Makes the blocks; the dateline of the first paragraph of the body becomes one of its own.
fn push_blocks(lines: &[Line<'_>], verdicts: &[Option<Verdict>], lang: &Lang, blocks: &mut Vec<Block>) {
    let mut dateline = Some(());
    for (line, verdict) in lines.iter().zip(verdicts) {
        let (role, score) = verdict.unwrap_or((Role::Body, 0.5));
        let mut span = line.span;
        let mut block = |span, role, score| {
            let kind = match role {
                Role::Title | Role::Heading => BlockKind::Heading,
                _ if line.kind == BlockKind::Heading => BlockKind::Paragraph,
                _ => line.kind,
            };
            blocks.push(Block { field: FieldName::Text, span, kind, role, score });
        };
        if role == Role::Body
            && line.kind == BlockKind::Paragraph
            && dateline.take().is_some()
            && let Some(length) = dateline::length(line.text, lang)
        {
            let opening = line.text[..length].trim_end().len();
            block(Span::new(span.start, span.start + position(opening)), Role::Dateline, 0.9);
            span = Span::new(span.start + position(length), span.end);
        }
        block(span, role, score);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::doc::document::{Field, Mark};

    const PROSE: &str =
        "Engineers closed the harbour bridge on Monday after two cracks were found in its main girder.";
    const MORE: &str =
        "The authority said that it could not tell the public the bridge was safe to cross on foot.";

    fn read(text: &str, tag: &str) -> (Document, Structured) {
        let lang = Lang::parse(tag);
        let document = Document { text: Field::plain(text.to_owned()), lang, ..Document::default() };
        let structured = Article::default().structure(&document, &StructureCx::default());
        (document, structured)
    }

    /// Role and text of each block of the text.
    fn roles(text: &str) -> Vec<(Role, String)> {
        shown(&read(text, "en"))
    }

    fn shown((document, structured): &(Document, Structured)) -> Vec<(Role, String)> {
        let text = document.text.text.as_str();
        let of = |block: &Block| (block.role, block.span.of(text).to_owned());
        structured.blocks.iter().filter(|b| b.field == FieldName::Text).map(of).collect()
    }

    fn only_roles(text: &str) -> Vec<Role> {
        roles(text).into_iter().map(|(role, _)| role).collect()
    }

    #[test]
    fn a_blog_page_of_lines_gives_up_all_its_fields() {
        let text = "Thursday, June 01, 2023\n\nHarbour, ferries discuss ‘bridge threat’\n\nByNews Desk- The Tidewater \n\n\
            Engineers also discussed Alder's long partnership with its ferries\n\n\
            Engineers closed the harbour bridge on Monday after two cracks were found in its main girder.\n\n\
            Engineers also discussed Alder’s long partnership with its ferries.\n\nNo comments:\n\nPost a Comment\n";
        let read = read(text, "en");
        let found = &read.1.found;
        assert_eq!(found.published.as_deref(), Some("2023-06-01"));
        assert_eq!(found.title.as_deref(), Some("Harbour, ferries discuss ‘bridge threat’"));
        assert_eq!(found.byline.as_deref(), Some("News Desk"));
        assert_eq!(found.publisher.as_deref(), Some("The Tidewater"));
        assert_eq!(
            found.dek.as_deref(),
            Some("Engineers also discussed Alder's long partnership with its ferries")
        );
        let copy = read.1.dek_copy.unwrap();
        assert_eq!(copy.of(text), "Engineers also discussed Alder’s long partnership with its ferries");
        assert_eq!(
            shown(&read).iter().map(|(role, _)| *role).collect::<Vec<_>>(),
            [
                Role::Date,
                Role::Title,
                Role::Byline,
                Role::RepeatedDek,
                Role::Body,
                Role::Body,
                Role::Comments,
                Role::Comments
            ]
        );
    }

    #[test]
    fn plain_prose_is_all_body() {
        let text = format!("{PROSE}\n\nNobody was hurt.\n\n{MORE}\n\nBy Monday it was open.");
        assert_eq!(only_roles(&text), [Role::Body; 4]);
    }

    #[test]
    fn a_short_text_is_body_whatever_it_says() {
        for text in
            ["The bridge is closed.", "Bridge closed", "Advertisement", "11 March 2024", "By Mara Ellison"]
        {
            assert_eq!(only_roles(text), [Role::Body], "{text}");
        }
    }

    #[test]
    fn a_standfirst_without_an_end_mark_is_a_dek_and_a_first_sentence_is_not() {
        let text = format!(
            "Bridge shut at dawn\nCracks were found in the main girder\nBy Mara Ellison\n{PROSE}\n{MORE}"
        );
        assert_eq!(only_roles(&text), [Role::Title, Role::Dek, Role::Byline, Role::Body, Role::Body]);
        let text = format!("Bridge shut at dawn\nCracks were found in it.\n{PROSE}");
        assert_eq!(only_roles(&text), [Role::Title, Role::Body, Role::Body]);
    }

    #[test]
    fn a_standfirst_that_is_a_sentence_stands_over_the_byline() {
        let text = format!("Bridge shut at dawn\n{MORE}\nBy Mara Ellison\n{PROSE}");
        assert_eq!(only_roles(&text), [Role::Title, Role::Dek, Role::Byline, Role::Body]);
    }

    #[test]
    fn a_few_words_that_come_again_inside_a_sentence_repeat_by_chance() {
        let text = format!(
            "Bridge shut at dawn\nCracks were found in its main girder\nBy Mara Ellison\n{PROSE}\n{MORE}"
        );
        assert_eq!(only_roles(&text)[1], Role::Dek);
        let text = format!(
            "Bridge shut at dawn\nCracks in its main girder\nBy Mara Ellison\n{MORE}\nCracks in its main girder closed it on Monday, they said."
        );
        assert_eq!(only_roles(&text)[1], Role::RepeatedDek);
    }

    #[test]
    fn a_dateline_may_stand_over_the_article_with_its_author() {
        let (_, structured) = read(
            &format!("Opera sung in a barn\nLARKMOOR, 11 March 2024. By Fenella Ashgrove\n{PROSE}"),
            "en",
        );
        assert_eq!(structured.found.byline.as_deref(), Some("Fenella Ashgrove"));
        assert_eq!(structured.found.published.as_deref(), Some("2024-03-11"));
    }

    #[test]
    fn one_long_line_is_body_though_it_holds_a_whole_page() {
        // Wrong: its date, title and author are there to be found, but nothing parts them.
        let text = format!(
            "Published: Tuesday 12 March 2024 Museum opens a box By Fenella Ashgrove {PROSE} Share | Tweet"
        );
        assert_eq!(only_roles(&text), [Role::Body]);
    }

    #[test]
    fn the_dateline_is_a_block_of_its_own() {
        let text = format!("Bridge shut at dawn\n\nTIDEWATER, March 11 (Meridian Wire) — {PROSE}");
        let roles = roles(&text);
        assert_eq!(roles[1], (Role::Dateline, "TIDEWATER, March 11 (Meridian Wire) —".to_owned()));
        assert_eq!(roles[2], (Role::Body, PROSE.to_owned()));
    }

    #[test]
    fn furniture_inside_and_links_after_the_article_are_told_from_it() {
        let text = format!(
            "Bridge shut at dawn\n{PROSE}\nAdvertisement\nWhat comes next\n{MORE}\nRelated stories\nHow a girder fails\nWho pays?\nNo comments:"
        );
        assert_eq!(
            only_roles(&text),
            [
                Role::Title,
                Role::Body,
                Role::Furniture,
                Role::Heading,
                Role::Body,
                Role::Navigation,
                Role::Navigation,
                Role::Navigation,
                Role::Comments
            ]
        );
    }

    #[test]
    fn what_the_record_gave_is_not_sought_and_its_copy_in_the_text_is_furniture() {
        let mut document = Document {
            text: Field::plain(format!("Bridge shut at dawn\n{PROSE}\n{MORE}")),
            title: Some(Field::plain("Bridge Shut at Dawn".to_owned())),
            dek: Some(Field::plain("the authority said that it could not tell the public".to_owned())),
            ..Document::default()
        };
        document.lang = Lang::parse("en");
        let structured = Article::default().structure(&document, &StructureCx::default());
        let roles: Vec<Role> = structured.blocks.iter().map(|b| b.role).collect();
        assert_eq!(roles, [Role::Title, Role::RepeatedDek, Role::Furniture, Role::Body, Role::Body]);
        assert!(structured.dek_copy.is_some() && structured.found.title.is_none());
    }

    #[test]
    fn marked_headings_are_headings_and_the_first_is_the_title() {
        let text = format!("Bridge\n{PROSE}\nNext\n{MORE}");
        let mut field = Field::plain(text.clone());
        let mut at = 0;
        for (line, kind) in text.lines().zip([BlockKind::Heading, BlockKind::Paragraph].into_iter().cycle()) {
            field.marks.push(Mark { span: Span::at(at..at + line.len()), kind });
            at += line.len() + 1;
        }
        let document = Document { text: field, ..Document::default() };
        let structured = Article::default().structure(&document, &StructureCx::default());
        let roles: Vec<Role> = structured.blocks.iter().map(|b| b.role).collect();
        assert_eq!(roles, [Role::Title, Role::Body, Role::Heading, Role::Body]);
    }

    #[test]
    fn the_settings_take_lines_of_your_own_and_refuse_unknown_keys() {
        let article: Article = toml::from_str("furniture = ['Our sponsor:*']").unwrap();
        let text = format!("{PROSE}\nOur sponsor: Dunmore Steel\n{MORE}");
        let document = Document { text: Field::plain(text), ..Document::default() };
        assert_eq!(article.structure(&document, &StructureCx::default()).blocks[1].role, Role::Furniture);
        assert!(toml::from_str::<Article>("furnitur = []").is_err());
    }

    #[test]
    fn a_saved_page_gives_up_the_article_with_its_headline_and_date() {
        let menu = "Home\nWorld\nSport\nScience\nTravel\nMoney\nFood\nBooks\nFilm\nMusic";
        let rest =
            "The mayor of the old harbour town said that the ferries would run until the bridge opens again.";
        let teasers = "Eels return to the river\nA barn full of opera\nNew pier for the south bank";
        let text =
            format!("{menu}\nBridge shut at dawn\n11 March 2024\n{PROSE}\n{MORE}\n{rest}\n{teasers}\n{menu}");
        let read = read(&text, "en");
        assert_eq!(read.1.found.title.as_deref(), Some("Bridge shut at dawn"));
        assert_eq!(read.1.found.published.as_deref(), Some("2024-03-11"));
        let body: Vec<_> = shown(&read).into_iter().filter(|(role, _)| *role == Role::Body).collect();
        assert_eq!(body.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), [PROSE, MORE, rest]);
    }

    #[test]
    fn the_seed_article_gives_up_all_its_fields() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/real/cradle-2023-06-01.txt");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: {path} is not here");
            return;
        };
        let read = read(&text, "en");
        let found = &read.1.found;
        assert_eq!(found.title.as_deref(), Some("Azerbaijan, Israel discuss ‘Iranian threat’"));
        assert_eq!(found.published.as_deref(), Some("2023-06-01"));
        assert_eq!(found.byline.as_deref(), Some("News Desk"));
        assert_eq!(found.publisher.as_deref(), Some("The Cradle"));
        let copy = read.1.dek_copy.unwrap();
        assert!(copy.of(&text).starts_with("The two leaders") && copy.of(&text).contains('’'));
        let roles: Vec<Role> = shown(&read).iter().map(|(role, _)| *role).collect();
        assert_eq!(roles[..4], [Role::Date, Role::Title, Role::Byline, Role::RepeatedDek]);
        assert_eq!(roles[roles.len() - 2..], [Role::Comments; 2]);
        assert!(roles[4..roles.len() - 2].iter().all(|role| *role == Role::Body), "{roles:?}");
    }

    proptest! {
        /// Blocks rise, never overlap, hold all but white space, and one of them is body whenever there is a word.
        #[test]
        fn every_line_has_one_role_and_some_line_is_body(
            lines in prop::collection::vec(prop_oneof![
                "[a-zA-Zé .!?“”—,:1-9\u{a0}\t風。]{0,60}",
                Just(PROSE.to_owned()), Just(MORE.to_owned()), Just("By Mara Ellison".to_owned()),
                Just("No comments:".to_owned()), Just("11 March 2024".to_owned()), Just(String::new()),
                Just("Related stories".to_owned()), Just("Home\nWorld\nSport\nTravel\nMoney\nFood".to_owned()), Just("TIDEWATER, March 11 — It rained all day long.".to_owned()),
            ], 0..9),
        ) {
            let text = lines.join("\n");
            let (_, structured) = read(&text, "en");
            let mut at = 0;
            for block in &structured.blocks {
                prop_assert!(!block.span.of(&text).trim().is_empty(), "{:?} is empty", block.span);
                prop_assert!((0.0..=1.0).contains(&block.score));
                let gap = text.get(at..block.span.start as usize);
                prop_assert!(gap.is_some_and(|gap| gap.trim().is_empty()), "{gap:?} is in no block");
                at = block.span.end as usize;
            }
            prop_assert!(text[at..].trim().is_empty(), "{:?} is left", &text[at..]);
            let body = structured.blocks.iter().any(|b| b.role == Role::Body && b.span.of(&text).chars().any(char::is_alphabetic));
            prop_assert!(body || !text.chars().any(char::is_alphabetic), "no body in {text:?}");
        }

        /// No text whatever makes it panic, in any language.
        #[test]
        fn any_text_is_read(text in "\\PC{0,120}(\n\\PC{0,40}){0,6}", tag in "(en|zh|th|und|ar)") {
            let (_, structured) = read(&text, &tag);
            prop_assert!(structured.blocks.iter().all(|block| text.get(block.span.range()).is_some()));
        }
    }
}
