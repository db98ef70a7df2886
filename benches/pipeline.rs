//! Bytes a second from a file of JSON lines to rendered summaries, on one thread.

use std::io::{self, Write};
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use divan::counter::BytesCount;
use divan::{Bencher, Divan};
use nutgraf::DocError;
use nutgraf::Plan;
use nutgraf::pipeline::file::{Loaded, OutputTable, PipelineFile};
use nutgraf::run::{Observer, build_model, run, write_model};
use tempfile::{NamedTempFile, TempPath};
use toml::Table;

mod common;

const BYTES: usize = 4_000_000;

fn main() {
    LazyLock::force(&MODEL);
    Divan::default().sample_count(10).config_with_args().main();
}

static INPUT: LazyLock<TempPath> = LazyLock::new(|| {
    let mut file = NamedTempFile::with_suffix(".jsonl").expect("a temporary file");
    for article in common::Articles::new(1).of_bytes(BYTES) {
        file.write_all(article.to_json_line().as_bytes()).expect("room on the disk");
    }
    file.into_temp_path()
});

static MODEL: LazyLock<TempPath> = LazyLock::new(|| {
    let path = NamedTempFile::new().expect("a temporary file").into_temp_path();
    let (model, _) =
        build_model(&plan("builtin", "jsonl"), &mut Silent, &AtomicBool::new(false)).expect("builds");
    write_model(&path, &model).expect("room on the disk");
    path
});

fn plan(model: &str, format: &str) -> Plan {
    let mut file = PipelineFile::default();
    file.input.paths = vec![INPUT.to_string_lossy().into_owned()];
    file.run.threads = 1;
    model.clone_into(&mut file.model.from);
    let output =
        OutputTable { format: format.to_owned(), path: "-".to_owned(), kind: None, settings: Table::new() };
    file.output.insert("result".to_owned(), output);
    Plan::build(&Loaded::from_flags(file), Path::new(""), Path::new("")).expect("a plan")
}

struct Silent;

impl Observer for Silent {
    fn progress(&mut self, _: u64, _: u64, _: u64, _: Option<u64>) {}

    fn warning(&mut self, text: &str) {
        panic!("{text}");
    }

    fn failure(&mut self, error: &DocError) {
        panic!("{error}");
    }
}

fn measure(bencher: Bencher<'_, '_>, model: &str, format: &str) {
    let bytes = INPUT.metadata().expect("it was written").len();
    bencher.counter(BytesCount::new(bytes)).with_inputs(|| plan(model, format)).bench_values(|plan| {
        run(plan, &mut io::sink(), &mut Silent, &AtomicBool::new(false)).expect("it runs")
    });
}

#[divan::bench(args = ["jsonl", "text"])]
fn builtin(bencher: Bencher<'_, '_>, format: &str) {
    measure(bencher, "builtin", format);
}

#[divan::bench(args = ["jsonl", "text"])]
fn batch(bencher: Bencher<'_, '_>, format: &str) {
    measure(bencher, "batch", format);
}

#[divan::bench(args = ["jsonl", "text"])]
fn model_file(bencher: Bencher<'_, '_>, format: &str) {
    measure(bencher, &MODEL.to_string_lossy(), format);
}
