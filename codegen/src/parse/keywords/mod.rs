//! The keywords that contracts may use, and what becomes of each: one table for each kind of object.
//!
//! Owns nothing else: what a keyword means is `lower`'s business.

pub mod arazzo;
pub mod asyncapi;
pub mod openapi;
pub mod ours;
pub mod schema;
