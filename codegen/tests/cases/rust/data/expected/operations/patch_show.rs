// @generated from the contracts in spec/; edits are overwritten.

//! `patchShow`: `PATCH /shows/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1{id}/patch`

use runtime::{
    Failure, Operation, Parts, Patched, Preconditions, Problem, Reply, Timestamp, Update,
    Uuid,
};

use crate::model::{Show, ShowPatch};
use crate::tables::{ShowFields, ShowKey, Tables};

/// The input of `patchShow`.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchShowInput {
    /// The path parameter `id`.
    pub id: Uuid,
    /// The entity tag of the version to change.
    pub if_match: Option<String>,
    /// The body, `application/merge-patch+json`.
    pub body: ShowPatch,
}

impl PatchShowInput {
    /// Creates a value from its required fields.
    pub fn new(id: Uuid, body: ShowPatch) -> Self {
        Self {
            id,
            if_match: Default::default(),
            body,
        }
    }
}

/// The show.
pub type PatchShowOutput = Show;

/// The error responses of `patchShow`.
#[derive(Debug)]
pub enum PatchShowError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `404`: What is wrong.
    NotFound(Problem),
    /// `409`: What is wrong.
    Conflict(Problem),
    /// `412`: The item no longer has the version in `If-Match`.
    PreconditionFailed(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    PatchShowError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409),
    PreconditionFailed = problem(412)
);

impl Operation for PatchShowInput {
    type Output = PatchShowOutput;
    type Error = PatchShowError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: true,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let if_match = parts.header("If-Match").optional();
        let body = parts.json("application/merge-patch+json").required();
        Some(Self {
            id: id?,
            if_match: if_match?,
            body: body?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer).etag(&answer.version)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PatchShowInput,
) -> Result<PatchShowOutput, PatchShowError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(PatchShowError::BadRequest(problem.with_status(400)));
    }
    let if_match = input.if_match.as_ref().map(runtime::to_text);
    let key = ShowKey { id: input.id };
    let update = Update::new()
        .add(ShowFields::VERSION, &1_i64)
        .set(ShowFields::UPDATED_AT, &Timestamp::now())
        .follow_states()
        .when(ShowFields::VERSION.tagged(if_match.as_deref()));
    match tables
        .show
        .patch(
            &key,
            &input.body,
            &["id", "sold", "openedAt", "createdAt", "updatedAt", "version"],
            update,
        )
        .await
    {
        Ok(Patched::Done(item)) => Ok(item),
        Ok(
            Patched::Refused(found),
        ) if !runtime::if_match(if_match.as_deref(), &found.version) => {
            let problem = Problem::new(
                412,
                "The item no longer has the version in `If-Match`.",
            );
            Err(PatchShowError::PreconditionFailed(problem))
        }
        Ok(Patched::Refused(_)) => {
            Err(PatchShowError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Patched::Missing) => {
            Err(PatchShowError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Ok(Patched::Invalid(problem)) => {
            Err(PatchShowError::BadRequest(problem.with_status(400)))
        }
        Err(error) => Err(error.into()),
    }
}
