//! Everything a person or a program reads, as it looks: every format, the resolved pipeline, every page of help.

#![cfg(feature = "cli")]

mod common;

use common::{Folder, Ran, root};
use nutgraf::write::Content;

/// The program, run at the root of the repository.
fn run(args: &[&str]) -> String {
    let ran = Folder::new(&[]).command(args).current_dir(root()).output().expect("the program starts");
    let ran = Ran {
        code: ran.status.code(),
        out: String::from_utf8(ran.stdout).expect("UTF-8"),
        err: String::from_utf8_lossy(&ran.stderr).into_owned(),
    };
    ran.ends(0)
}

fn formats(name: &str, path: &str) {
    let commands = [
        ("summarize", Content::Summaries),
        ("segment", Content::Segments),
        ("explain", Content::Explanations),
    ];
    for (command, content) in commands {
        for kind in content.kinds().iter().filter(|kind| !["html", "docx"].contains(&kind.name)) {
            insta::assert_snapshot!(
                format!("{name}-{command}-{}", kind.name),
                run(&[command, path, "--format", kind.name])
            );
        }
    }
}

#[test]
fn an_article_in_english_with_all_its_furniture() {
    formats("english", "corpus/2024-03-11/harbour-bridge-closed.en.txt");
}

#[test]
fn an_article_in_arabic() {
    formats("arabic", "corpus/2024-03-13/tel-maran-talab.ar.txt");
}

#[test]
fn the_resolved_pipeline_of_the_main_job() {
    insta::assert_snapshot!(run(&["run", "pipelines/summarize.toml", "--dry-run"]));
}

#[test]
fn the_help_of_every_command() {
    for command in ["run", "summarize", "segment", "digest", "explain", "model", "init", "completions", "man"]
    {
        insta::assert_snapshot!(format!("help-{command}"), run(&[command, "--help"]));
    }
    insta::assert_snapshot!("help-eval", run(&["eval", "--help"]));
    for command in ["segments", "rouge", "dangling"] {
        insta::assert_snapshot!(format!("help-eval-{command}"), run(&["eval", command, "--help"]));
    }
    for command in ["build", "merge", "inspect"] {
        insta::assert_snapshot!(format!("help-model-{command}"), run(&["model", command, "--help"]));
    }
    insta::assert_snapshot!("help", run(&["--help"]));
}
