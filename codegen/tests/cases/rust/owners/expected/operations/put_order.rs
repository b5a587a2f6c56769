// @generated from the contracts in spec/; edits are overwritten.

//! `putOrder`: `PUT /order`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1order/put`

use runtime::{
    Access, Condition, Failure, Operation, Owned, Parts, Preconditions, Problem, Reply,
    Requirement, Written,
};

use crate::model::Order;
use crate::tables::Tables;

/// The input of `putOrder`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutOrderInput {
    /// `*` to store the item only if it does not exist yet.
    pub if_none_match: Option<String>,
    /// The body, `application/json`.
    pub body: Order,
}

impl PutOrderInput {
    /// Creates a value from its required fields.
    pub fn new(body: Order) -> Self {
        Self {
            if_none_match: Default::default(),
            body,
        }
    }
}

/// The order.
pub type PutOrderOutput = Order;

/// The error responses of `putOrder`.
#[derive(Debug)]
pub enum PutOrderError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// `412`: The item exists already.
    PreconditionFailed(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    PutOrderError,
    Unauthorized = problem(401),
    Forbidden = problem(403),
    PreconditionFailed = problem(412)
);

impl Operation for PutOrderInput {
    type Output = PutOrderOutput;
    type Error = PutOrderError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Store {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let if_none_match = parts.header("If-None-Match").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            if_none_match: if_none_match?,
            body: body?,
        })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "sub",
            unless: Some("orders.all"),
            owner: Some(runtime::to_text(&self.body.customer)),
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PutOrderInput,
) -> Result<PutOrderOutput, PutOrderError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(Failure::refused(problem.with_status(400)).into());
    }
    let must_be_new = input.if_none_match.as_ref().map(runtime::to_text);
    let must_be_new = runtime::must_be_new(must_be_new.as_deref());
    let item = input.body;
    let condition = Condition::item_absent_if(must_be_new);
    match tables.order.put_if(&item, condition).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            let problem = Problem::new(412, "The item exists already.");
            Err(PutOrderError::PreconditionFailed(problem))
        }
        Err(error) => Err(error.into()),
    }
}
