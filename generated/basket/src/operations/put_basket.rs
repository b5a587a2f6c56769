// @generated from the contracts in spec/; edits are overwritten.

//! `putBasket`: `POST /basket`.
//!
//! - **Source** `spec/basket/openapi.yaml#/paths/~1basket/post`

use runtime::{
    Access, Condition, Failure, Operation, Owned, Parts, Preconditions, Problem, Reply,
    Requirement, TableError, Written,
};

use crate::model::{Basket, BasketRequest};
use crate::tables::Tables;

/// The input of `putBasket`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutBasketInput {
    /// The body, `application/json`.
    pub body: BasketRequest,
}

impl PutBasketInput {
    /// Creates a value from its required fields.
    pub fn new(body: BasketRequest) -> Self {
        Self { body }
    }
}

/// The basket as it was stored.
pub type PutBasketOutput = Basket;

/// The error responses of `putBasket`.
#[derive(Debug)]
pub enum PutBasketError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The item belongs to another customer, or the credentials lack the scope for it.
    Forbidden(Problem),
    /// `409`: A checkout of this basket is under way; send that checkout again to finish it.
    Conflict(Problem),
    /// `413`: The body, or the item made of it, is too large.
    ContentTooLarge(Problem),
    /// `415`: The body is of a media type that the operation does not accept.
    UnsupportedMediaType(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    PutBasketError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    Conflict = problem(409),
    ContentTooLarge = problem(413),
    UnsupportedMediaType = problem(415)
);

impl Operation for PutBasketInput {
    type Output = PutBasketOutput;
    type Error = PutBasketError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("baskets.all"),
            owner: Some(runtime::to_text(&self.body.user_name)),
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PutBasketInput,
) -> Result<PutBasketOutput, PutBasketError> {
    let body = input.body;
    let item = Basket {
        user_name: body.user_name,
        items: body.items,
        checkout: Default::default(),
    };
    let condition = Condition::written(
        "attribute_not_exists(#checkout)",
        &[("#checkout", "checkout")],
    );
    match tables.basket.put_if(&item, condition).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            let problem = Problem::new(
                409,
                "A checkout of this basket is under way; send that checkout again to finish it.",
            );
            Err(PutBasketError::Conflict(problem))
        }
        Err(TableError::TooLarge { .. }) => {
            let problem = Problem::new(
                413,
                "The body, or the item made of it, is too large.",
            );
            Err(PutBasketError::ContentTooLarge(problem))
        }
        Err(error) => Err(error.into()),
    }
}
