// @generated from the contracts in spec/; edits are overwritten.

//! `createPart`: `POST /parts`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1parts/post`

use runtime::{Failure, Operation, Parts, Preconditions, Problem, Reply, Written};

use crate::model::{
    Inner, InnerOther, InnerOtherRequest, InnerRequest, Part, PartOne, PartOneRequest,
    PartRequest, Size,
};
use crate::tables::Tables;

/// The input of `createPart`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatePartInput {
    /// The body, `application/json`.
    pub body: PartRequest,
}

impl CreatePartInput {
    /// Creates a value from its required fields.
    pub fn new(body: PartRequest) -> Self {
        Self { body }
    }
}

/// The part.
pub type CreatePartOutput = Part;

/// The error responses of `createPart`.
#[derive(Debug)]
pub enum CreatePartError {
    /// `409`: What is wrong.
    Conflict(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(CreatePartError, Conflict = problem(409));

impl Operation for CreatePartInput {
    type Output = CreatePartOutput;
    type Error = CreatePartError;
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
    input: CreatePartInput,
) -> Result<CreatePartOutput, CreatePartError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(Failure::refused(problem.with_status(400)).into());
    }
    let body = input.body;
    let item = Part {
        id: body.id,
        inner: body
            .inner
            .map(|value| {
                fn to_inner(value: InnerRequest) -> Inner {
                    {
                        let form = value;
                        Inner {
                            made: Default::default(),
                            alone: form
                                .alone
                                .map(|value| {
                                    let value = *value;
                                    Box::new(to_inner(value))
                                }),
                            several: form
                                .several
                                .map(|value| value.into_iter().map(to_inner).collect()),
                            other: form
                                .other
                                .map(|value| {
                                    let value = *value;
                                    Box::new(
                                        match value {
                                            InnerOtherRequest::Inner(value) => {
                                                InnerOther::Inner(to_inner(value))
                                            }
                                            InnerOtherRequest::String(value) => {
                                                InnerOther::String(value)
                                            }
                                        },
                                    )
                                }),
                            others: form.others,
                        }
                    }
                }
                to_inner(value)
            }),
        one: body
            .one
            .map(|value| match value {
                PartOneRequest::Size(value) => {
                    PartOne::Size({
                        let form = value;
                        Size {
                            length: form.length,
                            area: Default::default(),
                            others: form.others,
                        }
                    })
                }
            }),
        secret: body
            .secret
            .map(|value| runtime::Sensitive::new({
                let value = value.into_exposed();
                {
                    let form = value;
                    Size {
                        length: form.length,
                        area: Default::default(),
                        others: form.others,
                    }
                }
            })),
        mixed: body.mixed,
        lists: body.lists,
        others: body.others,
    };
    match tables.part.create(&item).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(CreatePartError::Conflict(Problem::new(409, "What is wrong.")))
        }
        Err(error) => Err(error.into()),
    }
}
