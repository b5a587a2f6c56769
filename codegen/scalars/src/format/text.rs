//! The formats that are checked as text, by name.

use std::fmt::{self, Debug};

use super::{host, pointer, time, uri};

/// A format that is checked as text: its name, what it is, and its grammar.
///
/// A constant for each, so that a program holds the grammars of the formats that it uses and of no other.
#[derive(Clone, Copy)]
pub struct TextFormat(&'static Definition);

struct Definition {
    name: &'static str,
    what: &'static str,
    example: &'static str,
    source: &'static str,
    is_met_by: fn(&str) -> bool,
}

impl TextFormat {
    /// `email` (RFC 5321)
    pub const EMAIL: Self = Self(&Definition {
        name: "email",
        what: "an email address",
        example: "ada@example.com",
        source: "RFC 5321",
        is_met_by: host::is_email,
    });
    /// `idn-email` (RFC 6531)
    pub const IDN_EMAIL: Self = Self(&Definition {
        name: "idn-email",
        what: "an email address of any script",
        example: "ada@example.com",
        source: "RFC 6531",
        is_met_by: host::is_idn_email,
    });
    /// `hostname` (RFC 1123)
    pub const HOSTNAME: Self = Self(&Definition {
        name: "hostname",
        what: "a host name",
        example: "example.com",
        source: "RFC 1123",
        is_met_by: host::is_hostname,
    });
    /// `idn-hostname` (RFC 5890)
    pub const IDN_HOSTNAME: Self = Self(&Definition {
        name: "idn-hostname",
        what: "a host name of any script",
        example: "example.com",
        source: "RFC 5890",
        is_met_by: host::is_idn_hostname,
    });
    /// `ipv4` (RFC 2673)
    pub const IPV4: Self = Self(&Definition {
        name: "ipv4",
        what: "an IPv4 address",
        example: "192.0.2.1",
        source: "RFC 2673",
        is_met_by: host::is_ipv4,
    });
    /// `ipv6` (RFC 4291)
    pub const IPV6: Self = Self(&Definition {
        name: "ipv6",
        what: "an IPv6 address",
        example: "2001:db8::1",
        source: "RFC 4291",
        is_met_by: host::is_ipv6,
    });
    /// `uri` (RFC 3986)
    pub const URI: Self = Self(&Definition {
        name: "uri",
        what: "a URI",
        example: "https://example.com/a",
        source: "RFC 3986",
        is_met_by: uri::is_uri,
    });
    /// `uri-reference` (RFC 3986)
    pub const URI_REFERENCE: Self = Self(&Definition {
        name: "uri-reference",
        what: "a URI or relative reference",
        example: "/a",
        source: "RFC 3986",
        is_met_by: uri::is_uri_reference,
    });
    /// `iri` (RFC 3987)
    pub const IRI: Self = Self(&Definition {
        name: "iri",
        what: "an IRI",
        example: "https://example.com/a",
        source: "RFC 3987",
        is_met_by: uri::is_iri,
    });
    /// `iri-reference` (RFC 3987)
    pub const IRI_REFERENCE: Self = Self(&Definition {
        name: "iri-reference",
        what: "an IRI or relative reference",
        example: "/a",
        source: "RFC 3987",
        is_met_by: uri::is_iri_reference,
    });
    /// `uri-template` (RFC 6570)
    pub const URI_TEMPLATE: Self = Self(&Definition {
        name: "uri-template",
        what: "a URI template",
        example: "/users/{id}",
        source: "RFC 6570",
        is_met_by: pointer::is_uri_template,
    });
    /// `json-pointer` (RFC 6901)
    pub const JSON_POINTER: Self = Self(&Definition {
        name: "json-pointer",
        what: "a JSON pointer",
        example: "/a/0",
        source: "RFC 6901",
        is_met_by: pointer::is_json_pointer,
    });
    /// `relative-json-pointer` (Relative JSON Pointers)
    pub const RELATIVE_JSON_POINTER: Self = Self(&Definition {
        name: "relative-json-pointer",
        what: "a relative JSON pointer",
        example: "1/a",
        source: "Relative JSON Pointers",
        is_met_by: pointer::is_relative_json_pointer,
    });
    /// `regex` (ECMA-262)
    pub const REGEX: Self = Self(&Definition {
        name: "regex",
        what: "a regular expression",
        example: "^[a-z]+$",
        source: "ECMA-262",
        is_met_by: is_regex,
    });
    /// `time` (RFC 3339)
    pub const TIME: Self = Self(&Definition {
        name: "time",
        what: "a time of day",
        example: "12:00:00Z",
        source: "RFC 3339",
        is_met_by: time::is_time,
    });
    /// `duration` (RFC 3339)
    pub const DURATION: Self = Self(&Definition {
        name: "duration",
        what: "a duration",
        example: "PT15M",
        source: "RFC 3339",
        is_met_by: time::is_duration,
    });
    /// `base64url` (RFC 4648)
    pub const BASE64URL: Self = Self(&Definition {
        name: "base64url",
        what: "base64 for URLs",
        example: "aGk",
        source: "RFC 4648",
        is_met_by: super::is_base64url,
    });

    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::EMAIL,
        Self::IDN_EMAIL,
        Self::HOSTNAME,
        Self::IDN_HOSTNAME,
        Self::IPV4,
        Self::IPV6,
        Self::URI,
        Self::URI_REFERENCE,
        Self::IRI,
        Self::IRI_REFERENCE,
        Self::URI_TEMPLATE,
        Self::JSON_POINTER,
        Self::RELATIVE_JSON_POINTER,
        Self::REGEX,
        Self::TIME,
        Self::DURATION,
        Self::BASE64URL,
    ];

    /// The format that a contract calls so; none when it is not checked as text.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.0.name == name)
    }

    /// What contracts call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// What a text of the format is, in words.
    #[must_use]
    pub const fn what(self) -> &'static str {
        self.0.what
    }

    /// A text of the format.
    #[must_use]
    pub const fn example(self) -> &'static str {
        self.0.example
    }

    /// The document that defines it.
    #[must_use]
    pub const fn source(self) -> &'static str {
        self.0.source
    }

    /// Whether a text has the format.
    #[must_use]
    pub fn is_met_by(self, text: &str) -> bool {
        (self.0.is_met_by)(text)
    }
}

fn is_regex(text: &str) -> bool {
    crate::Pattern::new(text).is_ok()
}

impl PartialEq for TextFormat {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for TextFormat {}

impl Debug for TextFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_one() {
        for format in TextFormat::ALL {
            assert!(format.is_met_by(format.example()), "{format:?}");
            assert!(!format.is_met_by("\u{0} \\"), "{format:?}");
            assert_eq!(TextFormat::named(format.name()), Some(*format));
        }
    }
}
