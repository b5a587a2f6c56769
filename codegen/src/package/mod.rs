//! Packaging of functions for deployment: built for size, each as `bootstrap` in its own folder and in an archive
//! next to it.
//!
//! The stages are `plan → build → inspect → write`. `toolchain` knows what can be built on this machine, `build` runs
//! cargo, `elf` checks that the result runs on Lambda, and `zip` creates the archive. The same binary gives the same
//! bytes. Files that are up to date are not written again, so unchanged functions are not uploaded again.

mod build;
mod elf;
mod toolchain;
mod zip;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, bail};

use crate::model::{Architecture, System};
pub(crate) use build::executables;
pub(crate) use toolchain::Environment;

/// What Lambda runs in the folder of a function.
const BOOTSTRAP: &str = "bootstrap";

/// The time of every packaged file, in seconds since 1970: tools that make archives of their own put it into them, and
/// an archive that differs in nothing but times would be deployed anew. Archives cannot say anything before 1980.
const PACKAGED_AT_SECONDS: u64 = 946_728_000;

/// A function to package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// The function's name, which is the binary's and the folder's.
    pub function: String,
    /// What it is built for.
    pub architecture: Architecture,
}

/// A function that is packaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Packaged {
    /// The function's name.
    pub function: String,
    /// What it is built for.
    pub architecture: Architecture,
    /// The size of the binary.
    pub binary_bytes: u64,
    /// The size of the archive.
    pub archive_bytes: u64,
    /// The archive.
    pub archive: PathBuf,
    /// Whether it was there already, byte by byte.
    pub is_unchanged: bool,
}

/// The functions of a system, by name, for one architecture or each for what its contract says.
#[must_use]
pub(crate) fn items(system: &System, architecture: Option<Architecture>) -> Vec<Item> {
    let authorizer = system.authorizer();
    let functions = system.services.iter().flat_map(|service| &service.functions);
    let mut items: Vec<_> = functions
        .chain(&authorizer)
        .map(|function| Item {
            function: function.name.wire.clone(),
            architecture: architecture.unwrap_or(function.settings.architecture),
        })
        .collect();
    items.sort_by(|a, b| a.function.cmp(&b.function));
    items
}

/// What the rest of the world calls an architecture.
#[must_use]
pub(crate) fn name(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::Arm64 => "arm64",
        Architecture::X86_64 => "x86_64",
    }
}

/// Builds functions of the workspace and packages them below `folder`. Cargo tells its progress on standard error.
///
/// # Errors
/// When the machine lacks what a build for the architecture needs (nothing is built then), a build fails, a binary
/// would not run on Lambda, or a file cannot be written.
pub(crate) fn package(
    workspace: &Path,
    folder: &Path,
    items: &[Item],
    environment: &Environment,
) -> Result<Vec<Packaged>> {
    if !workspace.join("Cargo.toml").is_file() {
        bail!(
            "{} is not a Cargo workspace; functions are built in the workspace that contains the contracts",
            workspace.display()
        );
    }
    let mut packaged = Vec::with_capacity(items.len());
    let of = |architecture| -> Vec<_> {
        let names = items.iter().filter(move |item| item.architecture == architecture);
        names.map(|item| item.function.as_str()).collect()
    };
    let groups = [Architecture::Arm64, Architecture::X86_64]
        .map(|architecture| (architecture, of(architecture)));
    let mut builds = Vec::new();
    for (architecture, functions) in groups.iter().filter(|(_, functions)| !functions.is_empty()) {
        let builder = toolchain::builder(*architecture, environment).map_err(|missing| {
            let names = functions.join(", ");
            anyhow::anyhow!("{names} cannot be built for {}: {missing}", name(*architecture))
        })?;
        builds.push((*architecture, functions, builder));
    }
    for (architecture, functions, builder) in builds {
        for (function, binary) in build::build(workspace, functions, &builder, environment)? {
            let bytes =
                fs::read(&binary).with_context(|| format!("cannot read {}", binary.display()))?;
            elf::check(&bytes, architecture)
                .map_err(|fault| anyhow::anyhow!("{function} would not run on Lambda: {fault}"))?;
            packaged.push(write(folder, &function, architecture, &bytes)?);
        }
    }
    packaged.sort_by(|a, b| a.function.cmp(&b.function));
    Ok(packaged)
}

/// A name of a release: the same for the same code, templates and settings.
///
/// # Errors
/// A template or an archive cannot be read.
pub(crate) fn release(
    templates: &[PathBuf],
    packaged: &[Packaged],
    parameters: &[String],
) -> Result<String> {
    let read =
        |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let mut bytes = Vec::new();
    for template in templates {
        bytes.extend(read(template)?);
    }
    bytes.extend(parameters.join("\n").bytes());
    for one in packaged {
        bytes.extend(sum(read(&one.archive)?).to_be_bytes());
    }
    Ok(format!("{:016x}", sum(bytes)))
}

/// FNV-1a, 64 bits.
fn sum(bytes: Vec<u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Writes `<folder>/<function>/bootstrap` and `<folder>/<function>.zip`.
fn write(
    folder: &Path,
    function: &str,
    architecture: Architecture,
    binary: &[u8],
) -> Result<Packaged> {
    let archive = folder.join(format!("{function}.zip"));
    let bytes = zip::archive(BOOTSTRAP, binary)
        .with_context(|| format!("cannot create the archive of the function {function}"))?;
    let place = folder.join(function);
    fs::create_dir_all(&place).with_context(|| format!("cannot create {}", place.display()))?;
    write_if_new(&place.join(BOOTSTRAP), binary, true)?;
    let is_unchanged = !write_if_new(&archive, &bytes, false)?;
    Ok(Packaged {
        function: function.to_owned(),
        architecture,
        binary_bytes: binary.len() as u64,
        archive_bytes: bytes.len() as u64,
        archive,
        is_unchanged,
    })
}

/// Puts a program under its name into a folder, as a link to the same bytes: what runs there goes on with the old ones.
/// One that is there already stays as it is.
///
/// # Errors
/// When the folder cannot be written to.
pub(crate) fn set_aside(program: &Path, folder: &Path) -> Result<()> {
    let Some(name) = program.file_name() else { bail!("{} is not a program", program.display()) };
    let place = folder.join(name);
    let about = || format!("cannot move {} aside", program.display());
    let (now, then) = (program.metadata().with_context(about)?, place.metadata());
    if then.is_ok_and(|then| then.len() == now.len() && then.modified().ok() == now.modified().ok())
    {
        return Ok(());
    }
    fs::create_dir_all(folder).with_context(about)?;
    let beside = folder.join(format!(".{}.new", name.to_string_lossy()));
    // What an interrupted run left is in the way of a link.
    let _ = fs::remove_file(&beside);
    if fs::hard_link(program, &beside).is_err() {
        fs::copy(program, &beside).with_context(about)?;
    }
    fs::rename(&beside, &place).with_context(about)
}

/// Writes a file unless it holds these bytes already, and says whether it did. Never half a file: a deployment may be
/// reading it.
fn write_if_new(path: &Path, bytes: &[u8], is_program: bool) -> Result<bool> {
    match fs::read(path) {
        Ok(found) if found == bytes => return Ok(false),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", path.display()));
        }
    }
    let whole = || -> std::io::Result<()> {
        let part = path.with_extension("part");
        let mut file = fs::File::create(&part)?;
        std::io::Write::write_all(&mut file, bytes)?;
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(PACKAGED_AT_SECONDS))?;
        drop(file);
        if is_program {
            make_executable(&part)?;
        }
        fs::rename(part, path)
    };
    whole().with_context(|| format!("cannot write {}", path.display()))?;
    Ok(true)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

/// Elsewhere the mode stands in the archive only.
#[cfg(not(unix))]
fn make_executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}
