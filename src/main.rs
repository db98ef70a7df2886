//! nutgraf
fn main() {}
