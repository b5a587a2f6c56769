//! Puts HTTP APIs together, of parts that are resources of their own.

use super::route;
use crate::template::error::Fault;
use crate::template::plan::{Authorizer, HttpRoute, Plan, Route, RouteAuthorization, RouteGuard};

/// Gives HTTP APIs their stages, authorizers and routes.
pub(in crate::template::resources) fn join(plan: &mut Plan) -> Vec<Fault> {
    let parts = std::mem::take(&mut plan.http);
    let mut faults = Vec::new();
    for (api_id, name, variables) in parts.stages {
        if let Some(api) = plan.apis.iter_mut().find(|api| api.api_id == api_id) {
            (api.stage, api.variables) = (name, variables);
        }
    }
    for (api_id, authorizer) in &parts.authorizers {
        if let Some(api) = plan.apis.iter_mut().find(|api| api.api_id == *api_id) {
            api.authorizers.push(authorizer.clone());
        }
    }
    for declared in &parts.routes {
        let fault = |message: &str| {
            let subject = format!("resource `{}` (AWS::ApiGatewayV2::Route)", declared.id);
            Fault::new(subject, message)
        };
        if parts.left_out.contains(&declared.integration) {
            let message = format!("the stage does not serve the integration of `{}`", declared.key);
            faults.push(fault(&message).left_out_on_request());
            continue;
        }
        let mut refuse = |message: &str| faults.push(fault(message));
        let Some(api) = plan.apis.iter_mut().find(|api| api.api_id == declared.api) else {
            refuse("`ApiId` does not refer to an API of the template");
            continue;
        };
        let mut integrations = parts.integrations.iter();
        let Some(found) = integrations.find(|one| one.integration_id == declared.integration)
        else {
            refuse("`Target` does not refer to an integration that is served");
            continue;
        };
        let guard = guard_of(declared, &api.authorizers).unwrap_or_else(|message| {
            refuse(&message);
            RouteGuard::default()
        });
        let route = route(&declared.key, found.integration.clone(), found.format);
        if let Some(route) = &route
            && api.routes.iter().any(|one| (&one.method, &one.path) == (&route.method, &route.path))
        {
            refuse(&format!("its API has a route with the key `{}` already", declared.key));
        }
        api.routes.extend(route.map(|route| Route { guard, ..route }));
    }
    faults
}

fn guard_of(route: &HttpRoute, authorizers: &[Authorizer]) -> Result<RouteGuard, String> {
    let authorization = match route.authorization.as_str() {
        "NONE" => RouteAuthorization::None,
        "AWS_IAM" => RouteAuthorization::Signature,
        "JWT" | "CUSTOM" => {
            let name = route.authorizer.clone().ok_or("`AuthorizerId` is missing")?;
            if !authorizers.iter().any(|known| known.name == name) {
                return Err(format!("`AuthorizerId`: `{name}` is not an authorizer of its API"));
            }
            RouteAuthorization::Authorizer { name, scopes: route.scopes.clone() }
        }
        other => return Err(format!("`{other}` is not an authorization type")),
    };
    Ok(RouteGuard { authorization, needs_key: false })
}
