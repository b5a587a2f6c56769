//! What contracts demand of scalars, and the types that cannot hold anything else.
//!
//! Owns the checks, which generated constants parametrise, the types of constrained scalars, and the macros that give a
//! generated enumeration its conversions. A check reports every rule that a value breaks, not the first one only.

mod enumeration;
mod number;
mod pattern;
mod text;
mod types;

pub use number::{NumberRules, Numeric};
pub use pattern::Pattern;
pub use text::{TextFormat, TextRules};
pub use types::{OnlyValue, Redacted, Scalar, ScalarType, Text, TextType};

use crate::{At, Decode, Encode, Invalid, Violations};

/// Rules for values of a type.
pub trait Rules<T> {
    /// Reports every rule that a value breaks.
    fn check(&self, value: &T, at: &At<'_>, out: &mut Violations);
}

/// Reads a value and checks it.
fn decode_by<T: Decode>(rules: &impl Rules<T>, at: &At<'_>, out: &mut Violations) -> Option<T> {
    let n_before = out.len();
    let value = T::decode(at, out)?;
    rules.check(&value, at, out);
    (out.len() == n_before).then_some(value)
}

/// Checks a value that stands nowhere.
///
/// # Errors
/// Every rule that the value breaks; the value is not echoed when the type is `secret`.
fn check_value<T: Encode>(
    type_name: &'static str,
    rules: &impl Rules<T>,
    secret: bool,
    value: T,
) -> Result<T, Invalid> {
    let text = crate::to_text(&value);
    let at = At::text("", &text);
    let at = if secret { at.secret() } else { at };
    let mut violations = Violations::default();
    rules.check(&value, &at, &mut violations);
    if violations.is_empty() { Ok(value) } else { Err(Invalid { type_name, violations }) }
}

/// Reads a text that stands nowhere.
///
/// # Errors
/// What is wrong with it.
pub fn decode_value<T: Decode>(type_name: &'static str, text: &str) -> Result<T, Invalid> {
    let mut violations = Violations::default();
    let value = T::decode(&At::text("", text), &mut violations);
    violations.or(value).map_err(|violations| Invalid { type_name, violations })
}

/// The token of the next page, as the type that the contract gives it.
///
/// # Errors
/// The token violates the contract, which allows too few characters.
pub fn page_token<T: Decode>(token: Option<String>) -> Result<Option<T>, Invalid> {
    token.map(|token| decode_value("page token", &token)).transpose()
}
