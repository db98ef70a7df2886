//! An analysis as a table for spreadsheets: one row a file and category, then one for the file; RFC 4180.

use std::borrow::Cow;

use super::report::Report;
use crate::translate::quote::{Counts, Volume};
use crate::write::bytes::push;

/// Columns, in order.
const HEAD: &str =
    "file,category,segments,words,blank_words,characters,characters_without_blanks,price,hours\r\n";

/// Appends the table. Rows of all files together come last, with an empty file.
pub(super) fn render(report: Report<'_>, out: &mut Vec<u8>) {
    push(out, HEAD);
    for file in &report.analysis.files {
        rows(report, &file.file, &file.counts, out);
    }
    rows(report, "", &report.analysis.total, out);
}

fn rows(report: Report<'_>, file: &str, counts: &Counts, out: &mut Vec<u8>) {
    let file = cell(file);
    let mut row = |category: &str, volume: Volume, cost: Option<[String; 2]>| {
        let Volume { segments, words, blank_words, chars, dense_chars } = volume;
        let [price, hours] = cost.unwrap_or_default();
        push(
            out,
            &format!(
                "{file},{category},{segments},{words},{blank_words},{chars},{dense_chars},{price},{hours}\r\n"
            ),
        );
    };
    let exact = |cost: crate::translate::quote::Cost| {
        let hours = report.rates.is_some_and(crate::translate::quote::Rates::has_hours);
        [cost.price.rounded(6), if hours { cost.hours.rounded(6) } else { String::new() }]
    };
    for (category, volume) in Report::filled(counts) {
        row(category.name(), volume, report.rates.map(|rates| exact(rates.cost(category, volume))));
    }
    row("total", counts.total(), report.cost(counts).map(exact));
}

/// A cell, quoted where it has to be. A cell that a spreadsheet would run as a formula is told to be text by a quote before it.
fn cell(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text != "-";
    if !formula && !text.contains([',', '"', '\n', '\r', ';']) {
        return Cow::Borrowed(text);
    }
    let mark = if formula { "'" } else { "" };
    Cow::Owned(format!("\"{mark}{}\"", text.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::analysis::report::sample;

    #[test]
    fn every_category_of_a_file_is_a_row() {
        let (analysis, rates) = sample();
        let mut out = Vec::new();
        render(Report { analysis: &analysis, rates: Some(&rates), scope: "all" }, &mut out);
        insta::assert_snapshot!(String::from_utf8(out).expect("UTF-8").replace('\r', ""));
    }

    #[test]
    fn cells_are_quoted_where_they_have_to_be() {
        assert_eq!(
            ["a b", "a,b", "say \"a\"", "=1+1", "-"].map(|text| cell(text).into_owned()),
            ["a b", "\"a,b\"", "\"say \"\"a\"\"\"", "\"'=1+1\"", "-"]
        );
    }
}
