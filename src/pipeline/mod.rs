//! A pipeline: which stages run with which settings, read from a file or made from flags.

pub mod digest;
pub mod file;
pub mod kept;
pub mod locate;
pub mod member;
pub mod plan;
pub mod process;
pub mod surface;
