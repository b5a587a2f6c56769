// @generated from the contracts in spec/; edits are overwritten.

//! `putDoc`: `PUT /docs/{id}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1docs~1{id}/put`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Update, Updated,
    Written,
};

use crate::model::{Doc, DocPlace, DocRequest, GetDocId};
use crate::tables::{DocKey, Tables};

/// The input of `putDoc`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutDocInput {
    /// The path parameter `id`.
    pub id: GetDocId,
    /// `*` to store the item only if it does not exist yet.
    pub if_none_match: Option<String>,
    /// The body, `application/json`.
    pub body: DocRequest,
}

impl PutDocInput {
    /// Creates a value from its required fields.
    pub fn new(id: GetDocId, body: DocRequest) -> Self {
        Self {
            id,
            if_none_match: Default::default(),
            body,
        }
    }
}

/// The success responses of `putDoc`.
#[derive(Debug, Clone, PartialEq)]
pub enum PutDocOutput {
    /// `200`: The document.
    Ok(Doc),
    /// `201`: The document.
    Created(Doc),
}

/// The error responses of `putDoc`.
#[derive(Debug)]
pub enum PutDocError {
    /// `400`: It did not work.
    BadRequest(Problem),
    /// `412`: The item exists already.
    PreconditionFailed(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(PutDocError, BadRequest = problem(400), PreconditionFailed = problem(412));

impl Operation for PutDocInput {
    type Output = PutDocOutput;
    type Error = PutDocError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Store {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let if_none_match = parts.header("If-None-Match").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            id: id?,
            if_none_match: if_none_match?,
            body: body?,
        })
    }

    fn reply(output: Self::Output) -> Reply {
        match output {
            PutDocOutput::Ok(answer) => Reply::json(200, "application/json", &answer),
            PutDocOutput::Created(answer) => {
                Reply::json(201, "application/json", &answer)
            }
        }
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PutDocInput,
) -> Result<PutDocOutput, PutDocError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(PutDocError::BadRequest(problem.with_status(400)));
    }
    let must_be_new = input.if_none_match.as_ref().map(runtime::to_text);
    let must_be_new = runtime::must_be_new(must_be_new.as_deref());
    let key = DocKey {
        id: runtime::rules::decode_value("id", &runtime::to_text(&input.id))?,
    };
    let update = Update::new()
        .replace(
            &input.body,
            &["title", "nick", "place"],
            &["id", "ownerId", "role", "visits", "rating", "copies", "shelf"],
        )?;
    if runtime::to_text(&input.body.id) != runtime::to_text(&input.id) {
        return Err(
            PutDocError::BadRequest(
                Problem::violation("/body/id", "found another key than in the path"),
            ),
        );
    }
    let body = input.body;
    let item = Doc {
        id: body.id,
        owner_id: runtime::preset("\"nobody\""),
        title: body.title,
        nick: body.nick,
        role: Default::default(),
        visits: Default::default(),
        rating: Default::default(),
        copies: runtime::preset("10"),
        place: body
            .place
            .map(|value| {
                let form = value;
                DocPlace {
                    room: form.room,
                    level: Default::default(),
                    others: form.others,
                }
            }),
        shelf: Default::default(),
        others: body.others,
    };
    if must_be_new {
        return match tables.doc.put_if(&item, Condition::item_absent()).await {
            Ok(Written::Done) => Ok(PutDocOutput::Created(item)),
            Ok(Written::Refused(_)) => {
                let problem = Problem::new(412, "The item exists already.");
                Err(PutDocError::PreconditionFailed(problem))
            }
            Err(error) => Err(error.into()),
        };
    }
    for _ in 0..3 {
        match tables.doc.update(&key, update.clone()).await {
            Ok(Updated::Done(item)) => return Ok(PutDocOutput::Ok(item)),
            Ok(Updated::Refused(None)) => {}
            other => {
                return match other {
                    Err(error) => Err(error.into()),
                    Ok(_) => {
                        Err(
                            Failure::message(
                                    "the item was changed concurrently; send the request again",
                                )
                                .into(),
                        )
                    }
                };
            }
        }
        match tables.doc.put_if(&item, Condition::item_absent()).await {
            Ok(Written::Done) => return Ok(PutDocOutput::Created(item)),
            Ok(Written::Refused(_)) => {}
            other => {
                return match other {
                    Err(error) => Err(error.into()),
                    Ok(_) => {
                        Err(
                            Failure::message(
                                    "the item was changed concurrently; send the request again",
                                )
                                .into(),
                        )
                    }
                };
            }
        }
    }
    Err(
        Failure::message("the item was changed concurrently; send the request again")
            .into(),
    )
}
