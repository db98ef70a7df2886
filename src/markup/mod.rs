//! HTML as a sequence of tokens, each with its place: linear on any input, whatever is wrong with it.
//!
//! [`token`] cuts, [`tag`] knows the elements, [`attribute`] reads what a tag says, [`entity`] what a reference stands
//! for. Nothing here builds a tree.

pub mod attribute;
pub mod entity;
pub mod tag;
pub mod token;
