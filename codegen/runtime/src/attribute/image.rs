//! Items as the records of a stream spell them: `{"id": {"S": "a"}, "sold": {"N": "3"}}`.
//!
//! **Source** DynamoDB API reference, "AttributeValue"

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// An item or a key by its attributes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Image(pub(crate) HashMap<String, AttributeValue>);

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let spelled = HashMap::<String, Spelled>::deserialize(reader)?;
        let value = |(name, spelled): (String, Spelled)| Some((name, spelled.value()?));
        let image: Option<_> = spelled.into_iter().map(value).collect();
        image.map(Self).ok_or_else(|| D::Error::custom("an attribute that is not base64"))
    }
}

/// A value under the letters of its type.
#[derive(Deserialize)]
enum Spelled {
    S(String),
    N(String),
    B(String),
    #[serde(rename = "BOOL")]
    Bool(bool),
    #[serde(rename = "NULL")]
    Null(bool),
    #[serde(rename = "SS")]
    Texts(Vec<String>),
    #[serde(rename = "NS")]
    Numbers(Vec<String>),
    #[serde(rename = "BS")]
    Blobs(Vec<String>),
    L(Vec<Spelled>),
    M(HashMap<String, Spelled>),
}

impl Spelled {
    /// The value; none where bytes are not base64.
    fn value(self) -> Option<AttributeValue> {
        Some(match self {
            Self::S(text) => AttributeValue::S(text),
            Self::N(number) => AttributeValue::N(number),
            Self::B(bytes) => AttributeValue::B(blob(&bytes)?),
            Self::Bool(flag) => AttributeValue::Bool(flag),
            Self::Null(is_null) => AttributeValue::Null(is_null),
            Self::Texts(texts) => AttributeValue::Ss(texts),
            Self::Numbers(numbers) => AttributeValue::Ns(numbers),
            Self::Blobs(blobs) => {
                AttributeValue::Bs(blobs.iter().map(|one| blob(one)).collect::<Option<_>>()?)
            }
            Self::L(items) => {
                AttributeValue::L(items.into_iter().map(Self::value).collect::<Option<_>>()?)
            }
            Self::M(members) => {
                let member = |(name, spelled): (String, Self)| Some((name, spelled.value()?));
                AttributeValue::M(members.into_iter().map(member).collect::<Option<_>>()?)
            }
        })
    }
}

fn blob(base64: &str) -> Option<Blob> {
    crate::value::from_base64(base64).map(|bytes| Blob::new(bytes.to_vec()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    #[test]
    fn every_type_is_read() {
        let read: Image = serde_json::from_value(json!({
            "s": {"S": "a"}, "n": {"N": "1.50"}, "b": {"B": "aGk="}, "t": {"BOOL": true}, "z": {"NULL": true},
            "ss": {"SS": ["a"]}, "ns": {"NS": ["1"]}, "bs": {"BS": ["aGk="]},
            "l": {"L": [{"N": "1"}]}, "m": {"M": {"in": {"S": "b"}}},
        }))
        .unwrap();
        let hi = || Blob::new("hi");
        let (one, text) =
            (AttributeValue::N("1".into()), |text: &str| AttributeValue::S(text.into()));
        let expected = [
            ("s", text("a")),
            ("n", AttributeValue::N("1.50".into())),
            ("b", AttributeValue::B(hi())),
            ("t", AttributeValue::Bool(true)),
            ("z", AttributeValue::Null(true)),
            ("ss", AttributeValue::Ss(vec!["a".into()])),
            ("ns", AttributeValue::Ns(vec!["1".into()])),
            ("bs", AttributeValue::Bs(vec![hi()])),
            ("l", AttributeValue::L(vec![one])),
            ("m", AttributeValue::M(HashMap::from([("in".to_owned(), text("b"))]))),
        ];
        assert_eq!(read.0, expected.map(|(name, value)| (name.to_owned(), value)).into());
    }

    #[test]
    fn what_is_no_attribute_is_refused() {
        for bad in [json!({"a": {"X": 1}}), json!({"a": {"B": "?"}}), json!({"a": 1}), json!([])] {
            assert!(serde_json::from_value::<Image>(bad).is_err());
        }
    }
}
