//! From inputs as a person names them to records: finding, unpacking, cutting, decoding; and files written whole or not at all.
//!
//! [`walk`] finds, [`frame`] cuts one after the other on one thread, [`load`] and [`decode`] do the heavy part in workers.

pub mod atomic;
pub mod decode;
pub mod frame;
pub mod json_lines;
pub mod load;
pub mod magic;
pub mod sniff;
pub mod stream;
pub mod unpack;
pub mod walk;
