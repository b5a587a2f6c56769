// @generated from the contracts in spec/; edits are overwritten.

//! `makeWishByForm`: `POST /wish/form`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1wish~1form/post`

use runtime::{
    Access, Failure, Operation, Owned, Parts, Problem, Reply, Requirement, Shape,
};

use crate::model::Wish;

/// The input of `makeWishByForm`.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeWishByFormInput {
    /// The body, `application/x-www-form-urlencoded`.
    pub body: Wish,
}

impl MakeWishByFormInput {
    /// Creates a value from its required fields.
    pub fn new(body: Wish) -> Self {
        Self { body }
    }
}

/// It is noted.
pub type MakeWishByFormOutput = ();

/// The error responses of `makeWishByForm`.
#[derive(Debug)]
pub enum MakeWishByFormError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(MakeWishByFormError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for MakeWishByFormInput {
    type Output = MakeWishByFormOutput;
    type Error = MakeWishByFormError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.form(Shape::Object(&[], &Shape::Text), &[]).required();
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
