// @generated from the contracts in spec/; edits are overwritten.

//! `replaceShow`: `PUT /shows/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1{id}/put`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Timestamp,
    Update, Updated, Uuid,
};

use crate::model::{Show, ShowRequest, Status};
use crate::tables::{ShowFields, ShowKey, Tables};

/// The input of `replaceShow`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplaceShowInput {
    /// The path parameter `id`.
    pub id: Uuid,
    /// The entity tag of the version to change.
    pub if_match: Option<String>,
    /// The body, `application/json`.
    pub body: ShowRequest,
}

impl ReplaceShowInput {
    /// Creates a value from its required fields.
    pub fn new(id: Uuid, body: ShowRequest) -> Self {
        Self {
            id,
            if_match: Default::default(),
            body,
        }
    }
}

/// The show.
pub type ReplaceShowOutput = Show;

/// The error responses of `replaceShow`.
#[derive(Debug)]
pub enum ReplaceShowError {
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
    ReplaceShowError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409),
    PreconditionFailed = problem(412)
);

impl Operation for ReplaceShowInput {
    type Output = ReplaceShowOutput;
    type Error = ReplaceShowError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: true,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let if_match = parts.header("If-Match").optional();
        let body = parts.json("application/json").required();
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
    input: ReplaceShowInput,
) -> Result<ReplaceShowOutput, ReplaceShowError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(ReplaceShowError::BadRequest(problem.with_status(400)));
    }
    let if_match = input.if_match.as_ref().map(runtime::to_text);
    let key = ShowKey { id: input.id };
    let update = Update::new()
        .replace(
            &input.body,
            &["city", "startsAt", "title", "note", "mood", "setup", "status", "price"],
            &["id", "sold", "openedAt", "createdAt", "updatedAt", "version"],
        )?
        .add(ShowFields::VERSION, &1_i64)
        .set(ShowFields::UPDATED_AT, &Timestamp::now())
        .follow_states()
        .when(
            Condition::written(
                    "#status = :draft OR #status = :open",
                    &[("#status", "status")],
                )
                .value(":draft", &runtime::preset::<Status>("\"draft\""))
                .value(":open", &runtime::preset::<Status>("\"open\""))
                .and(ShowFields::VERSION.tagged(if_match.as_deref())),
        );
    match tables.show.update(&key, update).await {
        Ok(Updated::Done(item)) => Ok(item),
        Ok(
            Updated::Refused(Some(found)),
        ) if !runtime::if_match(if_match.as_deref(), &found.version) => {
            let problem = Problem::new(
                412,
                "The item no longer has the version in `If-Match`.",
            );
            Err(ReplaceShowError::PreconditionFailed(problem))
        }
        Ok(Updated::Refused(Some(_))) => {
            Err(ReplaceShowError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Updated::Refused(_)) => {
            Err(ReplaceShowError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
