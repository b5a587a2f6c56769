//! Tokens of HTTP: names of headers and of authentication schemes, and both halves of a media type.
//!
//! **Source** RFC 9110, section 5.6.2.

/// Whether a text is a token.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_sign)
}

/// Whether a token may have this sign.
pub(crate) fn is_sign(char: char) -> bool {
    char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char)
}
