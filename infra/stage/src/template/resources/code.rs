//! The code of functions and layers: inline, a local folder or archive, or an asset that `cdk synth` wrote.
//!
//! Refuses what is only in AWS (buckets, images), and runtimes that nothing here runs, each with what to do instead.

use std::path::PathBuf;

use crate::template::Resource;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Code, Runtime};
use crate::template::properties::Properties;
use crate::template::syntax::{Node, Value};

/// Why images are refused, and what to do.
const NO_CONTAINERS: &str = "the stage does not run containers; for local runs, give the function a `Runtime`, a `Handler` and a folder as its `Code`";

/// Languages whose functions the stage runs by itself.
const LANGUAGES: [&str; 4] = ["nodejs", "python", "java", "ruby"];

/// Reads what runs a function.
pub(super) fn runtime(properties: &mut Properties, evaluator: &Evaluator<'_>) -> Runtime {
    if properties.take("PackageType").is_some_and(|kind| kind.as_str() != Some("Zip")) {
        properties.refuse("PackageType", &format!("must be `Zip`: {NO_CONTAINERS}"));
        // Images have no runtime, so nothing is to be said of a missing one.
        properties.skip(&["Runtime", "ImageConfig"]);
        return Runtime::Binary;
    }
    let Some(name) = properties.text("Runtime") else {
        properties.refuse(
            "Runtime",
            "must be `provided.al2023`, `provided.al2`, or a runtime of a supported language: nodejs, python, java, ruby",
        );
        return Runtime::Binary;
    };
    if name.starts_with("provided.") {
        return Runtime::Binary;
    }
    let runtime = Runtime::Managed(name.clone());
    let language = runtime.language().unwrap_or_default();
    if !LANGUAGES.contains(&language) && !evaluator.surroundings.languages.contains(language) {
        let remedy = match language {
            "go" => "build the function for `provided.al2023`, as AWS recommends for Go".to_owned(),
            "dotnet" => format!(
                "pass the command of its runtime interface client: --runtime '{language}=COMMAND'"
            ),
            _ => format!(
                "the stage supports `provided.al2023`, `provided.al2`, {}",
                LANGUAGES.join(", ")
            ),
        };
        properties
            .refuse("Runtime", &format!("is `{name}`, which the stage does not support; {remedy}"));
    }
    runtime
}

/// Reads the code of a function; `None` where it has none here, which was refused unless a binary is named for it.
pub(super) fn function_code(
    properties: &mut Properties,
    resource: &Resource,
    runtime: &Runtime,
    has_binary: bool,
    evaluator: &Evaluator<'_>,
) -> Option<Code> {
    let code = read(properties, "Code", resource, evaluator);
    match &code {
        Ok(Some(Code::Inline(_))) if !matches!(runtime.language(), Some("nodejs" | "python")) => {
            properties.refuse("Code", "`ZipFile` is for nodejs and python only");
        }
        Ok(None) if !has_binary => properties.refuse(
            "Code",
            "must be a local folder or archive, or the resource's `Metadata` must name a `Binary`",
        ),
        Err(message) if !has_binary => properties.refuse("Code", message),
        _ => {}
    }
    code.ok().flatten()
}

/// Reads the content of a layer.
pub(super) fn layer_content(
    properties: &mut Properties,
    resource: &Resource,
    evaluator: &Evaluator<'_>,
) -> Option<PathBuf> {
    match read(properties, "Content", resource, evaluator) {
        Ok(Some(Code::Local(path))) => Some(path),
        Ok(_) => {
            properties.refuse("Content", "must be a local folder or archive");
            None
        }
        Err(message) => {
            properties.refuse("Content", &message);
            None
        }
    }
}

fn read(
    properties: &mut Properties,
    name: &str,
    resource: &Resource,
    evaluator: &Evaluator<'_>,
) -> Result<Option<Code>, String> {
    let template = evaluator.template;
    let Some(node) = properties.take(name) else { return Ok(None) };
    let local = |path: &str| Ok(Some(Code::Local(template.folder().join(path))));
    let map = match &node.value {
        Value::String(text) if text.starts_with("s3://") => return Err(in_a_bucket(text)),
        Value::String(path) => return local(path),
        Value::Map(map) => map,
        _ => return Err(format!("must be a local folder or archive, not {}", node.kind())),
    };
    let text = |key: &str| map.get(key).and_then(Node::to_text);
    if let Some(text) = text("ZipFile") {
        return Ok(Some(Code::Inline(text)));
    }
    if map.contains_key("ImageUri") {
        return Err(format!("is a container image: {NO_CONTAINERS}"));
    }
    // The resource itself says where its asset is, unless it was synthesized without the command line of the CDK.
    let metadata = resource.metadata.as_ref().and_then(Node::as_map);
    let noted = |key: &str| metadata.and_then(|map| map.get(key)).and_then(Node::as_str);
    if let Some(path) = noted("aws:asset:path")
        && noted("aws:asset:property").is_none_or(|property| property == name)
    {
        return local(path);
    }
    let key = text("S3Key").or_else(|| text("Key")).unwrap_or_default();
    let beside = key.rsplit('/').next().map(|name| template.folder().join(name));
    match template.assets.get(&key) {
        Some(path) => Ok(Some(Code::Local(path.to_owned()))),
        None => match beside.filter(|path| path.is_file()) {
            // The Serverless Framework packages an archive beside the template that it writes.
            Some(path) => Ok(Some(Code::Local(path))),
            None => Err(in_a_bucket(&key)),
        },
    }
}

fn in_a_bucket(key: &str) -> String {
    format!(
        "is `{key}` in S3, which the stage cannot read; use the template from before `package`, with \
         a local folder or archive"
    )
}
