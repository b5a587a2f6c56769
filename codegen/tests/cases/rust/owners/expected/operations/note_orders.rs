// @generated from the contracts in spec/; edits are overwritten.

//! `noteOrders`: `POST /order/{customer}/note`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order~1{customer}~1note/post`

use runtime::{Access, Failure, Operation, Owned, Parts, Problem, Reply, Requirement};

use crate::model::Customer;

/// The input of `noteOrders`.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteOrdersInput {
    /// The path parameter `customer`.
    pub customer: Customer,
}

impl NoteOrdersInput {
    /// Creates a value from its required fields.
    pub fn new(customer: Customer) -> Self {
        Self { customer }
    }
}

/// It is noted.
pub type NoteOrdersOutput = ();

/// The error responses of `noteOrders`.
#[derive(Debug)]
pub enum NoteOrdersError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(NoteOrdersError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for NoteOrdersInput {
    type Output = NoteOrdersOutput;
    type Error = NoteOrdersError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let customer = parts.path("customer").required();
        Some(Self { customer: customer? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: None,
            owner: Some(runtime::to_text(&self.customer)),
        })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
