//! Templates: the built-in ones and those of readers' own, with the filters that they may use.

use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Format, date, link, text};
use crate::base::error::Error;
use crate::base::escape::{markdown, xml_attribute};
use crate::digest::view::Count;

/// A template of a reader's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template<'t> {
    /// The file it stands in, as messages name it.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// The template of a format, ready to be filled in. Whatever it shows is escaped for the format, and a name that means
/// nothing is an error, so that a slip of the pen does not leave a gap.
#[derive(Debug, Clone)]
pub struct Templates {
    environment: Arc<Environment<'static>>,
    name: String,
}

/// How text is spelled in Markdown.
const MARKDOWN: AutoEscape = AutoEscape::Custom(std::borrow::Cow::Borrowed("markdown"));

/// Calls that a template may nest, in itself; a macro that calls itself for ever fails instead of taking all memory.
const DEPTH: usize = 100;

impl Templates {
    /// The template of `format`: `own` in place of the built-in one. Formats without a template need none.
    ///
    /// # Errors
    /// When `own` is not a template, with its name, line and reason, or `format` has no template.
    pub fn new(format: Format, own: Option<Template<'_>>) -> Result<Self, Error> {
        let mut environment = Environment::new();
        environment.set_debug(true);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_recursion_limit(DEPTH);
        environment.set_syntax(syntax());
        let escape = if format == Format::Md { MARKDOWN } else { AutoEscape::Html };
        environment.set_auto_escape_callback(move |_| escape.clone());
        environment.set_formatter(escaped);
        add_filters(&mut environment);
        let name = own.map_or_else(|| format!("{}.j2", format.name()), |own| own.name.to_owned());
        match (format.template(), own) {
            (Some(built_in), own) => {
                let text = own.map_or(built_in, |own| own.text).to_owned();
                environment.add_template_owned(name.clone(), text).map_err(|e| error(&name, &e))?;
            }
            (None, None) => {}
            (None, Some(own)) => {
                let with: Vec<_> =
                    Format::ALL.into_iter().filter(|f| f.template().is_some()).map(Format::name).collect();
                return Err(Error::Config(format!(
                    "{}: `{}` has no template; formats that have one: {}",
                    own.name,
                    format.name(),
                    with.join(", ")
                )));
            }
        }
        Ok(Self { environment: Arc::new(environment), name })
    }

    /// The file that the template stands in.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The template with `context` filled in.
    pub(super) fn fill(&self, context: Value) -> Result<String, Error> {
        let filled = self.environment.get_template(&self.name).and_then(|template| template.render(context));
        filled.map_err(|e| error(&self.name, &e))
    }
}

/// Jinja's own marks; a line that holds nothing but a tag leaves none.
fn syntax() -> SyntaxConfig {
    let mut builder = SyntaxConfig::builder();
    builder.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    builder.build().expect("the marks of Jinja do not contradict each other")
}

/// What stands in `view`, as templates see it.
pub(super) fn value(view: &impl Serialize) -> Value {
    Value::from(Serde(view))
}

/// Names that templates may use besides the digest, told in `docs/digest.md`.
fn add_filters(environment: &mut Environment<'static>) {
    environment.add_filter("day", |text: &str| date::long(text));
    environment.add_filter("short_day", |text: &str| date::short(text));
    environment.add_filter("until", |first: &str, last: &str| date::range(first, last));
    environment.add_filter("counted", |number: u64, one: &str, many: &str| text::number(number, one, many));
    environment.add_filter("link", |address: Option<&str>| {
        address.and_then(link::link).map(std::borrow::Cow::into_owned)
    });
    environment.add_filter("daily", |counts: Value| -> Result<Value, minijinja::Error> {
        let mut read = Vec::new();
        for count in counts.try_iter()? {
            let (name, number) = (count.get_attr("name")?, count.get_attr("count")?);
            let name = name.as_str().unwrap_or_default().to_owned();
            read.push(Count { name, count: u64::try_from(number)? });
        }
        Ok(value(&date::daily(&read)))
    });
    environment.add_filter("sha256", |text: &str| BASE64_STANDARD.encode(Sha256::digest(text)));
}

/// Writes a value as the format spells it; what is not known leaves nothing.
fn escaped(out: &mut Output, state: &mut State, value: &Value) -> Result<(), minijinja::Error> {
    if value.is_none() {
        return Ok(());
    }
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    let text = value.to_string();
    let written = match state.auto_escape() {
        AutoEscape::None => out.write_str(&text),
        _ if value.is_safe() => out.write_str(&text),
        // A minus sign opens a list only in text.
        escape if *escape == MARKDOWN && !value.is_number() => out.write_str(&markdown(&text)),
        _ => out.write_str(&xml_attribute(&text)),
    };
    Ok(written?)
}

/// What is wrong with a template, and where: `page.j2:12: unknown filter: filter shout is unknown`.
fn error(name: &str, error: &minijinja::Error) -> Error {
    let place = error.line().map_or_else(|| name.to_owned(), |line| format!("{name}:{line}"));
    let mut reason = error.kind().to_string();
    if let Some(detail) = error.detail() {
        reason = format!("{reason}: {detail}");
    }
    Error::Config(format!("{place}: {reason}"))
}
