//! What the places that an input is given to allow, so that a load test draws values that fit there. A workflow that says
//! `type: string` of an identifier leaves the rest to the contract.

use std::cmp::Ordering;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::type_use::{Bare, TypeUse};
use super::{At, View};
use crate::diag::Sink;
use crate::diag::catalog::workflow_values as fault;
use crate::model::{
    Bound, Expression, ExpressionKind, Input, Scalar, ScalarKind, TypeKind, TypeRef, Workflow,
};
use crate::values;

/// An input that is given to a place as it is: the workflow's index, the input's, and what the place allows.
pub(in crate::lower::workflows) struct Given {
    workflow: usize,
    input: usize,
    allowed: Map<String, Json>,
}

/// Notes what the place of an expression allows, where that is an input of this workflow.
pub(super) fn note<'a>(view: &View<'a>, at: At<'a>, expression: &Expression, place: TypeUse<'a>) {
    let ExpressionKind::Input(name) = &expression.kind else { return };
    let found = inputs_of(at.workflow).position(|input| input.name.wire == *name);
    let (Some(input), true) = (found, expression.pointer.is_empty()) else { return };
    let mut bare = place.bare().into_iter().filter(|bare| !matches!(bare, Bare::Null));
    if let (Some(only), None) = (bare.next(), bare.next())
        && let Some(allowed) = allowed(&only)
    {
        if let Some(input) = inputs_of(at.workflow).nth(input) {
            check_listed(view, input, &only);
        }
        view.given.borrow_mut().push(Given { workflow: at.index, input, allowed });
    }
}

fn inputs_of(workflow: &Workflow) -> impl Iterator<Item = &Input> {
    workflow.inputs.iter().flat_map(|inputs| &inputs.list)
}

/// Tells of the values that an input lists and that a place does not take.
fn check_listed(view: &View<'_>, input: &Input, place: &Bare<'_>) {
    let Json::Object(schema) = &*input.schema else { return };
    let listed = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
    let examples = schema.get("examples").and_then(Json::as_array).into_iter().flatten();
    let examples = examples.chain(schema.get("example")).filter(|_| input.lists_examples);
    let listed: Vec<&Json> = listed.chain(schema.get("const")).chain(examples).collect();
    let misfits: Vec<(&Json, String)> =
        listed.iter().filter_map(|value| Some((*value, misfit(value, place)?))).collect();
    let Some((value, why)) = misfits.first() else { return };
    let (at, name) = (input.span, &input.name.wire);
    view.warn(match misfits.len() == listed.len() {
        true => fault::input_never_fits(at, name, [&format!("the value {value}"), why]),
        false => fault::input_partly_fits(at, name, &value.to_string(), why),
    });
}

/// Why a place does not take a value of its kind; nothing where it does, or where the value is of another kind.
fn misfit(value: &Json, place: &Bare<'_>) -> Option<String> {
    let scalar = match place {
        Bare::Kind(TypeKind::Newtype(scalar)) => (*scalar).clone(),
        Bare::Plain(TypeRef::Scalar(kind)) => {
            Scalar { kind: *kind, text: Default::default(), number: Default::default() }
        }
        Bare::Kind(TypeKind::Enum(kind)) => {
            let text = value.as_str()?;
            let known: Vec<&str> = kind.variants.iter().map(|one| one.wire.as_str()).collect();
            return (!known.contains(&text)).then(|| format!("one of {}", known.join(", ")));
        }
        _ => return None,
    };
    match value {
        Json::String(text) if !scalar.kind.is_number() && scalar.kind != ScalarKind::Boolean => {
            values::text_fault(text, &scalar)
        }
        Json::Number(number) if scalar.kind.is_number() => {
            values::number_faults(&number.to_string(), &scalar).into_iter().next()
        }
        _ => None,
    }
}

/// Gives each input what the places allow that it is given to, as far as its own schema leaves that open.
pub(in crate::lower::workflows) fn narrow(list: &mut [Workflow], given: Vec<Given>, sink: &Sink) {
    for one in given {
        let inputs = list.get_mut(one.workflow).and_then(|workflow| workflow.inputs.as_mut());
        if let Some(input) = inputs.and_then(|inputs| inputs.list.get_mut(one.input)) {
            narrow_one(input, one.allowed, sink);
        }
    }
    for workflow in list {
        let id = workflow.id.wire.chars().count();
        for input in inputs_of(workflow).filter(|input| input.data.unique) {
            let bound = |key: &str| input.schema.get(key).and_then(Json::as_u64);
            // What every run begins its names with, the workflow, and a number.
            let least = (N_OF_RUN + id + 2) as u64;
            let (at, name) = (input.span, &input.name.wire);
            if let Some(most) = bound("maxLength").filter(|most| *most < least) {
                sink.report(fault::unique_too_long(at, name, least, most));
            }
            if let Some(asked) = bound("minLength").filter(|asked| *asked > least) {
                sink.report(fault::unique_too_short(at, name, least, asked));
            }
        }
    }
}

/// How many characters of a unique value tell the run, as the harness names it.
const N_OF_RUN: usize = 12;

fn narrow_one(input: &mut Input, mut allowed: Map<String, Json>, sink: &Sink) {
    const CHOICES: [&str; 7] = ["enum", "const", "oneOf", "anyOf", "allOf", "not", "properties"];
    if CHOICES.iter().any(|key| input.schema.get(key).is_some()) {
        return;
    }
    let Json::Object(own) = Arc::make_mut(&mut input.schema) else { return };
    let wanted = allowed.remove("type").unwrap_or_default();
    match own.get("type").and_then(Json::as_str) {
        Some(kind) if kind == wanted => {}
        Some("integer") if wanted == "number" => {}
        Some("number") if wanted == "integer" => {
            own.insert("type".to_owned(), wanted);
        }
        // A text with rules of its own is no other value.
        Some("string")
            if !["pattern", "format", "minLength", "maxLength"]
                .iter()
                .any(|key| own.contains_key(*key)) =>
        {
            own.insert("type".to_owned(), wanted);
        }
        None if !own.contains_key("type") && !own.contains_key("items") => {
            own.insert("type".to_owned(), wanted);
        }
        _ => return,
    }
    if let Some((key, other)) = contradiction(own, &allowed) {
        let name = &input.name.wire;
        sink.report(fault::input_never_fits(
            input.span,
            name,
            [&told(key, own), &told(other, &allowed)],
        ));
    }
    if let Some((key, other)) = wider(own, &allowed)
        && !input.data.unique
        && input.data.file.is_none()
        && !input.lists_examples
    {
        let (name, places) = (&input.name.wire, [told(key, own), told(other, &allowed)]);
        sink.report(fault::input_narrowed(input.span, name, places));
    }
    let rest: Vec<_> = allowed
        .iter()
        .filter(|(key, value)| {
            let alone = Map::from_iter([((*key).clone(), (*value).clone())]);
            contradiction(own, &alone).is_none()
        })
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    for (key, value) in rest {
        let is_kept = own.get(&key).is_some_and(|mine| !is_tighter(&key, &value, mine));
        if !is_kept {
            own.insert(key, value);
        }
    }
}

/// The keys of bounds: those of a least value and of a greatest one, and which of them exclude it.
const BOUNDS: [([&str; 2], Ordering); 4] = [
    (["minimum", "exclusiveMinimum"], Ordering::Greater),
    (["maximum", "exclusiveMaximum"], Ordering::Less),
    (["minLength", "minLength"], Ordering::Greater),
    (["maxLength", "maxLength"], Ordering::Less),
];

/// Whether one bound of a kind leaves less than another.
fn is_tighter(key: &str, one: &Json, other: &Json) -> bool {
    let bound = BOUNDS.iter().find(|(keys, _)| keys.contains(&key));
    let numbers = one.as_f64().zip(other.as_f64());
    bound.zip(numbers).is_some_and(|((_, tighter), (one, other))| one.total_cmp(&other) == *tighter)
}

/// A bound of an input that allows more than a place does, with the bound of that.
fn wider<'k>(own: &Map<String, Json>, place: &Map<String, Json>) -> Option<(&'k str, &'k str)> {
    BOUNDS.iter().find_map(|([closed, open], tighter)| {
        // The tightest of a schema; of equal ones the one that excludes the value itself.
        let bound = |schema: &Map<String, Json>| {
            let of = |key: &'static str| Some((schema.get(key)?.as_f64()?, key));
            let (closed, open) = (of(closed), of(open));
            match (closed, open) {
                (Some(one), Some(other)) if one.0.total_cmp(&other.0) == *tighter => Some(one),
                (one, other) => other.or(one),
            }
        };
        let (mine, theirs) = (bound(own)?, bound(place)?);
        let is_wider = theirs.0.total_cmp(&mine.0) == *tighter
            || (theirs.0 == mine.0 && theirs.1 == *open && mine.1 != *open);
        is_wider.then_some((mine.1, theirs.1))
    })
}

/// A keyword as it is written.
fn told(key: &str, schema: &Map<String, Json>) -> String {
    format!("{key}: {}", schema.get(key).unwrap_or(&Json::Null))
}

/// A least and a greatest of two schemas that no value meets both.
fn contradiction<'k>(
    one: &Map<String, Json>,
    other: &Map<String, Json>,
) -> Option<(&'k str, &'k str)> {
    const LEAST: [&str; 3] = ["minimum", "exclusiveMinimum", "minLength"];
    const GREATEST: [&str; 3] = ["maximum", "exclusiveMaximum", "maxLength"];
    // No text has two of these.
    const FORMS: [&str; 8] =
        ["uuid", "date", "date-time", "time", "duration", "email", "ipv4", "ipv6"];
    let form = |schema: &Map<String, Json>| {
        let format = schema.get("format").and_then(Json::as_str);
        format.and_then(|format| FORMS.into_iter().find(|form| *form == format))
    };
    if let (Some(own), Some(other)) = (form(one), form(other))
        && own != other
    {
        return Some(("format", "format"));
    }
    let apart = |least: (&str, Option<&Json>), greatest: (&str, Option<&Json>)| {
        let number = |bound: Option<&Json>| bound.and_then(Json::as_f64);
        let (Some(low), Some(high)) = (number(least.1), number(greatest.1)) else { return false };
        let is_open = least.0.starts_with('e') || greatest.0.starts_with('e');
        least.0.ends_with("Length") == greatest.0.ends_with("Length")
            && (low > high || (is_open && low >= high))
    };
    let pairs = LEAST.into_iter().flat_map(|least| GREATEST.map(|greatest| (least, greatest)));
    pairs.into_iter().find_map(|(least, greatest)| {
        if apart((least, one.get(least)), (greatest, other.get(greatest))) {
            return Some((least, greatest));
        }
        let is_apart = apart((least, other.get(least)), (greatest, one.get(greatest)));
        is_apart.then_some((greatest, least))
    })
}

/// The values that a type allows as a JSON Schema; nothing of one that is no single value.
fn allowed(bare: &Bare<'_>) -> Option<Map<String, Json>> {
    let schema = match bare {
        Bare::Plain(TypeRef::Scalar(kind)) => of_kind(*kind),
        Bare::Kind(TypeKind::Newtype(scalar)) => of_scalar(scalar),
        Bare::Kind(TypeKind::Enum(kind)) => {
            let values: Vec<&str> = kind.variants.iter().map(|one| one.wire.as_str()).collect();
            json!({ "type": "string", "enum": values })
        }
        _ => return None,
    };
    match schema {
        Json::Object(members) => Some(members),
        _ => None,
    }
}

fn of_kind(kind: ScalarKind) -> Json {
    match kind {
        ScalarKind::String => json!({ "type": "string" }),
        ScalarKind::Boolean => json!({ "type": "boolean" }),
        ScalarKind::Int32 | ScalarKind::Int64 | ScalarKind::Integer => json!({ "type": "integer" }),
        ScalarKind::Double | ScalarKind::Decimal => json!({ "type": "number" }),
        ScalarKind::DecimalString => json!({ "type": "string", "format": "decimal" }),
        ScalarKind::Uuid => json!({ "type": "string", "format": "uuid" }),
        ScalarKind::DateTime => json!({ "type": "string", "format": "date-time" }),
        ScalarKind::Date => json!({ "type": "string", "format": "date" }),
        ScalarKind::Bytes => json!({ "type": "string", "format": "byte" }),
    }
}

fn of_scalar(scalar: &Scalar) -> Json {
    let mut schema = of_kind(scalar.kind);
    let mut set = |key: &str, value: Option<Json>| {
        if let Some(value) = value {
            schema[key] = value;
        }
    };
    let (text, number) = (&scalar.text, &scalar.number);
    set("minLength", text.min_length.map(Json::from));
    set("maxLength", text.max_length.map(Json::from));
    set("pattern", text.pattern.as_deref().map(Json::from));
    set("format", text.format.map(|format| Json::from(format.name())));
    let written = |text: &str| serde_json::from_str(text).ok();
    let bounds = [
        (&number.minimum, "minimum", "exclusiveMinimum"),
        (&number.maximum, "maximum", "exclusiveMaximum"),
    ];
    for (bound, inclusive, exclusive) in bounds {
        if let Some(Bound { value, exclusive: is_open }) = bound {
            set(if *is_open { exclusive } else { inclusive }, written(value));
        }
    }
    set("multipleOf", number.multiple_of.as_deref().and_then(written));
    if !number.one_of.is_empty() {
        set("enum", Some(Json::from(number.one_of.clone())));
    }
    schema
}
