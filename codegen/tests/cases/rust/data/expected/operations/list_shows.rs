// @generated from the contracts in spec/; edits are overwritten.

//! `listShows`: `GET /shows`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1shows/get`

use runtime::{
    Condition, Decimal, Failure, Operation, Parts, Problem, Query, Reply, TableError,
    Timestamp,
};

use crate::model::{ListShowsCity, ListShowsLimit, ShowPage, Status, Title};
use crate::tables::{ShowIndexes, Tables};

/// The input of `listShows`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListShowsInput {
    /// The query parameter `city`.
    pub city: ListShowsCity,
    /// The query parameter `from`.
    pub from: Option<Timestamp>,
    /// The query parameter `to`.
    pub to: Option<Timestamp>,
    /// The query parameter `status`.
    pub status: Option<Status>,
    /// The query parameter `most`.
    pub most: Option<Decimal>,
    /// The query parameter `limit`.
    ///
    /// - **Default** `20`
    pub limit: ListShowsLimit,
    /// The query parameter `next`.
    pub next: Option<String>,
}

impl ListShowsInput {
    /// Creates a value from its required fields.
    pub fn new(city: ListShowsCity) -> Self {
        Self {
            city,
            from: Default::default(),
            to: Default::default(),
            status: Default::default(),
            most: Default::default(),
            limit: runtime::preset("20"),
            next: Default::default(),
        }
    }
}

/// A page of shows.
pub type ListShowsOutput = ShowPage;

/// The error responses of `listShows`.
#[derive(Debug)]
pub enum ListShowsError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListShowsError, BadRequest = problem(400));

impl Operation for ListShowsInput {
    type Output = ListShowsOutput;
    type Error = ListShowsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let city = parts.query("city").required();
        let from = parts.query("from").optional();
        let to = parts.query("to").optional();
        let status = parts.query("status").optional();
        let most = parts.query("most").optional();
        let limit = parts.query("limit").or("20");
        let next = parts.query("next").optional();
        Some(Self {
            city: city?,
            from: from?,
            to: to?,
            status: status?,
            most: most?,
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
    input: ListShowsInput,
) -> Result<ListShowsOutput, ListShowsError> {
    if let Some(problem) = runtime::unstorable(&[("/query/most", &input.most)]) {
        return Err(ListShowsError::BadRequest(problem.with_status(400)));
    }
    let query = Query::partition(&input.city)
        .index(ShowIndexes::BY_CITY)
        .descending()
        .sort_within(input.from.as_ref(), input.to.as_ref())
        .maybe(
            input.status.as_ref(),
            |query, status| {
                query
                    .filter(
                        Condition::written("#status = :status", &[("#status", "status")])
                            .value(":status", status),
                    )
            },
        )
        .maybe(
            input.most.as_ref(),
            |query, most| {
                query
                    .filter(
                        Condition::written(
                                "#price.#amount <= :most",
                                &[("#price", "price"), ("#amount", "amount")],
                            )
                            .value(":most", most),
                    )
            },
        )
        .filter(
            Condition::written("#title <> :v2", &[("#title", "title")])
                .value(":v2", &runtime::preset::<Title>("\"secret\"")),
        )
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
            Err(ListShowsError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
