// @generated from the contracts in spec/; edits are overwritten.

//! `countOrders`: `GET /customers/{customerId}/orders/count`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1count/get`

use runtime::{Failure, Operation, Parts, Query, Reply};

use crate::model::{CountOrdersCustomerId, CountOrdersOkBody};
use crate::tables::Tables;

/// The input of `countOrders`.
#[derive(Debug, Clone, PartialEq)]
pub struct CountOrdersInput {
    /// The path parameter `customerId`.
    pub customer_id: CountOrdersCustomerId,
    /// The query parameter `after`.
    pub after: Option<String>,
}

impl CountOrdersInput {
    /// Creates a value from its required fields.
    pub fn new(customer_id: CountOrdersCustomerId) -> Self {
        Self {
            customer_id,
            after: Default::default(),
        }
    }
}

/// How many there are.
pub type CountOrdersOutput = CountOrdersOkBody;

/// The error responses of `countOrders`.
#[derive(Debug)]
pub enum CountOrdersError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CountOrdersError);

impl Operation for CountOrdersInput {
    type Output = CountOrdersOutput;
    type Error = CountOrdersError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer_id = parts.path("customerId").required();
        let after = parts.query("after").optional();
        Some(Self {
            customer_id: customer_id?,
            after: after?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: CountOrdersInput,
) -> Result<CountOrdersOutput, CountOrdersError> {
    let query = Query::partition(&input.customer_id)
        .maybe(input.after.as_ref(), |query, after| query.sort_greater_than(after));
    match tables.order.count(query).await {
        Ok(count) => Ok(runtime::rules::decode_value("count", &count.to_string())?),
        Err(error) => Err(error.into()),
    }
}
