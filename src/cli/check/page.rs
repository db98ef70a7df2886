//! Findings as one page: each unit with its texts, and what is said of it below.

use super::{Checked, counts};
use crate::base::escape::{xml, xml_attribute};
use crate::translate::qa::{Finding, Kind, Severity};

const STYLE: &str = include_str!("page.css");

/// The page of all files; it needs nothing else, no network and no script.
pub(super) fn page(all: &[Checked]) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Checks of translations</title>\n<style>\n",
    );
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body>\n<main>\n<h1>Checks of translations</h1>\n");
    for file in all {
        push_file(&mut out, file);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn push_file(out: &mut String, file: &Checked) {
    let (source, target) = (file.source_lang.as_str(), file.target_lang.as_str());
    push(out, &format!("<section>\n<h2>{}</h2>\n", xml(&file.name)));
    let count = |severity| file.findings.iter().filter(|finding| finding.severity == severity).count();
    let [errors, warnings, infos] = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    let languages = format!("{} to {}", xml(source), xml(target));
    let units = file.rows.len();
    push(
        out,
        &format!(
            "<p class=\"meta\">{languages}, {units} units: {errors} errors, {warnings} warnings, {infos} remarks</p>\n"
        ),
    );
    if file.findings.is_empty() {
        out.push_str("<p>Nothing found.</p>\n</section>\n");
        return;
    }
    out.push_str("<table class=\"counts\">\n");
    for (name, count) in counts(file) {
        let about = Kind::parse(name).map_or("", Kind::about);
        push(out, &format!("<tr><td>{count}</td><th scope=\"row\">{name}</th><td>{about}</td></tr>\n"));
    }
    out.push_str("</table>\n");
    for findings in file.findings.chunk_by(|a, b| a.pair == b.pair) {
        push_unit(out, file, findings);
    }
    out.push_str("</section>\n");
}

fn push_unit(out: &mut String, file: &Checked, findings: &[Finding]) {
    let first = &findings[0];
    let row = &file.rows[first.pair];
    out.push_str("<div class=\"unit\">\n");
    push(out, &format!("<p class=\"where\"><bdi>{}</bdi>, line {}</p>\n", xml(&first.id), first.line));
    let lang = |tag: &str| xml_attribute(tag).into_owned();
    let source_lang = lang(file.source_lang.as_str());
    push(out, &format!("<p class=\"source\" lang=\"{source_lang}\" dir=\"auto\">{}</p>\n", xml(&row.source)));
    let target = row.target.as_deref().unwrap_or_default();
    let target_lang = lang(file.target_lang.as_str());
    push(out, &format!("<p lang=\"{target_lang}\" dir=\"auto\">{}</p>\n<ul>\n", marked(target, findings)));
    for finding in findings {
        let (severity, kind) = (finding.severity.name(), finding.kind.name());
        let message = xml(&finding.message);
        push(out, &format!("<li class=\"{severity}\"><b>{severity}: {kind}</b> <bdi>{message}</bdi></li>\n"));
    }
    out.push_str("</ul>\n</div>\n");
}

fn push(out: &mut String, markup: &str) {
    out.push_str(markup);
}

/// The target with the places marked that findings blame.
fn marked(target: &str, findings: &[Finding]) -> String {
    let mut spans: Vec<_> = findings.iter().filter_map(|finding| finding.span.clone()).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let (mut out, mut at) = (String::new(), 0);
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        if let (true, Some(before), Some(inside)) =
            (span.start >= at, target.get(at..span.start), target.get(span.clone()))
        {
            let (before, inside) = (xml(before), xml(inside));
            out.extend([&*before, "<mark>", &*inside, "</mark>"]);
            at = span.end;
        }
    }
    out.push_str(&xml(target.get(at..).unwrap_or_default()));
    out
}
