//! The shop's own contracts: what they come to in the model.

use std::path::Path;

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
