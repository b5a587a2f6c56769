//! What a value does wrong: where, what was found, and what the contract expects.
//!
//! Owns the bounds that keep a report small whatever was sent. Refuses to echo a value that is marked secret.

use std::fmt::{self, Display, Write as _};

use super::At;

/// One place where a value violates the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where, as a JSON Pointer (RFC 6901) below the root that the caller named, such as `/body/price`.
    pub pointer: String,
    /// What was found there, and what the contract expects.
    pub detail: String,
}

/// The violations of one value, in the order in which they were found.
///
/// Keeps [`Violations::MAX`] of them and counts the rest, so that the answer to a huge wrong body is not huge too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Violations {
    list: Vec<Violation>,
    n_more: usize,
    n_attempts: u32,
}

impl Violations {
    /// How many are kept.
    pub const MAX: usize = 100;

    /// The longest pointer, in bytes; a longer one ends in `…`.
    const MAX_POINTER_BYTES: usize = 1024;

    /// The longest detail, in bytes; a longer one ends in `…`.
    const MAX_DETAIL_BYTES: usize = 768;

    /// How many alternatives of unions one value may make us try. Unions in unions multiply, so that a few
    /// hundred bytes could otherwise ask for years of work.
    const MAX_ATTEMPTS: u32 = 10_000;

    /// Adds one.
    pub fn add(&mut self, pointer: impl Into<String>, detail: impl Into<String>) {
        if self.list.len() == Self::MAX {
            self.n_more += 1;
            return;
        }
        let pointer = cut(pointer.into(), Self::MAX_POINTER_BYTES);
        let detail = cut(detail.into(), Self::MAX_DETAIL_BYTES);
        self.list.push(Violation { pointer, detail });
    }

    /// Adds that nothing stands where the contract requires a value.
    pub fn missing(&mut self, pointer: impl Into<String>) {
        self.add(pointer, "found nothing, expected a value: the contract requires it");
    }

    /// Adds that something else stands at a place than the contract expects, and says what stands there.
    pub fn expected(&mut self, at: &At<'_>, expected: impl Display) {
        if self.list.len() == Self::MAX {
            self.n_more += 1;
        } else {
            self.add(at.pointer(), format!("found {}, expected {expected}", at.found()));
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are, those included that were not kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len() + self.n_more
    }

    /// How many were not kept.
    #[must_use]
    pub fn n_more(&self) -> usize {
        self.n_more
    }

    /// Those that were kept.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// Those that were kept.
    #[must_use]
    pub fn into_vec(self) -> Vec<Violation> {
        self.list
    }

    /// `Ok` with the value when there is no violation.
    ///
    /// # Errors
    /// All violations, when there is one.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }

    /// An empty list for trying an alternative of a union; `None` when too many were tried already.
    pub(super) fn attempt(&mut self) -> Option<Self> {
        self.n_attempts += 1;
        let n_attempts = self.n_attempts;
        (n_attempts <= Self::MAX_ATTEMPTS).then(|| Self { n_attempts, ..Self::default() })
    }

    /// Takes over how many alternatives an attempt tried in turn.
    pub(super) fn count_attempts(&mut self, attempt: &Self) {
        self.n_attempts = attempt.n_attempts;
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.list.iter().enumerate() {
            let between = if index == 0 { "" } else { "; " };
            let colon = if violation.pointer.is_empty() { "" } else { ": " };
            write!(f, "{between}{}{colon}{}", violation.pointer, violation.detail)?;
        }
        if self.n_more > 0 {
            write!(f, "; and {} more", self.n_more)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// A value that was offered to a type which cannot hold it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a `{type_name}`: {violations}")]
pub struct Invalid {
    /// The type.
    pub type_name: &'static str,
    /// Why not.
    pub violations: Violations,
}

/// At most `max` bytes of a text, cut between characters.
fn cut(mut text: String, max: usize) -> String {
    if text.len() > max {
        text.truncate(text.floor_char_boundary(max));
        text.push('…');
    }
    text
}

/// A text as a report quotes it: escaped as JSON would, and shortened to what a reader needs to recognise it.
pub(crate) fn quoted(text: &str) -> String {
    const MAX_CHARS: usize = 48;
    let mut out = String::from('"');
    for (index, character) in text.chars().enumerate() {
        match character {
            _ if index == MAX_CHARS => {
                out.push('…');
                break;
            }
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
