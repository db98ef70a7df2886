//! A sentence on the page: its text shaded by its score, a bar of the parts, a table of them.

use super::scale::Scale;
use super::{plain, score, signed};
use crate::base::escape::{xml, xml_attribute};
use crate::doc::done::{Done, Parts};
use crate::doc::segment::Segment;
use crate::write::bytes::push;

/// Colours of features in the style sheet; more features than these share them.
const COLORS: usize = 8;

/// What all sentences of a document share.
pub(super) struct Sheet<'d> {
    /// The document.
    pub(super) done: &'d Done,
    /// The parts of its scores.
    pub(super) parts: &'d Parts,
    /// Its axis.
    pub(super) scale: Scale,
    /// Decimals of its numbers.
    pub(super) decimals: usize,
    /// The attribute that says which way its text runs, with a space before; empty where it runs as the article does.
    pub(super) dir: &'static str,
}

impl Sheet<'_> {
    /// The body sentence number `row`.
    pub(super) fn push_sentence(&self, out: &mut Vec<u8>, row: usize, segment: &Segment) {
        let decimals = self.decimals;
        let chosen = if segment.in_summary { " in" } else { "" };
        let shade = self.scale.shade(score(segment));
        let id = xml_attribute(&segment.id);
        let rank = segment.rank.unwrap_or_default();
        let shown = plain(score(segment), decimals);
        push(
            out,
            &format!("<div class=\"s{chosen}\" id=\"s-{id}\" tabindex=\"0\" style=\"--s:{shade:.2}\">\n"),
        );
        push(out, &format!("<span class=\"rank ui\" title=\"rank\">{rank}</span>\n"));
        push(
            out,
            &format!("<p class=\"text\"{}><span>{}</span></p>\n", self.dir, xml(self.done.text(segment))),
        );
        self.push_bar(out, row, segment);
        push(out, &format!("<span class=\"score ui\" title=\"salience\">{shown}</span>\n"));
        self.push_table(out, row, segment);
        push(out, "</div>\n");
    }

    /// Positive parts to the right of the zero line, negative ones to the left, in the order of the features.
    fn push_bar(&self, out: &mut Vec<u8>, row: usize, segment: &Segment) {
        let named = self.parts.features.iter().zip(self.parts.row(row));
        let told: Vec<_> = named
            .filter_map(|(name, &part)| Some(format!("{name} {}", signed(part, self.decimals)?)))
            .collect();
        let chosen = if segment.in_summary { ", in the summary" } else { "" };
        let label = format!("Rank {}{chosen}: {}", segment.rank.unwrap_or_default(), told.join(", "));
        push(
            out,
            &format!(
                "<span class=\"bar ui\" lang=\"en\" role=\"img\" aria-label=\"{}\">",
                xml_attribute(&label)
            ),
        );
        let (mut right, mut left) = (self.scale.zero(), self.scale.zero());
        for (feature, &part) in self.parts.row(row).iter().enumerate() {
            let width = self.scale.percent(part);
            if width < 0.05 {
                continue;
            }
            let from = if part < 0.0 {
                left -= width;
                left
            } else {
                right += width;
                right - width
            };
            let color = feature % COLORS;
            push(out, &format!("<i class=\"f{color}\" style=\"left:{from:.1}%;width:{width:.1}%\"></i>"));
        }
        push(out, "</span>\n");
    }

    /// All parts in numbers, and their sum.
    fn push_table(&self, out: &mut Vec<u8>, row: usize, segment: &Segment) {
        push(out, "<table class=\"parts ui\" lang=\"en\"><tbody>\n");
        for (feature, (name, &part)) in self.parts.features.iter().zip(self.parts.row(row)).enumerate() {
            let number = signed(part, self.decimals);
            let class = if number.is_none() { " class=\"nil\"" } else { "" };
            let number = number.unwrap_or_else(|| plain(0.0, self.decimals));
            let swatch = swatch(feature);
            push(
                out,
                &format!("<tr{class}><th scope=\"row\">{swatch}{}</th><td>{number}</td></tr>\n", xml(name)),
            );
        }
        let sum = plain(score(segment), self.decimals);
        push(
            out,
            &format!(
                "</tbody><tfoot><tr><th scope=\"row\">salience</th><td>{sum}</td></tr></tfoot></table>\n"
            ),
        );
    }

    /// Which colour stands for which feature.
    pub(super) fn push_legend(&self, out: &mut Vec<u8>) {
        push(out, "<ul class=\"legend\">");
        for (feature, name) in self.parts.features.iter().enumerate() {
            push(out, &format!("<li>{}{}</li>", swatch(feature), xml(name)));
        }
        push(out, "</ul>\n");
    }
}

fn swatch(feature: usize) -> String {
    format!("<i class=\"f{}\"></i>", feature % COLORS)
}
