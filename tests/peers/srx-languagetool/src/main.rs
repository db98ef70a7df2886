//! Speed with LanguageTool's rules on text of one language, beside what looking for three bytes costs.

use std::hint::black_box;

use memchr::memchr3_iter;
use nutgraf::Lang;
use nutgraf::segment::{BlockText, Cuts, Segmenter};
use srx_languagetool::{cases, data, languagetool, paragraphs};

/// Bytes of text, at least.
const BYTES: usize = 50_000_000;
/// How often the floor passes over the text in a run, so that the clock sees it.
const FLOOR_TIMES: usize = 10;
/// Runs, of which the fastest counts.
const RUNS: usize = 5;

fn main() {
    let Some(path) = data("ud.jsonl") else { return };
    let srx = languagetool();
    let langs: Vec<String> = std::env::args().skip(1).collect();
    let langs = if langs.is_empty() { vec!["en".to_owned()] } else { langs };
    let all = cases(&path);
    for lang in langs {
        let lang = Lang::parse(&lang).expect("a tag");
        let own: Vec<&str> =
            all.iter().filter(|case| case.lang == lang).flat_map(|case| paragraphs(&case.text)).collect();
        let once: usize = own.iter().map(|paragraph| paragraph.len()).sum();
        assert!(once > 0, "no text in {lang}");
        let times = BYTES.div_ceil(once);
        let bytes = once * times;
        let mut cuts = Cuts::new(false);
        let rules = fastest(|| {
            let mut breaks = 0;
            for paragraph in own.iter().cycle().take(own.len() * times) {
                cuts.clear();
                srx.cut(&BlockText::paragraph(paragraph, &lang), &mut cuts);
                breaks += cuts.places().len();
            }
            breaks
        });
        let floor = fastest(|| {
            let texts = own.iter().cycle().take(own.len() * times * FLOOR_TIMES);
            texts.map(|paragraph| memchr3_iter(b'.', b'!', b'?', paragraph.as_bytes()).count()).sum()
        });
        let speed = |seconds: f64| bytes as f64 / 1e6 / seconds;
        let floor = floor / FLOOR_TIMES as f64;
        println!(
            "{lang}: {:.0} MB per CPU-second by the rules, {:.0} looking for . ! ?",
            speed(rules),
            speed(floor)
        );
    }
}

/// CPU seconds of the fastest run.
fn fastest(mut run: impl FnMut() -> usize) -> f64 {
    let timed = |_| {
        let start = cpu_seconds();
        black_box(run());
        cpu_seconds() - start
    };
    (0..RUNS).map(timed).fold(f64::INFINITY, f64::min)
}

/// CPU time of this process, in seconds; from the scheduler, which counts nanoseconds.
fn cpu_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let nanoseconds: f64 = told.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
    nanoseconds / 1e9
}
