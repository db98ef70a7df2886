//! Speed of whole summaries, from text to text, beside the crate `lede` and LexRank of the Python package `sumy`, on the same
//! articles in one run and one thread; and of what nutgraf does once sentences are found: their words, and their ranking.
//!
//! `cargo run --release -- 500` reads as many articles of `cnn.jsonl` where `NUTGRAF_DATA` says, or in `shared/data/summ`
//! beside the checkout. `SUMY_PYTHON` names the Python of an environment made with `requirements.txt`; without it sumy is
//! left out. CPU time; the fastest of several runs counts, the two crates take turns in each, and sumy runs once.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use nutgraf::lex::analyzed::{Analyzed, Analyzer};
use nutgraf::pipeline::surface::surfaces;
use nutgraf::rank::rank;
use nutgraf::rank::vectors::Vectors;
use nutgraf::select::Candidates;
use nutgraf::{Document, Done, Lang, Role, Scratch, Stages, process};
use serde_json::Value;

/// Articles, unless said.
const ARTICLES: usize = 500;
/// Sentences of a summary of nutgraf and sumy.
const SENTENCES: usize = 3;
/// Runs, of which the fastest counts.
const RUNS: usize = 5;

fn main() {
    let articles = std::env::args().nth(1).map_or(ARTICLES, |n| n.parse().expect("a number of articles"));
    let Some(path) = data() else {
        println!("skipped: no cnn.jsonl; NUTGRAF_DATA names the folder that holds it");
        return;
    };
    let file = std::fs::read_to_string(&path).expect("a text file");
    let rows = file.lines().take(articles).map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let texts: Vec<String> = rows.filter_map(|row| row["text"].as_str().map(str::to_owned)).collect();
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!("{} articles, {megabytes:.2} MB", texts.len());

    let stages = Stages { budget: nutgraf::Budget::Sentences(SENTENCES), ..Stages::default() };
    let mut scratch = Scratch::default();
    let all: Vec<Done> = texts.iter().filter_map(|text| done(text, &stages, &mut scratch)).collect();
    let bodies: Vec<Vec<&str>> = all.iter().map(body).collect();
    let mut analyzed: Vec<Analyzed> = bodies.iter().map(|_| Analyzed::default()).collect();
    let lang = Lang::parse("en").expect("a tag");
    let (mut analyzer, mut ranking) = (Analyzer::default(), Ranking::default());
    let mut best = [f64::INFINITY; 4];
    for _ in 0..RUNS {
        let mut lengths = [0; 2];
        let own = timed(|| {
            let summary =
                |text: &String| done(text, &stages, &mut scratch).map_or(0, |done| done.summary_text().len());
            lengths[0] = texts.iter().map(summary).sum();
        });
        let words = timed(|| {
            for (body, analyzed) in bodies.iter().zip(&mut analyzed) {
                let lines = body.iter().copied().zip(surfaces(body, &lang));
                analyzer.analyze("en", None, "", lines, analyzed);
            }
        });
        let ranked = timed(|| analyzed.iter().for_each(|document| ranking.run(document, &stages)));
        // As long as those of nutgraf are on average.
        let length = lengths[0] / texts.len().max(1);
        let summary = |text: &String| lede::summarize(text, length, lede::Mode::Default).summary.len();
        let lede = timed(|| lengths[1] = texts.iter().map(summary).sum());
        black_box(lengths);
        best = [best[0].min(own), best[1].min(lede), best[2].min(words), best[3].min(ranked)];
    }
    let [own, lede, words, ranked] = best;
    println!("nutgraf {:.2} MB per CPU-second", megabytes / own);
    println!(
        "of which words of the sentences {:.1}, and vectors, ranking and choice {:.1}",
        megabytes / words,
        megabytes / ranked
    );
    println!("lede {:.2} MB per CPU-second: {:.1} times the time of nutgraf", megabytes / lede, lede / own);
    let (threads, seconds) = on_all_processors(&texts, &stages);
    println!(
        "nutgraf on {threads} threads, as many as it takes unless told otherwise: {:.2} MB per second by the clock",
        megabytes / seconds
    );
    match sumy(&path, texts.len()) {
        Ok(seconds) => println!(
            "sumy's LexRank {:.3} MB per CPU-second: {:.0} times the time of nutgraf",
            megabytes / seconds,
            seconds / own
        ),
        Err(reason) => println!("sumy skipped: {reason}"),
    }
}

fn data() -> Option<PathBuf> {
    let given = std::env::var_os("NUTGRAF_DATA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/summ");
    Some(given.unwrap_or(beside).join("cnn.jsonl")).filter(|path| path.exists())
}

/// One article, done.
fn done(text: &str, stages: &Stages, scratch: &mut Scratch) -> Option<Done> {
    let mut document = Document::from_text(text);
    document.lang = Lang::parse("en");
    process(document, stages, scratch).ok()
}

/// Sentences of a body.
fn body(done: &Done) -> Vec<&str> {
    done.segments
        .iter()
        .filter(|segment| segment.role == Role::Body)
        .map(|segment| done.text(segment))
        .collect()
}

/// What a ranking needs beside the words.
#[derive(Default)]
struct Ranking {
    vectors: Vectors,
    salience: Vec<f64>,
}

impl Ranking {
    fn run(&mut self, document: &Analyzed, stages: &Stages) {
        let Self { vectors, salience } = self;
        vectors.fill(document);
        rank(stages.ranker.as_ref(), document, vectors, stages.budget, salience, false).expect("ranks");
        let candidates = Candidates { document, vectors, salience, open: None };
        black_box(stages.selector.select(candidates, stages.budget));
    }
}

/// Threads, and seconds by the clock until all of them have summarized all texts, each text once; the fastest of several runs.
fn on_all_processors(texts: &[String], stages: &Stages) -> (usize, f64) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let all_done = Barrier::new(threads + 1);
    let work = || {
        let mut scratch = Scratch::default();
        for _ in 0..RUNS {
            all_done.wait();
            while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                black_box(done(text, stages, &mut scratch).map(|done| done.summary_text()));
            }
            all_done.wait();
        }
    };
    let mut best = f64::INFINITY;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
        for _ in 0..RUNS {
            next.store(0, Ordering::Relaxed);
            let start = Instant::now();
            all_done.wait();
            all_done.wait();
            best = best.min(start.elapsed().as_secs_f64());
        }
    });
    (threads, best)
}

/// CPU seconds that sumy takes for the first `articles`, imports aside.
fn sumy(path: &Path, articles: usize) -> Result<f64, String> {
    let python = std::env::var_os("SUMY_PYTHON").ok_or("SUMY_PYTHON names no Python that has it")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("sumy_lexrank.py");
    let mut command = Command::new(python);
    command.arg(script).arg(path).arg(articles.to_string()).arg(SENTENCES.to_string());
    // Linear algebra in threads would make the same CPU time longer.
    command.env("OMP_NUM_THREADS", "1").env("OPENBLAS_NUM_THREADS", "1");
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr)
            .trim()
            .lines()
            .last()
            .unwrap_or_default()
            .to_owned());
    }
    let told = String::from_utf8_lossy(&output.stdout);
    told.trim().parse().map_err(|_| format!("it said {told:?}"))
}

/// CPU seconds that `run` takes.
fn timed(run: impl FnOnce()) -> f64 {
    let start = cpu_seconds();
    run();
    cpu_seconds() - start
}

/// CPU time of this process, in seconds; from the scheduler, which counts nanoseconds.
fn cpu_seconds() -> f64 {
    // The scheduler counts up to the present when it is asked for another thread.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let nanoseconds: f64 = told.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
    nanoseconds / 1e9
}
