// @generated from the contracts in spec/; edits are overwritten.

//! `SendPlacesBody`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, Sink, Violations};

use super::{SCHEMAS, SendPlacesBodyP};

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1places/post/requestBody/content/application~1x-www-form-urlencoded/schema`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SendPlacesBody {
    pub p: Option<SendPlacesBodyP>,
    /// A string.
    pub s: Option<String>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &["p", "s"];

impl Decode for SendPlacesBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        SCHEMAS.check("PlacesPostApplicationXWwwFormUrlencoded", at, out)?;
        let mut object = at.object(out)?;
        let p = object
            .optional_as(
                "p",
                runtime::checked(
                    &SCHEMAS,
                    "PlacesPostApplicationXWwwFormUrlencodedP",
                    Decode::decode,
                ),
            );
        let s = object.optional("s");
        let others = object.others(PROPERTIES);
        Some(Self {
            p: p?,
            s: s?,
            others: others?,
        })
    }
}

impl Encode for SendPlacesBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("p", &self.p);
        out.optional("s", &self.s);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
