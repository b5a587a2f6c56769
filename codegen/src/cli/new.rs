//! `new`: a workspace that builds, tests and serves, from nothing or from contracts that exist.
//!
//! Owns what it is called, where it goes and what is told of it. Its files are [`crate::scaffold`]'s and
//! [`crate::emit`]'s. Nothing that is there is ever replaced, so it may be repeated, and interrupted at any point.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::arguments::{Arguments, NewSystem};
use super::report::{CheckReport, count};
use super::{Exit, adopt, origin, print, tell};
use crate::diag::Severity;
use crate::emit::{self, CrateFolders, Crates, Rules};
use crate::model::System;
use crate::output::{self, New};
use crate::read::{self, Fetched};
use crate::scaffold::{EXAMPLE, Plan};
use crate::source::SourceMap;
use crate::text::{FileSet, shell_word};

/// The folder of generated files in a new workspace.
const GENERATED: &str = "generated";

/// Makes the workspace.
pub(super) fn run(arguments: &Arguments, wanted: &NewSystem) -> Result<Exit> {
    let mut adopted = adopt::read(&wanted.from, wanted.service.as_deref())?;
    let target = target(wanted, &adopted)?;
    if target.is_symlink() && !target.exists() {
        let path = shown(&target);
        bail!("{path} is a symbolic link to nothing; remove it, or name another folder");
    }
    let name = name_of(&target)?;
    let plan = Plan { name, source: origin::source(wanted)?, is_example: wanted.from.is_empty() };
    if wanted.skip_invalid_workflows {
        leave_out(arguments, &mut adopted)?;
    }
    let contracts = if plan.is_example { plan.example() } else { adopted.files.clone() };
    let sources = sources_of(&contracts)?;
    let resolved = crate::resolve(&sources);
    let Some(system) = resolved.system else {
        let mut report = CheckReport::new(adopted.named(&sources), GENERATED);
        report.diagnostics = adopted.said(resolved.diagnostics);
        tell(arguments, &report)?;
        if !plan.is_example {
            let mut faulty: Vec<String> = report
                .diagnostics
                .iter()
                .filter(|one| one.severity == Severity::Error)
                .map(|one| report.sources.file(one.primary.span.file).path.clone())
                .collect();
            faulty.sort();
            faulty.dedup();
            let skip = match faulty.iter().all(|path| adopted.is_workflows(path)) {
                true => ", or leave out the workflows with errors by `--skip-invalid-workflows`",
                false => "",
            };
            eprintln!("nothing was written: fix {}{skip}", faulty.join(", "));
        }
        return Ok(Exit::Refused);
    };
    let rules = if wanted.mock { Rules::Mocked } else { Rules::Open };
    let (mut made, open) = made(&plan, &contracts, &sources, &system, rules);
    let lock = origin::lock_file(wanted)?;
    made.seeds.extend(lock.map(|text| ("Cargo.lock".to_owned(), text)));
    let written = output::write_new(&target, &made)?;
    if !arguments.quiet {
        print(&format!(
            "created {}: {}; {} written, {} already existed\n",
            shown(&target),
            told_services(&system),
            count(written.n_written, "file"),
            written.n_unchanged
        ))?;
        print(&findings(&target)?)?;
        if wanted.mock {
            print(&without_example(&open))?;
        }
        print(&next_steps(&plan, &target, &open, (rules, &system)))?;
    }
    Ok(Exit::Clean)
}

/// Leaves out the workflows with errors, and says which and why.
fn leave_out(arguments: &Arguments, adopted: &mut adopt::Adopted) -> Result<()> {
    let sources = sources_of(&adopted.files)?;
    let (left, errors) = adopt::leave_out(adopted)?;
    if left.is_empty() {
        return Ok(());
    }
    let mut report = CheckReport::new(adopted.named(&sources), GENERATED);
    report.diagnostics = adopted.said(errors);
    tell(arguments, &report)?;
    for one in left {
        let all = ": errors outside of its workflows, or in each of them";
        let ids: Vec<&str> = one.workflows.iter().map(String::as_str).collect();
        match ids.is_empty() {
            true => eprintln!("left out: {}{all}", one.document),
            false => eprintln!("left out of {}: {}", one.document, ids.join(", ")),
        }
    }
    Ok(())
}

/// The folder to make: the one that is named, or one that is called after the contracts.
fn target(wanted: &NewSystem, adopted: &adopt::Adopted) -> Result<PathBuf> {
    let path = match (&wanted.name, adopted.services.first()) {
        (Some(name), _) => name.clone(),
        (None, Some(service)) => PathBuf::from(service),
        (None, None) => bail!(
            "name the new system, such as `codegen new library`, or pass existing contracts with --from"
        ),
    };
    std::path::absolute(&path).with_context(|| format!("cannot find {}", path.display()))
}

/// The name of the folder as packages and stacks can have it.
fn name_of(target: &Path) -> Result<String> {
    // `.` and `a/..` name a folder, too.
    let whole = target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let folder = whole.file_name().map(|name| name.to_string_lossy().into_owned());
    let folder = folder.unwrap_or_default();
    let name = folder.to_lowercase().replace(['_', ' ', '.'], "-");
    let is_fit = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !name.ends_with('-')
        && !name.contains("--");
    if !is_fit || name.len() > 40 {
        bail!(
            "`{folder}` cannot be used in names of packages and stacks; use a letter, then letters, digits and single `-`, at most 40"
        );
    }
    Ok(name)
}

/// The contracts among files, as they are read from disk.
pub(super) fn sources_of(files: &FileSet) -> Result<SourceMap> {
    let documents: BTreeSet<String> = files
        .iter()
        .map(|(path, _)| path)
        .filter(|path| path.starts_with("spec/") && crate::lower::is_read(path))
        .map(str::to_owned)
        .collect();
    read::gather(documents, |path| {
        Ok(files.get(path).map_or(Fetched::Nothing, |text| Fetched::Text(text.to_owned())))
    })
}

/// Every file of the workspace, and the operations that fail until they are implemented.
fn made(
    plan: &Plan,
    contracts: &FileSet,
    sources: &SourceMap,
    system: &System,
    rules: Rules,
) -> (New, Vec<String>) {
    let crates = Crates { prefix: plan.prefix(), ..Crates::default() };
    let crates = Crates { package: packages(&crates), ..crates };
    let place =
        CrateFolders { services: "services".to_owned(), generated: format!("../../{GENERATED}") };
    let mut files = plan.workspace();
    for (path, text) in contracts.iter() {
        files.insert(path, text);
    }
    let mut open = Vec::new();
    for service in &system.services {
        let skeleton = emit::skeleton(service, &crates, &place, rules, None);
        open.extend(skeleton.open);
        for (path, text) in skeleton.files.iter() {
            let path = format!("services/{path}");
            if files.get(&path).is_none() {
                files.insert(path, text);
            }
        }
    }
    for (path, text) in emit::own_authorizer(system, &crates, &place, rules).iter() {
        files.insert(format!("services/{path}"), text);
    }
    let generated = crate::generate(sources, system, &crates);
    let template = generated.get("infra/template.yaml").unwrap_or_default();
    for (path, text) in plan.stages(template).iter() {
        files.insert(path, text);
    }
    let new = New {
        files,
        seeds: Vec::new(),
        generated: vec![
            (GENERATED.to_owned(), generated),
            (super::teach::SCHEMAS.to_owned(), crate::editor::schemas()),
        ],
    };
    (new, open)
}

/// What `check` says of the contracts, counted, and what is not generated as they are written, by code.
fn findings(target: &Path) -> Result<String> {
    let found = super::found(target.join("spec"), target.join(GENERATED))?;
    if found.is_empty() {
        return Ok(String::new());
    }
    let n = |severity| found.iter().filter(|one| one.severity == severity).count();
    let mut out = format!(
        "the contracts have {}, {} and {}; `codegen check` lists them\n",
        count(n(Severity::Error), "error"),
        count(n(Severity::Warning), "warning"),
        count(n(Severity::Note), "note")
    );
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &found {
        let is_told = one.severity == Severity::Warning
            && crate::lint::rule(one.code).is_some_and(|rule| !rule.is_lint());
        if is_told {
            *counts.entry(one.code).or_default() += 1;
        }
    }
    if !counts.is_empty() {
        let each: Vec<String> =
            counts.iter().map(|(code, count)| format!("{code} ({count})")).collect();
        out.push_str(&format!(
            "  without effect, or not read as written: {}; `codegen explain CODE` says more\n",
            each.join(", ")
        ));
    }
    Ok(out)
}

/// Which operations of a mock have no example to return.
fn without_example(open: &[String]) -> String {
    const MAX_SHOWN: usize = 5;
    if open.is_empty() {
        return String::new();
    }
    let shown: Vec<&str> = open.iter().take(MAX_SHOWN).map(String::as_str).collect();
    let more = match open.len().saturating_sub(MAX_SHOWN) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    format!(
        "no example could be made for the responses of {}{more}: add an `example` to them; until then they return 500\n",
        shown.join(", ")
    )
}

/// The keys that the new workspace shares with its packages.
fn packages(crates: &Crates) -> Vec<String> {
    crates.package.iter().filter(|line| !line.starts_with("license")).cloned().collect()
}

fn told_services(system: &System) -> String {
    let names: Vec<_> = system.services.iter().map(|service| service.name.wire.as_str()).collect();
    let n_operations: usize = system.services.iter().map(|one| one.operations.len()).sum();
    let (services, operations) = (count(names.len(), "service"), count(n_operations, "operation"));
    format!(
        "{services} ({}), {operations}, {}",
        names.join(", "),
        count(super::report::n_events(system), "event")
    )
}

fn next_steps(
    plan: &Plan,
    target: &Path,
    open: &[String],
    (rules, system): (Rules, &System),
) -> String {
    let here = std::env::current_dir().ok();
    let enter = if here.as_deref() == Some(target) {
        String::new()
    } else {
        format!("  cd {}\n", shell_word(&shown(target)))
    };
    let rules = if plan.is_example {
        format!("  $EDITOR services/{EXAMPLE}/src/add_note.rs       a sample business rule\n")
    } else {
        let mocked = match rules {
            Rules::Mocked => format!(
                "  {:<45}operations that return the contract's example\n  {:<45}load-test them\n",
                "grep -rl 'const EXAMPLE' services",
                format!("cargo run -p {}loadtest", plan.prefix()),
            ),
            Rules::Open => String::new(),
        };
        let todo = match open.len() {
            0 => String::new(),
            n => format!(
                "  grep -rl 'not implemented yet' services      {} to implement, a file each; until then they return 500\n",
                count(n, "operation")
            ),
        };
        let own: Vec<&str> = match rules {
            Rules::Open if system.has_authorizer() => {
                system.own_schemes().iter().map(|(scheme, _)| scheme.name.as_str()).collect()
            }
            _ => Vec::new(),
        };
        let own = match own.is_empty() {
            true => String::new(),
            false => format!(
                "  $EDITOR services/authorizer/src/main.rs      verify the credentials of {}; until then their callers get 500\n",
                own.join(", ")
            ),
        };
        format!("{mocked}{todo}{own}")
    };
    format!(
        "\nNext:\n{enter}  codegen dev                                  run it locally, and reload saved files\n  \
         cargo test                                   test the system on a local stage\n{rules}  \
         codegen add --help                           add services, operations, events and tables\n"
    )
}

fn shown(path: &Path) -> String {
    super::package::shown(path)
}
