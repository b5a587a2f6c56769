//! Credentials that only code of your own can verify: HTTP authentication other than `Bearer`.
//!
//! Owns what such code is given and what it answers. Reading a request and deciding by the answer is the authorizer's.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use serde_json::{Map, Value};

use crate::Failure;

/// What a caller sent after the name of the scheme in the header `Authorization`. It is a secret, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(String);

impl Credentials {
    pub(super) fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The text as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// User and password of `Basic` (RFC 7617, section 2); none where the text is not of that form.
    #[must_use]
    pub fn basic(&self) -> Option<(String, String)> {
        let bytes = crate::value::from_base64(&self.0)?;
        let text = String::from_utf8(bytes.to_vec()).ok()?;
        let (user, password) = text.split_once(':')?;
        Some((user.to_owned(), password.to_owned()))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// Who calls, as code of your own found out. Routes hand it to business rules as the [`crate::Caller`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Identity {
    pub(super) claims: Map<String, Value>,
    pub(super) scopes: Vec<String>,
}

impl Identity {
    /// A caller with this subject.
    #[must_use]
    pub fn new(subject: &str) -> Self {
        Self::default().with_claim("sub", subject)
    }

    /// The same caller with a scope more.
    #[must_use]
    pub fn with_scope(mut self, scope: &str) -> Self {
        self.scopes.push(scope.to_owned());
        self
    }

    /// The same caller with a claim more.
    #[must_use]
    pub fn with_claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims.insert(name.to_owned(), value.into());
        self
    }
}

/// Who calls; nobody where the credentials are wrong. A failure is answered with `500`.
pub type Verdict<'a> = Pin<Box<dyn Future<Output = Result<Option<Identity>, Failure>> + Send + 'a>>;

/// Verifies the credentials of schemes that the authorizer cannot; generated code implements it over a trait with a
/// method for each.
pub trait Verify: Send + Sync {
    /// Who calls by these credentials of a scheme of the contract.
    fn verify<'a>(&'a self, scheme: &'static str, credentials: &'a Credentials) -> Verdict<'a>;
}
