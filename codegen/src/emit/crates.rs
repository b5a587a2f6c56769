//! How generated crates fit into the workspace that they are written into.
//!
//! Owns what their manifests say beyond the contracts: names, the keys of `[package]`, lints, and where `runtime` comes
//! from. Reads no manifest itself: the command line does.

/// What the manifests of generated crates say. The default takes everything from the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crates {
    /// Put before the name of each package: `library-` makes `library-client`.
    pub prefix: String,
    /// The lines of `[package]` after the name: `version.workspace = true`.
    pub package: Vec<String>,
    /// Whether the workspace has lints, which generated crates keep then.
    pub inherits_lints: bool,
    /// The dependency on the runtime, as TOML has it: `runtime.workspace = true`.
    pub runtime: String,
    /// The dependency on the harness of load tests: `harness.workspace = true`. Without one, workflows come to no code.
    pub harness: Option<String>,
    /// The dependency on the local stage, for tests of rules: `stage.workspace = true`.
    pub stage: Option<String>,
}

impl Default for Crates {
    fn default() -> Self {
        let keys = ["version", "edition", "rust-version", "license", "publish"];
        Self {
            prefix: String::new(),
            package: keys.iter().map(|key| format!("{key}.workspace = true")).collect(),
            inherits_lints: true,
            runtime: "runtime.workspace = true".to_owned(),
            harness: Some("harness.workspace = true".to_owned()),
            stage: Some("stage.workspace = true".to_owned()),
        }
    }
}

impl Crates {
    /// The name of a package.
    pub(super) fn name(&self, of: &str) -> String {
        format!("{}{of}", self.prefix)
    }

    /// The dependency on the client crate, from a crate beside it.
    pub(super) fn client(&self) -> String {
        match self.prefix.is_empty() {
            true => "client = { path = \"../client\" }".to_owned(),
            false => {
                format!(
                    "client = {{ package = \"{}\", path = \"../client\" }}",
                    self.name("client")
                )
            }
        }
    }

    /// The dependency on a contract crate, from a crate beside it. Code calls it by the name without a prefix.
    pub(super) fn contract(&self, service: &str) -> String {
        let package = if self.prefix.is_empty() {
            String::new()
        } else {
            format!("package = \"{}\", ", self.name(&contract_name(service)))
        };
        format!("{} = {{ {package}path = \"../{service}\" }}", contract_name(service))
    }
}

/// The name of a service's contract crate.
pub(super) fn contract_name(service: &str) -> String {
    format!("{service}-contract")
}
