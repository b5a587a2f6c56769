//! A value of a path parameter that no request can name, because another path says that word itself.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::uses::scalar_of;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::model::{Operation, ParameterLocation, ScalarKind, Segment, Service, TypeKind, TypeRef};
use crate::values::takes_text;

pub(super) static RULE: Rule = Rule {
    code: "path-shadowed",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "a fixed path segment is also a valid value of a parameter in another path",
    why: "API Gateway prefers the fixed path, so the resource with that name can be created but never read. For example, a user named `checkout` has no basket at `/basket/{userName}`, because the path `/basket/checkout` exists.",
    example: Some(Example {
        at: "openapi#/paths",
        bad: "\
/things/{id}:
  get:
    operationId: readThing
    summary: Read a thing
    parameters:
      - {name: id, in: path, required: true, schema: {type: string, minLength: 1, maxLength: 8}}
    responses:
      '204': {description: It is there.}
/things/newest:
  get:
    operationId: readNewest
    summary: Read the newest thing
    responses:
      '204': {description: It is there.}",
        good: "\
/things/{id}:
  get:
    operationId: readThing
    summary: Read a thing
    parameters:
      - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
    responses:
      '204': {description: It is there.}
/things/newest:
  get:
    operationId: readNewest
    summary: Read the newest thing
    responses:
      '204': {description: It is there.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    // All services stand behind one API.
    let operations = || {
        let services = view.system().services.iter();
        services.flat_map(|service| service.operations.iter().map(move |of| (service, of)))
    };
    let mut told = vec![];
    for plain in operations() {
        for open in operations() {
            let Some(Shadow { word, parameter, only }) = shadowed(plain, open) else { continue };
            let (plain, open) = (plain.1, open.1);
            let pair = (plain.path.text.as_str(), open.path.text.as_str());
            if told.contains(&pair) {
                continue;
            }
            told.push(pair);
            let only = only.map_or(String::new(), |(name, word)| {
                format!(", where its own `{{{name}}}` is `{word}`")
            });
            let message = format!(
                "`{}` hides the `{{{parameter}}}` of `{}` with the value `{word}`{only}",
                pair.0, pair.1
            );
            let help = format!(
                "exclude the value of `{parameter}` with a `pattern`, `format` or `enum`, or change the fixed path"
            );
            found.add(plain.origin.span, message, help);
        }
    }
}

/// A path that a request of another one's is taken for.
struct Shadow<'a> {
    /// The word of the one path that stands where the other has a parameter which may be that word.
    word: &'a str,
    parameter: &'a str,
    /// The parameter of the one that stands where the other has a word further on, and that word.
    only: Option<(&'a str, &'a str)>,
}

/// Whether the one path hides the other one: the first that has a word where the other has a parameter is preferred.
fn shadowed<'a>(
    (plain_service, plain): (&Service, &'a Operation),
    (service, open): (&Service, &'a Operation),
) -> Option<Shadow<'a>> {
    let (mut found, mut only) = (None, None);
    let mut segments = plain.path.segments.iter();
    for open_segment in &open.path.segments {
        match (segments.next()?, open_segment) {
            (Segment::Literal(word), Segment::Parameter(name)) => {
                if !admits(service, open, name, word) {
                    return None;
                }
                found = found.or(Some((word.as_str(), name.as_str())));
            }
            (Segment::Parameter(name), Segment::Literal(word)) => {
                found?;
                if !admits(plain_service, plain, name, word) {
                    return None;
                }
                only = only.or(Some((name.as_str(), word.as_str())));
            }
            (one, other) if one.is_like(other) => {}
            // A resource has one parameter, whatever each of its operations calls it; which texts have the form of a
            // segment with text around its parameters, cannot be told here.
            _ => return None,
        }
    }
    found.map(|(word, parameter)| Shadow { word, parameter, only })
}

/// Whether the parameter takes the word. What cannot be told is taken for a no.
fn admits(service: &Service, operation: &Operation, name: &str, word: &str) -> bool {
    let parameter = operation
        .parameters
        .iter()
        .find(|of| of.location == ParameterLocation::Path && of.name.wire == name);
    let Some(parameter) = parameter else { return false };
    if let TypeRef::Named(id) = &parameter.ty
        && let TypeKind::Enum(of) = &service.type_def(*id).kind
    {
        return of.variants.iter().any(|variant| variant.wire == word);
    }
    let scalar = scalar_of(service, &parameter.ty);
    scalar.is_some_and(|of| of.kind == ScalarKind::String && takes_text(&of, word))
}
