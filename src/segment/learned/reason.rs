//! Why a place was judged as it was.

/// Why a place was judged as it was. The names are stable; `explain --boundaries` shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Reason {
    /// The mark stands inside a word, a number or an address.
    InsideWord,
    /// A comma, a colon, a closing bracket or the like follows.
    MarkFollows,
    /// No space follows, but a sentence does.
    NoSpace,
    /// A mark of Chinese or Japanese.
    Full,
    /// Such a mark inside a quotation that the sentence goes on from.
    QuotedInside,
    /// A mark that one script uses for nothing else.
    Script,
    /// A colon.
    Colon,
    /// A semicolon.
    Semicolon,
    /// A question or exclamation mark.
    Ask,
    /// A mark that belongs to a name: `Yahoo!`.
    Name,
    /// A question or exclamation mark before a small letter.
    AskLower,
    /// An ellipsis.
    Dots,
    /// The same before a small letter or a number.
    DotsLower,
    /// An ellipsis that opens a sentence.
    DotsLead,
    /// A full stop after an ordinary word.
    Stop,
    /// The same before a small letter.
    StopLower,
    /// The same before a small letter, after a long ordinary word.
    StopLowerLong,
    /// A full stop after a closer or alone.
    StopBare,
    /// A full stop and a closer.
    StopClosed,
    /// The mark of a list item.
    ListMark,
    /// An abbreviation after which no sentence ends.
    AbbreviationNever,
    /// An abbreviation of the user's.
    AbbreviationOwn,
    /// An abbreviation before a number.
    AbbreviationNumber,
    /// An abbreviation that may end a sentence.
    Abbreviation,
    /// The same before a word that opens sentences.
    AbbreviationStarter,
    /// A unit of measure behind a number.
    Unit,
    /// An abbreviation before a title that an abbreviation stands for: `6 p.m. Mr. Pryce`.
    AbbreviationTitle,
    /// Short parts with full stops between them that are not listed.
    Dotted,
    /// The same before a word that opens sentences.
    DottedStarter,
    /// An initial.
    Initial,
    /// The same before a word that opens sentences.
    InitialStarter,
    /// A small letter alone.
    Letter,
    /// A number before a number.
    NumberNumber,
    /// A number that may be an ordinal.
    Ordinal,
    /// The same before a word that opens sentences.
    OrdinalStarter,
    /// A number.
    Number,
    /// A number follows.
    BeforeNumber,
    /// No mark, but a capitalized word that opens sentences.
    RunIn,
    /// No mark, but an ending that closes Korean sentences.
    Ending,
    /// The next item of a list that began with an item.
    ListItem,
}

impl Reason {
    /// The name that users see.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::InsideWord => "inside-word",
            Self::MarkFollows => "mark-follows",
            Self::NoSpace => "no-space",
            Self::Full => "full-width-mark",
            Self::QuotedInside => "quoted-inside",
            Self::Script => "script-mark",
            Self::Colon => "colon",
            Self::Semicolon => "semicolon",
            Self::Ask => "question-or-exclamation",
            Self::Name => "name-with-mark",
            Self::AskLower => "question-or-exclamation-before-small-letter",
            Self::Dots => "ellipsis",
            Self::DotsLower => "ellipsis-before-small-letter",
            Self::DotsLead => "ellipsis-opens",
            Self::Stop => "full-stop",
            Self::StopLower => "full-stop-before-small-letter",
            Self::StopLowerLong => "full-stop-after-long-word-before-small-letter",
            Self::StopBare => "full-stop-alone",
            Self::StopClosed => "full-stop-and-closer",
            Self::ListMark => "list-mark",
            Self::AbbreviationNever => "abbreviation",
            Self::AbbreviationOwn => "abbreviation-of-the-user",
            Self::AbbreviationNumber => "abbreviation-before-number",
            Self::Abbreviation => "abbreviation-that-may-end",
            Self::AbbreviationStarter => "abbreviation-before-starter",
            Self::Unit => "unit",
            Self::AbbreviationTitle => "abbreviation-before-title",
            Self::Dotted => "dotted-form",
            Self::DottedStarter => "dotted-form-before-starter",
            Self::Initial => "initial",
            Self::InitialStarter => "initial-before-starter",
            Self::Letter => "single-letter",
            Self::NumberNumber => "number-before-number",
            Self::Ordinal => "ordinal",
            Self::OrdinalStarter => "ordinal-before-starter",
            Self::Number => "number",
            Self::BeforeNumber => "before-number",
            Self::RunIn => "no-mark-before-starter",
            Self::Ending => "no-mark-after-ending",
            Self::ListItem => "list-item",
        }
    }
}
