//! Steps of JSON pointers.
//!
//! **Source** RFC 6901, sections 3 and 4.

use std::borrow::Cow;

/// A key as a step of a pointer: `~` is written `~0`, and `/` is written `~1`.
#[must_use]
pub fn escape(key: &str) -> Cow<'_, str> {
    match key.contains(['~', '/']) {
        true => Cow::Owned(key.replace('~', "~0").replace('/', "~1")),
        false => Cow::Borrowed(key),
    }
}

/// The key that a step stands for: the opposite of [`escape`].
#[must_use]
pub fn unescape(step: &str) -> String {
    match step.contains('~') {
        true => step.replace("~1", "/").replace("~0", "~"),
        false => step.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_steps_and_back() {
        for (key, step) in [("a", "a"), ("", ""), ("a/b", "a~1b"), ("~1", "~01"), ("/~", "~1~0")] {
            assert_eq!(escape(key), step);
            assert_eq!(unescape(step), key);
        }
    }
}
