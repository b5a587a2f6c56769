//! From what was sent or stored to typed values, with every violation of the contract in one pass.
//!
//! Owns the walk: [`At`] is a place in a value, [`Violations`] collects what is wrong there, [`Object`], [`list()`],
//! [`map()`] and the unions go down. Scalars' own rules are in [`rules`](crate::rules).

mod at;
mod collection;
mod example;
pub(crate) mod node;
mod object;
mod scalar;
mod union;
mod violation;

pub use at::At;
pub(crate) use at::push_key;
pub use collection::{ListRules, boxed, list, list_of, map, map_of, nullable, secret};
pub(crate) use collection::{canonical, canonical_json};
pub use example::{example, example_with};
pub use object::{Object, Reader};
pub use union::{Alternative, exactly_one, first, tagged, tagged_or};
pub(crate) use violation::quoted;
pub use violation::{Invalid, Violation, Violations};

use crate::json;

/// A type that can be read from JSON, from a stored attribute, and where it is a scalar from the text of a
/// parameter.
pub trait Decode: Sized {
    /// Reads the value at a place. Answers `None` after it has reported at least one violation there or below.
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self>;
}

/// Reads a body of JSON (RFC 8259). Pointers start with `/body`.
///
/// One violation at `/body` says so when the bytes are not UTF-8 or no JSON, nest deeper than 128 levels, or name
/// a property twice in one object (which JSON leaves undefined, and which I-JSON, RFC 7493, forbids).
///
/// Numbers keep every digit: a type that cannot hold one as it is refuses it.
pub fn decode_body<T: Decode>(bytes: &[u8], out: &mut Violations) -> Option<T> {
    decode_body_as(bytes, out, T::decode)
}

/// As [`decode_body`], by a function that knows rules which the type does not.
pub fn decode_body_as<T>(bytes: &[u8], out: &mut Violations, read: impl Reader<T>) -> Option<T> {
    match json::parse(bytes) {
        Ok(value) => read(&At::json("/body", &value), out),
        Err(detail) => {
            out.add("/body", detail);
            None
        }
    }
}

/// Reads JSON that is parsed already; `root` is what pointers start with.
///
/// # Errors
/// All violations.
pub fn decode_json<T: Decode>(root: &str, value: &serde_json::Value) -> Result<T, Violations> {
    decode_tree(root, &value.into())
}

/// As [`decode_json`], with every digit of its numbers.
///
/// # Errors
/// All violations.
pub fn decode_tree<T: Decode>(root: &str, value: &json::Tree<'_>) -> Result<T, Violations> {
    let mut out = Violations::default();
    let decoded = T::decode(&At::json(root, value), &mut out);
    out.or(decoded)
}

/// Reads the text of a parameter that is no list; `pointer` says which, such as `/query/limit`.
pub fn decode_text<T: Decode>(pointer: &str, text: &str, out: &mut Violations) -> Option<T> {
    T::decode(&At::text(pointer, text), out)
}

/// Reads the texts of a parameter that is a list.
pub fn decode_texts<T: Decode>(pointer: &str, texts: &[&str], out: &mut Violations) -> Option<T> {
    T::decode(&At::texts(pointer, texts), out)
}

/// Reads a default that a contract gives, written as JSON.
pub fn decode_default<T>(
    pointer: &str,
    default: &str,
    out: &mut Violations,
    read: impl Reader<T>,
) -> Option<T> {
    match json::parse(default.as_bytes()) {
        Ok(value) => {
            // A tree of its own, which is gone before the value is: its addresses tell nothing of other places.
            let mut own = Violations::default();
            let decoded = read(&At::json(pointer, &value), &mut own);
            out.extend(own);
            decoded
        }
        Err(detail) => {
            out.add(pointer, detail);
            None
        }
    }
}

/// The value of a default that a contract gives, written as JSON. What generated constructors call.
///
/// # Panics
/// The default breaks the contract's own rules, which the generator refuses.
#[must_use]
pub fn preset<T: Decode>(default: &str) -> T {
    preset_as(default, T::decode)
}

/// As [`preset`], read by a function that knows rules which the type does not.
///
/// # Panics
/// As [`preset`].
pub fn preset_as<T>(default: &str, read: impl Reader<T>) -> T {
    let mut out = Violations::default();
    let value = decode_default("/default", default, &mut out, read);
    match out.or(value) {
        Ok(value) => value,
        Err(violations) => panic!("a default breaks the rules of its own contract: {violations}"),
    }
}

/// Reads a text of a closed set. What generated enums call.
pub fn decode_enum<T: Copy>(at: &At<'_>, values: &[(&str, T)], out: &mut Violations) -> Option<T> {
    let text = match at.view() {
        node::View::String(text) | node::View::Text(text) => Some(text),
        _ => None,
    };
    let found = values.iter().find(|(known, _)| Some(*known) == text);
    if found.is_none() {
        out.expected(at, object::one_of(values.iter().map(|(known, _)| known)));
    }
    found.map(|(_, value)| *value)
}
