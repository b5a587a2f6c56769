//! Schemas drawn at random, and values near them.

use serde_json::{Map, Value, json};
use suite::judge::Version;
use verify::value::Dice;

const TEXTS: &[&str] =
    &["", "a", "ab", "abc", "A1", "é", "📦📦", "2026-11-01", "10.0.0.1", "a@b.example", "\n", "1"];
const NAMES: &[&str] = &["a", "b", "c", "ab"];
const PATTERNS: &[&str] =
    &["^a", "b$", "^[a-z]+$", "^\\d", "^(?!a)", "\\u00e9", "^.{2}$", "[^\\x00-\\x7F]"];
const FORMATS: &[&str] = &["date", "ipv4", "email", "uuid", "date-time", "uri", "hostname"];

/// Draws schemas of a version.
pub(crate) struct Drawn {
    pub(crate) dice: Dice,
    pub(crate) version: Version,
}

impl Drawn {
    fn below(&mut self, n: usize) -> usize {
        self.dice.below(n)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.dice.one_in(n)
    }

    fn is_31(&self) -> bool {
        self.version == Version::OpenApi31
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    fn number(&mut self) -> Value {
        const NUMBERS: [f64; 12] = [0.0, 1.0, 2.0, 3.0, -1.0, 0.5, 0.1, 0.3, 2.5, 10.0, 1e3, -0.01];
        let number = NUMBERS[self.below(NUMBERS.len())];
        if number.fract() == 0.0 && !self.one_in(6) { json!(number as i64) } else { json!(number) }
    }

    /// A value with no schema in mind.
    fn value(&mut self, levels: usize) -> Value {
        match self.below(if levels == 0 { 5 } else { 8 }) {
            0 => Value::Null,
            1 => json!(self.one_in(2)),
            2 => self.number(),
            3 | 4 => json!(self.pick(TEXTS)),
            5 => (0..self.below(4)).map(|_| self.value(levels - 1)).collect(),
            _ => {
                let names: Vec<_> = NAMES.iter().filter(|_| self.one_in(2)).collect();
                let member = |name: &&str| ((*name).to_owned(), self.value(levels - 1));
                names.into_iter().map(member).collect::<Map<_, _>>().into()
            }
        }
    }

    fn schemas(&mut self, levels: usize) -> Value {
        (0..1 + self.below(3)).map(|_| self.schema(levels)).collect()
    }

    /// Some of the keywords, each with a value.
    fn some(&mut self, out: &mut Map<String, Value>, all: &[(&str, Value)]) {
        for (keyword, value) in all {
            if self.one_in(3) {
                out.insert((*keyword).to_owned(), value.clone());
            }
        }
    }

    /// A schema of at most so many levels.
    pub(crate) fn schema(&mut self, levels: usize) -> Value {
        let mut out = Map::new();
        let n_kinds = if levels == 0 { 4 } else { 9 };
        for _ in 0..1 + self.below(2) {
            match self.below(n_kinds) {
                0 => self.text(&mut out),
                1 | 2 => self.numbers(&mut out),
                3 => self.choice(&mut out),
                4 => self.list(&mut out, levels - 1),
                5 | 6 => self.object(&mut out, levels - 1),
                _ => self.combined(&mut out, levels - 1),
            }
        }
        let bare = out.get("type").and_then(Value::as_str).map(str::to_owned);
        match bare {
            Some(ty) if self.one_in(5) && self.is_31() => {
                out.insert("type".to_owned(), json!([ty, "null"]));
            }
            Some(_) if self.one_in(5) && !self.is_31() => {
                out.insert("nullable".to_owned(), json!(true));
            }
            Some(_) if self.one_in(4) => {
                out.remove("type");
            }
            _ => {}
        }
        out.into()
    }

    fn text(&mut self, out: &mut Map<String, Value>) {
        out.insert("type".to_owned(), json!("string"));
        let (least, most) = (self.below(3), self.below(4));
        let (pattern, format) = (self.pick(PATTERNS), self.pick(FORMATS));
        self.some(out, &[("minLength", json!(least)), ("maxLength", json!(most))]);
        if self.one_in(3) {
            out.insert("pattern".to_owned(), json!(pattern));
        } else if self.one_in(4) {
            out.insert("format".to_owned(), json!(format));
        }
    }

    fn numbers(&mut self, out: &mut Map<String, Value>) {
        let ty = if self.one_in(2) { "integer" } else { "number" };
        out.insert("type".to_owned(), json!(ty));
        let (least, most) = (self.number(), self.number());
        let step = [json!(1), json!(2), json!(0.1), json!(0.5), json!(0.01)][self.below(5)].clone();
        self.some(
            out,
            &[("minimum", least.clone()), ("maximum", most.clone()), ("multipleOf", step)],
        );
        match self.is_31() {
            true => self.some(out, &[("exclusiveMinimum", least), ("exclusiveMaximum", most)]),
            false => {
                let flag = json!(self.one_in(2));
                self.some(out, &[("exclusiveMinimum", flag.clone()), ("exclusiveMaximum", flag)]);
            }
        }
        if ty == "integer" && self.one_in(4) {
            out.insert("format".to_owned(), json!("int32"));
        }
    }

    fn choice(&mut self, out: &mut Map<String, Value>) {
        let values: Value = (0..1 + self.below(4)).map(|_| self.value(1)).collect();
        match self.is_31() && self.one_in(2) {
            true => out.insert("const".to_owned(), values[0].clone()),
            false => out.insert("enum".to_owned(), values),
        };
    }

    fn list(&mut self, out: &mut Map<String, Value>, levels: usize) {
        out.insert("type".to_owned(), json!("array"));
        let items = self.schema(levels);
        out.insert("items".to_owned(), items);
        let (least, most) = (self.below(3), self.below(4));
        self.some(
            out,
            &[("minItems", json!(least)), ("maxItems", json!(most)), ("uniqueItems", json!(true))],
        );
        if self.is_31() {
            let (first, some, rest) =
                (self.schemas(levels), self.schema(levels), self.schema(levels));
            let (least, most) = (self.below(3), self.below(3));
            self.some(
                out,
                &[("prefixItems", first), ("contains", some), ("unevaluatedItems", rest)],
            );
            if out.contains_key("contains") {
                self.some(out, &[("minContains", json!(least)), ("maxContains", json!(most))]);
            }
        }
    }

    fn object(&mut self, out: &mut Map<String, Value>, levels: usize) {
        out.insert("type".to_owned(), json!("object"));
        let named = |drawn: &mut Self| {
            let names: Vec<_> = NAMES.iter().filter(|_| drawn.one_in(2)).collect();
            let property = |name: &&str| ((*name).to_owned(), drawn.schema(levels));
            Value::from(names.into_iter().map(property).collect::<Map<_, _>>())
        };
        let properties = named(self);
        out.insert("properties".to_owned(), properties);
        let required: Vec<_> = NAMES.iter().filter(|_| self.one_in(4)).collect();
        if !required.is_empty() {
            out.insert("required".to_owned(), json!(required));
        }
        let other = if self.one_in(2) { json!(false) } else { self.schema(levels) };
        let (least, most) = (self.below(3), self.below(4));
        self.some(
            out,
            &[
                ("additionalProperties", other.clone()),
                ("minProperties", json!(least)),
                ("maxProperties", json!(most)),
            ],
        );
        if self.is_31() {
            let (dependent, name, pattern) = (named(self), self.schema(0), self.schema(levels));
            self.some(
                out,
                &[
                    ("dependentSchemas", dependent),
                    ("dependentRequired", json!({ "a": ["b"] })),
                    ("propertyNames", name),
                    ("patternProperties", json!({ "^a": pattern })),
                    ("unevaluatedProperties", other),
                ],
            );
        }
    }

    fn combined(&mut self, out: &mut Map<String, Value>, levels: usize) {
        match self.below(if self.is_31() { 5 } else { 4 }) {
            0 => out.insert("allOf".to_owned(), self.schemas(levels)),
            1 => out.insert("anyOf".to_owned(), self.schemas(levels)),
            2 => out.insert("oneOf".to_owned(), self.schemas(levels)),
            3 => out.insert("not".to_owned(), self.schema(levels)),
            _ => {
                let (then, other) = (self.schema(levels), self.schema(levels));
                self.some(out, &[("then", then), ("else", other)]);
                out.insert("if".to_owned(), self.schema(levels))
            }
        };
    }

    /// A value near the schema's.
    pub(crate) fn fitting(&mut self, schema: &Value, levels: usize) -> Value {
        let get = |key: &str| schema.get(key).filter(|value| !value.is_null());
        if levels == 0 || self.one_in(8) {
            return self.value(1);
        }
        if let Some(values) = get("enum").and_then(Value::as_array) {
            return values[self.below(values.len())].clone();
        }
        if let Some(value) = get("const") {
            return value.clone();
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            if let Some(parts) = get(keyword).and_then(Value::as_array).filter(|_| self.one_in(2)) {
                let at = self.below(parts.len());
                return self.fitting(&parts[at], levels - 1);
            }
        }
        let ty = get("type").map(|ty| ty.as_array().map_or(ty, |all| &all[0]).clone());
        match ty.as_ref().and_then(Value::as_str) {
            Some("string") => json!(self.pick(TEXTS)),
            Some("integer" | "number") => {
                let bounds =
                    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
                let bound = get(bounds[self.below(bounds.len())]).and_then(Value::as_f64);
                let near = [0.0, 0.0, 1.0, -1.0, 0.1][self.below(5)];
                match bound {
                    Some(bound) => json!(bound + near),
                    None => self.number(),
                }
            }
            Some("array") => {
                let items = get("items").cloned().unwrap_or(json!({}));
                (0..self.below(4)).map(|_| self.fitting(&items, levels - 1)).collect()
            }
            Some("object") => {
                let mut out = Map::new();
                let required =
                    get("required").and_then(Value::as_array).cloned().unwrap_or_default();
                for name in NAMES {
                    if self.one_in(2) || required.contains(&json!(name)) {
                        let own = schema["properties"].get(name).cloned().unwrap_or(json!({}));
                        out.insert((*name).to_owned(), self.fitting(&own, levels - 1));
                    }
                }
                out.into()
            }
            _ => self.value(2),
        }
    }
}
