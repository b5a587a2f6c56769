// @generated from the contracts in spec/; edits are overwritten.

//! `createOrder`: `POST /customers/{customerId}/orders`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{customerId}~1orders/post`

use runtime::{Failure, Operation, Parts, Preconditions, Problem, Reply, Written};

use crate::model::{ListOrdersCustomerId, Order};
use crate::tables::Tables;

/// The input of `createOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateOrderInput {
    /// The path parameter `customerId`.
    pub customer_id: ListOrdersCustomerId,
    /// The body, `application/json`.
    pub body: Order,
}

impl CreateOrderInput {
    /// Creates a value from its required fields.
    pub fn new(customer_id: ListOrdersCustomerId, body: Order) -> Self {
        Self { customer_id, body }
    }
}

/// The order.
pub type CreateOrderOutput = Order;

/// The error responses of `createOrder`.
#[derive(Debug)]
pub enum CreateOrderError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `409`: It did not work.
    Conflict(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CreateOrderError, BadRequest = problem(400), Conflict = problem(409));

impl Operation for CreateOrderInput {
    type Output = CreateOrderOutput;
    type Error = CreateOrderError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Create);

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer_id = parts.path("customerId").required();
        let body = parts.json("application/json").required();
        Some(Self {
            customer_id: customer_id?,
            body: body?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(201, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: CreateOrderInput,
) -> Result<CreateOrderOutput, CreateOrderError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(CreateOrderError::BadRequest(problem.with_status(400)));
    }
    if runtime::to_text(&input.body.customer_id) != runtime::to_text(&input.customer_id)
    {
        return Err(
            CreateOrderError::BadRequest(
                Problem::violation(
                    "/body/customerId",
                    "found another key than in the path",
                ),
            ),
        );
    }
    let item = input.body;
    match tables.order.create(&item).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(CreateOrderError::Conflict(Problem::new(409, "It did not work.")))
        }
        Err(error) => Err(error.into()),
    }
}
