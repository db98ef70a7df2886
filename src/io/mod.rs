//! From inputs as a person names them to records: finding, unpacking, cutting, decoding; and files written whole or not at all.
//!
//! [`walk`] finds, [`frame`] cuts one after the other on one thread, [`open`] knows what can be cut, [`load`] and [`decode`]
//! do the heavy part in workers.

pub mod atomic;
pub mod decode;
#[cfg(feature = "office")]
pub mod epub;
#[cfg(feature = "feeds")]
pub mod feed;
pub mod frame;
pub mod http;
pub mod json_lines;
pub mod load;
pub mod magic;
pub mod mbox;
#[cfg(feature = "unpack")]
pub mod members;
pub mod open;
#[cfg(feature = "feeds")]
pub mod opml;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod sniff;
pub mod stream;
pub mod table;
#[cfg(feature = "unpack")]
pub mod tar;
pub mod unpack;
pub mod walk;
pub mod warc;
#[cfg(any(feature = "feeds", feature = "office"))]
pub mod xml;
#[cfg(feature = "unpack")]
pub mod zip;
#[cfg(feature = "unpack")]
mod zipped;
