// @generated from the contracts in spec/; edits are overwritten.

//! `getReport`: `GET /report`.
//!
//! Read the report, by a signature

use runtime::{Access, Context, Failure, Means, Problem, Reply, Request, Requirement};

use super::Operations;

/// What `getReport` takes.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1report/get`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetReportInput {}

/// It is there.
///
/// - **Status** `204`
/// - **Source** `spec/shop/openapi.yaml#/paths/~1report/get/responses/204`
pub type GetReportOutput = ();

/// How `getReport` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum GetReportError {
    /// The credentials are missing or not valid.
    ///
    /// - **Status** `401`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1report/get`
    Unauthorized(Problem),
    /// The credentials do not allow it.
    ///
    /// - **Status** `403`
    /// - **Source** `spec/shop/openapi.yaml#/paths/~1report/get`
    Forbidden(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for GetReportError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(_: &Request) -> Result<GetReportInput, Problem> {
    Ok(GetReportInput {})
}

fn reply((): GetReportOutput) -> Reply {
    Reply::empty(204)
}

impl From<GetReportError> for Reply {
    fn from(error: GetReportError) -> Self {
        match error {
            GetReportError::Unauthorized(answer) => {
                Reply::problem(answer.with_status(401))
            }
            GetReportError::Forbidden(answer) => Reply::problem(answer.with_status(403)),
            GetReportError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Who may call: one of these, with all that it asks for.
const ACCESS: &Access = &[
    &[
        Requirement {
            scheme: "signed",
            means: Means::Signature,
            scopes: &[],
        },
    ],
];

/// Answers a request.
pub(crate) async fn handle<O: Operations>(
    operations: &O,
    cx: &Context,
    request: &Request,
) -> Reply {
    if let Err(denied) = cx.caller.check(ACCESS) {
        return denied.reply("");
    }
    match read(request) {
        Ok(input) => {
            match operations.get_report(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}
