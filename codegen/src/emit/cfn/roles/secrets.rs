//! Permissions to read exactly the secrets and parameters that a contract names, and to use the keys that encrypt them.

use super::allow;
use crate::emit::cfn::functions::text;
use crate::emit::cfn::value::{Map, Value, substitute};
use crate::model::{Function, SecretSource, Store};

/// A statement for each kind.
pub(super) fn read_secrets(function: &Function) -> Vec<Map> {
    let sources = || function.settings.environment.iter().filter_map(|variable| variable.secret());
    let of = |store: Store| sources().filter(move |source| source.store == store).map(arn);
    let keys = sources().filter_map(|source| source.kms_key.as_deref()).map(text);
    let statement = |sid: &str, action: &str, resources: Vec<Value>| {
        (!resources.is_empty()).then(|| allow(sid.to_owned(), &[action], once_each(resources)))
    };
    [
        statement("ReadSecrets", "secretsmanager:GetSecretValue", of(Store::Secrets).collect()),
        statement("ReadParameters", "ssm:GetParameter", of(Store::Parameters).collect()),
        statement("DecryptSecrets", "kms:Decrypt", keys.collect()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The ARN of a secret. Secrets Manager adds six characters of its own to a name.
fn arn(source: &SecretSource) -> Value {
    let id = &source.id;
    if id.starts_with("arn:") {
        return match source.store == Store::Secrets && !has_suffix(id) {
            true => text(&format!("{id}-??????")),
            false => text(id),
        };
    }
    let (service, resource) = match source.store {
        Store::Secrets => ("secretsmanager", format!("secret:{id}-??????")),
        Store::Parameters => ("ssm", format!("parameter/{}", id.trim_start_matches('/'))),
    };
    substitute(format!(
        "arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}"
    ))
}

/// Whether the ARN of a secret is whole: Secrets Manager takes one without its own six characters, and IAM does not.
fn has_suffix(arn: &str) -> bool {
    let suffix = arn.rsplit_once('-').map_or("", |(_, suffix)| suffix);
    suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn once_each(resources: Vec<Value>) -> Vec<Value> {
    let mut seen = Vec::new();
    for resource in resources {
        if !seen.contains(&resource) {
            seen.push(resource);
        }
    }
    seen
}
