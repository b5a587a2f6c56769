//! What `cdk synth` writes: which template a cloud assembly holds, and where the code is that a template names by a key in
//! a bucket.
//!
//! Reads `manifest.json` of the assembly and `<stack>.assets.json` beside a template. Bundles and uploads nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::error::TemplateError;
use crate::account::{ACCOUNT, REGION};

/// Files and folders on this machine, by the key that they would have in the bucket of assets.
#[derive(Debug, Clone, Default)]
pub(super) struct Assets(BTreeMap<String, PathBuf>);

impl Assets {
    /// The assets of a template: none where there is no file beside it that lists them.
    pub(super) fn beside(template: &Path) -> Result<Self, TemplateError> {
        let Some(stem) = template.file_name().and_then(|name| name.to_str()).and_then(|name| {
            name.strip_suffix(".template.json").or_else(|| name.strip_suffix(".template.yaml"))
        }) else {
            return Ok(Self::default());
        };
        let list = template.with_file_name(format!("{stem}.assets.json"));
        if !list.is_file() {
            return Ok(Self::default());
        }
        let folder = template.parent().unwrap_or(Path::new("."));
        let json = json_of(&list)?;
        let mut assets = BTreeMap::new();
        for file in members(&json["files"]) {
            let Some(path) = file["source"]["path"].as_str() else { continue };
            for destination in members(&file["destinations"]) {
                if let Some(key) = destination["objectKey"].as_str() {
                    assets.insert(key.to_owned(), folder.join(path));
                }
            }
        }
        Ok(Self(assets))
    }

    /// Adds assets that are listed elsewhere.
    pub(super) fn inherit(&mut self, other: &Self) {
        for (key, path) in &other.0 {
            self.0.entry(key.clone()).or_insert_with(|| path.clone());
        }
    }

    /// The file or folder that has this key in the bucket.
    pub(super) fn get(&self, key: &str) -> Option<&Path> {
        self.0.get(key).map(PathBuf::as_path)
    }
}

fn members(value: &Json) -> impl Iterator<Item = &Json> {
    value.as_object().into_iter().flat_map(serde_json::Map::values)
}

fn json_of(path: &Path) -> Result<Json, TemplateError> {
    let text = crate::given::text(path)
        .map_err(|source| TemplateError::Read { path: path.to_owned(), source })?;
    serde_json::from_str(&text).map_err(|error| TemplateError::Assembly {
        path: path.to_owned(),
        reason: format!("is not valid JSON: {error}"),
    })
}

/// The template that a path leads to: the file itself, or the only template of a folder that `cdk synth` wrote.
pub(super) fn template_of(path: &Path) -> Result<PathBuf, TemplateError> {
    match templates_at(path)?.as_slice() {
        [template] => Ok(template.clone()),
        several => {
            let list = several.iter().map(|path| format!("\n  {}", path.display()));
            let reason = format!("contains several stacks:{}", list.collect::<String>());
            Err(TemplateError::Assembly { path: path.to_owned(), reason })
        }
    }
}

/// The templates that a path leads to: the file itself, or those of a folder that `cdk synth` wrote, each after those
/// that it depends on.
pub(super) fn templates_at(path: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let refused =
        |reason: &str| TemplateError::Assembly { path: path.to_owned(), reason: reason.to_owned() };
    if !path.join("manifest.json").is_file() {
        return Err(refused(
            "is a folder without a `manifest.json`; pass a template, or the output folder of `cdk synth`",
        ));
    }
    let templates = templates_of(path)?;
    if templates.is_empty() { Err(refused("contains no stack")) } else { Ok(templates) }
}

/// A template of an assembly whose stack has an account and a region of its own: with the local ones in their places, which
/// are literals in its ARNs.
pub(super) fn in_local_environment(template: &Path, text: String) -> String {
    let manifest = json_of(&template.with_file_name("manifest.json")).unwrap_or_default();
    let file = template.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    // A nested stack has no artifact of its own: its template is an asset of the stack around it.
    let is_of_file = |artifact: &&Json| {
        let of_stack = &artifact["properties"]["templateFile"];
        let is_asset = || {
            let assets = Assets::beside(&template.with_file_name(of_stack.as_str()?)).ok()?;
            Some(assets.0.values().any(|path| path.file_name().is_some_and(|name| name == file)))
        };
        *of_stack == file || is_asset().unwrap_or_default()
    };
    let artifact = members(&manifest["artifacts"]).find(is_of_file);
    let environment = artifact.and_then(|artifact| artifact["environment"].as_str());
    let environment = environment.and_then(|text| text.strip_prefix("aws://")?.split_once('/'));
    let Some((account, region)) = environment else { return text };
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    let text = if is_account { text.replace(account, ACCOUNT) } else { text };
    match region {
        "unknown-region" => text,
        region => text.replace(&format!(":{region}:"), &format!(":{REGION}:")),
    }
}

/// The templates of the stacks of a cloud assembly, and of those that are nested in it.
fn templates_of(folder: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    let manifest = json_of(&folder.join("manifest.json"))?;
    let artifacts = manifest["artifacts"].as_object().into_iter().flatten();
    let artifacts: BTreeMap<&str, &Json> =
        artifacts.map(|(name, artifact)| (name.as_str(), artifact)).collect();
    let mut templates = Vec::new();
    for name in in_order(&artifacts) {
        let properties = &artifacts[name]["properties"];
        match artifacts[name]["type"].as_str() {
            Some("aws:cloudformation:stack") => {
                templates.extend(properties["templateFile"].as_str().map(|file| folder.join(file)));
            }
            Some("cdk:cloud-assembly") => {
                if let Some(nested) = properties["directoryName"].as_str() {
                    templates.extend(templates_of(&folder.join(nested))?);
                }
            }
            _ => {}
        }
    }
    Ok(templates)
}

/// The names of artifacts, each after those that it depends on; one that depends on itself stands where it is met.
fn in_order<'a>(artifacts: &BTreeMap<&'a str, &'a Json>) -> Vec<&'a str> {
    let mut order: Vec<&str> = Vec::new();
    let mut left: Vec<&str> = artifacts.keys().copied().collect();
    while !left.is_empty() {
        let waits = |name: &&str| {
            let needed = artifacts[*name]["dependencies"].as_array().into_iter().flatten();
            needed.filter_map(Json::as_str).any(|one| one != *name && left.contains(&one))
        };
        let next = left.iter().position(|name| !waits(name)).unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    #[test]
    fn an_environment_of_its_own_is_the_local_one_here() {
        let folder = std::env::temp_dir().join(format!("stage-assembly-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let manifest = r#"{"artifacts": {"Own": {
            "type": "aws:cloudformation:stack", "environment": "aws://123456789012/eu-west-1",
            "properties": {"templateFile": "Own.template.json"}}}}"#;
        std::fs::write(folder.join("manifest.json"), manifest).unwrap();
        let assets = r#"{"files": {"a": {"source": {"path": "Inner.nested.template.json"},
            "destinations": {"current": {"objectKey": "a.json"}}}}}"#;
        std::fs::write(folder.join("Own.assets.json"), assets).unwrap();
        let arn = "arn:aws:sqs:eu-west-1:123456789012:jobs of eu-west-1";
        let of = |name: &str| in_local_environment(&folder.join(name), arn.to_owned());
        assert_eq!(of("Own.template.json"), "arn:aws:sqs:us-east-1:000000000000:jobs of eu-west-1");
        assert_eq!(of("Inner.nested.template.json"), of("Own.template.json"));
        assert_eq!(of("Other.template.json"), arn);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
