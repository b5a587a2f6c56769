//! Schemas that contradict themselves, or that no type is made of.

use super::shape::{a, listed, nearest};
use crate::diag::{Diagnostic, Found, Key};
use crate::source::Span;

/// `false` as a schema.
#[must_use]
pub fn nothing_fits(at: Span) -> Diagnostic {
    Diagnostic::error("nothing-fits", "the schema `false` allows no value", at)
}

/// `allOf` that leads back to its own schema.
#[must_use]
pub fn contains_itself(at: Span) -> Diagnostic {
    Diagnostic::error("all-of-circle", "`allOf` refers to the schema that contains it", at)
        .help("move the common part to a separate schema")
}

/// `allOf` that leads on and on.
#[must_use]
pub fn all_of_too_deep(at: Span, limit: usize) -> Diagnostic {
    Diagnostic::error(
        "all-of-too-deep",
        format!("`allOf` is nested more than {limit} levels deep"),
        at,
    )
}

/// Bounds that leave nothing between them.
#[must_use]
pub fn empty_range(low: (&str, &str, Span), high: (&str, &str, Span)) -> Diagnostic {
    let message = format!("no value is between `{}` {} and `{}` {}", low.0, low.1, high.0, high.1);
    Diagnostic::error("empty-range", message, low.2)
        .also(high.2, format!("`{}` is set here", high.0))
}

/// `oneOf: []`
#[must_use]
pub fn no_alternative(at: Span, key: &str) -> Diagnostic {
    Diagnostic::error("no-alternative", format!("`{key}` is an empty list"), at)
}

/// Types that have no value in common.
#[must_use]
pub fn type_conflict(
    at: Span,
    found: &[&'static str],
    other: Span,
    before: &[&'static str],
) -> Diagnostic {
    let message = format!("no value is both {} and {}", listed(found), listed(before));
    Diagnostic::warning("type-conflict", message, at)
        .here("every value is refused")
        .also(other, "the other type is required here")
}

/// A property that is both read-only and write-only.
#[must_use]
pub fn both_ways(at: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is both `readOnly` and `writeOnly`, so it is never sent");
    Diagnostic::error("both-ways", message, at)
}

/// A required property that the schema does not describe.
#[must_use]
pub fn required_unknown(at: Span, name: &str, is_any: bool, near: Option<&str>) -> Diagnostic {
    let message = format!("`{name}` is required, but is not in `properties`");
    let here = match is_any {
        true => "any value is accepted",
        false => "any value of `additionalProperties` is accepted",
    };
    match near {
        Some(near) => Diagnostic::warning("required-unknown", message, at)
            .here(here)
            .help(format!("did you mean `{near}`?")),
        None => Diagnostic::warning("required-unknown", message, at)
            .here(here)
            .help(format!("describe it:\nproperties:\n  {name}:\n    type: string")),
    }
}

/// A required property that the schema refuses.
#[must_use]
pub fn required_refused(
    at: Span,
    name: &str,
    (keyword, closed): (&str, Span),
    near: Option<&str>,
) -> Diagnostic {
    let message = format!("`{name}` is required, and `{keyword}: false` does not allow it");
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "describe it among the `properties`, or remove it from `required`:\nproperties:\n  {name}:\n    type: string"
        ),
    };
    Diagnostic::error("required-refused", message, at)
        .here("no object is valid")
        .also(closed, "not allowed here")
        .help(help)
}

/// An enumeration without values of its type: nothing is one of its values, but for null where that is listed.
#[must_use]
pub fn never_valid(at: Span, takes_null: bool) -> Diagnostic {
    let (message, here) = match takes_null {
        true => ("the schema allows `null` only", "every other value is refused"),
        false => ("no value is valid here", "every value is refused"),
    };
    Diagnostic::warning("never-valid", message, at).here(here)
}

/// A required property whose schema allows no value.
#[must_use]
pub fn required_never(at: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is required, and its schema allows no value");
    Diagnostic::warning("never-valid", message, at)
        .here("every object is refused")
        .help("remove it from `required`, so that it must be left out, or describe its values")
}

/// A value that an enumeration has already.
#[must_use]
pub fn enum_twice(at: Span, first: Span) -> Diagnostic {
    Diagnostic::warning("enum-twice", "the value occurs twice in the list", at)
        .also(first, "the first one")
}

/// A value of another type than its enumeration.
#[must_use]
pub fn enum_of_other_type(node: Found<'_>, expected: &[&str]) -> Diagnostic {
    let types: Vec<String> = expected.iter().map(|name| a(name)).collect();
    let message = format!("expected {}, found {}", types.join(" or "), node.kind);
    let diagnostic =
        Diagnostic::warning("enum-type", message, node.span).here("no value matches this one");
    let is_scalar = node.text.is_some() || node.kind == "a boolean";
    if expected == ["string"] && is_scalar {
        return diagnostic.help("quote the value to make it a string");
    }
    diagnostic
}

/// A format that is not checked.
#[must_use]
pub fn unknown_format(at: Span, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::warning("unknown-format", format!("the format `{name}` is not checked"), at)
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A constraint that is about another type.
#[must_use]
pub fn constraint_of_other_type(entry: Key<'_>, ty: &str) -> Diagnostic {
    let message = format!("`{}` has no effect on {}", entry.name, a(ty));
    Diagnostic::warning("ignored-constraint", message, entry.span)
}

/// A keyword that only says something beside another one.
#[must_use]
pub fn constraint_alone(entry: Key<'_>, beside: &str) -> Diagnostic {
    let message = format!("`{}` has no effect without {beside}", entry.name);
    Diagnostic::warning("ignored-constraint", message, entry.span)
}

/// A format that is about another type.
#[must_use]
pub fn format_of_other_type(at: Span, name: &str, ty: &str) -> Diagnostic {
    let message = format!("the format `{name}` has no effect on {}", a(ty));
    Diagnostic::warning("ignored-constraint", message, at)
}

/// A pattern that ECMA-262 does not know.
#[must_use]
pub fn bad_pattern(at: Span, reason: &str) -> Diagnostic {
    Diagnostic::error("pattern", format!("invalid ECMA-262 pattern: {reason}"), at)
}

/// A pattern between slashes, as JavaScript and Perl write it.
#[must_use]
pub fn pattern_in_slashes(at: Span, inner: &str) -> Diagnostic {
    Diagnostic::warning("pattern-in-slashes", "the slashes are part of this pattern", at)
        .here("no string matches")
        .help(format!("remove them, and any flags after the last: `{inner}`"))
}

/// A number that cannot be kept exactly.
#[must_use]
pub fn too_many_digits(found: Found<'_>) -> Diagnostic {
    let message = "numbers of more than 38 significant digits are not supported";
    Diagnostic::error("too-many-digits", message, found.span)
}

/// `multipleOf` that is not positive.
#[must_use]
pub fn multiple_of_zero(at: Span) -> Diagnostic {
    Diagnostic::error("multiple-of", "`multipleOf` must be greater than 0", at)
}

/// A discriminator's value that leads to no alternative.
#[must_use]
pub fn mapping_elsewhere(at: Span, text: &str, known: &[&str]) -> Diagnostic {
    let name = text.rsplit('/').next().unwrap_or(text);
    let help = match nearest(name, known.iter().copied()).filter(|near| *near != name) {
        Some(near) => format!("did you mean `{}{near}`?", &text[..text.len() - name.len()]),
        None if known.is_empty() => {
            "no schema is an alternative: none builds on this one".to_owned()
        }
        None => format!("the alternatives are {}", listed(known)),
    };
    let effect = match known {
        [] => "the entry is skipped",
        _ => "the entry is skipped: no value with it is valid",
    };
    Diagnostic::warning("mapping", format!("`{text}` is not one of the alternatives"), at)
        .here(effect)
        .help(help)
}

/// A `defaultMapping` that leads to no alternative.
#[must_use]
pub fn default_elsewhere(at: Span, text: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::warning("mapping", format!("`{text}` is not one of the alternatives"), at)
        .here("there is no default: the alternatives decide, without the discriminator's help")
        .help(format!("the alternatives are {}", listed(known)))
}

/// An alternative that need not have the property of the discriminator.
#[must_use]
pub fn optional_tag(at: Span, property: &str, variant: &str, place: Span) -> Diagnostic {
    let key = super::shape::yaml_key(property);
    let message = format!(
        "`{property}` is optional in `{variant}`, so it cannot be used to select an alternative"
    );
    Diagnostic::warning("optional-discriminator", message, at)
        .here("it is ignored: the alternatives decide, without its help")
        .also(place, format!("`{variant}` is one of them"))
        .help(format!(
            "require it there:\ntype: object\nrequired: [{key}]\nproperties:\n  {key}:\n    type: string"
        ))
}

/// An alternative that no value of the discriminator names: it refuses its own name, or shares its values with others.
#[must_use]
pub fn refused_tag(at: Span, property: &str, variant: &str, place: Span) -> Diagnostic {
    let message = format!("no value of `{property}` selects `{variant}` alone");
    Diagnostic::warning("optional-discriminator", message, at)
        .here("it is ignored: the alternatives decide, without its help")
        .also(place, "this alternative refuses its name as value, or shares its values with another")
        .help(format!(
            "give it a value of its own:\nproperties:\n  {property}:\n    type: string\n    enum: [one-value]"
        ))
}

/// Values that several alternatives allow the discriminator to have, and that name none of them.
#[must_use]
pub fn shared_tags(at: Span, property: &str, values: &[&str]) -> Diagnostic {
    let message = format!("several alternatives allow `{property}` to be {}", listed(values));
    Diagnostic::warning("shared-discriminator", message, at)
        .here("no value with it is valid, because it selects no alternative")
        .help("name the alternative in `mapping`, or list the value in one of them only")
}

/// A discriminator of a schema that nothing builds on.
#[must_use]
pub fn no_children(at: Span) -> Diagnostic {
    let message = "no schema builds on this one, so its discriminator selects none".to_owned();
    Diagnostic::warning("mapping", message, at)
        .here("it is ignored: values are only checked against this schema")
        .help("name the schemas that build on it:\nmapping:\n  one-value: '#/components/schemas/…'")
}

/// A `mapping` to an alternative that does not allow the value.
#[must_use]
pub fn mapping_refused(at: Span, text: &str, property: &str, variant: &str) -> Diagnostic {
    let message = format!("`{variant}` does not allow `{property}` to be `{text}`");
    Diagnostic::warning("mapping", message, at).here("the entry is skipped")
}

/// A discriminator's property that no alternative has, and that resembles one.
#[must_use]
pub fn misspelt_tag(
    at: Span,
    property: &str,
    variant: &str,
    near: &str,
    place: Span,
) -> Diagnostic {
    let message = format!("`{variant}` has no property `{property}` to select it by");
    Diagnostic::warning("optional-discriminator", message, at)
        .here("it is ignored: the alternatives decide, without its help")
        .also(place, format!("`{variant}` is one of them"))
        .help(format!("did you mean `{near}`?"))
}

/// Keywords of objects in a schema that names no type.
#[must_use]
pub fn untyped_object(at: Span) -> Diagnostic {
    let message = "the schema describes an object, but also accepts values of every other type";
    Diagnostic::warning("untyped-object", message, Span { end: at.start, ..at })
        .here("`type` is missing")
        .help("type: object")
}

/// A type whose values would have to hold themselves.
#[must_use]
pub fn no_finite_value(at: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` requires itself, so no finite value is valid");
    Diagnostic::error("no-finite-value", message, Span { end: at.start, ..at }).help(
        "make one property on the way to itself optional, or allow `null` or an empty list there",
    )
}

/// A write-only property of something that is stored or sent.
#[must_use]
pub fn write_only_stored(at: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is `writeOnly`, and would be lost in a table or an event");
    Diagnostic::error("write-only-stored", message, at)
        .help("remove `writeOnly`, or define a separate schema for requests")
}

/// A default that its own schema refuses.
#[must_use]
pub fn bad_default(at: Span, why: &str) -> Diagnostic {
    Diagnostic::warning("bad-default", "the default does not match its schema", at)
        .here(why)
        .help("correct it; until then there is no default, and what is left out is absent")
}

/// A default in a merge patch.
#[must_use]
pub fn patch_default(at: Span, name: &str) -> Diagnostic {
    let message = format!("a merge patch does not fill in the default of `{name}`");
    Diagnostic::warning("patch-default", message, at)
        .here("a property that a patch leaves out stays as it is (RFC 7396)")
        .help("move the default to the schema of the resource")
}

/// A default that could make a value invalid which is valid without it.
#[must_use]
pub fn shaky_default(at: Span, property: &str, keyword: Span) -> Diagnostic {
    let message = format!("the default of `{property}` is not filled in");
    Diagnostic::warning("bad-default", message, at)
        .here("what is left out is absent: filled in, it could make a valid object invalid")
        .also(keyword, "this looks at which properties there are")
        .help("remove the default, or require the property")
}

/// A default that fills in itself, without end.
#[must_use]
pub fn endless_default(at: Span, property: &str) -> Diagnostic {
    let message = format!("the default of `{property}` leads back to itself");
    Diagnostic::warning("bad-default", message, at)
        .here("there is no default: filling it in would never end")
        .help("remove it, or write the property into the default")
}

/// `default: null` without `null` in the type.
#[must_use]
pub fn no_default(at: Span) -> Diagnostic {
    Diagnostic::warning("null-default", "`null` does not match this schema", at)
        .here("the default is ignored")
        .help("remove the default, or allow `null`")
}

/// An example that its own schema refuses.
#[must_use]
pub fn bad_example(at: Span, why: &str) -> Diagnostic {
    Diagnostic::warning("bad-example", "the example does not match its schema", at).here(why)
}
