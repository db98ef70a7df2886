//! Speed of the default segmenter beside `icu_segmenter` and `sentencex`, paragraphs pre-split, and what hostile texts cost it.
//!
//! `cargo run --release -- en de ru` reads `ud.jsonl` where `NUTGRAF_DATA` says, or in `shared/data/seg` beside the checkout.
//! The fastest of several runs counts; all engines take turns in each.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use icu_segmenter::SentenceSegmenter;
use nutgraf::Lang;
use nutgraf::segment::{BlockText, Cuts, Learned, Segmenter};
use serde_json::Value;

/// Bytes of text, at least.
const BYTES: usize = 20_000_000;
/// Bytes of a hostile text, about.
const HOSTILE: usize = 1_000_000;
/// Runs, of which the fastest counts.
const RUNS: usize = 5;

fn main() {
    let langs: Vec<String> = std::env::args().skip(1).collect();
    let langs = if langs.is_empty() { vec!["en".to_owned()] } else { langs };
    let Some(path) = data() else {
        println!("skipped: no ud.jsonl; NUTGRAF_DATA names the folder that holds it");
        return;
    };
    let text = std::fs::read_to_string(&path).expect("a text file");
    let all: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for lang in langs {
        let texts = all.iter().filter(|row| row["lang"] == lang.as_str()).filter_map(|row| row["text"].as_str());
        let paragraphs: Vec<&str> = texts.flat_map(|text| text.split("\n\n")).map(str::trim).collect();
        assert!(!paragraphs.is_empty(), "no text in {lang}");
        compare(&lang, &paragraphs);
    }
    let normal: Vec<&str> =
        all.iter().filter(|row| row["lang"] == "en").filter_map(|row| row["text"].as_str()).collect();
    hostile(&normal.join(" "));
}

fn data() -> Option<PathBuf> {
    let given = std::env::var_os("NUTGRAF_DATA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/seg");
    Some(given.unwrap_or(beside).join("ud.jsonl")).filter(|path| path.exists())
}

fn compare(lang: &str, paragraphs: &[&str]) {
    let once: usize = paragraphs.iter().map(|paragraph| paragraph.len()).sum();
    let times = BYTES.div_ceil(once);
    let bytes = (once * times) as f64;
    let tag = Lang::parse(lang).expect("a tag");
    let icu = SentenceSegmenter::new(Default::default());
    let (learned, mut cuts) = (Learned::default(), Cuts::default());
    let mut best = [f64::INFINITY; 4];
    for _ in 0..RUNS {
        let texts = || paragraphs.iter().cycle().take(paragraphs.len() * times);
        let seconds = [
            timed(|| texts().map(|text| count(&learned, text, &tag, &mut cuts)).sum()),
            timed(|| texts().map(|text| icu.segment_str(text).count()).sum()),
            timed(|| texts().map(|text| sentencex::segment(lang, text).len()).sum()),
            timed(|| texts().map(|text| memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()).count()).sum()),
        ];
        best = std::array::from_fn(|n| best[n].min(seconds[n]));
    }
    let [own, icu, sentencex, floor] = best.map(|seconds| bytes / seconds / 1e6);
    println!(
        "{lang}: nutgraf {own:.0} MB per CPU-second, icu_segmenter {icu:.0} ({:.2} of it), sentencex {sentencex:.0} ({:.2}), \
         looking for . ! ? {floor:.0}",
        own / icu,
        own / sentencex,
    );
}

fn count(segmenter: &Learned, text: &str, lang: &Lang, cuts: &mut Cuts) -> usize {
    cuts.clear();
    segmenter.cut(&BlockText::paragraph(text, lang), cuts);
    cuts.places().len() + 1
}

/// Time a byte of texts made to be slow, as multiples of that of `normal` text in one paragraph.
fn hostile(normal: &str) {
    let up_to = |unit: &str| unit.repeat(HOSTILE.div_ceil(unit.len()));
    let inches = format!("A 6\" board. {}An 8\" one.", "It is long. ".repeat(HOSTILE / 12));
    let quoted = format!("\u{201c}{}\u{201d}", "It is long and it is heavy. ".repeat(120));
    let texts = [
        ("inch marks around 83,000 sentences", inches),
        ("a quotation of 120 sentences", up_to(&format!("{quoted} "))),
        ("1 MB without line ends", normal.chars().filter(|&c| c != '\n').take(HOSTILE).collect()),
        ("`1. ` repeated", up_to("1. ")),
        ("`. ` repeated", up_to(". ")),
        ("`\"a. ` repeated", up_to("\"a. ")),
        ("quotation marks", up_to("\"")),
        ("`'tis a. B ' c ` repeated", up_to("'tis a. B ' c ")),
        ("dots", up_to(".")),
        ("100 MB of dots", ".".repeat(100_000_000)),
        ("`a.` repeated", up_to("a.")),
        ("`.)` repeated", up_to(".)")),
        ("`.'' ` repeated", up_to(".'' ")),
        ("spaces", format!("A.{}B", " ".repeat(HOSTILE))),
        ("one word", up_to("a")),
        ("`1) a ` repeated", up_to("1) a ")),
        ("bullets", up_to("• a ")),
    ];
    let lang = Lang::parse("en").expect("a tag");
    let (learned, mut cuts) = (Learned::default(), Cuts::default());
    let mut each = |text: &str| {
        // The clock of a process ticks in milliseconds: small texts are cut again and again.
        let times = (BYTES / text.len()).max(1);
        let runs = (0..3).map(|_| timed(|| (0..times).map(|_| count(&learned, text, &lang, &mut cuts)).sum()));
        runs.fold(f64::INFINITY, f64::min) / (times * text.len()) as f64
    };
    let plain = each(&normal.replace('\n', " "));
    for (name, text) in texts {
        println!("{:5.2} times the time of a byte: {name}", each(&text) / plain);
    }
}

/// CPU seconds that `run` takes.
fn timed(run: impl FnOnce() -> usize) -> f64 {
    let start = cpu_seconds();
    black_box(run());
    cpu_seconds() - start
}

/// CPU time of this process, in seconds; from the scheduler, which counts nanoseconds.
fn cpu_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let nanoseconds: f64 = told.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
    nanoseconds / 1e9
}
