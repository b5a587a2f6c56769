// @generated from the contracts in spec/; edits are overwritten.

//! `putVenue`: `PUT /venues/{city}/{name}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1venues~1{city}~1{name}/put`

use runtime::{
    Condition, Failure, Operation, Parts, Preconditions, Problem, Reply, Update, Updated,
    Written,
};

use crate::model::{PutVenueCity, PutVenueName, Venue, VenueRequest, VenueSlug};
use crate::tables::{Tables, VenueKey};

/// The input of `putVenue`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutVenueInput {
    /// The path parameter `city`.
    pub city: PutVenueCity,
    /// The path parameter `name`.
    pub name: PutVenueName,
    /// `*` to store the item only if it does not exist yet.
    pub if_none_match: Option<String>,
    /// The body, `application/json`.
    pub body: VenueRequest,
}

impl PutVenueInput {
    /// Creates a value from its required fields.
    pub fn new(city: PutVenueCity, name: PutVenueName, body: VenueRequest) -> Self {
        Self {
            city,
            name,
            if_none_match: Default::default(),
            body,
        }
    }
}

/// The success responses of `putVenue`.
#[derive(Debug, Clone, PartialEq)]
pub enum PutVenueOutput {
    /// `200`: It was replaced.
    Ok(Venue),
    /// `201`: It was created.
    Created(Venue),
}

/// The error responses of `putVenue`.
#[derive(Debug)]
pub enum PutVenueError {
    /// `400`: What is wrong.
    BadRequest(Problem),
    /// `412`: The item exists already.
    PreconditionFailed(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(PutVenueError, BadRequest = problem(400), PreconditionFailed = problem(412));

impl Operation for PutVenueInput {
    type Output = PutVenueOutput;
    type Error = PutVenueError;
    const UNSUPPORTED: u16 = 400;
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Store {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let city = parts.path("city").required();
        let name = parts.path("name").required();
        let if_none_match = parts.header("If-None-Match").optional();
        let body = parts.json("application/json").required();
        Some(Self {
            city: city?,
            name: name?,
            if_none_match: if_none_match?,
            body: body?,
        })
    }

    fn reply(output: Self::Output) -> Reply {
        match output {
            PutVenueOutput::Ok(answer) => Reply::json(200, "application/json", &answer),
            PutVenueOutput::Created(answer) => {
                Reply::json(201, "application/json", &answer)
            }
        }
    }
}

/// The properties of a new item of `putVenue` that only the service sets.
#[derive(Debug, Clone, PartialEq)]
pub struct PutVenueFill {
    /// What addresses call it.
    pub slug: VenueSlug,
}

impl PutVenueFill {
    /// Creates a value from its required fields.
    pub fn new(slug: VenueSlug) -> Self {
        Self { slug }
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: PutVenueInput,
    fill: PutVenueFill,
) -> Result<PutVenueOutput, PutVenueError> {
    if let Some(problem) = runtime::unstorable(&[("/body", &input.body)]) {
        return Err(PutVenueError::BadRequest(problem.with_status(400)));
    }
    let must_be_new = input.if_none_match.as_ref().map(runtime::to_text);
    let must_be_new = runtime::must_be_new(must_be_new.as_deref());
    let key = VenueKey {
        city: runtime::rules::decode_value("city", &runtime::to_text(&input.city))?,
        name: runtime::rules::decode_value("name", &runtime::to_text(&input.name))?,
    };
    let update = Update::new()
        .replace(&input.body, &["seats"], &["city", "name", "slug"])?;
    let body = input.body;
    let item = Venue {
        city: runtime::rules::decode_value("city", &runtime::to_text(&input.city))?,
        name: runtime::rules::decode_value("name", &runtime::to_text(&input.name))?,
        seats: body.seats,
        slug: fill.slug,
        others: body.others,
    };
    if must_be_new {
        return match tables.venue.put_if(&item, Condition::item_absent()).await {
            Ok(Written::Done) => Ok(PutVenueOutput::Created(item)),
            Ok(Written::Refused(_)) => {
                let problem = Problem::new(412, "The item exists already.");
                Err(PutVenueError::PreconditionFailed(problem))
            }
            Err(error) => Err(error.into()),
        };
    }
    for _ in 0..3 {
        match tables.venue.update(&key, update.clone()).await {
            Ok(Updated::Done(item)) => return Ok(PutVenueOutput::Ok(item)),
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
        match tables.venue.put_if(&item, Condition::item_absent()).await {
            Ok(Written::Done) => return Ok(PutVenueOutput::Created(item)),
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
