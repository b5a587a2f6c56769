// @generated from the contracts in spec/; edits are overwritten.

//! `getShows`: `GET /shows/some`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1some/get`

use runtime::{Failure, ListRules, Operation, Parts, Problem, Reply, Uuid};

use crate::model::Show;
use crate::tables::{ShowKey, Tables};

/// The input of `getShows`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetShowsInput {
    /// The query parameter `ids`.
    pub ids: Vec<Uuid>,
}

impl GetShowsInput {
    /// Creates a value from its required fields.
    pub fn new(ids: Vec<Uuid>) -> Self {
        Self { ids }
    }
}

/// The shows.
pub type GetShowsOutput = Vec<Show>;

/// The error responses of `getShows`.
#[derive(Debug)]
pub enum GetShowsError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(GetShowsError, BadRequest = problem(400));

impl Operation for GetShowsInput {
    type Output = GetShowsOutput;
    type Error = GetShowsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let ids = parts
            .query("ids")
            .repeated()
            .required_as(runtime::list(ListRules::new().max_items(50)));
        Some(Self { ids: ids? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: GetShowsInput,
) -> Result<GetShowsOutput, GetShowsError> {
    let mut keys = Vec::with_capacity(input.ids.len());
    for one in input.ids {
        keys.push(ShowKey { id: one });
    }
    match tables.show.get_all(&keys).await {
        Ok(items) => Ok(items),
        Err(error) => Err(error.into()),
    }
}
