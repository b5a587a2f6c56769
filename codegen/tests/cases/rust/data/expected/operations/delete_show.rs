// @generated from the contracts in spec/; edits are overwritten.

//! `deleteShow`: `DELETE /shows/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1{id}/delete`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Uuid, Written,
};

use crate::model::ShowSold;
use crate::tables::{ShowFields, ShowKey, Tables};

/// The input of `deleteShow`.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteShowInput {
    /// The path parameter `id`.
    pub id: Uuid,
    /// The entity tag of the version to change.
    pub if_match: Option<String>,
}

impl DeleteShowInput {
    /// Creates a value from its required fields.
    pub fn new(id: Uuid) -> Self {
        Self {
            id,
            if_match: Default::default(),
        }
    }
}

/// It is gone.
pub type DeleteShowOutput = ();

/// The error responses of `deleteShow`.
#[derive(Debug)]
pub enum DeleteShowError {
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
    DeleteShowError,
    BadRequest = problem(400),
    NotFound = problem(404),
    Conflict = problem(409),
    PreconditionFailed = problem(412)
);

impl Operation for DeleteShowInput {
    type Output = DeleteShowOutput;
    type Error = DeleteShowError;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: true,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let if_match = parts.header("If-Match").optional();
        Some(Self {
            id: id?,
            if_match: if_match?,
        })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: DeleteShowInput,
) -> Result<DeleteShowOutput, DeleteShowError> {
    let if_match = input.if_match.as_ref().map(runtime::to_text);
    let key = ShowKey { id: input.id };
    let condition = Condition::item_exists()
        .and(
            Condition::written(
                    "#sold = :v0 OR attribute_not_exists(#sold)",
                    &[("#sold", "sold")],
                )
                .value(":v0", &runtime::preset::<ShowSold>("0")),
        )
        .and(ShowFields::VERSION.tagged(if_match.as_deref()));
    match tables.show.delete_if(&key, condition).await {
        Ok(Written::Done) => Ok(()),
        Ok(
            Written::Refused(Some(found)),
        ) if !runtime::if_match(if_match.as_deref(), &found.version) => {
            let problem = Problem::new(
                412,
                "The item no longer has the version in `If-Match`.",
            );
            Err(DeleteShowError::PreconditionFailed(problem))
        }
        Ok(Written::Refused(Some(_))) => {
            Err(DeleteShowError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Ok(Written::Refused(_)) => {
            Err(DeleteShowError::NotFound(Problem::new(404, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
