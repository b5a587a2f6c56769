// @generated from the contracts in spec/; edits are overwritten.

//! `countShows`: `GET /shows/count`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1count/get`

use runtime::{Condition, Failure, Operation, Parts, Problem, Query, Reply, Timestamp};

use crate::model::{CountShowsCity, CountShowsOkBody, Status};
use crate::tables::{ShowIndexes, Tables};

/// The input of `countShows`.
#[derive(Debug, Clone, PartialEq)]
pub struct CountShowsInput {
    /// The query parameter `city`.
    pub city: CountShowsCity,
    /// The query parameter `after`.
    pub after: Option<Timestamp>,
}

impl CountShowsInput {
    /// Creates a value from its required fields.
    pub fn new(city: CountShowsCity) -> Self {
        Self {
            city,
            after: Default::default(),
        }
    }
}

/// How many shows there are.
pub type CountShowsOutput = CountShowsOkBody;

/// The error responses of `countShows`.
#[derive(Debug)]
pub enum CountShowsError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CountShowsError, BadRequest = problem(400));

impl Operation for CountShowsInput {
    type Output = CountShowsOutput;
    type Error = CountShowsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let city = parts.query("city").required();
        let after = parts.query("after").optional();
        Some(Self { city: city?, after: after? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: CountShowsInput,
) -> Result<CountShowsOutput, CountShowsError> {
    let query = Query::partition(&input.city)
        .index(ShowIndexes::BY_CITY)
        .maybe(input.after.as_ref(), |query, after| query.sort_greater_than(after))
        .filter(
            Condition::written("#status IN (:v0, :v1)", &[("#status", "status")])
                .value(":v0", &runtime::preset::<Status>("\"open\""))
                .value(":v1", &runtime::preset::<Status>("\"sold\"")),
        );
    match tables.show.count(query).await {
        Ok(count) => {
            Ok(CountShowsOkBody {
                count: runtime::rules::decode_value("count", &count.to_string())?,
                others: Default::default(),
            })
        }
        Err(error) => Err(error.into()),
    }
}
