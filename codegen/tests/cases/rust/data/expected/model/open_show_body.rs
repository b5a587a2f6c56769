// @generated from the contracts in spec/; edits are overwritten.

//! `OpenShowBody`, an object in the contracts.

use runtime::{At, Decode, Encode, Sink, Violations};

use super::Title;

/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1shows~1{id}~1open/post/requestBody/content/application~1json/schema`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpenShowBody {
    pub title: Option<Title>,
}

const PROPERTIES: &[&str] = &["title"];

impl Decode for OpenShowBody {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let title = object.optional("title");
        object.refuse_others(PROPERTIES);
        object.end()?;
        Some(Self { title: title? })
    }
}

impl Encode for OpenShowBody {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("title", &self.title);
        out.end_map();
    }
}
