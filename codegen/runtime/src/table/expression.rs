//! Placeholders of expressions.
//!
//! Every attribute name and value of an expression goes beside it, so that no name is a reserved word and no value is
//! ever part of the text.

use std::borrow::Cow;
use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

/// An expression with what its placeholders stand for.
pub(super) struct Expression {
    pub(super) text: String,
    pub(super) names: Option<HashMap<String, String>>,
    pub(super) values: Option<HashMap<String, AttributeValue>>,
}

impl Expression {
    /// The text; none where nothing is asked.
    pub(super) fn text(&self) -> Option<String> {
        Some(self.text.clone()).filter(|text| !text.is_empty())
    }
}

/// The placeholders of one call.
#[derive(Default)]
pub(super) struct Placeholders {
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
}

impl Placeholders {
    /// A placeholder that stands fixed.
    pub(super) fn set_name(&mut self, mark: &str, name: &str) {
        self.names.insert(mark.to_owned(), name.to_owned());
    }

    /// A placeholder that stands fixed.
    pub(super) fn set_value(&mut self, mark: &str, value: AttributeValue) {
        self.values.insert(mark.to_owned(), value);
    }

    /// The placeholder of a value.
    pub(super) fn value(&mut self, value: AttributeValue) -> String {
        let free = |n: &usize| !self.values.contains_key(&format!(":v{n}"));
        let n = (0..=self.values.len()).find(free).unwrap_or(self.values.len());
        let mark = format!(":v{n}");
        self.values.insert(mark.clone(), value);
        mark
    }

    /// A path with a placeholder for each of its names.
    pub(super) fn path(&mut self, path: &[Cow<'static, str>]) -> String {
        path.iter().map(|name| self.name(name)).collect::<Vec<_>>().join(".")
    }

    /// The placeholder of a name; the same name has one only.
    pub(super) fn name(&mut self, name: &str) -> String {
        let mut n = 0;
        loop {
            let mark = format!("#n{n}");
            match self.names.get(&mark) {
                Some(known) if known == name => return mark,
                Some(_) => n += 1,
                None => {
                    self.names.insert(mark.clone(), name.to_owned());
                    return mark;
                }
            }
        }
    }

    /// The text with the placeholders made for it.
    pub(super) fn expression(self, text: String) -> Expression {
        Expression {
            text,
            names: Some(self.names).filter(|names| !names.is_empty()),
            values: Some(self.values).filter(|values| !values.is_empty()),
        }
    }
}
