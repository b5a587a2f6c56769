// @generated from the contracts in spec/; edits are overwritten.

//! `listShowsOfCities`: `GET /shows/of`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1of/get`

use runtime::{Failure, ListRules, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{ListShowsOfCitiesCitiesItem, ListShowsOfCitiesLimit, ShowPage};
use crate::tables::{ShowIndexes, Tables};

/// The input of `listShowsOfCities`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListShowsOfCitiesInput {
    /// The query parameter `cities`.
    pub cities: Vec<ListShowsOfCitiesCitiesItem>,
    /// The query parameter `limit`.
    pub limit: ListShowsOfCitiesLimit,
    /// The query parameter `next`.
    pub next: Option<String>,
}

impl ListShowsOfCitiesInput {
    /// Creates a value from its required fields.
    pub fn new(
        cities: Vec<ListShowsOfCitiesCitiesItem>,
        limit: ListShowsOfCitiesLimit,
    ) -> Self {
        Self {
            cities,
            limit,
            next: Default::default(),
        }
    }
}

/// A page of shows.
pub type ListShowsOfCitiesOutput = ShowPage;

/// The error responses of `listShowsOfCities`.
#[derive(Debug)]
pub enum ListShowsOfCitiesError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListShowsOfCitiesError, BadRequest = problem(400));

impl Operation for ListShowsOfCitiesInput {
    type Output = ListShowsOfCitiesOutput;
    type Error = ListShowsOfCitiesError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let cities = parts
            .query("cities")
            .repeated()
            .required_as(runtime::list(ListRules::new().max_items(10)));
        let limit = parts.query("limit").required();
        let next = parts.query("next").optional();
        Some(Self {
            cities: cities?,
            limit: limit?,
            next: next?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListShowsOfCitiesInput,
) -> Result<ListShowsOfCitiesOutput, ListShowsOfCitiesError> {
    let query = Query::partitions(&input.cities)
        .index(ShowIndexes::BY_CITY)
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.show.page(query).await {
        Ok(page) => {
            Ok(ShowPage {
                shows: page.items,
                next: page.next,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(
                ListShowsOfCitiesError::BadRequest(
                    Problem::bad_page_token("/query/next"),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
