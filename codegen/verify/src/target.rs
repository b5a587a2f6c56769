//! What is verified: a stage of our own on this machine, or a deployed one by its URL.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use stage::cli::issuer_of;
use stage::{Issuer, Stage, StageOptions, build_functions_of, built_folder};

use crate::callers::Callers;

/// A stage that answers.
pub(crate) enum Target {
    /// One of our own, which ends with the run.
    Local(Box<Stage>),
    /// A deployed one.
    Deployed(String),
}

/// Where a stage of our own comes from.
pub(crate) struct Local {
    /// The template to stand up.
    pub(crate) template: PathBuf,
    /// Whether the functions are built first.
    pub(crate) build: bool,
}

impl Target {
    /// The stage that `name` says: `local`, or a URL.
    ///
    /// # Errors
    /// The functions do not build, or the stage does not start.
    pub(crate) async fn start(name: &str, local: &Local) -> anyhow::Result<Self> {
        if name != "local" {
            if !name.starts_with("http://") && !name.starts_with("https://") {
                if name.contains("://") {
                    bail!("`{name}` is not a URL of HTTP or HTTPS");
                }
                bail!(
                    "`{name}` is neither `local` nor a URL; to compare what runs as the stack `{name}` with the \
                     contracts, use `codegen drift {name}`; to send requests, give the URL of its API"
                );
            }
            return Ok(Self::Deployed(name.to_owned()));
        }
        let template = &local.template;
        if !template.is_file() {
            bail!(
                "the template {} does not exist; generate it, or name one with --template",
                template.display()
            );
        }
        let bin_dir = match local.build {
            true => build_functions_of(&workspace(template), std::slice::from_ref(template))?,
            false => built_folder(&workspace(template)),
        };
        let options = StageOptions { bin_dir, ..StageOptions::new(template.clone()) };
        let stage = Stage::start(options).await.context("the stage did not start")?;
        Ok(Self::Local(Box::new(stage)))
    }

    /// Its base URL.
    pub(crate) fn url(&self) -> &str {
        match self {
            Self::Local(stage) => stage.api_url(),
            Self::Deployed(url) => url,
        }
    }

    /// The credentials that operations are called with. A stage of this workspace that runs on this machine takes tokens of
    /// the workspace's issuer.
    ///
    /// # Errors
    /// The machine has no randomness for keys.
    pub(crate) fn callers(
        &self,
        token: Option<String>,
        workspace: &Path,
    ) -> anyhow::Result<Callers> {
        let (issuer, api_key) = match self {
            Self::Local(stage) => {
                (Some(stage.issuer().clone()), stage.api_key("ClientApiKey").map(str::to_owned))
            }
            Self::Deployed(url) => (issuer_of(url, workspace), None),
        };
        let issuers = match (&token, issuer) {
            (None, Some(issuer)) => Some((issuer, Issuer::generate()?)),
            _ => None,
        };
        Ok(Callers { issuers, token, api_key, ..Callers::default() })
    }

    /// Ends what was started.
    pub(crate) async fn shutdown(self) {
        if let Self::Local(stage) = self {
            stage.shutdown().await;
        }
    }
}

/// The workspace around a template: the nearest folder above it with a manifest, or the current one.
fn workspace(template: &Path) -> PathBuf {
    let whole = template.canonicalize().unwrap_or_else(|_| template.to_owned());
    let found = whole.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").is_file());
    found.map_or_else(|| PathBuf::from("."), Path::to_owned)
}
