// @generated from the contracts in spec/; edits are overwritten.

//! `listParcels`: `GET /parcels`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1parcels/get`

use runtime::{Failure, Operation, Parts, Problem, Query, Reply, TableError};

use crate::model::{ListParcelsLimit, ListParcelsOkBody};
use crate::tables::Tables;

/// The input of `listParcels`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListParcelsInput {
    /// The query parameter `limit`.
    ///
    /// - **Default** `100`
    pub limit: ListParcelsLimit,
    /// The query parameter `next`.
    pub next: Option<String>,
}

impl Default for ListParcelsInput {
    fn default() -> Self {
        Self {
            limit: runtime::preset("100"),
            next: Default::default(),
        }
    }
}

/// A page of parcels.
pub type ListParcelsOutput = ListParcelsOkBody;

/// The error responses of `listParcels`.
#[derive(Debug)]
pub enum ListParcelsError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListParcelsError, BadRequest = problem(400));

impl Operation for ListParcelsInput {
    type Output = ListParcelsOutput;
    type Error = ListParcelsError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let limit = parts.query("limit").or("100");
        let next = parts.query("next").optional();
        Some(Self { limit: limit?, next: next? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListParcelsInput,
) -> Result<ListParcelsOutput, ListParcelsError> {
    let query = Query::all()
        .limit(input.limit.get())
        .after(input.next.as_ref().map(runtime::to_text));
    match tables.parcel.page(query).await {
        Ok(page) => {
            Ok(ListParcelsOkBody {
                parcels: page.items,
                next: page.next,
                others: Default::default(),
            })
        }
        Err(TableError::BadToken) => {
            Err(ListParcelsError::BadRequest(Problem::bad_page_token("/query/next")))
        }
        Err(error) => Err(error.into()),
    }
}
