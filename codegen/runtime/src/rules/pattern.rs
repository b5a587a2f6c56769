//! Patterns, compiled when they are first needed.

use std::sync::OnceLock;

use regex::Regex;

/// A regular expression of a contract (JSON Schema, section 6.4: ECMA-262), found anywhere in a text unless it
/// anchors itself.
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

    /// The pattern as the contract writes it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether it occurs in a text. A pattern that does not compile, which the generator refuses, occurs nowhere.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(&from_ecma(self.text)).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// The pattern in the dialect of the `regex` crate, where the two differ: `\d`, `\w` and `\b` mean ASCII in ECMA-262,
/// and `[`, `&&`, `--` and `~~` have no meaning of their own inside a class.
fn from_ecma(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut before = None;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('d') => out.push_str("[0-9]"),
                Some('D') => out.push_str("[^0-9]"),
                Some('w') => out.push_str("[0-9A-Za-z_]"),
                Some('W') => out.push_str("[^0-9A-Za-z_]"),
                Some('b') if !in_class => out.push_str(r"(?-u:\b)"),
                Some('b') => out.push_str(r"\x08"),
                Some('B') => out.push_str(r"(?-u:\B)"),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            '[' if in_class => out.push_str(r"\["),
            '[' => {
                in_class = true;
                out.push('[');
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            '&' | '-' | '~' if in_class && before == Some(character) => {
                out.extend(['\\', character])
            }
            other => out.push(other),
        }
        before = Some(character);
    }
    out
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
    fn classes_mean_what_they_mean_in_ecma_262() {
        check(r"^\d$", &["7"], &["\u{0667}", "a"]);
        check(r"^[\d.]$", &["7", "."], &["\u{0667}"]);
        check(r"^\w$", &["_"], &["é"]);
        check(r"^[^\W_]+$", &["a1"], &["_", "é"]);
        check(r"^[[]$", &["["], &["]"]);
        check(r"^[a&&b]+$", &["&", "ab"], &["c"]);
        check(r"^[+--]$", &["+", ",", "-"], &["."]);
        check(r"\bcat\b", &["a cat", "écaté"], &["cats"]);
        check(r"^[\b]$", &["\u{8}"], &["b"]);
    }

    #[test]
    fn a_pattern_that_does_not_compile_occurs_nowhere() {
        check("(", &[], &["", "("]);
    }
}
