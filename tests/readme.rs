//! What the README shows is what the program does.

#![cfg(all(feature = "cli", feature = "unpack"))]

use std::path::Path;

/// Runs every `console` block of the README at the root of the repository, where `corpus` and `pipelines` are; what a
/// block writes stands in `out`, which is not kept.
#[test]
fn the_commands_of_the_readme_print_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if root.join("README.md").exists() {
        trycmd::TestCases::new()
            .register_bin("nutgraf", Path::new(env!("CARGO_BIN_EXE_nutgraf")))
            .case("README.md");
    }
}
