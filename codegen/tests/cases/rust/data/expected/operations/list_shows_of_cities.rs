// @generated from the contracts in spec/; edits are overwritten.

//! `listShowsOfCities`: `GET /shows/of`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows~1of/get`

use runtime::{
    Failure, KeyNames, ListRules, Operation, Parts, Problem, Query, Reply, TableError,
};

use crate::model::{ListShowsOfCitiesCitiesItem, ListShowsOfCitiesLimit, ShowPage};
use crate::tables::Tables;

/// What `listShowsOfCities` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct ListShowsOfCitiesInput {
    /// `cities` in the query.
    pub cities: Vec<ListShowsOfCitiesCitiesItem>,
    /// `limit` in the query.
    pub limit: ListShowsOfCitiesLimit,
    /// `next` in the query.
    pub next: Option<String>,
}

impl ListShowsOfCitiesInput {
    /// With what the contract requires, and nothing else.
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

/// How `listShowsOfCities` fails.
#[derive(Debug)]
pub enum ListShowsOfCitiesError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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

/// What the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListShowsOfCitiesInput,
) -> Result<ListShowsOfCitiesOutput, ListShowsOfCitiesError> {
    let query = Query::partitions(&input.cities)
        .index(
            "byCity",
            KeyNames {
                partition: "city",
                sort: Some("startsAt"),
            },
        );
    let query = query.limit(input.limit.get());
    let query = query.after(input.next.as_ref().map(runtime::to_text));
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
                    Problem::violation(
                        "/query/next",
                        "found a text that no page before gave out",
                    ),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
