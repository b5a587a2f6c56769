//! How large items are in a response.
//!
//! A page ends before its response passes what Lambda takes.

use aws_sdk_dynamodb::types::AttributeValue;

use super::Attributes;

/// Bytes of items at most in a page: Lambda takes 6 MB of JSON in which the body is a text.
const MAX_BYTES: usize = 5 << 20;

/// The room that is left in a page.
pub(super) struct Room {
    bytes: usize,
}

impl Room {
    pub(super) const fn of_page() -> Self {
        Self { bytes: MAX_BYTES }
    }

    /// How many of these items fit, one after the other.
    pub(super) fn take(&mut self, items: &[Attributes]) -> usize {
        let fit = items.iter().take_while(|item| {
            let left = self.bytes.checked_sub(members(item));
            self.bytes = left.unwrap_or_default();
            left.is_some()
        });
        fit.count()
    }
}

/// The bytes of an object: its quotes are escaped in the text that the body is.
fn members(members: &Attributes) -> usize {
    2 + members.iter().map(|(name, value)| text(name) + size(value) + 2).sum::<usize>()
}

fn size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(value) => text(value),
        AttributeValue::N(number) => number.len(),
        AttributeValue::B(bytes) => 4 + bytes.as_ref().len().div_ceil(3) * 4,
        AttributeValue::L(items) => 2 + items.iter().map(|item| size(item) + 1).sum::<usize>(),
        AttributeValue::M(object) => members(object),
        AttributeValue::Ss(texts) => 2 + texts.iter().map(|one| text(one) + 1).sum::<usize>(),
        AttributeValue::Ns(numbers) => 2 + numbers.iter().map(|one| one.len() + 1).sum::<usize>(),
        AttributeValue::Bs(all) => {
            2 + all.iter().map(|one| 5 + one.as_ref().len().div_ceil(3) * 4).sum::<usize>()
        }
        _ => 5,
    }
}

fn text(text: &str) -> usize {
    let escaped = |byte: u8| match byte {
        b'"' | b'\\' => 4,
        0..=0x1f => 7,
        _ => 1,
    };
    4 + text.bytes().map(escaped).sum::<usize>()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::{Json, to_item};

    /// What an item takes is what it takes in the text of a text.
    #[test]
    fn the_size_is_that_of_a_body_in_a_response() {
        let json = r#"{"name":"a \"quoted\" \\ é😀\u0001","n":[12.5,true,null],"in":{"a":"b"}}"#;
        let item = to_item(&Json::parse(json).unwrap()).unwrap();
        let body = crate::to_json(&Json::parse(json).unwrap());
        let sent = serde_json::to_string(&body).unwrap();
        let size = members(&item);
        assert!((sent.len()..sent.len() + 16).contains(&size), "{size}: {}", sent.len());
    }

    #[test]
    fn what_no_longer_fits_is_left() {
        let item =
            |n: usize| Attributes::from([("text".to_owned(), AttributeValue::S("x".repeat(n)))]);
        let mut room = Room { bytes: 100 };
        assert_eq!(room.take(&[item(20), item(20), item(60), item(1)]), 2);
        assert_eq!(room.take(&[item(1)]), 0);
    }
}
