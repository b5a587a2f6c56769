//! Integrations of REST APIs with mapping templates (type `aws`): functions, and actions of services.
//!
//! Refuses services and actions that the stage does not have, parameters of requests, and templates that cannot be read.

use std::time::Duration;

use indexmap::IndexMap;

use super::api::entries;
use super::integrations::{fixed_headers, invoked};
use crate::template::plan::{
    Called, ErrorPattern, Integration, Invoked, Mapped, MappedResponse, MappingTemplate, Unmapped,
};
use crate::template::syntax::Node;

type Map = IndexMap<String, Node>;

/// Reads an integration.
pub(super) fn integration(map: &Map, timeout: Duration) -> Result<Integration, String> {
    let uri = map.get("uri").and_then(Node::as_str).ok_or("the integration has no `uri`")?;
    let (mut templates, mut texts) = (Vec::new(), Vec::new());
    for (media_type, template, text) in self::templates(map)? {
        if let Some(changed) = overridden(&text) {
            return Err(format!(
                "the template for {media_type}: `$context.requestOverride{changed}` is not supported by the stage; write what \
                 it changes into the template"
            ));
        }
        templates.push((media_type, template));
        texts.push(text);
    }
    let called = called(uri, map, &texts)?;
    let unmapped = match map.get("passthroughBehavior").and_then(Node::to_text) {
        None => Unmapped::Passed,
        Some(text) => match text.to_ascii_uppercase().as_str() {
            "WHEN_NO_MATCH" => Unmapped::Passed,
            "WHEN_NO_TEMPLATES" => Unmapped::PassedWithoutTemplates,
            "NEVER" => Unmapped::Refused,
            _ => return Err(format!("`{text}` is not a `passthroughBehavior`")),
        },
    };
    let responses = self::responses(map)?;
    if responses.is_empty() {
        return Err("an integration of type `aws` needs `responses`".to_owned());
    }
    let with_role = map.contains_key("credentials");
    let invoked = invocation(map.get("requestParameters"))?;
    Ok(Integration::Mapped(Mapped {
        called,
        timeout,
        with_role,
        invoked,
        templates,
        unmapped,
        responses,
    }))
}

/// The templates of requests: media type, template, text.
pub(super) fn templates(map: &Map) -> Result<Vec<(String, MappingTemplate, String)>, String> {
    let read = |(media_type, node): (&String, &Node)| {
        let text = node.to_text().unwrap_or_default();
        let template = MappingTemplate::parse(&text)
            .map_err(|error| format!("the template for {media_type}: {error}"))?;
        Ok((media_type.clone(), template, text))
    };
    entries(map.get("requestTemplates")).map(read).collect()
}

/// The responses of an integration.
pub(super) fn responses(map: &Map) -> Result<Vec<MappedResponse>, String> {
    entries(map.get("responses")).map(|(key, node)| response(key, node)).collect()
}

/// What a template changes of its request that the stage does not send anyway: `.path.id`, `.header.X-Id`.
fn overridden(template: &str) -> Option<&str> {
    let changed = template.split("context.requestOverride").skip(1);
    let changed = changed.map(|rest| {
        let ends = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.';
        &rest[..rest.find(ends).unwrap_or(rest.len())]
    });
    let is_sent = |name: &str| {
        let header = name.strip_prefix(".header.").unwrap_or_default();
        ["content-type", "x-amz-target"].iter().any(|known| header.eq_ignore_ascii_case(known))
    };
    changed.into_iter().find(|name| !is_sent(name))
}

/// How a function is invoked: a literal (`'Event'`), or the header of the request that says it.
fn invocation(parameters: Option<&Node>) -> Result<Invoked, String> {
    const NAME: &str = "integration.request.header.x-amz-invocation-type";
    let Some((name, node)) = entries(parameters).find(|(name, _)| name.eq_ignore_ascii_case(NAME))
    else {
        return Ok(Invoked::AndAwaited);
    };
    let text = node.to_text().unwrap_or_default();
    match text.as_str() {
        "'RequestResponse'" => Ok(Invoked::AndAwaited),
        "'Event'" => Ok(Invoked::Later),
        other => match other.strip_prefix("method.request.header.") {
            Some(header) => Ok(Invoked::AsAsked(header.to_owned())),
            None => Err(format!(
                "`{name}` must be `'Event'`, `'RequestResponse'` or a header of the request, not `{other}`"
            )),
        },
    }
}

/// What a URI leads to: `arn:aws:apigateway:us-east-1:events:action/PutEvents`.
fn called(uri: &str, map: &Map, templates: &[String]) -> Result<Called, String> {
    let parameters = entries(map.get("requestParameters"));
    // A form or JSON is what the stage sends anyway; the target of an action follows from it.
    let known = ["content-type", "x-amz-target", "x-amz-invocation-type"];
    for (name, _) in parameters {
        let header = name.strip_prefix("integration.request.header.");
        if !header.is_some_and(|header| known.contains(&header.to_ascii_lowercase().as_str())) {
            return Err(format!(
                "`{name}` is not supported by the stage; write it into the template"
            ));
        }
    }
    if uri.contains(":lambda:path/") {
        super::integrations::check_method(map)?;
        return invoked(uri).map(Called::Function);
    }
    let mut parts = uri.splitn(6, ':').skip(4);
    let (service, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let text = |name: &str| templates.iter().any(|text| text.contains(name));
    match (service, rest.split_once('/')) {
        ("events", Some(("action", "PutEvents"))) => {
            Ok(Called::Json("AWSEvents.PutEvents".to_owned()))
        }
        ("dynamodb", Some(("action", action))) => {
            Ok(Called::Json(format!("DynamoDB_20120810.{action}")))
        }
        ("events", Some(("path", _))) => Ok(Called::Json("AWSEvents.PutEvents".to_owned())),
        ("sqs", Some(("path", path))) if text("Action=SendMessage") => {
            Ok(Called::Queue(path.trim_start_matches('/').to_owned()))
        }
        ("sns", Some(("action", "Publish"))) => Ok(Called::Topic),
        ("sns", Some(("path", _))) if text("Action=Publish") => Ok(Called::Topic),
        _ => Err(format!(
            "`{uri}` is not supported: of services, only PutEvents, actions of DynamoDB, SendMessage by the path of a queue, \
             and Publish are"
        )),
    }
}

fn response(key: &str, node: &Node) -> Result<MappedResponse, String> {
    let map = node.as_map().cloned().unwrap_or_default();
    let status = map.get("statusCode").and_then(Node::to_text).and_then(|text| text.parse().ok());
    let status = status
        .filter(|status| (100..=599).contains(status))
        .ok_or_else(|| format!("the response `{key}` needs a `statusCode` from 100 to 599"))?;
    let template = entries(map.get("responseTemplates")).next();
    let template = template.map(|(media_type, node)| {
        MappingTemplate::parse(&node.to_text().unwrap_or_default())
            .map(|template| (media_type.clone(), template))
            .map_err(|error| format!("the response template for {media_type}: {error}"))
    });
    let template = template.transpose()?;
    let pattern = Some(key).filter(|key| *key != "default");
    let pattern = pattern.map(ErrorPattern::parse).transpose()?;
    let headers = fixed_headers(map.get("responseParameters"));
    Ok(MappedResponse { pattern, status, headers, template })
}
