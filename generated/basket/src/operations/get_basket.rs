// @generated from the contracts in spec/; edits are overwritten.

//! `getBasket`: `GET /basket/{userName}`.
//!
//! - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/get`

use runtime::{Access, Failure, Operation, Owned, Parts, Problem, Reply, Requirement};

use crate::model::{Basket, UserName};
use crate::tables::{BasketKey, Tables};

/// The input of `getBasket`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetBasketInput {
    /// The customer whose basket it is.
    pub user_name: UserName,
}

impl GetBasketInput {
    /// Creates a value from its required fields.
    pub fn new(user_name: UserName) -> Self {
        Self { user_name }
    }
}

/// The basket.
pub type GetBasketOutput = Basket;

/// The error responses of `getBasket`.
#[derive(Debug)]
pub enum GetBasketError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The item belongs to another customer, or the credentials lack the scope for it.
    Forbidden(Problem),
    /// `404`: The customer has no basket.
    NotFound(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    GetBasketError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    NotFound = problem(404)
);

impl Operation for GetBasketInput {
    type Output = GetBasketOutput;
    type Error = GetBasketError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let user_name = parts.path("userName").required();
        Some(Self { user_name: user_name? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("baskets.all"),
            owner: Some(runtime::to_text(&self.user_name)),
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: GetBasketInput,
) -> Result<GetBasketOutput, GetBasketError> {
    let key = BasketKey {
        user_name: input.user_name,
    };
    match tables.basket.get_consistent(&key).await {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            let problem = Problem::new(404, "The customer has no basket.");
            Err(GetBasketError::NotFound(problem))
        }
        Err(error) => Err(error.into()),
    }
}
