//! What a value does wrong: where, what was found, and what the contract expects.
//!
//! Owns the bounds that keep a report small whatever was sent. Refuses to echo a value that is marked secret.

use std::collections::HashMap;
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
    trial: Trial,
}

impl Violations {
    /// How many are kept.
    pub const MAX: usize = 100;

    /// The longest pointer, in bytes; a longer one ends in `…`.
    const MAX_POINTER_BYTES: usize = 1024;

    /// The longest detail, in bytes; a longer one ends in `…`.
    const MAX_DETAIL_BYTES: usize = 768;

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

    /// Whether these are of an alternative that is only tried.
    pub(crate) fn is_attempt(&self) -> bool {
        self.trial.is_attempt
    }

    /// What is known of an alternative at a place.
    pub(super) fn verdict(&self, alternative: Tried) -> Option<bool> {
        self.trial.verdicts.get(&alternative).copied()
    }

    /// Tries an alternative with a list of its own, and remembers whether it fits.
    pub(super) fn attempt<T>(
        &mut self,
        alternative: Option<Tried>,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Result<T, Self> {
        let verdicts = std::mem::take(&mut self.trial.verdicts);
        let mut scratch = Self { trial: Trial { is_attempt: true, verdicts }, ..Self::default() };
        let value = read(&mut scratch);
        self.trial.verdicts = std::mem::take(&mut scratch.trial.verdicts);
        let result = scratch.or(value);
        if let Some(alternative) = alternative {
            self.trial.verdicts.insert(alternative, result.is_ok());
        }
        if !self.trial.is_attempt {
            // Only while a value is looked at does its address tell it apart.
            self.trial.verdicts.clear();
        }
        result
    }

    /// Takes over the violations of a value that was read on its own.
    pub(crate) fn extend(&mut self, others: Self) {
        self.n_more += others.n_more;
        others.list.into_iter().for_each(|violation| self.add(violation.pointer, violation.detail));
    }
}

/// An alternative of a union, by the address of the function that reads it, and the address of a value.
pub(super) type Tried = (usize, usize);

/// What was found out while alternatives of unions are tried: without it, unions within unions would be tried over and
/// over, and a few hundred bytes could ask for years of work. No part of the report.
#[derive(Debug, Clone, Default)]
struct Trial {
    is_attempt: bool,
    verdicts: HashMap<Tried, bool>,
}

impl PartialEq for Trial {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Trial {}

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
