// @generated from the contracts in spec/; edits are overwritten.

//! `patchCustomer`: `PATCH /customers/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{id}/patch`

use runtime::{Failure, Operation, Parts, Patched, Preconditions, Problem, Reply, Update};

use crate::model::{Customer, GetCustomerId, PatchCustomerBody};
use crate::tables::{CustomerKey, Tables};

/// The input of `patchCustomer`.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchCustomerInput {
    /// The path parameter `id`.
    pub id: GetCustomerId,
    /// The body, `application/merge-patch+json`.
    pub body: PatchCustomerBody,
}

impl PatchCustomerInput {
    /// Creates a value from its required fields.
    pub fn new(id: GetCustomerId, body: PatchCustomerBody) -> Self {
        Self { id, body }
    }
}

/// The customer.
pub type PatchCustomerOutput = Customer;

/// The error responses of `patchCustomer`.
#[derive(Debug)]
pub enum PatchCustomerError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `404`: It did not work.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(PatchCustomerError, BadRequest = problem(400), NotFound = problem(404));

impl Operation for PatchCustomerInput {
    type Output = PatchCustomerOutput;
    type Error = PatchCustomerError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let body = parts.json("application/merge-patch+json").required();
        Some(Self { id: id?, body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PatchCustomerInput,
) -> Result<PatchCustomerOutput, PatchCustomerError> {
    let key = CustomerKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new();
    match tables.customer.patch(&key, &input.body, &["id"], update).await {
        Ok(Patched::Done(item)) => Ok(item),
        Ok(Patched::Refused(_)) => {
            Err(
                Failure::message(
                        "the item was changed concurrently; send the request again",
                    )
                    .into(),
            )
        }
        Ok(Patched::Missing) => {
            Err(PatchCustomerError::NotFound(Problem::new(404, "It did not work.")))
        }
        Ok(Patched::Invalid(problem)) => {
            Err(PatchCustomerError::BadRequest(problem.with_status(400)))
        }
        Err(error) => Err(error.into()),
    }
}
