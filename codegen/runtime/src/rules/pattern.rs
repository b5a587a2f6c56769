//! Patterns, compiled when they are first needed.

use std::sync::OnceLock;

use scalars::pattern::{self, TooManySteps};

/// A regular expression of ECMA-262 as the contract writes it, found anywhere in a text unless it anchors itself.
///
/// Compiled at first use, so that a function pays for the patterns it meets and not for all at its start.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<pattern::Pattern>>,
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
    ///
    /// # Errors
    /// The pattern looks around or refers back, and the text takes more steps than it may.
    pub fn is_match(&self, text: &str) -> Result<bool, TooManySteps> {
        let compiled = self.compiled.get_or_init(|| pattern::Pattern::new(self.text).ok());
        compiled.as_ref().map_or(Ok(false), |pattern| pattern.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the texts a pattern occurs in.
    fn check(pattern: &'static str, matching: &[&str], other: &[&str]) {
        let pattern = Pattern::new(pattern);
        for text in matching {
            assert_eq!(pattern.is_match(text), Ok(true), "`{}` in {text:?}", pattern.as_str());
        }
        for text in other {
            assert_eq!(pattern.is_match(text), Ok(false), "`{}` in {text:?}", pattern.as_str());
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

    #[test]
    fn steps_are_bounded() {
        let hopeless = "a".repeat(60);
        assert_eq!(Pattern::new(r"^(?=(a*)*b)").is_match(&hopeless), Err(TooManySteps));
    }
}
