// @generated from the contracts in spec/; edits are overwritten.

//! For credentials that your own code verifies: implement [`Callers`], and call [`run`] in a binary
//! named `authorizer`.

use std::future::Future;

use runtime::{
    Credentials, Error, Failure, Identity, Verdict, Verify, run_authorizer_with,
};

use super::GUARDS;

/// Verifies credentials that the generated authorizer cannot verify.
pub trait Callers: Send + Sync + 'static {
    /// Identifies the caller by HTTP authentication `basic`; `None` when the credentials are wrong.
    ///
    /// Contract: `spec/shop/openapi.yaml#/components/securitySchemes/staff`
    ///
    /// # Errors
    /// The credentials cannot be checked: the caller gets `500`.
    fn staff(
        &self,
        credentials: &Credentials,
    ) -> impl Future<Output = Result<Option<Identity>, Failure>> + Send;

    /// Identifies the caller by HTTP authentication `hoba`; `None` when the credentials are wrong.
    ///
    /// Contract: `spec/shop/openapi.yaml#/components/securitySchemes/partner`
    ///
    /// # Errors
    /// The credentials cannot be checked: the caller gets `500`.
    fn partner(
        &self,
        credentials: &Credentials,
    ) -> impl Future<Output = Result<Option<Identity>, Failure>> + Send;

    /// Identifies the caller by the API key `X-Till`; `None` when the credentials are wrong.
    ///
    /// Contract: `spec/shop/openapi.yaml#/components/securitySchemes/till`
    ///
    /// # Errors
    /// The credentials cannot be checked: the caller gets `500`.
    fn till(
        &self,
        credentials: &Credentials,
    ) -> impl Future<Output = Result<Option<Identity>, Failure>> + Send;

    /// Identifies the caller by the certificate of the client; `None` when the credentials are wrong.
    ///
    /// Contract: `spec/shop/openapi.yaml#/components/securitySchemes/partnerBank`
    ///
    /// # Errors
    /// The credentials cannot be checked: the caller gets `500`.
    fn partner_bank(
        &self,
        credentials: &Credentials,
    ) -> impl Future<Output = Result<Option<Identity>, Failure>> + Send;
}

struct Asked<C>(C);

impl<C: Callers> Verify for Asked<C> {
    fn verify<'a>(
        &'a self,
        scheme: &'static str,
        credentials: &'a Credentials,
    ) -> Verdict<'a> {
        Box::pin(async move {
            match scheme {
                "staff" => self.0.staff(credentials).await,
                "partner" => self.0.partner(credentials).await,
                "till" => self.0.till(credentials).await,
                "partnerBank" => self.0.partner_bank(credentials).await,
                _ => Ok(None),
            }
        })
    }
}

/// Runs the authorizer. Call it in `main`.
///
/// # Errors
/// The process is not a Lambda function, an environment variable is missing, or the Runtime API fails.
pub fn run(callers: impl Callers) -> Result<(), Error> {
    run_authorizer_with(&GUARDS, Some(Box::new(Asked(callers))))
}
