//! What a contract demands beyond what a Rust type expresses, checked on the tree before it is decoded.
//!
//! Owns the validator: JSON Schema 2020-12 as the generator writes it, with every reference resolved to `$defs`. A type
//! that expresses its schema exactly needs none of this.

mod compile;
mod evaluated;
mod judge;
mod number;

use std::sync::OnceLock;

use self::compile::Set;
use self::judge::Judge;
use crate::decode::Reader;
use crate::{At, Violations};

/// The schemas of a service that its types cannot express, by name.
///
/// ```
/// use runtime::{At, Schemas, Violations};
///
/// static SCHEMAS: Schemas = Schemas::new(r#"{"$defs": {"Name": {"not": {"enum": ["root"]}}}}"#);
///
/// let mut out = Violations::default();
/// assert!(SCHEMAS.check("Name", &At::text("/query/name", "ada"), &mut out).is_some());
/// assert!(SCHEMAS.check("Name", &At::text("/query/name", "root"), &mut out).is_none());
/// ```
#[derive(Debug)]
pub struct Schemas {
    text: &'static str,
    compiled: OnceLock<Result<Set, String>>,
}

impl Schemas {
    /// The schemas in `$defs` of a JSON document, which is read at first use.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// Reports every violation of a schema; `None` when there is one.
    ///
    /// What is stored was checked before it was stored, and is left alone: a table holds normalised values. Only where
    /// it decides between alternatives of a union is it checked again.
    pub fn check(&self, name: &str, at: &At<'_>, out: &mut Violations) -> Option<()> {
        if at.is_stored() && !out.is_attempt() {
            return Some(());
        }
        let compiled = self.compiled.get_or_init(|| Set::compile(self.text));
        let schema = compiled.as_ref().map_err(String::as_str).and_then(|set| {
            set.find(name).map(|id| (set, id)).ok_or("the generator wrote no such schema")
        });
        match schema {
            Ok((set, id)) => Judge::new(set).check(id, at, out),
            Err(why) => {
                out.add(at.pointer(), why);
                None
            }
        }
    }
}

/// Reads a value after it was checked against a schema.
pub fn checked<T>(
    schemas: &'static Schemas,
    name: &'static str,
    read: impl Reader<T>,
) -> impl Reader<T> {
    move |at: &At<'_>, out: &mut Violations| {
        schemas.check(name, at, out)?;
        read(at, out)
    }
}
