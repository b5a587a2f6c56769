// @generated from the contracts in spec/; edits are overwritten.

//! `addCard`: `POST /customer/{customer}/card/{number}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1customer~1{customer}~1card~1{number}/post`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Preconditions, Problem, Reply, Requirement,
    Written,
};

use crate::model::{Card, CardRequest, Customer};
use crate::tables::Tables;

/// The input of `addCard`.
#[derive(Debug, Clone, PartialEq)]
pub struct AddCardInput {
    /// The path parameter `customer`.
    pub customer: Customer,
    /// The path parameter `number`.
    pub number: i64,
    /// The body, `application/json`.
    pub body: CardRequest,
}

impl AddCardInput {
    /// Creates a value from its required fields.
    pub fn new(customer: Customer, number: i64, body: CardRequest) -> Self {
        Self { customer, number, body }
    }
}

/// The card.
pub type AddCardOutput = Card;

/// The error responses of `addCard`.
#[derive(Debug)]
pub enum AddCardError {
    /// `409`: There is one with this number.
    Conflict,
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    AddCardError,
    Conflict = empty(409),
    Unauthorized = problem(401),
    Forbidden = problem(403)
);

impl Operation for AddCardInput {
    type Output = AddCardOutput;
    type Error = AddCardError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Create);

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer = parts.path("customer").required();
        let number = parts.path("number").required();
        let body = parts.json("application/json").required();
        Some(Self {
            customer: customer?,
            number: number?,
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
    input: AddCardInput,
) -> Result<AddCardOutput, AddCardError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(Failure::refused(problem.with_status(400)).into());
    }
    if runtime::to_text(&input.body.customer) != runtime::to_text(&input.customer) {
        return Err(
            Failure::refused(
                    Problem::violation(
                        "/body/customer",
                        "found another key than in the path",
                    ),
                )
                .into(),
        );
    }
    let body = input.body;
    let item = Card {
        customer: body.customer,
        number: input.number,
        others: body.others,
    };
    match tables.card.create(&item).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => Err(AddCardError::Conflict),
        Err(error) => Err(error.into()),
    }
}
