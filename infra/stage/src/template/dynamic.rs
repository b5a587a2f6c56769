//! Dynamic references (`{{resolve:ssm:…}}`, `{{resolve:secretsmanager:…}}`): values that CloudFormation looks up when it
//! deploys. They come from resources of the template, or from the file with local values.

use super::error::Fault;
use super::evaluate::Evaluator;

const BEGIN: &str = "{{resolve:";
const END: &str = "}}";

impl Evaluator<'_> {
    /// A text with every reference in it replaced.
    pub(super) fn resolve(&mut self, text: &str) -> Result<String, Fault> {
        let mut resolved = String::with_capacity(text.len());
        let mut rest = text;
        // What does not end here may be a part of what is joined later.
        while let Some((before, reference, after)) = split(rest) {
            resolved.push_str(before);
            resolved.push_str(&self.look_up(reference)?);
            rest = after;
        }
        resolved.push_str(rest);
        Ok(resolved)
    }

    fn look_up(&mut self, reference: &str) -> Result<String, Fault> {
        let (service, rest) = reference.split_once(':').unwrap_or((reference, ""));
        match service {
            "ssm" | "ssm-secure" => {
                let name = rest.split(':').next().unwrap_or_default();
                if let Some(id) = self.stored_as("AWS::SSM::Parameter", name)? {
                    return self.guarded(&id, |this| this.parameter_value(&id));
                }
                let found = self.surroundings.stored.parameter(name);
                let found = found.map(|(_, value)| value.to_owned());
                found.ok_or_else(|| unknown(reference, "parameters", name))
            }
            "secretsmanager" => self.secret(reference, rest),
            _ => {
                let message = format!(
                    "`{BEGIN}{reference}{END}`: dynamic references are to `ssm`, `ssm-secure` or `secretsmanager`"
                );
                Err(Fault::new("template", message))
            }
        }
    }

    fn secret(&mut self, reference: &str, rest: &str) -> Result<String, Fault> {
        // An ARN has colons of its own.
        let n_of_id = if rest.starts_with("arn:") { 7 } else { 1 };
        let parts: Vec<&str> = rest.split(':').collect();
        let id = parts[..n_of_id.min(parts.len())].join(":");
        let key = parts.get(n_of_id + 1).copied().filter(|key| !key.is_empty());
        let name = id.split_once(":secret:").map_or(&*id, |(_, name)| name);
        let bare = name.strip_suffix(&format!("-{}", crate::secrets::SUFFIX)).unwrap_or(name);
        let value = match self.stored_as("AWS::SecretsManager::Secret", bare)? {
            Some(id) => self.guarded(&id, |this| this.secret_value(&id))?,
            None => {
                let found = self.surroundings.stored.secret(&id);
                let found = found.map(|(_, value)| value.to_owned());
                found.ok_or_else(|| unknown(reference, "secrets", &id))?
            }
        };
        let Some(key) = key else { return Ok(value) };
        let object: serde_json::Value = serde_json::from_str(&value).unwrap_or_default();
        match &object[key] {
            serde_json::Value::Null => {
                let message = format!("`{BEGIN}{reference}{END}`: the secret has no key `{key}`");
                Err(Fault::new("template", message))
            }
            serde_json::Value::String(text) => Ok(text.clone()),
            other => Ok(other.to_string()),
        }
    }

    /// The resource of the template that stores something under a name.
    fn stored_as(&mut self, kind: &str, name: &str) -> Result<Option<String>, Fault> {
        let template = self.template;
        for (id, resource) in template.resources.iter().filter(|(_, one)| one.kind == kind) {
            if let Some(condition) = &resource.condition
                && !self.condition(condition)?
            {
                continue;
            }
            // A name that holds a reference itself is not the one that is looked for.
            let is_plain =
                |node: &super::Node| node.as_str().is_none_or(|text| split(text).is_none());
            if resource.property("Name").is_none_or(is_plain) && self.name(id)? == name {
                return Ok(Some(id.clone()));
            }
        }
        Ok(None)
    }
}

/// A text around its first reference.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (reference, after) = rest.split_once(END)?;
    Some((before, reference, after))
}

fn unknown(reference: &str, table: &str, name: &str) -> Fault {
    let message = format!(
        "`{BEGIN}{reference}{END}` has no local value: write `{name:?} = \"…\"` below `[{table}]` in infra/local.secrets.toml, \
         or in the file of --secrets"
    );
    Fault::new("template", message)
}
