//! Schemas as the validator walks them: one list of rules each, with numbers for references.

use std::collections::BTreeMap;

use super::number::Exact;
use crate::decode::canonical_json;
use crate::json::Members;
use crate::{Json, Pattern};

/// The number of a schema in its [`Set`].
pub(super) type Id = usize;

/// Schemas that refer to each other.
#[derive(Debug)]
pub(super) struct Set {
    schemas: Vec<Schema>,
    names: BTreeMap<String, Id>,
}

/// One schema.
#[derive(Debug, Default)]
pub(super) struct Schema {
    /// What it demands; nothing of a schema that takes anything.
    pub(super) rules: Vec<Keyword>,
    /// Whether no value below may be shown.
    pub(super) secret: bool,
}

/// One demand of a schema. Where it is about another type of value than it meets, it demands nothing.
#[derive(Debug)]
pub(super) enum Keyword {
    Never,
    Type(Vec<Kind>),
    Enum { canonical: Vec<String>, shown: String },
    Reference(Id),
    AllOf(Vec<Id>),
    AnyOf(Vec<Id>),
    OneOf(Vec<Id>),
    Not(Id),
    If { condition: Id, then: Option<Id>, otherwise: Option<Id> },
    Minimum { limit: Exact, exclusive: bool, shown: String },
    Maximum { limit: Exact, exclusive: bool, shown: String },
    MultipleOf { step: Exact, shown: String },
    Length { min: usize, max: usize },
    Pattern(Pattern),
    Format(String),
    ItemCount { min: usize, max: usize },
    UniqueItems,
    Items { first: Vec<Id>, rest: Option<Id> },
    Contains { schema: Id, min: usize, max: usize },
    UnevaluatedItems(Id),
    PropertyCount { min: usize, max: usize },
    Required(Vec<String>),
    Properties(Properties),
    PropertyNames(Id),
    DependentRequired(Vec<(String, Vec<String>)>),
    DependentSchemas(Vec<(String, Id)>),
    UnevaluatedProperties(Id),
}

/// `properties`, `patternProperties` and `additionalProperties`, which belong together.
#[derive(Debug)]
pub(super) struct Properties {
    pub(super) named: BTreeMap<String, Id>,
    pub(super) patterns: Vec<(Pattern, Id)>,
    pub(super) rest: Option<Id>,
}

/// The types of value that JSON Schema tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    const ALL: [(&str, Self); 7] = [
        ("null", Self::Null),
        ("boolean", Self::Boolean),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("string", Self::String),
        ("array", Self::Array),
        ("object", Self::Object),
    ];

    /// What it is called in a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl Set {
    /// Reads the schemas in `$defs` of a JSON document; says what is wrong with one that the generator did not write.
    pub(super) fn compile(text: &str) -> Result<Self, String> {
        let document = Json::parse(text)?;
        let none = Members::default();
        let definitions = document.get("$defs").and_then(Json::as_object).unwrap_or(&none);
        let names = definitions.iter().map(|(name, _)| name.to_owned()).zip(0..).collect();
        let schemas = definitions.iter().map(|_| Schema::default()).collect();
        let mut set = Self { schemas, names };
        for (id, (_, schema)) in definitions.iter().enumerate() {
            set.schemas[id] = set.schema(schema)?;
        }
        Ok(set)
    }

    /// The schema of a name.
    pub(super) fn find(&self, name: &str) -> Option<Id> {
        self.names.get(name).copied()
    }

    pub(super) fn get(&self, id: Id) -> &Schema {
        &self.schemas[id]
    }

    fn add(&mut self, value: &Json) -> Result<Id, String> {
        let schema = self.schema(value)?;
        self.schemas.push(schema);
        Ok(self.schemas.len() - 1)
    }

    fn list(&mut self, value: &Json) -> Result<Vec<Id>, String> {
        array(value)?.iter().map(|value| self.add(value)).collect()
    }

    fn map(&mut self, value: &Json) -> Result<Vec<(String, Id)>, String> {
        let members = value.as_object().ok_or("expected an object of schemas")?;
        members.iter().map(|(name, value)| Ok((name.to_owned(), self.add(value)?))).collect()
    }

    fn schema(&mut self, value: &Json) -> Result<Schema, String> {
        let schema = match value {
            Json::Bool(true) => return Ok(Schema::default()),
            Json::Bool(false) => {
                return Ok(Schema { rules: vec![Keyword::Never], secret: false });
            }
            Json::Object(schema) => schema,
            _ => return Err("expected a schema".to_owned()),
        };
        let mut rules = Vec::new();
        scalar_rules(schema, &mut rules)?;
        self.object_rules(schema, &mut rules)?;
        self.list_rules(schema, &mut rules)?;
        self.applied_rules(schema, &mut rules)?;
        if let Some(rest) = schema.get("unevaluatedItems") {
            rules.push(Keyword::UnevaluatedItems(self.add(rest)?));
        }
        if let Some(rest) = schema.get("unevaluatedProperties") {
            rules.push(Keyword::UnevaluatedProperties(self.add(rest)?));
        }
        Ok(Schema { rules, secret: schema.get("x-sensitive") == Some(&Json::Bool(true)) })
    }

    fn object_rules(
        &mut self,
        schema: &Members<'static>,
        rules: &mut Vec<Keyword>,
    ) -> Result<(), String> {
        if let Some((min, max)) = counts(schema, "minProperties", "maxProperties") {
            rules.push(Keyword::PropertyCount { min, max });
        }
        if let Some(required) = schema.get("required") {
            rules.push(Keyword::Required(texts(required)?));
        }
        let keys = ["properties", "patternProperties", "additionalProperties"];
        if keys.iter().any(|key| schema.get(key).is_some()) {
            let [named, patterns] = ["properties", "patternProperties"]
                .map(|key| schema.get(key).map_or(Ok(vec![]), |value| self.map(value)));
            let rest = schema.get("additionalProperties").map(|rest| self.add(rest));
            let patterns = patterns?.into_iter().map(|(text, id)| (pattern(&text), id));
            rules.push(Keyword::Properties(Properties {
                named: named?.into_iter().collect(),
                patterns: patterns.collect(),
                rest: rest.transpose()?,
            }));
        }
        if let Some(names) = schema.get("propertyNames") {
            rules.push(Keyword::PropertyNames(self.add(names)?));
        }
        if let Some(dependent) = schema.get("dependentRequired") {
            let members = dependent.as_object().ok_or("expected an object")?;
            let pairs = members.iter().map(|(name, names)| Ok((name.to_owned(), texts(names)?)));
            rules.push(Keyword::DependentRequired(pairs.collect::<Result<_, String>>()?));
        }
        if let Some(dependent) = schema.get("dependentSchemas") {
            rules.push(Keyword::DependentSchemas(self.map(dependent)?));
        }
        Ok(())
    }

    fn list_rules(
        &mut self,
        schema: &Members<'static>,
        rules: &mut Vec<Keyword>,
    ) -> Result<(), String> {
        if let Some((min, max)) = counts(schema, "minItems", "maxItems") {
            rules.push(Keyword::ItemCount { min, max });
        }
        if schema.get("uniqueItems") == Some(&Json::Bool(true)) {
            rules.push(Keyword::UniqueItems);
        }
        let first = schema.get("prefixItems").map_or(Ok(vec![]), |value| self.list(value))?;
        let rest = schema.get("items").map(|items| self.add(items)).transpose()?;
        if !first.is_empty() || rest.is_some() {
            rules.push(Keyword::Items { first, rest });
        }
        if let Some(contains) = schema.get("contains") {
            let (min, max) =
                counts(schema, "minContains", "maxContains").unwrap_or((1, usize::MAX));
            let min = if schema.get("minContains").is_some() { min } else { 1 };
            rules.push(Keyword::Contains { schema: self.add(contains)?, min, max });
        }
        Ok(())
    }

    fn applied_rules(
        &mut self,
        schema: &Members<'static>,
        rules: &mut Vec<Keyword>,
    ) -> Result<(), String> {
        if let Some(reference) = schema.get("$ref") {
            let name = reference.as_str().and_then(|text| text.strip_prefix("#/$defs/"));
            let name = scalars::pointer::unescape(name.unwrap_or_default());
            let id = self.find(&name).ok_or_else(|| format!("no schema is called `{name}`"))?;
            rules.push(Keyword::Reference(id));
        }
        for (key, rule) in [
            ("allOf", Keyword::AllOf as fn(Vec<Id>) -> Keyword),
            ("anyOf", Keyword::AnyOf),
            ("oneOf", Keyword::OneOf),
        ] {
            if let Some(list) = schema.get(key) {
                rules.push(rule(self.list(list)?));
            }
        }
        if let Some(not) = schema.get("not") {
            rules.push(Keyword::Not(self.add(not)?));
        }
        if let Some(condition) = schema.get("if") {
            let [then, otherwise] = ["then", "else"]
                .map(|key| schema.get(key).map(|value| self.add(value)).transpose());
            let condition = self.add(condition)?;
            rules.push(Keyword::If { condition, then: then?, otherwise: otherwise? });
        }
        Ok(())
    }
}

fn scalar_rules(schema: &Members<'static>, rules: &mut Vec<Keyword>) -> Result<(), String> {
    if let Some(types) = schema.get("type") {
        let names = if types.as_array().is_some() { texts(types)? } else { vec![text(types)?] };
        let kind = |name: &String| Kind::ALL.into_iter().find(|(known, _)| known == name);
        rules.push(Keyword::Type(names.iter().filter_map(kind).map(|(_, kind)| kind).collect()));
    }
    let choices = schema.get("enum").map(array).transpose()?;
    let constant = schema.get("const").map(std::slice::from_ref);
    for choices in choices.into_iter().chain(constant) {
        let shown: Vec<String> = choices.iter().take(20).map(Json::to_string).collect();
        let canonical = choices.iter().map(canonical_json).collect();
        rules.push(Keyword::Enum { canonical, shown: shown.join(" or ") });
    }
    if let Some((min, max)) = counts(schema, "minLength", "maxLength") {
        rules.push(Keyword::Length { min, max });
    }
    if let Some(value) = schema.get("pattern") {
        rules.push(Keyword::Pattern(pattern(&text(value)?)));
    }
    if let Some(value) = schema.get("format") {
        rules.push(Keyword::Format(text(value)?));
    }
    for (key, exclusive) in [("minimum", false), ("exclusiveMinimum", true)] {
        if let Some((limit, shown)) = schema.get(key).map(exact).transpose()? {
            rules.push(Keyword::Minimum { limit, exclusive, shown });
        }
    }
    for (key, exclusive) in [("maximum", false), ("exclusiveMaximum", true)] {
        if let Some((limit, shown)) = schema.get(key).map(exact).transpose()? {
            rules.push(Keyword::Maximum { limit, exclusive, shown });
        }
    }
    if let Some((step, shown)) = schema.get("multipleOf").map(exact).transpose()? {
        rules.push(Keyword::MultipleOf { step, shown });
    }
    Ok(())
}

/// A least and a greatest count, if either is set.
fn counts(schema: &Members<'static>, min: &str, max: &str) -> Option<(usize, usize)> {
    let count = |key: &str| {
        let Json::Number(number) = schema.get(key)? else { return None };
        // A count too large for the machine is one that nothing reaches.
        let whole = scalars::Decimal::parse(number.as_str()).and_then(scalars::Decimal::to_integer);
        Some(whole.map_or(usize::MAX, |count| usize::try_from(count).unwrap_or(usize::MAX)))
    };
    let (min, max) = (count(min), count(max));
    (min.is_some() || max.is_some()).then(|| (min.unwrap_or(0), max.unwrap_or(usize::MAX)))
}

/// A number, or a string that spells one with more digits than JSON readers keep.
fn exact(value: &Json) -> Result<(Exact, String), String> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let number = Exact::parse(&text).ok_or_else(|| format!("`{text}` is not a number"))?;
    Ok((number, text))
}

/// A pattern, which lives as long as the schemas: those of a service are compiled once.
fn pattern(text: &str) -> Pattern {
    Pattern::new(Box::leak(text.to_owned().into_boxed_str()))
}

fn array(value: &Json) -> Result<&[Json], String> {
    value.as_array().ok_or_else(|| "expected a list".to_owned())
}

fn text(value: &Json) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| "expected a string".to_owned())
}

fn texts(value: &Json) -> Result<Vec<String>, String> {
    array(value)?.iter().map(text).collect()
}
