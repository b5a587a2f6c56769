//! Keys that are unknown, missing or of the wrong kind.

use crate::diag::{Diagnostic, Found, Key};
use crate::source::Span;

/// A value of another kind than its place asks for.
#[must_use]
pub fn wrong_kind(node: Found<'_>, expected: &str, help: Option<String>) -> Diagnostic {
    let message = format!("expected {expected}, found {}", node.kind);
    Diagnostic::error("wrong-kind", message, node.span).maybe_help(help)
}

/// A `$ref` without a value, which is what YAML makes of `$ref: #/…`.
#[must_use]
pub fn empty_ref(at: Span) -> Diagnostic {
    Diagnostic::error("wrong-kind", "the reference is empty", at).help(
        "quote it, because ` #` starts a comment in YAML: `$ref: '#/components/schemas/Name'`",
    )
}

/// `required: true` on a property.
#[must_use]
pub fn required_is_list(at: Span) -> Diagnostic {
    let message =
        "`required` must be a list of property names, on the object that has the properties";
    Diagnostic::error("wrong-kind", message, at)
        .help("write it next to `properties`:\nrequired: [propertyName]")
}

/// A string outside of a closed set.
#[must_use]
pub fn not_a_choice(at: Span, found: &str, choices: &[&'static str]) -> Diagnostic {
    let message = format!("expected one of {}, found `{found}`", listed(choices));
    let near = nearest(found, choices.iter().copied()).or_else(|| meant(found, choices));
    let help = match other_type(found).filter(|_| choices.contains(&"integer")) {
        Some((kind, format)) => Some(format!("write:\ntype: {kind}\nformat: {format}")),
        None if found == "retry" && choices == ["end", "goto"] => Some(
            "only a failed step is retried: move it to `onFailure` or `failureActions`".to_owned(),
        ),
        None => near.map(|near| format!("did you mean `{near}`?")),
    };
    Diagnostic::error("not-a-choice", message, at).maybe_help(help)
}

/// A word of programming languages or of AsyncAPI 2 for one of the choices.
fn meant(found: &str, choices: &[&'static str]) -> Option<&'static str> {
    let word = match found.to_lowercase().as_str() {
        "str" | "text" | "char" | "varchar" => "string",
        "int" | "long" | "short" | "bigint" => "integer",
        "float" | "double" | "decimal" | "real" => "number",
        "bool" => "boolean",
        "list" | "set" | "tuple" => "array",
        "dict" | "map" | "hash" | "struct" | "json" => "object",
        "none" | "nil" => "null",
        "asc" => "ascending",
        "desc" => "descending",
        "read" => "get",
        "insert" | "add" => "create",
        "remove" => "delete",
        "scan" => "list",
        _ => return None,
    };
    choices.iter().find(|choice| **choice == word).copied()
}

/// A format that was written as a type.
fn other_type(found: &str) -> Option<(&'static str, &'static str)> {
    Some(match found.to_lowercase().replace(['-', '_'], "").as_str() {
        "date" => ("string", "date"),
        "datetime" | "timestamp" => ("string", "date-time"),
        "uuid" | "guid" => ("string", "uuid"),
        "email" => ("string", "email"),
        "uri" | "url" => ("string", "uri"),
        "file" | "binary" => ("string", "binary"),
        "int32" => ("integer", "int32"),
        "int64" => ("integer", "int64"),
        _ => return None,
    })
}

/// A key that must be there.
#[must_use]
pub fn missing_key(at: Span, shape: &str, key: &str) -> Diagnostic {
    let is_body = (shape, key) == ("request body", "content");
    Diagnostic::error("missing-key", format!("the {shape} has no `{key}`"), at)
        .here(format!("`{key}` is required here"))
        .maybe_help(is_body.then(|| {
            "write the schema below a media type:\ncontent:\n  application/json:\n    schema: …"
                .to_owned()
        }))
}

/// A key that looks like one that exists, or any key that nobody knows in one of our own objects.
#[must_use]
pub fn unknown_key(
    entry: Key<'_>,
    shape: &str,
    near: Option<&'static str>,
    known: Option<Vec<&'static str>>,
) -> Diagnostic {
    let message = format!("{} has no key `{}`", a(shape), entry.name);
    let help = match (near, known) {
        (Some(near), _) => Some(format!("did you mean `{near}`?")),
        (None, Some(known)) => Some(format!("valid keys are {}", listed(&known))),
        (None, None) => None,
    };
    Diagnostic::error("unknown-key", message, entry.span).maybe_help(help)
}

/// A schema below a key of a schema, where the schema itself belongs.
#[must_use]
pub fn schema_in_schema(entry: Key<'_>) -> Diagnostic {
    Diagnostic::error("unknown-key", "a schema has no key `schema`", entry.span)
        .help("write the `$ref` in the place of `schema`")
}

/// Messages to choose from where one is expected.
#[must_use]
pub fn messages_as_one(entry: Key<'_>) -> Diagnostic {
    let message = format!("a message has no key `{}`", entry.name);
    Diagnostic::error("unknown-key", message, entry.span)
        .help("list each message under a key of its own in `messages` of the channel")
}

/// A key that nobody knows and that resembles none; `below`: the key of the object below which it belongs.
#[must_use]
pub fn foreign_key(entry: Key<'_>, shape: &str, below: Option<&str>) -> Diagnostic {
    let message = format!("{} has no key `{}`; it is ignored", a(shape), entry.name);
    let diagnostic = Diagnostic::warning("foreign-key", message, entry.span);
    match below {
        Some(below) => diagnostic.help(format!("move it below `{below}`, which has this key")),
        None if shape == "example" => diagnostic.help("write the example below `value`"),
        None if entry.name == "<<" => {
            diagnostic.help("to merge the keys of another mapping, write an alias: `<<: *name`")
        }
        None => diagnostic.help(format!(
            "remove it, or rename it to `x-{}` if it is meant for another tool",
            entry.name
        )),
    }
}

/// A keyword without effect.
#[must_use]
pub fn ignored_key(entry: Key<'_>, shape: &str, why: &str) -> Diagnostic {
    let message = format!("`{}` of {} has no effect", entry.name, a(shape));
    Diagnostic::warning("ignored-key", message, entry.span).here(why)
}

/// A keyword for other tools, which this one leaves alone.
#[must_use]
pub fn noted_key(entry: Key<'_>, shape: &str, why: &str) -> Diagnostic {
    let message =
        format!("`{}` of {} is ignored; it is meant for other tools", entry.name, a(shape));
    Diagnostic::note("noted-key", message, entry.span).here(why)
}

/// A keyword that is not supported.
#[must_use]
pub fn refused_key(entry: Key<'_>, shape: &str, advice: &str) -> Diagnostic {
    let message = format!("`{}` of {} is not supported", entry.name, a(shape));
    Diagnostic::error("unsupported-key", message, entry.span).help(advice)
}

/// A key beside `$ref`, where only the reference counts.
#[must_use]
pub fn beside_ref(entry: Key<'_>, shape: &str) -> Diagnostic {
    let message = format!("`{}` next to `$ref` has no effect", entry.name);
    let diagnostic = Diagnostic::warning("beside-ref", message, entry.span)
        .here("siblings of a reference are ignored");
    if (shape, entry.name) == ("schema", "nullable") {
        return diagnostic.help("write `oneOf` with the reference and a schema that allows only `null`:\noneOf:\n  - $ref: …\n  - {type: string, nullable: true, enum: [null]}");
    }
    if shape == "schema" {
        return diagnostic
            .help("write the reference as `allOf: [$ref: …]`, with the key next to `allOf`");
    }
    diagnostic
}

/// One of our extensions in a schema where nothing reads it; `is_foreign`: others may have meant something else.
#[must_use]
pub fn unread_extension(entry: Key<'_>, why: &str, is_foreign: bool) -> Diagnostic {
    let message = format!("`{}` has no effect here: {why}", entry.name);
    match is_foreign {
        true => Diagnostic::warning("foreign-extension", message, entry.span),
        false => Diagnostic::error("misplaced-extension", message, entry.span),
    }
}

/// One of our extensions beside `$ref`, where only the reference counts.
#[must_use]
pub fn extension_beside_ref(entry: Key<'_>, shape: &str) -> Diagnostic {
    let message = format!("`{}` next to `$ref` has no effect", entry.name);
    let diagnostic = Diagnostic::error("misplaced-extension", message, entry.span)
        .here("siblings of a reference are ignored");
    match shape {
        "schema" => diagnostic
            .help("write the reference as `allOf: [$ref: …]`, with the key next to `allOf`, or move the key to the schema"),
        _ => diagnostic.help(format!("move it to the {shape} that is referred to, or out of it if it is about something else")),
    }
}

/// A component whose name OpenAPI and AsyncAPI do not allow.
#[must_use]
pub fn component_name(key: Key<'_>) -> Diagnostic {
    let message = format!("the name `{}` is not allowed for a component", key.name);
    Diagnostic::warning("component-name", message, key.span)
        .here("it is used as it is; other tools refuse it")
        .help("use letters, digits, `.`, `-` and `_` only")
}

/// A reference in place of something that cannot be referred to.
#[must_use]
pub fn no_ref_here(entry: Key<'_>, shape: &str) -> Diagnostic {
    let message = format!("{} cannot be a reference", a(shape));
    let diagnostic = Diagnostic::error("no-ref-here", message, entry.span);
    match shape {
        "mapping" => diagnostic.help("use a `$ref` for each object inside it"),
        "media type" => diagnostic.help(
            "if it names a schema, write `schema:` above it and indent it further; otherwise copy the content here",
        ),
        _ => diagnostic.help("copy the referenced content here"),
    }
}

/// An extension for API Gateway, which gets its definition from the generator.
#[must_use]
pub fn gateway_extension(entry: Key<'_>) -> Diagnostic {
    let message = format!("`{}` is not used", entry.name);
    let diagnostic = Diagnostic::warning("gateway-extension", message, entry.span)
        .here("the generator writes the gateway's definition with its own integrations");
    match entry.name {
        "x-amazon-apigateway-any-method" => diagnostic
            .help("methods that a path does not describe get a 405 response; describe each method"),
        "x-amazon-apigateway-integration" => diagnostic
            .help("every operation is served by the service's function; implement it in the service's trait"),
        _ => diagnostic,
    }
}

/// An extension with a name similar to a known one; `is_slip`: so similar that it must be a misspelling.
#[must_use]
pub fn mistaken_extension(entry: Key<'_>, near: &str, is_slip: bool) -> Diagnostic {
    let message = format!("unknown extension `{}`", entry.name);
    let help = format!("did you mean `{near}`?");
    match is_slip {
        true => Diagnostic::error("unknown-extension", message, entry.span).help(help),
        false => Diagnostic::warning("foreign-extension", message, entry.span)
            .here("it is ignored")
            .help(help),
    }
}

/// One of our extensions where it has no meaning; `is_common`: others use the word for something else.
#[must_use]
pub fn misplaced_extension(
    entry: Key<'_>,
    shape: &str,
    place: &str,
    is_common: bool,
) -> Diagnostic {
    let message = format!("`{}` has no effect in {}", entry.name, a(shape));
    let diagnostic = match is_common {
        true => Diagnostic::warning("foreign-extension", message, entry.span).here("it is ignored"),
        false => Diagnostic::error("misplaced-extension", message, entry.span),
    };
    diagnostic.help(format!("move it to {place}"))
}

/// Names in backticks with commas between them.
#[must_use]
pub fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    quoted.join(", ")
}

/// A noun with its article: `an operation`, `x-lambda` as it is.
#[must_use]
pub fn a(noun: &str) -> String {
    if noun.starts_with("x-") || matches!(noun, "components" | "info") {
        return format!("`{noun}`");
    }
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    if vowel { format!("an {noun}") } else { format!("a {noun}") }
}

/// The name that resembles another most, where any does: at most one change in three characters, three in all.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    resembling(name, known).map(|(_, near)| near)
}

/// The name that resembles another most, and how many changes lie between them.
pub fn resembling<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<(usize, &'a str)> {
    let wanted = name.to_lowercase();
    let n_wanted = wanted.chars().count();
    if n_wanted > MAX_WORD {
        return None;
    }
    let near = |candidate: &str| {
        if candidate == name {
            return Some(0);
        }
        let n_found = candidate.chars().count();
        let most = (n_wanted.max(n_found) / 3).min(3);
        // Most candidates are not even of the length; the rest is left unmeasured where it cannot be near.
        if n_wanted.abs_diff(n_found) > most {
            return None;
        }
        let found = candidate.to_lowercase();
        if n_missing(&wanted, &found) > most {
            return None;
        }
        // Swaps of neighbours are one change, too.
        Some(strsim::osa_distance(&wanted, &found)).filter(|changes| *changes <= most)
    };
    known
        .into_iter()
        .filter_map(|candidate| Some((near(candidate)?, candidate)))
        .min_by_key(|(changes, _)| *changes)
}

/// No longer word is compared with others.
const MAX_WORD: usize = 100;

/// How many letters of a word another one does not have: at least as many changes lie between them.
fn n_missing(a: &str, b: &str) -> usize {
    let mut counts = [0_i32; 64];
    let place = |char: char| char as usize % 64;
    b.chars().for_each(|char| counts[place(char)] += 1);
    a.chars().for_each(|char| counts[place(char)] -= 1);
    counts.iter().filter(|count| **count < 0).map(|count| count.unsigned_abs() as usize).sum()
}
/// A name as a key or an element of YAML: `id`, or `'@type'`.
pub(crate) fn yaml_key(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|char| char.is_ascii_alphanumeric() || "_-.".contains(char));
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .contains(&name.to_ascii_lowercase().as_str());
    match is_plain && !is_word {
        true => name.to_owned(),
        false => format!("'{}'", name.replace('\'', "''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_yaml() {
        for (name, expected) in
            [("id", "id"), ("@type", "'@type'"), ("no", "'no'"), ("1a", "'1a'"), ("a'", "'a'''")]
        {
            assert_eq!(yaml_key(name), expected);
        }
    }
}
