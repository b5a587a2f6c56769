//! Parameters as requests have them: an exploded object is not one parameter; each of its properties is.
//!
//! Owns which names requests have. Compares nothing.

use std::borrow::Cow;

use crate::inclusion::{self, Rest, Shape};
use crate::model::{Docs, Field, MapType, Operation, Parameter, Service, Style, TypeRef};

/// A parameter of a request.
#[derive(Clone)]
pub(super) struct Sent<'a> {
    pub(super) parameter: Cow<'a, Parameter>,
    /// Whether each request must have it. A property that an optional object requires is required beside the others only.
    pub(super) is_needed: bool,
    /// Whether it stands for all names that no other parameter has.
    pub(super) is_rest: bool,
}

/// The parameters of an operation as requests have them.
pub(super) fn parameters<'a>(service: &'a Service, operation: &'a Operation) -> Vec<Sent<'a>> {
    let mut sent = Vec::new();
    for parameter in &operation.parameters {
        let is_exploded = matches!(parameter.style, Style::Repeated | Style::Rest(_));
        let shape = inclusion::resolve(service, &parameter.ty).shape;
        let is_map = matches!(&shape, Shape::Object(object) if object.is_map);
        match shape {
            Shape::Object(object)
                if is_exploded
                    && !is_map
                    && object.min_properties == 0
                    && object.max_properties.is_none() =>
            {
                let is_alone = object.fields.len() == 1;
                sent.extend(object.fields.iter().map(|field| property(parameter, field, is_alone)));
                if let Rest::Typed(ty) = object.rest {
                    sent.push(others(parameter, ty));
                }
            }
            _ => sent.push(Sent {
                parameter: Cow::Borrowed(parameter),
                is_needed: parameter.required,
                is_rest: is_exploded && is_map,
            }),
        }
    }
    sent
}

/// A property of an exploded object.
fn property<'a>(of: &Parameter, field: &Field, is_alone: bool) -> Sent<'a> {
    let deprecated = field.docs.deprecated.clone().or_else(|| of.docs.deprecated.clone());
    let parameter = Parameter {
        name: field.name.clone(),
        ty: field.ty.clone(),
        required: field.required && (of.required || !is_alone),
        default: field.default.clone(),
        style: Style::Repeated,
        written: None,
        docs: Docs { deprecated, ..field.docs.clone() },
        origin: field.origin.clone(),
        example: None,
        sensitive: of.sensitive || field.sensitive,
        owner: None,
        ..of.clone()
    };
    Sent {
        parameter: Cow::Owned(parameter),
        is_needed: of.required && field.required,
        is_rest: false,
    }
}

/// What an exploded object takes beside its properties.
fn others<'a>(of: &Parameter, value: &TypeRef) -> Sent<'a> {
    let map = MapType { value: value.clone(), min_properties: None, max_properties: None };
    let parameter = Parameter { ty: TypeRef::Map(Box::new(map)), required: false, ..of.clone() };
    Sent { parameter: Cow::Owned(parameter), is_needed: false, is_rest: true }
}
