//! Files of rules as they are written: SRX 2.0 and 1.0, with Okapi's extensions.

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// The namespace of SRX 2.0.
pub(super) const SRX: &str = "http://www.lisa.org/srx20";
/// The namespace of Okapi's extensions.
const OKAPI: &str = "http://okapi.sf.net/srx-extensions";
/// Most rules of a file.
const MOST_RULES: usize = 20_000;
/// Longest side of a rule, in bytes.
const LONGEST: usize = 1 << 16;

/// A file of rules, its expressions not looked into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleFile {
    /// Whether all language maps that match give rules, and not the first alone.
    pub cascade: bool,
    /// Whether text inside text (footnotes, values of attributes) is cut too.
    pub subflows: bool,
    /// Which side of a break inline codes go to.
    pub codes: CodeSides,
    /// What Okapi's extensions ask for.
    pub options: Options,
    /// Rules by the name of their list, in order.
    pub lists: Vec<RuleList>,
    /// Which languages have which rules, in order.
    pub maps: Vec<LanguageMap>,
}

/// Whether inline codes at a break belong to the segment before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeSides {
    /// Those that open a format; not by default.
    pub start: bool,
    /// Those that close one; they do by default.
    pub end: bool,
    /// Those that stand alone; not by default.
    pub isolated: bool,
}

impl Default for CodeSides {
    fn default() -> Self {
        Self { start: false, end: true, isolated: false }
    }
}

/// What Okapi's extensions ask for. Its options about white space and single segments ask for what is done anyway:
/// white space between segments belongs to none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// `useIcu4jBreakRules`: Unicode's own boundaries hold where no rule says otherwise.
    pub unicode_breaks: bool,
    /// `treatIsolatedCodesAsWhitespace`: a code that stands alone is a space to the rules.
    pub isolated_as_space: bool,
    /// `useJavaRegex`: expressions are Java's.
    pub java: bool,
}

/// The rules of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleList {
    /// Its name.
    pub name: String,
    /// The rules in order: the first that holds at a place decides.
    pub rules: Vec<RuleText>,
}

/// A rule as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleText {
    /// Whether a segment ends where it holds.
    pub breaks: bool,
    /// What stands before the place; anything when empty.
    pub before: String,
    /// What stands after it; anything when empty.
    pub after: String,
    /// The line of the file on which it begins, from 1; 0 where it comes from no file.
    pub line: usize,
}

/// Languages and the list whose rules they have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LanguageMap {
    /// What the whole code of a language matches.
    pub pattern: String,
    /// The name of the list.
    pub list: String,
    /// The line of the file on which it stands, from 1; 0 where it comes from no file.
    pub line: usize,
}

/// What is wrong with a file, and on which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl RuleFile {
    /// Reads `xml`.
    ///
    /// # Errors
    /// What is not well-formed, not SRX, too large, or asks for what is not done here; definitions of entities are
    /// refused, and nothing outside the file is ever read.
    pub fn parse(xml: &str) -> Result<Self, Fault> {
        let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
        let mut reader = NsReader::from_str(xml);
        let mut parser = Parser { lines: Lines { xml, at: 0, line: 1 }, ..Parser::default() };
        loop {
            let line = parser.lines.line_at(reader.buffer_position());
            let fault = |reason: String| Fault { line, reason };
            let event = reader.read_resolved_event();
            let (space, event) = event.map_err(|e| fault(format!("not valid XML: {e}")))?;
            let space = match space {
                ResolveResult::Bound(space) => std::str::from_utf8(space.0.as_ref()).unwrap_or_default(),
                ResolveResult::Unbound | ResolveResult::Unknown(_) => "",
            };
            match event {
                Event::Start(tag) => parser.opens(&tag, space, true).map_err(fault)?,
                Event::Empty(tag) => parser.opens(&tag, space, false).map_err(fault)?,
                Event::End(_) => parser.closes().map_err(fault)?,
                Event::Text(text) => parser.says(&text.xml10_content()).map_err(fault)?,
                Event::CData(text) => parser.says(&text.xml10_content()).map_err(fault)?,
                Event::GeneralRef(named) => {
                    let character = named.resolve_char_ref().ok().flatten().map(String::from);
                    let known = character.or_else(|| resolve_predefined_entity(&named).map(str::to_owned));
                    let unknown = || fault(format!("the entity `&{};` is not known", &*named));
                    parser.says(&known.ok_or_else(unknown)?).map_err(fault)?;
                }
                Event::DocType(declared) if declared.contains('[') => {
                    return Err(fault("definitions inside the file, as of entities, are refused".to_owned()));
                }
                Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => return parser.finished().map_err(fault),
            }
        }
    }
}

/// Counts lines up to places that rise.
#[derive(Debug, Default)]
struct Lines<'x> {
    xml: &'x str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn line_at(&mut self, place: u64) -> usize {
        let place = usize::try_from(place).unwrap_or(usize::MAX).min(self.xml.len());
        let passed = self.xml.as_bytes().get(self.at..place).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count();
        self.at = self.at.max(place);
        self.line
    }
}

/// What the text of an element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Text {
    #[default]
    None,
    Before,
    After,
    /// That of an extension whose work is not done here.
    Refused(&'static str),
}

#[derive(Debug, Default)]
struct Parser<'x> {
    lines: Lines<'x>,
    file: RuleFile,
    /// 1 or 2; 0 before the root.
    version: u8,
    open: Vec<Text>,
    rules: usize,
    /// How many elements are open inside one that is passed over.
    passed_over: usize,
}

impl Parser<'_> {
    fn opens(&mut self, tag: &BytesStart<'_>, space: &str, stays: bool) -> Result<(), String> {
        if self.passed_over > 0 {
            self.passed_over += usize::from(stays);
            return Ok(());
        }
        let name = tag.local_name().into_inner().to_owned();
        let name = name.as_str();
        let text = if self.version == 0 {
            self.root(tag, name, space)?;
            Text::None
        } else if space == OKAPI {
            self.extension(tag, name)?
        } else if self.version == 2 && space == SRX || self.version == 1 && (space == SRX || space.is_empty())
        {
            self.element(tag, name)?
        } else {
            // Elements of other namespaces may stand anywhere and mean nothing here.
            self.passed_over = usize::from(stays);
            return Ok(());
        };
        if stays {
            self.open.push(text);
        }
        Ok(())
    }

    fn root(&mut self, tag: &BytesStart<'_>, name: &str, space: &str) -> Result<(), String> {
        let version = attribute(tag, "version");
        self.version = match (name, version.as_deref()) {
            ("srx", Some("2.0")) if space == SRX => 2,
            ("srx", Some("2.0")) => return Err(format!("SRX 2.0 has the namespace `{SRX}`, not `{space}`")),
            ("srx", Some("1.0")) => 1,
            ("srx", Some(other)) => {
                return Err(format!("SRX {other} is not known; versions 2.0 and 1.0 are"));
            }
            ("srx", None) => return Err("`srx` does not say its version".to_owned()),
            (other, _) => return Err(format!("not SRX: the root is `{other}`")),
        };
        Ok(())
    }

    fn element(&mut self, tag: &BytesStart<'_>, name: &str) -> Result<Text, String> {
        let needed =
            |key: &str| attribute(tag, key).ok_or_else(|| format!("`{name}` does not say its `{key}`"));
        match name {
            "body" | "languagerules" | "maprules" | "maprule" => {}
            "header" => {
                self.file.cascade = match attribute(tag, "cascade") {
                    None if self.version == 2 => return Err("`header` does not say its `cascade`".to_owned()),
                    cascade => is_yes(cascade.as_deref(), "cascade", false)?,
                };
                self.file.subflows =
                    is_yes(attribute(tag, "segmentsubflows").as_deref(), "segmentsubflows", true)?;
            }
            "formathandle" => {
                let include = is_yes(Some(&needed("include")?), "include", false)?;
                match needed("type")?.as_str() {
                    "start" => self.file.codes.start = include,
                    "end" => self.file.codes.end = include,
                    "isolated" => self.file.codes.isolated = include,
                    other => return Err(format!("a code is `start`, `end` or `isolated`, not `{other}`")),
                }
            }
            "languagerule" => {
                let name = needed("languagerulename")?;
                self.file.lists.push(RuleList { name, rules: Vec::new() });
            }
            "rule" => {
                self.rules += 1;
                if self.rules > MOST_RULES {
                    return Err(format!("more than {MOST_RULES} rules"));
                }
                let breaks = is_yes(attribute(tag, "break").as_deref(), "break", true)?;
                let rule = RuleText { breaks, line: self.lines.line, ..RuleText::default() };
                let list = self.file.lists.last_mut().ok_or("a rule stands in no `languagerule`")?;
                list.rules.push(rule);
            }
            "beforebreak" => return Ok(Text::Before),
            "afterbreak" => return Ok(Text::After),
            "languagemap" => {
                let (pattern, list) = (needed("languagepattern")?, needed("languagerulename")?);
                self.file.maps.push(LanguageMap { pattern, list, line: self.lines.line });
                if self.file.maps.len() > MOST_RULES {
                    return Err(format!("more than {MOST_RULES} language maps"));
                }
            }
            other => return Err(format!("`{other}` is no element of SRX")),
        }
        Ok(Text::None)
    }

    fn extension(&mut self, tag: &BytesStart<'_>, name: &str) -> Result<Text, String> {
        match name {
            "options" => {
                let flag = |key: &str| is_yes(attribute(tag, key).as_deref(), key, false);
                // ICU4J's name is written both ways.
                let unicode_breaks = flag("useIcu4jBreakRules")? || flag("useIcu4JBreakRules")?;
                let isolated_as_space = flag("treatIsolatedCodesAsWhitespace")?;
                self.file.options =
                    Options { unicode_breaks, isolated_as_space, java: flag("useJavaRegex")? };
                Ok(Text::None)
            }
            "maskRule" => Ok(Text::Refused("maskRule")),
            "rangeRule" => Ok(Text::Refused("rangeRule")),
            _ => Ok(Text::None),
        }
    }

    fn says(&mut self, text: &str) -> Result<(), String> {
        if self.passed_over > 0 {
            return Ok(());
        }
        let into = match self.open.last() {
            Some(Text::Refused(name)) if !text.trim().is_empty() => {
                return Err(format!("Okapi's `{name}` is not known here"));
            }
            Some(side @ (Text::Before | Text::After)) => *side,
            _ => return Ok(()),
        };
        let rule = self.file.lists.last_mut().and_then(|list| list.rules.last_mut());
        let rule = rule.ok_or("a side of a rule stands in no `rule`")?;
        let side = if into == Text::Before { &mut rule.before } else { &mut rule.after };
        side.push_str(text);
        if side.len() > LONGEST {
            return Err(format!("a side of a rule has more than {LONGEST} bytes"));
        }
        Ok(())
    }

    fn closes(&mut self) -> Result<(), String> {
        if self.passed_over > 0 {
            self.passed_over -= 1;
            return Ok(());
        }
        self.open.pop().map(|_| ()).ok_or_else(|| "an element closes that never opened".to_owned())
    }

    fn finished(self) -> Result<RuleFile, String> {
        match self.version {
            0 => Err("not SRX: there is no `srx` element".to_owned()),
            _ if !self.open.is_empty() || self.passed_over > 0 => {
                Err("not valid XML: it ends too early".to_owned())
            }
            _ => Ok(self.file),
        }
    }
}

/// The value of the attribute without a prefix that has this name.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let found = all.with_checks(false).flatten().find(|attribute| attribute.key.into_inner() == name);
    found.map(|found| found.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default().into_owned())
}

fn is_yes(value: Option<&str>, key: &str, default: bool) -> Result<bool, String> {
    match value {
        None => Ok(default),
        Some("yes") => Ok(true),
        Some("no") => Ok(false),
        Some(other) => Err(format!("`{key}` is `yes` or `no`, not `{other}`")),
    }
}
