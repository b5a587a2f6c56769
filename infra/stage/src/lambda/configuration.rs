//! What the Lambda API tells of functions: `ListFunctions`, `GetFunction` and `GetFunctionConfiguration`.

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Response, StatusCode};
use serde_json::{Value, json};

use super::function::Function;
use super::{Functions, LATEST};
use crate::http;
use crate::template::Runtime;

/// Where functions are listed.
pub(crate) const LIST_PATH: &str = "/2015-03-31/functions";

/// The actions that are answered.
pub(super) const ACTIONS: &str = "Invoke, GetFunction, GetFunctionConfiguration and ListFunctions";

/// The function and the action that a request names by its path.
pub(crate) fn action_of<'p>(method: &Method, path: &'p str) -> Option<(&'p str, &'static str)> {
    let place = path.strip_prefix(LIST_PATH)?.strip_prefix('/')?;
    let (name, rest) = place.split_once('/').unwrap_or((place, ""));
    let action = match (method, rest) {
        (&Method::POST, "invocations") => "Invoke",
        (&Method::GET, "") => "GetFunction",
        (&Method::GET, "configuration") => "GetFunctionConfiguration",
        _ => return None,
    };
    Some((name, action))
}

/// Answers `ListFunctions`.
pub(crate) fn list(functions: &Functions) -> Response<Full<Bytes>> {
    let all: Vec<_> = functions.all().iter().map(|function| configuration(function)).collect();
    http::json(StatusCode::OK, json!({ "Functions": all }).to_string())
}

/// Answers `GetFunction` or `GetFunctionConfiguration`.
pub(super) fn get(function: &Function, action: &str) -> Response<Full<Bytes>> {
    let mut told = configuration(function);
    if action == "GetFunction" {
        told = json!({ "Configuration": told });
        if let Some(reserved) = function.declared.reserved_concurrency {
            told["Concurrency"] = json!({ "ReservedConcurrentExecutions": reserved });
        }
    }
    http::json(StatusCode::OK, told.to_string())
}

fn configuration(function: &Function) -> Value {
    let declared = &function.declared;
    let runtime = match &declared.runtime {
        Runtime::Binary => "provided.al2023",
        Runtime::Managed(name) => name,
    };
    json!({
        "Runtime": runtime,
        "FunctionName": declared.name,
        "FunctionArn": declared.arn,
        "Handler": declared.handler,
        "MemorySize": declared.memory_mib,
        "Timeout": declared.timeout.as_secs(),
        "Environment": { "Variables": declared.environment },
        "Role": declared.role,
        "PackageType": "Zip",
        "Version": LATEST,
        "State": "Active",
        "LastUpdateStatus": "Successful",
    })
}
