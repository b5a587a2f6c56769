// @generated from the contracts in spec/; edits are overwritten.

//! `makeWish`: `POST /wish`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1wish/post`

use runtime::{Access, Failure, Operation, Owned, Parts, Problem, Reply, Requirement};

use crate::model::Wish;

/// The input of `makeWish`.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeWishInput {
    /// The body, `application/json`.
    pub body: Wish,
}

impl MakeWishInput {
    /// Creates a value from its required fields.
    pub fn new(body: Wish) -> Self {
        Self { body }
    }
}

/// It is noted.
pub type MakeWishOutput = ();

/// The error responses of `makeWish`.
#[derive(Debug)]
pub enum MakeWishError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(MakeWishError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for MakeWishInput {
    type Output = MakeWishOutput;
    type Error = MakeWishError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "customer_id",
            unless: Some("wishes.all"),
            owner: Some(runtime::to_text(&self.body.customer)),
        })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
