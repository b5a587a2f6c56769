// @generated from the contracts in spec/; edits are overwritten.

//! `readPlaces`: `GET /places`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1places/get`

use runtime::{Decode, Failure, ListRules, Operation, Parts, Reply, Shape, Style};

use crate::model::{
    ReadPlacesBbox, ReadPlacesBeside, ReadPlacesFree, ReadPlacesNamed, ReadPlacesOne,
    ReadPlacesOther, ReadPlacesPair, ReadPlacesRest, ReadPlacesThen, SCHEMAS, SizedValue,
};

/// The input of `readPlaces`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadPlacesInput {
    /// The query parameter `bbox`.
    pub bbox: Option<ReadPlacesBbox>,
    /// The query parameter `one`.
    pub one: Option<ReadPlacesOne>,
    /// The query parameter `pair`.
    pub pair: Option<ReadPlacesPair>,
    /// The query parameter `named`.
    pub named: Option<ReadPlacesNamed>,
    /// The query parameter `then`.
    pub then: Option<ReadPlacesThen>,
    /// The query parameter `beside`.
    pub beside: Option<ReadPlacesBeside>,
    /// The query parameter `rest`.
    pub rest: Option<ReadPlacesRest>,
    /// The query parameter `other`.
    pub other: Option<ReadPlacesOther>,
    /// The query parameter `pet`.
    pub pet: Option<SizedValue>,
    /// The query parameter `free`.
    pub free: Option<ReadPlacesFree>,
}

/// What was read.
pub type ReadPlacesOutput = String;

/// The error responses of `readPlaces`.
#[derive(Debug)]
pub enum ReadPlacesError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ReadPlacesError);

impl Operation for ReadPlacesInput {
    type Output = ReadPlacesOutput;
    type Error = ReadPlacesError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let bbox = parts
            .query("bbox")
            .styled(Style::Commas, Shape::List(&Shape::Any))
            .optional_as(
                runtime::checked(
                    &SCHEMAS,
                    "PlacesGetN0",
                    runtime::list(ListRules::new().max_items(3)),
                ),
            );
        let one = parts
            .query("one")
            .styled(Style::Commas, Shape::List(&Shape::Any))
            .optional_as(runtime::checked(&SCHEMAS, "PlacesGetN1", Decode::decode));
        let pair = parts
            .query("pair")
            .styled(Style::Commas, Shape::Union(&[Shape::List(&Shape::Any), Shape::Any]))
            .optional_as(runtime::checked(&SCHEMAS, "PlacesGetN2", Decode::decode));
        let named = parts
            .query("named")
            .styled(Style::Deep, Shape::Object(&[], &Shape::Any))
            .optional_as(runtime::checked(&SCHEMAS, "PlacesGetN3", Decode::decode));
        let then = parts
            .query("then")
            .styled(Style::Deep, Shape::Object(&[("k", Shape::Text)], &Shape::Any))
            .optional();
        let beside = parts
            .query("beside")
            .styled(Style::Deep, Shape::Object(&[], &Shape::Any))
            .optional_as(runtime::checked(&SCHEMAS, "PlacesGetN5", Decode::decode));
        let rest = parts
            .query("rest")
            .styled(
                Style::Deep,
                Shape::Object(
                    &[("k", Shape::Text), ("n", Shape::Number)],
                    &Shape::Number,
                ),
            )
            .optional();
        let other = parts
            .query("other")
            .styled(Style::Repeated, Shape::Any)
            .optional_as(runtime::checked(&SCHEMAS, "PlacesGetN7", Decode::decode));
        let pet = parts
            .query("pet")
            .styled(
                Style::Deep,
                Shape::Object(
                    &[("size", Shape::Union(&[Shape::Number, Shape::Text]))],
                    &Shape::Text,
                ),
            )
            .optional();
        let free = parts
            .query("free")
            .styled(
                Style::Deep,
                Shape::Object(
                    &[("size", Shape::Union(&[Shape::Number, Shape::Text]))],
                    &Shape::Text,
                ),
            )
            .optional();
        Some(Self {
            bbox: bbox?,
            one: one?,
            pair: pair?,
            named: named?,
            then: then?,
            beside: beside?,
            rest: rest?,
            other: other?,
            pet: pet?,
            free: free?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::text(200, "text/plain", &answer)
    }
}
