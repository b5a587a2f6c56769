//! Whose item a request is about, as the contract says where to find it (`x-owner`).

use std::borrow::Cow;

use codegen::model::{Operation, OwnerSource, ParameterLocation, Piece, Segment, Service};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::request::{Request, text_of};

/// The owner that a request names; `None` where it names none.
#[must_use]
pub fn owner_of(service: &Service, operation: &Operation, request: &Request) -> Option<String> {
    let (owner, source) = service.owner_source(operation)?;
    match source {
        OwnerSource::Parameter(at) => {
            let parameter = operation.parameters.get(at)?;
            let name = parameter.name.wire.as_str();
            let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
            match parameter.location {
                ParameterLocation::Path => in_path(&operation.path.segments, path, name),
                ParameterLocation::Query => query.split('&').find_map(|pair| {
                    let (key, value) = pair.split_once('=')?;
                    (decoded(key)? == name).then(|| decoded(value))?
                }),
                ParameterLocation::Header => {
                    let mut headers = request.headers.iter();
                    let (_, value) = headers.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
                    Some(value.clone())
                }
                ParameterLocation::Cookie => None,
            }
        }
        OwnerSource::Body => {
            let body: Value = serde_json::from_slice(request.body.as_ref()?).ok()?;
            body.get(&owner.attribute.wire).map(text_of)
        }
        OwnerSource::Nowhere => None,
    }
}

/// The value of a whole segment, or of the only parameter of one.
fn in_path(segments: &[Segment], path: &str, name: &str) -> Option<String> {
    let names = |segment: &Segment| match segment {
        Segment::Parameter(parameter) => parameter == name,
        Segment::Mixed(pieces) => {
            pieces.iter().any(|piece| matches!(piece, Piece::Parameter(one) if one == name))
        }
        Segment::Literal(_) => false,
    };
    let at = segments.iter().position(names)?;
    let sent = path.strip_prefix('/')?.split('/').nth(at)?;
    match &segments[at] {
        Segment::Mixed(pieces) => match pieces.as_slice() {
            [Piece::Text(before), Piece::Parameter(_)] => {
                decoded(sent.strip_prefix(before.as_str())?)
            }
            [Piece::Parameter(_), Piece::Text(after)] => {
                decoded(sent.strip_suffix(after.as_str())?)
            }
            _ => None,
        },
        _ => decoded(sent),
    }
}

/// What a percent-encoded text stands for.
fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_owner() {
        let literal = |text: &str| Segment::Literal(text.to_owned());
        let person = Segment::Parameter("person".to_owned());
        let path = [literal("people"), person, literal("bookings")];
        assert_eq!(in_path(&path, "/people/a%20b/bookings", "person").as_deref(), Some("a b"));
        assert_eq!(in_path(&path, "/people", "person"), None);
        let mixed = [Segment::Mixed(vec![
            Piece::Text("@".to_owned()),
            Piece::Parameter("person".to_owned()),
        ])];
        assert_eq!(in_path(&mixed, "/@anna", "person").as_deref(), Some("anna"));
        assert_eq!(decoded("%4").as_deref(), Some("%4"));
        assert_eq!(decoded("%FF"), None);
    }
}
