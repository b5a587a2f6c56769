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
    /// The placeholders of names that were made here.
    made: HashMap<String, String>,
    /// How many values have a placeholder that was made here.
    n_values: usize,
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
        loop {
            let mark = format!(":v{}", self.n_values);
            self.n_values += 1;
            if !self.values.contains_key(&mark) {
                self.values.insert(mark.clone(), value);
                return mark;
            }
        }
    }

    /// A path with a placeholder for each of its names.
    pub(super) fn path(&mut self, path: &[Cow<'static, str>]) -> String {
        path.iter().map(|name| self.name(name)).collect::<Vec<_>>().join(".")
    }

    /// The placeholder of a name; the same name has one only.
    pub(super) fn name(&mut self, name: &str) -> String {
        if let Some(mark) = self.made.get(name) {
            return mark.clone();
        }
        let mut n = self.made.len();
        while self.names.contains_key(&format!("#n{n}")) {
            n += 1;
        }
        let mark = format!("#n{n}");
        self.names.insert(mark.clone(), name.to_owned());
        self.made.insert(name.to_owned(), mark.clone());
        mark
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
