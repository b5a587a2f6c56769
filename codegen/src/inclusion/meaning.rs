//! What a contract says of a value beside which values there are: its meaning, and its announced end.
//!
//! Owns that a reference says what the schema says that it leads to, that `format: byte` of OpenAPI 3.0 and
//! `contentEncoding: base64` of 3.1 are one statement, and so are `format: binary` and a media type for any bytes.

use super::change::{Change, Kind};
use super::shape::{Shape, resolve};
use super::walk::Here;
use crate::model::{Deprecation, Docs, ScalarKind, Service, TypeKind, TypeRef};

/// Statements on the meaning of a value: keywords, each with its value.
type Statements = [(String, String)];

/// A value and what a contract says of its meaning.
#[derive(Clone, Copy)]
pub(crate) struct Said<'a> {
    pub(crate) service: &'a Service,
    pub(crate) ty: &'a TypeRef,
    pub(crate) meaning: &'a Statements,
}

/// Adds the change of the meaning to the changes of the values, if there is one.
pub(crate) fn compare(old: Said<'_>, new: Said<'_>, here: Here, changes: &mut Vec<Change>) {
    let is_rewritten = (old.is_byte() && new.is_base64()) || (old.is_base64() && new.is_byte());
    if is_rewritten {
        changes.retain(|change| !(change.path.is_empty() && is_of_byte(change)));
    }
    let counts = |(key, value): &&(String, String)| {
        let is_spelling = is_rewritten && is_base64(key, value);
        !is_spelling && !is_any_bytes(key, value)
    };
    let [was, is] = [old, new].map(|side| side.meaning.iter().filter(counts).collect::<Vec<_>>());
    if was != is {
        changes.push(Change::of(Kind::MeaningChanged, here, words(&was), words(&is)));
    }
}

impl Said<'_> {
    /// Whether `format: byte` says that a text is Base64.
    fn is_byte(self) -> bool {
        let shape = resolve(self.service, self.ty).shape;
        matches!(shape, Shape::Scalar(scalar) if scalar.kind == ScalarKind::Bytes)
    }

    /// Whether `contentEncoding` says so.
    fn is_base64(self) -> bool {
        self.meaning.iter().any(|(key, value)| is_base64(key, value))
    }
}

fn is_base64(key: &str, value: &str) -> bool {
    key == "contentEncoding" && value == "base64"
}

/// Whether a statement is what OpenAPI 3.1 has instead of `format: binary`: bytes of any meaning.
fn is_any_bytes(key: &str, value: &str) -> bool {
    key == "contentMediaType" && value == "application/octet-stream"
}

/// Whether a change is that of `format: byte`.
fn is_of_byte(change: &Change) -> bool {
    match change.kind {
        Kind::FormatRemoved => change.old == "`byte`",
        Kind::FormatAdded => change.new == "`byte`",
        _ => false,
    }
}

fn words(said: &[&(String, String)]) -> String {
    if said.is_empty() {
        return "nothing".to_owned();
    }
    said.iter().map(|(key, value)| format!("`{key}: {value}`")).collect::<Vec<_>>().join(", ")
}

/// The announced end of a value: that of its place, or else of the schema that it refers to.
pub(crate) fn end<'a>(
    service: &'a Service,
    docs: &'a Docs,
    ty: &'a TypeRef,
) -> Option<&'a Deprecation> {
    let mut ty = ty;
    let mut end = docs.deprecated.as_ref();
    for _ in 0..=service.types.len().saturating_mul(2) {
        match ty {
            _ if end.is_some() => break,
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => ty = inner,
            TypeRef::Named(id) => {
                let def = service.type_def(*id);
                end = def.docs.deprecated.as_ref();
                match &def.kind {
                    TypeKind::Alias(inner) => ty = inner,
                    _ => break,
                }
            }
            _ => break,
        }
    }
    end
}
