//! The template of the contracts with the values of a stack: what each resource of it should be.
//!
//! Owns parameters, conditions and references. What only AWS knows (an ARN that is made of an account) is compared by the
//! name that it ends with; what nobody can know is left out.

use serde_json::{Map, Value as Json, json};

use super::aws::Stack;

/// The key of a reference to something that AWS made, whose value is its name.
pub(super) const MADE: &str = "made by the stack";

/// One resource that a stack should have.
pub(super) struct Resource {
    /// Its logical id.
    pub(super) id: String,
    /// Its type: `AWS::SQS::Queue`.
    pub(super) kind: String,
    /// The place in the contracts that declares it.
    pub(super) source: Option<String>,
    /// Its properties, with the values of the stack.
    pub(super) properties: Json,
}

/// A template and the stack that was made of it.
pub(super) struct Expected<'a> {
    template: &'a Json,
    stack: &'a Stack,
}

impl<'a> Expected<'a> {
    /// The template as it is for a stack.
    pub(super) fn of(template: &'a Json, stack: &'a Stack) -> Self {
        Self { template, stack }
    }

    /// The resources whose condition holds in the stack.
    pub(super) fn resources(&self) -> Vec<Resource> {
        let all = self.template["Resources"].as_object().into_iter().flatten();
        let is_there = |one: &Json| {
            one["Condition"]
                .as_str()
                .is_none_or(|name| self.condition(&json!({ "Condition": name })))
        };
        all.filter(|(_, one)| is_there(one))
            .map(|(id, one)| Resource {
                id: id.clone(),
                kind: one["Type"].as_str().unwrap_or_default().to_owned(),
                source: one["Metadata"]["Source"].as_str().map(str::to_owned),
                properties: self.value(&one["Properties"]),
            })
            .collect()
    }

    /// Whether a condition holds. Parameters that the stack does not have are those of another template: it does not.
    fn condition(&self, condition: &Json) -> bool {
        let Some((key, of)) = condition.as_object().and_then(|map| map.iter().next()) else {
            return false;
        };
        let all = || of.as_array().into_iter().flatten();
        match key.as_str() {
            "Condition" => of
                .as_str()
                .and_then(|name| self.template["Conditions"].get(name))
                .is_some_and(|named| self.condition(named)),
            "Fn::Equals" => {
                // A default may be a number where the stack has its text.
                let text = |value: &Json| match self.value(value) {
                    Json::String(text) => text,
                    other => other.to_string(),
                };
                let values: Vec<String> = all().map(text).collect();
                values.first() == values.last()
            }
            "Fn::Not" => all().next().is_some_and(|one| !self.condition(one)),
            "Fn::And" => all().all(|one| self.condition(one)),
            "Fn::Or" => all().any(|one| self.condition(one)),
            _ => false,
        }
    }

    /// A value of the template in the stack; `null` where it cannot be known.
    fn value(&self, value: &Json) -> Json {
        match value {
            Json::Array(items) => items
                .iter()
                .map(|item| self.value(item))
                .filter(|item| !is_no_value(item))
                .collect(),
            Json::Object(map) => match map.iter().next() {
                Some((key, of)) if map.len() == 1 && (key == "Ref" || key.starts_with("Fn::")) => {
                    self.intrinsic(key, of)
                }
                _ => {
                    let each = map.iter().map(|(key, value)| (key.clone(), self.value(value)));
                    Json::Object(
                        each.filter(|(_, value)| !is_no_value(value)).collect::<Map<_, _>>(),
                    )
                }
            },
            plain => plain.clone(),
        }
    }

    fn intrinsic(&self, key: &str, of: &Json) -> Json {
        match (key, of) {
            ("Ref", Json::String(name)) => self.reference(name),
            ("Fn::GetAtt", Json::Array(path)) => match path.first().and_then(Json::as_str) {
                Some(id) if path.get(1) == Some(&json!("Arn")) => self.made(id),
                _ => Json::Null,
            },
            ("Fn::If", Json::Array(parts)) => match parts.as_slice() {
                [name, yes, no] => {
                    let holds = self.condition(&json!({ "Condition": name }));
                    self.value(if holds { yes } else { no })
                }
                _ => Json::Null,
            },
            ("Fn::Sub", Json::String(text)) => self.substituted(text),
            _ => Json::Null,
        }
    }

    fn reference(&self, name: &str) -> Json {
        match name {
            "AWS::StackName" => json!(self.stack.name),
            "AWS::NoValue" => json!({ "Ref": name }),
            _ => match self.stack.parameter(name) {
                Some(value) => json!(value),
                None if self.template["Resources"].get(name).is_some() => self.made(name),
                None => {
                    self.template["Parameters"][name].get("Default").cloned().unwrap_or_default()
                }
            },
        }
    }

    /// What AWS calls a resource of the stack.
    fn made(&self, id: &str) -> Json {
        match self.stack.made(id) {
            // The physical ID of a queue is its URL.
            Some(name) if !name.is_empty() => {
                json!({ MADE: name.strip_prefix("http").map_or(name, |url| url.rsplit('/').next().unwrap_or(url)) })
            }
            _ => Json::Null,
        }
    }

    /// A text with the values in it; `null` where one of them is AWS's own.
    fn substituted(&self, text: &str) -> Json {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, behind)) = after.split_once('}') else { return Json::Null };
            out.push_str(before);
            match self.reference(name) {
                Json::String(value) => out.push_str(&value),
                Json::Number(value) => out.push_str(&value.to_string()),
                _ => return Json::Null,
            }
            rest = behind;
        }
        out.push_str(rest);
        json!(out)
    }
}

fn is_no_value(value: &Json) -> bool {
    value.get("Ref").is_some_and(|name| name == "AWS::NoValue")
}
