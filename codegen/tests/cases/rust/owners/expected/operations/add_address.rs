// @generated from the contracts in spec/; edits are overwritten.

//! `addAddress`: `POST /customer/{customer}/address`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customer~1{customer}~1address/post`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Preconditions, Problem, Reply, Requirement,
    Uuid, Written,
};

use crate::model::{Address, AddressRequest, Customer};
use crate::tables::Tables;

/// The input of `addAddress`.
#[derive(Debug, Clone, PartialEq)]
pub struct AddAddressInput {
    /// The path parameter `customer`.
    pub customer: Customer,
    /// The body, `application/json`.
    pub body: AddressRequest,
}

impl AddAddressInput {
    /// Creates a value from its required fields.
    pub fn new(customer: Customer, body: AddressRequest) -> Self {
        Self { customer, body }
    }
}

/// The address.
pub type AddAddressOutput = Address;

/// The error responses of `addAddress`.
#[derive(Debug)]
pub enum AddAddressError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(AddAddressError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for AddAddressInput {
    type Output = AddAddressOutput;
    type Error = AddAddressError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Create);

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer = parts.path("customer").required();
        let body = parts.json("application/json").required();
        Some(Self {
            customer: customer?,
            body: body?,
        })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: None,
            owner: Some(runtime::to_text(&self.customer)),
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(201, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: AddAddressInput,
) -> Result<AddAddressOutput, AddAddressError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(Failure::refused(problem.with_status(400)).into());
    }
    let body = input.body;
    let item = Address {
        customer: input.customer,
        address_id: Uuid::new_v4(),
        street: body.street,
        others: body.others,
    };
    match tables.address.create(&item).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(Failure::message("the item already exists").into())
        }
        Err(error) => Err(error.into()),
    }
}
