//! Types in words: what they are, and what they must hold.

use super::markdown::{code, link};
use crate::model::{
    Additional, Bound, NumberRules, Scalar, ScalarKind, Service, TextRules, TypeDef, TypeId,
    TypeKind, TypeRef, UnionTag,
};

/// A link to a type's place on the page.
pub(super) fn type_link(service: &Service, id: TypeId) -> String {
    let name = &service.type_def(id).name.wire;
    link(name, &format!("#{}", type_anchor(name)))
}

/// The place of a type on its page.
pub(super) fn type_anchor(name: &str) -> String {
    format!("type-{}", super::reference::anchor(name))
}

/// A use of a type in words.
pub(super) fn describe(service: &Service, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => type_link(service, *id),
        TypeRef::Scalar(kind) => scalar(*kind).to_owned(),
        TypeRef::List(list) => {
            let range = range(list.min_items, list.max_items, "element", "elements");
            let unique = list.unique.then(|| "unique".to_owned());
            let rules: Vec<_> = range.into_iter().chain(unique).collect();
            let item = describe(service, &list.item);
            format!("array of {item}{}", parenthesis(&rules))
        }
        TypeRef::Map(map) => {
            let rules: Vec<_> = range(map.min_properties, map.max_properties, "entry", "entries")
                .into_iter()
                .collect();
            format!("map of {}{}", describe(service, &map.value), parenthesis(&rules))
        }
        TypeRef::Json => "any JSON".to_owned(),
        TypeRef::Nullable(inner) => format!("{} or null", describe(service, inner)),
        TypeRef::Boxed(inner) => describe(service, inner),
    }
}

/// A named type in words.
pub(super) fn shape(service: &Service, def: &TypeDef) -> String {
    let text = match &def.kind {
        TypeKind::Struct(object) => {
            let rest = match &object.additional {
                Additional::Open => "additional properties are kept".to_owned(),
                Additional::Refused => "additional properties are refused".to_owned(),
                Additional::Typed(ty) => {
                    format!("additional properties are kept, each {}", describe(service, ty))
                }
            };
            let bounds =
                range(object.min_properties, object.max_properties, "property", "properties");
            let ignored = (!object.ignored.is_empty()).then(|| {
                let names: Vec<_> = object.ignored.iter().map(|name| code(name)).collect();
                format!("{} may be sent, but has no effect", names.join(", "))
            });
            let parts: Vec<_> = [Some(rest), ignored, bounds].into_iter().flatten().collect();
            format!("An object; {}", parts.join("; "))
        }
        TypeKind::Enum(choice) => {
            let values: Vec<_> = choice.variants.iter().map(|one| code(&one.wire)).collect();
            format!("One of {}", values.join(", "))
        }
        TypeKind::Union(union) => {
            let variants: Vec<_> = union
                .variants
                .iter()
                .map(|one| match union.tag {
                    UnionTag::Property(_) => {
                        let mut tags: Vec<_> = one.tags().map(code).collect();
                        tags.extend(one.is_default.then(|| "anything else".to_owned()));
                        format!("{} ({})", describe(service, &one.ty), tags.join(" or "))
                    }
                    UnionTag::ExactlyOne | UnionTag::First => describe(service, &one.ty),
                })
                .collect();
            let told = match &union.tag {
                UnionTag::Property(name) => format!("selected by {}", code(&name.wire)),
                UnionTag::ExactlyOne => "of which exactly one must match".to_owned(),
                UnionTag::First => "of which the first match is used".to_owned(),
            };
            format!("One of {}, {told}", variants.join(", "))
        }
        TypeKind::Newtype(rules) => {
            let (kind, rules) = (scalar(rules.kind), constraints(rules));
            capitalised(&format!("{kind}{}", parenthesis(&rules)))
        }
        TypeKind::Alias(ty) => capitalised(&describe(service, ty)),
    };
    let sensitive = if def.sensitive { " Sensitive: not logged." } else { "" };
    format!("{text}.{sensitive}")
}

/// The scalars in words.
fn scalar(kind: ScalarKind) -> &'static str {
    match kind {
        ScalarKind::String => "text",
        ScalarKind::Boolean => "boolean",
        ScalarKind::Int32 => "32-bit integer",
        ScalarKind::Int64 => "64-bit integer",
        ScalarKind::Integer => "integer",
        ScalarKind::Double => "number",
        ScalarKind::Decimal => "exact decimal",
        ScalarKind::DecimalString => "exact decimal as a string",
        ScalarKind::Uuid => "UUID",
        ScalarKind::DateTime => "date and time (RFC 3339)",
        ScalarKind::Date => "date",
        ScalarKind::Bytes => "bytes in base64",
    }
}

/// What a scalar must hold besides being one.
fn constraints(scalar: &Scalar) -> Vec<String> {
    text_rules(&scalar.text).into_iter().chain(number_rules(&scalar.number)).collect()
}

fn text_rules(rules: &TextRules) -> Vec<String> {
    let format = rules.format.map(|format| format.what().to_owned());
    let length = range(rules.min_length, rules.max_length, "character", "characters");
    let pattern = rules.pattern.as_ref().map(|pattern| format!("matching {}", code(pattern)));
    [format, length, pattern].into_iter().flatten().collect()
}

fn number_rules(rules: &NumberRules) -> Vec<String> {
    let bound = |bound: &Option<Bound>, inclusive: &str, exclusive: &str| {
        bound.as_ref().map(|bound| {
            let word = if bound.exclusive { exclusive } else { inclusive };
            format!("{word} {}", bound.value)
        })
    };
    let multiple = rules.multiple_of.as_ref().map(|of| format!("a multiple of {of}"));
    let one_of = (!rules.one_of.is_empty()).then(|| {
        let values: Vec<_> = rules.one_of.iter().map(i64::to_string).collect();
        format!("one of {}", values.join(", "))
    });
    let minimum = bound(&rules.minimum, "at least", "more than");
    let maximum = bound(&rules.maximum, "at most", "less than");
    [minimum, maximum, multiple, one_of].into_iter().flatten().collect()
}

/// How many of something.
fn range(min: Option<u64>, max: Option<u64>, one: &str, many: &str) -> Option<String> {
    let noun = |count: u64| if count == 1 { one } else { many };
    match (min.filter(|min| *min > 0), max) {
        (Some(min), Some(max)) if min == max => Some(format!("{min} {}", noun(min))),
        (Some(min), Some(max)) => Some(format!("{min} to {max} {many}")),
        (Some(min), None) => Some(format!("at least {min} {}", noun(min))),
        (None, Some(max)) => Some(format!("at most {max} {}", noun(max))),
        (None, None) => None,
    }
}

fn parenthesis(rules: &[String]) -> String {
    if rules.is_empty() { String::new() } else { format!(" ({})", rules.join(", ")) }
}

/// A text with its first letter as a capital.
pub(in crate::emit) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
