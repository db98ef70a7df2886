//! An analysis as one JSON object, for programs. Every key is always there; money and hours are strings, so that no digit is lost.

use serde::Serialize;

use super::report::Report;
use crate::translate::quote::{Category, Cost, Counts, Rates, Volume};
use crate::write::bytes::push_json;

/// Appends the object and a line break.
pub(super) fn render(report: Report<'_>, out: &mut Vec<u8>) {
    let rates = report.rates;
    let total = Part::of(report, &report.analysis.total);
    let charge =
        rates.map(|rates| rates.charge(rates.total(&report.analysis.total).price).rounded(rates.places));
    let files = report.analysis.files.iter().map(|file| FilePart {
        file: &file.file,
        documents: file.documents,
        part: Part::of(report, &file.counts),
    });
    let object = Object {
        scope: report.scope,
        currency: rates.map(|rates| &*rates.currency),
        minimum: rates.map(|rates| rates.minimum.rounded(6)),
        charge,
        documents: report.analysis.documents(),
        part: total,
        files: files.collect(),
    };
    push_json(out, &object);
    out.push(b'\n');
}

#[derive(Serialize)]
struct Object<'a> {
    scope: &'a str,
    currency: Option<&'a str>,
    minimum: Option<String>,
    charge: Option<String>,
    documents: u64,
    #[serde(flatten)]
    part: Part,
    files: Vec<FilePart<'a>>,
}

#[derive(Serialize)]
struct FilePart<'a> {
    file: &'a str,
    documents: u64,
    #[serde(flatten)]
    part: Part,
}

#[derive(Serialize)]
struct Part {
    total: Row,
    categories: Vec<Row>,
}

impl Part {
    fn of(report: Report<'_>, counts: &Counts) -> Self {
        let row = |category: Option<Category>, volume: Volume, cost: Option<Cost>| {
            let hours = report.rates.is_some_and(Rates::has_hours);
            Row {
                category: category.map(Category::name),
                segments: volume.segments,
                words: volume.words,
                blank_words: volume.blank_words,
                characters: volume.chars,
                characters_without_blanks: volume.dense_chars,
                price: cost.map(|cost| cost.price.rounded(6)),
                hours: cost.filter(|_| hours).map(|cost| cost.hours.rounded(6)),
            }
        };
        let rows = counts.rows().map(|(category, volume)| {
            row(Some(category), volume, report.rates.map(|rates| rates.cost(category, volume)))
        });
        Self { categories: rows.collect(), total: row(None, counts.total(), report.cost(counts)) }
    }
}

#[derive(Serialize)]
struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'static str>,
    segments: u64,
    words: u64,
    blank_words: u64,
    characters: u64,
    characters_without_blanks: u64,
    price: Option<String>,
    hours: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::analysis::report::sample;

    #[test]
    fn the_object_holds_all_categories_and_files() {
        let (analysis, rates) = sample();
        let mut out = Vec::new();
        render(Report { analysis: &analysis, rates: Some(&rates), scope: "all" }, &mut out);
        let value: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(value["charge"], "35.00");
        assert_eq!(value["total"]["words"], 22);
        assert_eq!(value["files"][1]["total"]["segments"], 3);
        let names: Vec<_> =
            value["categories"].as_array().expect("a list").iter().map(|row| &row["category"]).collect();
        assert_eq!(names, Category::ALL.map(Category::name));
        let new = &value["categories"][15];
        assert_eq!((&new["words"], &new["price"]), (&12.into(), &"1.380000".into()));
    }
}
