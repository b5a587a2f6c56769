// @generated from the contracts in spec/; edits are overwritten.

//! `dropWishes`: `DELETE /wish/all`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1wish~1all/delete`

use runtime::{
    Access, Failure, ListRules, Operation, Owned, Parts, Problem, Reply, Requirement,
};

/// The input of `dropWishes`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DropWishesInput {
    /// The query parameter `customers`.
    pub customers: Option<Vec<String>>,
}

/// They are gone.
pub type DropWishesOutput = ();

/// The error responses of `dropWishes`.
#[derive(Debug)]
pub enum DropWishesError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(DropWishesError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for DropWishesInput {
    type Output = DropWishesOutput;
    type Error = DropWishesError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customers = parts
            .query("customers")
            .repeated()
            .optional_as(runtime::list(ListRules::new().max_items(9)));
        Some(Self { customers: customers? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("wishes.all"),
            owner: self.customers.as_ref().and_then(runtime::only_text),
        })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
