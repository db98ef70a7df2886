//! Markup inside a line, as far as a translation should keep it: emphasis and links.

use serde::{Deserialize, Serialize};

use crate::base::span::{Span, Txt};

/// What a stretch inside a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Stressed: `em`, `i`.
    Emphasis,
    /// Important: `strong`, `b`.
    Strong,
    /// Struck through: `del`, `s`.
    Deleted,
    /// What a machine reads or wrote: `code`, `kbd`, `samp`.
    Code,
    /// A link to elsewhere.
    Link,
}

impl Style {
    /// How many styles there are.
    pub const COUNT: usize = 5;
}

/// The markup of a stretch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Markup {
    /// What it looks like.
    pub style: Style,
    /// Where a link leads to, as it was written; none for the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// What a link says of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl Markup {
    /// Markup that leads nowhere.
    pub fn of(style: Style) -> Self {
        Self { style, href: None, title: None }
    }

    /// A link; `None` where the address is empty or would run a script.
    pub fn link(href: &str, title: Option<&str>) -> Option<Self> {
        // Browsers pass over these inside an address.
        let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
        let scheme = href.split([':', '/', '?', '#']).next().filter(|scheme| scheme.len() < href.len());
        let runs = |scheme: &str| {
            ["javascript", "vbscript", "data"].iter().any(|script| scheme.trim().eq_ignore_ascii_case(script))
        };
        if href.is_empty() || scheme.is_some_and(runs) {
            return None;
        }
        let title = title.map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned);
        Some(Self { style: Style::Link, href: Some(href), title })
    }
}

/// A stretch of a field that markup sets apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// Its place in the field's text.
    pub span: Span<Txt>,
    /// What the markup says.
    pub markup: Markup,
}

/// Stretches in the making, as a reader of markup meets them. Of nested ones of one style only the outermost counts.
#[derive(Debug, Default)]
pub struct Inlines {
    /// What is open, each with where its text begins, once it has some.
    open: Vec<(Markup, Option<usize>)>,
    /// How many of each style are open.
    depth: [u32; Style::COUNT],
    done: Vec<Inline>,
}

impl Inlines {
    /// Markup of a style opens; without any, as a link to nowhere, only its end is looked for.
    pub fn open(&mut self, style: Style, markup: Option<Markup>) {
        let depth = &mut self.depth[style as usize];
        *depth += 1;
        if *depth == 1 {
            self.open.extend(markup.map(|markup| (markup, None)));
        }
    }

    /// Text is about to be written at `at`.
    pub fn text(&mut self, at: usize) {
        for (_, start) in &mut self.open {
            start.get_or_insert(at);
        }
    }

    /// The innermost markup of a style closes; text was written up to `at`.
    pub fn close(&mut self, style: Style, at: usize) {
        let depth = &mut self.depth[style as usize];
        *depth = depth.saturating_sub(1);
        if *depth > 0 {
            return;
        }
        if let Some(place) = self.open.iter().rposition(|(markup, _)| markup.style == style) {
            let (markup, start) = self.open.remove(place);
            push(&mut self.done, markup, start, at);
        }
    }

    /// A block ends: what is open goes on in the next.
    pub fn cut(&mut self, at: usize) {
        for (markup, start) in &mut self.open {
            push(&mut self.done, markup.clone(), start.take(), at);
        }
    }

    /// All stretches, those that begin first before the others, outer before inner.
    pub fn finish(mut self, at: usize) -> Vec<Inline> {
        self.cut(at);
        self.done.sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
        self.done
    }
}

fn push(done: &mut Vec<Inline>, markup: Markup, start: Option<usize>, end: usize) {
    if let Some(start) = start.filter(|&start| start < end) {
        done.push(Inline { span: Span::at(start..end), markup });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_would_run_a_script_is_none() {
        for href in [
            "javascript:alert(1)",
            " JavaScript:x",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "",
            " ",
        ] {
            assert_eq!(Markup::link(href, None), None, "{href}");
        }
        for href in [
            "/javascript:x",
            "https://a.example/data:x",
            "data",
            "?javascript:",
            "#data:x",
            "mailto:a@b.example",
        ] {
            assert!(Markup::link(href, None).is_some(), "{href}");
        }
    }

    #[test]
    fn what_is_open_is_cut_at_the_end_of_a_block_and_goes_on() {
        let mut inlines = Inlines::default();
        let open = |inlines: &mut Inlines, style| inlines.open(style, Some(Markup::of(style)));
        open(&mut inlines, Style::Strong);
        open(&mut inlines, Style::Emphasis);
        open(&mut inlines, Style::Emphasis);
        inlines.open(Style::Link, None);
        inlines.text(0);
        inlines.close(Style::Emphasis, 2);
        inlines.close(Style::Emphasis, 3);
        inlines.cut(5);
        inlines.text(7);
        inlines.close(Style::Strong, 9);
        inlines.close(Style::Strong, 11);
        inlines.close(Style::Link, 12);
        open(&mut inlines, Style::Code);
        let spans: Vec<_> =
            inlines.finish(12).into_iter().map(|inline| (inline.markup.style, inline.span.range())).collect();
        assert_eq!(spans, [(Style::Strong, 0..5), (Style::Emphasis, 0..3), (Style::Strong, 7..9)]);
    }
}
