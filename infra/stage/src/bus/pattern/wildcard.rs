//! Owns the `wildcard` operator. It refuses to backtrack: the text is walked once, whatever the
//! pattern.

/// A text with gaps, each of which stands for any characters, none included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wildcard {
    /// What stands before, between and after the gaps: one more than there are gaps.
    pieces: Vec<String>,
}

impl Wildcard {
    /// Reads `*` as a gap, `\*` and `\\` as the characters themselves.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let mut pieces = vec![String::new()];
        let mut characters = text.chars();
        let mut was_gap = false;
        while let Some(character) = characters.next() {
            let literal = match character {
                '*' if was_gap => return Err("Consecutive wildcard characters are not allowed"),
                '*' => {
                    pieces.push(String::new());
                    was_gap = true;
                    continue;
                }
                '\\' => match characters.next() {
                    Some(escaped @ ('*' | '\\')) => escaped,
                    _ => return Err("Invalid escape character: only \\* and \\\\ are allowed"),
                },
                other => other,
            };
            was_gap = false;
            if let Some(piece) = pieces.last_mut() {
                piece.push(literal);
            }
        }
        Ok(Self { pieces })
    }

    /// Whether the text has this form. Taking each piece where it first occurs is enough: what a
    /// later occurrence would leave for the rest is less.
    pub(super) fn matches(&self, text: &str) -> bool {
        let Some((first, rest)) = self.pieces.split_first() else { return false };
        let Some((last, middle)) = rest.split_last() else { return first == text };
        let Some(text) = text.strip_prefix(first.as_str()) else { return false };
        let Some(mut text) = text.strip_suffix(last.as_str()) else { return false };
        for piece in middle {
            match text.split_once(piece.as_str()) {
                Some((_, after)) => text = after,
                None => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Wildcard::parse(pattern).unwrap().matches(text)
    }

    #[test]
    fn gaps_stand_for_any_characters() {
        assert!(matches("*", ""));
        assert!(matches("*", "anything"));
        assert!(matches("a*", "a"));
        assert!(matches("*a", "ba"));
        assert!(matches("a*b*c", "axbxbxc"));
        assert!(matches("dir/*.png", "dir/sub/x.png"));
        assert!(!matches("a*a", "a"));
        assert!(!matches("a*b*c", "acb"));
        assert!(!matches("abc", "abcd"));
        assert!(!matches("*/lib/*", "lib/x"));
    }

    #[test]
    fn escapes_stand_for_the_character_and_others_are_refused() {
        assert!(matches(r"a\*b", "a*b"));
        assert!(!matches(r"a\*b", "axb"));
        assert!(matches(r"a\\*", r"a\rest"));
        assert!(matches(r"*\**", "x*y"));
        for bad in [r"a\b", r"a\", "a**b"] {
            assert!(Wildcard::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_pattern_made_to_backtrack_is_answered_at_once() {
        let pattern = "*a".repeat(300) + "*b";
        let text = "a".repeat(100_000);
        assert!(!matches(&pattern, &text));
    }
}
