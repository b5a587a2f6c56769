//! Forms: which properties are files, and how the others are written (OpenAPI, Encoding Object).

use super::shape;
use crate::diag::catalog::{rest as fault, shape as shape_fault};
use crate::lower::schema::{Access, Types, is_null, takes_nothing, type_names};
use crate::lower::{Reported, Scope};
use crate::model::{
    Additional, Field, FileRules, Form, Multipart, Part, PartKind, ScalarKind, Style, TextShape,
    TypeId, TypeKind, TypeRef, Written,
};
use crate::parse::Node;

/// A form of names and values.
pub(super) fn lower_form(
    scope: Scope<'_>,
    types: &Types<'_>,
    media: &Node,
    ty: &TypeRef,
) -> Option<Form> {
    let mut styles = vec![];
    let mut sound = true;
    for entry in media.get("encoding").into_iter().flat_map(Node::entries) {
        match encoding_style(scope, &entry.value) {
            Ok(Some(style)) => styles.push((entry.key.clone(), style)),
            Ok(None) => {}
            Err(Reported) => sound = false,
        }
    }
    if let Some(fields) = types.id_of(ty).and_then(|id| form_fields(types, id, 8)) {
        check_encodings(scope, media, &fields);
    }
    // A type that contains itself may still be written as JSON, property by property.
    let shape = property_shapes(types, ty, &styles);
    let shape = match shape {
        Ok(shape) => shape,
        Err(why) => {
            scope.sink.report(fault::not_told_apart(media.span, &why));
            return None;
        }
    };
    sound.then_some(Form { shape, styles })
}

/// The shape of a form: objects in it are JSON, unless a style says otherwise.
fn property_shapes(
    types: &Types<'_>,
    ty: &TypeRef,
    styles: &[(String, Style)],
) -> Result<TextShape, String> {
    let judged = matches!(ty, TypeRef::Named(id) if types.is_judged(*id));
    let usual = |name: &str, ty: &TypeRef| match styles.iter().find(|(known, _)| known == name) {
        Some((_, Style::Json)) => Ok(TextShape::Json),
        Some((_, style)) => {
            let shape = shape::shape_within(types, ty, judged)?;
            shape::check(style, &shape).map_err(|why| format!("`{name}`: {why}"))?;
            Ok(shape)
        }
        None => Ok(plain_or_json(types, ty, judged)),
    };
    match ty {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => property_shapes(types, inner, styles),
        TypeRef::Map(map) => {
            Ok(TextShape::Object(vec![], Box::new(plain_or_json(types, &map.value, false))))
        }
        TypeRef::Named(id) => match types.kind(*id) {
            Some(TypeKind::Struct(object)) => {
                let fields = object.fields.iter().map(|field| {
                    let wire = field.name.wire.clone();
                    usual(&wire, &field.ty).map(|shape| (wire, shape))
                });
                let others = match &object.additional {
                    Additional::Typed(ty) => plain_or_json(types, ty, judged),
                    Additional::Open if judged => TextShape::Any,
                    Additional::Open | Additional::Refused => TextShape::Text,
                };
                Ok(TextShape::Object(fields.collect::<Result<_, String>>()?, Box::new(others)))
            }
            Some(TypeKind::Union(union)) => {
                let variants = union.variants.iter();
                let shapes = variants.map(|variant| property_shapes(types, &variant.ty, styles));
                Ok(shape::united(shapes.collect::<Result<_, String>>()?))
            }
            Some(TypeKind::Alias(target)) => property_shapes(types, target, styles),
            _ => Err("a form must be an object".to_owned()),
        },
        TypeRef::Json => Ok(TextShape::Object(vec![], Box::new(TextShape::Text))),
        TypeRef::Scalar(_) | TypeRef::List(_) => Err("a form must be an object".to_owned()),
    }
}

/// The shape of a property: scalars and lists of them as text, the rest as JSON.
fn plain_or_json(types: &Types<'_>, ty: &TypeRef, judged: bool) -> TextShape {
    let is_plain = |shape: &TextShape| shape::check(&Style::Commas, shape).is_ok();
    match shape::shape_within(types, ty, judged) {
        Ok(TextShape::Object(..)) | Err(_) => TextShape::Json,
        Ok(TextShape::Union(parts))
            if parts.iter().any(|part| matches!(part, TextShape::Object(..))) =>
        {
            TextShape::Json
        }
        Ok(TextShape::List(item)) if !is_plain(&TextShape::List(item.clone())) => {
            TextShape::List(Box::new(TextShape::Json))
        }
        Ok(shape) => shape,
    }
}

/// Says which encodings are of no property of a form.
fn check_encodings(scope: Scope<'_>, media: &Node, fields: &[Field]) {
    for entry in media.get("encoding").into_iter().flat_map(Node::entries) {
        if fields.iter().all(|field| field.name.wire != entry.key) {
            let known = fields.iter().map(|field| field.name.wire.as_str());
            let why = match shape_fault::nearest(&entry.key, known) {
                Some(near) => format!("the form has no such property; did you mean `{near}`?"),
                None => "the form has no such property".to_owned(),
            };
            scope.sink.report(shape_fault::ignored_key(entry.named(), "map of encodings", &why));
        }
    }
}

/// The style that an encoding asks for; nothing where it leaves what is usual.
fn encoding_style(scope: Scope<'_>, encoding: &Node) -> Result<Option<Style>, Reported> {
    let explode = encoding.flag_at("explode");
    let style = match (encoding.text_at("style"), explode) {
        (Some("deepObject"), _) => Style::Deep,
        (Some("spaceDelimited"), Some(false)) => Style::Spaces,
        (Some("pipeDelimited"), Some(false)) => Style::Pipes,
        (Some("form") | None, Some(false)) => Style::Commas,
        (Some("form" | "spaceDelimited" | "pipeDelimited"), _) | (None, Some(true)) => {
            Style::Repeated
        }
        (Some(style), _) => {
            let at = encoding.get("style").map_or(encoding.span, |node| node.span);
            let known = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];
            scope.sink.report(fault::unsupported_style(at, style, "form", known));
            return Err(Reported);
        }
        (None, None) => {
            let Some(content_type) = encoding.entry("contentType") else { return Ok(None) };
            let name = scalars::media::essence(content_type.value.text().unwrap_or_default());
            let is_json = super::body::is_json(&name);
            if !is_json && !name.starts_with("text/plain") {
                let why = "a part that is not a file is read as plain text or JSON";
                scope.sink.report(shape_fault::ignored_key(content_type.named(), "encoding", why));
            }
            return Ok(is_json.then_some(Style::Json));
        }
    };
    Ok(Some(style))
}

/// A form of parts.
pub(super) fn lower_multipart<'a>(
    scope: Scope<'a>,
    types: &Types<'_>,
    media: &'a Node,
    ty: &TypeRef,
) -> Option<Multipart> {
    let schema = media.get("schema");
    let id = types.id_of(match ty {
        TypeRef::Nullable(inner) => inner,
        ty => ty,
    });
    let (Some(schema), Some(fields)) = (schema, id.and_then(|id| form_fields(types, id, 8))) else {
        let at = schema.map_or(media.span, |node| node.span);
        scope.sink.report(match ty {
            TypeRef::Map(_) => fault::form_without_names(at),
            _ => fault::form_not_object(at),
        });
        return None;
    };
    let id = id.map(|id| object_of(types, id));
    let is_union = id.is_some_and(|id| matches!(types.kind(id), Some(TypeKind::Union(_))));
    if is_union || id.is_some_and(|id| types.is_judged(id)) {
        scope.sink.report(fault::form_unchecked(schema.span, is_union));
    }
    let closed = id.and_then(|id| types.kind(id)).is_some_and(
        |kind| matches!(kind, TypeKind::Struct(object) if object.additional == Additional::Refused),
    );
    check_others(scope, schema);
    check_encodings(scope, media, &fields);
    let mut parts = vec![];
    let mut sound = true;
    for field in &fields {
        let name = field.name.wire.as_str();
        let encoding = media.get("encoding").and_then(|all| all.get(name));
        let property = property_of(scope, schema, name, 8);
        let kind = match property.and_then(|property| file_rules(scope, property, encoding)) {
            Some(rules) => Some(PartKind::File(rules)),
            None => value_part(scope, types, field, encoding),
        };
        let Some(kind) = kind else {
            sound = false;
            continue;
        };
        parts.push(Part {
            name: field.name.clone(),
            docs: field.docs.clone(),
            origin: field.origin.clone(),
            required: field.required,
            default: field.default.clone(),
            sensitive: field.sensitive,
            kind,
        });
    }
    sound.then_some(Multipart { parts, closed })
}

/// The object that a form is of a schema that asks for an object without saying so: it is never any other value.
fn object_of(types: &Types<'_>, id: TypeId) -> TypeId {
    let Some(TypeKind::Union(union)) = types.kind(id) else { return id };
    match union.variants.as_slice() {
        [object, other] if other.ty == TypeRef::Json => types.id_of(&object.ty).unwrap_or(id),
        _ => id,
    }
}

/// Says that parts without a name in the schema are not read, where the schema says something of them.
fn check_others<'a>(scope: Scope<'a>, schema: &'a Node) {
    for node in scope.docs.builds_on(schema) {
        let said = node.entry("additionalProperties");
        if let Some(entry) = said.filter(|entry| !takes_nothing(&entry.value)) {
            scope.sink.report(fault::other_parts_unread(entry.key_span));
        }
    }
}

/// The fields of an object that a form may have, or those of all objects that it may be.
fn form_fields(types: &Types<'_>, id: TypeId, depth: usize) -> Option<Vec<Field>> {
    let (id, depth) = (object_of(types, id), depth.checked_sub(1)?);
    let sent = |(field, access): (&Field, Access)| (access != Access::Read).then(|| field.clone());
    let Some(TypeKind::Union(union)) = types.kind(id) else {
        return Some(types.fields(id)?.into_iter().filter_map(sent).collect());
    };
    let alternatives =
        union.variants.iter().map(|variant| form_fields(types, types.id_of(&variant.ty)?, depth));
    let alternatives = alternatives.collect::<Option<Vec<Vec<Field>>>>()?;
    let mut all: Vec<Field> = vec![];
    for field in alternatives.iter().flatten() {
        match all.iter_mut().find(|known| known.name.wire == field.name.wire) {
            // Of two types, a part is the text that was sent.
            Some(known) if known.ty != field.ty => {
                known.ty = TypeRef::Scalar(ScalarKind::String);
                known.default = None;
            }
            Some(_) => {}
            None => all.push(field.clone()),
        }
    }
    for field in &mut all {
        let is_required = |fields: &Vec<Field>| {
            fields.iter().any(|one| one.name.wire == field.name.wire && one.required)
        };
        field.required = alternatives.iter().all(is_required);
    }
    Some(all)
}

fn value_part<'a>(
    scope: Scope<'a>,
    types: &Types<'_>,
    field: &Field,
    encoding: Option<&'a Node>,
) -> Option<PartKind> {
    let style = match encoding {
        Some(encoding) => encoding_style(scope, encoding).ok()?,
        None => None,
    };
    // Whether `null` is a value cannot be said in a part.
    let ty = match &field.ty {
        TypeRef::Nullable(inner) => (**inner).clone(),
        ty => ty.clone(),
    };
    let shape = match &style {
        Some(Style::Json) => TextShape::Json,
        Some(style) => {
            let shape = shape::shape_of(types, &ty);
            match shape.and_then(|shape| shape::check(style, &shape).map(|()| shape)) {
                Ok(shape) => shape,
                Err(why) => {
                    scope.sink.report(fault::serialized_as_json(field.origin.span, &why));
                    TextShape::Json
                }
            }
        }
        None => plain_or_json(types, &ty, false),
    };
    let is_usual = matches!(style, None | Some(Style::Repeated)) && types.is_text(&ty);
    let style = style.unwrap_or(match shape {
        TextShape::Json => Style::Json,
        _ => Style::Repeated,
    });
    let said = encoding.and_then(|encoding| encoding.entry("contentType"));
    if let Some(said) = said.filter(|said| {
        style == Style::Json && said.value.text().is_some_and(|name| name.starts_with("text/plain"))
    }) {
        let why = "no plain text stands for such a value, which is read as JSON";
        scope.sink.report(shape_fault::ignored_key(said.named(), "encoding", why));
    }
    Some(PartKind::Value { ty, written: (!is_usual).then_some(Written { style, shape }) })
}

/// What is demanded of a part that is a file; none where it is no file.
fn file_rules<'a>(
    scope: Scope<'a>,
    property: &'a Node,
    encoding: Option<&'a Node>,
) -> Option<FileRules> {
    if let Some(named) = encoding.and_then(|encoding| encoding.get("contentType")) {
        let names = named.text().unwrap_or_default().split(',');
        names.for_each(|name| super::media::check(scope, named.span, name.trim()));
    }
    let named = encoding.and_then(|encoding| encoding.text_at("contentType")).unwrap_or_default();
    let named: Vec<String> =
        named.split(',').map(scalars::media::essence).filter(|name| !name.is_empty()).collect();
    let is_file = |parts: &[&Node]| {
        is_binary_whole(parts)
            || (is_string_whole(parts) && named.iter().any(|name| is_of_bytes(name)))
            || (is_untyped(parts) && is_file_untyped(scope, property, &named))
    };
    let rules = |parts: &[&Node], many| FileRules {
        many,
        media_types: named.clone(),
        bytes: (greatest(parts, "minLength"), least(parts, "maxLength")),
    };
    let parts = whole(scope, property);
    if is_file(&parts) {
        return Some(rules(&parts, None));
    }
    let items = whole(scope, parts.iter().find_map(|node| node.get("items"))?);
    let many = (greatest(&parts, "minItems").unwrap_or(0), least(&parts, "maxItems"));
    is_file(&items).then(|| rules(&items, Some(many)))
}

/// Whether a part of which the schema says nothing is a file: since OpenAPI 3.1, it is one unless the contract says that it
/// is text or JSON.
fn is_file_untyped(scope: Scope<'_>, property: &Node, named: &[String]) -> bool {
    let is_text = |name: &String| name.starts_with("text/") || super::body::is_json(name);
    match named {
        [] => !scope.docs.is_before(property, "3.1"),
        _ if scope.docs.is_before(property, "3.1") => named.iter().any(|name| is_of_bytes(name)),
        _ => !named.iter().all(is_text),
    }
}

fn greatest(parts: &[&Node], key: &str) -> Option<u64> {
    parts.iter().filter_map(|node| node.count_at(key)).max()
}

fn least(parts: &[&Node], key: &str) -> Option<u64> {
    parts.iter().filter_map(|node| node.count_at(key)).min()
}

fn is_of_bytes(media_type: &str) -> bool {
    ["image/", "audio/", "video/", "font/"].iter().any(|family| media_type.starts_with(family))
        || ["application/octet-stream", "application/pdf", "application/zip"].contains(&media_type)
}

/// The schema of a property, through references, `allOf` and alternatives.
fn property_of<'a>(
    scope: Scope<'a>,
    schema: &'a Node,
    name: &str,
    depth: usize,
) -> Option<&'a Node> {
    let depth = depth.checked_sub(1)?;
    let links = scope.docs.links(schema);
    let own = links.iter().find_map(|node| node.get("properties")?.get(name));
    let lists = links.iter().flat_map(|node| {
        ["allOf", "oneOf", "anyOf"].into_iter().filter_map(move |key| node.get(key))
    });
    own.or_else(|| {
        lists.flat_map(Node::items).find_map(|part| property_of(scope, part, name, depth))
    })
}

/// A schema and all that holds beside it: what it refers to, what it builds on by `allOf`, and the only alternative to
/// `null`.
fn whole<'a>(scope: Scope<'a>, schema: &'a Node) -> Vec<&'a Node> {
    let (mut found, mut open): (Vec<&Node>, Vec<&Node>) = (vec![], vec![schema]);
    while let Some(node) = open.pop().filter(|_| found.len() < MAX_PARTS) {
        for node in scope.docs.links(node) {
            found.push(node);
            open.extend(node.get("allOf").into_iter().flat_map(Node::items));
            let alternatives = ["oneOf", "anyOf"].into_iter();
            open.extend(alternatives.filter_map(|key| only_alternative(node, key)));
        }
    }
    found
}

/// How many schemas are looked at to tell what one is.
const MAX_PARTS: usize = 100;

fn only_alternative<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let mut others = node.get(key)?.items().iter().filter(|node| !is_null(node));
    others.next().filter(|_| others.next().is_none())
}

/// Whether a schema says that its values are bytes.
pub(super) fn is_binary<'a>(scope: Scope<'a>, schema: &'a Node) -> bool {
    is_binary_whole(&whole(scope, schema))
}

fn is_binary_whole(parts: &[&Node]) -> bool {
    let is_media = |node: &&Node| {
        node.get("contentMediaType").is_some() && node.get("contentEncoding").is_none()
    };
    parts.iter().any(|node| node.text_at("format") == Some("binary"))
        || (parts.iter().any(is_media) && !is_structured_whole(parts))
}

/// Whether a schema says that its values are strings.
pub(super) fn is_string<'a>(scope: Scope<'a>, schema: &'a Node) -> bool {
    is_string_whole(&whole(scope, schema))
}

fn is_string_whole(parts: &[&Node]) -> bool {
    parts.iter().any(|node| {
        let types: Vec<&str> = node.get("type").into_iter().flat_map(type_names).collect();
        types.contains(&"string") && types.iter().all(|name| matches!(*name, "string" | "null"))
    })
}

/// Whether a schema says nothing of what its values are.
fn is_untyped(parts: &[&Node]) -> bool {
    const SAYING: [&str; 16] = [
        "type",
        "enum",
        "const",
        "format",
        "pattern",
        "items",
        "prefixItems",
        "properties",
        "additionalProperties",
        "required",
        "minimum",
        "maximum",
        "oneOf",
        "anyOf",
        "not",
        "contentEncoding",
    ];
    parts.iter().all(|node| SAYING.iter().all(|key| node.get(key).is_none()))
}

/// Whether a schema says that its values are lists or objects, or any of several.
pub(super) fn is_structured<'a>(scope: Scope<'a>, schema: Option<&'a Node>) -> bool {
    schema.is_some_and(|schema| is_structured_whole(&whole(scope, schema)))
}

fn is_structured_whole(parts: &[&Node]) -> bool {
    parts.iter().any(|node| {
        let mut types = node.get("type").into_iter().flat_map(type_names);
        let is_union = |key| node.get(key).is_some() && only_alternative(node, key).is_none();
        types.any(|name| matches!(name, "object" | "array"))
            || ["oneOf", "anyOf"].into_iter().any(is_union)
            || ["properties", "additionalProperties", "items"]
                .iter()
                .any(|key| node.get(key).is_some())
    })
}
