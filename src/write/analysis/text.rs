//! An analysis for reading in a terminal: numbers in columns, names last, so that lines stay short.

use unicode_segmentation::UnicodeSegmentation;

use super::report::{Report, grouped, share};
use crate::base::escape;
use crate::translate::quote::{Counts, Rates};
use crate::write::bytes::push;
use crate::write::style::{Style, push_styled};

/// Appends the report; `color` marks heads and totals.
pub(super) fn render(report: Report<'_>, color: bool, out: &mut Vec<u8>) {
    let analysis = report.analysis;
    let (files, documents) = (analysis.files.len() as u64, analysis.documents());
    let scope = match report.scope {
        "summary" => "segments of summaries",
        "body" => "body segments",
        _ => "all segments",
    };
    push(
        out,
        &format!(
            "{}, {}, {scope}\n\n",
            many(files, "file", "files"),
            many(documents, "document", "documents")
        ),
    );
    table(&categories(&analysis.total), color, out);
    if let Some(rates) = report.rates {
        push(out, "\n");
        table(&prices(&analysis.total, rates), color, out);
        charge(report, rates, color, out);
    }
    if analysis.files.len() > 1 {
        push(out, "\n");
        table(&by_file(report), color, out);
    }
}

fn many(count: u64, one: &str, more: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { more })
}

/// Rows of cells; the first is the head, the last the total.
type Rows = Vec<Vec<String>>;

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.iter().map(|&cell| cell.to_owned()).collect()
}

fn categories(counts: &Counts) -> Rows {
    let total = counts.total();
    let mut rows = vec![row(["segments", "words", "%", "wc -w", "chars", "no blanks", "category"])];
    let filled = Report::filled(counts).map(|(category, volume)| (category.label(), volume));
    for (label, volume) in filled.chain([("total", total)]) {
        rows.push(vec![
            grouped(volume.segments),
            grouped(volume.words),
            share(volume.words, total.words).to_string(),
            grouped(volume.blank_words),
            grouped(volume.chars),
            grouped(volume.dense_chars),
            label.to_owned(),
        ]);
    }
    rows
}

fn prices(counts: &Counts, rates: &Rates) -> Rows {
    let mut rows = vec![row(["words", "a word", &rates.currency, "hours", "category"])];
    let hours = |hours: String| if rates.has_hours() { hours } else { "–".to_owned() };
    for (category, volume) in Report::filled(counts) {
        let cost = rates.cost(category, volume);
        rows.push(vec![
            grouped(rates.words(volume)),
            rates.price(category).rounded(4),
            cost.price.rounded(rates.places),
            hours(cost.hours.rounded(2)),
            category.label().to_owned(),
        ]);
    }
    let total = rates.total(counts);
    rows.push(vec![
        grouped(rates.words(counts.total())),
        String::new(),
        total.price.rounded(rates.places),
        hours(total.hours.rounded(2)),
        "total".to_owned(),
    ]);
    rows
}

/// What is charged, where the minimum is more than the sum.
fn charge(report: Report<'_>, rates: &Rates, color: bool, out: &mut Vec<u8>) {
    let total = rates.total(&report.analysis.total).price;
    if rates.charge(total) > total {
        let least = rates.minimum.rounded(rates.places);
        push_styled(
            out,
            &format!("charged: {least} {}, the minimum\n", escape::terminal(&rates.currency)),
            Style::Bold,
            color,
        );
    }
}

fn by_file(report: Report<'_>) -> Rows {
    let mut head = row(["segments", "words", "repeated", "100 %", "similar"]);
    if let Some(rates) = report.rates {
        head.push(rates.currency.clone());
    }
    head.push("file".to_owned());
    let mut rows = vec![head];
    let files = report.analysis.files.iter().map(|file| (&*file.file, &file.counts));
    for (name, counts) in files.chain([("total", &report.analysis.total)]) {
        let total = counts.total();
        let mut cells = vec![grouped(total.segments), grouped(total.words)];
        cells.extend(Report::groups(counts).map(grouped));
        if let (Some(rates), Some(cost)) = (report.rates, report.cost(counts)) {
            cells.push(cost.price.rounded(rates.places));
        }
        cells.push(name.to_owned());
        rows.push(cells);
    }
    rows
}

/// Numbers stand flush right, the last cell of a row as long as it is.
fn table(rows: &Rows, color: bool, out: &mut Vec<u8>) {
    let columns = rows.first().map_or(0, Vec::len).saturating_sub(1);
    let width = |cell: &String| cell.graphemes(true).count();
    let widths: Vec<usize> =
        (0..columns).map(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0)).collect();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, &wide) in row.iter().zip(&widths) {
            line.extend(std::iter::repeat_n(' ', wide - width(cell)));
            line.push_str(&escape::terminal(cell));
            line.push_str("  ");
        }
        line.push_str(row.last().map_or("".into(), |cell| escape::terminal(cell)).as_ref());
        let style = match number {
            0 => Style::Dim,
            _ if number + 1 == rows.len() => Style::Bold,
            _ => Style::Plain,
        };
        push_styled(out, line.trim_end(), style, color);
        push(out, "\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::analysis::report::sample;

    fn shown(priced: bool, color: bool) -> String {
        let (analysis, rates) = sample();
        let report = Report { analysis: &analysis, rates: priced.then_some(&rates), scope: "all" };
        let mut out = Vec::new();
        render(report, color, &mut out);
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn categories_stand_above_files() {
        insta::assert_snapshot!(shown(false, false));
    }

    #[test]
    fn with_rates_every_category_has_its_price() {
        insta::assert_snapshot!(shown(true, false));
    }

    #[test]
    fn lines_stay_short_and_nothing_steers_the_terminal() {
        let text = shown(true, false);
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(shown(true, true).contains("\u{1b}[1m"));
    }
}
