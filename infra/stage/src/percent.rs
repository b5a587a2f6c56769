//! Percent-encoding, read: the one decoder of paths, queries and forms.

use std::borrow::Cow;

/// Decodes `%XX`, and `+` as a space where `plus_is_space`. What is no valid escape stays as it is.
pub(crate) fn bytes(text: &str, plus_is_space: bool) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digit =
            |offset: usize| bytes.get(at + offset).and_then(|byte| char::from(*byte).to_digit(16));
        match (byte, digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'+', ..) if plus_is_space => out.push(b' '),
            (byte, ..) => out.push(*byte),
        }
        at += 1;
    }
    out
}

/// A text of a query or form, decoded. What is no UTF-8 then is replaced.
pub(crate) fn form(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(lossy(bytes(text, true)))
}

/// A path, decoded: `+` is itself in it.
pub(crate) fn path(text: &str) -> String {
    lossy(bytes(text, false))
}

fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_hexadecimal_digits_are_an_escape() {
        for (text, decoded) in [
            ("a%2Fb%2fc", "a/b/c"),
            ("%+5", "% 5"),
            ("%-1", "%-1"),
            ("%4", "%4"),
            ("%", "%"),
            ("%%41", "%A"),
            ("a+b", "a b"),
            ("%C3%BC%FF", "ü\u{fffd}"),
        ] {
            assert_eq!(form(text), decoded, "{text}");
        }
        assert_eq!(path("a+b%20c"), "a+b c");
    }
}
