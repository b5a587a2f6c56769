// @generated from the contracts in spec/; edits are overwritten.

//! `listVisits`: `GET /visit/{place}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1visit~1{place}/get`

use runtime::{Failure, Operation, Parts, Query, Reply};

use crate::model::{ListVisitsMonth, ListVisitsPlace, Visit};
use crate::tables::Tables;

/// The input of `listVisits`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListVisitsInput {
    /// The path parameter `place`.
    pub place: ListVisitsPlace,
    /// The query parameter `month`.
    pub month: Option<ListVisitsMonth>,
}

impl ListVisitsInput {
    /// Creates a value from its required fields.
    pub fn new(place: ListVisitsPlace) -> Self {
        Self {
            place,
            month: Default::default(),
        }
    }
}

/// The visits.
pub type ListVisitsOutput = Vec<Visit>;

/// The error responses of `listVisits`.
#[derive(Debug)]
pub enum ListVisitsError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListVisitsError);

impl Operation for ListVisitsInput {
    type Output = ListVisitsOutput;
    type Error = ListVisitsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let place = parts.path("place").required();
        let month = parts.query("month").optional();
        Some(Self {
            place: place?,
            month: month?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListVisitsInput,
) -> Result<ListVisitsOutput, ListVisitsError> {
    let query = Query::partition(&input.place)
        .maybe(input.month.as_ref(), |query, month| query.sort_begins_with(month));
    match tables.visit.all(query).await {
        Ok(items) => Ok(items),
        Err(error) => Err(error.into()),
    }
}
