//! Finds the rules among the sources that cargo keeps.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=Cargo.lock");
    let cargo = std::env::var("CARGO").expect("cargo runs this");
    let told = Command::new(cargo).args(["metadata", "--format-version=1", "--locked"]).output();
    let told = told.expect("cargo tells where packages are").stdout;
    let metadata: serde_json::Value = serde_json::from_slice(&told).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let srx = packages.iter().find(|package| package["name"] == "srx").expect("`srx` is a dependency");
    let manifest = srx["manifest_path"].as_str().expect("a path");
    let rules = Path::new(manifest).with_file_name("data").join("segment.srx");
    println!("cargo::rustc-env=SEGMENT_SRX={}", rules.display());
}
