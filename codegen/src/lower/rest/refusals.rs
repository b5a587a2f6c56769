//! The answers that every operation has which asks for credentials, whether its contract declares them or not.

use crate::lower::names::{self, Unique};
use crate::model::{Codec, Content, Docs, Origin, Response, Status, TypeRef};

/// The answers to missing credentials and to missing permissions.
const REFUSALS: [(u16, &str, &str); 2] = [
    (401, "Unauthorized", "The credentials are missing or invalid."),
    (403, "Forbidden", "The credentials do not allow this request."),
];

/// Adds the answers that the contract does not declare, as the problem documents that routes and gateway give.
pub(super) fn add_refusals(responses: &mut Vec<Response>, origin: &Origin) {
    for (status, name, says) in REFUSALS {
        add_response(responses, origin, status, name, says);
    }
}

/// Adds an answer unless the contract declares it: a problem document, or nothing for `304`.
pub(crate) fn add_response(
    responses: &mut Vec<Response>,
    origin: &Origin,
    status: u16,
    name: &str,
    says: &str,
) {
    if responses.iter().any(|response| response.status.has(status)) {
        return;
    }
    let mut names = Unique::default();
    for response in responses.iter() {
        names.name(&response.name.wire);
    }
    let problem = Content {
        media_type: "application/problem+json".to_owned(),
        sent: "application/problem+json".to_owned(),
        name: names::name("problem"),
        codec: Codec::Json,
        ty: TypeRef::Json,
        examples: vec![],
        unread: Default::default(),
        problem: true,
    };
    responses.push(Response {
        status: Status::Code(status),
        name: names.name(name),
        docs: Docs { summary: Some(says.to_owned()), ..Docs::default() },
        origin: origin.clone(),
        headers: vec![],
        contents: if status >= 400 { vec![problem] } else { vec![] },
        unserved: vec![],
        links: vec![],
    });
}
