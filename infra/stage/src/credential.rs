//! What a caller shows a system, and what carries it in a request.

use std::fmt;

/// What carries a credential in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A header.
    Header,
    /// A parameter of the query.
    Query,
    /// A cookie.
    Cookie,
}

impl Carrier {
    /// Its name in a sentence.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Query => "query parameter",
            Self::Cookie => "cookie",
        }
    }

    /// Whether two names are those of one thing: headers' have no case.
    #[must_use]
    pub fn is_same(self, one: &str, other: &str) -> bool {
        match self {
            Self::Header => one.eq_ignore_ascii_case(other),
            Self::Query | Self::Cookie => one == other,
        }
    }
}

/// A credential of a request. Its value is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// What carries it.
    pub carrier: Carrier,
    /// The name of the header, parameter or cookie.
    pub name: String,
    /// The value.
    pub value: String,
}

impl Credential {
    /// A credential in a carrier.
    #[must_use]
    pub fn new(carrier: Carrier, name: &str, value: String) -> Self {
        Self { carrier, name: name.to_owned(), value }
    }

    /// A bearer token in `Authorization`.
    #[must_use]
    pub fn bearer(token: &str) -> Self {
        Self::new(Carrier::Header, "authorization", format!("Bearer {token}"))
    }

    /// Whether it takes the place of another one.
    #[must_use]
    pub fn replaces(&self, other: &Self) -> bool {
        self.carrier == other.carrier && self.carrier.is_same(&self.name, &other.name)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} = …", self.carrier.noun(), self.name)
    }
}

/// An API key as a command line gives it: the name by which the contract has it sent, and its value.
///
/// # Errors
/// Not of the form `NAME=VALUE`. The text is not repeated.
pub fn api_key(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => {
            Err("write NAME=VALUE, with the name of the header, query parameter or cookie"
                .to_owned())
        }
    }
}
