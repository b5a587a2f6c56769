//! Rules of the code base that the compiler does not know.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::lower::beside;

/// Which modules of the generator each module may use: the table in ARCHITECTURE.md, so that it is true. The tests within
/// a module are bound by it too. Instead of names, `all` stands for every module.
fn imports() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    let table =
        text.split("| module | owns | may import |\n").nth(1).expect("the table of modules");
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    let rows = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    let row = |cells: Vec<&str>| {
        let may = cells[2].split(", ").filter(|name| !name.is_empty()).map(str::to_owned);
        (cells[0].trim_matches('`').to_owned(), may.collect())
    };
    rows.map(row).collect()
}

/// What only some modules may touch, and which.
const RESERVED: [(&str, &[&str]); 13] = [
    ("std::fs", &["read", "output", "package", "survey"]),
    (".exists()", &["cli", "read", "output", "package", "survey"]),
    (".is_dir()", &["cli", "read", "output", "package", "survey"]),
    (".is_file()", &["cli", "read", "output", "package", "survey"]),
    (".metadata()", &["cli", "read", "output", "package", "survey"]),
    (".canonicalize()", &["cli", "read", "output", "package", "survey"]),
    ("std::env", &["cli", "survey"]),
    ("std::process", &["cli", "output", "package", "survey"]),
    ("std::time", &["cli", "output", "package", "survey"]),
    ("std::thread", &["cli", "survey"]),
    ("syn::", &["text"]),
    ("prettyplease::", &["text"]),
    ("clap::", &["cli"]),
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every Rust file below a folder, as path and text.
fn rust_files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && name != "node_modules" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if name.ends_with(".rs") {
                files.push((
                    path.to_string_lossy().into_owned(),
                    fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    files.sort();
    files
}

/// The files of the generator with the module that each belongs to.
fn generator() -> Vec<(String, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let module = |path: &str| {
        let below = Path::new(path).strip_prefix(&src).unwrap().components().next().unwrap();
        below.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
    };
    let files = rust_files(&src).into_iter();
    files.map(|(path, text)| (module(&path), path, text)).collect()
}

/// The code of a file: no comments.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The code of a module so deep in the crate, with `crate::` for those `super::` that lead to the crate's root.
fn absolute(code: &str, depth: usize) -> String {
    const UP: &str = "super::";
    let mut out = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(UP) {
        let (before, mut after) = rest.split_at(at);
        let mut n_up = 0;
        while let Some(next) = after.strip_prefix(UP) {
            (n_up, after) = (n_up + 1, next);
        }
        out.push_str(before);
        out.push_str(&if n_up == depth { "crate::".to_owned() } else { UP.repeat(n_up) });
        rest = after;
    }
    out + rest
}

/// How deep in the crate the module of a file is: 1 for those in the crate's root.
fn depth(path: &str) -> usize {
    let below = path.rsplit_once("/src/").unwrap().1;
    let n_folders = below.matches('/').count();
    if below.ends_with("/mod.rs") { n_folders } else { n_folders + 1 }
}

/// The names that follow `crate::`, those in braces included.
fn crate_imports(code: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => found.push(name(rest)),
            Some(list) => {
                let mut depth = 0_usize;
                let mut start = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && !c.is_whitespace() => {
                            found.push(name(&list[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

#[test]
fn modules_use_only_what_they_may() {
    let mut wrong = Vec::new();
    let imports = imports();
    for (module, path, text) in generator() {
        if module == "lib" || module == "main" {
            continue;
        }
        let Some((_, may)) = imports.iter().find(|(name, _)| *name == module) else {
            panic!("{path}: the module `{module}` has no row in the table of ARCHITECTURE.md");
        };
        let may_use = |used: &str| may.iter().any(|name| name == used || name == "all");
        let code = code(&text);
        // What a file says of its own tests is one module deeper.
        let (own, tests) = code.split_once("mod tests {").unwrap_or((&code, ""));
        let depth = depth(&path);
        let code = format!("{}\n{}", absolute(own, depth), absolute(tests, depth + 1));
        // `$crate` stands in macros of generated text, `"crate::…"` in text itself.
        for used in crate_imports(&code.replace("\"crate::", "\"")) {
            if used != module && !may_use(&used) && !used.is_empty() {
                wrong.push(format!("{path}: `{module}` must not use `{used}`"));
            }
        }
        for (reserved, owners) in RESERVED {
            let uses = code.lines().any(|line| {
                line.match_indices(reserved).any(|(at, _)| {
                    let is_name = |c: char| c.is_alphanumeric() || c == '_';
                    reserved.starts_with('.') || !line[..at].ends_with(is_name)
                })
            });
            if uses && !owners.contains(&module.as_str()) {
                wrong.push(format!("{path}: `{reserved}` belongs to {owners:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn imports_are_found_in_every_form() {
    let code = "use crate::model::{A, B};\nuse crate::{diag::Sink, text, source::{X, Y}};\nfn f() { crate::emit::g() }";
    assert_eq!(crate_imports(code), ["model", "diag", "text", "source", "emit"]);
}

#[test]
fn paths_up_to_the_root_are_followed() {
    let code = "use super::super::lower::{A, super_b}; super::c(); super::super::super::d()";
    assert_eq!(
        absolute(code, 2),
        "use crate::lower::{A, super_b}; super::c(); super::super::super::d()"
    );
    let depths = ["/a/src/b.rs", "/a/src/b/mod.rs", "/a/src/b/c.rs"].map(depth);
    assert_eq!(depths, [1, 1, 2]);
}

/// The packages and what each depends on: the table in ARCHITECTURE.md, without those for which a pattern stands.
#[test]
fn packages_depend_on_what_the_table_says() {
    let read = |folder: &str| -> toml::Table {
        let path = repository().join(folder).join("Cargo.toml");
        fs::read_to_string(path).unwrap().parse().unwrap()
    };
    let path = |entry: &toml::Value| Some(entry.get("path")?.as_str()?.to_owned());
    let workspace = read("");
    let shared = workspace["workspace"]["dependencies"].as_table().unwrap();
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    let table = text.split("| package | depends on |\n").nth(1).expect("the table of packages");
    let names = |cell: &str| -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    for row in table.lines().skip(1).take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        for package in names(cells[0]).into_iter().filter(|name| !name.contains('*')) {
            let manifest = read(&package);
            let entries = manifest.get("dependencies").and_then(toml::Value::as_table);
            let folder = |(name, entry): (&String, &toml::Value)| match path(entry) {
                Some(own) => Some(beside(&format!("{package}/Cargo.toml"), &own)),
                None => path(shared.get(name)?),
            };
            let mut depends: Vec<String> =
                entries.into_iter().flatten().filter_map(folder).collect();
            // Without code.
            depends.retain(|name| name != "infra/features");
            depends.sort();
            assert_eq!(names(cells[1]), depends, "the row of {package}");
        }
    }
}

#[test]
fn every_file_says_what_it_owns() {
    let mut silent = Vec::new();
    let mut n_files = 0;
    for folder in ["codegen", "generated", "services", "infra", "loadtest", "examples"] {
        for (path, text) in rust_files(&repository().join(folder)) {
            n_files += 1;
            // The generator's own mark comes first.
            let first = text.lines().find(|line| !line.is_empty() && !line.starts_with("// @"));
            if !first.is_some_and(|line| line.starts_with("//!")) {
                silent.push(path);
            }
        }
    }
    assert!(n_files > 50, "the walk finds files");
    assert!(silent.is_empty(), "these files open without `//!`:\n{}", silent.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    // Spelled in parts, so that this file does not find itself.
    let words = ["TO-DO", "FIX-ME", "unimple-mented!", "to-do!", "#[ig-nore"]
        .map(|one| one.replace('-', ""));
    let mut found = Vec::new();
    for folder in ["codegen", "services", "infra", "loadtest"] {
        for (path, text) in rust_files(&repository().join(folder)) {
            for word in words.iter().filter(|word| text.contains(word.as_str())) {
                found.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
