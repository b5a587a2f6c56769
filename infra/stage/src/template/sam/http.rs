//! `AWS::Serverless::HttpApi`: an HTTP API with its authorizers and its stage; events bring the routes.

use std::path::Path;

use indexmap::IndexMap;

use super::nodes::{Map, Part, entries, list, map, reference};
use super::{Output, permissions, rest, subject};
use crate::template::Resource;
use crate::template::syntax::{Node, Value};

/// An HTTP API.
pub(super) struct Http {
    pub(super) resource: Resource,
    pub(super) default_authorizer: Option<String>,
    /// The scopes that each authorizer asks for by itself.
    pub(super) scopes: IndexMap<String, Node>,
}

impl Http {
    /// What a route asks of its callers.
    pub(super) fn authorization(&self, api: &str, line: usize, auth: Map) -> Map {
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

    /// Turns the API into resources of CloudFormation.
    pub(super) fn finish(mut self, id: &str, folder: &Path, output: &mut Output) {
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
        let auth = entries(part.take("Auth").as_ref());
        match rest::document(&mut part, folder) {
            Ok(body) if body.is_empty() => {}
            Ok(mut body) => {
                let missing = ["openapi", "paths"].into_iter().find(|key| !body.contains_key(*key));
                let is_made = body.keys().any(|key| key.starts_with("Fn::"));
                if let Some(key) = missing.filter(|_| !is_made) {
                    let message = format!("its document has no `{key}`");
                    output.faults.push(part.fault(message));
                }
                if self.default_authorizer.as_deref() == Some("AWS_IAM") {
                    let message = "`DefaultAuthorizer: AWS_IAM` is not applied to the routes of a document by the stage";
                    output.faults.push(part.fault(message).left_out_on_request());
                }
                self.secure(&auth, line, &mut body);
                properties.insert("Body".to_owned(), Node { line, value: Value::Map(body) });
            }
            Err(fault) => output.faults.push(fault),
        }
        for (name, written) in entries(auth.get("Authorizers")) {
            let properties = http_authorizer(id, &written);
            let authorizer = format!("{id}{name}Authorizer");
            let said = entries(Some(&written));
            let is = |name: &str| said.get(name).and_then(Node::to_text).as_deref() == Some("true");
            let is_allowed =
                is("EnableFunctionDefaultPermissions") || said.contains_key("FunctionInvokeRole");
            if let Some(function) = said.get("FunctionArn").filter(|_| is_allowed) {
                let place = format!("{authorizer}Permission");
                let place = (place.as_str(), id);
                permissions::allow_authorizer(place, function.clone(), &self.resource, output);
            }
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
        // An API answers at its own URL.
        part.skip(&["Domain", "PropagateTags"]);
        of_stage.insert("ApiId".to_owned(), reference(line, id));
        of_stage.insert("StageName".to_owned(), stage);
        output.faults.extend(part.finish());
        output.add(id.to_owned(), "AWS::ApiGatewayV2::Api", &self.resource, line, properties);
        output.add(stage_id, "AWS::ApiGatewayV2::Stage", &self.resource, line, of_stage);
    }
}

impl Http {
    /// Writes the authorizers into a document, and asks for the default one where an operation says nothing itself.
    fn secure(&self, auth: &Map, line: usize, body: &mut Map) {
        let mut schemes = Map::new();
        for (name, written) in entries(auth.get("Authorizers")) {
            let line = written.line;
            let mut parts = http_authorizer("", &written);
            parts.shift_remove("ApiId");
            let parts = parts.into_iter();
            let parts = parts.map(|(name, node)| match name.as_str() {
                "AuthorizerType" => ("type".to_owned(), node),
                "JwtConfiguration" => (lower_first(&name), lowered(&node)),
                _ => (lower_first(&name), node),
            });
            let authorizer = Node { line, value: Value::Map(parts.collect()) };
            let scheme = map(line, [("x-amazon-apigateway-authorizer", authorizer)]);
            schemes.insert(name, scheme);
        }
        let components = body.entry("components".to_owned()).or_insert_with(|| map(line, []));
        if let Value::Map(components) = &mut components.value {
            let known = components.entry("securitySchemes".to_owned());
            let known = known.or_insert_with(|| map(line, []));
            if let Value::Map(known) = &mut known.value {
                known.extend(schemes);
            }
        }
        let default = self.default_authorizer.as_deref();
        let Some(default) = default.filter(|name| !matches!(*name, "AWS_IAM" | "NONE")) else {
            return;
        };
        let scopes = self.scopes.get(default).cloned();
        let scopes = scopes.unwrap_or_else(|| list(line, Vec::new()));
        let required = list(line, vec![map(line, [(default, scopes)])]);
        let Some(Value::Map(paths)) = body.get_mut("paths").map(|node| &mut node.value) else {
            return;
        };
        for path in paths.values_mut() {
            rest::each_branch(path, &mut |operations| {
                for operation in operations.values_mut() {
                    rest::each_branch(operation, &mut |operation| {
                        let security = operation.entry("security".to_owned());
                        security.or_insert_with(|| required.clone());
                    });
                }
            });
        }
    }
}

/// The same map with names as OpenAPI documents write them.
fn lowered(node: &Node) -> Node {
    let parts = entries(Some(node)).into_iter();
    let parts = parts.map(|(name, node)| (lower_first(&name), node));
    Node { line: node.line, value: Value::Map(parts.collect()) }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
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
