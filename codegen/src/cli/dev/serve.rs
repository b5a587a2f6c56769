//! The stage as a process that is told when something changed.
//!
//! It is the workspace's own program, so that stage and runtime are of one version. It ends when this process does,
//! because its standard input ends then.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::cli::arguments::Dev;

/// A stage that runs.
pub(super) struct Served {
    process: Child,
    asked: ChildStdin,
    answered: BufReader<ChildStdout>,
    /// Where the API is.
    pub(super) url: String,
}

impl Served {
    /// Starts the stage, or fails with what it said on standard error.
    pub(super) fn start(
        stage: &Path,
        template: &Path,
        bin_dir: &Path,
        wanted: &Dev,
    ) -> Result<Self> {
        let mut command = Command::new(stage);
        command.args(["--no-build", "--reload", "--json"]);
        command.arg("--template").arg(template).arg("--bin-dir").arg(bin_dir);
        command.arg("--port").arg(wanted.port.to_string());
        if let Some(folder) = &wanted.data_dir {
            command.arg("--data-dir").arg(folder);
        }
        command.args(wanted.logs.then_some("--logs"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process =
            command.spawn().with_context(|| format!("cannot start {}", stage.display()))?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (asked, answered) = pipes.context("the stage was started without pipes")?;
        let mut served =
            Self { process, asked, answered: BufReader::new(answered), url: String::new() };
        match served.answer()? {
            Ok(url) => Ok(Self { url, ..served }),
            Err(said) => bail!("{said}"),
        }
    }

    /// Has the stage take up the template and the programs as they are now: the URL, or what keeps it from that.
    pub(super) fn reload(&mut self) -> Result<std::result::Result<String, String>> {
        writeln!(self.asked, "reload")
            .and_then(|()| self.asked.flush())
            .context("the stage ended")?;
        self.answer()
    }

    fn answer(&mut self) -> Result<std::result::Result<String, String>> {
        let mut line = String::new();
        self.answered.read_line(&mut line).context("the stage ended")?;
        if line.is_empty() {
            let status = self.process.wait().context("the stage ended")?;
            bail!("the stage did not start ({status}); see its output above");
        }
        let told: Value = serde_json::from_str(&line)
            .with_context(|| format!("unexpected output of the stage: {line}"))?;
        if let Some(error) = told["error"].as_str() {
            return Ok(Err(format!("error: {error}")));
        }
        let url = told["apis"][0]["url"].as_str().or_else(|| told["awsEndpoint"].as_str());
        Ok(Ok(url.unwrap_or_default().to_owned()))
    }

    /// How it ended, if it did.
    pub(super) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.process.try_wait().context("cannot check whether the stage is running")
    }
}
