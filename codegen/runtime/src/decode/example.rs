//! What an operation returns until it is implemented: the example of its contract.

use super::{Decode, Violations, decode_body, decode_tree};
use crate::encode::{Encode, to_value};
use crate::json::{Json, Tree};

/// The example of a contract, for an operation that is not implemented yet.
///
/// # Errors
/// All violations of the type.
pub fn example<T: Decode>(json: &str) -> Result<T, Violations> {
    let mut out = Violations::default();
    let decoded = decode_body(json.as_bytes(), &mut out);
    out.or(decoded)
}

/// The example, with what the request says: `members` are parameters by the names of the properties that they decide, and
/// a property that `body` has too has the body's value. What the response's type cannot hold leaves the example as it is.
///
/// # Errors
/// All violations of the type.
pub fn example_with<T: Decode>(
    json: &str,
    members: &[(&str, &dyn Encode)],
    body: &dyn Encode,
) -> Result<T, Violations> {
    let said = with_said(json, members, body).and_then(|said| decode_tree("/body", &said).ok());
    said.map_or_else(|| example(json), Ok)
}

/// The example's tree with the values of the request, each of the kind that the example has.
fn with_said(json: &str, members: &[(&str, &dyn Encode)], body: &dyn Encode) -> Option<Json> {
    let Ok(Tree::Object(mut example)) = Json::parse(json) else { return None };
    let body = to_value(body);
    let of_body = body.as_object().into_iter().flat_map(|sent| sent.iter());
    let of_path = members.iter().map(|(name, value)| (*name, to_value(*value)));
    // The path tells which thing it is, whatever the body says.
    let said = of_body.map(|(name, value)| (name.to_owned(), value.clone()));
    for (name, value) in said.chain(of_path.map(|(name, value)| (name.to_owned(), value))) {
        let is_alike = |own: &Json| std::mem::discriminant(own) == std::mem::discriminant(&value);
        if example.get(&name).is_some_and(is_alike) {
            example.insert(name, value);
        }
    }
    Some(Tree::Object(example))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    const EXAMPLE: &str = r#"{"id": "t-1", "name": "one", "size": 3, "tags": ["a"]}"#;

    fn with(members: &[(&str, &dyn Encode)], body: &str) -> Json {
        example_with(EXAMPLE, members, &Json::parse(body).unwrap()).unwrap()
    }

    #[test]
    fn the_request_decides_what_it_says() {
        let expected = r#"{"id": "t-2", "name": "two", "size": 3, "tags": []}"#;
        let found = with(
            &[("id", &"t-2".to_owned())],
            r#"{"id": "t-9", "name": "two", "size": "large", "tags": [], "password": "p"}"#,
        );
        assert_eq!(found, Json::parse(expected).unwrap());
        let none: Option<String> = None;
        let same: Json = example_with(EXAMPLE, &[], &none).unwrap();
        assert_eq!(same, Json::parse(EXAMPLE).unwrap());
    }

    #[test]
    fn what_the_type_cannot_hold_leaves_the_example() {
        let read = |body: &str| -> Result<String, Violations> {
            example_with("\"text\"", &[], &Json::parse(body).unwrap())
        };
        assert_eq!(read(r#"{"a": 1}"#).unwrap(), "text");
    }
}
