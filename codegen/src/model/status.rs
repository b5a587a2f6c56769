//! The keys of responses, and which statuses each stands for.

use std::fmt;

/// A response's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `404`
    Code(u16),
    /// `4XX`: the first digit.
    Range(u8),
    /// `default`
    Default,
}

impl Status {
    /// Reads a key; `4xx` is taken for `4XX`. None for what is no status of HTTP.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        let digit = |byte: u8| matches!(byte, b'1'..=b'5').then(|| byte - b'0');
        match key.as_bytes() {
            b"default" => Some(Self::Default),
            [first, b'X', b'X'] | [first, b'x', b'x'] => digit(*first).map(Self::Range),
            [first, rest @ ..] if rest.len() == 2 && rest.iter().all(u8::is_ascii_digit) => {
                digit(*first)?;
                key.parse().ok().map(Self::Code)
            }
            _ => None,
        }
    }

    /// The keys that stand for a status, the most specific first (OpenAPI, Responses Object).
    #[must_use]
    pub fn fallbacks(status: u16) -> [Self; 3] {
        let first = u8::try_from(status / 100).unwrap_or(u8::MAX);
        [Self::Code(status), Self::Range(first), Self::Default]
    }

    /// Whether the key stands for a status, unless a more specific one does.
    #[must_use]
    pub fn has(self, status: u16) -> bool {
        Self::fallbacks(status).contains(&self)
    }
}

/// As OpenAPI writes it: `404`, `4XX`, `default`.
impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(out, "{code}"),
            Self::Range(first) => write!(out, "{first}XX"),
            Self::Default => out.write_str("default"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_written() {
        for key in ["100", "404", "599", "1XX", "5XX", "default"] {
            assert_eq!(Status::of(key).map(|status| status.to_string()).as_deref(), Some(key));
        }
        assert_eq!(Status::of("4xx"), Some(Status::Range(4)));
        for key in ["", "99", "600", "6XX", "+4XX", "+40", "4Xx", "5foo", "Default", "x-more", "4é"]
        {
            assert_eq!(Status::of(key), None, "{key}");
        }
    }

    #[test]
    fn a_key_has_its_statuses() {
        assert!(Status::Code(404).has(404) && !Status::Code(404).has(405));
        assert!(Status::Range(4).has(499) && !Status::Range(4).has(500));
        assert!(Status::Default.has(200) && !Status::Range(255).has(404));
    }
}
