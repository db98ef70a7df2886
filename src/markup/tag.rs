//! The elements of HTML, and what a page does with each.
//!
//! To add an element: its row in `tags!`, then its arm in the questions below where it differs from an inline element.

macro_rules! tags {
    ($($variant:ident $name:literal,)*) => {
        /// An element by its name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is named as its element")]
        pub enum Tag {
            $($variant,)*
            /// An element that HTML does not know, or one that plays no part here.
            Other,
        }

        impl Tag {
            /// The element called `name`, in any case.
            pub fn of(name: &str) -> Self {
                let mut lower = [0; LONGEST];
                let Some(lower) = lower.get_mut(..name.len()) else { return Self::Other };
                lower.copy_from_slice(name.as_bytes());
                lower.make_ascii_lowercase();
                match &*lower {
                    $(bytes if bytes == $name.as_bytes() => Self::$variant,)*
                    _ => Self::Other,
                }
            }

            /// Its name in lower case; empty for [`Tag::Other`].
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other => "",
                }
            }
        }
    };
}

/// Bytes of the longest name below.
const LONGEST: usize = 10;

tags! {
    A "a", Address "address", Article "article", Aside "aside", B "b", Base "base", Blockquote "blockquote", Body "body",
    Br "br", Button "button", Caption "caption", Center "center", Cite "cite", Code "code", Col "col", Dd "dd", Del "del",
    Details "details", Dialog "dialog", Dir "dir", Div "div", Dl "dl", Dt "dt", Em "em", Embed "embed",
    Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Font "font", Footer "footer", Form "form",
    Frameset "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head", Header "header",
    Hgroup "hgroup", Hr "hr", Html "html", I "i", Iframe "iframe", Img "img", Input "input", Kbd "kbd", Label "label",
    Legend "legend", Li "li", Link "link", Main "main", Menu "menu", Meta "meta", Nav "nav", Noframes "noframes",
    Noscript "noscript", Object "object", Ol "ol", Optgroup "optgroup", Option "option", P "p", Param "param",
    Pre "pre", Q "q", Rp "rp", Rt "rt", S "s", Samp "samp", Script "script", Search "search", Section "section", Select "select",
    Small "small", Source "source", Span "span", Strong "strong", Style "style", Summary "summary", Svg "svg",
    Table "table", Tbody "tbody", Td "td", Template "template", Textarea "textarea", Tfoot "tfoot", Th "th",
    Thead "thead", Time "time", Title "title", Tr "tr", Track "track", Ul "ul", Wbr "wbr", Xmp "xmp",
}

impl Tag {
    /// Whether it never has content, so that nothing closes it.
    pub fn is_void(self) -> bool {
        matches!(
            self,
            Self::Base
                | Self::Br
                | Self::Col
                | Self::Embed
                | Self::Hr
                | Self::Img
                | Self::Input
                | Self::Link
                | Self::Meta
                | Self::Param
                | Self::Source
                | Self::Track
                | Self::Wbr
        )
    }

    /// Whether its content is no markup and ends only with its own closing tag.
    pub fn is_raw(self) -> bool {
        matches!(
            self,
            Self::Script
                | Self::Style
                | Self::Textarea
                | Self::Title
                | Self::Xmp
                | Self::Iframe
                | Self::Noframes
        )
    }

    /// Whether nothing in it is text that a reader sees as part of a page.
    pub fn is_unseen(self) -> bool {
        matches!(
            self,
            Self::Head
                | Self::Iframe
                | Self::Noframes
                | Self::Noscript
                | Self::Object
                | Self::Optgroup
                | Self::Option
                | Self::Rp
                | Self::Rt
                | Self::Script
                | Self::Select
                | Self::Style
                | Self::Svg
                | Self::Template
                | Self::Textarea
                | Self::Title
        )
    }

    /// Whether it may stand before the body: anything else opens the body.
    pub fn is_of_head(self) -> bool {
        matches!(
            self,
            Self::Base
                | Self::Head
                | Self::Html
                | Self::Link
                | Self::Meta
                | Self::Noscript
                | Self::Script
                | Self::Style
                | Self::Template
                | Self::Title
                | Self::Other
        )
    }

    /// Whether text before, in and after it belongs to different blocks.
    pub fn is_block(self) -> bool {
        !matches!(
            self,
            Self::A
                | Self::B
                | Self::Br
                | Self::Cite
                | Self::Code
                | Self::Em
                | Self::Embed
                | Self::Font
                | Self::I
                | Self::Iframe
                | Self::Img
                | Self::Input
                | Self::Label
                | Self::Link
                | Self::Meta
                | Self::Noscript
                | Self::Object
                | Self::Param
                | Self::Q
                | Self::Rp
                | Self::Rt
                | Self::Script
                | Self::Small
                | Self::Source
                | Self::Span
                | Self::Strong
                | Self::Style
                | Self::Svg
                | Self::Template
                | Self::Time
                | Self::Track
                | Self::Wbr
                | Self::Other
        )
    }

    /// Whether a paragraph that is open ends before it.
    pub fn ends_paragraph(self) -> bool {
        self.is_block() && !matches!(self, Self::Button | Self::Option | Self::Optgroup | Self::Select)
    }

    /// The level of a heading, from 1 to 6.
    pub fn heading(self) -> Option<u8> {
        Some(match self {
            Self::H1 => 1,
            Self::H2 => 2,
            Self::H3 => 3,
            Self::H4 => 4,
            Self::H5 => 5,
            Self::H6 => 6,
            _ => return None,
        })
    }

    /// Whether an open element of this kind is closed by the beginning of `next` beside it, as an item of a list by the
    /// next one.
    pub fn is_closed_by(self, next: Self) -> bool {
        match self {
            Self::Li => next == Self::Li,
            Self::Dt | Self::Dd => matches!(next, Self::Dt | Self::Dd),
            Self::Option => matches!(next, Self::Option | Self::Optgroup),
            Self::Td | Self::Th => {
                matches!(next, Self::Td | Self::Th | Self::Tr | Self::Tbody | Self::Thead | Self::Tfoot)
            }
            Self::Tr => matches!(next, Self::Tr | Self::Tbody | Self::Thead | Self::Tfoot),
            Self::Tbody | Self::Thead | Self::Tfoot => {
                matches!(next, Self::Tbody | Self::Thead | Self::Tfoot)
            }
            Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6 => next.heading().is_some(),
            Self::A => next == Self::A,
            Self::Button => next == Self::Button,
            _ => false,
        }
    }

    /// Whether an implied end never reaches beyond it: a list in an item has items of its own.
    pub fn is_scope(self) -> bool {
        matches!(
            self,
            Self::Html
                | Self::Body
                | Self::Table
                | Self::Td
                | Self::Th
                | Self::Caption
                | Self::Ul
                | Self::Ol
                | Self::Dl
                | Self::Menu
                | Self::Button
                | Self::Noscript
                | Self::Object
                | Self::Template
                | Self::Select
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known_in_any_case() {
        assert_eq!(Tag::of("DIV"), Tag::Div);
        assert_eq!(Tag::of("figcaption"), Tag::Figcaption);
        assert_eq!(Tag::of("my-element-with-a-long-name"), Tag::Other);
        assert_eq!(Tag::of(""), Tag::Other);
        assert_eq!(Tag::Figcaption.name().len(), LONGEST);
    }

    #[test]
    fn an_unknown_element_is_inline_as_in_a_browser() {
        assert!(!Tag::Other.is_block());
        assert!(Tag::Div.is_block() && Tag::Td.is_block() && !Tag::Span.is_block());
    }
}
