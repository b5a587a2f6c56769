// @generated from the contracts in spec/; edits are overwritten.

//! `deleteBasket`: `DELETE /basket/{userName}`.
//!
//! - **Source** `spec/basket/openapi.yaml#/paths/~1basket~1{userName}/delete`

use runtime::{
    Access, Condition, Failure, Operation, Owned, Parts, Preconditions, Problem, Reply,
    Requirement, Written,
};

use crate::model::UserName;
use crate::tables::{BasketKey, Tables};

/// The input of `deleteBasket`.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteBasketInput {
    /// The customer whose basket it is.
    pub user_name: UserName,
}

impl DeleteBasketInput {
    /// Creates a value from its required fields.
    pub fn new(user_name: UserName) -> Self {
        Self { user_name }
    }
}

/// The customer has no basket any more.
pub type DeleteBasketOutput = ();

/// The error responses of `deleteBasket`.
#[derive(Debug)]
pub enum DeleteBasketError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The item belongs to another customer, or the credentials lack the scope for it.
    Forbidden(Problem),
    /// `409`: A checkout of this basket is under way; send that checkout again to finish it.
    Conflict(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    DeleteBasketError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    Conflict = problem(409)
);

impl Operation for DeleteBasketInput {
    type Output = DeleteBasketOutput;
    type Error = DeleteBasketError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

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

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: DeleteBasketInput,
) -> Result<DeleteBasketOutput, DeleteBasketError> {
    let key = BasketKey {
        user_name: input.user_name,
    };
    let condition = Condition::written(
        "attribute_not_exists(#checkout)",
        &[("#checkout", "checkout")],
    );
    match tables.basket.delete_if(&key, condition).await {
        Ok(Written::Done) => Ok(()),
        Ok(Written::Refused(Some(_))) => {
            let problem = Problem::new(
                409,
                "A checkout of this basket is under way; send that checkout again to finish it.",
            );
            Err(DeleteBasketError::Conflict(problem))
        }
        Ok(Written::Refused(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
