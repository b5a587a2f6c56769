//! Patterns, compiled when they are first needed.

use std::sync::OnceLock;

use regex::Regex;

/// A regular expression, found anywhere in a text unless it anchors itself; in the dialect of the `regex` crate, into
/// which the generator translates what contracts write (ECMA-262).
///
/// Compiled at first use, so that a function pays for the patterns it meets and not for all at its start.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern that the generator has seen to compile.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// The pattern.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether it occurs in a text. A pattern that does not compile, which the generator refuses, occurs nowhere.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.text).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the texts a pattern occurs in.
    fn check(pattern: &'static str, matching: &[&str], other: &[&str]) {
        let pattern = Pattern::new(pattern);
        for text in matching {
            assert!(pattern.is_match(text), "`{}` does not match {text:?}", pattern.as_str());
        }
        for text in other {
            assert!(!pattern.is_match(text), "`{}` matches {text:?}", pattern.as_str());
        }
    }

    #[test]
    fn patterns_are_not_anchored_unless_they_say_so() {
        check("b+", &["abba"], &["aa"]);
        check("^b+$", &["bb"], &["abba", "bb\n"]);
    }

    #[test]
    fn a_pattern_that_does_not_compile_occurs_nowhere() {
        check("(", &[], &["", "("]);
    }
}
