//! What can only be said when everything is read: APIs have stages and routes, and what routes and mappings name exists.

use super::{authorizers, last_part};
use crate::template::error::Fault;
use crate::template::plan::{Called, Integration, Mapped, Pipe, Plan};

/// APIs without routes.
pub(super) fn without_routes(plan: &Plan) -> impl Iterator<Item = Fault> {
    let without = plan.apis.iter().filter(|api| api.http.is_none() && api.routes.is_empty());
    without.map(|api| {
        let message =
            "it has no route: neither its `Body` nor a method or route of the template defines one";
        Fault::new(format!("resource `{}`", api.id), message)
    })
}

/// Stages that are missing, and functions and queues that do not exist.
pub(super) fn check(plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for api in &plan.apis {
        let kind = if api.http.is_some() { "V2::Api" } else { "::RestApi" };
        let subject = format!("resource `{}` (AWS::ApiGateway{kind})", api.id);
        // An HTTP API without routes answers nothing anyway.
        if api.stage.is_empty() && (api.http.is_none() || !api.routes.is_empty()) {
            let stages = match &api.http {
                Some(_) => "`AWS::ApiGatewayV2::Stage`",
                None => "`AWS::ApiGateway::Stage` or `Deployment`",
            };
            faults.push(Fault::new(&subject, format!("it has no stage: no {stages} refers to it")));
        }
        for route in &api.routes {
            if let Some(name) = function_of(&route.integration)
                && !plan.functions.iter().any(|function| function.name == *name)
            {
                let message = format!(
                    "`{} {}` refers to `{name}`, which is not a function of the template",
                    route.method, route.path
                );
                faults.push(Fault::new(&subject, message));
            }
        }
    }
    faults.extend(authorizers::check(plan));
    for mapping in &plan.mappings {
        let subject = format!("resource `{}` (AWS::Lambda::EventSourceMapping)", mapping.id);
        if leads_nowhere(&mapping.function, mapping.pipe.as_ref(), plan) {
            faults.push(Fault::new(
                &subject,
                format!("`{}` is not a function of the template", mapping.function),
            ));
        }
        if !plan.queues.iter().any(|queue| queue.arn == mapping.queue) {
            faults.push(Fault::new(
                &subject,
                format!("`{}` is not a queue of the template", last_part(&mapping.queue)),
            ));
        }
    }
    faults
}

/// The name of the function that an integration invokes.
fn function_of(integration: &Integration) -> Option<&String> {
    match integration {
        Integration::Function { name, .. } => Some(name),
        Integration::Mapped(Mapped { called: Called::Function(name), .. }) => Some(name),
        _ => None,
    }
}

/// Whether a mapping has no function, and is no pipe to something else either.
pub(super) fn leads_nowhere(function: &str, pipe: Option<&Pipe>, plan: &Plan) -> bool {
    let is_there = |name: &str| plan.functions.iter().any(|function| function.name == name);
    match pipe {
        None => !is_there(function),
        Some(pipe) => {
            let to_function = pipe.target.starts_with("arn:aws:lambda:");
            (to_function && !is_there(function))
                || pipe.enrichment.as_deref().is_some_and(|name| !is_there(name))
        }
    }
}
