// @generated from the contracts in spec/; edits are overwritten.

//! `listCustomers`: `GET /customers`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers/get`

use runtime::{Condition, Failure, Operation, Parts, Query, Reply};

use crate::model::Customer;
use crate::tables::Tables;

/// The input of `listCustomers`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListCustomersInput {
    /// The query parameter `name`.
    pub name: Option<String>,
    /// The query parameter `tag`.
    pub tag: Option<String>,
}

/// All customers.
pub type ListCustomersOutput = Vec<Customer>;

/// The error responses of `listCustomers`.
#[derive(Debug)]
pub enum ListCustomersError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ListCustomersError);

impl Operation for ListCustomersInput {
    type Output = ListCustomersOutput;
    type Error = ListCustomersError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let name = parts.query("name").optional();
        let tag = parts.query("tag").optional();
        Some(Self { name: name?, tag: tag? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ListCustomersInput,
) -> Result<ListCustomersOutput, ListCustomersError> {
    let query = Query::all()
        .maybe(
            input.name.as_ref(),
            |query, name| {
                query
                    .filter(
                        Condition::written(
                                "#full_name = :name",
                                &[("#full_name", "full_name")],
                            )
                            .value(":name", name),
                    )
            },
        )
        .maybe(
            input.tag.as_ref(),
            |query, tag| {
                query
                    .filter(
                        Condition::written("contains(#tags, :tag)", &[("#tags", "tags")])
                            .value(":tag", tag),
                    )
            },
        );
    match tables.customer.all(query).await {
        Ok(items) => Ok(items),
        Err(error) => Err(error.into()),
    }
}
