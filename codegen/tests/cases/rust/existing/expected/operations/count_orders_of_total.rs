// @generated from the contracts in spec/; edits are overwritten.

//! `countOrdersOfTotal`: `GET /customers/{customerId}/orders/of-total`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders~1of-total/get`

use runtime::{Decimal, Failure, Operation, Parts, Problem, Query, Reply};

use crate::model::{
    CountOrdersOfTotalCustomerId, CountOrdersOfTotalNumber, CountOrdersOfTotalOkBody,
    Status,
};
use crate::tables::{OrderIndexes, Tables};

/// The input of `countOrdersOfTotal`.
#[derive(Debug, Clone, PartialEq)]
pub struct CountOrdersOfTotalInput {
    /// The path parameter `customerId`.
    pub customer_id: CountOrdersOfTotalCustomerId,
    /// The query parameter `status`.
    pub status: Status,
    /// The query parameter `of`.
    pub of: Decimal,
    /// The query parameter `number`.
    pub number: Option<CountOrdersOfTotalNumber>,
}

impl CountOrdersOfTotalInput {
    /// Creates a value from its required fields.
    pub fn new(
        customer_id: CountOrdersOfTotalCustomerId,
        status: Status,
        of: Decimal,
    ) -> Self {
        Self {
            customer_id,
            status,
            of,
            number: Default::default(),
        }
    }
}

/// How many there are.
pub type CountOrdersOfTotalOutput = CountOrdersOfTotalOkBody;

/// The error responses of `countOrdersOfTotal`.
#[derive(Debug)]
pub enum CountOrdersOfTotalError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CountOrdersOfTotalError, BadRequest = problem(400));

impl Operation for CountOrdersOfTotalInput {
    type Output = CountOrdersOfTotalOutput;
    type Error = CountOrdersOfTotalError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer_id = parts.path("customerId").required();
        let status = parts.query("status").required();
        let of = parts.query("of").required();
        let number = parts.query("number").optional();
        Some(Self {
            customer_id: customer_id?,
            status: status?,
            of: of?,
            number: number?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: CountOrdersOfTotalInput,
) -> Result<CountOrdersOfTotalOutput, CountOrdersOfTotalError> {
    if let Some(problem) = runtime::unstorable(&[("/query/of", &input.of)]) {
        return Err(CountOrdersOfTotalError::BadRequest(problem.with_status(400)));
    }
    let query = Query::partition(&input.customer_id)
        .index(OrderIndexes::BY_STATUS)
        .further(&input.status)
        .further(&input.of)
        .maybe(input.number.as_ref(), |query, number| query.sort_begins_with(number));
    match tables.order.count(query).await {
        Ok(count) => Ok(runtime::rules::decode_value("count", &count.to_string())?),
        Err(error) => Err(error.into()),
    }
}
