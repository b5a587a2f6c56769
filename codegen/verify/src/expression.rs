//! Runtime expressions of links (OpenAPI 3.0, "Runtime Expressions").

use codegen::model::{Operation, ParameterLocation};
use serde_json::Value;

use crate::http::Answer;
use crate::request::{Body, Input, Request, given};

/// A request and its answer, which expressions speak of.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// What was said.
    pub input: &'a Input,
    /// How it was sent.
    pub request: &'a Request,
    /// What came back.
    pub answer: &'a Answer,
}

impl Exchange<'_> {
    /// The value of an expression; a text that is not an expression stands for itself. `None` where there is no such part.
    #[must_use]
    pub fn value(&self, expression: &str) -> Option<Value> {
        let Some(rest) = expression.strip_prefix('$') else { return self.embedded(expression) };
        match rest {
            "method" => return Some(Value::from(self.request.method.clone())),
            "url" => return Some(Value::from(self.request.path.clone())),
            "statusCode" => return Some(Value::from(self.answer.status)),
            _ => {}
        }
        if let Some(part) = rest.strip_prefix("response.") {
            return match part.strip_prefix("header.") {
                Some(name) => self.answer.header(&name.to_ascii_lowercase()).map(Value::from),
                None => pointed(self.answer.json()?, part),
            };
        }
        let part = rest.strip_prefix("request.")?;
        let parameter = |name, location| given(self.operation, self.input, name, location);
        match part.split_once('.') {
            Some(("path", name)) => parameter(name, ParameterLocation::Path),
            Some(("query", name)) => parameter(name, ParameterLocation::Query),
            Some(("header", name)) => parameter(name, ParameterLocation::Header),
            _ => match &self.input.body {
                Body::Json(body) => pointed(body.clone(), part),
                Body::None | Body::Raw(..) => None,
            },
        }
    }

    /// A value with expressions for some of its texts.
    #[must_use]
    pub fn filled(&self, value: &Value) -> Option<Value> {
        match value {
            Value::String(text) => self.value(text),
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(entries) => {
                let entry =
                    |(key, value): (&String, &Value)| Some((key.clone(), self.filled(value)?));
                entries.iter().map(entry).collect::<Option<_>>().map(Value::Object)
            }
            other => Some(other.clone()),
        }
    }

    /// A text with expressions in braces: `id-{$response.body#/id}`.
    fn embedded(&self, text: &str) -> Option<Value> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{$") {
            let Some((expression, behind)) = after.split_once('}') else { break };
            out.push_str(before);
            out.push_str(&crate::request::text_of(&self.value(&format!("${expression}"))?));
            rest = behind;
        }
        out.push_str(rest);
        Some(Value::from(out))
    }
}

/// A body, or the part of it that `body#/pointer` names; `null` counts as nothing.
fn pointed(body: Value, part: &str) -> Option<Value> {
    let found = match part.split_once('#') {
        Some(("body", pointer)) => body.pointer(pointer)?.clone(),
        None if part == "body" => body,
        _ => return None,
    };
    (!found.is_null()).then_some(found)
}

/// Puts a link's body over a body that keeps the contract: what it names is replaced, the rest stays.
pub fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}
