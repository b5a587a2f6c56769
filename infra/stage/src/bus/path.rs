//! Owns the JSON paths of targets: `$.detail.items[0].name`, `$.detail.*`, `$['detail-type']`. It
//! refuses filters, slices and descents, which EventBridge does not have either.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde_json::Value;
use serde_json::value::RawValue;

/// The members of a JSON object as they are written, in their order.
pub(super) type Members<'t> = IndexMap<String, &'t RawValue>;

/// A way into an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPath {
    text: String,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    Index(usize),
    Every,
}

impl JsonPath {
    /// Reads a path.
    ///
    /// **Errors**: what is wrong with it, in a few words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bad = || format!("Invalid JSON path `{text}`");
        let mut rest = text.strip_prefix('$').ok_or_else(bad)?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = if let Some(after) = rest.strip_prefix('[') {
                let (inside, after) = after.split_once(']').ok_or_else(bad)?;
                (in_brackets(inside).ok_or_else(bad)?, after)
            } else {
                let name = rest.strip_prefix('.').ok_or_else(bad)?;
                let end = name.find(['.', '[']).unwrap_or(name.len());
                let (name, after) = name.split_at(end);
                let legal =
                    |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '@' | '$');
                match name {
                    "*" => (Step::Every, after),
                    _ if !name.is_empty() && name.chars().all(legal) => {
                        (Step::Field(name.to_owned()), after)
                    }
                    _ => return Err(bad()),
                }
            };
            steps.push(step);
            rest = after;
        }
        Ok(Self { text: text.to_owned(), steps })
    }

    /// The path as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the path leads to: a list when it has a `*`, nothing when there is nothing.
    pub fn find(&self, value: &Value) -> Option<Value> {
        let mut found = vec![value];
        for step in &self.steps {
            found = found.into_iter().flat_map(|value| step.of(value)).collect();
        }
        if self.steps.contains(&Step::Every) {
            return Some(Value::Array(found.into_iter().cloned().collect()));
        }
        found.first().map(|value| (*value).clone())
    }

    /// The same as it is written in a JSON text, with the order of its names and the digits of its numbers.
    pub fn written<'t>(&self, json: &'t str) -> Option<Cow<'t, str>> {
        let mut found = vec![json];
        for step in &self.steps {
            found = found.into_iter().flat_map(|text| step.within(text)).collect();
        }
        if self.steps.contains(&Step::Every) {
            return Some(Cow::Owned(format!("[{}]", found.join(","))));
        }
        found.first().map(|text| Cow::Borrowed(*text))
    }
}

impl Step {
    fn within<'t>(&self, json: &'t str) -> Vec<&'t str> {
        let members = || serde_json::from_str::<Members<'t>>(json).unwrap_or_default();
        let items = || serde_json::from_str::<Vec<&'t RawValue>>(json);
        let found: Vec<&RawValue> = match self {
            Self::Field(name) => members().get(name).copied().into_iter().collect(),
            Self::Index(index) => {
                items().unwrap_or_default().get(*index).copied().into_iter().collect()
            }
            Self::Every => items().unwrap_or_else(|_| members().into_values().collect()),
        };
        found.into_iter().map(RawValue::get).collect()
    }

    fn of<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        match self {
            Self::Field(name) => value.get(name).into_iter().collect(),
            Self::Index(index) => value.get(index).into_iter().collect(),
            Self::Every => match value {
                Value::Array(items) => items.iter().collect(),
                Value::Object(fields) => fields.values().collect(),
                _ => Vec::new(),
            },
        }
    }
}

fn in_brackets(inside: &str) -> Option<Step> {
    if inside == "*" {
        return Some(Step::Every);
    }
    if let Ok(index) = inside.parse() {
        return Some(Step::Index(index));
    }
    let quoted = |quote| inside.strip_prefix(quote)?.strip_suffix(quote);
    let name = quoted('\'').or_else(|| quoted('"'))?;
    Some(Step::Field(name.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_lead_to_values_or_to_nothing() {
        let event = json!({"detail-type": "T", "detail": {"a": [{"b": 1}, {"b": 2}], "x y": null}});
        let find = |path: &str| JsonPath::parse(path).unwrap().find(&event);
        assert_eq!(find("$"), Some(event.clone()));
        assert_eq!(find("$.detail-type"), Some(json!("T")));
        assert_eq!(find("$['detail-type']"), Some(json!("T")));
        assert_eq!(find("$.detail.a[1].b"), Some(json!(2)));
        assert_eq!(find("$.detail.a[*].b"), Some(json!([1, 2])));
        assert_eq!(find("$.detail['x y']"), Some(json!(null)));
        assert_eq!(find("$.detail.a[2]"), None);
        assert_eq!(find("$.detail.b.c"), None);
        assert_eq!(find("$.detail-type.*"), Some(json!([])));
    }

    #[test]
    fn what_is_written_keeps_its_order_and_its_digits() {
        let text = r#"{"detail":{"z":1.50,"a":[12345678901234567890123,{"c":2e2,"b":1}]}}"#;
        for (path, expected) in [
            ("$", Some(text)),
            ("$.detail.z", Some("1.50")),
            ("$.detail.a[0]", Some("12345678901234567890123")),
            ("$.detail.a[1]", Some(r#"{"c":2e2,"b":1}"#)),
            ("$.detail.b", None),
            ("$.detail.a[*].c", Some("[2e2]")),
            ("$.detail.a[1].*", Some("[2e2,1]")),
            ("$.detail.z.*", Some("[]")),
        ] {
            let written = JsonPath::parse(path).unwrap().written(text);
            assert_eq!(written.as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for bad in
            ["", "detail", ".detail", "$detail", "$.", "$..a", "$.a[", "$.a[x]", "$.a[-1]", "$.a b"]
        {
            assert!(JsonPath::parse(bad).is_err(), "{bad}");
        }
    }
}
