//! Parameters in path, query, header and cookie.

use super::{OperationSite, querystring, style, written_name};
use crate::diag::Key;
use crate::diag::catalog::{rest as fault, schema as schema_fault, shape as shape_fault};
use crate::lower::names::{self, Unique};
use crate::lower::owner::{declared_owner, lower_owner};
use crate::lower::schema::{Types, values::Direction};
use crate::lower::{Reported, Scope, docs::docs_of_use};
use crate::model::{
    Method, Parameter, ParameterLocation, Response, Style, TextShape, TypeRef, Written,
};
use crate::parse::{Map, Node, Value};

/// The parameters of an operation, those of its path first unless it has its own of the same name.
pub(super) fn lower_parameters<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    place: &OperationSite<'a, '_>,
    hint: &str,
) -> Option<Vec<Parameter>> {
    let mut sound = true;
    let mut nodes: Vec<(&Node, &Node)> = vec![];
    let operation = &place.entry.value;
    for (own, list) in [(false, place.item.get("parameters")), (true, operation.get("parameters"))]
    {
        let from = nodes.len();
        for node in list.into_iter().flat_map(Node::items) {
            let Some(target) = scope.docs.target(node) else {
                sound = false;
                continue;
            };
            let (name, place) = (target.text_at("name"), target.text_at("in"));
            let same = |other: &Node| {
                let other_name = other.text_at("name").unwrap_or_default();
                other.text_at("in") == place
                    && is_same_name(place, other_name, name.unwrap_or_default())
            };
            match nodes.iter().position(|(_, other)| same(other)) {
                Some(at) if !own || at >= from => {
                    let (name, place) = (name.unwrap_or_default(), place.unwrap_or_default());
                    let first = nodes[at].0.span;
                    scope.sink.report(fault::parameter_twice(node.span, first, place, name));
                    sound = false;
                }
                Some(at) => nodes[at] = (node, target),
                None => nodes.push((node, target)),
            }
        }
    }
    let described: Vec<&Node> = nodes.iter().map(|(_, node)| *node).collect();
    sound &= querystring::check_alone(scope, &described);
    let mut names = Unique::default();
    // The field that the input has beside the parameters.
    if place.entry.value.get("requestBody").is_some() {
        names.keep("body".to_owned());
    }
    let mut parameters = vec![];
    for (listed, node) in &nodes {
        // A parameter that several operations share is named after itself.
        let hint = match listed.reference() {
            Some(_) => scope.docs.name_of(node),
            None => names::joined(&[hint, node.text_at("name").unwrap_or_default()]),
        };
        match lower_parameter(scope, types, (listed, node), &hint, &mut names) {
            Ok(Some(parameter)) => parameters.push(parameter),
            Ok(None) => {}
            Err(Reported) => sound = false,
        }
    }
    sound = sound && check_beside(scope, &mut parameters);
    // Without all parameters, nothing can be said of those that are missing.
    (sound && check_template(scope, place, &mut parameters)).then_some(parameters)
}

/// Whether the text of a cookie is taken as it is (OpenAPI 3.2, Appendix D): in `style: cookie`, and as plain text.
fn is_raw(scope: Scope<'_>, node: &Node) -> bool {
    let contents = node.get("content").into_iter().flat_map(Node::entries);
    let is_text = |key: &str| key.to_ascii_lowercase().starts_with("text/");
    node.text_at("style") == Some("cookie")
        || (!scope.docs.is_before(node, "3.2")
            && contents.into_iter().any(|entry| is_text(&entry.key)))
}

/// Whether two names of a place are one: those of headers do not depend on case (RFC 9110, section 5.1).
fn is_same_name(place: Option<&str>, one: &str, other: &str) -> bool {
    one == other || (place == Some("header") && one.eq_ignore_ascii_case(other))
}

/// Gives another name to a parameter that is called as the field in which clients choose between the bodies of a
/// success.
pub(super) fn leave_accept(parameters: &mut [Parameter], responses: &[Response]) {
    let is_choice = |response: &&Response| match response.contents.as_slice() {
        [first, more @ ..] => more.iter().any(|content| !first.is_same_kind(content)),
        [] => false,
    };
    let mut successes = responses.iter().filter(|response| response.is_success());
    let chosen = successes.find(is_choice).map(|_| "accept");
    let mut names = Unique::default();
    for name in parameters.iter().map(|one| one.name.snake.as_str()).chain(["body"]) {
        names.keep(name.to_owned());
    }
    if let Some(one) = parameters.iter_mut().find(|one| Some(one.name.snake.as_str()) == chosen) {
        one.name = names.name(&one.name.wire);
    }
}

/// One parameter, with its place in the list; nothing for a header that OpenAPI keeps for itself.
fn lower_parameter<'a>(
    scope: Scope<'a>,
    types: &mut Types<'a>,
    (listed, node): (&'a Node, &'a Node),
    hint: &str,
    names: &mut Unique,
) -> Result<Option<Parameter>, Reported> {
    let Some((wire, location)) = named(scope, node)? else { return Ok(None) };
    let (schema, content) = described(scope, node, "parameter", wire).ok_or(Reported)?;
    let style = match content {
        Some(style) => style,
        None => style::lower_style(scope, node, location).ok_or(Reported)?,
    };
    let required = node.is_set("required");
    if location == ParameterLocation::Path && !required {
        scope.sink.report(fault::path_parameter_optional(node.span, wire));
        return Err(Reported);
    }
    let used = types.lower(schema, hint).ok_or(Reported)?;
    let ty = match used.ty {
        TypeRef::Nullable(inner) => *inner,
        ty => ty,
    };
    let form = match querystring::is_whole(node) {
        true => querystring::written(scope, types, node, &ty)?,
        false => None,
    };
    style::check_single(scope, types, node, &ty);
    let written = form.or_else(|| style::written(scope, types, schema, &style, &ty));
    let style = written.as_ref().map_or(style, |written| written.style.clone());
    let may_be_nothing = required && may_be_nothing(types, node, written.as_ref(), &ty);
    let example = fitting_example(scope, types, node, &ty);
    let own = docs_of_use(scope, listed);
    let unread = ["allowReserved", "allowEmptyValue"].into_iter().filter(|key| node.is_set(key));
    let owner = match node.get("x-owner").or_else(|| declared_owner(scope, schema)) {
        Some(declared) => Some(lower_owner(scope, declared, wire).ok_or(Reported)?),
        None => None,
    };
    Ok(Some(Parameter {
        owner,
        unread: unread.map(|key| (key.to_owned(), true.into())).collect(),
        name: names.name(wire),
        location,
        required: required && !may_be_nothing,
        default: match used.default {
            Some(default) => Some(default.to_json()),
            None => may_be_nothing.then(|| serde_json::json!({})),
        },
        style,
        raw: location == ParameterLocation::Cookie && is_raw(scope, node),
        written,
        docs: if own.summary.is_none() {
            crate::model::Docs { deprecated: own.deprecated, ..used.docs }
        } else {
            crate::model::Docs { meaning: used.docs.meaning, ..own }
        },
        origin: scope.origin(node.span),
        example: example.or(used.example).map(Node::to_json),
        sensitive: used.sensitive || node.is_set("x-sensitive"),
        ty,
    }))
}

/// Whether an object without properties is a value of a parameter that is written as one pair for each property. No
/// request can hold it but by not having the parameter, so it is what stands for an absent one.
fn may_be_nothing(types: &Types<'_>, node: &Node, written: Option<&Written>, ty: &TypeRef) -> bool {
    let Some(Written {
        style: Style::Repeated | Style::Deep | Style::Form(_),
        shape: TextShape::Object(..),
    }) = written
    else {
        return false;
    };
    let empty = Node { span: node.span, value: Value::Map(Map::new(vec![])) };
    types.misfits(&empty, ty, Direction::Request).is_empty()
}

/// The name of a parameter and its place; nothing for a header that OpenAPI keeps for itself.
fn named<'a>(
    scope: Scope<'_>,
    node: &'a Node,
) -> Result<Option<(&'a str, ParameterLocation)>, Reported> {
    let wire = node.text_at("name").ok_or(Reported)?;
    let location = match node.text_at("in").ok_or(Reported)? {
        "path" => ParameterLocation::Path,
        // The whole query as one form is an object whose properties are parameters.
        "query" | querystring::QUERYSTRING => ParameterLocation::Query,
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        // Another one has been told of by the check of the node's form.
        _ => return Err(Reported),
    };
    let reserved =
        ["accept", "content-type", "authorization"].contains(&wire.to_lowercase().as_str());
    if location == ParameterLocation::Header && reserved {
        scope.sink.report(fault::reserved_header(node.span, wire));
        return Ok(None);
    }
    let at = node.get("name").map_or(node.span, |name| name.span);
    if !querystring::is_whole(node) {
        written_name::check(scope, Key { name: wire, span: at }, location)?;
    }
    Ok(Some((wire, location)))
}

/// The first example of a parameter or header that fits: one of its own, or of its `content`. Those that do not fit are
/// reported.
pub(super) fn fitting_example<'a>(
    scope: Scope<'a>,
    types: &Types<'a>,
    node: &'a Node,
    ty: &TypeRef,
) -> Option<&'a Node> {
    let media = node.get("content").and_then(|content| content.entries().first());
    let media = media.and_then(|entry| scope.docs.target(&entry.value));
    let all = std::iter::once(node).chain(media).flat_map(|node| examples(scope, node));
    let fits = |value: &&Node| {
        let misfits = types.misfits(value, ty, Direction::Both);
        misfits.iter().for_each(|misfit| {
            scope.sink.report(schema_fault::bad_example(misfit.span, &misfit.why));
        });
        misfits.is_empty()
    };
    // All are looked at, not only those up to the first that fits.
    let fitting: Vec<&Node> = all.map(|(.., value)| value).filter(fits).collect();
    fitting.first().copied()
}

/// The examples of a parameter, a header or a media type: the name, the Example Object where there is one, and the value.
pub(super) fn examples<'a>(
    scope: Scope<'a>,
    node: &'a Node,
) -> impl Iterator<Item = (&'a str, Option<&'a Node>, &'a Node)> {
    let single = node.get("example").map(|value| ("example", None, value));
    let named = node.get("examples").into_iter().flat_map(Node::entries);
    let named = named.filter_map(move |entry| {
        let target = scope.docs.target(&entry.value)?;
        Some((entry.key.as_str(), Some(&entry.value), example_value(target)?))
    });
    single.into_iter().chain(named)
}

/// What an example shows; `dataValue` since OpenAPI 3.2.
fn example_value(example: &Node) -> Option<&Node> {
    example.get("value").or_else(|| example.get("dataValue"))
}

/// The schema of a parameter or header, with the style where its `content` says it.
pub(super) fn described<'a>(
    scope: Scope<'a>,
    node: &'a Node,
    what: &str,
    wire: &str,
) -> Option<(&'a Node, Option<Style>)> {
    let contents = node.get("content").map(Node::entries).unwrap_or_default();
    if let Some(schema) = node.get("schema") {
        if let Some(entry) = node.entry("content") {
            scope.sink.report(fault::schema_and_content(entry.key_span, what, wire));
            return None;
        }
        return Some((schema, None));
    }
    let Some(entry) = contents.first() else {
        scope.sink.report(fault::no_schema(node.span, what, wire));
        return None;
    };
    if let Some(other) = contents.get(1) {
        scope.sink.report(fault::several_contents(other.named(), what, wire));
        return None;
    }
    for entry in ["style", "explode"].into_iter().filter_map(|key| node.entry(key)) {
        let why = "`content` says how the value is written";
        scope.sink.report(shape_fault::ignored_key(entry.named(), what, why));
    }
    let name = scalars::media::essence(&entry.key);
    let is_whole_query = querystring::is_whole(node);
    let style = match name.as_str() {
        "application/x-www-form-urlencoded" if is_whole_query => Style::Repeated,
        _ if is_whole_query => {
            scope.sink.report(fault::querystring_content(entry.named()));
            return None;
        }
        "application/json" => Style::Json,
        name if name.ends_with("+json") => Style::Json,
        "text/plain" => Style::Commas,
        _ => {
            scope.sink.report(fault::parameter_content(entry.named()));
            return None;
        }
    };
    let media = super::body::media_type(scope, &entry.value)?;
    match media.get("schema") {
        Some(schema) => Some((schema, Some(style))),
        None => {
            scope.sink.report(fault::no_schema(media.span, what, wire));
            None
        }
    }
}

/// Parameters that stand beside the properties of others must not be taken for one.
fn check_beside(scope: Scope<'_>, parameters: &mut [Parameter]) -> bool {
    let mut sound = true;
    let names: Vec<Sent> = parameters.iter().map(Sent::of).collect();
    for (at, parameter) in parameters.iter_mut().enumerate() {
        let Sent { location, beside: properties, .. } = &names[at];
        let others = || {
            let others = names.iter().enumerate().filter(|(other, _)| *other != at);
            others.map(|(_, other)| other).filter(|other| other.location == *location)
        };
        let taken = |name: &String| others().any(|other| other.takes(name));
        if let Some(name) = properties.iter().find(|name| taken(name)) {
            let why = format!("its property `{name}` has the same name as another parameter");
            scope.sink.report(fault::not_told_apart(parameter.origin.span, &why));
            sound = false;
        }
        if let Some(Written { style, shape: TextShape::Object(_, others_shape) }) =
            &mut parameter.written
            && *style == Style::Repeated
            && (properties.is_empty()
                || !matches!(**others_shape, TextShape::Text | TextShape::Any))
        {
            // What nobody else claims is the object's.
            let claimed = others()
                .flat_map(|other| std::iter::once(&other.name).chain(&other.beside).cloned());
            *style = Style::Rest(claimed.collect());
            parameter.style = style.clone();
        }
    }
    let mut open = vec![];
    for one in parameters.iter().filter(|one| matches!(one.style, Style::Rest(_))) {
        if open.contains(&one.location) {
            let why = "two objects accept any property";
            scope.sink.report(fault::not_told_apart(one.origin.span, why));
            sound = false;
        }
        open.push(one.location);
    }
    sound
}

/// The names under which requests have a parameter.
struct Sent {
    location: ParameterLocation,
    /// Its own.
    name: String,
    /// Whether requests never have its own alone: `a[b]=`, and the properties of an object, leave it to others.
    is_free: bool,
    /// The properties of it that have names of their own.
    beside: Vec<String>,
}

impl Sent {
    fn of(parameter: &Parameter) -> Self {
        let is_free = match &parameter.written {
            Some(Written { style: Style::Deep, .. }) => true,
            Some(Written { style: Style::Repeated, shape }) => {
                matches!(shape, TextShape::Object(..))
            }
            _ => false,
        };
        Self {
            location: parameter.location,
            name: parameter.name.wire.clone(),
            is_free,
            beside: properties_beside(parameter),
        }
    }

    /// Whether a request with a name has a part of the parameter under it.
    fn takes(&self, name: &String) -> bool {
        !self.is_free && self.name == *name || self.beside.contains(name)
    }
}

/// The names of properties that stand beside other parameters.
fn properties_beside(parameter: &Parameter) -> Vec<String> {
    let Some(Written { style: Style::Repeated, shape }) = &parameter.written else { return vec![] };
    let parts = match shape {
        TextShape::Union(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let fields = parts.iter().flat_map(|part| match part {
        TextShape::Object(fields, _) => fields.as_slice(),
        _ => &[],
    });
    fields.map(|(name, _)| name.clone()).collect()
}

/// Whether every parameter of the template is described. What no template names is left out, which is said.
fn check_template(
    scope: Scope<'_>,
    place: &OperationSite<'_, '_>,
    parameters: &mut Vec<Parameter>,
) -> bool {
    let in_template: Vec<&str> = place.template.parameters().collect();
    parameters.retain(|parameter| {
        let (name, at) = (parameter.name.wire.as_str(), parameter.origin.span);
        let is_nowhere =
            parameter.location == ParameterLocation::Path && !in_template.contains(&name);
        if is_nowhere {
            let path = place.path.named();
            scope.sink.report(fault::path_parameter_nowhere(at, name, path, &in_template));
        }
        !is_nowhere
    });
    let is_described = |name: &&str| {
        let mut of_path = parameters.iter().filter(|one| one.location == ParameterLocation::Path);
        of_path.any(|parameter| parameter.name.wire == **name)
    };
    let missing: Vec<&str> = in_template.into_iter().filter(|name| !is_described(name)).collect();
    for name in &missing {
        let operation = (place.entry.key_span, method_name(place.method));
        scope.sink.report(fault::undeclared_path_parameter(place.path.key_span, name, operation));
    }
    missing.is_empty()
}

fn method_name(method: Method) -> String {
    method.as_str().to_lowercase()
}
