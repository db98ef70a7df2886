//! Finished documents to try formats on.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::base::lang::Lang;
use crate::base::span::Span;
use crate::doc::block::{Block, BlockKind, Role};
use crate::doc::document::{Document, Field, FieldName, Meta};
use crate::doc::done::{Done, Parts};
use crate::doc::id::segment_id;
use crate::doc::inline::{Inline, Markup, Style};
use crate::doc::record::Source;
use crate::doc::segment::{Segment, Summary};
use crate::doc::text::Edits;
use crate::write::{Totals, Writer};

/// The whole output of `writer` for `documents`.
pub(crate) fn rendered(writer: &dyn Writer, documents: &[Done]) -> String {
    let mut out = Vec::new();
    writer.head(&totals(documents), &mut out).expect("a head");
    for done in documents {
        writer.render(done, &mut out);
    }
    writer.tail(&mut out);
    String::from_utf8(out).expect("UTF-8")
}

/// What a run of `documents` knows at its end.
pub(crate) fn totals(documents: &[Done]) -> Totals {
    let mut totals = Totals::default();
    for done in documents {
        *totals.languages.entry(done.document.lang_or_unknown()).or_default() += 1;
    }
    totals
}

/// One of each.
pub(crate) fn all() -> Vec<Done> {
    vec![council(), hostile(), arabic(), empty()]
}

const FEATURES: [&str; 4] = ["centrality", "position", "length", "quotation"];

/// News with a title in its text, boilerplate around it, and three features.
pub(crate) fn council() -> Done {
    let mut done = Sample::new("council", "en", "corpus/council.txt")
        .block(Role::Title, BlockKind::Paragraph, &["Council approves new flood defences"])
        .block(Role::Byline, BlockKind::Paragraph, &["By Ana López"])
        .block(Role::Date, BlockKind::Paragraph, &["June 1, 2023"])
        .block(
            Role::Body,
            BlockKind::Paragraph,
            &["The council voted 9–4 on Thursday to build a £12.5m flood wall.", "Work starts in May."],
        )
        .block(Role::Heading, BlockKind::Heading, &["What residents say"])
        .block(
            Role::Body,
            BlockKind::Paragraph,
            &[
                "“We have waited ten years,” said Mary O’Neill.",
                "Her shop flooded in 2013 and again in 2019.",
            ],
        )
        .block(Role::Share, BlockKind::Paragraph, &["Share this article"])
        .parts(
            &FEATURES,
            &[
                &[0.41, 0.57, 0.05, 0.0],
                &[0.12, 0.31, -0.08, 0.0],
                &[0.22, 0.11, 0.03, -0.15],
                &[0.28, 0.06, 0.06, 0.0],
            ],
        )
        .choose(&[0, 3]);
    done.document.id = Some("council".to_owned());
    done.document.meta = Meta {
        title: Some("Council approves new flood defences".to_owned()),
        byline: Some("Ana López".to_owned()),
        publisher: Some("The Riverside Post".to_owned()),
        published: Some("2023-06-01".to_owned()),
        dek: Some("Work starts in May".to_owned()),
        url: None,
    };
    done.dek_segment = done.segments.iter().position(|s| s.role == Role::Body).map(|at| at + 1);
    let raw = |json: &str| RawValue::from_string(json.to_owned()).expect("JSON");
    done.document.extra =
        BTreeMap::from([("section".to_owned(), raw("\"local\"")), ("pages".to_owned(), raw("[1, 2.50]"))]);
    done
}

/// Text made to break out of every format.
pub(crate) fn hostile() -> Done {
    let mut done = Sample::new("a \"b\"/<c>", "en", "odd\nfolder/<&>.jsonl")
        .block(
            Role::Body,
            BlockKind::Paragraph,
            &[
                "<script>alert(\"1\")</script> & &amp; ]]> done.",
                "A\ttab, a\nline, a \\ and an escape \u{1b}[31mred\u{1b}[0m.",
                "# Not a heading, **not bold**, not [a link](http://x).",
            ],
        )
        .block(
            Role::Body,
            BlockKind::ListItem,
            &["Emoji 👩\u{200d}🚀, Hebrew שלום and an override \u{202e}cba\u{202c}.", "\u{1}"],
        )
        .choose(&[0, 1, 2, 3]);
    done.document.source.record = 2;
    done.document.meta.title = Some("<b>\"Title\"</b>\u{1b}]0;x\u{7} _now_ | & 'then'".to_owned());
    done.document.meta.publisher = Some("*The* Post".to_owned());
    done
}

/// A document with emphasis, links and protected items.
pub(crate) fn marked_up() -> Done {
    let mut done = Sample::new("quay", "en", "corpus/quay.md")
        .block(Role::Heading, BlockKind::Heading, &["Quay & bridge"])
        .block(
            Role::Body,
            BlockKind::Paragraph,
            &[
                "Write to <desk@tarnvale.example> about the new quay before 3 May 2023.",
                "It costs 12 km of rail.",
                "Nobody asked.",
            ],
        )
        .choose(&[0, 1]);
    let text = done.document.text.text.as_str().to_owned();
    let mut mark = |words: &str, markup: Option<Markup>| {
        let start = text.find(words).expect("in the text");
        let span = Span::at(start..start + words.len());
        done.document.text.inline.extend(markup.map(|markup| Inline { span, markup }));
    };
    mark("Quay & bridge", Some(Markup::of(Style::Strong)));
    mark("the new quay", Markup::link("https://tarnvale.example/quay?a=1&b=2", None));
    mark("new", Some(Markup::of(Style::Emphasis)));
    mark("rail. Nobody asked.", Some(Markup::of(Style::Deleted)));
    done
}

/// A document that is read from right to left.
pub(crate) fn arabic() -> Done {
    let mut done = Sample::new("matar", "ar", "corpus/matar.txt")
        .block(
            Role::Body,
            BlockKind::Paragraph,
            &[
                "أعلنت البلدية يوم الخميس بناء جدار جديد لحماية المدينة من الفيضانات.",
                "يبدأ العمل في مايو 2023.",
            ],
        )
        .parts(&["centrality", "position"], &[&[0.5, 0.6], &[0.2, -0.1]])
        .choose(&[0]);
    done.document.meta.title = Some("جدار جديد ضد الفيضانات".to_owned());
    done
}

/// A document with nothing to summarize, of no known language.
pub(crate) fn empty() -> Done {
    let mut done = Sample::new("empty", "und", "-")
        .block(Role::Date, BlockKind::Paragraph, &["June 1, 2023"])
        .choose(&[]);
    done.document.lang = None;
    done.document.meta.title = Some("Picture of the day".to_owned());
    done
}

/// A document in the making.
struct Sample {
    done: Done,
    text: String,
}

impl Sample {
    fn new(id: &str, lang: &str, path: &str) -> Self {
        let source = Source { path: path.to_owned(), member: None, record: 0, encoding: "UTF-8" };
        let document = Document { source, lang: Lang::parse(lang), ..Document::default() };
        let done = Done {
            document,
            id: id.to_owned(),
            blocks: Vec::new(),
            segments: Vec::new(),
            summary: Summary::default(),
            dek_segment: None,
            parts: None,
            boundaries: None,
            focused: None,
            cuts_for_length: 0,
            edits: Vec::new(),
        };
        Self { done, text: String::new() }
    }

    /// Adds a block of sentences after an empty line.
    fn block(mut self, role: Role, kind: BlockKind, sentences: &[&str]) -> Self {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        for sentence in sentences {
            if self.text.len() > start {
                self.text.push(' ');
            }
            let span = Span::at(self.text.len()..self.text.len() + sentence.len());
            self.text.push_str(sentence);
            if role.is_segment() {
                self.done.segments.push(Segment {
                    id: segment_id(&self.done.id, sentence, 0),
                    field: FieldName::Text,
                    span,
                    source_span: Some(Span::new(span.start + 3, span.end + 3)),
                    block: u32::try_from(self.done.blocks.len()).expect("few"),
                    role,
                    score: None,
                    rank: None,
                    in_summary: false,
                });
            }
        }
        let span = Span::at(start..self.text.len());
        self.done.blocks.push(Block { field: FieldName::Text, span, kind, role, score: 0.968 });
        self
    }

    /// Says why each body sentence scored as it did; without it, earlier sentences score higher.
    fn parts(mut self, features: &[&'static str], rows: &[&[f64]]) -> Self {
        self.done.parts = Some(Parts { features: features.to_vec(), values: rows.concat() });
        self
    }

    /// Finishes with a summary of the body sentences numbered `chosen`; the record begins with a byte order mark.
    fn choose(mut self, chosen: &[usize]) -> Done {
        let mut field = Field::plain(format!("\u{feff}{}", self.text));
        let mut edits = Edits::default();
        edits.delete(0, 3);
        field.text.apply(&edits);
        self.done.document.text = field;
        let body: Vec<_> =
            (0..self.done.segments.len()).filter(|&at| self.done.segments[at].role == Role::Body).collect();
        let score = |row: usize| match &self.done.parts {
            Some(parts) => parts.row(row).iter().sum(),
            None => 0.9_f64.powi(i32::try_from(row).expect("few")),
        };
        let scores: Vec<f64> = (0..body.len()).map(score).collect();
        for (row, &at) in body.iter().enumerate() {
            let better = scores.iter().filter(|&&other| other > scores[row]).count();
            let segment = &mut self.done.segments[at];
            segment.score = Some(scores[row]);
            segment.rank = Some(u32::try_from(better + 1).expect("few"));
            segment.in_summary = chosen.contains(&row);
            if segment.in_summary {
                self.done.summary.segments.push(at);
            }
        }
        self.done.summary.words = crate::lex::words::count(&self.done.summary_text());
        self.done
    }
}
