//! Values against the types of the places that they are given to: what stands in the document exactly, what an
//! expression leads to by its kind.

use super::expressions::Types;
use super::type_use::{Bare, Kinds, TypeUse};
use super::{At, View, convert, drawn};
use crate::diag::catalog::{shape::nearest, workflows as fault};
use crate::diag::{Diagnostic, Severity};
use crate::lower::schema::values::{Misfit, check_scalar};
use crate::lower::workflows::body::looks_like_json;
use crate::model::{
    Additional, Argument, Scalar, StepValue, StructType, TextPart, TypeKind, TypeRef, ValueKind,
};
use crate::parse::{Node, Value};
use crate::source::Span;

/// How deep values and types are followed: deeper than a document can nest.
const MAX_DEPTH: usize = 200;

/// Reports where a value does not fit.
pub(super) fn check<'a>(view: &View<'a>, at: At<'a>, value: &'a StepValue, place: TypeUse<'a>) {
    report(Fit { view, at, as_text: false }, value, place);
}

/// Reports where a value of a form does not fit: everything in it travels as text, and one value is a list of one.
pub(super) fn check_form<'a>(
    view: &View<'a>,
    at: At<'a>,
    value: &'a StepValue,
    place: TypeUse<'a>,
) {
    report(Fit { view, at, as_text: true }, value, place);
}

/// Reports where the whole query of a request does not fit: it travels as a form does.
pub(super) fn check_query<'a>(
    view: &View<'a>,
    at: At<'a>,
    value: &'a StepValue,
    place: TypeUse<'a>,
) {
    let fit = Fit { view, at, as_text: true };
    let mut found = fit.misfits(value, place);
    if matches!(value.kind, ValueKind::Expression(_) | ValueKind::Selected { .. }) {
        found = found.into_iter().map(fault::query_as_expression).collect();
    }
    fit.report(found);
}

fn report<'a>(fit: Fit<'_, 'a>, value: &'a StepValue, place: TypeUse<'a>) {
    fit.report(fit.misfits(value, place));
}
#[derive(Clone, Copy)]
struct Fit<'v, 'a> {
    view: &'v View<'a>,
    at: At<'a>,
    /// Whether values travel as text.
    as_text: bool,
}

type Found = Vec<Diagnostic>;

impl<'a> Fit<'_, 'a> {
    fn misfits(self, value: &'a StepValue, place: TypeUse<'a>) -> Found {
        let mut found = vec![];
        self.value(value, place, &mut found, 0);
        found
    }

    fn report(self, found: Found) {
        for misfit in found {
            match misfit.severity {
                Severity::Error => self.view.fault(misfit),
                Severity::Warning | Severity::Note => self.view.warn(misfit),
            }
        }
    }

    fn value(self, value: &'a StepValue, place: TypeUse<'a>, found: &mut Found, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match &value.kind {
            ValueKind::Expression(expression) => {
                drawn::note(self.view, self.at, expression, place);
                let types = self.view.types_of(self.at, expression);
                let types = types.filter(|types| {
                    let converted = !self.as_text
                        && !convert::is_name(self.at, expression)
                        && convert::may(types, place);
                    if converted {
                        found.push(convert::warning(expression, types, place));
                    }
                    !converted
                });
                self.kinds(expression.span, &expression.text, types, place, found);
            }
            ValueKind::Selected { context, .. } => {
                let types = self.view.value_types(self.at, value, 0);
                self.kinds(value.span, &context.text, types, place, found);
            }
            ValueKind::Joined(_) => {
                if !self.as_text && !place.kinds().meets(Kinds::STRING) {
                    let wanted = place.kinds().in_words();
                    found.push(fault::kind_differs(value.span, "this", "a string", &wanted));
                }
            }
            _ => self.written(value, place, found, depth),
        }
    }

    fn kinds(
        self,
        span: Span,
        text: &str,
        types: Types<'a>,
        place: TypeUse<'a>,
        found: &mut Found,
    ) {
        let Some(types) = types else { return };
        let given = types.iter().map(|place| place.kinds()).fold(Kinds::NULL, Kinds::or);
        // What may be null may be anything else as well, so null alone does not make two types meet.
        let wanted = place.kinds();
        let real = |kinds: Kinds| kinds.without(Kinds::NULL);
        let (given, wanted) = match self.as_text {
            true => (given.as_text(), wanted.as_text()),
            false => (given, wanted),
        };
        if !real(given).meets(real(wanted))
            && !real(given).is_nothing()
            && !real(wanted).is_nothing()
        {
            let text = format!("`{text}`");
            found.push(fault::kind_differs(
                span,
                &text,
                &real(given).in_words(),
                &wanted.in_words(),
            ));
        }
    }

    /// A value that stands in the document: it fits one of the alternatives, or what is wrong with the nearest is told.
    fn written(self, value: &'a StepValue, place: TypeUse<'a>, found: &mut Found, depth: usize) {
        if matches!(value.kind, ValueKind::Null) && place.kinds().meets(Kinds::NULL) {
            return;
        }
        let mut nearest: Option<Found> = None;
        for bare in place.bare().into_iter().filter(|bare| !matches!(bare, Bare::Null)) {
            let mut here = vec![];
            self.against(value, place, &bare, &mut here, depth);
            if here.is_empty() {
                return;
            }
            let weight = |found: &Found| {
                let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
                (found.iter().filter(is_error).count(), found.len())
            };
            if nearest.as_ref().is_none_or(|known| weight(&here) < weight(known)) {
                nearest = Some(here);
            }
        }
        found.extend(nearest.unwrap_or_default());
    }

    fn against(
        self,
        value: &'a StepValue,
        place: TypeUse<'a>,
        bare: &Bare<'a>,
        found: &mut Found,
        depth: usize,
    ) {
        let wrong = |found: &mut Found, wanted: &str| {
            found.push(fault::value_differs(
                value.span,
                &format!("expected {wanted}, found {}", kind(value)),
            ));
        };
        match bare {
            Bare::Json | Bare::Null => {}
            Bare::Plain(TypeRef::List(list)) => match &value.kind {
                ValueKind::List(items) => {
                    let n = items.len() as u64;
                    let few = list.min_items.filter(|least| n < *least);
                    let many = list.max_items.filter(|most| n > *most);
                    if let Some(least) = few {
                        found.push(fault::value_differs(
                            value.span,
                            &format!("{n} items are fewer than the minimum of {least}"),
                        ));
                    }
                    if let Some(most) = many {
                        found.push(fault::value_differs(
                            value.span,
                            &format!("{n} items are more than the maximum of {most}"),
                        ));
                    }
                    for item in items {
                        self.value(item, place.with(&list.item), found, depth + 1);
                    }
                }
                ValueKind::Map(_) => wrong(found, "a list"),
                _ if self.as_text => self.value(value, place.with(&list.item), found, depth + 1),
                _ => wrong(found, "a list"),
            },
            Bare::Plain(TypeRef::Map(map)) => match &value.kind {
                ValueKind::Map(entries) => {
                    for (_, _, value) in entries {
                        self.value(value, place.with(&map.value), found, depth + 1);
                    }
                }
                _ => wrong(found, "an object"),
            },
            Bare::Plain(TypeRef::Scalar(kind)) => {
                let scalar =
                    Scalar { kind: *kind, text: Default::default(), number: Default::default() };
                self.scalar(value, &scalar, found);
            }
            Bare::Kind(TypeKind::Newtype(scalar)) => self.scalar(value, scalar, found),
            Bare::Kind(TypeKind::Enum(kind)) => match &value.kind {
                ValueKind::Text(text) => {
                    let known: Vec<&str> =
                        kind.variants.iter().map(|one| one.wire.as_str()).collect();
                    if !known.contains(&text.as_str()) {
                        let near = nearest(text, known.iter().copied());
                        found.push(fault::no_variant(value.span, text, near, &known));
                    }
                }
                _ => wrong(found, "a string"),
            },
            Bare::Kind(TypeKind::Struct(object)) => match &value.kind {
                ValueKind::Map(entries) => {
                    self.object(value.span, entries, object, place, found, depth)
                }
                _ => wrong(found, "an object"),
            },
            Bare::Plain(_) | Bare::Kind(_) => {}
        }
    }

    fn scalar(self, value: &StepValue, scalar: &Scalar, found: &mut Found) {
        let mut here = vec![];
        scalar_differs(value, scalar, &mut here);
        let other = in_quotes(&value.kind).filter(|_| self.as_text && !here.is_empty());
        if let Some(kind) = other {
            let mut there = vec![];
            scalar_differs(&StepValue { span: value.span, kind }, scalar, &mut there);
            here = if there.is_empty() { there } else { here };
        }
        found.extend(here);
    }

    fn object(
        self,
        span: Span,
        entries: &'a [(String, Span, StepValue)],
        object: &'a StructType,
        place: TypeUse<'a>,
        found: &mut Found,
        depth: usize,
    ) {
        let known = || object.fields.iter().map(|field| field.name.wire.as_str());
        let is_other =
            |name: &String| known().all(|known| known != name) && !object.ignored.contains(name);
        let others = || entries.iter().filter(|(name, _, _)| is_other(name));
        // What was meant by names that are misspelt is not missing besides.
        let is_typed = matches!(object.additional, Additional::Typed(_));
        let meant: Vec<&str> = others()
            .filter(|_| !is_typed)
            .filter_map(|(name, _, _)| nearest(name, known()))
            .collect();
        for field in &object.fields {
            match entries.iter().find(|(name, _, _)| *name == field.name.wire) {
                Some((_, _, value)) => self.value(value, place.with(&field.ty), found, depth + 1),
                None if meant.contains(&field.name.wire.as_str()) => {}
                None if field.required => {
                    found.push(fault::missing_field(span, &field.name.wire, field.origin.span));
                }
                None => {}
            }
        }
        for (name, at, value) in others() {
            match &object.additional {
                Additional::Typed(ty) => self.value(value, place.with(ty), found, depth + 1),
                Additional::Refused => {
                    let names: Vec<&str> = known().collect();
                    found.push(fault::unknown_field(*at, name, nearest(name, known()), &names));
                }
                // It would be kept, but a name so near to a known one is a slip.
                Additional::Open => {
                    if let Some(near) = nearest(name, known()) {
                        found.push(fault::unknown_field(*at, name, Some(near), &[]));
                    }
                }
            }
        }
        for (name, at, _) in entries.iter().filter(|(name, _, _)| object.ignored.contains(name)) {
            self.view.warn(fault::read_only_field(*at, name));
        }
    }
}

/// What a value is, in words.
fn kind(value: &StepValue) -> &'static str {
    match value.kind {
        ValueKind::Null => "null",
        ValueKind::Flag(_) => "a boolean",
        ValueKind::Number(_) => "a number",
        ValueKind::Text(_) | ValueKind::Joined(_) => "a string",
        ValueKind::List(_) => "a list",
        ValueKind::Map(_) => "an object",
        ValueKind::Expression(_) | ValueKind::Selected { .. } => "an expression",
    }
}

/// A single value with the quotes that it lacks, or without those that it has.
fn in_quotes(kind: &ValueKind) -> Option<ValueKind> {
    match kind {
        ValueKind::Text(text) => match text.as_str() {
            "true" => Some(ValueKind::Flag(true)),
            "false" => Some(ValueKind::Flag(false)),
            _ => scalars::Decimal::parse(text).map(|_| ValueKind::Number(text.clone())),
        },
        ValueKind::Number(number) => Some(ValueKind::Text(number.clone())),
        ValueKind::Flag(flag) => Some(ValueKind::Text(flag.to_string())),
        _ => None,
    }
}

/// Reports a scalar that does not fit.
fn scalar_differs(value: &StepValue, scalar: &Scalar, found: &mut Found) {
    let node = |kind: Value| Node { span: value.span, value: kind };
    let node = match &value.kind {
        ValueKind::Null => node(Value::Null),
        ValueKind::Flag(flag) => node(Value::Flag(*flag)),
        ValueKind::Number(number) => node(Value::Number(number.clone())),
        ValueKind::Text(text) => node(Value::Text(text.clone())),
        _ => {
            let why = format!("expected a single value, found {}", kind(value));
            found.push(fault::value_differs(value.span, &why));
            return;
        }
    };
    let mut misfits: Vec<Misfit> = vec![];
    check_scalar(&node, scalar, &mut misfits);
    found.extend(misfits.iter().map(|misfit| fault::value_differs(misfit.span, &misfit.why)));
}

/// The value of a parameter that is a list: what is no list is sent as a list of one.
pub(super) fn check_list_parameter<'a>(
    view: &View<'a>,
    at: At<'a>,
    argument: &'a Argument,
    place: TypeUse<'a>,
    item: &'a TypeRef,
) {
    let value = &argument.value;
    let is_single = match &value.kind {
        ValueKind::Text(_) | ValueKind::Number(_) | ValueKind::Flag(_) => true,
        ValueKind::Joined(_) => !is_json_template(&value.kind),
        ValueKind::Expression(expression) => {
            let given = view.types_of(at, expression).into_iter().flatten();
            let kinds = given.fold(Kinds::NULL, |all, one| all.or(one.kinds()));
            kinds.meets(Kinds::SINGLE) && !kinds.meets(Kinds::LIST.or(Kinds::OBJECT))
        }
        _ => false,
    };
    if is_single {
        view.warn(fault::one_for_list(value.span, &argument.name));
        check_parameter(view, at, value, place.with(item));
    } else {
        check_parameter(view, at, value, place);
    }
}

/// Whether a text with expressions is that of a JSON list or object, as which it is read when they are known.
fn is_json_template(kind: &ValueKind) -> bool {
    let ValueKind::Joined(pieces) = kind else { return false };
    matches!(pieces.first(), Some(TextPart::Text(text)) if looks_like_json(text))
}

/// Whether a text with expressions may come to a number or a truth value that its place takes.
fn may_be_number(pieces: &[TextPart], place: TypeUse<'_>) -> bool {
    let is_part = |char: char| char.is_ascii_digit() || "+-.eE".contains(char);
    place.kinds().meets(Kinds::SINGLE)
        && pieces.iter().all(|piece| match piece {
            TextPart::Text(text) => text.chars().all(is_part),
            TextPart::Expression(_) => true,
        })
}

/// A parameter's value: it travels as text, so a number may stand in quotes.
pub(super) fn check_parameter<'a>(
    view: &View<'a>,
    at: At<'a>,
    value: &'a StepValue,
    place: TypeUse<'a>,
) {
    let wants_text = place.kinds().meets(Kinds::STRING);
    let is_object = place.kinds().without(Kinds::NULL) == Kinds::OBJECT;
    if is_json_template(&value.kind) {
        return;
    }
    if is_object && matches!(value.kind, ValueKind::Text(_) | ValueKind::Joined(_)) {
        view.fault(fault::text_for_object(value.span));
        return;
    }
    let in_quotes = match &value.kind {
        ValueKind::Text(_) if !wants_text => in_quotes(&value.kind),
        ValueKind::Number(_) if !place.kinds().meets(Kinds::NUMBER) && wants_text => {
            in_quotes(&value.kind)
        }
        ValueKind::Flag(_) if wants_text && !place.kinds().meets(Kinds::BOOLEAN) => {
            in_quotes(&value.kind)
        }
        // What an expression leads to is written as text, whatever single value it is.
        ValueKind::Expression(expression) => {
            drawn::note(view, at, expression, place);
            let single = Kinds::SINGLE;
            let given = view.types_of(at, expression);
            let is_single =
                given.is_some_and(|types| types.iter().any(|one| one.kinds().meets(single)));
            if is_single && place.kinds().meets(single) {
                return;
            }
            None
        }
        ValueKind::Joined(pieces) if wants_text || may_be_number(pieces, place) => return,
        _ => None,
    };
    match in_quotes {
        None => check(view, at, value, place),
        Some(kind) => {
            let plain = StepValue { span: value.span, kind };
            let mut found = vec![];
            for bare in place.bare() {
                let mut here = vec![];
                match bare {
                    Bare::Plain(TypeRef::Scalar(kind)) => {
                        let scalar = Scalar {
                            kind: *kind,
                            text: Default::default(),
                            number: Default::default(),
                        };
                        scalar_differs(&plain, &scalar, &mut here);
                    }
                    Bare::Kind(TypeKind::Newtype(scalar)) => {
                        scalar_differs(&plain, scalar, &mut here)
                    }
                    _ => {}
                }
                if here.is_empty() {
                    return;
                }
                found = here;
            }
            found.into_iter().for_each(|one| view.fault(one));
        }
    }
}
