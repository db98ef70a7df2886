//! An analysis as one page to send with a quote. It needs nothing else, no network and no script; its style sheet is `page.css`.

use super::report::{Report, grouped, share};
use crate::base::escape::xml;
use crate::translate::quote::rates::Counted;
use crate::translate::quote::{Category, Counts, Rates};
use crate::write::bytes::push;

const STYLE: &str = include_str!("page.css");

/// Appends the page.
pub(super) fn render(report: Report<'_>, out: &mut Vec<u8>) {
    push(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    push(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    push(out, "style-src 'unsafe-inline'\">\n");
    push(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    push(
        out,
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Translation analysis</title>\n<style>\n",
    );
    push(out, STYLE);
    push(out, "</style>\n</head>\n<body>\n<main>\n<h1>Translation analysis</h1>\n");
    push_head(report, out);
    push_categories(report, out);
    push_files(report, out);
    push_notes(report, out);
    push(out, "</main>\n</body>\n</html>\n");
}

fn push_head(report: Report<'_>, out: &mut Vec<u8>) {
    let analysis = report.analysis;
    let total = analysis.total.total();
    let figures = [
        (analysis.files.len() as u64, "files"),
        (analysis.documents(), "documents"),
        (total.segments, "segments"),
        (total.words, "words"),
    ];
    let figures = figures.map(|(count, what)| format!("{} {what}", grouped(count)));
    push(out, &format!("<p class=\"meta\">{} · scope: {}</p>\n", figures.join(" · "), xml(report.scope)));
    if let Some(rates) = report.rates {
        let sum = rates.total(&analysis.total);
        let (charge, currency) = (rates.charge(sum.price).rounded(rates.places), xml(&rates.currency));
        push(out, &format!("<p class=\"charge\"><b>{charge} {currency}</b>"));
        if rates.charge(sum.price) > sum.price {
            push(out, " (the minimum)");
        }
        if rates.has_hours() {
            push(out, &format!(" · {} hours", sum.hours.rounded(2)));
        }
        push(out, "</p>\n");
    }
    push(out, "<div class=\"bar\" aria-hidden=\"true\">");
    for (category, volume) in Report::filled(&analysis.total).filter(|(_, volume)| volume.words > 0) {
        push(out, &format!("<i class=\"{}\" style=\"--w:{}\"></i>", class(category), volume.words));
    }
    push(out, "</div>\n");
}

/// The colour of a category.
fn class(category: Category) -> &'static str {
    match category {
        Category::New => "new",
        Category::Memory(_) | Category::Internal(_) => "similar",
        Category::Repetition | Category::RepetitionAcross => "repeated",
        Category::Exact | Category::Context => "same",
        Category::Placeable(_) => "copied",
    }
}

fn push_table(head: &[&str], rows: &[Vec<String>], foot: &[String], out: &mut Vec<u8>) {
    let cells = |tag: &str, cells: &[String]| {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        format!("{open}{}{close}", cells.join(&format!("{close}{open}")))
    };
    let head: Vec<_> = head.iter().map(|cell| xml(cell).into_owned()).collect();
    push(out, "<div class=\"scroll\"><table>\n<thead><tr>");
    push(out, &cells("th", &head));
    push(out, "</tr></thead>\n<tbody>\n");
    for row in rows {
        push(out, &format!("<tr>{}</tr>\n", cells("td", row)));
    }
    push(out, &format!("</tbody>\n<tfoot><tr>{}</tr></tfoot>\n</table></div>\n", cells("td", foot)));
}

fn push_categories(report: Report<'_>, out: &mut Vec<u8>) {
    let counts = &report.analysis.total;
    let whole = counts.total();
    let mut head =
        vec!["Category", "Segments", "Words", "%", "Words between blanks", "Characters", "without blanks"];
    if let Some(rates) = report.rates {
        head.extend(["A word", &*rates.currency]);
        if rates.has_hours() {
            head.push("Hours");
        }
    }
    let amounts = |volume: crate::translate::quote::Volume| {
        let share = share(volume.words, whole.words);
        let [segments, words, blank, chars, dense] =
            [volume.segments, volume.words, volume.blank_words, volume.chars, volume.dense_chars]
                .map(grouped);
        [segments, words, share.to_string(), blank, chars, dense]
    };
    let mut rows = Vec::new();
    for (category, volume) in Report::filled(counts) {
        let mut row = vec![format!("<i class=\"{}\"></i>{}", class(category), xml(category.label()))];
        row.extend(amounts(volume));
        if let Some(rates) = report.rates {
            row.push(rates.price(category).rounded(4));
            push_cost(rates, rates.cost(category, volume), &mut row);
        }
        rows.push(row);
    }
    let mut foot = vec!["Total".to_owned()];
    foot.extend(amounts(whole));
    if let Some(rates) = report.rates {
        foot.push(String::new());
        push_cost(rates, rates.total(counts), &mut foot);
    }
    push_table(&head, &rows, &foot, out);
}

fn push_cost(rates: &Rates, cost: crate::translate::quote::Cost, row: &mut Vec<String>) {
    row.push(cost.price.rounded(rates.places));
    if rates.has_hours() {
        row.push(cost.hours.rounded(2));
    }
}

fn push_files(report: Report<'_>, out: &mut Vec<u8>) {
    push(out, "<h2>By file</h2>\n");
    let mut head = vec!["File", "Segments", "Words", "Repeated", "100 %", "Similar"];
    if let Some(rates) = report.rates {
        head.push(&rates.currency);
        if rates.has_hours() {
            head.push("Hours");
        }
    }
    let row = |name: &str, counts: &Counts| {
        let total = counts.total();
        let mut row =
            vec![format!("<bdi>{}</bdi>", xml(name)), grouped(total.segments), grouped(total.words)];
        row.extend(Report::groups(counts).map(grouped));
        if let (Some(rates), Some(cost)) = (report.rates, report.cost(counts)) {
            push_cost(rates, cost, &mut row);
        }
        row
    };
    let rows: Vec<_> = report.analysis.files.iter().map(|file| row(&file.file, &file.counts)).collect();
    push_table(&head, &rows, &row("Total", &report.analysis.total), out);
}

/// How it was counted and rounded.
fn push_notes(report: Report<'_>, out: &mut Vec<u8>) {
    push(
        out,
        "<p class=\"note\">Words: UAX #29 words that hold a letter or digit; hyphens, apostrophes and the marks of ",
    );
    push(
        out,
        "numbers join; an address is one; in Han and kana every character, in Thai, Lao, Khmer and Burmese six. The ",
    );
    push(out, "first occurrence of a segment counts where it belongs, later ones are repetitions.");
    if let Some(rates) = report.rates {
        let counted = match rates.counted {
            Counted::Words => "words",
            Counted::Blanks => "words between blanks",
        };
        push(
            out,
            &format!(
                " Prices are for {counted}. Sums are exact; each amount shown is rounded by itself, half up, "
            ),
        );
        push(out, "so rounded rows may differ from a rounded total in the last digit.");
    }
    push(out, "</p>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::analysis::report::sample;

    fn page(priced: bool) -> String {
        let (analysis, rates) = sample();
        let mut out = Vec::new();
        render(Report { analysis: &analysis, rates: priced.then_some(&rates), scope: "all" }, &mut out);
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn the_page_shows_categories_files_and_how_they_were_counted() {
        let page = page(true);
        let (_, body) = page.split_once("</style>").expect("a style sheet");
        insta::assert_snapshot!(body);
    }

    #[test]
    fn the_page_asks_for_nothing_and_nothing_in_a_name_becomes_markup() {
        let page = page(false);
        for loading in ["src=", "url(", "@import", "<link", "<script", "http:", "https:", "<ferry>", "\u{1b}"]
        {
            assert!(!page.contains(loading), "{loading}");
        }
        assert!(page.contains("&lt;ferry&gt;"));
    }
}
