//! Contracts of others that are taken over: each file once, under its name, and every reference leads where it led.

use crate::output::Folder;

const NODE: &str =
    "components: {schemas: {Node: {type: object, properties: {v: {type: string}}}}}\n";

/// A document with one operation for each way to `Node`.
fn document(title: &str, ways: &[&str]) -> String {
    let mut text =
        format!("openapi: 3.1.0\ninfo: {{title: {title}, version: '1'}}\nsecurity: []\npaths:\n");
    for (n, way) in ways.iter().enumerate() {
        text.push_str(&format!("  /{title}/way{n}: {{get: {{operationId: way{n}, responses: {{'200': {{description: One., content: {{application/json: {{schema: {{$ref: '{way}'}}}}}}}}}}}}}}\n"));
    }
    text
}

/// A part of a document that refers back to it.
fn back(way: &str) -> String {
    format!(
        "get: {{operationId: back, responses: {{'200': {{description: One., content: {{application/json: {{schema: {{$ref: '{way}'}}}}}}}}}}}}\n"
    )
}

fn codegen(folder: &Folder, arguments: &str) -> (bool, String) {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let (code, printed, said) = crate::programs::codegen(folder, &arguments);
    (code == 0, printed + &said)
}

/// Takes contracts over; the files below `spec`, and that of each service.
fn adopted(folder: &Folder, name: &str, from: &str) -> (Vec<String>, Vec<String>) {
    let (is_fine, said) = codegen(folder, &format!("new {name} {from}"));
    assert!(is_fine, "{said}");
    let below = format!("{name}/spec/");
    let files = folder.snapshot();
    let files = files.iter().filter_map(|(path, text)| Some((path.strip_prefix(&below)?, text)));
    let names = files.clone().map(|(path, _)| path.to_owned()).filter(|path| path != "policy.yaml");
    let services = files.clone().filter(|(path, _)| path.ends_with("service.yaml"));
    let services = services.map(|(_, text)| text.clone()).collect();
    (names.collect(), services)
}

/// How often the types of a service are there.
fn n_nodes(folder: &Folder, path: &str) -> usize {
    let named = |(file, text): &(String, String)| {
        file.starts_with(path).then(|| text.matches("pub struct Node").count())
    };
    folder.snapshot().iter().filter_map(named).sum()
}

#[test]
fn a_document_that_its_parts_refer_to_is_there_once() {
    let folder = Folder::new("adopt-back");
    let whole = document("Shop", &["#/components/schemas/Node"]);
    let whole = format!("{whole}  /b: {{$ref: paths/b.yaml}}\n{NODE}");
    for (place, file) in [("main", "main.yaml"), ("yml", "openapi.yml"), ("yaml", "openapi.yaml")] {
        folder.write(&format!("{place}/{file}"), &whole);
        let back = back(&format!("../{file}#/components/schemas/Node"));
        folder.write(&format!("{place}/paths/b.yaml"), &back);
        let (files, services) =
            adopted(&folder, &format!("new-{place}"), &format!("--from {place}/{file}"));
        let (mut expected, mut named) =
            (vec![format!("shop/{file}"), "shop/paths/b.yaml".into()], vec![]);
        if place == "main" {
            expected.push("shop/service.yaml".into());
            named.push("openapi: main.yaml\n");
        }
        assert_eq!((files, services), (expected, named.into_iter().map(str::to_owned).collect()));
        assert_eq!(n_nodes(&folder, &format!("new-{place}/generated/shop/")), 1);
    }
    // By its folder, too.
    let (files, _) = adopted(&folder, "by-folder", "--from yml");
    assert_eq!(files, ["yml/openapi.yml", "yml/paths/b.yaml"]);
}

#[test]
fn a_file_with_the_name_of_a_document_stays_what_it_is() {
    let folder = Folder::new("adopt-named");
    folder.write(
        "theirs/openapi.yaml",
        &format!("openapi: 3.1.0\ninfo: {{title: Common, version: '1'}}\n{NODE}"),
    );
    let own =
        document("Pets", &["openapi.yaml#/components/schemas/Node", "#/components/schemas/Node"]);
    folder.write(
        "theirs/pets.yaml",
        &format!("{own}components: {{schemas: {{Node: {{type: integer}}}}}}\n"),
    );
    let (files, services) = adopted(&folder, "pets", "--from theirs/pets.yaml");
    let expected = ["pets/contracts/openapi.yaml", "pets/contracts/pets.yaml", "pets/service.yaml"];
    assert_eq!(files, expected);
    assert_eq!(services, ["openapi: contracts/pets.yaml\n"]);
    let (_, said) = codegen(&folder, "check --spec pets/spec --out pets/generated");
    assert!(!said.contains("unused-component"), "{said}");
    assert_eq!(n_nodes(&folder, "pets/generated/pets/"), 1, "the other is a number");
}

#[test]
fn documents_that_refer_to_each_other_are_there_once() {
    let folder = Folder::new("adopt-both");
    let cats = document("Cats", &["dogs.yaml#/components/schemas/Node"]);
    folder.write("a/cats.yaml", &format!("{cats}{NODE}"));
    let dogs = document("Dogs", &["cats.yaml#/components/schemas/Node"]);
    folder.write("a/dogs.yaml", &format!("{dogs}{NODE}"));
    let (files, services) = adopted(&folder, "both", "--from a/cats.yaml --from a/dogs.yaml");
    assert_eq!(
        files,
        ["cats/cats.yaml", "cats/dogs.yaml", "cats/service.yaml", "dogs/service.yaml"]
    );
    assert_eq!(services, ["openapi: cats.yaml\n", "openapi: ../cats/dogs.yaml\n"]);
    // The other one first: what is referred to comes along with what refers to it.
    folder.write(
        "a/dogs.yaml",
        &format!("{}{NODE}", document("Dogs", &["#/components/schemas/Node"])),
    );
    let (files, _) = adopted(&folder, "one", "--from a/dogs.yaml --from a/cats.yaml");
    assert_eq!(files, ["cats/dogs.yaml", "cats/openapi.yaml", "dogs/service.yaml"]);
}

#[test]
fn files_far_above_come_along() {
    let folder = Folder::new("adopt-far");
    folder.write("apis/v1/pets/pets.yaml", &document("Pets", &["../../../shared/x.yaml#/Node"]));
    folder.write("shared/x.yaml", "Node: {type: object, properties: {v: {type: string}}}\n");
    let (files, services) = adopted(&folder, "pets", "--from apis/v1/pets/pets.yaml");
    assert_eq!(files, ["pets/apis/v1/pets/pets.yaml", "pets/service.yaml", "pets/shared/x.yaml"]);
    assert_eq!(services, ["openapi: apis/v1/pets/pets.yaml\n"]);
}

#[test]
fn what_is_wrong_is_said_of_the_files_as_they_are_named() {
    let folder = Folder::new("adopt-said");
    folder.write("theirs/test.yaml", &document("Test", &["types/none.yaml#/Node"]));
    let (is_fine, said) = codegen(&folder, "new any --from theirs/test.yaml");
    assert!(!is_fine && said.contains("`theirs/types/none.yaml` does not exist"), "{said}");
    assert!(!said.contains("spec/"), "{said}");
    folder.write(
        "theirs/test.yaml",
        &format!("{}{NODE}", document("Test", &["#/components/schemas/Node"])),
    );
    let (files, _) = adopted(&folder, "any", "--from theirs/test.yaml");
    assert_eq!(files, ["test-service/openapi.yaml"]);
    let (_, said) = codegen(&folder, "new other --service test --from theirs/test.yaml");
    assert!(said.contains("pass `--service test-service`"), "{said}");
    let (_, said) = codegen(&folder, "new other --from https://example.com/a.yaml");
    assert!(said.contains("on another machine"), "{said}");
}

#[test]
fn mocks_return_what_the_contract_allows_or_say_that_there_is_nothing() {
    let folder = Folder::new("adopt-mock");
    let whole = document(
        "Mock",
        &["pair", "two", "fixed", "coded"]
            .map(|name| format!("#/components/schemas/{name}"))
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
    );
    let schemas = "components:\n  schemas:\n    \
        pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false, minItems: 2}\n    \
        two: {oneOf: [{type: object, required: [k], properties: {k: {type: string}}}, {type: object, properties: {l: {type: string}}}]}\n    \
        fixed: {type: object, required: [a], properties: {a: {type: array, contains: {const: 5}, items: {type: integer}}}}\n    \
        coded: {type: object, required: [a], properties: {a: {type: string, pattern: '^q{3}-z$'}}}\n";
    folder.write("mock.yaml", &format!("{whole}{schemas}"));
    let (is_fine, said) = codegen(&folder, "new mock --mock --from mock.yaml");
    assert!(
        is_fine && said.contains("no example could be made for the responses of way3:"),
        "{said}"
    );
    let shown = |n: usize| {
        let text = folder.read(&format!("mock/services/mock/src/way{n}.rs"));
        let example = text.split("r##\"").nth(1).unwrap_or_default();
        example.split("\"##").next().unwrap_or_default().split_whitespace().collect::<String>()
    };
    // An object with `k` would be the other alternative, too.
    assert_eq!([0, 1, 2].map(shown), ["[\"text\",1]", "{}", "{\"a\":[5]}"]);
}
