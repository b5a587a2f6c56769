//! Whose item a request is about, as the contract says where to find it (`x-owner`).

use std::borrow::Cow;

use codegen::model::{Operation, OwnerSource, ParameterLocation, Piece, Segment, Service, Style};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::request::{Request, text_of};

/// The owner that a request names; `None` where it names none.
#[must_use]
pub(crate) fn owner_of(
    service: &Service,
    operation: &Operation,
    request: &Request,
) -> Option<String> {
    let (owner, source) = service.owner_source(operation)?;
    match source {
        OwnerSource::Parameter(at) => {
            let parameter = operation.parameters.get(at)?;
            let name = parameter.name.wire.as_str();
            let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
            match parameter.location {
                ParameterLocation::Path => in_path(&operation.path.segments, path, name),
                ParameterLocation::Query => {
                    let values = query.split('&').filter_map(|pair| {
                        let (key, value) = pair.split_once('=')?;
                        (decoded(key)? == name).then(|| decoded(value))?
                    });
                    let is_list = service.is_list(&parameter.ty);
                    only(values.flat_map(|value| elements(&parameter.style, is_list, value)))
                }
                ParameterLocation::Header => {
                    let mut headers = request.headers.iter();
                    let (_, value) = headers.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
                    Some(value.clone())
                }
                ParameterLocation::Cookie => None,
            }
        }
        OwnerSource::Body => in_body(request, &owner.attribute.wire),
        OwnerSource::Nowhere => None,
    }
}

/// The text that all have in common; `None` if there is none, or if two differ.
fn only(mut texts: impl Iterator<Item = String>) -> Option<String> {
    let first = texts.next()?;
    texts.all(|text| text == first).then_some(first)
}

/// The elements of a list in one text.
fn elements(style: &Style, is_list: bool, text: String) -> Vec<String> {
    let separator = match style {
        Style::Commas | Style::Simple if is_list => ',',
        Style::Spaces if is_list => ' ',
        Style::Pipes if is_list => '|',
        _ => return vec![text],
    };
    text.split(separator).map(str::to_owned).collect()
}

/// The property of a body: of JSON, or of either kind of form.
fn in_body(request: &Request, name: &str) -> Option<String> {
    let body = std::str::from_utf8(request.body.as_ref()?);
    let mut headers = request.headers.iter();
    let content_type = headers.find(|(key, _)| key.eq_ignore_ascii_case("content-type"));
    let content_type = content_type.map_or("", |(_, value)| value.as_str());
    if content_type.starts_with("application/x-www-form-urlencoded") {
        let pairs = body.ok()?.split('&').filter_map(|pair| pair.split_once('='));
        let form = |text: &str| decoded(&text.replace('+', " "));
        return only(
            pairs
                .filter(|(key, _)| form(key).as_deref() == Some(name))
                .filter_map(|(_, value)| form(value)),
        );
    }
    if content_type.starts_with("multipart/") {
        let text = String::from_utf8_lossy(request.body.as_ref()?);
        let head = format!("name=\"{name}\"");
        let values = text.split("\r\n--").filter_map(|part| {
            let (headers, value) = part.split_once("\r\n\r\n")?;
            headers.contains(&head).then(|| value.to_owned())
        });
        return only(values.collect::<Vec<_>>().into_iter());
    }
    let body: Value = serde_json::from_str(body.ok()?).ok()?;
    match body.get(name)? {
        Value::Array(items) => only(items.iter().map(text_of)),
        value => Some(text_of(value)),
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
