// @generated from the contracts in spec/; edits are overwritten.

//! `readChoices`: `GET /choices`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1choices/get`

use runtime::{Decode, Failure, Operation, Parts, Reply, Shape, Style};

use crate::model::{
    ItemRequest, ReadChoicesFlag, ReadChoicesLeast, ReadChoicesSize,
    ReadChoicesSizesItem, ReadChoicesXSize, SCHEMAS,
};

/// The input of `readChoices`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadChoicesInput {
    /// The query parameter `flag`.
    pub flag: Option<ReadChoicesFlag>,
    /// The query parameter `size`.
    pub size: Option<ReadChoicesSize>,
    /// The query parameter `sizes`.
    pub sizes: Option<Vec<ReadChoicesSizesItem>>,
    /// The query parameter `least`.
    pub least: Option<ReadChoicesLeast>,
    /// The query parameter `item`.
    pub item: Option<ItemRequest>,
    /// The header parameter `X-Size`.
    pub x_size: Option<ReadChoicesXSize>,
    /// The cookie parameter `sid`.
    pub sid: Option<String>,
    /// The cookie parameter `color`.
    pub color: Option<Vec<String>>,
    /// The cookie parameter `old`.
    pub old: Option<String>,
    /// Said anew here.
    pub shared: Option<String>,
}

/// What was read here.
pub type ReadChoicesOutput = String;

/// The error responses of `readChoices`.
#[derive(Debug)]
pub enum ReadChoicesError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ReadChoicesError);

impl Operation for ReadChoicesInput {
    type Output = ReadChoicesOutput;
    type Error = ReadChoicesError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let flag = parts
            .query("flag")
            .styled(Style::Repeated, Shape::Union(&[Shape::Boolean, Shape::Text]))
            .optional();
        let size = parts
            .query("size")
            .styled(Style::Repeated, Shape::Union(&[Shape::Number, Shape::Text]))
            .optional();
        let sizes = parts
            .query("sizes")
            .styled(
                Style::Repeated,
                Shape::List(&Shape::Union(&[Shape::Number, Shape::Text])),
            )
            .optional();
        let least = parts
            .query("least")
            .styled(Style::Repeated, Shape::Number)
            .optional_as(runtime::checked(&SCHEMAS, "ChoicesGetN3", Decode::decode));
        let item = parts
            .query("item")
            .styled(Style::Deep, Shape::Object(&[("id", Shape::Number)], &Shape::Text))
            .optional();
        let x_size = parts
            .header("X-Size")
            .styled(Style::Simple, Shape::Union(&[Shape::Number, Shape::Text]))
            .optional();
        let sid = parts.raw_cookie("sid").optional();
        let color = parts.raw_cookie("color").separated().optional();
        let old = parts.cookie("old").optional();
        let shared = parts.query("shared").optional();
        Some(Self {
            flag: flag?,
            size: size?,
            sizes: sizes?,
            least: least?,
            item: item?,
            x_size: x_size?,
            sid: sid?,
            color: color?,
            old: old?,
            shared: shared?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}
