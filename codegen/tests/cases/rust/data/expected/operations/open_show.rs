// @generated from the contracts in spec/; edits are overwritten.

//! `openShow`: `POST /shows/{id}/open`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1{id}~1open/post`

use runtime::{
    Failure, Operation, Parts, Preconditions, Problem, Reply, Timestamp, Update, Updated,
    Uuid,
};

use crate::model::{OpenShowBody, Show, Status};
use crate::tables::{ShowFields, ShowKey, Tables};

/// The input of `openShow`.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenShowInput {
    /// The path parameter `id`.
    pub id: Uuid,
    /// The entity tag of the version to change.
    pub if_match: Option<String>,
    /// The body, `application/json`.
    pub body: OpenShowBody,
}

impl OpenShowInput {
    /// Creates a value from its required fields.
    pub fn new(id: Uuid, body: OpenShowBody) -> Self {
        Self {
            id,
            if_match: Default::default(),
            body,
        }
    }
}

/// The show.
pub type OpenShowOutput = Show;

/// The error responses of `openShow`.
#[derive(Debug)]
pub enum OpenShowError {
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
    OpenShowError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409),
    PreconditionFailed = problem(412)
);

impl Operation for OpenShowInput {
    type Output = OpenShowOutput;
    type Error = OpenShowError;
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
    input: OpenShowInput,
) -> Result<OpenShowOutput, OpenShowError> {
    let if_match = input.if_match.as_ref().map(runtime::to_text);
    let key = ShowKey {
        id: Clone::clone(&input.id),
    };
    let update = Update::new()
        .add(ShowFields::VERSION, &1_i64)
        .set(ShowFields::UPDATED_AT, &Timestamp::now())
        .follow_states()
        .when(ShowFields::VERSION.tagged(if_match.as_deref()));
    let update = update.set(ShowFields::STATUS, &runtime::preset::<Status>("\"open\""));
    let update = update.set(ShowFields::OPENED_AT, &Timestamp::now());
    let update = match &input.body.title {
        Some(title) => update.set(ShowFields::TITLE, title),
        None => update,
    };
    let update = update.remove(ShowFields::NOTE);
    match tables.show.update(&key, update).await {
        Ok(Updated::Done(item)) => Ok(item),
        Ok(
            Updated::Refused(Some(found)),
        ) if !runtime::if_match(if_match.as_deref(), &found.version) => {
            let problem = Problem::new(
                412,
                "The item no longer has the version in `If-Match`.",
            );
            Err(OpenShowError::PreconditionFailed(problem))
        }
        Ok(Updated::Refused(Some(_))) => {
            Err(OpenShowError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Updated::Refused(_)) => {
            Err(OpenShowError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
