//! Parts of REST APIs that are resources of their own, by physical ids: they come in any order and are put together when all
//! are read.

use std::collections::BTreeMap;

use super::{Authorizer, IdentitySource, Integration};

/// All of them.
#[derive(Debug, Clone, Default)]
pub(in crate::template) struct RestParts {
    pub(in crate::template) resources: Vec<RestResource>,
    pub(in crate::template) methods: Vec<RestMethod>,
    /// The API of each authorizer, and what it is.
    pub(in crate::template) authorizers: Vec<(String, Authorizer)>,
    pub(in crate::template) validators: Vec<Validator>,
    pub(in crate::template) models: Vec<RestModel>,
    pub(in crate::template) deployed: Vec<DeployedStage>,
}

/// A deployment, and the stage that it brings with it.
#[derive(Debug, Clone)]
pub(in crate::template) struct DeployedStage {
    /// The logical id of the deployment.
    pub(in crate::template) id: String,
    pub(in crate::template) api: String,
    /// The name of the stage; empty where it brings none.
    pub(in crate::template) name: String,
    pub(in crate::template) variables: BTreeMap<String, String>,
}

/// A segment of a path (`AWS::ApiGateway::Resource`).
#[derive(Debug, Clone)]
pub(in crate::template) struct RestResource {
    /// Its logical id.
    pub(in crate::template) id: String,
    /// Its physical id.
    pub(in crate::template) resource_id: String,
    pub(in crate::template) api: String,
    pub(in crate::template) parent: String,
    pub(in crate::template) part: String,
}

/// A method (`AWS::ApiGateway::Method`).
#[derive(Debug, Clone)]
pub(in crate::template) struct RestMethod {
    /// Its logical id.
    pub(in crate::template) id: String,
    pub(in crate::template) api: String,
    pub(in crate::template) resource: String,
    pub(in crate::template) method: String,
    pub(in crate::template) integration: Integration,
    /// `NONE`, `AWS_IAM`, `CUSTOM`, `COGNITO_USER_POOLS`
    pub(in crate::template) authorization: String,
    pub(in crate::template) authorizer: Option<String>,
    pub(in crate::template) scopes: Vec<String>,
    pub(in crate::template) needs_key: bool,
    pub(in crate::template) validator: Option<String>,
    /// Parameters that a request must have, where the validator looks at them.
    pub(in crate::template) required: Vec<IdentitySource>,
    /// The names of models of bodies, by media type, where the validator looks at them.
    pub(in crate::template) models: BTreeMap<String, String>,
}

/// What is checked before the integration (`AWS::ApiGateway::RequestValidator`).
#[derive(Debug, Clone)]
pub(in crate::template) struct Validator {
    /// Its physical id.
    pub(in crate::template) validator_id: String,
    pub(in crate::template) checks_parameters: bool,
    pub(in crate::template) checks_body: bool,
}

/// What a body must be (`AWS::ApiGateway::Model`).
#[derive(Debug, Clone)]
pub(in crate::template) struct RestModel {
    /// Its logical id.
    pub(in crate::template) id: String,
    pub(in crate::template) api: String,
    pub(in crate::template) name: String,
    /// JSON Schema, draft 4.
    pub(in crate::template) schema: serde_json::Value,
}
