// @generated from the contracts in spec/; edits are overwritten.

//! `listVenues`: `GET /venues`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1venues/get`

use runtime::{Condition, Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{
    ListVenuesCity, ListVenuesFrom, ListVenuesLeast, ListVenuesLimit, ListVenuesMost,
    ListVenuesOkBody, ListVenuesTo,
};
use crate::tables::Tables;

/// The input of `listVenues`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListVenuesInput {
    /// The query parameter `city`.
    pub city: Option<ListVenuesCity>,
    /// The query parameter `from`.
    pub from: Option<ListVenuesFrom>,
    /// The query parameter `to`.
    pub to: Option<ListVenuesTo>,
    /// The query parameter `least`.
    pub least: Option<ListVenuesLeast>,
    /// The query parameter `most`.
    pub most: Option<ListVenuesMost>,
    /// The query parameter `limit`.
    ///
    /// - **Default** `100`
    pub limit: ListVenuesLimit,
    /// The query parameter `next`.
    pub next: Option<String>,
}

impl Default for ListVenuesInput {
    fn default() -> Self {
        Self {
            city: Default::default(),
            from: Default::default(),
            to: Default::default(),
            least: Default::default(),
            most: Default::default(),
            limit: runtime::preset("100"),
            next: Default::default(),
        }
    }
}

/// A page of venues.
pub type ListVenuesOutput = ListVenuesOkBody;

/// The error responses of `listVenues`.
#[derive(Debug)]
pub enum ListVenuesError {
    /// `422`: What is wrong.
    UnprocessableContent(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListVenuesError, UnprocessableContent = problem(422));

impl Operation for ListVenuesInput {
    type Output = ListVenuesOutput;
    type Error = ListVenuesError;
    const INVALID: u16 = 422;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let city = parts.query("city").optional();
        let from = parts.query("from").optional();
        let to = parts.query("to").optional();
        let least = parts.query("least").optional();
        let most = parts.query("most").optional();
        let limit = parts.query("limit").or("100");
        let next = parts.query("next").optional();
        Some(Self {
            city: city?,
            from: from?,
            to: to?,
            least: least?,
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
    input: ListVenuesInput,
) -> Result<ListVenuesOutput, ListVenuesError> {
    let query = match &input.city {
        Some(city) => {
            Query::partition(city).sort_within(input.from.as_ref(), input.to.as_ref())
        }
        None => Query::all().sort_within(input.from.as_ref(), input.to.as_ref()),
    };
    let query = query
        .maybe(
            input.least.as_ref().zip(input.most.as_ref()),
            |query, (least, most)| {
                query
                    .filter(
                        Condition::written(
                                "#seats >= :least AND #seats <= :most",
                                &[("#seats", "seats")],
                            )
                            .value(":least", least)
                            .value(":most", most),
                    )
            },
        )
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.venue.page(query).await {
        Ok(page) => {
            Ok(ListVenuesOkBody {
                venues: page.items,
                next: page.next,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(Failure::refused(Problem::bad_page_token("/query/next")).into())
        }
        Err(error) => Err(error.into()),
    }
}
