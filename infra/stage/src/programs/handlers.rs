//! Whether the file of a function's handler is there, before anything is started: its absence would be known only when the
//! function is invoked.

use std::path::{Path, PathBuf};

/// Files that Node.js loads, by their endings.
const JAVASCRIPT: [&str; 4] = ["js", "mjs", "cjs", ""];
const TYPESCRIPT: [&str; 4] = ["ts", "mts", "cts", "tsx"];

/// Looks for the file of a handler in the code; what to say where there is none.
///
/// # Errors
/// Sources that have to be compiled first.
pub(super) fn look(
    language: &str,
    handler: &str,
    root: &Path,
    layers: &[PathBuf],
) -> Result<Option<String>, String> {
    match language {
        "nodejs" => javascript(handler, root),
        "python" => Ok(python(handler, root)),
        "ruby" => Ok(ruby(handler, root)),
        "java" => java(handler, root, layers),
        _ => Ok(None),
    }
}

fn javascript(handler: &str, root: &Path) -> Result<Option<String>, String> {
    let (folder, name) = handler.rsplit_once('/').unwrap_or(("", handler));
    // What is no handler is told by the runtime, in Lambda's words.
    let Some((file, _)) = name.split_once('.').filter(|(file, _)| !file.is_empty()) else {
        return Ok(None);
    };
    let with = |ending: &&str| -> PathBuf {
        let dot = if ending.is_empty() { "" } else { "." };
        root.join(folder).join(format!("{file}{dot}{ending}"))
    };
    if JAVASCRIPT.iter().map(&with).any(|path| path.is_file()) {
        return Ok(None);
    }
    match TYPESCRIPT.iter().map(with).find(|path| path.is_file()) {
        Some(source) => Err(format!(
            "has the handler `{handler}`, of which there is only the source {}: compile it to JavaScript first, for example \
             with `sam build`, and pass the template that it writes",
            source.display()
        )),
        None => Ok(Some(unseen(handler, &format!("{file}.js"), &root.join(folder)))),
    }
}

fn python(handler: &str, root: &Path) -> Option<String> {
    let (module, _) = handler.rsplit_once('.')?;
    let path = root.join(module.replace('.', "/"));
    let file = path.with_extension("py");
    let is_there = file.is_file() || path.is_dir();
    (!is_there).then(|| unseen(handler, &format!("{module}.py"), root))
}

fn ruby(handler: &str, root: &Path) -> Option<String> {
    let (file, _) = handler.split_once('.')?;
    let file = format!("{file}.rb");
    (!root.join(&file).is_file()).then(|| unseen(handler, &file, root))
}

/// A class is a file below the folder of the code, or in an archive of a library.
fn java(handler: &str, root: &Path, layers: &[PathBuf]) -> Result<Option<String>, String> {
    let class = handler.split("::").next().unwrap_or(handler);
    let file = format!("{}.class", class.replace('.', "/"));
    let folders = std::iter::once(root.join("lib"));
    let folders = folders.chain(layers.iter().map(|layer| layer.join("java/lib")));
    let entries = folders.filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    let mut archives = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jar"));
    if root.join(&file).is_file() || archives.any(|archive| has_entry(&archive, &file)) {
        return Ok(None);
    }
    // A class inside of another one has a file of its own only when it is compiled.
    let outer = class.split('$').next().unwrap_or(class);
    let source = format!("{}.java", outer.replace('.', "/"));
    let sources =
        ["", "src/main/java", "app/src/main/java", "src"].map(|one| root.join(one).join(&source));
    match sources.iter().find(|path| path.is_file()) {
        Some(source) => Err(format!(
            "has the handler `{handler}`, of which there is only the source {}: compile it first, for example with \
             `sam build`, and pass the template that it writes",
            source.display()
        )),
        None => Ok(Some(unseen(handler, &file, root))),
    }
}

fn has_entry(archive: &Path, name: &str) -> bool {
    let Ok(file) = std::fs::File::open(archive) else { return false };
    zip::ZipArchive::new(file).is_ok_and(|archive| archive.index_for_name(name).is_some())
}

fn unseen(handler: &str, file: &str, folder: &Path) -> String {
    format!(
        "has the handler `{handler}`, but {} has no `{file}`: invocations fail unless a layer has it; build the function first",
        folder.display()
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_handler_without_its_file_is_told_and_typescript_refused() {
        let folder = Scratch::new().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("src/pkg")).unwrap();
        std::fs::create_dir_all(root.join("src/main/java/shop")).unwrap();
        std::fs::create_dir_all(root.join("shop")).unwrap();
        for file in [
            "app.mjs",
            "src/one.ts",
            "src/two.ts",
            "src/two.js",
            "main.py",
            "src/pkg/__init__.py",
            "main.rb",
            "src/one.rb",
            "shop/Handler.class",
            "src/main/java/shop/Only.java",
        ] {
            std::fs::write(root.join(file), "").unwrap();
        }
        for (language, handler) in [
            ("nodejs", "app.handler"),
            ("nodejs", "src/two.deep.handler"),
            ("nodejs", "odd"),
            ("python", "main.handler"),
            ("python", "src.pkg.handler"),
            ("python", "src/pkg.handler"),
            ("ruby", "main.handler"),
            ("ruby", "src/one.Shop::Orders.handle"),
            ("java", "shop.Handler::handle"),
            ("dotnet", "Shop::Shop.Handler::Handle"),
        ] {
            assert_eq!(look(language, handler, root, &[]), Ok(None), "{handler}");
        }
        let refused = look("nodejs", "src/one.handler", root, &[]).unwrap_err();
        assert!(refused.contains("one.ts") && refused.contains("sam build"), "{refused}");
        let refused = look("java", "shop.Only", root, &[]).unwrap_err();
        assert!(refused.contains("shop/Only.java") && refused.contains("sam build"), "{refused}");
        for (language, handler) in [
            ("nodejs", "gone.handler"),
            ("python", "gone.handler"),
            ("ruby", "gone.handler"),
            ("java", "gone::handle"),
        ] {
            assert!(
                look(language, handler, root, &[]).unwrap().unwrap().contains("gone."),
                "{handler}"
            );
        }
    }
}
