// @generated from the contracts in spec/; edits are overwritten.

//! `putCustomer`: `PUT /customers/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customers~1{id}/put`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Update, Updated,
    Written,
};

use crate::model::{Customer, GetCustomerId};
use crate::tables::{CustomerKey, Tables};

/// The input of `putCustomer`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutCustomerInput {
    /// The path parameter `id`.
    pub id: GetCustomerId,
    /// `*` to store the item only if it does not exist yet.
    pub if_none_match: Option<String>,
    /// The body, `application/json`.
    pub body: Customer,
}

impl PutCustomerInput {
    /// Creates a value from its required fields.
    pub fn new(id: GetCustomerId, body: Customer) -> Self {
        Self {
            id,
            if_none_match: Default::default(),
            body,
        }
    }
}

/// The success responses of `putCustomer`.
#[derive(Debug, Clone, PartialEq)]
pub enum PutCustomerOutput {
    /// `200`: The customer.
    Ok(Customer),
    /// `201`: The customer.
    Created(Customer),
}

/// The error responses of `putCustomer`.
#[derive(Debug)]
pub enum PutCustomerError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `412`: The item exists already.
    PreconditionFailed(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    PutCustomerError,
    BadRequest = problem(400),
    PreconditionFailed = problem(412)
);

impl Operation for PutCustomerInput {
    type Output = PutCustomerOutput;
    type Error = PutCustomerError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Store {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let if_none_match = parts.header("If-None-Match").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            id: id?,
            if_none_match: if_none_match?,
            body: body?,
        })
    }

    fn reply(output: Self::Output) -> Reply {
        match output {
            PutCustomerOutput::Ok(answer) => {
                Reply::json(200, "application/json", &answer)
            }
            PutCustomerOutput::Created(answer) => {
                Reply::json(201, "application/json", &answer)
            }
        }
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PutCustomerInput,
) -> Result<PutCustomerOutput, PutCustomerError> {
    let must_be_new = input.if_none_match.as_ref().map(runtime::to_text);
    let must_be_new = runtime::must_be_new(must_be_new.as_deref());
    let key = CustomerKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new()
        .replace(
            &input.body,
            &["fullName", "tags", "sizes", "keys", "forgetAt"],
            &["id"],
        )?;
    if runtime::to_text(&input.body.id) != runtime::to_text(&input.id) {
        return Err(
            PutCustomerError::BadRequest(
                Problem::violation("/body/id", "found another key than in the path"),
            ),
        );
    }
    let item = input.body;
    if must_be_new {
        return match tables.customer.put_if(&item, Condition::item_absent()).await {
            Ok(Written::Done) => Ok(PutCustomerOutput::Created(item)),
            Ok(Written::Refused(_)) => {
                let problem = Problem::new(412, "The item exists already.");
                Err(PutCustomerError::PreconditionFailed(problem))
            }
            Err(error) => Err(error.into()),
        };
    }
    for _ in 0..3 {
        match tables.customer.update(&key, update.clone()).await {
            Ok(Updated::Done(item)) => return Ok(PutCustomerOutput::Ok(item)),
            Ok(Updated::Refused(None)) => {}
            other => {
                return match other {
                    Err(error) => Err(error.into()),
                    Ok(_) => {
                        Err(
                            Failure::message(
                                    "the item was changed concurrently; send the request again",
                                )
                                .into(),
                        )
                    }
                };
            }
        }
        match tables.customer.put_if(&item, Condition::item_absent()).await {
            Ok(Written::Done) => return Ok(PutCustomerOutput::Created(item)),
            Ok(Written::Refused(_)) => {}
            other => {
                return match other {
                    Err(error) => Err(error.into()),
                    Ok(_) => {
                        Err(
                            Failure::message(
                                    "the item was changed concurrently; send the request again",
                                )
                                .into(),
                        )
                    }
                };
            }
        }
    }
    Err(
        Failure::message("the item was changed concurrently; send the request again")
            .into(),
    )
}
