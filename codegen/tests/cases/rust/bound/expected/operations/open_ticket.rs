// @generated from the contracts in spec/; edits are overwritten.

//! `openTicket`: `POST /tickets`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1tickets/post`

use runtime::{Failure, Operation, Parts, Preconditions, Reply, Timestamp, Uuid, Written};

use crate::model::{Ticket, TicketRequest};
use crate::tables::Tables;

/// The input of `openTicket`.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenTicketInput {
    /// The body, `application/json`.
    pub body: TicketRequest,
}

impl OpenTicketInput {
    /// Creates a value from its required fields.
    pub fn new(body: TicketRequest) -> Self {
        Self { body }
    }
}

/// The ticket.
pub type OpenTicketOutput = Ticket;

/// The error responses of `openTicket`.
#[derive(Debug)]
pub enum OpenTicketError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(OpenTicketError);

impl Operation for OpenTicketInput {
    type Output = OpenTicketOutput;
    type Error = OpenTicketError;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Create);

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(201, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: OpenTicketInput,
) -> Result<OpenTicketOutput, OpenTicketError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(Failure::refused(problem.with_status(400)).into());
    }
    let body = input.body;
    let item = Ticket {
        id: Uuid::new_v4(),
        status: runtime::preset("\"open\""),
        created_at: runtime::rules::decode_value(
            "createdAt",
            &Timestamp::now().to_string(),
        )?,
        version: runtime::rules::decode_value("version", "1")?,
        others: body.others,
    };
    match tables.ticket.create(&item).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(Failure::message("the item already exists").into())
        }
        Err(error) => Err(error.into()),
    }
}
