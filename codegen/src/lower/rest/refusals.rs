//! The answers that every operation has which asks for credentials, whether its contract declares them or not.

use crate::lower::names::{self, Unique};
use crate::model::{Codec, Content, Docs, Origin, Response, Status, TypeRef};

/// The answers to missing credentials and to missing permissions.
const REFUSALS: [(u16, &str, &str); 2] = [
    (401, "Unauthorized", "The credentials are missing or not valid."),
    (403, "Forbidden", "The credentials do not allow it."),
];

/// Adds the answers that the contract does not declare, as the problem documents that routes and gateway give.
pub(super) fn add_refusals(responses: &mut Vec<Response>, origin: &Origin) {
    let declared: Vec<Status> = responses.iter().map(|response| response.status).collect();
    let mut names = Unique::default();
    for response in responses.iter() {
        names.name(&response.name.wire);
    }
    for (status, name, says) in REFUSALS {
        let is_said = [Status::Code(status), Status::Range(4), Status::Default]
            .iter()
            .any(|status| declared.contains(status));
        if is_said {
            continue;
        }
        responses.push(Response {
            status: Status::Code(status),
            name: names.name(name),
            docs: Docs { summary: Some(says.to_owned()), ..Docs::default() },
            origin: origin.clone(),
            headers: vec![],
            contents: vec![Content {
                media_type: "application/problem+json".to_owned(),
                name: names::name("problem"),
                codec: Codec::Json,
                ty: TypeRef::Json,
                examples: vec![],
            }],
            links: vec![],
        });
    }
}
