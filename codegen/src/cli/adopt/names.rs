//! How the services of documents that are taken over are called.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::lower::unfit_name;

/// Names of files that say nothing of the service.
const SAYS_NOTHING: [&str; 8] =
    ["openapi", "asyncapi", "swagger", "api", "spec", "schema", "index", "main"];

/// Names of services, so that documents whose own names say nothing are one service where they stand in one folder.
#[derive(Debug, Default)]
pub(super) struct Names {
    folders: BTreeMap<PathBuf, String>,
}

impl Names {
    /// What the service of a document is called.
    pub(super) fn of(&mut self, document: &Path, text: &str) -> Result<String> {
        if fit(&told(document)).is_some() {
            return service_of(document, text);
        }
        let folder = document.parent().unwrap_or(Path::new("")).to_owned();
        if let Some(service) = self.folders.get(&folder) {
            return Ok(service.clone());
        }
        let service = service_of(document, text)?;
        self.folders.insert(folder, service.clone());
        Ok(service)
    }
}

/// The name of a service that the user or a folder gives, as a folder and a package can have it.
///
/// # Errors
/// When nothing can be made of it, or it is taken: with the name to ask for.
pub(super) fn given(service: &str) -> Result<String> {
    let name = fit(service).or_else(|| fit_behind_word(service)).with_context(|| {
        format!("`{service}` is not a valid service name: use letters, digits and `-`")
    })?;
    match unfit_name(&name) {
        Some((why, better)) => {
            bail!("`{name}` is not a valid service name: {why}; pass `--service {better}`")
        }
        None => Ok(name),
    }
}

/// What a file's name says of its service: `petstore.openapi.yaml` is about the pet store.
fn told(document: &Path) -> String {
    let stem = document.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_default().to_lowercase();
    let told: Vec<&str> = stem
        .split(['.', '-', '_', ' '])
        .filter(|part| !SAYS_NOTHING.contains(part) && !part.is_empty())
        .collect();
    told.join("-")
}

/// What the service is called: the file's name, or the document's title where that says nothing.
fn service_of(document: &Path, text: &str) -> Result<String> {
    let title = crate::lower::outline(text).into_iter().find(|(key, _)| key == "info.title");
    let candidates = [told(document), title.map(|(_, title)| title).unwrap_or_default()];
    let name = candidates.iter().find_map(|name| fit(name));
    let name = name.or_else(|| candidates.iter().find_map(|name| fit_behind_word(name)));
    name.map(free).with_context(|| {
        format!("{} does not name its service: pass --service", document.display())
    })
}

/// The name, or one near it where it is taken by what is generated.
pub(super) fn free(name: String) -> String {
    unfit_name(&name).map_or(name, |(_, better)| better)
}

/// A name that starts with a digit, which no package's name does, behind a word.
fn fit_behind_word(name: &str) -> Option<String> {
    let starts_so = name.trim_start_matches(|char: char| !char.is_ascii_alphanumeric());
    starts_so
        .starts_with(|first: char| first.is_ascii_digit())
        .then(|| fit(&format!("api-{name}")))?
}

/// A name as a folder and a package can have it; none where there is nothing of it.
pub(super) fn fit(name: &str) -> Option<String> {
    let mut fit = String::new();
    for char in name.chars() {
        if char.is_ascii_alphanumeric() {
            fit.push(char.to_ascii_lowercase());
        } else if !fit.ends_with('-') && !fit.is_empty() {
            fit.push('-');
        }
    }
    let fit: String = fit.trim_end_matches('-').chars().take(40).collect();
    let fit = fit.trim_end_matches('-').to_owned();
    fit.starts_with(|first: char| first.is_ascii_lowercase()).then_some(fit)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn a_service_is_called_after_its_file_or_its_title() {
        let text = "openapi: 3.0.3\ninfo: {title: Swagger Petstore - v2, version: 1}\n";
        let named = |file: &str| service_of(Path::new(file), text).unwrap();
        assert_eq!(named("a/petstore.yaml"), "petstore");
        assert_eq!(named("Pet_Store.openapi.json"), "pet-store");
        assert_eq!(named("openapi.yaml"), "swagger-petstore-v2");
        assert!(service_of(Path::new("api.yaml"), "openapi: 3.0.3\n").is_err());
        assert_eq!(named("2026-01.yaml"), "swagger-petstore-v2");
        let numbered = "openapi: 3.0.3\ninfo: {title: 3D models, version: 1}\n";
        assert_eq!(service_of(Path::new("openapi.yaml"), numbered).unwrap(), "api-3d-models");
        assert_eq!(named("test.yaml"), "test-service", "what the generated code needs itself");
        let refused = given("Client").map_err(|error| error.to_string());
        assert!(refused.is_err_and(|why| why.contains("--service client-service")));
    }

    #[test]
    fn documents_that_say_nothing_are_one_service_in_one_folder() {
        let mut names = Names::default();
        let text = |title: &str| format!("openapi: 3.1.0\ninfo: {{title: {title}, version: 1}}\n");
        let mut named = |file: &str, title: &str| names.of(Path::new(file), &text(title)).unwrap();
        assert_eq!(named("shows/openapi.yaml", "Shows"), "shows");
        assert_eq!(named("shows/asyncapi.yaml", "Events of shows"), "shows");
        assert_eq!(named("bookings/openapi.yaml", "Bookings"), "bookings");
        assert_eq!(named("shows/posters.yaml", "Pictures"), "posters");
    }
}
