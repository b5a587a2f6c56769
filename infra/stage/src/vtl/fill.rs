//! Filling a template: variables, properties and methods of values.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Expression, Node, Operator, Reference, Source, Step, Template};

/// The most times that the body of a `#foreach` is filled, as in API Gateway.
const MAX_ROUNDS: usize = 1_000;

/// The same of all loops of a template together, which ends loops within loops within loops.
const MAX_ROUNDS_TOGETHER: usize = 1_000_000;

impl Template {
    /// What comes of it, with the context as the template before it left it, if there was one.
    pub(crate) fn fill(&self, source: &dyn Source, context: Option<Value>) -> Filled {
        let variables = context.map(|context| (CONTEXT.to_owned(), context)).into_iter().collect();
        let mut filler = Filler { source, variables, n_rounds: 0 };
        let mut text = String::new();
        filler.nodes(&self.0, &mut text);
        Filled { text, context: filler.variables.remove(CONTEXT) }
    }
}

/// What came of a template.
#[derive(Debug)]
pub(crate) struct Filled {
    pub(crate) text: String,
    /// The context, where this template or the one before it changed it.
    pub(crate) context: Option<Value>,
}

/// The name under which the request is described.
const CONTEXT: &str = "context";

struct Filler<'s> {
    source: &'s dyn Source,
    variables: BTreeMap<String, Value>,
    n_rounds: usize,
}

impl Filler<'_> {
    fn nodes(&mut self, nodes: &[Node], text: &mut String) {
        for node in nodes {
            match node {
                Node::Text(plain) => text.push_str(plain),
                Node::Reference(reference, source) => match self.reference(reference) {
                    Some(value) if !value.is_null() => text.push_str(&written(&value)),
                    // API Gateway writes nothing for what a value, which is there itself, does not have.
                    Some(_) => {}
                    None if reference.is_quiet => {}
                    None => text.push_str(source),
                },
                Node::Set(target, value) => {
                    let value = self.expression(value);
                    self.set(target, value);
                }
                Node::If(branches, otherwise) => {
                    let holds = branches.iter().find(|(condition, _)| {
                        let value = self.expression(condition);
                        is_true(&value)
                    });
                    let chosen = holds.map_or(otherwise, |(_, nodes)| nodes);
                    self.nodes(chosen, text);
                }
                Node::Each(variable, list, body) => self.each(variable, list, body, text),
            }
        }
    }

    fn each(&mut self, variable: &str, list: &Expression, body: &[Node], text: &mut String) {
        let items = match self.expression(list) {
            Value::Array(items) => items,
            Value::Object(map) => map.into_iter().map(|(_, value)| value).collect(),
            _ => Vec::new(),
        };
        let outer = (self.variables.remove(variable), self.variables.remove("foreach"));
        let n_items = items.len();
        for (index, item) in items.into_iter().enumerate() {
            self.n_rounds += 1;
            if index >= MAX_ROUNDS || self.n_rounds > MAX_ROUNDS_TOGETHER {
                break;
            }
            let state = json!({
                "index": index, "count": index + 1, "hasNext": index + 1 < n_items, "first": index == 0,
                "last": index + 1 == n_items,
            });
            self.variables.insert(variable.to_owned(), item);
            self.variables.insert("foreach".to_owned(), state);
            self.variables.insert("velocityCount".to_owned(), json!(index + 1));
            self.nodes(body, text);
        }
        self.variables.remove(variable);
        self.variables.remove("foreach");
        let names = [variable, "foreach"].into_iter().zip([outer.0, outer.1]);
        self.variables.extend(names.filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }

    /// Sets a variable, or a property of one.
    fn set(&mut self, target: &Reference, value: Value) {
        let Some((last, steps)) = target.steps.split_last() else {
            self.variables.insert(target.name.clone(), value);
            return;
        };
        if target.name == CONTEXT && !self.variables.contains_key(CONTEXT) {
            let context = self.source.value(CONTEXT).unwrap_or_else(|| json!({}));
            self.variables.insert(CONTEXT.to_owned(), context);
        }
        let keys: Vec<Value> = steps.iter().chain([last]).map(|step| self.key(step)).collect();
        let mut at = self.variables.entry(target.name.clone()).or_insert_with(|| json!({}));
        for key in keys {
            let found = match &key {
                Value::Number(index) => index.as_u64().and_then(|index| at.get_mut(index as usize)),
                key => match at {
                    Value::Object(map) => Some(map.entry(written(key)).or_insert(Value::Null)),
                    _ => None,
                },
            };
            let Some(found) = found else { return };
            if found.is_null() {
                *found = json!({});
            }
            at = found;
        }
        *at = value;
    }

    fn key(&mut self, step: &Step) -> Value {
        match step {
            Step::Property(name) | Step::Call(name, _) => name.as_str().into(),
            Step::Index(index) => self.expression(index),
        }
    }

    /// The value of a reference, or nothing for a name or method that does not exist. What a value does not have is null.
    fn reference(&mut self, reference: &Reference) -> Option<Value> {
        let (mut value, steps) = match self.variables.get(&reference.name) {
            Some(value) => (value.clone(), reference.steps.as_slice()),
            None => match (self.source.value(&reference.name), reference.steps.split_first()) {
                (Some(value), _) => (value, reference.steps.as_slice()),
                (None, Some((Step::Call(method, arguments), rest))) => {
                    let arguments: Vec<Value> =
                        arguments.iter().map(|argument| self.expression(argument)).collect();
                    (self.source.call(&reference.name, method, &arguments)?, rest)
                }
                (None, Some((Step::Property(name), rest))) => {
                    (self.source.call(&reference.name, name, &[])?, rest)
                }
                _ => return None,
            },
        };
        for (at, step) in steps.iter().enumerate() {
            value = match step {
                Step::Property(name) => property(&value, name),
                Step::Index(index) => {
                    let index = self.expression(index);
                    match index.as_u64() {
                        Some(index) => value.get(index as usize).cloned().unwrap_or_default(),
                        None => property(&value, &written(&index)),
                    }
                }
                Step::Call(..) if value.is_null() => Value::Null,
                Step::Call(method, arguments) => {
                    let arguments: Vec<Value> =
                        arguments.iter().map(|argument| self.expression(argument)).collect();
                    if let Some((changed, answer)) = changed(&value, method, &arguments) {
                        let holder = Reference {
                            name: reference.name.clone(),
                            is_quiet: true,
                            steps: steps[..at].to_vec(),
                        };
                        self.set(&holder, changed);
                        return Some(answer);
                    }
                    called(&value, method, &arguments)?
                }
            };
        }
        Some(value)
    }

    fn expression(&mut self, expression: &Expression) -> Value {
        match expression {
            Expression::Literal(value) => value.clone(),
            Expression::Text(nodes) => {
                let mut text = String::new();
                self.nodes(nodes, &mut text);
                text.into()
            }
            Expression::Reference(reference) => self.reference(reference).unwrap_or(Value::Null),
            Expression::List(items) => items.iter().map(|item| self.expression(item)).collect(),
            Expression::Range(first, last) => {
                let ends = (self.expression(first).as_i64(), self.expression(last).as_i64());
                let (Some(first), Some(last)) = ends else { return Value::Null };
                let most = MAX_ROUNDS as i64;
                match first <= last {
                    true => {
                        (first..=last.min(first.saturating_add(most))).map(Value::from).collect()
                    }
                    false => (last.max(first.saturating_sub(most))..=first)
                        .rev()
                        .map(Value::from)
                        .collect(),
                }
            }
            Expression::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| (written(&self.expression(key)), self.expression(value)));
                Value::Object(entries.collect())
            }
            Expression::Not(inner) => (!is_true(&self.expression(inner))).into(),
            Expression::Binary(left, operator, right) => self.binary(left, *operator, right),
        }
    }

    fn binary(&mut self, left: &Expression, operator: Operator, right: &Expression) -> Value {
        let left = self.expression(left);
        match operator {
            Operator::And if !is_true(&left) => return false.into(),
            Operator::Or if is_true(&left) => return true.into(),
            _ => {}
        }
        let right = self.expression(right);
        let numbers = left.as_f64().zip(right.as_f64());
        match operator {
            Operator::And | Operator::Or => is_true(&right).into(),
            Operator::Equal => is_same(&left, &right).into(),
            Operator::Differs => (!is_same(&left, &right)).into(),
            Operator::Less => numbers.is_some_and(|(left, right)| left < right).into(),
            Operator::More => numbers.is_some_and(|(left, right)| left > right).into(),
            Operator::AtMost => numbers.is_some_and(|(left, right)| left <= right).into(),
            Operator::AtLeast => numbers.is_some_and(|(left, right)| left >= right).into(),
            Operator::Plus if numbers.is_none() => {
                format!("{}{}", written(&left), written(&right)).into()
            }
            Operator::Plus
            | Operator::Minus
            | Operator::Times
            | Operator::Divide
            | Operator::Modulo => reckoned(operator, &left, &right),
        }
    }
}

/// What comes of two numbers: a whole one of whole ones, and nothing where there is none.
fn reckoned(operator: Operator, left: &Value, right: &Value) -> Value {
    use Operator::{Divide, Minus, Modulo, Plus, Times};
    if let Some((left, right)) = left.as_i64().zip(right.as_i64()) {
        let found = match operator {
            Plus => Some(left.saturating_add(right)),
            Minus => left.checked_sub(right),
            Times => left.checked_mul(right),
            Divide => left.checked_div(right),
            Modulo => left.checked_rem(right),
            _ => None,
        };
        return found.map_or(Value::Null, Value::from);
    }
    let Some((left, right)) = left.as_f64().zip(right.as_f64()) else { return Value::Null };
    let found = match operator {
        Plus => left + right,
        Minus => left - right,
        Times => left * right,
        Divide if right != 0.0 => left / right,
        Modulo if right != 0.0 => left % right,
        _ => return Value::Null,
    };
    found.into()
}

fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(_), Value::Number(_)) => left.as_f64() == right.as_f64(),
        (Value::String(_), Value::String(_)) => left == right,
        // Null is empty text to API Gateway.
        (Value::Null, other) | (other, Value::Null) => other.is_null() || other == "",
        _ => left == right || written(left) == written(right),
    }
}

fn is_true(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

fn property(value: &Value, name: &str) -> Value {
    value.as_object().and_then(|map| map.get(name)).cloned().unwrap_or_default()
}

/// A value as API Gateway writes it: objects as Java does, lists and what is in them as JSON.
pub(crate) fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(map) => {
            let entries: Vec<String> =
                map.iter().map(|(key, value)| format!("{key}={}", written(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// The methods of values that are answered here.
pub(super) const METHODS: [&str; 37] = [
    "add",
    "addAll",
    "charAt",
    "compareTo",
    "concat",
    "contains",
    "containsKey",
    "endsWith",
    "entrySet",
    "equals",
    "equalsIgnoreCase",
    "get",
    "getOrDefault",
    "indexOf",
    "intValue",
    "isEmpty",
    "keySet",
    "lastIndexOf",
    "length",
    "matches",
    "put",
    "putAll",
    "remove",
    "replace",
    "replaceAll",
    "replaceFirst",
    "size",
    "split",
    "startsWith",
    "subList",
    "substring",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
    "values",
    "longValue",
];

/// The value after a method that changes it (`add`, `put`), and what the method answers: what it took out, if it did.
fn changed(value: &Value, method: &str, arguments: &[Value]) -> Option<(Value, Value)> {
    let done = |value: Value| Some((value, Value::Bool(true)));
    match (value, method, arguments) {
        (Value::Array(items), "add", [item]) => done(items.iter().chain([item]).cloned().collect()),
        (Value::Array(items), "addAll", [Value::Array(more)]) => {
            done(items.iter().chain(more).cloned().collect())
        }
        (Value::Array(items), "remove", [Value::Number(at)]) => {
            let at = usize::try_from(at.as_u64()?).ok()?;
            let mut items = items.clone();
            let removed = (at < items.len()).then(|| items.remove(at))?;
            Some((Value::Array(items), removed))
        }
        (Value::Object(map), "putAll", [Value::Object(more)]) => {
            let all = map.iter().chain(more).map(|(key, item)| (key.clone(), item.clone()));
            done(Value::Object(all.collect()))
        }
        (Value::Object(map), "remove", [key]) => {
            let mut map = map.clone();
            let removed = map.remove(&written(key)).unwrap_or_default();
            Some((Value::Object(map), removed))
        }
        (Value::Object(map), "put", [key, item]) => {
            let mut map = map.clone();
            map.insert(written(key), item.clone());
            done(Value::Object(map))
        }
        _ => None,
    }
}

/// What a method of a value answers.
fn called(value: &Value, method: &str, arguments: &[Value]) -> Option<Value> {
    let first = arguments.first();
    let text = || first.map(written).unwrap_or_default();
    let answer = match (value, method) {
        (_, "toString") => written(value).into(),
        (_, "equals") => first.is_some_and(|other| is_same(value, other)).into(),
        (Value::Array(items), "size") => items.len().into(),
        (Value::Array(items), "isEmpty") => items.is_empty().into(),
        (Value::Array(items), "get") => items.get(first?.as_u64()? as usize)?.clone(),
        (Value::Array(items), "indexOf") => {
            let at = items.iter().position(|item| Some(item) == first);
            at.map_or(json!(-1), |at| at.into())
        }
        (Value::Array(items), "subList") => {
            let end = arguments.get(1)?.as_u64()? as usize;
            items.get(first?.as_u64()? as usize..end)?.to_vec().into()
        }
        (Value::Array(items), "contains") => first.is_some_and(|one| items.contains(one)).into(),
        (Value::Object(map), "size") => map.len().into(),
        (Value::Object(map), "isEmpty") => map.is_empty().into(),
        (Value::Object(map), "get") => map.get(&text())?.clone(),
        (Value::Object(map), "getOrDefault") => map.get(&text()).or(arguments.get(1))?.clone(),
        (Value::Object(map), "containsKey") => map.contains_key(&text()).into(),
        (Value::Object(map), "keySet") => map.keys().cloned().collect(),
        (Value::Object(map), "values") => map.values().cloned().collect(),
        (Value::Object(map), "entrySet") => {
            map.iter().map(|(key, value)| json!({ "key": key, "value": value })).collect()
        }
        (Value::Number(number), "intValue" | "longValue") => {
            number.as_i64().or_else(|| number.as_f64().map(|number| number as i64))?.into()
        }
        (Value::String(own), _) => return of_text(own, method, arguments),
        _ => return None,
    };
    Some(answer)
}

fn of_text(own: &str, method: &str, arguments: &[Value]) -> Option<Value> {
    let text = |at: usize| arguments.get(at).map(written).unwrap_or_default();
    let number = |at: usize| arguments.get(at).and_then(Value::as_u64).map(|n| n as usize);
    Some(match method {
        "length" => own.chars().count().into(),
        "isEmpty" => own.is_empty().into(),
        "trim" => own.trim().into(),
        "toUpperCase" => own.to_uppercase().into(),
        "toLowerCase" => own.to_lowercase().into(),
        "contains" => own.contains(&text(0)).into(),
        "startsWith" => own.starts_with(&text(0)).into(),
        "endsWith" => own.ends_with(&text(0)).into(),
        "concat" => format!("{own}{}", text(0)).into(),
        "replace" => own.replace(&text(0), &text(1)).into(),
        "replaceAll" => {
            let pattern = regex::Regex::new(&text(0)).ok()?;
            pattern.replace_all(own, text(1).as_str()).into_owned().into()
        }
        "matches" => regex::Regex::new(&format!("^(?:{})$", text(0))).ok()?.is_match(own).into(),
        "split" => {
            let pattern = regex::Regex::new(&text(0)).ok()?;
            pattern.split(own).map(Value::from).collect()
        }
        "substring" => {
            let characters: Vec<char> = own.chars().collect();
            let end = number(1).unwrap_or(characters.len()).min(characters.len());
            characters.get(number(0)?..end)?.iter().collect::<String>().into()
        }
        "equalsIgnoreCase" => (own.to_lowercase() == text(0).to_lowercase()).into(),
        "compareTo" => {
            let other = text(0);
            let (own, other) = (own.encode_utf16(), other.encode_utf16());
            let lengths = own.clone().count() as i64 - other.clone().count() as i64;
            let units = own.zip(other).map(|(one, other)| i64::from(one) - i64::from(other));
            units.into_iter().find(|by| *by != 0).unwrap_or(lengths).into()
        }
        "charAt" => own.chars().nth(number(0)?)?.to_string().into(),
        "replaceFirst" => {
            let pattern = regex::Regex::new(&text(0)).ok()?;
            pattern.replace(own, text(1).as_str()).into_owned().into()
        }
        "lastIndexOf" => {
            own.rfind(&text(0)).map_or(json!(-1), |at| own[..at].chars().count().into())
        }
        "indexOf" => own.find(&text(0)).map_or(json!(-1), |at| own[..at].chars().count().into()),
        _ => return None,
    })
}
