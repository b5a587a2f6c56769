//! Credentials that only code of your own can verify: HTTP authentication other than `Bearer`, an API key beside the
//! gateway's, the certificate of a client.
//!
//! Owns what such code is given and what it answers. Reading a request and deciding by the answer is the authorizer's.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::Failure;

/// What a caller sent: what follows the name of the scheme in the header `Authorization`, an API key, or a certificate.
/// It may be a secret, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    text: String,
    certificate: Option<ClientCertificate>,
}

/// The certificate of a client, which API Gateway has verified against the truststore of the API's domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ClientCertificate {
    /// The certificate in PEM.
    #[serde(rename = "clientCertPem")]
    pub pem: String,
    /// Whom it names: `CN=partner,O=Example`.
    #[serde(rename = "subjectDN")]
    pub subject: String,
    /// Who issued it.
    #[serde(rename = "issuerDN")]
    pub issuer: String,
    /// Its serial number.
    #[serde(rename = "serialNumber")]
    pub serial_number: String,
}

impl Credentials {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.trim().to_owned(), certificate: None }
    }

    pub(super) fn of_certificate(certificate: &ClientCertificate) -> Self {
        Self { text: certificate.pem.clone(), certificate: Some(certificate.clone()) }
    }

    /// The text as it was sent; of a certificate its PEM.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The certificate, where that is what the scheme asks for.
    #[must_use]
    pub fn certificate(&self) -> Option<&ClientCertificate> {
        self.certificate.as_ref()
    }

    /// User and password of `Basic` (RFC 7617, section 2); none where the text is not of that form.
    #[must_use]
    pub fn basic(&self) -> Option<(String, String)> {
        let bytes = crate::value::from_base64(&self.text)?;
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
