//! Where modules of each language are looked for beside the code: in layers, beside the template, and where the user says.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::folders;
use crate::template::Runtime;

/// Variables that name these places; Java has its class path instead.
pub(super) fn places(
    runtime: &Runtime,
    root: &Path,
    layers: &[PathBuf],
    template: Option<&Path>,
) -> Vec<(&'static str, OsString)> {
    let version = runtime.version();
    match runtime.language() {
        Some("nodejs") => {
            let mut places = folders(layers, "nodejs/node_modules");
            places.extend(folders(layers, &format!("nodejs/node{version}/node_modules")));
            let folder = template.filter(|path| !path.as_os_str().is_empty());
            let beside = folder.unwrap_or(Path::new(".")).join("node_modules");
            places.extend(std::path::absolute(beside).ok());
            listed("NODE_PATH", places).into_iter().collect()
        }
        Some("python") => {
            let mut places = folders(layers, "python");
            places.extend(folders(layers, &format!("python/lib/python{version}/site-packages")));
            listed("PYTHONPATH", places).into_iter().collect()
        }
        Some("ruby") => {
            let mut libraries = vec![root.to_owned()];
            libraries.extend(folders(layers, "ruby/lib"));
            // Bundler names the folder by the version that it ran on.
            let own = std::iter::once(root.join("vendor/bundle/ruby"));
            let gems = own.chain(folders(layers, "ruby/gems")).flat_map(|folder| inside(&folder));
            let gems = listed("GEM_PATH", gems.collect()).filter(|(_, value)| !value.is_empty());
            listed("RUBYLIB", libraries).into_iter().chain(gems).collect()
        }
        _ => Vec::new(),
    }
}

/// The folders in a folder.
fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// A variable with these places before those that it has in the user's own environment.
fn listed(name: &'static str, mut places: Vec<PathBuf>) -> Option<(&'static str, OsString)> {
    let own = std::env::var_os(name).unwrap_or_default();
    places.extend(std::env::split_paths(&own).filter(|path| !path.as_os_str().is_empty()));
    Some((name, std::env::join_paths(places).ok()?))
}
