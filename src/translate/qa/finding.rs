//! What a check finds.

use std::ops::Range;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; right as often as not.
    Info,
    /// Most likely wrong.
    Warning,
    /// Wrong: a value, an address or a code is lost, or a rule that was asked for is broken.
    Error,
}

impl Severity {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Declares the kinds with their names and what they mean.
macro_rules! kinds {
    ($($variant:ident $name:literal $about:literal,)*) => {
        /// What is wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = $about] $variant,)*
        }

        impl Kind {
            /// All kinds, in the order of reports.
            pub const ALL: &[Kind] = &[$(Self::$variant,)*];

            /// The name in reports and settings; never changes once released.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it means, in plain words.
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => $about,)*
                }
            }
        }
    };
}

kinds! {
    Untranslated "untranslated" "There is no target, or only the copied source of a unit nobody has begun",
    SameAsSource "same-as-source" "The target is the source",
    Number "number" "A number is missing, changed or new",
    Date "date" "A date or time is changed or missing",
    Url "url" "An address of a page is changed or missing",
    Email "email" "An e-mail address is changed or missing",
    Handle "handle" "An account's name is changed or missing",
    Hashtag "hashtag" "A hashtag is changed or missing",
    Placeholder "placeholder" "A placeholder, tag, option, path or escape is changed or missing",
    Code "code" "Inline codes or code in the text are changed or missing",
    Brackets "brackets" "Brackets are out of pair or not as many as in the source",
    Quotes "quotes" "Quotation marks are out of pair, not as many, or not those of the language",
    LeadingSpace "leading-space" "White space at the beginning differs",
    TrailingSpace "trailing-space" "White space at the end differs",
    DoubleSpace "double-space" "Two blanks stand in a row",
    LineBreaks "line-breaks" "Line breaks or tabs are not as many as in the source",
    PunctuationSpace "punctuation-space" "A blank is missing or too many beside a punctuation mark",
    StartMark "start-mark" "The mark at the beginning differs",
    EndMark "end-mark" "The mark at the end differs",
    SentenceCount "sentence-count" "Sentences are not as many as in the source",
    Length "length" "The target is longer than allowed, or suspiciously long or short",
    ForbiddenCharacters "forbidden-characters" "Characters that no file may hold, or that stand for lost ones",
    RepeatedWord "repeated-word" "A word stands twice in a row",
    Term "term" "The term list is not followed",
    Dnt "dnt" "What must not be translated is changed or missing",
    Acronym "acronym" "An acronym is changed or missing",
    Capitals "capitals" "The first letter is small where the source's is a capital, or the other way round",
    Negation "negation" "The source denies something and the target seems not to",
    Inconsistent "inconsistent" "Equal sources have unequal targets",
    InconsistentSource "inconsistent-source" "Unequal sources have equal targets",
}

impl Kind {
    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// Something found in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub kind: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// Number of the pair, from 0.
    pub pair: usize,
    /// The unit's id.
    pub id: String,
    /// The line of the unit, as the pair told it.
    pub line: u64,
    /// What differs, in plain words.
    pub message: String,
    /// Its bytes in the target, where one place is to blame.
    pub span: Option<Range<usize>>,
}
