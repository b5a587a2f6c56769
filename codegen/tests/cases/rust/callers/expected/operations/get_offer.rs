// @generated from the contracts in spec/; edits are overwritten.

//! `getOffer`: `GET /offer`.
//!
//! Read an offer, which is better for those who are known

use runtime::{Access, Context, Failure, Means, Problem, Reply, Request, Requirement};

use super::Operations;

/// What `getOffer` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1offer/get`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetOfferInput {}

/// It is there.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1offer/get/responses/204`
pub type GetOfferOutput = ();

/// How `getOffer` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum GetOfferError {
    /// The credentials are missing or not valid.
    ///
    /// - **Status** `401`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1offer/get`
    Unauthorized(Problem),
    /// The credentials do not allow it.
    ///
    /// - **Status** `403`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1offer/get`
    Forbidden(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for GetOfferError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(_: &Request) -> Result<GetOfferInput, Problem> {
    Ok(GetOfferInput {})
}

fn reply((): GetOfferOutput) -> Reply {
    Reply::empty(204)
}

impl From<GetOfferError> for Reply {
    fn from(error: GetOfferError) -> Self {
        match error {
            GetOfferError::Unauthorized(answer) => {
                Reply::problem(answer.with_status(401))
            }
            GetOfferError::Forbidden(answer) => Reply::problem(answer.with_status(403)),
            GetOfferError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Who may call: one of these, with all that it asks for.
const ACCESS: &Access = &[
    &[
        Requirement {
            scheme: "login",
            means: Means::Token,
            scopes: &[],
        },
    ],
    &[],
];

/// Answers a request.
pub(crate) async fn handle<O: Operations>(
    operations: &O,
    cx: &Context,
    request: &Request,
) -> Reply {
    if let Err(denied) = cx.caller.check(ACCESS) {
        return denied.reply("Bearer");
    }
    match read(request) {
        Ok(input) => {
            match operations.get_offer(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
