// @generated from the contracts in spec/; edits are overwritten.

//! `findWishes`: `GET /wish/all`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1wish~1all/get`

use runtime::{
    Access, Failure, ListRules, Operation, Owned, Parts, Problem, Reply, Requirement,
};

use crate::model::Customer;

/// The input of `findWishes`.
#[derive(Debug, Clone, PartialEq)]
pub struct FindWishesInput {
    /// The query parameter `customers`.
    pub customers: Vec<Customer>,
}

impl FindWishesInput {
    /// Creates a value from its required fields.
    pub fn new(customers: Vec<Customer>) -> Self {
        Self { customers }
    }
}

/// They are.
pub type FindWishesOutput = ();

/// The error responses of `findWishes`.
#[derive(Debug)]
pub enum FindWishesError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(FindWishesError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for FindWishesInput {
    type Output = FindWishesOutput;
    type Error = FindWishesError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customers = parts
            .query("customers")
            .repeated()
            .required_as(runtime::list(ListRules::new().max_items(9)));
        Some(Self { customers: customers? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: None,
            owner: runtime::only_text(&self.customers),
        })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
