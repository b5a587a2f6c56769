// @generated from the contracts in spec/; edits are overwritten.

//! `findVenues`: `GET /venues/{city}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply};

use crate::model::{FindVenuesCity, FindVenuesPrefix, Venue};
use crate::tables::Tables;

/// The input of `findVenues`.
#[derive(Debug, Clone, PartialEq)]
pub struct FindVenuesInput {
    /// The path parameter `city`.
    pub city: FindVenuesCity,
    /// The query parameter `prefix`.
    pub prefix: Option<FindVenuesPrefix>,
}

impl FindVenuesInput {
    /// Creates a value from its required fields.
    pub fn new(city: FindVenuesCity) -> Self {
        Self {
            city,
            prefix: Default::default(),
        }
    }
}

/// The venues.
pub type FindVenuesOutput = Vec<Venue>;

/// The error responses of `findVenues`.
#[derive(Debug)]
pub enum FindVenuesError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(FindVenuesError, BadRequest = problem(400));

impl Operation for FindVenuesInput {
    type Output = FindVenuesOutput;
    type Error = FindVenuesError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let city = parts.path("city").required();
        let prefix = parts.query("prefix").optional();
        Some(Self {
            city: city?,
            prefix: prefix?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: FindVenuesInput,
) -> Result<FindVenuesOutput, FindVenuesError> {
    let query = Query::partition(&input.city)
        .maybe(input.prefix.as_ref(), |query, prefix| query.sort_begins_with(prefix));
    match tables.venue.all(query).await {
        Ok(items) => Ok(items),
        Err(error) => Err(error.into()),
    }
}
