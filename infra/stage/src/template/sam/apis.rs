//! `AWS::Serverless::Api` and `AWS::Serverless::HttpApi`, those that events imply, and the routes that events give them.
//!
//! A REST API becomes an OpenAPI document, as the translator writes it; an HTTP API becomes routes and integrations.

use std::path::Path;

use indexmap::IndexMap;

use super::nodes::{Map, Part, attribute, entries, list, map, reference, referred, substituted};
use super::{Output, subject};
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};
use crate::template::{Resource, include};

/// The ids of the APIs that events imply.
const REST: &str = "ServerlessRestApi";
const HTTP: &str = "ServerlessHttpApi";

/// All APIs of a template, while functions add routes to them.
#[derive(Default)]
pub(super) struct Apis {
    rest: IndexMap<String, Rest>,
    http: IndexMap<String, Http>,
}

struct Rest {
    resource: Resource,
    /// Path → method → operation.
    paths: IndexMap<String, Map>,
}

struct Http {
    resource: Resource,
    default_authorizer: Option<String>,
    /// The scopes that each authorizer asks for by itself.
    scopes: IndexMap<String, Node>,
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

    /// Adds the APIs of events that name none, with the globals of each kind.
    pub(super) fn imply(&mut self, functions: &[(String, Resource)], globals: (Map, Map)) {
        let needs = |kind: &str, name: &str| {
            functions.iter().find_map(|(_, function)| {
                let events = entries(function.properties.get("Events"));
                let event = events.values().find(|event| {
                    let event = entries(Some(event));
                    event.get("Type").and_then(Node::as_str) == Some(kind)
                        && !entries(event.get("Properties")).contains_key(name)
                });
                event.map(|event| event.line)
            })
        };
        let api = |line: usize, kind: &str, properties: Map| Resource {
            line,
            kind: format!("AWS::Serverless::{kind}"),
            condition: None,
            depends_on: Vec::new(),
            metadata: None,
            properties,
        };
        if let Some(line) = needs("Api", "RestApiId") {
            let mut properties = globals.0;
            properties.insert("StageName".to_owned(), Node::text(line, "Prod"));
            self.add_rest(REST.to_owned(), api(line, "Api", properties));
        }
        if let Some(line) = needs("HttpApi", "ApiId") {
            self.add_http(HTTP.to_owned(), api(line, "HttpApi", globals.1));
        }
    }

    /// Adds the route of an `Api` event.
    pub(super) fn add_rest_event(&mut self, function: &str, mut part: Part, output: &mut Output) {
        let line = part.line;
        let (Some(path), Some(method)) = (text(&mut part, "Path"), text(&mut part, "Method"))
        else {
            return output.faults.push(part.fault("`Path` and `Method` are missing"));
        };
        let id = part.take("RestApiId");
        let id = id.as_ref().map_or(Some(REST), referred).unwrap_or_default().to_owned();
        let auth = part.take("Auth");
        let mut integration = part.renamed(&[("TimeoutInMillis", "timeoutInMillis")]);
        for (key, node) in [
            ("type", Node::text(line, "aws_proxy")),
            ("httpMethod", Node::text(line, "POST")),
            ("uri", invocation(line, &format!("${{{function}.Arn}}"))),
        ] {
            integration.insert(key.to_owned(), node);
        }
        let integration = Node { line, value: Value::Map(integration) };
        let mut operation = Map::new();
        operation.insert("x-amazon-apigateway-integration".to_owned(), integration);
        match self.rest.get_mut(&id) {
            None => output
                .faults
                .push(part.fault(format!("`RestApiId` names no `AWS::Serverless::Api`: `{id}`"))),
            Some(api) => {
                if let Some(auth) = auth {
                    operation.insert("auth".to_owned(), auth);
                }
                let method = match method.to_ascii_lowercase().as_str() {
                    "any" | "*" | "x-amazon-apigateway-any-method" => {
                        "x-amazon-apigateway-any-method".to_owned()
                    }
                    other => other.to_owned(),
                };
                let operation = Node { line, value: Value::Map(operation) };
                api.paths.entry(path).or_default().insert(method, operation);
            }
        }
        output.faults.extend(part.finish());
    }

    /// Adds the route and the integration of an `HttpApi` event.
    pub(super) fn add_http_event(
        &mut self,
        function: &str,
        id: &str,
        mut part: Part,
        resource: &Resource,
        output: &mut Output,
    ) {
        let line = part.line;
        let (path, method) = (text(&mut part, "Path"), text(&mut part, "Method"));
        let key = match (path.as_deref(), method.as_deref()) {
            (None | Some("$default"), _) => "$default".to_owned(),
            (Some(path), None | Some("x-amazon-apigateway-any-method")) => format!("ANY {path}"),
            (Some(path), Some(method)) => format!("{} {path}", method.to_ascii_uppercase()),
        };
        let api = part.take("ApiId");
        let api = api.as_ref().map_or(Some(HTTP), referred).unwrap_or_default().to_owned();
        part.skip(&["RouteSettings"]);
        let Some(known) = self.http.get(&api) else {
            return output
                .faults
                .push(part.fault(format!("`ApiId` names no `AWS::Serverless::HttpApi`: `{api}`")));
        };
        let mut integration = part.same(&["PayloadFormatVersion", "TimeoutInMillis"]);
        let two = || Node::text(line, "2.0");
        integration.entry("PayloadFormatVersion".to_owned()).or_insert_with(two);
        let of_api = || ("ApiId".to_owned(), reference(line, &api));
        integration.extend([
            of_api(),
            ("IntegrationType".to_owned(), Node::text(line, "AWS_PROXY")),
            ("IntegrationUri".to_owned(), attribute(line, function, "Arn")),
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
        output.add(format!("{id}Route"), "AWS::ApiGatewayV2::Route", resource, line, route);
    }

    /// Turns the APIs into resources of CloudFormation.
    pub(super) fn finish(self, folder: &Path, output: &mut Output) {
        for (id, api) in self.rest {
            api.finish(&id, folder, output);
        }
        for (id, api) in self.http {
            api.finish(&id, output);
        }
    }
}

/// The OpenAPI document of an API: written there, included, or in a file beside the template.
fn document(part: &mut Part, folder: &Path) -> Result<Map, Fault> {
    let uri = part.take("DefinitionUri");
    let body = match (part.take("DefinitionBody"), uri) {
        (Some(body), _) => match body.as_map().and_then(|map| map.get("Fn::Transform")) {
            Some(argument) => Some(include::included(argument, folder)?),
            None => Some(body),
        },
        (None, Some(uri)) => match uri.as_str().filter(|uri| !uri.starts_with("s3://")) {
            Some(path) => {
                Some(include::file(&folder.join(path)).map_err(|error| part.fault(error))?)
            }
            None => {
                let message = "property `DefinitionUri` is in a bucket, which the stage does not read; give a local file";
                return Err(part.fault(message));
            }
        },
        (None, None) => None,
    };
    Ok(entries(body.as_ref()))
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

impl Rest {
    fn finish(mut self, id: &str, folder: &Path, output: &mut Output) {
        let line = self.resource.line;
        let subject = subject(id, &self.resource);
        let mut part = Part::new(line, subject, std::mem::take(&mut self.resource.properties));
        let stage = part.take("StageName").unwrap_or_else(|| Node::text(line, "Prod"));
        let stage_name = stage.to_text().unwrap_or_else(|| "Stage".to_owned());
        let mut properties = part.same(&[
            "ApiKeySourceType",
            "BinaryMediaTypes",
            "Description",
            "DisableExecuteApiEndpoint",
            "FailOnWarnings",
            "MinimumCompressionSize",
            "Mode",
            "Name",
            "Policy",
            "SecurityPolicy",
            "Tags",
        ]);
        properties.shift_remove("Mode");
        escape_media_types(&mut properties);
        let mut of_stage =
            part.same(&["AccessLogSetting", "MethodSettings", "TracingEnabled", "Variables"]);
        part.skip(&[
            "AlwaysDeploy",
            "CacheClusterEnabled",
            "CacheClusterSize",
            "EndpointConfiguration",
            "MergeDefinitions",
            "OpenApiVersion",
            "PropagateTags",
        ]);
        let cors = part.take("Cors");
        let auth = entries(part.take("Auth").as_ref());
        let responses = part.take("GatewayResponses");
        let mut body = document(&mut part, folder).unwrap_or_else(|fault| {
            output.faults.push(fault);
            Map::new()
        });
        let mut paths = entries(body.get("paths"));
        self.authorize(&auth, line, &mut body);
        for (path, operations) in self.paths {
            let known = paths.entry(path).or_insert_with(|| map(line, []));
            if let Value::Map(known) = &mut known.value {
                known.extend(operations);
            }
        }
        if let Some(cors) = cors {
            match preflight(&cors) {
                Ok(operation) => {
                    for node in paths.values_mut() {
                        if let Value::Map(operations) = &mut node.value {
                            operations
                                .entry("options".to_owned())
                                .or_insert_with(|| operation.clone());
                        }
                    }
                }
                Err(message) => output.faults.push(part.fault(message)),
            }
        }
        if let Some(responses) = responses {
            let key = "x-amazon-apigateway-gateway-responses".to_owned();
            body.insert(key, gateway_responses(&responses));
        }
        body.insert("paths".to_owned(), Node { line, value: Value::Map(paths) });
        properties.insert("Body".to_owned(), Node { line, value: Value::Map(body) });
        output.faults.extend(part.finish());
        of_stage.insert("RestApiId".to_owned(), reference(line, id));
        let of_api = of_stage.get("RestApiId").cloned();
        of_stage.insert("StageName".to_owned(), stage);
        let deployment = of_api.into_iter().map(|node| ("RestApiId".to_owned(), node)).collect();
        output.add(id.to_owned(), "AWS::ApiGateway::RestApi", &self.resource, line, properties);
        output.add(
            format!("{id}Deployment"),
            "AWS::ApiGateway::Deployment",
            &self.resource,
            line,
            deployment,
        );
        let stage_id = format!("{id}{stage_name}Stage");
        output.add(stage_id, "AWS::ApiGateway::Stage", &self.resource, line, of_stage);
    }

    /// Writes the authorizers into the document, and what each operation asks of its callers.
    fn authorize(&mut self, auth: &Map, line: usize, body: &mut Map) {
        let mut schemes = Map::new();
        for (name, written) in entries(auth.get("Authorizers")) {
            schemes.insert(name, authorizer(&entries(Some(&written)), written.line));
        }
        let key = [("type", "apiKey"), ("name", "x-api-key"), ("in", "header")];
        let key = map(line, key.map(|(name, text)| (name, Node::text(line, text))));
        schemes.insert("api_key".to_owned(), key);
        let flag = |map: &Map, name: &str| map.get(name).and_then(Node::to_text);
        for operation in self.paths.values_mut().flat_map(|operations| operations.values_mut()) {
            let Value::Map(operation) = &mut operation.value else { continue };
            let own = entries(operation.shift_remove("auth").as_ref());
            let named = own.get("Authorizer").or_else(|| auth.get("DefaultAuthorizer"));
            let name = named.and_then(Node::to_text).unwrap_or_else(|| "NONE".to_owned());
            let needs_key = flag(&own, "ApiKeyRequired").or_else(|| flag(auth, "ApiKeyRequired"));
            let mut required = Map::new();
            match name.as_str() {
                "NONE" => {}
                "AWS_IAM" => {
                    let auth = map(line, [("type", Node::text(line, "AWS_IAM"))]);
                    operation.insert("x-amazon-apigateway-auth".to_owned(), auth);
                }
                _ => {
                    let scopes = own.get("AuthorizationScopes").cloned();
                    required.insert(name, scopes.unwrap_or_else(|| list(line, Vec::new())));
                }
            }
            if needs_key.as_deref() == Some("true") {
                required.insert("api_key".to_owned(), list(line, Vec::new()));
            }
            if !required.is_empty() {
                let required = Node { line, value: Value::Map(required) };
                operation.insert("security".to_owned(), list(line, vec![required]));
            }
        }
        let schemes = Node { line, value: Value::Map(schemes) };
        let components = body.entry("components".to_owned()).or_insert_with(|| map(line, []));
        if let Value::Map(components) = &mut components.value {
            let known =
                components.entry("securitySchemes".to_owned()).or_insert_with(|| map(line, []));
            if let (Value::Map(known), Value::Map(schemes)) = (&mut known.value, schemes.value) {
                known.extend(schemes);
            }
        }
    }
}

/// SAM writes `~1` for the slash of a media type.
fn escape_media_types(properties: &mut Map) {
    let Some(Value::List(types)) =
        properties.get_mut("BinaryMediaTypes").map(|node| &mut node.value)
    else {
        return;
    };
    for one in types {
        if let Value::String(text) = &mut one.value {
            *text = text.replace("~1", "/");
        }
    }
}

/// An authorizer of SAM as a security scheme of OpenAPI.
fn authorizer(written: &Map, line: usize) -> Node {
    let identity = entries(written.get("Identity"));
    let text = |map: &Map, name: &str| map.get(name).and_then(Node::to_text);
    let header = text(&identity, "Header").unwrap_or_else(|| "Authorization".to_owned());
    let mut parts = Map::new();
    let mut set = |name: &str, node: Node| parts.insert(name.to_owned(), node);
    if let Some(pools) = written.get("UserPoolArn") {
        set("type", Node::text(line, "cognito_user_pools"));
        let pools = match &pools.value {
            Value::List(_) => pools.clone(),
            _ => list(line, vec![pools.clone()]),
        };
        set("providerARNs", pools);
    } else {
        let arn = written.get("FunctionArn").cloned().unwrap_or_else(|| Node::text(line, ""));
        let uri = [
            Node::text(line, "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"),
            arn,
            Node::text(line, "/invocations"),
        ];
        let joined = list(line, vec![Node::text(line, ""), list(line, uri.to_vec())]);
        set("authorizerUri", map(line, [("Fn::Join", joined)]));
        let is_request = text(written, "FunctionPayloadType").as_deref() == Some("REQUEST");
        set("type", Node::text(line, if is_request { "request" } else { "token" }));
        if is_request {
            let mut sources = Vec::new();
            for (name, prefix) in [
                ("Headers", "method.request.header."),
                ("QueryStrings", "method.request.querystring."),
                ("StageVariables", "stageVariables."),
                ("Context", "context."),
            ] {
                let named = identity.get(name).and_then(Node::as_list).unwrap_or_default();
                let named = named.iter().filter_map(Node::to_text);
                sources.extend(named.map(|name| format!("{prefix}{name}")));
            }
            set("identitySource", Node::text(line, sources.join(",")));
        }
    }
    if let Some(expression) = identity.get("ValidationExpression") {
        set("identityValidationExpression", expression.clone());
    }
    if let Some(seconds) = identity.get("ReauthorizeEvery") {
        set("authorizerResultTtlInSeconds", seconds.clone());
    }
    let parts = Node { line, value: Value::Map(parts) };
    map(
        line,
        [
            ("type", Node::text(line, "apiKey")),
            ("name", Node::text(line, header)),
            ("in", Node::text(line, "header")),
            ("x-amazon-apigateway-authorizer", parts),
        ],
    )
}

/// The operation that answers preflight requests. Values are text in quotes, as API Gateway wants them.
fn preflight(cors: &Node) -> Result<Node, String> {
    let line = cors.line;
    let written = entries(Some(cors));
    let origin = match cors.as_map() {
        Some(_) => written.get("AllowOrigin").cloned(),
        None => Some(cors.clone()),
    };
    let quoted = |text: &str| Node::text(line, text);
    let or =
        |name: &str, default: &str| written.get(name).cloned().unwrap_or_else(|| quoted(default));
    let mut headers = Map::new();
    let mut set = |name: &str, node: Node| {
        headers.insert(format!("method.response.header.Access-Control-{name}"), node);
    };
    set("Allow-Origin", origin.unwrap_or_else(|| quoted("'*'")));
    set("Allow-Methods", or("AllowMethods", "'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD'"));
    set(
        "Allow-Headers",
        or(
            "AllowHeaders",
            "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'",
        ),
    );
    if let Some(seconds) = written.get("MaxAge") {
        set("Max-Age", seconds.clone());
    }
    if written.get("AllowCredentials").and_then(Node::to_text).as_deref() == Some("true") {
        set("Allow-Credentials", quoted("'true'"));
    }
    for node in headers.values() {
        if let Some(text) = node.to_text()
            && !(text.len() > 1 && text.starts_with('\'') && text.ends_with('\''))
        {
            return Err(format!(
                "property `Cors`: `{text}` must stand in quotes for API Gateway: \"'{text}'\""
            ));
        }
    }
    let response = map(
        line,
        [
            ("statusCode", Node::text(line, "200")),
            ("responseParameters", Node { line, value: Value::Map(headers) }),
        ],
    );
    let integration = map(
        line,
        [("type", Node::text(line, "mock")), ("responses", map(line, [("default", response)]))],
    );
    Ok(map(line, [("x-amazon-apigateway-integration", integration)]))
}

/// Gateway responses as a document writes them.
fn gateway_responses(written: &Node) -> Node {
    let mut responses = Map::new();
    for (kind, node) in entries(Some(written)) {
        let parts = entries(Some(&node));
        let mut out = Map::new();
        if let Some(status) = parts.get("StatusCode") {
            out.insert("statusCode".to_owned(), status.clone());
        }
        if let Some(templates) = parts.get("ResponseTemplates") {
            out.insert("responseTemplates".to_owned(), templates.clone());
        }
        let parameters = entries(parts.get("ResponseParameters"));
        let headers = entries(parameters.get("Headers")).into_iter();
        let headers = headers.map(|(name, node)| (format!("gatewayresponse.header.{name}"), node));
        let headers = Node { line: node.line, value: Value::Map(headers.collect()) };
        out.insert("responseParameters".to_owned(), headers);
        responses.insert(kind, Node { line: node.line, value: Value::Map(out) });
    }
    Node { line: written.line, value: Value::Map(responses) }
}

impl Http {
    /// What a route asks of its callers.
    fn authorization(&self, api: &str, line: usize, auth: Map) -> Map {
        let own = auth.get("Authorizer").and_then(Node::to_text);
        let name = own.or_else(|| self.default_authorizer.clone());
        let mut out = Map::new();
        let mut set = |name: &str, node: Node| out.insert(name.to_owned(), node);
        match name.as_deref() {
            None | Some("NONE") => {}
            Some("AWS_IAM") => {
                set("AuthorizationType", Node::text(line, "AWS_IAM"));
            }
            Some(name) => {
                let authorizers = entries(self.resource.properties.get("Auth"));
                let authorizers = entries(authorizers.get("Authorizers"));
                let is_function = entries(authorizers.get(name)).contains_key("FunctionArn");
                let kind = if is_function { "CUSTOM" } else { "JWT" };
                set("AuthorizationType", Node::text(line, kind));
                set("AuthorizerId", reference(line, &format!("{api}{name}Authorizer")));
                let scopes = auth.get("AuthorizationScopes").or_else(|| self.scopes.get(name));
                if let Some(scopes) = scopes {
                    set("AuthorizationScopes", scopes.clone());
                }
            }
        }
        out
    }

    fn finish(mut self, id: &str, output: &mut Output) {
        let line = self.resource.line;
        let subject = subject(id, &self.resource);
        let mut part = Part::new(line, subject, std::mem::take(&mut self.resource.properties));
        let mut properties = part.same(&[
            "Description",
            "DisableExecuteApiEndpoint",
            "FailOnWarnings",
            "Name",
            "Tags",
        ]);
        properties.insert("ProtocolType".to_owned(), Node::text(line, "HTTP"));
        if let Some(cors) = part.take("CorsConfiguration") {
            properties.extend(http_cors(&cors).map(|cors| ("CorsConfiguration".to_owned(), cors)));
        }
        for name in ["DefinitionBody", "DefinitionUri"] {
            if part.take(name).is_some() {
                let message = format!(
                    "property `{name}` is not read by the stage; give routes by events of functions"
                );
                output.faults.push(part.fault(message).left_out_on_request());
            }
        }
        let auth = entries(part.take("Auth").as_ref());
        for (name, written) in entries(auth.get("Authorizers")) {
            let properties = http_authorizer(id, &written);
            let authorizer = format!("{id}{name}Authorizer");
            output.add(
                authorizer,
                "AWS::ApiGatewayV2::Authorizer",
                &self.resource,
                written.line,
                properties,
            );
        }
        let stage = part.take("StageName").unwrap_or_else(|| Node::text(line, "$default"));
        let stage_id = match stage.to_text().as_deref() {
            None | Some("$default") => format!("{id}ApiGatewayDefaultStage"),
            Some(name) => format!("{id}{name}Stage"),
        };
        let mut of_stage = part.same(&[
            "AccessLogSettings",
            "DefaultRouteSettings",
            "RouteSettings",
            "StageVariables",
        ]);
        part.skip(&["PropagateTags"]);
        of_stage.insert("ApiId".to_owned(), reference(line, id));
        of_stage.insert("StageName".to_owned(), stage);
        output.faults.extend(part.finish());
        output.add(id.to_owned(), "AWS::ApiGatewayV2::Api", &self.resource, line, properties);
        output.add(stage_id, "AWS::ApiGatewayV2::Stage", &self.resource, line, of_stage);
    }
}

/// `true` allows every origin.
fn http_cors(cors: &Node) -> Option<Node> {
    match cors.as_map() {
        Some(_) => Some(cors.clone()),
        None if cors.to_text().as_deref() == Some("true") => {
            let any = list(cors.line, vec![Node::text(cors.line, "*")]);
            Some(map(cors.line, [("AllowOrigins", any)]))
        }
        None => None,
    }
}

fn http_authorizer(api: &str, written: &Node) -> Map {
    let line = written.line;
    let parts = entries(Some(written));
    let mut out = Map::new();
    let mut set = |name: &str, node: Node| out.insert(name.to_owned(), node);
    set("ApiId", reference(line, api));
    let as_list = |node: &Node| match &node.value {
        Value::List(_) => node.clone(),
        _ => list(line, vec![node.clone()]),
    };
    if let Some(arn) = parts.get("FunctionArn") {
        set("AuthorizerType", Node::text(line, "REQUEST"));
        set("AuthorizerUri", arn.clone());
        for name in ["AuthorizerPayloadFormatVersion", "EnableSimpleResponses"] {
            if let Some(node) = parts.get(name) {
                set(name, node.clone());
            }
        }
        let identity = entries(parts.get("Identity"));
        let mut sources = Vec::new();
        for (name, prefix) in [
            ("Headers", "$request.header."),
            ("QueryStrings", "$request.querystring."),
            ("StageVariables", "$stageVariables."),
            ("Context", "$context."),
        ] {
            let named = identity.get(name).and_then(Node::as_list).unwrap_or_default();
            let named = named.iter().filter_map(Node::to_text);
            sources.extend(named.map(|name| Node::text(line, format!("{prefix}{name}"))));
        }
        if !sources.is_empty() {
            set("IdentitySource", list(line, sources));
        }
        if let Some(seconds) = identity.get("ReauthorizeEvery") {
            set("AuthorizerResultTtlInSeconds", seconds.clone());
        }
    } else {
        set("AuthorizerType", Node::text(line, "JWT"));
        if let Some(source) = parts.get("IdentitySource") {
            set("IdentitySource", as_list(source));
        }
        let configuration = entries(parts.get("JwtConfiguration"));
        let find = |name: &str| {
            let mut all = configuration.iter();
            all.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, node)| node)
        };
        let issuer = find("issuer").cloned().map(|node| ("Issuer", node));
        let audience = find("audience").map(|node| ("Audience", as_list(node)));
        set("JwtConfiguration", map(line, issuer.into_iter().chain(audience)));
    }
    out
}
