//! The templates of `layout: per-service`: one that is deployed, and one for each service.
//!
//! `UPDATE_EXPECTED=1 cargo test -p codegen` writes what is expected anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use codegen::source::SourceMap;
use codegen::{compile, diag, read};
use serde_json::Value;

fn case() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/stacks")
}

/// The templates by file, or what is wrong with the contracts.
fn templates(sources: &SourceMap) -> Result<BTreeMap<String, String>, String> {
    let compiled =
        compile(sources).map_err(|found| diag::render::render_text(&found, sources, false))?;
    let files = compiled.files.iter();
    let files = files.filter_map(|(path, text)| Some((path.strip_prefix("infra/")?, text)));
    Ok(files.map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
}

fn of_case() -> BTreeMap<String, String> {
    templates(&read::read_spec(&case().join("spec")).unwrap()).unwrap()
}

#[test]
fn each_service_has_a_template() {
    let found = of_case();
    let folder = case().join("expected");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        for (name, text) in &found {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    let names: Vec<_> = found.keys().map(String::as_str).collect();
    assert_eq!(names, ["template.depot.yaml", "template.parcel.yaml", "template.yaml"]);
    for (name, text) in &found {
        let expected = std::fs::read_to_string(folder.join(name)).unwrap();
        let diff = similar::TextDiff::from_lines(expected.as_str(), text);
        let unified = diff.unified_diff().header("expected", "found").to_string();
        assert!(unified.is_empty(), "{name}:\n{unified}");
    }
}

fn values(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
}

/// What a template refers to: the first word of each `Ref`, `Fn::GetAtt` and `${…}`, and the second of those that have one.
fn references(value: &Value, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|one| references(one, found)),
        Value::Object(map) => {
            for (key, one) in map {
                match (key.as_str(), one) {
                    ("Ref", Value::String(name)) => {
                        found.insert((name.clone(), String::new()));
                    }
                    ("Fn::GetAtt", Value::Array(path)) => {
                        let part = |at: usize| path[at].as_str().unwrap().to_owned();
                        found.insert((part(0), part(1)));
                    }
                    ("Fn::Sub", Value::String(text)) => {
                        for rest in text.split("${").skip(1) {
                            let (inside, _) = rest.split_once('}').unwrap();
                            let (name, attribute) = inside.split_once('.').unwrap_or((inside, ""));
                            found.insert((name.to_owned(), attribute.to_owned()));
                        }
                    }
                    (_, one) => references(one, found),
                }
            }
        }
        _ => {}
    }
}

/// Every reference leads somewhere in its own template, and what crosses is given and told.
fn check_whole(templates: &BTreeMap<String, String>) {
    let read: BTreeMap<&str, Value> =
        templates.iter().map(|(name, text)| (name.as_str(), values(text))).collect();
    for (file, template) in &read {
        let known: BTreeSet<String> =
            ["Resources", "Parameters"].iter().flat_map(|part| keys(&template[part])).collect();
        let mut used = BTreeSet::new();
        ["Resources", "Outputs"].iter().for_each(|part| references(&template[part], &mut used));
        for (name, attribute) in used {
            assert!(name.starts_with("AWS::") || known.contains(&name), "{file}: {name}");
            if let Some(output) = attribute.strip_prefix("Outputs.") {
                let url = &template["Resources"][&name]["Properties"]["TemplateURL"];
                let nested = &read[url.as_str().unwrap()];
                assert!(nested["Outputs"][output].is_object(), "{file}: {name}.{attribute}");
            }
            assert!(*file == "template.yaml" || name != "AWS::StackName", "{file}");
        }
    }
    let stacks = read["template.yaml"]["Resources"].as_object().unwrap().values();
    for stack in stacks.filter(|one| one["Type"] == "AWS::CloudFormation::Stack") {
        let nested = &read[stack["Properties"]["TemplateURL"].as_str().unwrap()];
        assert_eq!(keys(&stack["Properties"]["Parameters"]), keys(&nested["Parameters"]));
    }
}

/// The resources by id, but those that nest stacks.
fn resources(templates: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (file, text) in templates {
        for (id, one) in values(text)["Resources"].as_object().unwrap() {
            if one["Type"] != "AWS::CloudFormation::Stack" {
                assert!(all.insert(id.clone(), file.clone()).is_none(), "{id} twice");
            }
        }
    }
    all
}

#[test]
fn the_stacks_have_together_what_one_would_have() {
    let divided = of_case();
    check_whole(&divided);
    let mut single = SourceMap::default();
    for (_, file) in read::read_spec(&case().join("spec")).unwrap().files() {
        if file.path != "spec/defaults.yaml" {
            single.add(file.path.clone(), file.text.clone());
        }
    }
    let single = templates(&single).unwrap();
    let homes = resources(&divided);
    let ids: BTreeSet<_> = homes.keys().cloned().collect();
    assert_eq!(ids, resources(&single).into_keys().collect());
    for (id, file) in [
        ("ShelfTable", "template.depot.yaml"),
        ("ShelfTableReadsThrottled", "template.depot.yaml"),
        ("DepotFunctionLive", "template.depot.yaml"),
        ("DepotFunctionDeployment", "template.depot.yaml"),
        ("ArrivalsQueue", "template.parcel.yaml"),
        ("ArrivalsDeadLetterQueue", "template.parcel.yaml"),
        ("LostQueuePolicy", "template.parcel.yaml"),
        ("LostQueueNotEmpty", "template.parcel.yaml"),
        // What belongs to no service.
        ("DepotBus", "template.yaml"),
        ("Api", "template.yaml"),
        ("ApiServerErrors", "template.yaml"),
        ("AuthorizerFunction", "template.yaml"),
        ("Deployments", "template.yaml"),
    ] {
        assert_eq!(homes.get(id).map(String::as_str), Some(file), "{id}");
    }
    // Whoever finds the system by its outputs finds the same, and the stacks.
    let outputs = |templates: &BTreeMap<String, String>| {
        keys(&values(&templates["template.yaml"])["Outputs"])
    };
    let more: Vec<_> = outputs(&divided).difference(&outputs(&single)).cloned().collect();
    assert_eq!(more, ["DepotStackId", "ParcelStackId"]);
    assert!(outputs(&divided).is_superset(&outputs(&single)));
}

/// Services with resources of five operations each, every one with a table.
fn services(n_services: usize, n_resources: usize, layout: &str) -> SourceMap {
    let mut sources = SourceMap::default();
    sources.add("spec/defaults.yaml", layout);
    for service in 0..n_services {
        let (mut paths, mut schemas) = (String::new(), String::new());
        for resource in 0..n_resources {
            let name = format!("thing{service}x{resource}");
            let schema = format!("Thing{service}x{resource}");
            let body = format!(
                "content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}"
            );
            let id = "parameters: [{name: id, in: path, required: true, schema: {type: string, minLength: 1, maxLength: 9}}]";
            let operation = |verb: &str, action: &str, asks: bool, answer: &str| {
                let asked = if asks {
                    format!("requestBody: {{required: true, {body}}}, ")
                } else {
                    String::new()
                };
                // A role and an environment have no room for more tables.
                let access = match resource % 2 {
                    0 => format!("x-dynamodb-access: [{{table: {schema}, actions: [get, put]}}], "),
                    _ => String::new(),
                };
                format!(
                    "    {verb}: {{operationId: {action}{schema}, {asked}{access}responses: {{{answer}}}}}\n"
                )
            };
            let one = format!("'200': {{description: It., {body}}}");
            let none = "'204': {description: Done.}";
            paths.push_str(&format!("  /{name}:\n"));
            paths.push_str(&operation("get", "list", false, none));
            paths.push_str(&operation("post", "add", true, &one));
            paths.push_str(&format!("  /{name}/{{id}}:\n    {id}\n"));
            paths.push_str(&operation("get", "read", false, &one));
            paths.push_str(&operation("put", "set", true, &one));
            paths.push_str(&operation("delete", "drop", false, none));
            schemas.push_str(&format!(
                "    {schema}: {{type: object, required: [id], x-dynamodb-table: {{name: {name}, partitionKey: id}}, \
                 properties: {{id: {{type: string, minLength: 1, maxLength: 9}}}}}}\n"
            ));
        }
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: S{service}, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n{schemas}"
        );
        sources.add(format!("spec/s{service}/openapi.yaml"), text);
    }
    sources
}

#[test]
fn a_thousand_operations_of_ten_services_deploy() {
    let refused = templates(&services(10, 20, "layout: single\n")).unwrap_err();
    assert!(
        refused.contains("`template.yaml` has 681 resources; CloudFormation allows 500"),
        "{refused}"
    );
    assert!(refused.contains("`layout: per-service`"), "{refused}");
    let divided = templates(&services(10, 20, "layout: per-service\n")).unwrap();
    assert_eq!(divided.len(), 11);
    check_whole(&divided);
    for (file, text) in &divided {
        let template = values(text);
        let count = |part: &str| template[part].as_object().map_or(0, |map| map.len());
        assert!(count("Resources") <= 500, "{file}");
        assert!(count("Outputs") <= 200 && count("Parameters") <= 200, "{file}");
        assert!(text.len() <= 1_048_576, "{file}: {}", text.len());
    }
    // The tables are more than the outputs of a stack, so each is told of by its own stack only.
    let root = values(&divided["template.yaml"]);
    assert!(root["Outputs"]["Thing0x0TableName"].is_null());
    assert!(root["Outputs"]["S0StackId"].is_object());
    assert!(values(&divided["template.s0.yaml"])["Outputs"]["Thing0x0TableName"].is_object());
}

#[test]
fn what_does_not_fit_is_told_of_its_template() {
    let refused = templates(&services(2, 170, "layout: per-service\n")).unwrap_err();
    assert!(refused.contains("`template.s0.yaml` has 516 resources"), "{refused}");
    assert!(refused.contains("split the service into several"), "{refused}");
    assert!(refused.contains("`template.yaml` has 1252733 bytes"), "the API of 1,700 operations");
}
