//! The generator: from OpenAPI and AsyncAPI contracts to everything between them and the business rule.
//!
//! `read → resolve → check → emit → write`, each stage a module with one type in and one out: [`source`] holds the
//! contract files, [`model`] is what they mean, [`emit`] turns that into a [`text::FileSet`].

pub mod emit;
pub mod model;
pub mod source;
pub mod text;
