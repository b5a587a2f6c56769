//! The OpenAPI document that API Gateway makes its routes from.
//!
//! It says what the gateway can act on: paths, methods, parameters, models of request bodies, the function behind
//! each route, and the gateway's own answers. What it leaves out, the contracts and the reference say.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::authorizer;
use super::gateway_responses::gateway_responses;
use super::names;
use super::resources::{GatewayResource, Naming};
use super::schema::{self, Models};
use super::value::{Map, Value, only_if, reference, substitute};
use crate::model::{
    Codec, Function, Method, Operation, Parameter, ParameterLocation, ScalarKind, Service, Status,
    Style, System, Trigger, TypeKind, TypeRef,
};

/// The document for all operations of all services.
pub(super) fn document(system: &System) -> Map {
    let mut models = Models::default();
    let mut naming = Naming::default();
    let mut paths: IndexMap<String, Map> = IndexMap::new();
    // Two paths of a service may be one resource; which method of it is whose, the function finds out.
    let mut owners: BTreeMap<(String, Method), &str> = BTreeMap::new();
    for (service, function) in names::functions(system) {
        if function.trigger != Trigger::Api {
            continue;
        }
        for operation in &service.operations {
            let resource = naming.resource(&operation.path);
            let key = (resource.path.clone(), operation.method);
            let owner = *owners.entry(key).or_insert(&operation.path.text);
            let path = paths.entry(resource.path.clone()).or_insert_with(|| {
                Map::new().with("x-amazon-apigateway-any-method", any_method(function))
            });
            let security = authorizer::requirements(system, service, operation);
            let entry = match owner == operation.path.text {
                true => method(service, function, operation, &resource, &mut models),
                false => shared_method(function, operation, &resource),
            };
            let entry = entry.with_some("security", security.clone());
            if security.is_some() && answers_head(service, operation) && path.get("head").is_none()
            {
                path.insert("head", any_method(function).with_some("security", security));
            }
            path.set(&method_key(operation.method), entry);
        }
    }
    let validators = Map::new().with(
        "strict",
        Map::new().with("validateRequestBody", true).with("validateRequestParameters", true),
    );
    let models = models.into_map();
    let some = |map: Map| (!map.is_empty()).then_some(map);
    let components = Map::new()
        .with_some("schemas", some(models))
        .with_some("securitySchemes", some(authorizer::schemes(system)));
    Map::new()
        .with("openapi", Value::from("3.0.1"))
        .with("info", info(system))
        .with("x-amazon-apigateway-request-validators", validators)
        .with("x-amazon-apigateway-request-validator", only_if("GatewayValidates", "strict"))
        .with_some("x-amazon-apigateway-api-key-source", authorizer::key_source(system))
        .with_some("x-amazon-apigateway-binary-media-types", binary_media_types(system))
        .with("x-amazon-apigateway-gateway-responses", gateway_responses(system))
        .with("paths", paths.into_iter().collect::<Map>())
        .with_some("components", some(components))
}

/// The media types that the gateway hands over as base64, and makes bytes of on the way back.
fn binary_media_types(system: &System) -> Option<Vec<String>> {
    let operations = system.services.iter().flat_map(|service| &service.operations);
    let contents = operations.flat_map(|operation| {
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        bodies.chain(operation.responses.iter().flat_map(|response| &response.contents))
    });
    let binary = contents.filter(|content| content.is_binary());
    let types: BTreeSet<&str> = binary.map(|content| content.media_type.as_str()).collect();
    (!types.is_empty()).then(|| types.into_iter().map(str::to_owned).collect())
}

fn info(system: &System) -> Map {
    let versions: Vec<_> = system
        .services
        .iter()
        .filter(|service| !service.operations.is_empty())
        .map(|service| format!("{} {}", service.name.wire, service.version))
        .collect();
    Map::new().with("title", reference("AWS::StackName")).with("version", versions.join(", "))
}

/// Any method that the contract does not name also goes to the function, whose router answers 405 and says in
/// `Allow` which methods there are. The gateway's own answer would be 403.
fn any_method(function: &Function) -> Map {
    Map::new()
        .with("responses", Map::new())
        .with("x-amazon-apigateway-integration", integration(function))
}

/// What takes a request to a function, and its answer back.
pub(super) fn integration(function: &Function) -> Map {
    let id = names::invoked_id(function);
    let uri = match &function.settings.live {
        None => invocation_uri(&format!("{id}.Arn")),
        Some(_) => invocation_uri(&id),
    };
    Map::new().with("type", "aws_proxy").with("httpMethod", "POST").with("uri", uri)
}

/// What API Gateway calls to invoke what has this ARN: `PetsFunction.Arn`.
pub(super) fn invocation_uri(arn: &str) -> Value {
    substitute(format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{arn}}}/invocations"
    ))
}

/// Whether an operation answers `HEAD` too, as `GET` does where the contract has no other. Where it asks for
/// credentials, the method for all others will not do: that one asks for none, so it would know no caller.
fn answers_head(service: &Service, operation: &Operation) -> bool {
    let has_own = service
        .operations
        .iter()
        .any(|one| one.method == Method::Head && one.path.text == operation.path.text);
    operation.method == Method::Get && !has_own
}

fn method_key(method: Method) -> String {
    method.as_str().to_ascii_lowercase()
}

fn method(
    service: &Service,
    function: &Function,
    operation: &Operation,
    resource: &GatewayResource,
    models: &mut Models,
) -> Map {
    let path = path_parameters(service, operation, resource, models);
    let is_other = |one: &&Parameter| one.location != ParameterLocation::Path && is_known(one);
    let others = operation.parameters.iter().filter(is_other);
    let others: Vec<_> = others.map(|one| parameter(service, one, models)).collect();
    let parameters: Vec<_> = path.into_iter().chain(others).collect();
    let body = operation.body.as_ref().map(|body| {
        let content = body.contents.iter().map(|content| {
            // The gateway validates JSON only.
            let schema = (content.codec == Codec::Json)
                .then(|| schema::reference_or_schema(service, &content.ty, models));
            (content.sent_type().0, Map::new().with_some("schema", schema))
        });
        let mut known = BTreeSet::new();
        let content: Map = content.filter(|(name, _)| known.insert(*name)).collect();
        Map::new().with("required", body.required).with("content", content)
    });
    Map::new()
        .with("operationId", &operation.id.wire)
        .with_some("parameters", (!parameters.is_empty()).then_some(parameters))
        .with_some("requestBody", body)
        .with("responses", responses(operation))
        .with("x-amazon-apigateway-integration", integration(function))
}

/// A method of a resource that is several paths: the gateway cannot know which one a request is to.
fn shared_method(function: &Function, operation: &Operation, resource: &GatewayResource) -> Map {
    let named = resource.parameters.iter().map(|(name, _)| path_parameter(name, "string"));
    Map::new()
        .with("operationId", &operation.id.wire)
        .with("parameters", named.collect::<Vec<_>>())
        .with("responses", Map::new())
        .with("x-amazon-apigateway-integration", integration(function))
}

/// The parameters of the path, by the names that the resource has for them.
fn path_parameters(
    service: &Service,
    operation: &Operation,
    resource: &GatewayResource,
    models: &mut Models,
) -> Vec<Map> {
    let mut named = Vec::new();
    for (name, own) in &resource.parameters {
        let own = own.as_ref().and_then(|own| {
            let is_it =
                |one: &&Parameter| one.location == ParameterLocation::Path && one.name.wire == *own;
            operation.parameters.iter().find(is_it)
        });
        let ty = own.and_then(|own| schema::type_name(service, &own.ty, models));
        named.push(path_parameter(name, ty.unwrap_or("string")));
    }
    named
}

fn path_parameter(name: &str, ty: &str) -> Map {
    Map::new()
        .with("name", name)
        .with("in", "path")
        .with("required", true)
        .with("schema", Map::new().with("type", ty))
}

/// Whether the gateway can tell that a parameter is there: not a cookie, nor an object whose properties have names of
/// their own.
fn is_known(parameter: &Parameter) -> bool {
    let is_spread = parameter.written.is_some()
        && matches!(
            parameter.style,
            Style::Repeated | Style::Rest(_) | Style::Deep | Style::Form(_)
        );
    parameter.location != ParameterLocation::Cookie && !is_spread
}

fn parameter(service: &Service, parameter: &Parameter, models: &mut Models) -> Map {
    // The gateway checks of a parameter only that it is there, so its type is all the schema has to say.
    let ty = schema::type_name(service, &parameter.ty, models);
    let ty = ty.filter(|_| parameter.written.is_none()).unwrap_or("string");
    Map::new()
        .with("name", &parameter.name.wire)
        .with("in", parameter.location.as_str())
        .with("required", parameter.required && refuses_blank(service, &parameter.ty))
        .with("schema", Map::new().with("type", ty))
}

/// Whether no text of blanks is a value, which the gateway takes for nothing where a parameter is required.
fn refuses_blank(service: &Service, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(kind) => !matches!(kind, ScalarKind::String | ScalarKind::Bytes),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => refuses_blank(service, inner),
        // A list may be written as nothing.
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Json => false,
        TypeRef::Named(id) => match &service.type_def(*id).kind {
            TypeKind::Alias(target) => refuses_blank(service, target),
            TypeKind::Newtype(scalar) => refuses_blank(service, &TypeRef::Scalar(scalar.kind)),
            TypeKind::Enum(choice) => !choice.variants.iter().any(|one| one.wire.trim().is_empty()),
            TypeKind::Struct(_) | TypeKind::Union(_) => false,
        },
    }
}

/// The gateway knows neither ranges nor `default`; the function answers those without it.
fn responses(operation: &Operation) -> Map {
    let mut responses = Map::new();
    for response in &operation.responses {
        let Status::Code(code) = response.status else { continue };
        let docs = &response.docs;
        let text = docs.summary.as_ref().or(docs.description.as_ref());
        let description = text.unwrap_or(&response.name.wire);
        responses.insert(code.to_string(), Map::new().with("description", description));
    }
    responses
}
