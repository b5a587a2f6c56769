// @generated from the contracts in spec/; edits are overwritten.

//! Credentials that code of your own verifies: implement [`Callers`], and call [`run`] in a program that is
//! called `authorizer`.

use std::future::Future;

use runtime::{
    Credentials, Error, Failure, Identity, Verdict, Verify, run_authorizer_with,
};

use super::GUARDS;

/// Verifies what the generated authorizer cannot.
pub trait Callers: Send + Sync + 'static {
    /// Who calls by HTTP authentication `basic`; none where the credentials are wrong.
    ///
    /// Contract: `spec/shop/openapi.yaml#/components/securitySchemes/staff`
    ///
    /// # Errors
    /// Nobody can tell: the caller gets `500`.
    fn staff(
        &self,
        credentials: &Credentials,
    ) -> impl Future<Output = Result<Option<Identity>, Failure>> + Send;

    /// Who calls by HTTP authentication `hoba`; none where the credentials are wrong.
    ///
    /// Contract: `spec/shop/openapi.yaml#/components/securitySchemes/partner`
    ///
    /// # Errors
    /// Nobody can tell: the caller gets `500`.
    fn partner(
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
                _ => Ok(None),
            }
        })
    }
}

/// Runs the authorizer: the body of a program's `main`.
///
/// # Errors
/// When the process is no Lambda function, a variable of its environment is missing, or the Runtime API fails.
pub fn run(callers: impl Callers) -> Result<(), Error> {
    run_authorizer_with(&GUARDS, Some(Box::new(Asked(callers))))
}
