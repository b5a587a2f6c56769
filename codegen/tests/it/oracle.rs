//! The reader of OpenAPI documents against another one: `openapiv3`, by way of `serde-saphyr`.
//!
//! The generator reads contracts with a reader of its own, because it needs the place of every node and must see
//! what a typed reader drops. Here both read the same documents and must agree on what they hold.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::model::{Method, Service, Status};
use codegen::{compile, read};
use openapiv3::{OpenAPI, Operation, Parameter, ReferenceOr, StatusCode};

/// What both readers say of an operation.
#[derive(Debug, PartialEq, Eq)]
struct Outline {
    id: Option<String>,
    parameters: Vec<(&'static str, String, bool)>,
    has_body: bool,
    statuses: Vec<String>,
}

type Outlines = BTreeMap<(String, &'static str), Outline>;

#[test]
fn both_readers_see_the_same_operations() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")];
    for kind in ["rust", "template"] {
        let entries = std::fs::read_dir(cases.join(kind)).unwrap();
        folders.extend(entries.map(|entry| entry.unwrap().path().join("spec")));
    }
    let mut n_documents = 0;
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let compiled = compile(&read::read_spec(folder).unwrap())
            .unwrap_or_else(|_| panic!("{} is refused", folder.display()));
        for service in &compiled.system.services {
            let Some(document) = document(folder, service) else { continue };
            let text = std::fs::read_to_string(&document).unwrap();
            // The other reader knows no later version, and takes paths that differ in the names of parameters for two.
            if !text.contains("openapi: 3.0") || folder.ends_with("rust/open/spec") {
                continue;
            }
            let theirs: OpenAPI = serde_saphyr::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", document.display()));
            assert_eq!(outlines(&theirs), ours(service), "{}", document.display());
            n_documents += 1;
        }
    }
    assert!(n_documents >= 3, "only {n_documents} documents were compared");
}

fn document(folder: &Path, service: &Service) -> Option<PathBuf> {
    ["yaml", "yml", "json"]
        .map(|ending| folder.join(&service.name.wire).join(format!("openapi.{ending}")))
        .into_iter()
        .find(|path| path.is_file())
}

fn ours(service: &Service) -> Outlines {
    let outline = |operation: &codegen::model::Operation| {
        // What a binding adds stands where the operation does.
        let declared = operation.parameters.iter().filter(|one| one.origin != operation.origin);
        let mut parameters: Vec<_> = declared
            .map(|one| (one.location.as_str(), one.name.wire.clone(), one.required))
            .collect();
        parameters.sort();
        let status = |status| match status {
            Status::Code(code) => code.to_string(),
            Status::Range(first) => format!("{first}XX"),
            Status::Default => "default".to_owned(),
        };
        let declared = operation.responses.iter().filter(|one| !one.is_implied(operation));
        let mut statuses: Vec<_> = declared.map(|response| status(response.status)).collect();
        statuses.sort();
        let has_body = operation.body.is_some();
        // An operation without an id has one made of its method and path, which the other reader does not know.
        Outline { id: Some(operation.id.wire.clone()), parameters, has_body, statuses }
    };
    let key = |operation: &codegen::model::Operation| {
        (operation.path.text.clone(), Method::as_str(operation.method))
    };
    service.operations.iter().map(|operation| (key(operation), outline(operation))).collect()
}

fn outlines(document: &OpenAPI) -> Outlines {
    let mut outlines = Outlines::new();
    for (path, item) in &document.paths.paths {
        let item = item.as_item().expect("the documents have no path by reference");
        for (method, operation) in item.iter() {
            let method = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"]
                .into_iter()
                .find(|known| known.eq_ignore_ascii_case(method))
                .unwrap();
            let outline = outline(document, operation, &item.parameters);
            outlines.insert((path.clone(), method), outline);
        }
    }
    outlines
}

fn outline(
    document: &OpenAPI,
    operation: &Operation,
    of_path: &[ReferenceOr<Parameter>],
) -> Outline {
    let mut parameters: Vec<_> = of_path
        .iter()
        .chain(&operation.parameters)
        .map(|one| {
            let data = parameter(document, one).parameter_data_ref();
            let location = match parameter(document, one) {
                Parameter::Path { .. } => "path",
                Parameter::Query { .. } => "query",
                Parameter::Header { .. } => "header",
                Parameter::Cookie { .. } => "cookie",
            };
            (location, data.name.clone(), data.required)
        })
        .collect();
    parameters.sort();
    parameters.dedup_by(|one, other| (one.0, &one.1) == (other.0, &other.1));
    let mut statuses: Vec<_> = operation.responses.responses.keys().map(status).collect();
    statuses.extend(operation.responses.default.as_ref().map(|_| "default".to_owned()));
    statuses.sort();
    let has_body = operation.request_body.is_some();
    Outline { id: operation.operation_id.clone(), parameters, has_body, statuses }
}

fn status(status: &StatusCode) -> String {
    match status {
        StatusCode::Code(code) => code.to_string(),
        StatusCode::Range(first) => format!("{first}XX"),
    }
}

fn parameter<'a>(document: &'a OpenAPI, one: &'a ReferenceOr<Parameter>) -> &'a Parameter {
    match one {
        ReferenceOr::Item(parameter) => parameter,
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/parameters/").unwrap();
            let components = document.components.as_ref().unwrap();
            components.parameters[name].as_item().unwrap()
        }
    }
}
