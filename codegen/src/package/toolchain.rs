//! How functions are built here for an architecture, and what is missing when they cannot be.
//!
//! Three ways: by the machine's own linker for its own architecture, by `cargo zigbuild` where that is installed, and
//! by a cross linker. Decides from what was found; looks at nothing itself but through [`Environment`].

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::model::Architecture;

/// The C library that a build by zig is bound to, which is that of Amazon Linux 2023.
const LIBRARY: &str = "2.34";

/// What a build needs to know of this machine.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    /// The cargo to run.
    pub cargo: OsString,
    /// The rustc to ask for its targets.
    pub rustc: OsString,
    /// Targets for which the environment names a linker.
    pub linked: Vec<&'static str>,
    /// The machine's own architecture; none where Lambda has no such thing, and where the machine runs no Linux.
    pub host: Option<Architecture>,
}

impl Environment {
    /// The environment, by a function that reads its variables, and by what the machine is: `linux`, `x86_64`.
    pub(crate) fn read(
        variable: impl Fn(&str) -> Option<OsString>,
        system: &str,
        machine: &str,
    ) -> Self {
        let linked = [Architecture::Arm64, Architecture::X86_64].map(triple).into_iter();
        let named = |triple: &&str| {
            let name = triple.replace('-', "_").to_uppercase();
            variable(&format!("CARGO_TARGET_{name}_LINKER")).is_some()
        };
        Self {
            cargo: variable("CARGO").unwrap_or_else(|| "cargo".into()),
            rustc: variable("RUSTC").unwrap_or_else(|| "rustc".into()),
            linked: linked.filter(named).collect(),
            host: match (system, machine) {
                ("linux", "x86_64") => Some(Architecture::X86_64),
                ("linux", "aarch64") => Some(Architecture::Arm64),
                _ => None,
            },
        }
    }
}

/// The way in which functions are built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Builder {
    /// What cargo is told to do: `build`, `zigbuild`.
    pub(super) command: &'static str,
    /// `--target`, where it is not the machine's own.
    pub(super) target: Option<String>,
    /// Variables that the build needs.
    pub(super) variables: Vec<(String, String)>,
}

/// What was found on the machine.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// The machine's own architecture.
    host: Option<Architecture>,
    /// Whether rustc has the standard library of the target.
    has_target: bool,
    /// Whether zig and cargo-zigbuild are installed.
    has_zig: bool,
    /// Whether the environment names a linker of the target.
    names_linker: bool,
    /// Whether a cross compiler is installed.
    has_cross: bool,
}

/// How to build for an architecture here, or what is missing and how to get it.
pub(super) fn builder(
    architecture: Architecture,
    environment: &Environment,
) -> Result<Builder, String> {
    let target = triple(architecture);
    let cross = format!("{}-gcc", prefix(architecture));
    let has_zig = answers("zig", &["version"]) || answers("python3", &["-m", "ziglang", "version"]);
    let found = Found {
        host: environment.host,
        has_target: has_target(environment, target),
        has_zig: has_zig && answers("cargo-zigbuild", &["--version"]),
        names_linker: environment.linked.contains(&target),
        has_cross: answers(&cross, &["--version"]),
    };
    decide(architecture, found)
}

fn decide(architecture: Architecture, found: Found) -> Result<Builder, String> {
    let target = triple(architecture);
    let cross = format!("{}-gcc", prefix(architecture));
    let is_host = found.host == Some(architecture);
    let is_buildable =
        is_host || found.has_target && (found.has_zig || found.names_linker || found.has_cross);
    if !is_buildable {
        return Err(missing(architecture, found));
    }
    let plain =
        |command, target: Option<String>| Builder { command, target, variables: Vec::new() };
    if found.has_zig && found.has_target {
        return Ok(plain("zigbuild", Some(format!("{target}.{LIBRARY}"))));
    }
    if is_host {
        return Ok(plain("build", None));
    }
    let mut builder = plain("build", Some(target.to_owned()));
    if !found.names_linker {
        let name = target.replace('-', "_");
        builder.variables = vec![
            (format!("CARGO_TARGET_{}_LINKER", name.to_uppercase()), cross.clone()),
            (format!("CC_{name}"), cross),
        ];
    }
    Ok(builder)
}

fn missing(architecture: Architecture, found: Found) -> String {
    let target = triple(architecture);
    let mut lines = Vec::new();
    if !found.has_target {
        lines.push(format!("Rust's standard library for {target}: `rustup target add {target}`"));
    }
    if !found.has_zig && !found.names_linker && !found.has_cross {
        let package = format!("gcc-{}", prefix(architecture).replace('_', "-"));
        lines.push(format!(
            "a linker for it: `apt-get install {package}`, or zig: `pip install ziglang && cargo install cargo-zigbuild`"
        ));
    }
    let mut text = String::from("this machine lacks");
    for line in lines {
        text.push_str("\n  - ");
        text.push_str(&line);
    }
    if let Some(host) = found.host {
        let host = super::name(host);
        text.push_str(&format!(
            "\nor package for this machine's architecture: `--arch {host}`, and deploy with `Architecture={host}`"
        ));
    }
    text
}

/// Rust's name of the target.
pub(super) fn triple(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::Arm64 => "aarch64-unknown-linux-gnu",
        Architecture::X86_64 => "x86_64-unknown-linux-gnu",
    }
}

/// What the names of cross compilers begin with.
fn prefix(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::Arm64 => "aarch64-linux-gnu",
        Architecture::X86_64 => "x86_64-linux-gnu",
    }
}

/// Whether a command is there and does what it is asked.
fn answers(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn has_target(environment: &Environment, target: &str) -> bool {
    let mut command = Command::new(&environment.rustc);
    command.args(["--print", "target-libdir", "--target", target]).stdin(Stdio::null());
    let Ok(output) = command.output() else { return false };
    // Rustc names the folder of every target that it knows, installed or not.
    output.status.success()
        && PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    const NOTHING: Found = Found {
        host: None,
        has_target: false,
        has_zig: false,
        names_linker: false,
        has_cross: false,
    };

    #[test]
    fn the_machine_builds_for_itself_with_what_it_has() {
        let builder =
            decide(Architecture::X86_64, Found { host: Some(Architecture::X86_64), ..NOTHING })
                .unwrap();
        assert_eq!((builder.command, builder.target), ("build", None));
    }

    #[test]
    fn zig_is_preferred_for_it_binds_the_c_library() {
        let found =
            Found { host: Some(Architecture::X86_64), has_target: true, has_zig: true, ..NOTHING };
        let builder = decide(Architecture::X86_64, found).unwrap();
        assert_eq!(builder.command, "zigbuild");
        assert_eq!(builder.target.unwrap(), "x86_64-unknown-linux-gnu.2.34");
    }

    #[test]
    fn a_cross_compiler_is_told_to_cargo_and_to_c() {
        let found = Found { has_target: true, has_cross: true, ..NOTHING };
        let builder = decide(Architecture::Arm64, found).unwrap();
        let variable = |name: &str| (name.to_owned(), "aarch64-linux-gnu-gcc".to_owned());
        assert_eq!(builder.target.unwrap(), "aarch64-unknown-linux-gnu");
        assert_eq!(
            builder.variables,
            [
                variable("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER"),
                variable("CC_aarch64_unknown_linux_gnu"),
            ]
        );
        let named = Found { names_linker: true, ..found };
        assert_eq!(decide(Architecture::Arm64, named).unwrap().variables, []);
    }

    #[test]
    fn what_is_missing_is_said_and_how_to_get_it() {
        let told = |found| decide(Architecture::Arm64, found).unwrap_err();
        let all = told(NOTHING);
        for part in
            ["rustup target add aarch64-unknown-linux-gnu", "gcc-aarch64-linux-gnu", "ziglang"]
        {
            assert!(all.contains(part), "{part}: {all}");
        }
        let linker = told(Found { has_target: true, ..NOTHING });
        assert!(!linker.contains("rustup") && linker.contains("apt-get"), "{linker}");
        let target = told(Found { has_cross: true, ..NOTHING });
        assert!(target.contains("rustup") && !target.contains("apt-get"), "{target}");
        assert!(!all.contains("--arch"), "{all}");
        let elsewhere = told(Found { host: Some(Architecture::X86_64), ..NOTHING });
        assert!(elsewhere.contains("`--arch x86_64`"), "{elsewhere}");
    }

    #[test]
    fn the_environment_may_name_cargo_and_linkers() {
        let linker = "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER";
        let set = |name: &str| [linker, "CARGO"].contains(&name).then(|| OsString::from("mine"));
        let environment = Environment::read(set, "linux", "aarch64");
        assert_eq!((environment.cargo, environment.rustc), ("mine".into(), "rustc".into()));
        assert_eq!(environment.linked, ["aarch64-unknown-linux-gnu"]);
        assert_eq!(environment.host, Some(Architecture::Arm64));
        for (system, machine) in [("macos", "aarch64"), ("linux", "riscv64")] {
            assert_eq!(Environment::read(set, system, machine).host, None);
        }
    }
}
