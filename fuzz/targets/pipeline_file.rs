//! Any pipeline file either is refused with words or makes a plan whose resolved form says the same.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use nutgraf::Plan;
use nutgraf::pipeline::file::Loaded;

fuzz_target!(|text: &str| {
    let loaded = match Loaded::parse("fuzz.toml", text, &[]) {
        Ok(loaded) => loaded,
        Err(e) => return assert!(!e.to_string().is_empty()),
    };
    let resolved = loaded.resolved();
    let again = Loaded::parse("resolved.toml", &resolved, &[]);
    let again = again.unwrap_or_else(|e| panic!("the resolved pipeline is refused: {e}\n{resolved}"));
    assert_eq!(resolved.parse::<toml::Table>().ok(), again.resolved().parse::<toml::Table>().ok());
    match Plan::build(&loaded, Path::new("home"), Path::new("out")) {
        Ok(plan) => assert!(!plan.inputs.is_empty()),
        Err(e) => assert!(!e.to_string().is_empty()),
    }
    let (key, value) = text.split_once('\n').unwrap_or((text, ""));
    let _ = Loaded::parse("fuzz.toml", "", &[format!("{key}={value}"), text.to_owned()]);
});
