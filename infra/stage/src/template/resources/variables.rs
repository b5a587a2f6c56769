//! Stage variables in the URIs of integrations and authorizers: functions that a stage names (`${stageVariables.name}`).
//!
//! They are put in when all stages are known. A variable that the stage does not have is an error; API Gateway would answer
//! each request with a 500.

use std::collections::BTreeMap;

use super::http_api::function_of;
use crate::template::error::Fault;
use crate::template::plan::{Api, AuthorizerKind, Called, Integration, Plan};

/// How a variable begins.
const START: &str = "${stageVariables.";

/// Whether a URI has variables in it.
pub(super) fn are_in(uri: &str) -> bool {
    uri.contains(START)
}

/// Puts the values of variables into the URIs of all APIs.
pub(super) fn put_in(plan: &mut Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for api in &mut plan.apis {
        let kind =
            if api.http.is_some() { "AWS::ApiGatewayV2::Api" } else { "AWS::ApiGateway::RestApi" };
        let subject = format!("resource `{}` ({kind})", api.id);
        let variables = api.variables.clone();
        for (of, name) in functions(api).into_iter().filter(|(_, name)| are_in(name)) {
            match filled(name, &variables).and_then(|uri| function_of(&uri)) {
                Ok(function) => *name = function,
                Err(message) => {
                    faults.push(Fault::new(subject.clone(), format!("`{of}`: {message}")));
                }
            }
        }
    }
    faults
}

/// The functions of routes and authorizers, with what invokes them.
fn functions(api: &mut Api) -> Vec<(String, &mut String)> {
    let routes = api.routes.iter_mut().filter_map(|route| {
        let of = format!("{} {}", route.method, route.path);
        match &mut route.integration {
            Integration::Function { name, .. } => Some((of, name)),
            Integration::Mapped(mapped) => match &mut mapped.called {
                Called::Function(name) => Some((of, name)),
                _ => None,
            },
            _ => None,
        }
    });
    let authorizers =
        api.authorizers.iter_mut().filter_map(|authorizer| match &mut authorizer.kind {
            AuthorizerKind::Token { function, .. } | AuthorizerKind::Request { function, .. } => {
                Some((authorizer.name.clone(), function))
            }
            _ => None,
        });
    routes.chain(authorizers).collect()
}

/// A URI with the values of its variables.
fn filled(uri: &str, variables: &BTreeMap<String, String>) -> Result<String, String> {
    let mut parts = uri.split(START);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) =
            part.split_once('}').ok_or_else(|| format!("`{START}{part}` has no `}}`"))?;
        let value = variables.get(name);
        out += value.ok_or_else(|| format!("the stage has no variable `{name}`"))?;
        out += rest;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_places_of_variables() {
        let variables = [("f", "shop"), ("a", "live")];
        let variables = variables
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let of = |uri: &str| filled(uri, &variables);
        assert_eq!(
            of("x:${stageVariables.f}:${stageVariables.a}/y").as_deref(),
            Ok("x:shop:live/y")
        );
        assert_eq!(of("plain").as_deref(), Ok("plain"));
        assert!(of("${stageVariables.g}").is_err_and(|error| error.contains("no variable `g`")));
        assert!(of("${stageVariables.f").is_err());
    }
}
