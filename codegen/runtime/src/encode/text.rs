//! Values as the text of a parameter or header: scalars as they are, lists with commas between their elements
//! (OpenAPI, parameter style `simple`).

use super::{Encode, Sink};

/// A value as the text of a parameter: `25`, `Phone`, `a,b`.
#[must_use]
pub fn to_text(value: &(impl Encode + ?Sized)) -> String {
    let mut texts = to_texts(value);
    match (texts.pop(), texts.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            texts.push(last);
            texts.join(",")
        }
        (None, _) => String::new(),
    }
}

/// A list as the texts of a parameter that is given once for each element.
#[must_use]
pub fn to_texts(value: &(impl Encode + ?Sized)) -> Vec<String> {
    let mut writer = TextSink { texts: Vec::new() };
    value.encode(&mut writer);
    writer.texts
}

/// The text that all elements of a list are; `None` where there is no element, or where two differ.
#[must_use]
pub fn only_text(value: &(impl Encode + ?Sized)) -> Option<String> {
    let mut texts = to_texts(value);
    let last = texts.pop()?;
    texts.iter().all(|text| *text == last).then_some(last)
}

struct TextSink {
    texts: Vec<String>,
}

impl Sink for TextSink {
    fn null(&mut self) {
        self.texts.push(String::new());
    }

    fn boolean(&mut self, value: bool) {
        self.texts.push(value.to_string());
    }

    fn integer(&mut self, value: i64) {
        self.texts.push(value.to_string());
    }

    fn number(&mut self, text: &str) {
        self.texts.push(text.to_owned());
    }

    fn text(&mut self, value: &str) {
        self.texts.push(value.to_owned());
    }

    fn bytes(&mut self, value: &[u8]) {
        self.texts.push(crate::value::to_base64(value));
    }

    fn begin_list(&mut self) {}

    fn end_list(&mut self) {}

    fn begin_map(&mut self) {}

    fn key(&mut self, name: &str) {
        self.texts.push(name.to_owned());
    }

    fn end_map(&mut self) {}
}
