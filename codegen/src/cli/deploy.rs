//! `deploy`: a stage on AWS, or on whatever answers at `AWS_ENDPOINT_URL`.
//!
//! Owns the commands of the AWS command line that it takes: `cloudformation package` uploads the archives, `deploy`
//! makes or changes the stack, `describe-stacks` tells what it is called now. Credentials, region and endpoint are
//! theirs, as everywhere.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use super::arguments::{Arch, Arguments, Deployment};
use super::settings::{self, Settings};
use super::stages::ARCHITECTURE;
use super::{Exit, Folders, package, print, stack, stages};
use crate::model::System;
use crate::output;
use crate::read;
use crate::source::SourceMap;
use crate::text::shell_word;

/// What stands for the release where nothing is built.
const RELEASE: &str = "RELEASE";

/// Packages the functions and deploys them.
pub(super) fn run(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    deployment: &Deployment,
) -> Result<Exit> {
    let settings = read_settings(folders, &deployment.stage)?;
    if deployment.stack.is_none() {
        check_stack(folders, &deployment.stage, &settings)?;
    }
    let environment = package::environment();
    let mut plan = Plan::of(deployment, settings, package::of_host(&environment))?;
    stages::check_given(folders, &plan.parameters)?;
    if deployment.print {
        if crate::resolve(&sources).system.as_ref().is_some_and(has_releases) {
            plan.release(RELEASE.to_owned());
        }
        print(&plan.script(folders))?;
        return Ok(Exit::Clean);
    }
    let contracts = sources.clone();
    let Some(system) = package::fresh(arguments, folders, sources)? else {
        return Ok(Exit::Refused);
    };
    let packaged = package::make(folders, &system, plan.arch, &environment)?;
    if !arguments.quiet {
        print(&package::lines(&packaged))?;
    }
    if has_releases(&system) {
        let files = crate::emit::template_files(&system);
        let templates: Vec<_> = files.iter().map(|file| folders.out.join(file)).collect();
        plan.release(crate::package::release(&templates, &packaged, &plan.parameters)?);
    }
    let [upload, deploy, outputs] = &plan.commands(folders);
    run_aws(upload)?;
    keep_contracts(&plan.packaged(folders), &contracts)?;
    run_aws(deploy)?;
    run_aws(outputs)?;
    Ok(Exit::Clean)
}

/// Whether functions have versions, of which a release makes new ones.
fn has_releases(system: &System) -> bool {
    system
        .services
        .iter()
        .flat_map(|one| &one.functions)
        .any(|function| function.settings.live.is_some())
}

/// Puts the contracts into the metadata of the template that is deployed, for `diff stack:NAME`.
fn keep_contracts(packaged: &Path, contracts: &SourceMap) -> Result<()> {
    let Some(template) = read::text_if_there(packaged)? else {
        bail!("`aws cloudformation package` did not write {}", packaged.display());
    };
    match stack::with_contracts(&template, contracts)? {
        Some(text) => output::replace(packaged, &template, &text),
        None => print(
            "the contracts are not stored in the template's metadata, because the template would be too large\n",
        ),
    }
}

fn read_settings(folders: &Folders, stage: &str) -> Result<Settings> {
    if stage.contains(['/', '\\']) || stage.starts_with('.') {
        bail!("`{stage}` is not a stage; use the name of a file in infra/stages, without `.toml`");
    }
    let stages = package::workspace(folders).join("infra/stages");
    let name = format!("{stage}.toml");
    let mut files = SourceMap::default();
    let file = match stages.is_dir() {
        true => read::add_beside(&mut files, &stages, &name)?,
        false => None,
    };
    let Some(file) = file else {
        let path = package::shown(&stages.join(name));
        bail!("the stage `{stage}` has no settings: write `stack = \"NAME\"` in {path}");
    };
    let (file, name) = (files.file(file), package::shown(&stages.join(name)));
    match &file.fault {
        Some(fault) => bail!("{name} cannot be read: {}", fault.why),
        None => settings::parse(&name, &file.text),
    }
}

/// Refuses the stack of another stage, which would get the parameters of this one.
fn check_stack(folders: &Folders, stage: &str, settings: &Settings) -> Result<()> {
    let folder = package::workspace(folders).join("infra/stages");
    let stack = settings.stack.as_deref().unwrap_or_default();
    if let Some(other) = stages::stage_of_stack(&folder, stage, stack) {
        bail!(
            "`{stack}` is the stack of the stages `{stage}` and `{other}`: set another `stack` in \
             infra/stages/{stage}.toml, or pass --stack"
        );
    }
    Ok(())
}

/// What is deployed where.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plan {
    stage: String,
    stack: String,
    bucket: String,
    arch: Arch,
    /// `Name=value`
    parameters: Vec<String>,
    tags: Vec<String>,
}

impl Plan {
    /// What the command line says goes before the settings, and those before what this machine is.
    fn of(deployment: &Deployment, settings: Settings, host: Arch) -> Result<Self> {
        let stage = deployment.stage.clone();
        let file = format!("infra/stages/{stage}.toml");
        let Some(stack) = deployment.stack.clone().or(settings.stack) else {
            bail!("the stack name is missing: pass --stack, or set `stack` in {file}");
        };
        let Some(bucket) = deployment.bucket.clone().or(settings.bucket) else {
            bail!(
                "the bucket for the archives is missing: pass --bucket, or set `bucket` in {file}"
            );
        };
        let mut parameters = settings.parameters;
        parameters.extend(deployment.parameter.iter().cloned());
        let arch = match (deployment.arch, parameters.get(ARCHITECTURE).map(String::as_str)) {
            (Some(arch), _) => arch,
            (None, None) => host,
            (None, Some("arm64")) => Arch::Arm64,
            (None, Some("x86_64")) => Arch::X86_64,
            (None, Some("contract")) => Arch::Contract,
            (None, Some(other)) => {
                bail!("{ARCHITECTURE} is `{other}`, but must be arm64, x86_64 or contract")
            }
        };
        let name = match arch {
            Arch::Arm64 => "arm64",
            Arch::X86_64 => "x86_64",
            Arch::Contract => "contract",
        };
        // Functions that say one machine and were built for another end at their first instruction.
        parameters.insert(ARCHITECTURE.to_owned(), name.to_owned());
        let pair = |(name, value): (String, String)| format!("{name}={value}");
        Ok(Self {
            stage,
            stack,
            bucket,
            arch,
            parameters: parameters.into_iter().map(pair).collect(),
            tags: settings.tags.into_iter().map(pair).collect(),
        })
    }

    /// Says what is released, unless the stage or the command line does.
    fn release(&mut self, release: String) {
        if !self.parameters.iter().any(|one| one.starts_with("Release=")) {
            self.parameters.push(format!("Release={release}"));
        }
    }

    /// The commands as a shell takes them, with what `deploy` does besides them.
    fn script(&self, folders: &Folders) -> String {
        let [upload, deploy, outputs] = self.commands(folders).map(|command| shell(&command));
        let packaged = package::shown(&self.packaged(folders));
        let mut notes = format!(
            "# `codegen deploy` also stores the contracts in {packaged} before the next command. Without them, `codegen diff stack:{}` fails.\n",
            self.stack
        );
        if self.parameters.iter().any(|one| *one == format!("Release={RELEASE}")) {
            notes.push_str(&format!(
                "# Replace {RELEASE} by a text that differs for each release; `codegen deploy` uses a digest of the packages.\n"
            ));
        }
        format!("{upload}\n{notes}{deploy}\n{outputs}\n")
    }

    /// The template as it is deployed.
    fn packaged(&self, folders: &Folders) -> PathBuf {
        package::archives(folders).join(format!("packaged-{}.yaml", self.stage))
    }

    /// The commands, in their order.
    fn commands(&self, folders: &Folders) -> [Vec<String>; 3] {
        let template = package::shown(&folders.out.join("infra/template.yaml"));
        let packaged = package::shown(&self.packaged(folders));
        let command = |words: &[&str]| -> Vec<String> {
            ["aws", "cloudformation"].iter().chain(words).map(|word| (*word).to_owned()).collect()
        };
        let upload = command(&[
            "package",
            "--template-file",
            &template,
            "--s3-bucket",
            &self.bucket,
            "--output-template-file",
            &packaged,
        ]);
        let mut deploy = command(&[
            "deploy",
            "--template-file",
            &packaged,
            "--s3-bucket",
            &self.bucket,
            "--stack-name",
            &self.stack,
            "--capabilities",
            "CAPABILITY_IAM",
            "--no-fail-on-empty-changeset",
            "--parameter-overrides",
        ]);
        deploy.extend(self.parameters.iter().cloned());
        if !self.tags.is_empty() {
            deploy.push("--tags".to_owned());
            deploy.extend(self.tags.iter().cloned());
        }
        let outputs = command(&[
            "describe-stacks",
            "--stack-name",
            &self.stack,
            "--query",
            "Stacks[0].Outputs[].[OutputKey,OutputValue]",
            "--output",
            "text",
        ]);
        [upload, deploy, outputs]
    }
}

fn run_aws(command: &[String]) -> Result<()> {
    let Some((program, rest)) = command.split_first() else { return Ok(()) };
    let status = Command::new(Path::new(program)).args(rest).stdin(Stdio::null()).status();
    let status = status.map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow::anyhow!(
            "the AWS CLI is not installed: run `pip install awscli`, or use `--print` to print the commands only"
        ),
        _ => anyhow::Error::new(error).context("cannot start the AWS CLI"),
    })?;
    if !status.success() {
        let told = rest.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(" ");
        bail!("`{program} {told}` failed; see its output above");
    }
    Ok(())
}

/// A command as a shell takes it.
fn shell(command: &[String]) -> String {
    command.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    fn deployment() -> Deployment {
        Deployment {
            stage: "dev".to_owned(),
            bucket: Some("artifacts".to_owned()),
            stack: None,
            parameter: Vec::new(),
            arch: None,
            print: false,
        }
    }

    fn settings() -> Settings {
        let text = "stack = \"shop-dev\"\nbucket = \"other\"\n[parameters]\nStageName = \"dev\"\n[tags]\nteam = \"a b\"\n";
        settings::parse("dev.toml", text).unwrap()
    }

    #[test]
    fn the_command_line_goes_before_the_settings() {
        let plan = Plan::of(&deployment(), settings(), Arch::X86_64).unwrap();
        assert_eq!((plan.stack.as_str(), plan.bucket.as_str()), ("shop-dev", "artifacts"));
        assert_eq!(plan.parameters, ["Architecture=x86_64", "StageName=dev"]);
        let more = Deployment {
            stack: Some("mine".to_owned()),
            parameter: vec![("StageName".to_owned(), "qa".to_owned())],
            arch: Some(Arch::Contract),
            ..deployment()
        };
        let plan = Plan::of(&more, settings(), Arch::X86_64).unwrap();
        assert_eq!(plan.stack, "mine");
        assert_eq!(plan.parameters, ["Architecture=contract", "StageName=qa"]);
    }

    #[test]
    fn printed_commands_say_what_deploy_does_besides_them() {
        let mut plan = Plan::of(&deployment(), settings(), Arch::X86_64).unwrap();
        let folders =
            Folders { spec: "spec".into(), out: "generated".into(), out_name: String::new() };
        let notes = |plan: &Plan| {
            let script = plan.script(&folders);
            script.lines().filter(|line| line.starts_with("# ")).count()
        };
        assert_eq!(notes(&plan), 1);
        assert!(plan.script(&folders).contains("`codegen diff stack:shop-dev` fails"));
        plan.release(RELEASE.to_owned());
        assert_eq!(notes(&plan), 2);
    }

    #[test]
    fn a_release_is_named_unless_somebody_did() {
        let mut plan = Plan::of(&deployment(), settings(), Arch::X86_64).unwrap();
        plan.release("5f2a".to_owned());
        plan.release("other".to_owned());
        assert_eq!(plan.parameters, ["Architecture=x86_64", "StageName=dev", "Release=5f2a"]);
    }

    #[test]
    fn functions_are_built_for_what_the_settings_say() {
        let set = |architecture: &str| {
            let mut settings = settings();
            settings.parameters.insert(ARCHITECTURE.to_owned(), architecture.to_owned());
            Plan::of(&deployment(), settings, Arch::X86_64)
        };
        assert_eq!(set("arm64").unwrap().arch, Arch::Arm64);
        assert!(set("mips").unwrap_err().to_string().contains("mips"));
    }

    #[test]
    fn a_name_that_is_missing_is_asked_for() {
        let nothing = Deployment { bucket: None, ..deployment() };
        for (settings, says) in [
            (Settings::default(), "--stack"),
            (Settings { stack: Some("shop".to_owned()), ..Settings::default() }, "--bucket"),
        ] {
            let error = Plan::of(&nothing, settings, Arch::X86_64).unwrap_err().to_string();
            assert!(error.contains(says) && error.contains("infra/stages/dev.toml"), "{error}");
        }
    }

    #[test]
    fn the_commands_are_those_of_the_aws_command_line() {
        let folders =
            Folders { spec: "spec".into(), out: "/shop/generated".into(), out_name: String::new() };
        let plan = Plan::of(&deployment(), settings(), Arch::X86_64).unwrap();
        assert_eq!(
            plan.commands(&folders).map(|command| shell(&command)),
            [
                "aws cloudformation package --template-file /shop/generated/infra/template.yaml --s3-bucket artifacts \
             --output-template-file /shop/target/lambda/packaged-dev.yaml",
                "aws cloudformation deploy --template-file /shop/target/lambda/packaged-dev.yaml --s3-bucket artifacts \
             --stack-name shop-dev --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset \
             --parameter-overrides Architecture=x86_64 StageName=dev --tags 'team=a b'",
                "aws cloudformation describe-stacks --stack-name shop-dev \
             --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]' --output text",
            ]
        );
    }

    #[test]
    fn words_are_quoted_for_the_shell() {
        assert_eq!(shell(&["a".into(), "it's".into(), String::new()]), r"a 'it'\''s' ''");
    }
}
