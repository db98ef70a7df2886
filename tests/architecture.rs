//! Rules that keep the house in order: which module may use which, how long files may be, who may speak.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The modules; each uses only those before it.
const MODULES: [&str; 23] = [
    "base",
    "markup",
    "doc",
    "io",
    "stats",
    "lex",
    "langid",
    "read",
    "normalize",
    "segment",
    "structure",
    "rank",
    "select",
    "group",
    "dedup",
    "digest",
    "bilingual",
    "translate",
    "write",
    "pipeline",
    "run",
    "eval",
    "cli",
];

/// Longest a file may be, in lines.
const LONGEST: usize = 600;

/// Every Rust file under `folder` of the repository, with its path there.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().flatten();
    let rust = found.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let read = |path: &Path| {
        let name = path.strip_prefix(root).expect("under the root").to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(path).expect("a text file"))
    };
    rust.map(|entry| read(entry.path())).collect()
}

/// The module that a file of `src` belongs to; `None` for `lib.rs` and `main.rs`.
fn module(name: &str) -> Option<usize> {
    let first = name.strip_prefix("src/")?.split(['/', '.']).next()?;
    MODULES.iter().position(|&module| module == first)
}

/// Names that follow `crate::` in `text`, those of a list in braces too.
fn used(text: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for (_, rest) in text.match_indices("crate::").map(|(at, path)| text.split_at(at + path.len())) {
        let list = rest.strip_prefix('{').and_then(|list| list.split("};").next());
        let word = |path: &str| {
            path.len() - path.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len()
        };
        match list {
            Some(list) => names.extend(list.split(',').map(str::trim).map(|path| &path[..word(path)])),
            None => _ = names.insert(&rest[..word(rest)]),
        }
    }
    names
}

#[test]
fn the_list_names_every_module_of_the_library() {
    let root = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let declared = root.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    assert_eq!(declared.collect::<BTreeSet<_>>(), MODULES.into_iter().collect());
}

#[test]
fn modules_use_only_those_before_them() {
    let mut ahead = Vec::new();
    for (name, text) in files("src") {
        let Some(own) = module(&name) else { continue };
        let later = MODULES[own + 1..].iter().filter(|later| used(&text).contains(*later));
        ahead.extend(later.map(|later| format!("{name} uses {later}")));
    }
    assert!(ahead.is_empty(), "{ahead:#?}");
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<_> = files("src").into_iter().filter(|(_, text)| text.lines().count() > LONGEST).collect();
    assert!(
        long.is_empty(),
        "over {LONGEST} lines: {:?}",
        long.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
}

#[test]
fn only_the_command_line_prints_exits_or_asks_the_environment() {
    let banned = ["print!(", "println!(", "process::exit", "process::abort", "std::env::", "env::var"];
    let mut found = Vec::new();
    for (name, text) in files("src") {
        let is_test = name.ends_with("/tests.rs");
        if !is_test && module(&name).is_some_and(|own| MODULES[own] != "cli") {
            let spoken = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
            found.extend(
                banned.iter().filter(|word| spoken.contains(**word)).map(|word| format!("{name}: {word}")),
            );
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_kind_has_a_name_of_its_own() {
    use nutgraf::write::Content;
    use nutgraf::{normalize, rank, segment, select, structure};
    // Settings stand under `[stage.NAME]` whatever the slot, so names are unique over all slots.
    let mut stages: Vec<&str> = normalize::KINDS.iter().map(|kind| kind.name).collect();
    stages.extend(structure::KINDS.iter().map(|kind| kind.name));
    stages.extend(segment::KINDS.iter().map(|kind| kind.name));
    stages.extend(rank::KINDS.iter().map(|kind| kind.name));
    stages.extend(select::KINDS.iter().map(|kind| kind.name));
    let formats = [Content::Summaries, Content::Segments, Content::Groups, Content::Explanations]
        .map(|content| content.kinds().iter().map(|kind| kind.name).collect());
    for names in formats.into_iter().chain([stages]) {
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    }
}

#[test]
fn every_invariant_of_the_architecture_names_a_test_that_exists() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let Ok(page) = fs::read_to_string(page) else { return };
    let code: String = [files("src"), files("tests")].concat().into_iter().map(|(_, text)| text).collect();
    for line in page.lines().filter(|line| line.contains("Invariant:")) {
        let named = line.split_once("(test: `").and_then(|(_, rest)| rest.split('`').next());
        let name = named.unwrap_or_else(|| panic!("no (test: `name`) in: {line}"));
        assert!(code.contains(&format!("fn {name}(")), "no test `{name}`, which holds: {line}");
    }
}
