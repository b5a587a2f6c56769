//! The APIs of a template, those that events imply, and the routes that events give them.
//!
//! A REST API becomes an OpenAPI document, as the translator writes it; an HTTP API becomes routes and integrations.

use std::path::Path;

use indexmap::IndexMap;

use super::function::Invoked;
use super::http::Http;
use super::nodes::{Map, Part, entries, list, map, reference, referred, substituted};
use super::rest::{Operation, Rest};
use super::{Output, permissions, request, shapes};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};

/// The ids of the APIs that events imply.
const REST: &str = "ServerlessRestApi";
const HTTP: &str = "ServerlessHttpApi";

/// All APIs of a template, while functions add routes to them.
#[derive(Default)]
pub(super) struct Apis {
    rest: IndexMap<String, Rest>,
    http: IndexMap<String, Http>,
}

impl Apis {
    pub(super) fn add_rest(&mut self, id: String, resource: Resource) {
        self.rest.insert(id, Rest { resource, paths: IndexMap::new() });
    }

    pub(super) fn add_http(&mut self, id: String, resource: Resource) {
        let auth = entries(resource.properties.get("Auth"));
        let default_authorizer = auth.get("DefaultAuthorizer").and_then(Node::to_text);
        let scopes = entries(auth.get("Authorizers")).into_iter().filter_map(|(name, node)| {
            Some((name, entries(Some(&node)).shift_remove("AuthorizationScopes")?))
        });
        let scopes = scopes.collect();
        self.http.insert(id, Http { resource, default_authorizer, scopes });
    }

    /// Adds the APIs of events that name none, with the globals of each kind, and the conditions under which they exist.
    pub(super) fn imply(
        &mut self,
        functions: &[(String, Resource)],
        globals: (Map, Map),
        output: &mut Output,
    ) {
        let mut api = |implied: Implied, id: &str, kind: &str, properties: Map| {
            let resource = Resource {
                line: implied.line,
                kind: format!("AWS::Serverless::{kind}"),
                condition: implied.condition(id, &mut output.conditions),
                depends_on: Vec::new(),
                metadata: None,
                ignored_globals: None,
                connectors: None,
                properties,
            };
            output.faults.extend(shapes::of_resource(kind, id, &resource));
            resource
        };
        if let Some(implied) = Implied::of(functions, "Api", "RestApiId") {
            let mut properties = globals.0;
            properties.insert("StageName".to_owned(), Node::text(implied.line, "Prod"));
            self.add_rest(REST.to_owned(), api(implied, REST, "Api", properties));
        }
        if let Some(implied) = Implied::of(functions, "HttpApi", "ApiId") {
            self.add_http(HTTP.to_owned(), api(implied, HTTP, "HttpApi", globals.1));
        }
    }

    /// Adds the route of an `Api` event.
    pub(super) fn add_rest_event(
        &mut self,
        invoked: Invoked<'_>,
        event_id: &str,
        resource: &Resource,
        mut part: Part,
        output: &mut Output,
    ) {
        let line = part.line;
        let (Some(path), Some(method)) = (text(&mut part, "Path"), text(&mut part, "Method"))
        else {
            return output.faults.push(part.fault("`Path` and `Method` are missing"));
        };
        let named = part.take("RestApiId");
        let id = named.as_ref().map_or(Some(REST), referred).unwrap_or_default().to_owned();
        let is_document = |made: &Resource| made.kind == "AWS::ApiGateway::RestApi";
        let is_other = output.resources.get(&id).is_some_and(is_document);
        if is_other {
            output.faults.extend(without_effect(&mut part));
        }
        let auth = part.take("Auth");
        let model = entries(part.take("RequestModel").as_ref());
        let parameters = part.take("RequestParameters");
        let mut integration = part.renamed(&[("TimeoutInMillis", "timeoutInMillis")]);
        for (key, node) in [
            ("type", Node::text(line, "aws_proxy")),
            ("httpMethod", Node::text(line, "POST")),
            ("uri", invocation(line, &invoked.in_text())),
        ] {
            integration.insert(key.to_owned(), node);
        }
        let integration = Node { line, value: Value::Map(integration) };
        let mut operation = Map::new();
        operation.insert("x-amazon-apigateway-integration".to_owned(), integration);
        operation.extend(request::checks(&model, parameters.as_ref(), line));
        if is_other || self.rest.contains_key(&id) {
            let in_arn = permissions::id_of_api(&id, named.as_ref());
            let place = (event_id, in_arn.as_str());
            let route = (method.as_str(), path.as_str());
            permissions::allow_route(place, invoked, route, line, resource, output);
        }
        match self.rest.get_mut(&id) {
            // SAM allows the route alone: the API has it already.
            None if is_other => {}
            None => {
                output.faults.push(part.fault(format!(
                    "`RestApiId` does not refer to an `AWS::Serverless::Api` or `AWS::ApiGateway::RestApi`: `{id}`"
                )))
            }
            Some(api) => {
                if let Some(auth) = auth {
                    let of_api = entries(api.resource.properties.get("Auth"));
                    if let Some(message) = without_default(&entries(Some(&auth)), &of_api) {
                        output.faults.push(part.fault(message));
                    }
                    operation.insert("auth".to_owned(), auth);
                }
                let method = match method.to_ascii_lowercase().as_str() {
                    "any" | "*" | "x-amazon-apigateway-any-method" => {
                        "x-amazon-apigateway-any-method".to_owned()
                    }
                    other => other.to_owned(),
                };
                let node = Node { line, value: Value::Map(operation) };
                let condition = resource.condition.clone();
                let operation = Operation { node, condition };
                let operations = api.paths.entry(path.clone()).or_default();
                if operations.insert(method.clone(), operation).is_some() {
                    let message = format!("the API `{id}` has `{method} {path}` already, from another event");
                    output.faults.push(part.fault(message));
                }
            }
        }
        output.faults.extend(part.finish());
    }

    /// Adds the route and the integration of an `HttpApi` event.
    pub(super) fn add_http_event(
        &mut self,
        invoked: Invoked<'_>,
        id: &str,
        mut part: Part,
        resource: &Resource,
        output: &mut Output,
    ) {
        let line = part.line;
        let (path, method) = (text(&mut part, "Path"), text(&mut part, "Method"));
        let asked = (
            method.clone().unwrap_or_else(|| "ANY".to_owned()),
            path.clone().unwrap_or_else(|| "$default".to_owned()),
        );
        if path.is_some() != method.is_some() {
            let missing = if path.is_some() { "Method" } else { "Path" };
            output.faults.push(part.fault(format!("property `{missing}` is missing")));
        }
        let key = match (path.as_deref(), method.as_deref()) {
            (None | Some("$default"), _) => "$default".to_owned(),
            (Some(path), None | Some("x-amazon-apigateway-any-method")) => format!("ANY {path}"),
            (Some(path), Some(method)) => format!("{} {path}", method.to_ascii_uppercase()),
        };
        let named = part.take("ApiId");
        let api = named.as_ref().map_or(Some(HTTP), referred).unwrap_or_default().to_owned();
        part.skip(&["RouteSettings"]);
        let Some(known) = self.http.get(&api) else {
            return output.faults.push(part.fault(format!(
                "`ApiId` does not refer to an `AWS::Serverless::HttpApi`: `{api}`"
            )));
        };
        let mut integration = part.same(&["PayloadFormatVersion", "TimeoutInMillis"]);
        let two = || Node::text(line, "2.0");
        integration.entry("PayloadFormatVersion".to_owned()).or_insert_with(two);
        let of_api = || ("ApiId".to_owned(), reference(line, &api));
        integration.extend([
            of_api(),
            ("IntegrationType".to_owned(), Node::text(line, "AWS_PROXY")),
            ("IntegrationUri".to_owned(), invoked.arn(line)),
        ]);
        let target = substituted(line, format!("integrations/${{{id}Integration}}"));
        let mut route: Map = [
            of_api(),
            ("RouteKey".to_owned(), Node::text(line, key)),
            ("Target".to_owned(), target),
        ]
        .into_iter()
        .collect();
        let auth = entries(part.take("Auth").as_ref());
        route.extend(known.authorization(&api, line, auth));
        output.faults.extend(part.finish());
        output.add(
            format!("{id}Integration"),
            "AWS::ApiGatewayV2::Integration",
            resource,
            line,
            integration,
        );
        let permission = format!("{id}Permission");
        let in_arn = permissions::id_of_api(&api, named.as_ref());
        let place = (permission.as_str(), in_arn.as_str());
        let asked = (asked.0.as_str(), asked.1.as_str());
        permissions::allow_route(place, invoked, asked, line, resource, output);
        output.add(format!("{id}Route"), "AWS::ApiGatewayV2::Route", resource, line, route);
    }

    /// Turns the APIs into resources of CloudFormation.
    pub(super) fn finish(self, folder: &Path, output: &mut Output) {
        for (id, api) in self.rest {
            api.finish(&id, folder, output);
        }
        for (id, api) in self.http {
            api.finish(&id, folder, output);
        }
    }
}

/// Where an API is implied, and the conditions of the functions that imply it: none where one of them has none.
struct Implied {
    line: usize,
    conditions: Vec<String>,
}

impl Implied {
    /// The API that events of a kind imply which name none under `names`.
    fn of(functions: &[(String, Resource)], kind: &str, names: &str) -> Option<Self> {
        let found = functions.iter().filter_map(|(_, function)| {
            let events = entries(function.properties.get("Events"));
            let event = events.values().find(|event| {
                let event = entries(Some(event));
                event.get("Type").and_then(Node::as_str) == Some(kind)
                    && !entries(event.get("Properties")).contains_key(names)
            });
            Some((event?.line, function.condition.clone()))
        });
        let (lines, conditions): (Vec<usize>, Vec<Option<String>>) = found.unzip();
        let conditions: Option<Vec<String>> = conditions.into_iter().collect();
        let mut conditions = conditions.unwrap_or_default();
        conditions.sort();
        conditions.dedup();
        Some(Self { line: *lines.first()?, conditions })
    }

    /// The condition under which the API exists: that one of these holds, as a condition of its own where there are several.
    fn condition(&self, id: &str, made: &mut IndexMap<String, Node>) -> Option<String> {
        let line = self.line;
        let (first, rest) = self.conditions.split_first()?;
        let named = |name: &str| map(line, [("Condition", Node::text(line, name))]);
        let both = |one: Node, other: &String| {
            map(line, [("Fn::Or", list(line, vec![one, named(other)]))])
        };
        if rest.is_empty() {
            return Some(first.clone());
        }
        let name = format!("{id}Condition");
        made.insert(name.clone(), rest.iter().fold(named(first), both));
        Some(name)
    }
}

fn text(part: &mut Part, name: &str) -> Option<String> {
    part.take(name).as_ref().and_then(Node::to_text)
}

/// The URI by which API Gateway invokes a function.
fn invocation(line: usize, arn: &str) -> Node {
    let uri = format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/{arn}/invocations"
    );
    substituted(line, uri)
}

/// What an event takes away from its route that its API does not ask for.
fn without_default(auth: &Map, of_api: &Map) -> Option<&'static str> {
    let is =
        |name: &str, text: &str| auth.get(name).and_then(Node::to_text).as_deref() == Some(text);
    if is("Authorizer", "NONE") && !of_api.contains_key("DefaultAuthorizer") {
        return Some("`Authorizer: NONE` needs a `DefaultAuthorizer` of its API: SAM refuses it");
    }
    let takes_key = is("ApiKeyRequired", "false") && !of_api.contains_key("ApiKeyRequired");
    takes_key.then_some("`ApiKeyRequired: false` needs `ApiKeyRequired` of its API: SAM refuses it")
}

/// What an event says of the route of an API that SAM did not make, and so does not change.
fn without_effect(part: &mut Part) -> Vec<Fault> {
    let names = ["Auth", "RequestModel", "RequestParameters", "TimeoutInMillis"];
    let said = names.into_iter().filter_map(|name| Some((name, part.take(name)?)));
    let said: Vec<_> = said.collect();
    let refuse = |(name, node): &(&str, Node)| {
        let message = format!(
            "`{name}` has no effect: `RestApiId` refers to an `AWS::ApiGateway::RestApi`, which SAM does not change"
        );
        part.fault(message).at(node.line).left_out_on_request()
    };
    said.iter().map(refuse).collect()
}
