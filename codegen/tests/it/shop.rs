//! The shop's own contracts: what they come to in the model, and the crates of its services.

use std::path::Path;

use codegen::emit::{self, CrateFolders, Crates, Rules};
use codegen::model::*;
use codegen::{diag, read, resolve};

fn shop() -> System {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let sources = read::read_spec(&root).unwrap();
    let resolved = resolve(&sources);
    let text = diag::render::render_text(&resolved.diagnostics, &sources, false);
    assert_eq!(text, "", "the shop's contracts are clean");
    resolved.system.unwrap()
}

#[test]
fn services_are_named_after_their_folders() {
    let shop = shop();
    let names: Vec<&str> = shop.services.iter().map(|service| service.name.wire.as_str()).collect();
    assert_eq!(names, ["basket", "ordering", "product"]);
}

/// What `new` and `add` write of a service is what the example shows, but for the rules and the manifests, which are
/// people's own. `UPDATE_EXPECTED=1` writes it anew.
#[test]
fn its_services_are_what_a_new_workspace_has() {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../services");
    let place =
        CrateFolders { services: "services".to_owned(), generated: "../../generated".to_owned() };
    for service in &shop().services {
        let skeleton = emit::skeleton(service, &Crates::default(), &place, Rules::Open, None);
        let rules: Vec<&String> = skeleton.implementations.iter().map(|one| &one.file).collect();
        let given = skeleton.files.iter().filter(|(path, _)| {
            path.ends_with(".rs") && !rules.iter().any(|rule| rule.as_str() == *path)
        });
        for (path, text) in given {
            let file = services.join(path);
            let there = || laid_out(&std::fs::read_to_string(&file).unwrap());
            if std::env::var_os("UPDATE_EXPECTED").is_some() && there() != laid_out(text) {
                std::fs::write(&file, text).unwrap();
            }
            assert_eq!(there(), laid_out(text), "{path}");
        }
    }
}

/// The same program, whatever the width of its lines.
fn laid_out(text: &str) -> String {
    prettyplease::unparse(&syn::parse_file(text).unwrap())
}
