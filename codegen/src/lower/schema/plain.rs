//! Schemas as plain JSON Schema 2020-12, for the validator of what no Rust type expresses.
//!
//! Owns the translation: references become names in `$defs`, keywords of other dialects become those of 2020-12, a
//! discriminator becomes conditions, and a property that travels one way only is not asked for on the other.

mod discriminator;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::dynamic;
use super::parts::{is_marked, takes_nothing};
use super::values::rounded;
use crate::diag::catalog::schema as fault;
use crate::lower::names::Unique;
use crate::lower::{Scope, is_base};
use crate::parse::{Dialect, Node, Value};
use crate::source::Span;
use crate::values::exact_number;
use scalars::pointer::escape;

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// From a client: read-only properties may be left out, and are ignored.
    Sent,
    /// From the service, or stored: write-only properties may be left out.
    Answered,
}

/// A schema that a check is made of, as it counts there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root<'a> {
    pub(super) node: &'a Node,
    /// Its `oneOf` or `anyOf` does not count.
    pub(super) chosen: bool,
}

/// What tells a definition from others: the schema, the way of its values, whether its discriminator counts, and the way
/// that leads to it where dynamic references ask for it.
type Key<'a> = (Span, Way, bool, dynamic::Way<'a>);

/// The schemas that checks need, by the names that they refer to each other by.
pub(super) struct Definitions<'a> {
    scope: Scope<'a>,
    names: Unique,
    known: BTreeMap<Key<'a>, String>,
    open: Vec<(&'a Node, Way, bool, dynamic::Way<'a>, String)>,
    /// The way to the schema that is looked at.
    led: dynamic::Way<'a>,
    /// The properties that travel one way only, in the schemas that lead here.
    one_way: BTreeSet<String>,
    finished: BTreeMap<String, Json>,
}

impl<'a> Definitions<'a> {
    pub(super) fn new(scope: Scope<'a>) -> Self {
        Self {
            scope,
            names: Unique::default(),
            known: BTreeMap::new(),
            open: vec![],
            led: dynamic::Way::default(),
            one_way: BTreeSet::new(),
            finished: BTreeMap::new(),
        }
    }

    /// The name of the definition that all of some schemas make together.
    pub(super) fn add(&mut self, roots: &[Root<'a>], wanted: &str, way: Way) -> String {
        self.led = dynamic::Way::default();
        let name = match roots {
            [Root { node, chosen: false }] => self.name_of(node, way, true),
            _ => {
                let name = self.names.name(wanted).pascal;
                let parts = roots.iter().map(|root| {
                    self.led = dynamic::Way::default().to(self.scope, root.node);
                    self.schema(root.node, way, true, root.chosen)
                });
                let parts: Vec<Json> = parts.collect();
                self.finished.insert(name.clone(), json!({ "allOf": parts }));
                name
            }
        };
        while let Some((node, way, whole, led, name)) = self.open.pop() {
            self.led = led;
            let schema = self.schema(node, way, whole, false);
            self.finished.insert(name, schema);
        }
        name
    }

    /// The definitions by name, each marked that leads to something sensitive.
    pub(super) fn finish(mut self) -> BTreeMap<String, Json> {
        let mut sensitive: BTreeSet<String> = BTreeSet::new();
        let mentions: Vec<(String, BTreeSet<String>, bool)> = self
            .finished
            .iter()
            .map(|(name, schema)| {
                let (mut names, mut secret) = (BTreeSet::new(), false);
                mentioned(schema, &mut names, &mut secret);
                (name.clone(), names, secret)
            })
            .collect();
        loop {
            let before = sensitive.len();
            for (name, names, secret) in &mentions {
                if *secret || names.iter().any(|name| sensitive.contains(name)) {
                    sensitive.insert(name.clone());
                }
            }
            if sensitive.len() == before {
                break;
            }
        }
        for name in sensitive {
            if let Some(Json::Object(schema)) = self.finished.get_mut(&name) {
                schema.insert("x-sensitive".to_owned(), Json::Bool(true));
            }
        }
        self.finished
    }

    fn name_of(&mut self, node: &'a Node, way: Way, whole: bool) -> String {
        let led = self.led.to(self.scope, node);
        let key = (node.span, way, whole, led.clone());
        if let Some(name) = self.known.get(&key) {
            return name.clone();
        }
        let suffix = match (way, whole) {
            (Way::Answered, true) => "",
            (Way::Sent, true) => " request",
            (_, false) => " base",
        };
        let wanted = format!("{}{suffix}", self.scope.docs.name_of(node));
        let name = self.names.name(&wanted).pascal;
        self.known.insert(key, name.clone());
        self.open.push((node, way, whole, led, name.clone()));
        name
    }

    /// A schema; `whole`: the value is not only part of one, so that a discriminator counts.
    fn schema(&mut self, node: &'a Node, way: Way, whole: bool, chosen: bool) -> Json {
        if let Value::Flag(flag) = node.value {
            return Json::Bool(flag);
        }
        if takes_nothing(node) {
            return Json::Bool(false);
        }
        let led = self.led.to(self.scope, node);
        let outside = std::mem::replace(&mut self.led, led);
        let schema = self.object(node, way, whole, chosen);
        self.led = outside;
        schema
    }

    fn object(&mut self, node: &'a Node, way: Way, whole: bool, chosen: bool) -> Json {
        let mut out = Map::new();
        if node.reference().is_some() {
            let Some(target) = self.led.next(self.scope, node) else { return Json::Bool(true) };
            // What builds on a base by its reference is told by the base already.
            let whole = (whole && !self.scope.docs.is_child(node)) || !is_base(target);
            let name = self.name_of(target, way, whole);
            out.insert("$ref".to_owned(), Json::String(format!("#/$defs/{}", escape(&name))));
            if self.scope.docs.dialect(node).refers_alone() {
                return Json::Object(out);
            }
        }
        if let Some(target) = self.led.target(self.scope, node) {
            let name = self.name_of(target, way, whole);
            add_parts(&mut out, vec![json!({ "$ref": format!("#/$defs/{}", escape(&name)) })]);
        }
        let added = self.note_one_way(node, way);
        for entry in node.entries() {
            // Of a schema that an alternative was chosen of, what no other part looks at is only known of the whole.
            let of_whole = matches!(
                entry.key.as_str(),
                "oneOf" | "anyOf" | "unevaluatedProperties" | "unevaluatedItems"
            );
            if !(of_whole && chosen) {
                self.keyword(node, &entry.key, &entry.value, way, &mut out);
            }
        }
        if !chosen {
            self.discriminator(node, way, whole, &mut out);
        }
        added.iter().for_each(|name| {
            self.one_way.remove(name);
        });
        Json::Object(out)
    }

    /// Notes the properties that are not asked for on this way.
    fn note_one_way(&mut self, node: &'a Node, way: Way) -> Vec<String> {
        let flag = match way {
            Way::Sent => "readOnly",
            Way::Answered => "writeOnly",
        };
        let properties = node.get("properties").into_iter().flat_map(Node::entries);
        let found: Vec<String> = properties
            .filter(|entry| is_marked(self.scope, &entry.value, flag))
            .map(|entry| entry.key.clone())
            .collect();
        found.into_iter().filter(|name| self.one_way.insert(name.clone())).collect()
    }

    /// A schema of a part of the value, where other properties travel one way only.
    fn below(&mut self, node: &'a Node, way: Way) -> Json {
        let above = std::mem::take(&mut self.one_way);
        let schema = self.schema(node, way, true, false);
        self.one_way = above;
        schema
    }

    fn keyword(
        &mut self,
        node: &'a Node,
        key: &str,
        value: &'a Node,
        way: Way,
        out: &mut Map<String, Json>,
    ) {
        let dialect = self.scope.docs.dialect(node);
        let translated = match key {
            "type" if dialect.knows_nullable() && node.is_set("nullable") => {
                let mut types = match value.to_json() {
                    Json::Array(types) => types,
                    one => vec![one],
                };
                types.push(Json::from("null"));
                Json::Array(types)
            }
            // A validator of JSON would round what no double holds.
            "enum" | "const" if !rounded(value).is_empty() => {
                let listed =
                    if key == "enum" { value.items() } else { std::slice::from_ref(value) };
                let listed: Vec<Json> = listed.iter().map(exactly).collect();
                return add_parts(out, vec![json!({ "anyOf": listed })]);
            }
            "enum" | "const" => counted(value.to_json()),
            "type" | "minLength" | "maxLength" | "minItems" | "maxItems" | "uniqueItems"
            | "minProperties" | "maxProperties" | "minContains" | "maxContains"
            | "dependentRequired" | "x-sensitive" => value.to_json(),
            "required" => {
                let names = value.items().iter().filter_map(Node::text);
                names.filter(|name| !self.one_way.contains(*name)).collect()
            }
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                return bound(node, key, value, out);
            }
            "multipleOf" => exact_number(value.number().unwrap_or_default()),
            "format" => return number_format(value.text().unwrap_or_default(), out),
            "pattern" => match self.pattern(value.text().unwrap_or_default(), value.span) {
                Some(pattern) => Json::String(pattern),
                None => return,
            },
            "allOf" | "anyOf" | "oneOf" => {
                let whole = key != "allOf";
                let list = value.items().iter();
                list.map(|node| self.schema(node, way, whole, false)).collect()
            }
            "prefixItems" => value.items().iter().map(|node| self.below(node, way)).collect(),
            "items" if matches!(value.value, Value::List(_)) => {
                let first = value.items().iter().map(|node| self.below(node, way)).collect();
                out.insert("prefixItems".to_owned(), first);
                let Some(rest) = node.get("additionalItems") else { return };
                self.below(rest, way)
            }
            "not" | "if" | "then" | "else" => {
                self.schema(value, way, matches!(key, "not" | "if"), false)
            }
            "items"
            | "contains"
            | "propertyNames"
            | "additionalProperties"
            | "unevaluatedItems"
            | "unevaluatedProperties" => self.below(value, way),
            "properties" | "dependentSchemas" | "patternProperties" => {
                return self.map(key, value, way, out);
            }
            "dependencies" => return self.dependencies(value, way, out),
            _ => return,
        };
        match (key, translated) {
            ("allOf", Json::Array(parts)) => add_parts(out, parts),
            (key, translated) => {
                out.insert(key.to_owned(), translated);
            }
        }
    }

    fn map(&mut self, key: &str, value: &'a Node, way: Way, out: &mut Map<String, Json>) {
        let mut schemas = Map::new();
        for entry in value.entries() {
            let name = match key {
                "patternProperties" => match self.pattern(&entry.key, entry.key_span) {
                    Some(pattern) => pattern,
                    None => continue,
                },
                _ => entry.key.clone(),
            };
            let ignored = key == "properties" && self.one_way.contains(&entry.key);
            let schema = match ignored && way == Way::Sent {
                true => Json::Bool(true),
                false if key == "dependentSchemas" => self.schema(&entry.value, way, false, false),
                false => self.below(&entry.value, way),
            };
            schemas.insert(name, schema);
        }
        out.insert(key.to_owned(), Json::Object(schemas));
    }

    /// `dependencies` of draft 07, which 2020-12 has as two keywords.
    fn dependencies(&mut self, value: &'a Node, way: Way, out: &mut Map<String, Json>) {
        let (mut required, mut schemas) = (Map::new(), Map::new());
        for entry in value.entries() {
            match entry.value.value {
                Value::List(_) => required.insert(entry.key.clone(), entry.value.to_json()),
                _ => {
                    schemas.insert(entry.key.clone(), self.schema(&entry.value, way, false, false))
                }
            };
        }
        out.insert("dependentRequired".to_owned(), Json::Object(required));
        out.insert("dependentSchemas".to_owned(), Json::Object(schemas));
    }

    /// A pattern; an invalid one is reported.
    fn pattern(&self, text: &str, span: Span) -> Option<String> {
        match scalars::Pattern::new(text) {
            Ok(_) => {
                super::scalar::check_slashes(self.scope, span, text);
                Some(text.to_owned())
            }
            Err(reason) => {
                self.scope.sink.report(fault::bad_pattern(span, &reason.to_string()));
                None
            }
        }
    }
}

/// A bound; in OpenAPI 3.0 a flag beside it makes it exclusive.
fn bound(node: &Node, key: &str, value: &Node, out: &mut Map<String, Json>) {
    let exclusive = match key {
        "minimum" => "exclusiveMinimum",
        "maximum" => "exclusiveMaximum",
        _ if value.number().is_none() => return,
        key => key,
    };
    let key = if node.is_set(exclusive) { exclusive } else { key };
    out.insert(key.to_owned(), exact_number(value.number().unwrap_or_default()));
}

/// Values whose whole numbers have one form: `1.0` is `1` (JSON Schema core, section 4.2.2).
fn counted(value: Json) -> Json {
    /// Above this, not every whole number has a double.
    const GREATEST: f64 = 9_007_199_254_740_992.0;
    match value {
        Json::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(double) if double.fract() == 0.0 && double.abs() <= GREATEST => {
                Json::from(double as i64)
            }
            _ => Json::Number(number),
        },
        Json::Array(items) => items.into_iter().map(counted).collect(),
        Json::Object(map) => map.into_iter().map(|(key, one)| (key, counted(one))).collect(),
        other => other,
    }
}

/// A schema of one value, whose numbers keep all their digits.
fn exactly(value: &Node) -> Json {
    match &value.value {
        Value::Number(_) => {
            let exact = exact_number(value.number().unwrap_or_default());
            json!({ "type": "number", "minimum": exact, "maximum": exact })
        }
        Value::List(items) => {
            let items: Vec<Json> = items.iter().map(exactly).collect();
            json!({ "type": "array", "minItems": items.len(), "maxItems": items.len(), "prefixItems": items })
        }
        Value::Map(entries) => {
            let names: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
            let properties = entries.iter().map(|entry| (entry.key.clone(), exactly(&entry.value)));
            let properties: Map<String, Json> = properties.collect();
            json!({ "type": "object", "required": names, "maxProperties": names.len(), "properties": properties })
        }
        _ => json!({ "const": value.to_json() }),
    }
}

/// A format; those of numbers are ranges, and those of integers steps as well.
fn number_format(name: &str, out: &mut Map<String, Json>) {
    let range = match name {
        "int32" => Some(("-2147483648", "2147483647")),
        "int64" => Some(("-9223372036854775808", "9223372036854775807")),
        other => super::scalar::range_of_format(other),
    };
    let Some((least, greatest)) = range else {
        out.insert("format".to_owned(), Json::from(name));
        return;
    };
    let mut range = json!({ "minimum": least, "maximum": greatest });
    if name != "float" {
        range["multipleOf"] = json!(1);
    }
    add_parts(out, vec![range]);
}

/// Adds schemas that hold as well.
fn add_parts(out: &mut Map<String, Json>, parts: Vec<Json>) {
    match out.entry("allOf").or_insert_with(|| Json::Array(vec![])) {
        Json::Array(list) => list.extend(parts),
        other => *other = Json::Array(parts),
    }
}

/// The definitions that a schema refers to, and whether it is or holds something sensitive.
fn mentioned(schema: &Json, names: &mut BTreeSet<String>, secret: &mut bool) {
    match schema {
        Json::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("$ref", Json::String(text)) => {
                        names.extend(text.strip_prefix("#/$defs/").map(str::to_owned));
                    }
                    ("x-sensitive", Json::Bool(true)) => *secret = true,
                    ("enum" | "const", _) => {}
                    _ => mentioned(value, names, secret),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| mentioned(item, names, secret)),
        _ => {}
    }
}

/// Whether a dialect gives a keyword of a schema a meaning for values; what it does not is an annotation.
pub(super) fn constrains(dialect: Dialect, node: &Node, key: &str) -> bool {
    match key {
        "type"
        | "enum"
        | "const"
        | "minLength"
        | "maxLength"
        | "pattern"
        | "format"
        | "minimum"
        | "maximum"
        | "exclusiveMinimum"
        | "exclusiveMaximum"
        | "multipleOf"
        | "minItems"
        | "maxItems"
        | "uniqueItems"
        | "items"
        | "prefixItems"
        | "additionalItems"
        | "contains"
        | "minContains"
        | "maxContains"
        | "unevaluatedItems"
        | "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties"
        | "dependencies"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties"
        | "not"
        | "if"
        | "$dynamicRef"
        | "oneOf"
        | "anyOf"
        | "allOf"
        // The states of an enumeration are a part of its type.
        | "x-transitions" => true,
        "nullable" => dialect.knows_nullable(),
        "discriminator" => node.get("oneOf").is_none() && node.get("anyOf").is_none(),
        _ => false,
    }
}
